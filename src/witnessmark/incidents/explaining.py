"""Why two claims were held to tell of one incident, or were not: the evidence for and against, in words."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from witnessmark.incidents.cluster import MERGE_AT, Group
from witnessmark.incidents.comparing import PLAIN, STRANGERS
from witnessmark.incidents.evidence import chance
from witnessmark.incidents.linkage import PRIOR, score_pairs
from witnessmark.incidents.rows import row_of
from witnessmark.incidents.wording import Wording
from witnessmark.incidents.wording.stories import Report, reports, waterfall
from witnessmark.model import IncidentClaim


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the waterfall: what it looks at, what each claim has there, its weight (log2 of the odds) and where the sum stands after it."""

    about: str
    left: str
    right: str
    weight: float
    sum: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """``steps`` add up to ``weight``. ``barriers`` are what keeps the two apart whatever the weight; ``basis`` is fields or story."""

    left: str
    right: str
    basis: str
    steps: tuple[Step, ...]
    barriers: tuple[str, ...]

    @property
    def weight(self) -> float:
        """Log2 of the odds that both tell of one incident."""
        return self.steps[-1].sum if self.steps else 0.0

    @property
    def chance(self) -> float:
        """The chance, 0 to 1, that the weight stands for."""
        return chance(self.weight)

    @property
    def verdict(self) -> str:
        """The relation that the two claims have by themselves: same, distinct, or unsure."""
        if self.barriers:
            return "distinct"
        return "same" if self.weight >= 2.0 else "unsure" if self.chance >= MERGE_AT / 2 else "distinct"


def evidence(
    a: IncidentClaim,
    b: IncidentClaim,
    *,
    claims: Sequence[IncidentClaim] = (),
    wordings: Mapping[str, Wording] | None = None,
    published: Mapping[str, dt.date | None] | None = None,
) -> Evidence:
    """The evidence on two claims. ``claims`` are all claims of their two documents, which tell what each is about."""
    told = wordings or {}
    ordinals = {d: day.toordinal() if day else None for d, day in (published or {}).items()}
    known = {d: told[d] for d in {a.document, b.document} if d in told}
    listed = reports(list(claims) or [a, b], known, ordinals)
    story = _story_steps(a, b, listed)
    basis, steps = ("story", story) if story else ("fields", _field_steps(a, b, listed))
    return Evidence(a.identifier, b.identifier, basis, steps, tuple(_barriers(a, b)))


def _story_steps(a: IncidentClaim, b: IncidentClaim, listed: Sequence[Report]) -> tuple[Step, ...]:
    """The steps of the model of stories; none where it does not speak: the claims are not the main ones, or the reports share too few words."""
    if len(listed) != 2 or len({r.wording.language for r in listed}) != 1:
        return ()
    if {r.claims[0].identifier for r in listed if r.claims} != {a.identifier, b.identifier}:
        return ()
    parts = waterfall(listed)
    return () if parts is None else _steps([(name, _told(a, name), _told(b, name), weight) for name, weight in parts])


def _field_steps(a: IncidentClaim, b: IncidentClaim, listed: Sequence[Report]) -> tuple[Step, ...]:
    rows = [row_of(a), row_of(b)]
    pair = score_pairs(rows, at_least=-math.inf, everything=True)[0]
    parts = [("where every pair starts", "", "", math.log2(PRIOR / (1 - PRIOR)))]
    parts += [(name, _told(a, name), _told(b, name), weight) for name, weight in pair.parts]
    plain = [r for r in listed if 0 < len(r.claims) <= PLAIN and r.claims[0].identifier in (a.identifier, b.identifier)]
    if len(plain) == 2 and plain[0].wording.language == plain[1].wording.language:
        parts.append(("wording", "the reports share too few words", "to tell one story", STRANGERS))
    return _steps(parts)


def _steps(parts: Sequence[tuple[str, str, str, float]]) -> tuple[Step, ...]:
    total = 0.0
    out: list[Step] = []
    for about, left, right, weight in parts:
        total += weight
        out.append(Step(about, left, right, round(weight, 2), round(total, 2)))
    return tuple(out)


def _told(claim: IncidentClaim, about: str) -> str:
    """The words of the claim for what a step looks at."""
    if about in ("act",):
        return claim.act.quote
    if about in ("weapon", "objects"):
        return ", ".join(m.quote for m in (claim.munitions if about == "weapon" else claim.objects)) or "not stated"
    named = {"day": "date", "toll": "killed"}.get(about, about)
    if named not in ("date", "place", "killed", "injured", "perpetrator"):
        return ""
    mention = getattr(claim, named)
    if mention is None:
        return "not stated"
    if named == "date":
        return f"{mention.quote or 'day of publication'} = {mention.value.earliest}" + (
            f" to {mention.value.latest}" if mention.value.latest != mention.value.earliest else ""
        )
    return str(mention.quote)


def _barriers(a: IncidentClaim, b: IncidentClaim) -> list[str]:
    one, other = Group.of(row_of(a)), Group.of(row_of(b))
    out = ["one document tells of them as two"] if a.document == b.document else []
    return out + list(one.reasons_against(other))
