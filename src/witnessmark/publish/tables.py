"""The flat tables of an export: rows as plain tuples. CSV and Parquet write the same rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from witnessmark.model import (
    Bound,
    DateValue,
    Document,
    Incident,
    IncidentClaim,
    PlaceValue,
    Problem,
    Quantity,
    SeriesClaim,
    TollRange,
)
from witnessmark.publish import columns, consensus, wording
from witnessmark.publish.columns import Column
from witnessmark.publish.opening import left_open, open_fields
from witnessmark.publish.view import AnyMention, CaseView, claim_fields, proposed_fields, series_fields

Cell = str | int | float | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A named table: its columns, and how its rows are made from a view."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    rows: Callable[[CaseView], Iterator[Row]]


def _date_cells(value: DateValue | None) -> Row:
    if value is None:
        return (None,) * 4
    return value.earliest.isoformat(), value.latest.isoformat(), value.precision, value.basis


def _place_cells(value: PlaceValue | None) -> Row:
    if value is None:
        return (None,) * 8
    return (
        value.name, value.country, value.adm1, value.latitude, value.longitude, value.precision, value.radius_km, value.gazetteer_id,
    )  # fmt: skip


def _bound_cells(bound: Bound | None) -> Row:
    return (bound.value, bound.claim) if bound else (None, None)


def _toll_cells(state: str, toll: TollRange) -> Row:
    return state, *_bound_cells(toll.low), *_bound_cells(toll.high), *_bound_cells(toll.latest), _joined(toll.vague)


def _joined(parts: Iterable[str]) -> str | None:
    return " | ".join(dict.fromkeys(parts)) or None


def _value(mention: AnyMention | None) -> Any:
    return mention.value if mention is not None else None


def _incident_row(view: CaseView, item: Incident) -> Row:
    members = view.claims_of(item)
    date, place = consensus.field(view, item, "date"), consensus.field(view, item, "place")
    munitions = [m.value for c in members for m in c.munitions]
    return (
        item.identifier,
        item.act,
        *_date_cells(date[1].value if date else None),
        *_place_cells(place[1].value if place else None),
        *_toll_cells(consensus.state(view, item, "killed"), item.killed),
        *_toll_cells(consensus.state(view, item, "injured"), item.injured),
        _joined(c.perpetrator.value.name for c in members if c.perpetrator),
        _joined(m.weapon for m in munitions if m.weapon),
        _joined(m.effect for m in munitions if m.effect),
        _joined(m.value.kind for c in members for m in c.objects),
        len({c.document for c in members}),
        _joined(item.claims),
        _joined(name for c in members for name in proposed_fields(c)),
        view.review(item.identifier),
    )


def _claim_row(view: CaseView, item: IncidentClaim) -> Row:
    incident = view.incident_of_claim.get(item.identifier)
    killed, injured = _value(item.killed), _value(item.injured)
    return (
        item.identifier,
        incident.identifier if incident else None,
        item.document,
        item.act.value,
        item.modality,
        item.scope,
        *_date_cells(_value(item.date)),
        *_place_cells(_value(item.place)),
        *_quantity_cells(killed),
        *_quantity_cells(injured),
        item.perpetrator.value.name if item.perpetrator else None,
        _joined(m.value.weapon for m in item.munitions if m.value.weapon),
        _joined(m.value.effect for m in item.munitions if m.value.effect),
        _joined(m.value.kind for m in item.objects),
        item.speaker.quote if item.speaker else None,
        _joined(open_fields(item, view.open_below)),
        _joined(proposed_fields(item)),
        view.review(item.identifier),
    )


def _quantity_cells(value: Quantity | None) -> Row:
    if value is None:
        return wording.NOT_STATED.state, None, None, None, None
    return wording.quantity(value).state, value.minimum, value.maximum, value.comparator, value.expression


def _value_rows(view: CaseView) -> Iterator[Row]:
    texts = {d.identifier: d.text for d in view.documents}
    for claim in view.claims:
        for name, mention in claim_fields(claim):
            yield _value_row(view, claim.identifier, "claim", claim.document, name, mention, texts[claim.document])
    for series in view.series:
        for name, mention in series_fields(series):
            yield _value_row(view, series.identifier, "series", series.document, name, mention, texts[series.document])


def _value_row(view: CaseView, owner: str, record: str, document: str, name: str, mention: AnyMention, text: str) -> Row:
    words = wording.value_words(mention.value, name)
    return (
        owner,
        record,
        name,
        words.text,
        words.state,
        document,
        mention.span.start if mention.span else None,
        mention.span.end if mention.span else None,
        mention.quote,
        mention.modality,
        mention.speaker.of(text) if mention.speaker else None,
        mention.rule,
        mention.score,
        mention.confidence,
        "yes" if left_open(mention, view.open_below) else "no",
        view.review(owner),
    )


def _series_rows(view: CaseView) -> Iterator[Row]:
    return (_series_row(view, item, view.document_by_id[item.document].text) for item in view.series)


def _series_row(view: CaseView, item: SeriesClaim, text: str) -> Row:
    return (
        item.identifier,
        item.document,
        item.span.start,
        item.span.end,
        item.quote,
        item.unit,
        *_quantity_cells(item.quantity),
        item.rate_period,
        item.comparator,
        item.trend,
        item.modality,
        *_date_cells(_value(item.date)),
        *_place_cells(_value(item.place)),
        _joined(p.value.name for p in item.places_also),
        _joined(m.value.weapon or m.value.effect or "" for m in item.munitions),
        item.scope_note.of(text) if item.scope_note else None,
        item.speaker.quote if item.speaker else None,
        item.rule,
        view.review(item.identifier),
    )


def _contradiction_rows(view: CaseView) -> Iterator[Row]:
    for item in view.contradictions:
        sides = [c for d, s, q in zip(item.documents, item.spans, item.quotes, strict=True) for c in (d, s.start, s.end, q)]
        yield (item.identifier, item.field, item.kind, *sides, item.note, _joined(item.claims), item.rule, view.review(item.identifier))


def _statement_rows(view: CaseView) -> Iterator[Row]:
    for document in view.documents:
        for item in view.statements.get(document.identifier, ()):
            yield (
                document.identifier,
                item.span.start,
                item.span.end,
                item.span.of(document.text),
                item.part,
                item.sentence,
                item.modality,
                item.speaker.text if item.speaker else None,
                item.speaker.kind if item.speaker else "unnamed" if item.unnamed else None,
                "yes" if item.negative else "no",
                item.rule,
                item.score,
                view.review(f"{document.identifier}:{item.span.start}-{item.span.end}"),
            )


def _document_row(item: Document) -> Row:
    published = item.published.value if item.published else None
    return (
        item.identifier,
        item.capture,
        item.text_version,
        item.item,
        item.origin,
        item.status,
        item.language,
        item.encoding,
        item.publisher,
        published.earliest.isoformat() if published else None,
        item.published_basis,
        len(item.text),
    )


def _problem_rows(view: CaseView) -> Iterator[Row]:
    seen: dict[Problem, None] = dict.fromkeys(view.problems)
    seen.update((p, None) for d in view.documents for p in d.problems)
    for item in seen:
        yield item.code, item.message, item.origin


TABLES = (
    Table("documents", "one row for each document that was read", columns.DOCUMENTS, lambda v: map(_document_row, v.documents)),
    Table("statements", "one row for each sentence or clause and how it is said", columns.STATEMENTS, _statement_rows),
    Table("claims", "one row for each incident as one document tells it", columns.CLAIMS, lambda v: (_claim_row(v, c) for c in v.claims)),
    Table("incidents", "one row for each incident", columns.INCIDENTS, lambda v: (_incident_row(v, i) for i in v.incidents)),
    Table("values", "one row for each field value with its words", columns.VALUES, _value_rows),
    Table("series", "one row for each rate, total, comparison or trend", columns.SERIES, _series_rows),
    Table("contradictions", "one row for each pair of words that cannot both hold", columns.CONTRADICTIONS, _contradiction_rows),
    Table("problems", "one row for each coded problem", columns.PROBLEMS, _problem_rows),
)
"""Every flat table, in the order of the chain."""
