"""One gold incident a document against the first predicted one: day, place, killed, injured.

Every rate is over all gold documents that have the field, so that a missing prediction is wrong.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from witnessmark.evaluation.metrics.tally import Rate

Record = Mapping[str, Any]

_BRACKETS = re.compile(r"\s*\([^)]*\)")


def score_records(gold: Mapping[str, Record], predicted: Mapping[str, Sequence[Record]]) -> dict[str, Rate]:
    """Rates by measure: ``date`` (within the gold interval), ``city`` and ``state`` (gold name within the predicted place or division),
    ``killed`` and ``injured`` (equal bounds)."""
    rates: dict[str, Rate] = defaultdict(Rate)
    for docid, wanted in gold.items():
        incidents = predicted.get(docid) or ({},)
        for measure, right in compare_record(wanted, incidents[0]).items():
            rates[measure].add(right)
    return dict(rates)


def compare_record(gold: Record, ours: Record) -> dict[str, bool]:
    """Whether one record has the gold value, for each measure that the gold record has."""
    out: dict[str, bool] = {}
    first, last = _day(gold.get("date")), _day(gold.get("date_end") or gold.get("date"))
    if first and last:
        got = _day(ours.get("date"))
        out["date"] = got is not None and first <= got <= last
    where = " ".join(str(ours[k]) for k in ("place", "admin") if ours.get(k)).lower()
    for measure, key in (("city", "city_or_county"), ("state", "state")):
        if gold.get(key):
            name = _BRACKETS.sub("", str(gold[key])).strip().lower()
            out[measure] = bool(name) and name in where
    for key in ("killed", "injured"):
        bounds = _bounds(gold.get(key))
        if bounds is not None:
            out[key] = _bounds(ours.get(key)) == bounds
    return out


def _day(value: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _bounds(value: object) -> tuple[int, int] | None:
    """A number or [least, greatest] with one of them perhaps missing."""
    if isinstance(value, (int, float)):
        return int(value), int(value)
    known = [int(v) for v in value if v is not None] if isinstance(value, (list, tuple)) else []
    return (min(known), max(known)) if known else None
