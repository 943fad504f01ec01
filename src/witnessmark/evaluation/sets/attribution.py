"""Attributions in political news: who says what."""

from __future__ import annotations

from collections.abc import Sequence

from witnessmark.evaluation.corpora import GoldFile, Row
from witnessmark.evaluation.gold_sets import JsonRow, Measure, Outcome
from witnessmark.evaluation.metrics.attributions import score_attributions
from witnessmark.evaluation.told import each, told
from witnessmark.statements import Quotation, quotations


class Attributions:
    """See the module."""

    name = "polnear"

    def recognises(self, row: JsonRow) -> bool:
        """Rows with annotations by annotator; or document, publisher and text alone."""
        return {"docid", "publisher", "text"} <= row.keys() and "title" not in row

    def predict(self, file: GoldFile) -> list[Row]:
        """Every attribution that the reader finds."""
        return list(each(file.rows, lambda row: str(row["docid"]), _predict))

    def score(self, file: GoldFile, predictions: Sequence[JsonRow]) -> Outcome:
        """Against the first annotator."""
        gold = {row["docid"]: row["annotations"][0]["attributions"] for row in file.rows if row.get("annotations")}
        if not gold:
            return Outcome()
        tallies = score_attributions(gold, {row["docid"]: row["attributions"] for row in predictions})
        return Outcome(tuple(Measure(f"{name}_f1", tally.f1, tally.gold) for name, tally in tallies.items()))


def _predict(row: JsonRow) -> dict[str, object]:
    reading = told(str(row["text"]), publisher=str(row["publisher"]), language="en", item=str(row["docid"])).reading
    return {"docid": row["docid"], "attributions": [_parts(one) for one in quotations(reading)]}


def _parts(one: Quotation) -> dict[str, list[list[int]]]:
    """Source, cue and content as pieces (start, end). A source that is left out has no piece."""
    parts = {"source": (one.source,) if one.source else (), "cue": (one.cue,), "content": one.content}
    return {name: [[s.start, s.end] for s in spans] for name, spans in parts.items()}
