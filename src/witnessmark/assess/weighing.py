"""Weighing an incident: credibility by inspectable rules, reliability as the user set it, positions of the parties, the toll over time.

The credibility scale is that of the Admiralty code (1 confirmed ... 5 improbable, 6 cannot be judged), which keeps the worth of a source apart from the
worth of what it says. No rule looks at who a party is: swapping the parties' names changes nothing else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from witnessmark.assess.independence import Source, independent, origins
from witnessmark.errors import UsageError
from witnessmark.model import Contradiction, Incident, IncidentClaim, Mention, Quantity
from witnessmark.model.assessments import AsOf, Assessment, Origin, Position, Reason

RELIABILITY = "ABCDEF"
"""A reliable, B usually, C fairly, D not usually, E unreliable, F cannot be judged."""
_CORROBORATED = 2
_WEIGHTY = frozenset({"act", "place", "date", "perpetrator"})
"""Fields in which a contradiction touches whether the incident happened as told; figures of a toll differ in nearly every incident."""


def assess(
    incident: Incident,
    claims: Mapping[str, IncidentClaim],
    sources: Mapping[str, Source],
    *,
    contradictions: Iterable[Contradiction] = (),
    reliability: Mapping[str, str] | None = None,
) -> Assessment:
    """What the claims of ``incident`` are worth together.

    ``claims`` by id, ``sources`` by document, ``contradictions`` of the case, ``reliability`` (A to F) by publisher as the user judges it.

    Raises:
        UsageError: WM032 for a reliability that is none of A to F.
    """
    grades = checked(reliability or {})
    members = [claims[c] for c in incident.claims]
    own = set(incident.claims)
    against = [x for x in contradictions if x.kind == "between_documents" and own.issuperset(x.claims) and x.field in _WEIGHTY]
    found = origins(members, sources)
    positions = tuple(_positions(members))
    credibility, reasons = _credibility(members, found, positions, against)
    publishers = sorted({s.publisher for c in members if (s := sources.get(c.document)) is not None and s.publisher is not None})
    return Assessment(
        incident=incident.identifier,
        origins=found,
        independent=independent(found),
        credibility=credibility,
        reasons=tuple(reasons),
        reliability=tuple((p, grades.get(p, "F")) for p in publishers),
        positions=positions,
        killed=tuple(_curve([(c, c.killed) for c in members], sources)),
        injured=tuple(_curve([(c, c.injured) for c in members], sources)),
        airwars=_airwars(credibility, positions, against, members),
    )


def checked(reliability: Mapping[str, str]) -> Mapping[str, str]:
    """The grades as they are.

    Raises:
        UsageError: WM032 for one that is none of A to F.
    """
    for publisher, grade in reliability.items():
        if len(grade) != 1 or grade not in RELIABILITY:
            raise UsageError("WM032", grade, origin=publisher)
    return reliability


def _credibility(
    members: Sequence[IncidentClaim], found: Sequence[Origin], positions: Sequence[Position], against: Sequence[Contradiction]
) -> tuple[int, list[Reason]]:
    number = independent(found)
    named = [o for o in found if o.counts]
    reasons = [Reason("origins", f"{number} independent original {'speaker' if number == 1 else 'speakers'} behind {len(members)} claims",
                      tuple(o.tellings[0].claim for o in named))]  # fmt: skip
    copies = [t for o in found for t in o.tellings if t.how == "copy"]
    if copies:
        reasons.append(
            Reason("copies", f"{len(copies)} claims stand in copies of another text and count for nothing", tuple(t.claim for t in copies))
        )
    reasons += [Reason(f"contradiction:{x.field}", f"{x.field}: {x.note}", x.claims) for x in against]
    denied = [p for p in positions if p.stance == "denied"]
    if denied:
        reasons.append(Reason("denial", f"{len(denied)} claims deny it or deny the part of a party in it", tuple(p.claim for p in denied)))
    if not named:
        return 6, [*reasons, Reason("cannot-judge", "nobody who says it is named: cannot be judged")]
    return _graded(number, bool(against), bool(denied), reasons)


def _graded(number: int, contradicted: bool, denied: bool, reasons: list[Reason]) -> tuple[int, list[Reason]]:
    if contradicted and number <= _CORROBORATED:
        return 4, [*reasons, Reason("equal-contradiction", "as many speakers contradict each other as agree: doubtful")]
    if number > _CORROBORATED and not contradicted and not denied:
        return 1, [*reasons, Reason("confirmed", "three or more independent speakers agree, and nothing of weight contradicts them")]
    if number >= _CORROBORATED:
        return 2, [*reasons, Reason("corroborated", "an independent speaker confirms it: probably true")]
    if denied:
        return 4, [*reasons, Reason("denied-single", "one speaker says it and another denies it: doubtful")]
    return 3, [*reasons, Reason("single", "one speaker alone: possibly true")]


def _positions(members: Sequence[IncidentClaim]) -> Iterable[Position]:
    """What parties say of their own part: kept beside the others, never weighed away."""
    for claim in members:
        party = claim.perpetrator
        told: list[tuple[str, str]] = [(claim.modality, claim.act.quote)]
        if party is not None:
            told.append((party.modality, party.quote))
        for stance, quote in told:
            if stance in ("denied", "claimed_responsibility"):
                yield Position(claim.identifier, stance, party.value.name if party is not None else None, quote)
                break


def _curve(figures: Sequence[tuple[IncidentClaim, Mention[Quantity] | None]], sources: Mapping[str, Source]) -> Iterable[AsOf]:
    """One point for each day on which a figure was published: later figures add to what is known, none is taken back."""
    dated = [(_day(c, m.value, sources), c.identifier, m.value) for c, m in figures if m is not None]
    low: int | None = None
    high: int | None = None
    for day in sorted({d for d, _, _ in dated if d is not None}):
        today = [(name, q) for d, name, q in sorted(dated, key=lambda x: x[1]) if d == day]
        lows = [q.minimum for _, q in today if q.minimum is not None]
        highs = [n for _, q in today if (n := q.maximum if q.maximum is not None else q.minimum) is not None]
        low = min([*lows, *([low] if low is not None else [])], default=None)
        high = max([*highs, *([high] if high is not None else [])], default=None)
        yield AsOf(day, low, high, today[-1][0])


def _day(claim: IncidentClaim, figure: Quantity, sources: Mapping[str, Source]) -> dt.date | None:
    source = sources.get(claim.document)
    return figure.as_of or (source.published if source else None)


def _airwars(
    credibility: int, positions: Sequence[Position], against: Sequence[Contradiction], members: Sequence[IncidentClaim]
) -> tuple[str, str]:
    """A proposal in the words of Airwars' scale, and why."""
    if any(p.stance == "claimed_responsibility" for p in positions):
        return "Confirmed", "a party says that it did it"
    if any(x.field == "perpetrator" for x in against):
        return "Contested", "claims name different parties"
    if credibility == 5 or all(c.scope == "military" for c in members):
        return "Discounted", "military harm only" if credibility != 5 else "better evidence contradicts it"
    if credibility <= _CORROBORATED and any(c.perpetrator is not None for c in members):
        return "Fair", "two or more independent speakers, and a party is named"
    return "Weak", "no second independent speaker, or no party named"
