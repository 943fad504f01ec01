"""Toponyms with coordinates in news."""

from __future__ import annotations

from collections.abc import Sequence

from witnessmark.evaluation.corpora import GoldFile, Row
from witnessmark.evaluation.gold_sets import JsonRow, Measure, Outcome
from witnessmark.evaluation.metrics.places import near, score_places
from witnessmark.evaluation.told import each, told

_DATE_LENGTH = 10
_COUNTS_ADJECTIVES = "lgl"  # LGL holds "Georgian" and "Syrians" for toponyms, at the point of the country; the other sets do not.

# Exact-span F1, end-to-end and found accuracy within 161 km of the best public system on each corpus (Gritta et al. 2018).
_PUBLISHED = {
    "lgl": {"recognition_f1": 0.71, "end_to_end_161km": 0.41, "found_161km": 0.72},
    "geovirus": {"recognition_f1": 0.92, "end_to_end_161km": 0.62, "found_161km": 0.77},
}


class Toponyms:
    """See the module."""

    name = "geo"

    def recognises(self, row: JsonRow) -> bool:
        """Rows with a text and toponyms, or the url that this format carries."""
        return {"docid", "text"} <= row.keys() and ("toponyms" in row or {"url", "date"} <= row.keys())

    def predict(self, file: GoldFile) -> list[Row]:
        """Every place that the finder marks, with its coordinates where it was tied to a point."""
        return list(each(file.rows, lambda row: str(row["docid"]), _predict))

    def score(self, file: GoldFile, predictions: Sequence[JsonRow]) -> Outcome:
        """Recognition F1 and shares within 161 km."""
        gold = {row["docid"]: row["toponyms"] for row in file.rows if "toponyms" in row}
        if not gold:
            return Outcome()
        score = score_places(gold, {row["docid"]: row["toponyms"] for row in predictions})
        known = next((v for key, v in _PUBLISHED.items() if file.part.startswith(key)), {})
        figures = (
            ("recognition_f1", score.recognition.f1, score.recognition.gold),
            ("recognition_precision", score.recognition.precision, score.recognition.predicted),
            ("end_to_end_161km", near(score.end_to_end), len(score.end_to_end)),
            ("found_161km", near(score.found), len(score.found)),
        )
        by = "best public output (Gritta et al. 2018)"
        return Outcome(tuple(Measure(n, v, c, published=known.get(n), by=by if n in known else "") for n, v, c in figures))


def _predict(row: JsonRow) -> dict[str, object]:
    from witnessmark.claims.places import find_places
    from witnessmark.claims.places.find import adjectives_as_places

    # The title stands in the text already where there is one. Only the day of the date is of use.
    published = str(row["date"])[:_DATE_LENGTH] if row.get("date") else None
    report = told(str(row["text"]), published=published, language="en", item=str(row["docid"]))
    found = list(find_places(report.reading))
    if str(row["docid"]).startswith(_COUNTS_ADJECTIVES):
        found += adjectives_as_places(report.reading)
    toponyms = [
        {
            "start": m.span.start,
            "end": m.span.end,
            "name": m.quote,
            "lat": m.value.latitude,
            "lon": m.value.longitude,
        }
        for m in found
        if m.span
    ]
    return {"docid": row["docid"], "toponyms": toponyms}
