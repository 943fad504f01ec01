"""How records relate that are not simply one incident: follow-ups, parts, aggregates.

Totals never add up with their parts: whoever counts has to know which is which.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from witnessmark.model import Incident, IncidentClaim, SeriesClaim
from witnessmark.model.comparing import days_apart, place_relation

KINDS = ("same", "part-of", "aggregate-of", "follow-up", "distinct", "unsure")
"""Relations. ``same``, ``distinct`` and ``unsure`` are those of two claims (:class:`witnessmark.incidents.explaining.Evidence`); the others stand here."""


@dataclass(frozen=True, slots=True)
class Relation:
    """``left`` is ``kind`` of ``right`` (ids of claims, incidents or series), because of ``reason``."""

    kind: str
    left: str
    right: str
    reason: str


def relations(
    incidents: Sequence[Incident],
    claims: Mapping[str, IncidentClaim],
    series: Iterable[SeriesClaim] = (),
    *,
    published: Mapping[str, dt.date | None] | None = None,
) -> tuple[Relation, ...]:
    """Every relation between the records of a case, in the order of their ids. ``claims`` by id, ``published`` by document."""
    days = published or {}
    heads = {i.identifier: _head(i, claims) for i in incidents}
    out: list[Relation] = []
    for incident in incidents:
        out += _follow_ups([claims[c] for c in incident.claims], days)
    out += _parts(heads)
    for total in series:
        out += _aggregates(total, heads)
    return tuple(sorted(set(out), key=lambda r: (r.kind, r.left, r.right)))


def _head(incident: Incident, claims: Mapping[str, IncidentClaim]) -> IncidentClaim:
    """The claim that place and day of the incident are taken from, else its first."""
    sources = dict(incident.sources)
    return claims[sources.get("place", sources.get("date", incident.claims[0]))]


def _follow_ups(members: Sequence[IncidentClaim], days: Mapping[str, dt.date | None]) -> Iterator[Relation]:
    """A claim published on a later day with another toll follows up the last one before it."""
    dated = sorted(((day, c.identifier, c) for c in members if (day := days.get(c.document)) is not None), key=lambda x: x[:2])
    for (day, _, earlier), (later_day, _, later) in itertools.pairwise(dated):
        for harm in ("killed", "injured"):
            old, new = getattr(earlier, harm), getattr(later, harm)
            if day < later_day and old is not None and new is not None and (old.value.minimum, old.value.maximum) != (
                new.value.minimum, new.value.maximum,
            ):  # fmt: skip
                yield Relation("follow-up", later.identifier, earlier.identifier, f"{harm}: “{new.quote}” after “{old.quote}”")


def _parts(heads: Mapping[str, IncidentClaim]) -> Iterator[Relation]:
    """An incident in a place inside another's, on a day inside another's, of the same nature and with no greater toll, is a part of it."""
    by_day: dict[tuple[dt.date, str | None], list[tuple[str, IncidentClaim]]] = {}
    for identifier, claim in heads.items():
        if claim.date is not None and claim.place is not None:
            by_day.setdefault((claim.date.value.earliest, claim.place.value.country), []).append((identifier, claim))
    for several in by_day.values():
        wide = [x for x in several if _width(x[1]) > 0][:_MOST]
        for whole_id, whole in wide:
            for part_id, part in several:
                if part_id != whole_id and _width(part) < _width(whole) and _is_part(part, whole):
                    yield Relation("part-of", part_id, whole_id, f"“{_place(part)}” lies in “{_place(whole)}”, on the same day")


_MOST = 50
"""Wide incidents of one day and country that parts are looked for in."""
_WIDTHS = ("P5", "P6", "P7", "P8", "P9")


def _width(claim: IncidentClaim) -> int:
    """0 for a settlement or finer, more for wider places."""
    return _WIDTHS.index(claim.place.value.precision) + 1 if claim.place is not None and claim.place.value.precision in _WIDTHS else 0


def _is_part(part: IncidentClaim, whole: IncidentClaim) -> bool:
    assert part.place is not None and whole.place is not None  # by the caller's choice
    alike = part.act.value.split(".")[0] == whole.act.value.split(".")[0]
    return (
        alike
        and part.document != whole.document
        and place_relation(part.place.value, whole.place.value) == "contains"
        and _less(part, whole)
    )


def _less(part: IncidentClaim, whole: IncidentClaim) -> bool:
    """No toll of the part is greater than the whole's."""
    for harm in ("killed", "injured"):
        one, other = getattr(part, harm), getattr(whole, harm)
        if (
            one is not None
            and other is not None
            and (one.value.minimum or 0) > (other.value.maximum if other.value.maximum is not None else 10**9)
        ):
            return False
    return True


def _aggregates(total: SeriesClaim, heads: Mapping[str, IncidentClaim]) -> Iterator[Relation]:
    """A total over a time and a place is an aggregate of the incidents that lie in both."""
    if total.rate_period is not None or total.date is None or total.place is None:
        return
    for identifier, claim in heads.items():
        if claim.date is None or claim.place is None or days_apart(claim.date.value, total.date.value) > 0:
            continue
        if place_relation(total.place.value, claim.place.value) in ("same", "contains"):
            yield Relation("aggregate-of", total.identifier, identifier, f"“{total.quote}” covers its day and place")


def _place(claim: IncidentClaim) -> str:
    return claim.place.quote if claim.place is not None else ""
