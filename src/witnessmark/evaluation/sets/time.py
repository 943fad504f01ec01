"""Time expressions: news (TIMEX3) and histories of wars, English (TIMEX2) and Ukrainian (TIMEX3)."""

from __future__ import annotations

from collections.abc import Sequence

from witnessmark.claims.dates import to_timex
from witnessmark.documents.language import identify
from witnessmark.evaluation.corpora import GoldFile, Row
from witnessmark.evaluation.gold_sets import JsonRow, Measure, Outcome
from witnessmark.evaluation.metrics.timexes import MEASURES, score_timexes
from witnessmark.evaluation.told import each

# HeidelTime without part-of-speech tags, on the held-out parts of the same corpora.
_PUBLISHED = {
    "aquaint": {"strict_f1": 0.809, "relaxed_f1": 0.899, "value_f1": 0.742},
    "wikiwars_en": {"strict_f1": 0.855, "relaxed_f1": 0.915, "value_f1": 0.782},
}
_TIMEX2 = "wikiwars-"
"""Document ids of the one corpus that is marked in TIMEX2."""


class TimeExpressions:
    """See the module."""

    name = "time"

    def recognises(self, row: JsonRow) -> bool:
        """Rows with a text and a document creation time, without the source that other sets carry."""
        return {"docid", "text"} <= row.keys() and ("timexes" in row or ("dct" in row and "source" not in row))

    def predict(self, file: GoldFile) -> list[Row]:
        """Every time expression with type and value."""
        return list(each(file.rows, lambda row: str(row["docid"]), _predict))

    def score(self, file: GoldFile, predictions: Sequence[JsonRow]) -> Outcome:
        """F1 of spans, types (where the gold has them), values and days."""
        gold = {row["docid"]: row["timexes"] for row in file.rows if "timexes" in row}
        if not gold:
            return Outcome()
        tallies = score_timexes(gold, {row["docid"]: row["timexes"] for row in predictions})
        known = next((v for key, v in _PUBLISHED.items() if file.part.startswith(key)), {})
        typed = any(timex.get("type") for timexes in gold.values() for timex in timexes)
        names = [(m, f"{m}_f1") for m in MEASURES if m != "type" or typed]
        return Outcome(
            tuple(
                Measure(n, tallies[m].f1, tallies[m].gold, published=known.get(n), by="HeidelTime, held-out part" if n in known else "")
                for m, n in names
            )
        )


def _predict(row: JsonRow) -> dict[str, object]:
    text = str(row["text"])
    convention = "timex2" if str(row["docid"]).startswith(_TIMEX2) else "timex3"
    return {"docid": row["docid"], "timexes": to_timex(text, row.get("dct"), identify(text), convention=convention)}
