"""Values that must be what they claim to be: an id of a closed list, an id of a record, a hash. Anything else is not published as it stands."""

from __future__ import annotations

import functools
import hashlib
import re

from witnessmark.vocabulary import identifiers

_RECORD = re.compile(r"(?:doc|c|s|i|x)-[0-9a-f]{6,64}|[a-z]{1,3}[0-9]{1,8}")
_HEX = re.compile(r"[0-9a-f]{40,64}")
_PRODUCER = re.compile(r"witnessmark(?:\.[a-z]{1,20})? [0-9][0-9a-z.+-]{0,20}(?: [0-9a-f]{6,64})?")
_LANGUAGE = re.compile(r"[a-z]{2,3}|und")
_FEATURE = re.compile(r"[A-Z0-9]{2,6}")

_MORE = {
    "comparator": {"times"},
    "damage": {"none", "light", "partial", "destroyed", "unknown"},
    "identification": {"asserted", "attributed", "inferred", "remnants", "expert", "disputed"},
    "scope": {"civilian", "military"},
    "relation": {"in", "near", "between", "direction", "distance"},
    "period": {"hour", "day", "night", "week", "month", "year"},
    "basis": {"user", "metadata", "dateline", "url", "feed"},
    "encoding_basis": {"bom", "declared", "detected", "statistics"},
    "day_part": {"night", "morning", "midday", "afternoon", "evening"},
    "status": {"read", "partial"},
    "field": {"act", "perpetrator", "munition", "object", "place", "date", "killed", "injured", "comparability"},
    "kind": {"headline_body", "within_body", "between_documents"},
    "reason": {"date", "place", "act", "killed", "injured", "perpetrator", "munition", "object", "text", "prior"},
}
_LISTED = {"act", "actor_kind", "aftermath", "comparator", "date_basis", "date_precision", "effect", "group", "harm", "modality", "object",
           "part", "place_precision", "place_role", "source_type", "trend", "unit", "vague", "weapon"}  # fmt: skip


@functools.cache
def _allowed(name: str) -> frozenset[str]:
    return frozenset(_MORE.get(name, ())) | (identifiers(name) if name in _LISTED else frozenset())


def closed(name: str, value: str, default: str = "unknown") -> str:
    """``value`` when it is in the closed list ``name``, else ``default``."""
    return value if value in _allowed(name) else default


def closed_or_none(name: str, value: str | None) -> str | None:
    """``value`` when it is in the closed list ``name``, else None."""
    return value if value is not None and value in _allowed(name) else None


def identifier(value: str) -> str:
    """``value`` when it has the shape of a record's id; else a pseudonym made from its hash, the same for the same id."""
    if _RECORD.fullmatch(value):
        return value
    return "r-" + hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def hexadecimal(value: str) -> str:
    """``value`` when it is a hash in hexadecimal, else nothing."""
    return value if _HEX.fullmatch(value) else ""


def producer(value: str) -> str:
    """``value`` when it names a version of this program, else the program's name alone."""
    return value if _PRODUCER.fullmatch(value) else "witnessmark"


def language(value: str) -> str:
    """``value`` when it is a language code, else ``und``."""
    return value if _LANGUAGE.fullmatch(value) else "und"


def feature(value: str | None) -> str | None:
    """``value`` when it has the shape of a feature code."""
    return value if value is not None and _FEATURE.fullmatch(value) else None
