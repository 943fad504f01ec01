"""Which predicted incident answers which gold one.

*Strict* pairs agree on act family, place and day: they count as detected. *Aligned* pairs agree on two of the three, or on one and share
much of their words: fields are compared on these, so that a wrong place does not hide a right toll.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from witnessmark.evaluation.metrics.assignment import assign
from witnessmark.evaluation.metrics.places import distance_km
from witnessmark.evaluation.metrics.reports.shapes import (
    MULTIPLE,
    SINGLE,
    Characters,
    Row,
    count,
    field,
    field_characters,
    folded,
    interval,
    scalar,
)

RADIUS_KM = {"P5": 60.0, "P6": 150.0, "P7": 200.0, "P8": 500.0, "P9": 500.0}
"""How far off a place may lie, by the precision of the gold place; everything finer than P5 25 km."""
FINE_RADIUS_KM = 25.0

_AIR_OR_ARTILLERY = "strike.air_or_artillery"

Pairs = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Pairing:
    """Positions (gold, predicted)."""

    strict: Pairs
    aligned: Pairs


def pair_incidents(gold: Sequence[Row], ours: Sequence[Row]) -> Pairing:
    """The strict and the aligned pairs of one document's incidents."""
    strict, aligned = [], []
    predicted = [(p, _marked(p), _core(p)) for p in ours]
    for wanted in gold:
        marked, core = _marked(wanted), _core(wanted)
        pairs = [_weights(wanted, p, _jaccard(marked, m), _jaccard(core, c)) for p, m, c in predicted]
        strict.append([w for w, _ in pairs])
        aligned.append([w for _, w in pairs])
    return Pairing(assign(strict), assign(aligned))


def _weights(gold: Row, ours: Row, evidence: float, fields: float) -> tuple[float, float]:
    """Weight as a strict and as an aligned pair; shared words and equal tolls decide between equals."""
    agree = [act_agrees(gold, ours), place_agrees(gold, ours), date_agrees(gold, ours, slack=1)]
    bonus = 0.4 * evidence + 0.6 * fields + 0.3 * (count(gold, "killed") == count(ours, "killed"))
    bonus += 0.1 * act_agrees(gold, ours, exact=True) + 0.1 * (count(gold, "injured") == count(ours, "injured"))
    near = sum(agree) >= 2 or (any(agree) and evidence >= 0.3)
    return (10 + bonus if all(agree) else 0.0), (3 * sum(agree) + bonus if near else 0.0)


def _marked(incident: Row) -> Characters:
    return frozenset().union(*(field_characters(incident, k) for k in ("evidence", *SINGLE, *MULTIPLE)))


def _core(incident: Row) -> Characters:
    keys = (*SINGLE[1:], *MULTIPLE)
    return frozenset().union(*(field_characters(incident, k) for k in keys))


def _jaccard(left: Characters, right: Characters) -> float:
    return len(left & right) / len(left | right) if left and right else 0.0


def act_agrees(gold: Row, ours: Row, *, exact: bool = False) -> bool:
    """Same act, or (unless ``exact``) same family; "strike or artillery" goes with both families, unknown with any."""
    allowed = {gold.get("act"), *(gold.get("act_alt") or ())}
    act = scalar(ours, "act")
    if exact:
        return act in allowed
    if "unknown" in allowed:
        return True
    if not isinstance(act, str) or not act:
        return False
    families = {str(a).split(".")[0] for a in allowed}
    family = act.split(".")[0]
    fires = {"strike", "shelling"}
    if act == _AIR_OR_ARTILLERY:
        return bool(families & fires)
    return family in families or (_AIR_OR_ARTILLERY in allowed and family in fires)


def place_agrees(gold: Row, ours: Row) -> bool:
    """Close enough for the precision of the gold place; without coordinates the same name."""
    wanted, got = field(gold, "place"), field(ours, "place")
    if isinstance(got.get("lat"), (int, float)) and isinstance(got.get("lon"), (int, float)):
        limit = RADIUS_KM.get(str(wanted.get("precision")), FINE_RADIUS_KM)
        return distance_km((wanted["lat"], wanted["lon"]), (got["lat"], got["lon"])) <= limit
    if not got.get("name"):
        return False
    return folded(wanted["name"]).split(" (")[0] == folded(got["name"]).split(" (")[0]


def date_agrees(gold: Row, ours: Row, *, slack: int) -> bool:
    """The intervals meet when widened by ``slack`` days."""
    wanted, got = interval(field(gold, "date")), interval(field(ours, "date"))
    if wanted is None or got is None:
        return False
    margin = dt.timedelta(days=slack)
    return got[0] <= wanted[1] + margin and got[1] >= wanted[0] - margin
