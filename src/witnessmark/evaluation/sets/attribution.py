"""Attributions in political news: who says what."""

from __future__ import annotations

from collections.abc import Sequence

from witnessmark.evaluation.corpora import GoldFile, Row
from witnessmark.evaluation.gold_sets import JsonRow, Measure, Outcome
from witnessmark.evaluation.metrics.attributions import score_attributions
from witnessmark.evaluation.told import each, told
from witnessmark.model import Span, Statement

_MARKS = " \t\n\r,;:.-–—"
"""Trimmed from both ends of a piece."""


class Attributions:
    """See the module."""

    name = "polnear"

    def recognises(self, row: JsonRow) -> bool:
        """Rows with annotations by annotator; or document, publisher and text alone."""
        return {"docid", "publisher", "text"} <= row.keys() and "title" not in row

    def predict(self, file: GoldFile) -> list[Row]:
        """Every statement that has a speaker and the words that say so."""
        return list(each(file.rows, lambda row: str(row["docid"]), _predict))

    def score(self, file: GoldFile, predictions: Sequence[JsonRow]) -> Outcome:
        """Against the first annotator."""
        gold = {row["docid"]: row["annotations"][0]["attributions"] for row in file.rows if row.get("annotations")}
        if not gold:
            return Outcome()
        tallies = score_attributions(gold, {row["docid"]: row["attributions"] for row in predictions})
        return Outcome(tuple(Measure(f"{name}_f1", tally.f1, tally.gold) for name, tally in tallies.items()))


def _predict(row: JsonRow) -> dict[str, object]:
    report = told(str(row["text"]), publisher=str(row["publisher"]), language="en", item=str(row["docid"]))
    text = report.document.text
    found = [a for s in report.reading.statements if (a := attribution(s, text))]
    return {"docid": row["docid"], "attributions": found}


def attribution(statement: Statement, text: str) -> dict[str, object] | None:
    """Source, cue and content of one statement; None where nobody is said to say it. The content is what the other two leave."""
    speaker = statement.speaker.span if statement.speaker else None
    if speaker is None or statement.cue is None:
        return None
    taken = sorted([speaker, statement.cue])
    content: list[list[int]] = []
    at = statement.span.start
    for span in [*taken, Span(statement.span.end, statement.span.end + 1)]:
        piece = _trimmed(text, at, min(span.start, statement.span.end))
        if piece:
            content.append(piece)
        at = max(at, span.end)
    return {"source": [_pair(speaker)], "cue": [_pair(statement.cue)], "content": content}


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


def _trimmed(text: str, start: int, end: int) -> list[int] | None:
    while start < end and text[start] in _MARKS:
        start += 1
    while end > start and text[end - 1] in _MARKS:
        end -= 1
    return [start, end] if start < end else None
