"""Time expressions in the manner of TempEval-3, task A.

Spans are paired one to one: equal ones first, then those that share the most characters. *strict* counts equal spans, *relaxed* all pairs,
*value* the pairs with equal normalised value; *day* the calendar days that the pair agrees on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from witnessmark.evaluation.metrics.tally import Tally

MEASURES = ("strict", "relaxed", "type", "value", "day")

Timex = Mapping[str, Any]

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def value_of(timex: Timex) -> str:
    """The value, trimmed and in upper case; a "Z" after a clock time is dropped."""
    value = str(timex.get("value") or "").strip().upper()
    return value[:-1] if value.endswith("Z") and "T" in value else value


def score_timexes(gold: Mapping[str, Sequence[Timex]], predicted: Mapping[str, Sequence[Timex]]) -> dict[str, Tally]:
    """A tally for each of :data:`MEASURES`, over documents by id."""
    tallies = {m: Tally() for m in MEASURES}
    for docid, wanted in gold.items():
        ours = predicted.get(docid, ())
        for measure in ("strict", "relaxed", "type", "value"):
            tallies[measure].add(0, len(ours), len(wanted))
        tallies["day"].add(0, sum(map(_is_day, ours)), sum(map(_is_day, wanted)))
        for left, right in _pairs(wanted, ours):
            for measure, agrees in _compare(left, right).items():
                tallies[measure].add(agrees, 0, 0)
    return tallies


def _is_day(timex: Timex) -> bool:
    return _DAY.match(value_of(timex)) is not None


def _compare(gold: Timex, ours: Timex) -> dict[str, bool]:
    wanted, got = value_of(gold), value_of(ours)
    return {
        "strict": (gold["start"], gold["end"]) == (ours["start"], ours["end"]),
        "relaxed": True,
        "type": bool(gold.get("type")) and gold.get("type") == ours.get("type"),
        "value": bool(wanted) and wanted == got,
        "day": _is_day(gold) and _is_day(ours) and wanted[:10] == got[:10],
    }


def _pairs(gold: Sequence[Timex], ours: Sequence[Timex]) -> list[tuple[Timex, Timex]]:
    ranked = sorted(_candidates(gold, ours))
    left: set[int] = set()
    right: set[int] = set()
    out = []
    for *_, i, j in ranked:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            out.append((gold[i], ours[j]))
    return out


def _candidates(gold: Sequence[Timex], ours: Sequence[Timex]) -> list[tuple[bool, int, int, int, int]]:
    """Overlapping pairs as (not equal, -shared characters, distance of the edges, positions): the order of preference."""
    out = []
    for i, a in enumerate(gold):
        for j, b in enumerate(ours):
            shared = min(a["end"], b["end"]) - max(a["start"], b["start"])
            if shared > 0:
                apart = abs(a["start"] - b["start"]) + abs(a["end"] - b["end"])
                out.append((apart > 0, -shared, apart, i, j))
    return out
