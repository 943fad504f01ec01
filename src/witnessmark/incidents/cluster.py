"""Clusters under constraints.

Invariant: no cluster holds two claims that cannot be of one incident. Links alone chain distinct incidents of a front-line town together; so
pairs are taken heaviest first and a merge is refused when any two members clash.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from witnessmark.incidents.linkage import Pair
from witnessmark.incidents.rows import Row
from witnessmark.model import IncidentClaim
from witnessmark.model.comparing import distance_km

# Odds of 4 to 1 that two claims are of one incident. On dev2 thresholds from 0 to 4 were tried; 2 gave the best pairwise F1 and no near-miss
# merge, and held on dev.
MERGE_AT = 2.0
_VIOLENT = frozenset({"remote", "shooting", "ground", "killing"})
_HANDS_ON = frozenset({"shooting", "ground", "killing", "abduction", "detention", "torture", "sexual_violence", "property"})
_FAR_KM = 30.0
_FAR_DAYS = 2


def clash(a: Row, b: Row, claims: Mapping[str, IncidentClaim]) -> bool:
    """True when two claims cannot tell of one incident: told apart by one document, on days or at places that exclude each other, or as
    acts of different nature."""
    if a.document == b.document:
        return True
    if not a.day_soft and not b.day_soft and _days(a, b) >= _FAR_DAYS:
        return True
    if (a.day_soft or b.day_soft) and _days(a, b) > 5:
        return True
    one, two = claims[a.unique_id].place, claims[b.unique_id].place
    if one is not None and two is not None and not a.place_coarse and not b.place_coarse and distance_km(one.value, two.value) > _FAR_KM:
        return True
    if a.country is not None and b.country is not None and a.country != b.country:
        return True
    return _natures_clash(a.family, b.family)


def _natures_clash(a: str | None, b: str | None) -> bool:
    """ "Shooting" and "massacre" may tell of one event; an abduction and a strike may not."""
    if a is None or b is None or a == b:
        return False
    return not {a, b} <= _VIOLENT and not {a, b} <= _HANDS_ON


def _days(a: Row, b: Row) -> int:
    if a.day_from is None or a.day_to is None or b.day_from is None or b.day_to is None:
        return 0
    return max(a.day_from - b.day_to, b.day_from - a.day_to, 0)


def cluster(rows: Sequence[Row], pairs: Sequence[Pair], *, apart: Callable[[Row, Row], bool]) -> tuple[tuple[str, ...], ...]:
    """Groups of claim ids. ``pairs`` come heaviest first; ``apart`` tells when two claims must not share a group."""
    by_id = {r.unique_id: r for r in rows}
    group = {r.unique_id: [r.unique_id] for r in rows}
    for pair in pairs:
        if pair.weight < MERGE_AT:
            break
        left, right = group[pair.left], group[pair.right]
        if left is right or any(apart(by_id[a], by_id[b]) for a in left for b in right):
            continue
        left.extend(right)
        for member in right:
            group[member] = left
    unique = {id(g): tuple(sorted(g)) for g in group.values()}
    return tuple(sorted(unique.values()))
