"""The columns of the flat tables of an export, each with its meaning: CSV, Parquet and the data dictionary read them from here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """``kind`` is text, integer or number; ``meaning`` goes into the data dictionary of the export."""

    name: str
    kind: str
    meaning: str


def _text(name: str, meaning: str) -> Column:
    return Column(name, "text", meaning)


def _integer(name: str, meaning: str) -> Column:
    return Column(name, "integer", meaning)


def _number(name: str, meaning: str) -> Column:
    return Column(name, "number", meaning)


_REVIEW = _text("review", "'reviewed by a person' where a decision stands, else 'machine-read, not reviewed'")
_DATE = (
    _text("date_earliest", "first day of the interval, ISO 8601; empty when not stated"),
    _text("date_latest", "last day of the interval, ISO 8601"),
    _text("date_precision", "T0 clock time ... T6 longer than a month, TR day of the report only"),
    _text("date_basis", "stated, relative or publication"),
)
_PLACE = (
    _text("place", "gazetteer name in English, or the words when unresolved; empty when not stated"),
    _text("country", "ISO 3166-1 alpha-2"),
    _text("adm1", "first-order division"),
    _number("latitude", "degrees north, WGS 84; empty when not placed"),
    _number("longitude", "degrees east, WGS 84"),
    _text("place_precision", "P0 point ... P8 country, P9 sea, air or unknown"),
    _number("radius_km", "uncertainty radius in kilometres, where one is given"),
    _text("gazetteer_id", "row of the gazetteer pack"),
)
_WORDS = (
    _text("document", "id of the document"),
    _integer("start", "first code point of the words in the document's text, from 0; empty for a value without words"),
    _integer("end", "code point after the words"),
    _text("quote", "the words themselves"),
)


def _toll_columns(name: str) -> tuple[Column, ...]:
    return (
        _text(f"{name}_state", "stated, zero, vague, unknown or not_stated: five different things"),
        _integer(f"{name}_low", "least figure over the claims"),
        _text(f"{name}_low_claim", "claim that gives the least figure"),
        _integer(f"{name}_high", "greatest figure over the claims"),
        _text(f"{name}_high_claim", "claim that gives the greatest figure"),
        _integer(f"{name}_latest", "newest figure"),
        _text(f"{name}_latest_claim", "claim that gives the newest figure"),
        _text(f"{name}_vague", "vague words, kept as they are, separated by ' | '"),
    )


def _quantity_columns(name: str) -> tuple[Column, ...]:
    return (
        _text(f"{name}_state", "stated, zero, vague, unknown or not_stated"),
        _integer(f"{name}_min", "lower bound, included"),
        _integer(f"{name}_max", "upper bound, included"),
        _text(f"{name}_comparator", "eq, ge, le, approx, range or times"),
        _text(f"{name}_expression", "the words of the figure"),
    )


_RULE = _text("rule", "rule or model that read it; begins with 'llm:' where a language model proposed the words")
_MODEL = _text("language_model", "fields with a value that a language model proposed, separated by ' | '")

INCIDENTS = (
    _text("incident", "stable id"),
    _text("act", "id of the closed list 'act'"),
    *_DATE,
    *_PLACE,
    *_toll_columns("killed"),
    *_toll_columns("injured"),
    _text("perpetrators", "parties named by the claims, separated by ' | '; allegations, not findings"),
    _text("weapons", "ids of the closed list 'weapon'"),
    _text("effects", "ids of the closed list 'effect'"),
    _text("objects", "ids of the closed list 'object'"),
    _integer("documents", "number of documents that tell of it; copies are not taken out"),
    _text("claims", "ids of its claims"),
    _MODEL,
    _REVIEW,
)
CLAIMS = (
    _text("claim", "stable id"),
    _text("incident", "incident that the claim was merged into"),
    _text("document", "document that makes the claim"),
    _text("act", "id of the closed list 'act'"),
    _text("modality", "how it is said: id of the closed list 'modality'"),
    _text("scope", "civilian, or military when only military harm is told"),
    *_DATE,
    *_PLACE,
    *_quantity_columns("killed"),
    *_quantity_columns("injured"),
    _text("perpetrator", "party named by the document; an allegation"),
    _text("weapons", "ids of the closed list 'weapon'"),
    _text("effects", "ids of the closed list 'effect'"),
    _text("objects", "ids of the closed list 'object'"),
    _text("speaker_quote", "words that name who says it"),
    _text("left_open", "fields left open for the reviewer, separated by ' | ': their values are suggestions"),
    _MODEL,
    _REVIEW,
)
VALUES = (
    _text("owner", "claim or series that the value belongs to"),
    _text("record", "claim or series"),
    _text("field", "field name; alternatives carry the name of their field"),
    _text("value", "the value in plain words"),
    _text("state", "stated, zero, vague, unknown"),
    *_WORDS,
    _text("modality", "how the field is said"),
    _text("speaker_quote", "words that name who says it"),
    _RULE,
    _number("score", "comparable only inside one field"),
    _number("confidence", "calibrated probability that the value is right, 0 to 1; empty where none is given"),
    _text("left_open", "yes when the confidence is too low to give the value as read: it is a suggestion for the reviewer"),
    _REVIEW,
)
SERIES = (
    _text("series", "stable id"),
    *_WORDS,
    _text("unit", "unit of count; figures of different units are never added"),
    *_quantity_columns("count"),
    _text("rate_period", "hour, day, night, week, month or year; empty for a total"),
    _text("comparator", "eq, ge, le, approx, range or times"),
    _text("trend", "none, up, down, flat or exponential"),
    _text("modality", "how it is said"),
    *_DATE,
    *_PLACE,
    _text("places_also", "further places that the words name with it"),
    _text("munitions", "ids of the closed lists 'weapon' and 'effect'"),
    _text("scope_quote", "words that narrow the count"),
    _text("speaker_quote", "words that name who says it"),
    _RULE,
    _REVIEW,
)
CONTRADICTIONS = (
    _text("contradiction", "stable id"),
    _text("field", "what differs"),
    _text("kind", "headline_body, within_body or between_documents"),
    *(Column(f"{side}_{c.name}", c.kind, f"{side} side: {c.meaning}") for side in ("first", "second") for c in _WORDS),
    _text("note", "why both cannot hold"),
    _text("claims", "claims that disagree"),
    _RULE,
    _REVIEW,
)
STATEMENTS = (
    *_WORDS,
    _text("part", "headline, lede, body or caption"),
    _integer("sentence", "number of the sentence, from 0; clauses of one sentence share it"),
    _text("modality", "id of the closed list 'modality'"),
    _text("speaker_quote", "words that name who says it"),
    _text("speaker_kind", "id of the closed list 'source_type'"),
    _text("negative", "yes when the statement says that something is not so"),
    _RULE,
    _number("score", "comparable only inside one statement"),
    _REVIEW,
)
DOCUMENTS = (
    _text("document", "id, made from capture, item and text version"),
    _text("capture", "SHA-256 of the bytes as received"),
    _text("text_version", "SHA-256 of the text that all offsets count in"),
    _text("item", "item inside the capture"),
    _text("origin", "where it came from, as the user gave it"),
    _text("status", "read or partial"),
    _text("language", "ISO 639-1"),
    _text("encoding", "how the bytes were decoded"),
    _text("publisher", "who published it, where known"),
    _text("published", "publication date, ISO 8601, where known"),
    _text("published_basis", "user, metadata, dateline, url or feed"),
    _integer("characters", "code points of the text"),
)
PROBLEMS = (
    _text("code", "code of the catalogue"),
    _text("message", "what happened and what to do"),
    _text("origin", "input concerned"),
)
