"""Why a field has its value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from witnessmark.errors import UsageError
from witnessmark.model import Incident, IncidentClaim, Mention, SeriesClaim, Span
from witnessmark.publish import wording
from witnessmark.publish.listing.records import find
from witnessmark.publish.listing.shapes import Cell, Grid, Listing, Passage, Piece
from witnessmark.publish.opening import LEFT_OPEN, left_open
from witnessmark.publish.view import REVIEW_LABEL, AnyMention, CaseView, claim_fields, series_fields
from witnessmark.vocabulary import label

CONTEXT = 120
"""Characters shown on each side of the words."""

_OF_SERIES = ("quantity", "unit", "rate_period", "comparator", "trend")


class HasView(Protocol):
    """A case, or anything else that can show itself."""

    def view(self) -> CaseView:
        """Everything that a listing shows."""


def explain(case: HasView, identifier: str, field: str) -> Listing:
    """Words, rule or model, candidates and runner-up of ``field`` of the incident, claim or series ``identifier``.

    For an incident, the claim that its value was taken from comes first.

    Raises:
        UsageError: WM001 for an unknown id, WM004 for a field that the record does not have or does not state.
    """
    view = case.view()
    record = find(view, identifier)
    found = list(_mentions(view, record, field))
    if not found:
        raise UsageError("WM004", field, origin=identifier)
    grids: list[Grid] = []
    passages = []
    for owner, document, mention in found:
        grids += _grids(view, owner, document, field, mention)
        if mention.span is not None:
            passages.append(_passage(view.document_by_id[document].text, document, mention.span, field))
    return Listing(f"Why {record.identifier} has this {field} ({REVIEW_LABEL})", tuple(grids), tuple(passages))


def _mentions(view: CaseView, record: object, field: str) -> Iterator[tuple[str, str, AnyMention]]:
    if isinstance(record, Incident):
        chosen = dict(record.sources).get(field)
        for claim in sorted(view.claims_of(record), key=lambda c: c.identifier != chosen):
            yield from _mentions(view, claim, field)
    elif isinstance(record, IncidentClaim):
        yield from ((record.identifier, record.document, m) for name, m in claim_fields(record) if name == field)
    elif isinstance(record, SeriesClaim):
        if field in _OF_SERIES and getattr(record, field) is not None:
            own: AnyMention = Mention(getattr(record, field), record.span, record.quote, record.rule, modality=record.modality)
            yield record.identifier, record.document, own
        yield from ((record.identifier, record.document, m) for name, m in series_fields(record) if name == field)


def _grids(view: CaseView, owner: str, document: str, field: str, mention: AnyMention) -> Iterator[Grid]:
    words = wording.value_words(mention.value, field)
    text = view.document_by_id[document].text
    rows = [
        (Cell("value"), Cell(words.text, words.state, words.detail)),
        (Cell("words"), Cell(f"“{mention.quote}”" if mention.span else "none: the value has no words of its own")),
        (Cell("where"), Cell(f"{document} {mention.span.start}..{mention.span.end}" if mention.span else document)),
        (Cell("read by"), Cell(mention.rule)),
        (Cell("score"), Cell(f"{mention.score:g}")),
        (Cell("confidence"), _confidence(view, mention)),
        (Cell("said"), Cell(label("modality", mention.modality))),
        (Cell("by"), Cell(f"“{mention.speaker.of(text)}”" if mention.speaker else "no speaker of its own")),
    ]
    if len(mention.candidates) > 1:
        second = mention.candidates[1]
        rows.append((Cell("runner-up"), Cell(second.label, "", f"score {second.score:g}")))
    yield Grid(f"{field} of {owner}", ("field", "value"), tuple(rows))
    if mention.candidates:
        listed = tuple(
            (Cell(str(n)), Cell(c.label), Cell(f"{c.score:g}"), Cell("; ".join(c.reasons)), Cell(c.reference or ""))
            for n, c in enumerate(mention.candidates, 1)
        )
        yield Grid("Candidates, best first", ("no.", "reading", "score", "reasons", "reference"), listed)


def _confidence(view: CaseView, mention: AnyMention) -> Cell:
    if mention.confidence is None:
        return Cell("none is given for this field")
    note = f"{LEFT_OPEN}: a suggestion, under {view.open_below:g}" if left_open(mention, view.open_below) else ""
    return Cell(f"{mention.confidence:.2f}", "", note)


def _passage(text: str, document: str, span: Span, field: str) -> Passage:
    low = max(text.rfind("\n", 0, span.start) + 1, span.start - CONTEXT)
    line_end = text.find("\n", span.end)
    high = min(len(text) if line_end < 0 else line_end, span.end + CONTEXT)
    before = Piece(("…" if low and text[low - 1] != "\n" else "") + text[low : span.start])
    after = Piece(text[span.end : high] + ("…" if high < len(text) and high != line_end else ""))
    return Passage(document, (("", (before, Piece(span.of(text), "field", field), after)),))
