"""Headlines against bodies: pairs in one file, bodies in another beside it."""

from __future__ import annotations

from collections.abc import Sequence

from witnessmark.assess.stance import Body, Pair, stances
from witnessmark.evaluation.corpora import GoldFile, Row
from witnessmark.evaluation.gold_sets import SEEN, JsonRow, Measure, Outcome
from witnessmark.evaluation.metrics.labels import challenge_score, pair_up, score_labels

_TRAINED_ON = "train_stances"
_BY = "winner of the challenge, test part"


class Stances:
    """See the module."""

    name = "fnc1"

    def recognises(self, row: JsonRow) -> bool:
        """Rows with a headline and the id of a body."""
        return {"headline", "body_id"} <= row.keys()

    def predict(self, file: GoldFile) -> list[Row]:
        """A stance for each pair whose body is there."""
        bodies = {
            str(row["body_id"]): Body(str(row["text"]))
            for other in file.siblings()
            if {"body_id", "text"} <= other.first.keys()
            for row in other.rows
        }
        rows = [row for row in file.rows if str(row["body_id"]) in bodies]
        found = stances([Pair(row["headline"], bodies[str(row["body_id"])]) for row in rows])
        return [{"headline": row["headline"], "body_id": row["body_id"], "stance": stance} for row, stance in zip(rows, found, strict=True)]

    def score(self, file: GoldFile, predictions: Sequence[JsonRow]) -> Outcome:
        """The challenge's score, macro F1, and F1 of the headlines that their body contradicts."""
        gold = [row for row in file.rows if "stance" in row]
        if not gold:
            return Outcome()
        pairs = pair_up(gold, predictions, identity=("headline", "body_id"), label="stance")
        score = score_labels(pairs)
        disagree = score.by_label.get("disagree")
        seen = SEEN if file.part == _TRAINED_ON else ""
        return Outcome(
            (
                Measure(f"challenge_score{seen}", challenge_score(pairs), score.items, published=0.8202, by=_BY),
                Measure(f"macro_f1{seen}", score.macro_f1, score.items, published=0.578, by=_BY),
                Measure(f"disagree_f1{seen}", disagree.f1 if disagree else None, disagree.gold if disagree else 0, published=0.035, by=_BY),
            )
        )
