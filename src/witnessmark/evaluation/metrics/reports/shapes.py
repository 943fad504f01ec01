"""Parts of a report's row, read with care: predictions may lack a key or hold null."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

Row = Mapping[str, Any]
Zone = tuple[int, int]
Characters = frozenset[int]

# Names that mean one party. A reader may use the short form, a gold file the long one.
_SAME_PARTY = {
    "russian federation": "russia", "russian armed forces": "russia", "russian forces": "russia",
    "ukrainian armed forces": "ukraine", "ukrainian forces": "ukraine", "armed forces of ukraine": "ukraine",
    "idf": "israel", "israeli military": "israel", "rsf": "rapid support forces", "saf": "sudanese armed forces",
    "sudanese army": "sudanese armed forces", "usa": "united states", "us": "united states", "isis": "islamic state",
    "isis-k": "islamic state", "is": "islamic state", "pij": "palestinian islamic jihad",
    "islamic jihad": "palestinian islamic jihad", "syrian government": "syria", "coalition": "saudi-led coalition",
}  # fmt: skip

SINGLE = ("perpetrator", "place", "date", "killed", "injured")
MULTIPLE = ("munitions", "objects", "breakdown")


def listed(row: Row, key: str) -> list[Row]:
    """The objects in the list ``row[key]``."""
    value = row.get(key)
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def field(row: Row, key: str) -> Row:
    """The object ``row[key]``, or an empty one."""
    value = row.get(key)
    return value if isinstance(value, dict) else {}


def scalar(row: Row, key: str) -> str | int | float | None:
    """``row[key]`` when it is a string or a number, so that it can stand in a set."""
    value = row.get(key)
    return value if isinstance(value, (str, int, float)) else None


def zone(row: Row) -> Zone | None:
    """(start, end) of ``row`` when both are numbers."""
    start, end = row.get("start"), row.get("end")
    return (start, end) if isinstance(start, int) and isinstance(end, int) else None


def zones(value: object) -> list[Zone]:
    """The pairs of numbers in a list."""
    items = value if isinstance(value, list) else []
    pairs = [tuple(p) for p in items if isinstance(p, (list, tuple)) and len(p) == 2]
    return [(a, b) for a, b in pairs if isinstance(a, int) and isinstance(b, int)]


def characters(spans: Iterable[Zone | None]) -> Characters:
    """Every position inside ``spans``."""
    return frozenset(at for span in spans if span for at in range(*span))


def shared(left: Zone, right: Zone) -> int:
    """Positions in both."""
    return max(0, min(left[1], right[1]) - max(left[0], right[0]))


def field_characters(incident: Row, key: str) -> Characters:
    """Positions that carry the field ``key``, "evidence" included."""
    if key == "evidence":
        return characters(zones(incident.get("evidence")))
    if key in MULTIPLE:
        return characters(zone(item) for item in listed(incident, key))
    return characters([zone(field(incident, key))])


def interval(date: Row) -> tuple[dt.date, dt.date] | None:
    """First and last day."""
    first = _day(date.get("from"))
    last = _day(date.get("to")) or first
    return (first, last) if first and last else None


def _day(value: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def folded(value: object) -> str:
    """Case-folded, without accents."""
    split = unicodedata.normalize("NFKD", str(value or "").casefold())
    return "".join(c for c in split if not unicodedata.combining(c)).strip()


def party(incident: Row) -> str:
    """The accused party by its usual name; "" when there is none."""
    value = incident.get("perpetrator")
    name = folded(value.get("value") if isinstance(value, dict) else value)
    return _SAME_PARTY.get(name, name)


Count = tuple[str, int | None, int | None]


def count(incident: Row, key: str) -> Count:
    """What is said of a toll: ("absent", ...), ("unknown", ...) or ("stated", least, most)."""
    value = incident.get(key)
    if not isinstance(value, dict):
        return ("absent", None, None)
    low, high = number(value, "min"), number(value, "max")
    return ("unknown", None, None) if low is None and high is None else ("stated", low, high)


def count_state(value: Count) -> str:
    """absent, unknown, zero, lower (bound only), upper, exact or range."""
    kind, low, high = value
    if kind != "stated":
        return kind
    if (low, high) == (0, 0):
        return "zero"
    if high is None:
        return "lower"
    if low is None:
        return "upper"
    return "exact" if low == high else "range"


def number(row: Row, key: str) -> int | None:
    """``row[key]`` when it is a whole number."""
    value = row.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
