"""Which place a name means: all names of a document at once.

Every candidate gets a weighted sum of features (a conditional logit, trained offline; weights in ``data/models.json``). The features of a
candidate that depend on the other names are counted over what those names most likely mean, in two rounds: the first round goes by
prominence and by cues that need no other resolution, the second adds nearness to the places of the first. One sense per discourse: the same
name with the same type word means the same place throughout.
"""

from __future__ import annotations

import functools
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from witnessmark.claims.places.geometry import KM_PER_DEGREE
from witnessmark.claims.places.index import Entry
from witnessmark.claims.places.pack import BARE, FUZZY


@dataclass(slots=True)
class Query:
    """A name to resolve. ``wanted`` is the class that its type word asks for (adm1, adm2, settlement) or "".

    ``inside`` and ``around`` are indexes of the queries that the text sets as container after or before it ("Pokrovsk, Donetsk region").
    ``weight`` is how sure it is that the name is a place at all. ``dateline`` marks the name that opens the report.
    """

    key: str
    entries: tuple[Entry, ...]
    wanted: str = ""
    inside: int | None = None
    weight: float = 1.0
    dateline: bool = False
    sentence: int = 0


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of a document beside its names: votes for countries (adjectives such as "Syrian"; the publisher's country)."""

    countries: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scored:
    """An entry with its probability among the candidates of its name and the features that spoke for it, strongest first."""

    entry: Entry
    score: float
    reasons: tuple[str, ...]


@dataclass(slots=True)
class State:
    """What the names are thought to mean after a round: weights of countries, divisions and districts, points by name, and choices."""

    countries: dict[str, float]
    divisions: dict[str, float]
    counties: dict[str, float]
    points: dict[tuple[str, str], tuple[float, float, float]]
    chosen: list[Entry | None]
    total: float


Weights = Mapping[str, float]
KEPT = 5
"""Candidates reported of one name."""
SMALL, MUCH = 4.8, 2.0
"""A place of under some 60,000 people is small; two other names of known country are much. Chosen on LGL and GeoVirus among 4.5, 4.8, 5.2
and 1, 2, 4: no loss there, and fewer villages sent to other continents."""
_OUTSIDE = 5.0
"""Taken from candidates that lie outside the container that the text names, when another lies inside."""
_SEATS = frozenset({"PPLC", "PPLA", "PPLA2"})
EXPLAINED = 3
"""Candidates whose reasons are given."""
_FAR = 20_000.0
_DEGREES = 9.0
"""Names more than about 1,000 km away are no neighbours."""
_FEW = 10
"""Candidates that are always looked at; chosen among 6, 10 and 30 (all) for speed without loss on LGL and GeoVirus."""
_VAST = frozenset({"PCL", "RGN", "CON", "OCN"})


def resolve(queries: Sequence[Query], hints: Hints, weights: Weights) -> list[tuple[Scored, ...]]:
    """For each query its candidates, best first; () where it has none, or none that fits the document."""
    senses = senses_of(queries)
    state = first_state(queries, hints)
    scored: list[tuple[Scored, ...]] = [()] * len(queries)
    for last in (False, True):
        chosen: list[Entry | None] = [None] * len(queries)
        for members in senses:
            entries = hopeful(queries, members, state)
            if not last and len(entries) == 1 and entries[0].kind != FUZZY:
                for i in members:
                    chosen[i] = entries[0]
                continue
            parts = sense_features(queries, members, state, entries)
            sums = [sum([weights.get(f, 0.0) * v for f, v in features.items()]) for features in parts]
            if any("inside" in features for features in parts):
                sums = [s if "inside" in features else s - _OUTSIDE for s, features in zip(sums, parts, strict=True)]
            if _foreign(entries, sums, parts, state):
                continue
            if not queries[members[0]].wanted:
                _prefer_towns(entries, sums)
            best = entries[max(range(len(sums)), key=sums.__getitem__)]
            ranked = _ranked(entries, sums, parts, weights) if last else ()
            for i in members:
                chosen[i] = best
                scored[i] = ranked
        state = next_state(queries, hints, chosen)
    return scored


def _foreign(entries: Sequence[Entry], sums: Sequence[float], parts: Sequence[Mapping[str, float]], state: State) -> bool:
    """True when the best candidate is a small place of a country that the document otherwise does not speak of: likelier a place unknown to us.

    Names that only sound alike need the country's support however large the place.
    """
    top = max(range(len(entries)), key=lambda n: sums[n])
    features, entry = parts[top], entries[top]
    if "inside" in features or "country" in features:
        return False
    if entry.kind == FUZZY:
        return True
    return entry.prominence < SMALL and "within 1000 km" not in features and state.total >= MUCH


def _prefer_towns(entries: Sequence[Entry], sums: list[float]) -> None:
    """A division is only meant by a bare name that is also the name of a large town in it when a type word says so ("Geneva", not the canton)."""
    top = max(range(len(sums)), key=sums.__getitem__)
    division = entries[top]
    if division.sort not in {"adm1", "adm2"}:
        return
    for n, entry in enumerate(entries):
        town = entry.sort == "settlement" and entry.kind <= division.kind and _holds(division, entry)
        if town and (entry.place.feature in _SEATS or entry.prominence > division.prominence - 1.0):
            sums[n] = max(sums[n], sums[top] + 0.1)
            return


def senses_of(queries: Sequence[Query]) -> list[list[int]]:
    """Indexes of the queries that must mean the same place, in order of first use."""
    merged: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, query in enumerate(queries):
        if query.entries:
            merged[(query.key, query.wanted)].append(i)
    return list(merged.values())


def _ranked(entries: Sequence[Entry], sums: Sequence[float], parts: Sequence[Mapping[str, float]], weights: Weights) -> tuple[Scored, ...]:
    top = max(sums)
    powers = [math.exp(s - top) for s in sums]
    total = sum(powers)
    order = sorted(range(len(entries)), key=lambda n: -powers[n])[:KEPT]
    return tuple(Scored(entries[n], powers[n] / total, _reasons(parts[n], weights) if at < EXPLAINED else ()) for at, n in enumerate(order))


def _reasons(features: Mapping[str, float], weights: Weights) -> tuple[str, ...]:
    strong = sorted(((weights.get(f, 0.0) * v, f) for f, v in features.items()), reverse=True)[:4]
    return tuple(f for v, f in strong if v > 0.2)


def first_state(queries: Sequence[Query], hints: Hints) -> State:
    """Before the first round a name stands for its best known place when that is a country or a division, or when it has no rival."""
    chosen: list[Entry | None] = []
    for q in queries:
        best = q.entries[0] if q.entries else None
        sure = best is not None and (
            len(q.entries) == 1 or best.place.feature[:3] in {"PCL", "RGN"} or (best.place.feature == "ADM1" and best.kind != BARE)
        )
        chosen.append(best if sure else None)
    return next_state(queries, hints, chosen)


def next_state(queries: Sequence[Query], hints: Hints, chosen: list[Entry | None]) -> State:
    """What the document is about when its names mean ``chosen``."""
    countries: dict[str, float] = defaultdict(float)
    divisions: dict[str, float] = defaultdict(float)
    counties: dict[str, float] = defaultdict(float)
    points: dict[tuple[str, str], tuple[float, float, float]] = {}
    for q, entry in zip(queries, chosen, strict=True):
        if entry is None:
            continue
        p, w = entry.place, q.weight
        for counter, code in ((countries, p.country), (divisions, p.adm1), (counties, p.adm2)):
            if code:
                counter[code] += w
        if p.feature[:3] not in _VAST and w >= 0.3:
            points[(q.key, q.wanted)] = (p.latitude, p.longitude, w + points.get((q.key, q.wanted), (0.0, 0.0, 0.0))[2])
    for country, w in hints.countries.items():
        countries[country] += w
    return State(countries, divisions, counties, points, chosen, sum(countries.values()))


def hopeful(queries: Sequence[Query], members: Sequence[int], state: State) -> Sequence[Entry]:
    """The candidates worth looking at: the best known, and those that the document speaks for; all where a container is named."""
    entries = queries[members[0]].entries
    if len(entries) <= _FEW or any(queries[i].inside is not None for i in members):
        return entries
    near = [e for e in entries[_FEW:] if e.place.adm1 in state.divisions]
    return [*entries[:_FEW], *near]


def sense_features(
    queries: Sequence[Query], members: Sequence[int], state: State, entries: Sequence[Entry] | None = None
) -> list[dict[str, float]]:
    """The features of each of ``entries`` (all by default) as candidates of the queries ``members``, which share a sense."""
    query = queries[members[0]]
    entries = query.entries if entries is None else entries
    own = state.chosen[members[0]]
    weight = sum(queries[i].weight for i in members)
    tops = max([e.prominence for e in entries])
    containers = [(queries[i].inside, queries[j]) for i in members if (j := queries[i].inside) is not None]
    holders = [h for j, q in containers for h in _holders(q, state.chosen[j or 0])]
    out, support, nearest = [], [], []
    for entry in entries:
        p = entry.place
        f = {"prominence": entry.prominence, "behind": tops - entry.prominence, **_own_features(entry.sort, entry.kind, query.wanted)}
        if p.feature in {"PPLC", "PPLA"}:
            f["seat"] = 1.0
        level = _support(f, entry, own, weight, state)
        if holders:
            held = any(_holds(h, entry) for h in holders)
            f["inside" if held else "not inside"] = 1.0
            level = 4 if held else level
        km = 20_000.0
        if p.feature[:3] not in _VAST:
            km = _nearness(f, entry, query, state)
        support.append(level)
        nearest.append(km)
        out.append(f)
    _compare(out, support, nearest)
    return out


@functools.cache
def _own_features(sort: str, kind: int, wanted: str) -> dict[str, float]:
    found = {f"is:{sort}": 1.0, f"kind:{kind}": 1.0, f"{sort}:{kind}": 1.0}
    return {**found, f"{wanted}>{sort}": 1.0} if wanted else found


def _support(f: dict[str, float], entry: Entry, own: Entry | None, weight: float, state: State) -> int:
    """How far the other names of the document agree: 0 not at all, 1 country, 2 division, 3 district."""
    p = entry.place
    mine = own.place if own else None
    level = 0
    rest = state.countries.get(p.country, 0.0) - (weight if mine and mine.country == p.country else 0.0)
    if p.country and rest > 0.2:
        level = 1
        f["country"] = 1.0
        total = state.total - (weight if mine else 0.0)
        f["country share"] = rest / total if total > 0 else 0.0
    rest = state.divisions.get(p.adm1, 0.0) - (weight if mine and mine.adm1 == p.adm1 else 0.0)
    if p.adm1 and rest > 0.2:
        level = 2
        f["division"] = 1.0
        f["division count"] = math.log1p(rest)
    rest = state.counties.get(p.adm2, 0.0) - (weight if mine and mine.adm2 == p.adm2 else 0.0)
    if p.adm2 and rest > 0.2:
        level = 3
        f["county"] = 1.0
    return level


def _compare(out: Sequence[dict[str, float]], support: Sequence[int], nearest: Sequence[float]) -> None:
    """Features of a candidate against its rivals: who has the best support, who lies nearest."""
    if len(out) < 2:
        return
    best = max(support)
    close = min(nearest)
    sole = support.count(best) == 1
    for f, level, km in zip(out, support, nearest, strict=True):
        if level == best and best:
            f[f"best support {best}"] = 1.0
            if sole:
                f["sole support"] = 1.0
        elif level < best:
            f[f"behind support {best - level}"] = 1.0
        if km == close and close < 500:
            f["nearest"] = 1.0
        if not level:
            f["prominence alone"] = f["prominence"]


def _holders(container: Query, chosen: Entry | None) -> list[Entry]:
    return [chosen] if chosen else list(container.entries[:6])


def _holds(holder: Entry, entry: Entry) -> bool:
    c, p = holder.place, entry.place
    if c.feature.startswith("PCL"):
        return c.country == p.country and bool(p.adm1 or p.adm2)
    if c.feature == "ADM2":
        return c.adm2 == p.adm2
    return bool(p.adm1) and c.adm1 == p.adm1


def _nearness(f: dict[str, float], entry: Entry, query: Query, state: State) -> float:
    """Features of the distance to the other names' places, and the least distance in kilometres (20,000 beyond 1,000)."""
    lat, lon = entry.place.latitude, entry.place.longitude
    own = (query.key, query.wanted)
    shrink = math.cos(math.radians(lat))
    nearest, close = _FAR, 0.0
    for key, (other_lat, other_lon, w) in state.points.items():
        up = lat - other_lat
        if key == own or not -_DEGREES < up < _DEGREES:
            continue
        across = abs(lon - other_lon)
        across = (360 - across if across > 180 else across) * shrink
        square = up * up + across * across
        if square < _DEGREES * _DEGREES:
            nearest = min(nearest, square)
            close += w * math.exp(-math.sqrt(square) * KM_PER_DEGREE / 150)
    if nearest is _FAR:
        return _FAR
    km = math.sqrt(nearest) * KM_PER_DEGREE
    for limit in (30, 100, 300, 1000):
        if km <= limit:
            f[f"within {limit} km"] = 1.0
    f["closeness"] = math.log1p(close)
    return km
