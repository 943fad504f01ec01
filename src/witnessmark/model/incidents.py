"""Incidents: claims held to tell of one event."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bound:
    """One end of a range, and the claim that gives it."""

    value: int
    claim: str


@dataclass(frozen=True, slots=True)
class TollRange:
    """Least and greatest figure over the claims; ``latest`` is the newest figure. A missing bound was not stated."""

    low: Bound | None
    high: Bound | None
    latest: Bound | None
    vague: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MergeReason:
    """Why a claim joined: the pair that linked it and the weight (log2 of the odds) of each comparison."""

    left: str
    right: str
    weight: float
    parts: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Incident:
    """Claims of one event in one or several documents.

    ``identifier`` is stable: made from the earliest claim of the cluster; ``former`` lists ids that now lead here. Consensus fields
    name the claim that they were taken from (``sources``: field name, claim id).
    """

    identifier: str
    claims: tuple[str, ...]
    act: str
    killed: TollRange
    injured: TollRange
    sources: tuple[tuple[str, str], ...]
    reasons: tuple[MergeReason, ...] = ()
    former: tuple[str, ...] = ()
