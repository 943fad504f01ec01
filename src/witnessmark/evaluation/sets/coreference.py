"""Mentions of events in tokenised news, given; which of them are of one event is asked for, over all documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from witnessmark.evaluation.corpora import GoldFile, Row
from witnessmark.evaluation.gold_sets import SEEN, JsonRow, Measure, Outcome
from witnessmark.evaluation.metrics.clusters import clusters, score_clusters
from witnessmark.incidents.coreference import EventMention, Text, corefer


@dataclass(frozen=True, slots=True)
class Material:
    """The texts and event mentions of a file. ``chains`` are the gold events of the mentions, ``incidents`` those of the texts (for folds);
    ``topics`` are the given keys of texts, None where none are given."""

    texts: tuple[Text, ...]
    mentions: tuple[EventMention, ...]
    chains: tuple[str | None, ...]
    topics: tuple[str, ...] | None
    incidents: tuple[str, ...]


def material(file: GoldFile) -> Material:
    """What a file of mentions holds."""
    texts: list[Text] = []
    mentions: list[EventMention] = []
    chains: list[str | None] = []
    for number, row in enumerate(file.rows):
        order = sorted(row["sentences"], key=int)
        texts.append(Text(row["docid"], tuple(tuple(row["sentences"][s]) for s in order)))
        place = {s: n for n, s in enumerate(order)}
        for given in row["mentions"]:
            if given["kind"] == "event":
                mentions.append(_mention(given, number, place))
                chains.append(given.get("chain"))
    topics = tuple(row["subtopic"] for row in file.rows) if all("subtopic" in row for row in file.rows) else None
    incidents = tuple(str(row.get("incident", row.get("topic"))) for row in file.rows)
    return Material(tuple(texts), tuple(mentions), tuple(chains), topics, incidents)


def _mention(given: dict[str, Any], text: int, place: dict[str, int]) -> EventMention:
    return EventMention(given["id"], text, place[str(given["sent"])], min(given["tokens"]), max(given["tokens"]))


class _Mentions:
    """Rows with sentences and mentions."""

    model = "general"
    trained_on = "train"
    published: float = 0.0
    by = ""

    def predict(self, file: GoldFile) -> list[Row]:
        """The mentions of each document with the event that they are of."""
        held = material(file)
        events = corefer(held.texts, held.mentions, topics=held.topics, model=self.model)
        out: list[Row] = [{"docid": text.identifier, "mentions": []} for text in held.texts]
        for mention, event in zip(held.mentions, events, strict=True):
            out[mention.text]["mentions"].append({"id": mention.identifier, "chain": f"e{event}"})
        return out

    def score(self, file: GoldFile, predictions: Sequence[JsonRow]) -> Outcome:
        """MUC, B-cubed, CEAF-e and their mean, over gold mentions."""
        gold = {m["id"]: m["chain"] for row in file.rows for m in row["mentions"] if m["kind"] == "event" and m.get("chain")}
        if not gold:
            return Outcome()
        ours = {m["id"]: m["chain"] for row in predictions for m in row["mentions"]}
        score = score_clusters(clusters(gold), clusters(ours))
        named = (("muc", score.muc), ("b_cubed", score.b_cubed), ("ceaf_e", score.ceaf_e))
        seen = SEEN if file.part == self.trained_on else ""
        first = Measure(f"conll{seen}", score.conll, len(gold), published=self.published, by=self.by)
        return Outcome((first, *(Measure(name + seen, value, len(gold)) for name, value in named)))


class NewsEvents(_Mentions):
    """News of many kinds in topics; documents come with their sub-topic."""

    name = "ecbplus"
    published = 0.759
    by = "same word stem in a sub-topic (dev)"

    def recognises(self, row: JsonRow) -> bool:
        """Rows with sentences, mentions and a sub-topic."""
        return {"docid", "sentences", "mentions", "subtopic"} <= row.keys()


class ShootingEvents(_Mentions):
    """News of shootings. The incident of a document, which the rows hold, is not used."""

    name = "gvc"
    model = "shootings"
    trained_on = "dev"
    published = 0.576
    by = "same word stem in an incident (dev)"

    def recognises(self, row: JsonRow) -> bool:
        """Rows with sentences and mentions, without a sub-topic."""
        return {"docid", "sentences", "mentions"} <= row.keys() and "subtopic" not in row
