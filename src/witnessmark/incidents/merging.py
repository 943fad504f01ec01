"""Merging: a pure function of claims and publication days."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from witnessmark.incidents.cluster import Link, cluster
from witnessmark.incidents.comparing import Compared, compare
from witnessmark.incidents.evidence import Pair
from witnessmark.incidents.lineage import name_of
from witnessmark.incidents.rows import Row, row_of
from witnessmark.incidents.wording import Wording
from witnessmark.model import Bound, Incident, IncidentClaim, Mention, MergeReason, Quantity, TollRange

if TYPE_CHECKING:
    from witnessmark.engines.spark import Spark

REASONS = 100
"""Pairs of claims that are kept to explain one incident; an incident that hundreds of documents tell has tens of thousands."""
_CONSENSUS = ("place", "date", "perpetrator", "killed", "injured")


def merge(
    claims: Sequence[IncidentClaim],
    *,
    published: Mapping[str, dt.date | None] | None = None,
    wordings: Mapping[str, Wording] | None = None,
    decisions: Sequence[Link] = (),
    spark: Spark | None = None,
) -> tuple[Incident, ...]:
    """Incidents, each made of claims that tell of one event; every claim is in exactly one.

    ``published`` gives the publication day of each document and decides which figure is the newest. ``wordings`` by document let what the reports share
    in words speak for or against; without them the fields alone decide. ``decisions`` are those of people that are in force: "same" and "distinct".
    Two claims of one document are merged by a person only. The result does not depend on the order of ``claims``, nor on ``spark``, which compares
    their fields when it is given.
    """
    days = published or {}
    ordered = sorted(claims, key=lambda c: c.identifier)
    rows = [row_of(c) for c in ordered]
    return _grouped(ordered, rows, compare(ordered, rows, wordings or {}, days, spark=spark), days, decisions)


def _grouped(
    claims: Sequence[IncidentClaim],
    rows: Sequence[Row],
    compared: Compared,
    days: Mapping[str, dt.date | None],
    decisions: Sequence[Link],
) -> tuple[Incident, ...]:
    """Incidents of ``claims``, whose pairs were compared. ``claims`` and ``rows`` go together."""
    by_id = {c.identifier: c for c in claims}
    groups = cluster(rows, compared.pairs, decisions, stories=compared.together, plain=compared.plain)
    inside = _inside(groups, compared.pairs)
    return tuple(incident_of([by_id[i] for i in group], inside.get(group, ()), days) for group in groups)


def _inside(groups: Sequence[tuple[str, ...]], pairs: Sequence[Pair]) -> dict[tuple[str, ...], list[Pair]]:
    """The first REASONS pairs inside each group."""
    home = {claim: group for group in groups for claim in group}
    out: dict[tuple[str, ...], list[Pair]] = {}
    for pair in pairs:
        if home[pair.left] is home[pair.right]:
            kept = out.setdefault(home[pair.left], [])
            if len(kept) < REASONS:
                kept.append(pair)
    return out


def incident_of(members: Sequence[IncidentClaim], pairs: Sequence[Pair], days: Mapping[str, dt.date | None]) -> Incident:
    """The incident that ``members`` tell of; ``pairs`` of them, heaviest first, speak for its being one, of which REASONS are kept."""
    reasons = tuple(MergeReason(p.left, p.right, p.weight, tuple((name, round(w, 3)) for name, w in p.parts)) for p in pairs[:REASONS])
    told = sorted(members, key=lambda c: (days.get(c.document) or dt.date.max, c.document, c.identifier))
    best = {field: _source(told, field) for field in _CONSENSUS}
    sources = tuple((field, claim.identifier) for field, claim in best.items() if claim is not None)
    acts = [c for c in told if c.act.value != "unknown"]
    return Incident(
        identifier=name_of(told[0].identifier),
        claims=tuple(c.identifier for c in told),
        act=_most([c.act.value for c in acts]) if acts else "unknown",
        killed=_range([(c, c.killed) for c in told]),
        injured=_range([(c, c.injured) for c in told]),
        sources=sources,
        reasons=reasons,
    )


def _most(values: Sequence[str]) -> str:
    counts = Counter(values)  # in the order of first use, so that of two equally frequent the first wins
    return max(counts, key=counts.__getitem__)


def _source(told: Sequence[IncidentClaim], field: str) -> IncidentClaim | None:
    """The claim that a consensus field is taken from: the newest for tolls, the finest for place and date, the first that names a party."""
    stating = [c for c in told if getattr(c, field) is not None]
    if not stating:
        return None
    if field in ("killed", "injured"):
        return stating[-1]
    if field in ("place", "date"):
        return min(stating, key=lambda c: (getattr(c, field).value.precision == "TR", getattr(c, field).value.precision))
    return stating[0]


def _range(figures: Sequence[tuple[IncidentClaim, Mention[Quantity] | None]]) -> TollRange:
    stated = [(c, m.value) for c, m in figures if m is not None]
    lows = [(q.minimum, c.identifier) for c, q in stated if q.minimum is not None]
    highs = [(q.maximum, c.identifier) for c, q in stated if q.maximum is not None]
    low = min(lows, default=None)
    high = max(highs, default=None, key=lambda x: x[0])
    numbered = [(q.minimum if q.minimum is not None else q.maximum, c.identifier) for c, q in stated]
    newest = [(n, c) for n, c in numbered if n is not None]
    return TollRange(
        low=Bound(*low) if low else None,
        high=Bound(*high) if high else None,
        latest=Bound(*newest[-1]) if newest else None,
        vague=tuple(q.expression for _, q in stated if q.minimum is None and q.maximum is None),
    )
