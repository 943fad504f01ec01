"""The tables of a snapshot: their columns, and how the row of a record is filled.

Rows are made from records as plain data (``model.serialise``). A row holds flat columns to query and, but for ``parts`` and
``mentions``, the whole record in the column ``record``. Types: text, int (64 bit), float (64 bit), flag. Days are ISO 8601 text; a
column is null where the record does not state the value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from witnessmark.model.serialise import compact

Data = Mapping[str, Any]
Row = dict[str, Any]
Line = list[Any]
"""Values of a row in the order of the table's columns."""

RECORD = "record"
"""Column that holds the whole record as JSON."""

TABLES: dict[str, dict[str, str]] = {
    "inputs": {"origin": "text", "item": "text", "capture": "text", "method": "text", "media_type": "text", "size": "int",
               "status": "text", "documents": "int", "codes": "text", RECORD: "text"},
    "documents": {"identifier": "text", "capture": "text", "item": "text", "origin": "text", "language": "text", "status": "text",
                  "publisher": "text", "publisher_type": "text", "published": "text", "published_basis": "text", "headline": "text",
                  "characters": "int", RECORD: "text"},
    "parts": {"document": "text", "kind": "text", "start": "int", "end": "int", "reason": "text"},
    "statements": {"document": "text", "start": "int", "end": "int", "sentence": "int", "paragraph": "int", "part": "text",
                   "modality": "text", "speaker": "text", "speaker_kind": "text", "negative": "flag", RECORD: "text"},
    "incident_claims": {"identifier": "text", "document": "text", "act": "text", "modality": "text", "scope": "text",
                        "perpetrator": "text", "place": "text", "country": "text", "adm1": "text", "latitude": "float",
                        "longitude": "float", "place_precision": "text", "earliest": "text", "latest": "text",
                        "date_precision": "text", "killed_min": "int", "killed_max": "int", "injured_min": "int",
                        "injured_max": "int", RECORD: "text"},
    "series_claims": {"identifier": "text", "document": "text", "start": "int", "end": "int", "unit": "text", "minimum": "int",
                      "maximum": "int", "rate_period": "text", "comparator": "text", "trend": "text", "modality": "text",
                      "place": "text", "earliest": "text", "latest": "text", RECORD: "text"},
    "mentions": {"claim": "text", "document": "text", "field": "text", "start": "int", "end": "int", "quote": "text", "rule": "text",
                 "score": "float", "confidence": "float", "modality": "text", "value": "text"},
    "contradictions": {"identifier": "text", "field": "text", "kind": "text", "document": "text", "start": "int", "end": "int",
                       "other_document": "text", "other_start": "int", "other_end": "int", "rule": "text", RECORD: "text"},
    "incidents": {"identifier": "text", "act": "text", "claims": "int", "killed_low": "int", "killed_high": "int",
                  "injured_low": "int", "injured_high": "int", RECORD: "text"},
}  # fmt: skip
"""Columns and their types by table."""

_SINGLE = ("act", "perpetrator", "place", "date", "killed", "injured", "speaker")
_SEVERAL = ("munitions", "objects", "breakdown", "aftermath", "places_also")


def input_row(data: Data) -> Row:
    """Row of ``inputs``: what came of one input."""
    codes = " ".join(p["code"] for p in data["problems"])
    copied = {k: data[k] for k in ("origin", "item", "capture", "method", "media_type", "size", "status")}
    return {**copied, "documents": len(data["documents"]), "codes": codes, RECORD: compact(data)}


def document_row(data: Data) -> Row:
    """Row of ``documents``."""
    head = next((p["span"] for p in data["parts"] if p["kind"] == "headline"), None)
    copied = {
        k: data[k]
        for k in ("identifier", "capture", "item", "origin", "language", "status", "publisher", "publisher_type", "published_basis")
    }
    return {
        **copied,
        "published": (_value(data["published"]) or {}).get("earliest"),
        "headline": data["text"][head["start"] : head["end"]] if head else None,
        "characters": len(data["text"]),
        RECORD: compact(data),
    }


def part_rows(data: Data) -> Iterator[Row]:
    """Rows of ``parts``, from a document."""
    for part in data["parts"]:
        yield {"document": data["identifier"], "kind": part["kind"], **part["span"], "reason": part["reason"]}


def statement_row(data: Data, document: str) -> Row:
    """Row of ``statements``."""
    speaker = data["speaker"] or {}
    copied = {k: data[k] for k in ("sentence", "paragraph", "part", "modality", "negative")}
    return {
        "document": document,
        **data["span"],
        **copied,
        "speaker": speaker.get("text"),
        "speaker_kind": speaker.get("kind"),
        RECORD: compact(data),
    }


def claim_row(data: Data) -> Row:
    """Row of ``incident_claims``."""
    place, date = _value(data["place"]) or {}, _value(data["date"]) or {}
    killed, injured = _value(data["killed"]) or {}, _value(data["injured"]) or {}
    return {
        **{k: data[k] for k in ("identifier", "document", "modality", "scope")},
        "act": data["act"]["value"],
        "perpetrator": (_value(data["perpetrator"]) or {}).get("name"),
        "place": place.get("name"),
        **{k: place.get(k) for k in ("country", "adm1", "latitude", "longitude")},
        "place_precision": place.get("precision"),
        **{k: date.get(k) for k in ("earliest", "latest")},
        "date_precision": date.get("precision"),
        "killed_min": killed.get("minimum"),
        "killed_max": killed.get("maximum"),
        "injured_min": injured.get("minimum"),
        "injured_max": injured.get("maximum"),
        RECORD: compact(data),
    }


def series_row(data: Data) -> Row:
    """Row of ``series_claims``."""
    quantity, place, date = data["quantity"] or {}, _value(data["place"]) or {}, _value(data["date"]) or {}
    return {
        **{k: data[k] for k in ("identifier", "document", "unit", "rate_period", "comparator", "trend", "modality")},
        **data["span"],
        **{k: quantity.get(k) for k in ("minimum", "maximum")},
        "place": place.get("name"),
        **{k: date.get(k) for k in ("earliest", "latest")},
        RECORD: compact(data),
    }


def mention_rows(data: Data) -> Iterator[Row]:
    """Rows of ``mentions``, from an incident or series claim; alternatives come last under the name of their field."""
    named = [(name, data.get(name)) for name in _SINGLE]
    named += [(name, mention) for name in _SEVERAL for mention in data.get(name, ())]
    named += [(str(name), mention) for name, mention in data.get("alternatives", ())]
    for name, mention in named:
        if mention is not None:
            span = mention["span"] or {"start": None, "end": None}
            copied = {k: mention[k] for k in ("quote", "rule", "score", "confidence", "modality")}
            value = compact(mention["value"])
            yield {"claim": data["identifier"], "document": data["document"], "field": name, **span, **copied, "value": value}


def contradiction_row(data: Data) -> Row:
    """Row of ``contradictions``."""
    (left, right), (first, second) = data["documents"], data["spans"]
    return {
        **{k: data[k] for k in ("identifier", "field", "kind", "rule")},
        "document": left,
        **first,
        "other_document": right,
        "other_start": second["start"],
        "other_end": second["end"],
        RECORD: compact(data),
    }


def incident_row(data: Data) -> Row:
    """Row of ``incidents``."""
    bounds = {f"{harm}_{end}": (data[harm][end] or {}).get("value") for harm in ("killed", "injured") for end in ("low", "high")}
    return {"identifier": data["identifier"], "act": data["act"], "claims": len(data["claims"]), **bounds, RECORD: compact(data)}


def lines(table: str, rows: Iterable[Row]) -> list[Line]:
    """``rows`` of ``table`` as they are written."""
    names = list(TABLES[table])
    return [[row[name] for name in names] for row in rows]


def document_lines(
    document: Data, statements: Sequence[Data], incidents: Sequence[Data], series: Sequence[Data], contradictions: Sequence[Data]
) -> dict[str, list[Line]]:
    """Everything that one document adds to the tables, by table."""
    identifier = document["identifier"]
    return {
        "documents": lines("documents", [document_row(document)]),
        "parts": lines("parts", part_rows(document)),
        "statements": lines("statements", (statement_row(s, identifier) for s in statements)),
        "incident_claims": lines("incident_claims", map(claim_row, incidents)),
        "series_claims": lines("series_claims", map(series_row, series)),
        "mentions": lines("mentions", chain.from_iterable(mention_rows(c) for c in (*incidents, *series))),
        "contradictions": lines("contradictions", map(contradiction_row, contradictions)),
    }


def _value(mention: Data | None) -> Data | None:
    return None if mention is None else mention["value"]
