"""Claims in the shape of the reports gold: offsets are code points into title, blank line, text."""

from __future__ import annotations

from typing import Any

from witnessmark.evaluation.judging import confidences
from witnessmark.evaluation.told import Told
from witnessmark.model import (
    ActorValue,
    Contradiction,
    DateValue,
    IncidentClaim,
    Mention,
    PlaceValue,
    Quantity,
    SeriesClaim,
    Span,
    Statement,
)

Json = dict[str, Any]

# The gold keeps these units' people and objects apart from strikes; ids are ours in both.
_NO_SPAN: Json = {"start": None, "end": None}


def report_row(identifier: str, report: Told) -> Json:
    """One report: statements, incidents (each under its claim id), series, contradictions."""
    return {
        "id": identifier,
        "statements": [_statement(s) for s in report.reading.statements],
        "incidents": [incident_json(c, report.document.text) for c in report.claims.incidents],
        "series": [_series(s) for s in report.claims.series],
        "contradictions": [_contradiction(c) for c in report.contradictions],
    }


def _place_span(span: Span | None) -> Json:
    return {"start": span.start, "end": span.end} if span else dict(_NO_SPAN)


def _statement(statement: Statement) -> Json:
    speaker = statement.speaker
    return {
        **_place_span(statement.span),
        "modality": statement.modality,
        "speaker": {"text": speaker.text, "type": speaker.kind} if speaker else None,
    }


def incident_json(claim: IncidentClaim, text: str) -> Json:
    """An incident claim; "incident" is the claim's own id until claims are merged."""
    return {
        "incident": claim.identifier,
        "act": claim.act.value,
        "scope": claim.scope,
        "perpetrator": _actor(claim.perpetrator),
        "munitions": [{"weapon": m.value.weapon, "effect": m.value.effect, **_place_span(m.span)} for m in claim.munitions],
        "objects": [{"type": m.value.kind, **_place_span(m.span)} for m in claim.objects],
        "place": _place(claim.place),
        "date": _date(claim.date),
        "killed": _toll(claim.killed),
        "injured": _toll(claim.injured),
        "breakdown": [
            {"harm": m.value.harm, "group": m.value.group, **_bounds(m.value.quantity), **_place_span(m.span)} for m in claim.breakdown
        ],
        "modality": claim.modality,
        "speaker": claim.speaker.quote if claim.speaker else None,
        "evidence": [[s.start, s.end] for s in claim.evidence],
        "confidence": confidences(claim),
    }


def _actor(mention: Mention[ActorValue] | None) -> Json | None:
    return {"value": mention.value.name, **_place_span(mention.span)} if mention else None


def _place(mention: Mention[PlaceValue] | None) -> Json | None:
    if mention is None:
        return None
    value = mention.value
    return {
        "name": value.name,
        **_place_span(mention.span),
        "country": value.country,
        "adm1": value.adm1,
        "lat": value.latitude,
        "lon": value.longitude,
        "precision": value.precision,
    }


def _date(mention: Mention[DateValue] | None) -> Json | None:
    if mention is None:
        return None
    value = mention.value
    return {
        "from": value.earliest.isoformat(),
        "to": value.latest.isoformat(),
        "precision": value.precision,
        "basis": value.basis,
        **_place_span(mention.span),
    }


def _bounds(quantity: Quantity) -> Json:
    return {"min": quantity.minimum, "max": quantity.maximum}


def _toll(mention: Mention[Quantity] | None) -> Json | None:
    if mention is None:
        return None
    return {**_bounds(mention.value), "expression": mention.quote, **_place_span(mention.span)}


def _series(claim: SeriesClaim) -> Json:
    quantity = claim.quantity
    return {
        "quantity": _number(quantity),
        "unit": claim.unit,
        "rate_period": claim.rate_period,
        "place": claim.place.value.name if claim.place else None,
        "from": claim.date.value.earliest.isoformat() if claim.date else None,
        "to": claim.date.value.latest.isoformat() if claim.date else None,
        "comparator": claim.comparator,
        "trend": claim.trend,
        **_place_span(claim.span),
        "modality": claim.modality,
    }


def _number(quantity: Quantity | None) -> float | None:
    """The factor ("by a third" = 0.67) where there is one, else the lower bound, else the upper."""
    if quantity is None:
        return None
    return next((n for n in (quantity.factor, quantity.minimum, quantity.maximum) if n is not None), None)


def _contradiction(contradiction: Contradiction) -> Json:
    return {
        "field": contradiction.field,
        "kind": contradiction.kind,
        "spans": [[s.start, s.end] for s in contradiction.spans],
        "note": contradiction.note,
    }
