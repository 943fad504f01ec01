"""Series and contradictions as the page shows them."""

from __future__ import annotations

from dataclasses import dataclass

from witnessmark.model import Contradiction, SeriesClaim, Span
from witnessmark.publish import wording
from witnessmark.publish.assessing import can_be_tested
from witnessmark.publish.report.cells import Cells, Quote, Value
from witnessmark.vocabulary import label

CONTEXT = 160
"""Characters of context on each side of the words of a contradiction, about two lines of a column; series get half of it."""


@dataclass(frozen=True, slots=True)
class SeriesView:
    """``measure`` is the count with its unit; ``test`` says whether the claim can be tested with what the case holds."""

    number: int
    anchor: str
    quote: Quote
    measure: Value
    unit: str
    period: str
    trend: str
    places: tuple[Value, ...]
    munitions: tuple[Value, ...]
    date: Value
    modality: str
    voice: Value
    scope: Quote | None
    test: str
    document: str
    title: str


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a contradiction: the words in their context, and where they stand."""

    quote: Quote
    document: str
    title: str
    part: str


@dataclass(frozen=True, slots=True)
class ContradictionView:
    """Two sides, what differs between them, and the claims concerned (anchor, id)."""

    number: int
    anchor: str
    field: str
    kind: str
    sides: tuple[Side, ...]
    note: str
    claims: tuple[tuple[str, str], ...]


class OtherViews:
    """Makes the series and contradiction views of one report."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self._view = cells.view

    def series(self) -> tuple[SeriesView, ...]:
        """Every series claim, numbered from 1."""
        return tuple(self._series(n, s) for n, s in enumerate(self._view.series, 1))

    def contradictions(self) -> tuple[ContradictionView, ...]:
        """Every contradiction, numbered from 1."""
        return tuple(self._contradiction(n, c) for n, c in enumerate(self._view.contradictions, 1))

    def _series(self, number: int, item: SeriesClaim) -> SeriesView:
        source = self._view.document_by_id[item.document]
        words = wording.quantity(item.quantity)
        if item.quantity is None and item.trend != "none":
            words = wording.Words("no figure", "not_stated")
        reference = self._cells.references.number(item.document, item.span)
        return SeriesView(
            number=number,
            anchor=self._cells.owner_anchor(item.identifier),
            quote=self._cells.quote(item.document, item.span, context=CONTEXT // 2),
            measure=Value(words.text, words.state, reference=reference),
            unit=("as many " if words.text.endswith(" times") else "") + label("unit", item.unit),
            period=f"per {item.rate_period}" if item.rate_period and item.comparator != "times" else "",
            trend="" if item.trend == "none" else label("trend", item.trend),
            places=tuple(self._cells.value(p, item.document, "place") for p in (item.place, *item.places_also)),
            munitions=tuple(self._cells.value(m, item.document, "munitions") for m in item.munitions),
            date=self._cells.value(item.date, item.document, "date"),
            modality=item.modality,
            voice=self._voice(item),
            scope=self._cells.quote(item.document, item.scope_note) if item.scope_note else None,
            test=can_be_tested(self._view, item),
            document=self._cells.document_anchor(item.document),
            title=self._cells.title(source),
        )

    def _voice(self, item: SeriesClaim) -> Value:
        if item.speaker is None:
            return Value("the document itself")
        return Value(item.speaker.quote, reference=self._cells.references.number(item.document, item.speaker.span))

    def _contradiction(self, number: int, item: Contradiction) -> ContradictionView:
        owners = [(self._cells.owner_anchor(c), c) for c in item.claims if self._known(c)]
        return ContradictionView(
            number=number,
            anchor=self._cells.owner_anchor(item.identifier),
            field=label("contradiction_field", item.field),
            kind=label("contradiction_kind", item.kind),
            sides=tuple(self._side(d, s) for d, s in zip(item.documents, item.spans, strict=True)),
            note=item.note,
            claims=tuple(owners),
        )

    def _known(self, owner: str) -> bool:
        return owner in self._view.incident_of_claim or any(s.identifier == owner for s in self._view.series)

    def _side(self, document: str, span: Span) -> Side:
        source = self._view.document_by_id[document]
        part = next((p.kind for p in source.parts if p.span.overlaps(span)), "body")
        return Side(
            quote=self._cells.quote(document, span, context=CONTEXT),
            document=self._cells.document_anchor(document),
            title=self._cells.title(source),
            part=label("part", part),
        )
