"""Attributions in political news: who says what."""

from __future__ import annotations

from collections.abc import Sequence

from witnessmark.evaluation.corpora import GoldFile, Row
from witnessmark.evaluation.gold_sets import JsonRow, Measure, Outcome
from witnessmark.evaluation.metrics.attributions import score_attributions
from witnessmark.evaluation.told import each, told
from witnessmark.model import Document
from witnessmark.statements.features import Piece
from witnessmark.statements.language.tokens import Token, tokenise
from witnessmark.statements.pieces import pieces_of
from witnessmark.statements.segment import sentences

Range = tuple[int, int]
"""Tokens, the last excluded."""

_FEW = 3
"""Fewer words than this beside a verb of speech are no content ("on Monday")."""
_CLOSING = frozenset('”"»')

_MARKS = " \t\n\r,;:.-–—"
"""Trimmed from both ends of a piece."""


class Attributions:
    """See the module."""

    name = "polnear"

    def recognises(self, row: JsonRow) -> bool:
        """Rows with annotations by annotator; or document, publisher and text alone."""
        return {"docid", "publisher", "text"} <= row.keys() and "title" not in row

    def predict(self, file: GoldFile) -> list[Row]:
        """Every attribution whose source stands in the sentence."""
        return list(each(file.rows, lambda row: str(row["docid"]), _predict))

    def score(self, file: GoldFile, predictions: Sequence[JsonRow]) -> Outcome:
        """Against the first annotator."""
        gold = {row["docid"]: row["annotations"][0]["attributions"] for row in file.rows if row.get("annotations")}
        if not gold:
            return Outcome()
        tallies = score_attributions(gold, {row["docid"]: row["attributions"] for row in predictions})
        return Outcome(tuple(Measure(f"{name}_f1", tally.f1, tally.gold) for name, tally in tallies.items()))


def _predict(row: JsonRow) -> dict[str, object]:
    text = str(row["text"])
    document = told(text, publisher=str(row["publisher"]), language="en", item=str(row["docid"])).document
    return {"docid": row["docid"], "attributions": attributions_of(document)}


def attributions_of(document: Document) -> list[dict[str, list[list[int]]]]:
    """Every attribution with a source in its sentence, as pieces (start, end) of source, cue and content."""
    tokens = tuple(tokenise(document.text))
    out = []
    for piece in pieces_of(document, tokens, sentences(document, tokens)):
        for said in piece.said:
            if said.source is not None:
                parts = {"source": [said.source], "cue": [said.cue], "content": _content(tokens, piece, said.source, said.cue)}
                out.append({name: _pieces(document.text, tokens, ranges) for name, ranges in parts.items()})
    return out


def _content(tokens: Sequence[Token], piece: Piece, source: Range, cue: Range) -> list[Range]:
    """What is said stands after source and cue, or before them, or on both sides when the words before are quoted."""
    before, after = (piece.first, min(source[0], cue[0])), (max(source[1], cue[1]), piece.last)
    if _words(tokens, after) < _FEW:
        return [before]
    quoted = any(t.text in _CLOSING for t in tokens[before[0] : before[1]])
    return [before, after] if quoted and _words(tokens, before) >= _FEW else [after]


def _words(tokens: Sequence[Token], among: Range) -> int:
    return sum(t.kind != "mark" for t in tokens[among[0] : among[1]])


def _pieces(text: str, tokens: Sequence[Token], ranges: Sequence[Range]) -> list[list[int]]:
    spans = [(tokens[first].start, tokens[last - 1].end) for first, last in ranges if first < last]
    return [piece for start, end in spans if (piece := _trimmed(text, start, end))]


def _trimmed(text: str, start: int, end: int) -> list[int] | None:
    while start < end and text[start] in _MARKS:
        start += 1
    while end > start and text[end - 1] in _MARKS:
        end -= 1
    return [start, end] if start < end else None
