"""Records as plain JSON objects: every value with its document, offsets, words, modality and rule.

A field that is not stated is ``null`` (or an empty list); ``state`` tells a number, zero, vague and unknown apart. Offsets count
code points of the document's text, end excluded.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from witnessmark.model import (
    Bound,
    Contradiction,
    Document,
    Incident,
    IncidentClaim,
    Problem,
    Quantity,
    SeriesClaim,
    Span,
    Statement,
    TollRange,
)
from witnessmark.model.statements import Speaker
from witnessmark.publish import consensus, wording
from witnessmark.publish.opening import open_fields
from witnessmark.publish.view import OPEN_BELOW, REVIEW_LABEL, AnyMention, CaseView

Json = dict[str, object]


@functools.cache
def _names(kind: Any) -> tuple[str, ...]:
    """The fields of a record that are shown."""
    return tuple(f.name for f in fields(kind) if not f.name.startswith("_"))


def plain(value: object) -> object:
    """``value`` as JSON can hold it: dates as ISO text, records as objects, a quantity with its ``state`` and ``point``."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [plain(v) for v in value]
    if is_dataclass(value) and not isinstance(value, type):
        out: Json = {name: plain(getattr(value, name)) for name in _names(type(value))}
        if isinstance(value, Quantity):
            out |= {"point": value.point, "state": wording.quantity(value).state}
        return out
    return value


def words_at(document: Document, span: Span | None) -> Json | None:
    """Offsets and quote of ``span``."""
    if span is None:
        return None
    return {"document": document.identifier, "start": span.start, "end": span.end, "quote": span.of(document.text)}


def mention(item: AnyMention | None, document: Document) -> Json | None:
    """One field value with its evidence; ``null`` when the field is not stated."""
    if item is None:
        return None
    return {
        "value": plain(item.value),
        "document": document.identifier,
        "start": item.span.start if item.span else None,
        "end": item.span.end if item.span else None,
        "quote": item.quote,
        "modality": item.modality,
        "speaker": words_at(document, item.speaker),
        "rule": item.rule,
        "score": item.score,
        "confidence": item.confidence,
        "candidates": plain(item.candidates),
    }


def _mentions(items: Iterable[AnyMention], document: Document) -> list[Json | None]:
    return [mention(i, document) for i in items]


def document(item: Document) -> Json:
    """A document with its text, parts and the map from code points to bytes of the capture."""
    return {
        "id": item.identifier,
        "capture": item.capture,
        "item": item.item,
        "origin": item.origin,
        "status": item.status,
        "language": item.language,
        "encoding": item.encoding,
        "encoding_basis": item.encoding_basis,
        "publisher": item.publisher,
        "publisher_type": item.publisher_type,
        "published": mention(item.published, item),
        "published_basis": item.published_basis,
        "text_version": item.text_version,
        "text": item.text,
        "parts": [{"kind": p.kind, "start": p.span.start, "end": p.span.end, "reason": p.reason} for p in item.parts],
        "offset_map": [[s.text_start, s.length, s.byte_start, s.byte_end, s.width] for s in item.offsets.segments],
        "problems": [problem(p) for p in item.problems],
    }


def problem(item: Problem) -> Json:
    """A coded problem with the input that it concerns."""
    return {"code": item.code, "message": item.message, "origin": item.origin}


def _speaker(item: Speaker, source: Document) -> Json:
    return {"text": item.text, "kind": item.kind, "words": words_at(source, item.span)}


def statement(item: Statement, source: Document) -> Json:
    """A statement with its modality, speakers and cue."""
    return {
        "id": f"{source.identifier}:{item.span.start}-{item.span.end}",
        **(words_at(source, item.span) or {}),
        "part": item.part,
        "sentence": item.sentence,
        "paragraph": item.paragraph,
        "modality": item.modality,
        "speaker": _speaker(item.speaker, source) if item.speaker else None,
        "chain": [_speaker(s, source) for s in item.chain],
        "unnamed": words_at(source, item.unnamed),
        "negative": item.negative,
        "hedge": words_at(source, item.hedge),
        "cue": words_at(source, item.cue),
        "distanced": [words_at(source, s) for s in item.distanced],
        "rule": item.rule,
        "score": item.score,
    }


def claim(
    item: IncidentClaim,
    source: Document,
    incident: str | None = None,
    *,
    review: str = REVIEW_LABEL,
    open_below: float = OPEN_BELOW,
) -> Json:
    """An incident claim, each field with its own evidence. ``left_open`` names the fields whose value is only a suggestion."""
    return {
        "id": item.identifier,
        "incident": incident,
        "document": item.document,
        "modality": item.modality,
        "scope": item.scope,
        "review": review,
        "left_open": list(open_fields(item, open_below)),
        "evidence": [words_at(source, s) for s in item.evidence],
        **{name: mention(getattr(item, name), source) for name in ("act", "perpetrator", "place", "date", "killed", "injured", "speaker")},
        **{name: _mentions(getattr(item, name), source) for name in ("munitions", "objects", "breakdown", "aftermath")},
        "alternatives": [{"field": name, **(mention(m, source) or {})} for name, m in item.alternatives],
    }


def series(item: SeriesClaim, source: Document, *, review: str = REVIEW_LABEL) -> Json:
    """A rate, total, comparison or trend."""
    return {
        "id": item.identifier,
        **(words_at(source, item.span) or {}),
        "review": review,
        "unit": item.unit,
        "quantity": plain(item.quantity),
        "rate_period": item.rate_period,
        "comparator": item.comparator,
        "trend": item.trend,
        "modality": item.modality,
        "rule": item.rule,
        "place": mention(item.place, source),
        "date": mention(item.date, source),
        "speaker": mention(item.speaker, source),
        "scope_note": words_at(source, item.scope_note),
        "places_also": [mention(p, source) for p in item.places_also],
        "munitions": [mention(m, source) for m in item.munitions],
    }


def contradiction(item: Contradiction, *, review: str = REVIEW_LABEL) -> Json:
    """Two sets of words that cannot both hold."""
    sides = zip(item.documents, item.spans, item.quotes, strict=True)
    return {
        "id": item.identifier,
        "field": item.field,
        "kind": item.kind,
        "note": item.note,
        "rule": item.rule,
        "claims": list(item.claims),
        "review": review,
        "sides": [{"document": d, "start": s.start, "end": s.end, "quote": q} for d, s, q in sides],
    }


def _bound(view: CaseView, item: Bound | None, field: str) -> Json | None:
    if item is None:
        return None
    found = consensus.mention_of_bound(view.claim_by_id[item.claim], field, item.value)
    source = view.document_by_id[view.claim_by_id[item.claim].document]
    where = words_at(source, found.span) if found is not None else None
    return {"value": item.value, "claim": item.claim, **(where or {"document": source.identifier})}


def _toll(view: CaseView, item: TollRange, field: str) -> Json:
    return {
        "low": _bound(view, item.low, field),
        "high": _bound(view, item.high, field),
        "latest": _bound(view, item.latest, field),
        "vague": list(item.vague),
    }


def incident(view: CaseView, item: Incident) -> Json:
    """An incident: its claims, each bound with the claim and words that give it, and consensus fields with their claim."""
    settled: Json = {}
    for name in ("date", "place"):
        chosen = consensus.field(view, item, name)
        settled[name] = (
            {"claim": chosen[0].identifier, **(mention(chosen[1], view.document_by_id[chosen[0].document]) or {})} if chosen else None
        )
    members = view.claims_of(item)
    return {
        "id": item.identifier,
        "act": item.act,
        "review": view.review(item.identifier),
        **settled,
        "killed": _toll(view, item.killed, "killed"),
        "injured": _toll(view, item.injured, "injured"),
        "claims": list(item.claims),
        "documents": sorted({c.document for c in members}),
        "sources": {name: claim_id for name, claim_id in item.sources},
        "former": list(item.former),
        "reasons": plain(item.reasons),
    }


def lists(view: CaseView) -> dict[str, Callable[[], Iterator[Json]]]:
    """Every list of records by name, in the order of the chain; each is made when it is asked for."""
    sources = view.document_by_id
    return {
        "documents": lambda: map(document, view.documents),
        "statements": lambda: (statement(s, d) for d in view.documents for s in view.statements.get(d.identifier, ())),
        "claims": lambda: (
            claim(c, sources[c.document], _incident_id(view, c), review=view.review(c.identifier), open_below=view.open_below)
            for c in view.claims
        ),
        "incidents": lambda: (incident(view, i) for i in view.incidents),
        "series": lambda: (series(s, sources[s.document], review=view.review(s.identifier)) for s in view.series),
        "contradictions": lambda: (contradiction(c, review=view.review(c.identifier)) for c in view.contradictions),
        "problems": lambda: map(problem, view.problems),
    }


def case(view: CaseView) -> Json:
    """The whole case as one object: what ``witnessmark read --json`` prints."""
    return {
        "format": "witnessmark-case/1",
        "producer": view.producer,
        "review": view.review_summary,
        "audience": view.audience,
        "totals": plain(view.totals),
        "ledger": plain(view.ledger),
        **{name: list(items()) for name, items in lists(view).items()},
    }


def _incident_id(view: CaseView, item: IncidentClaim) -> str | None:
    found = view.incident_of_claim.get(item.identifier)
    return found.identifier if found else None
