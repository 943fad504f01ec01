"""Which column or key of a record holds what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

ALIASES: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "full_text", "message"),
    "title": ("title", "headline"),
    "published": ("published", "date", "published_at", "publication_date", "pub_date", "published_time", "created_at"),
    "publisher": ("publisher", "source", "outlet", "channel"),
    "publisher_type": ("publisher_type", "source_type"),
    "url": ("url", "link", "uri"),
    "id": ("id", "identifier", "doc_id", "document_id"),
    "language": ("lang", "language"),
}
"""Names by which a field is known, best first; compared without regard to case."""


def find_fields(names: list[str]) -> dict[str, str]:
    """For each known field its name among ``names``, as written there."""
    lower: dict[str, str] = {}
    for name in names:
        lower.setdefault(name.strip().lower(), name)
    return {key: lower[alias] for key, aliases in ALIASES.items() if (alias := _first(aliases, lower)) is not None}


def record_hints(record: Mapping[str, Any]) -> dict[str, str] | None:
    """Hints for the record's document, or None when it has no text.

    ``text_field`` and ``title_field`` name the keys; the other hints are the values themselves, when they are strings or numbers.
    """
    found = find_fields(list(record))
    text_field = next((n for n in _candidates(record) if isinstance(record[n], str) and record[n].strip()), None)
    if text_field is None:
        return None
    hints = {"text_field": text_field}
    title_field = found.get("title")
    if title_field is not None and isinstance(record[title_field], str) and record[title_field].strip():
        hints["title_field"] = title_field
        hints["title"] = record[title_field]
    for key in ("published", "publisher", "publisher_type", "url", "id", "language"):
        value = record.get(found.get(key, ""))
        if isinstance(value, (str, int, float)) and str(value).strip():
            hints[key] = str(value).strip()
    return hints


def locator(kind: str, number: int, hints: Mapping[str, str]) -> str:
    """Where a record stands: "line 12", followed by the record's own id where it has one."""
    own = hints.get("id", "")
    return f"{kind} {number} id={own}" if own else f"{kind} {number}"


def _candidates(record: Mapping[str, Any]) -> list[str]:
    lower = {name.strip().lower(): name for name in record}
    return [lower[alias] for alias in ALIASES["text"] if alias in lower]


def _first(aliases: tuple[str, ...], lower: Mapping[str, str]) -> str | None:
    return next((a for a in aliases if a in lower), None)
