"""Assessments: what an incident's claims are worth together, with every reason."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Telling:
    """How one claim tells what it tells. ``how``: own (the outlet in its own voice), quoted, unnamed (someone whom it does not name), copy.

    ``of`` names the document that a copy repeats, and ``resemblance`` the share of word sequences that both have, 0 to 1.
    """

    claim: str
    document: str
    publisher: str | None
    published: dt.date | None
    how: str
    quote: str = ""
    of: str | None = None
    resemblance: float = 0.0


@dataclass(frozen=True, slots=True)
class Origin:
    """One original speaker behind one or many claims. ``kind``: outlet, speaker, unnamed. ``name`` is for people, as the words have it."""

    name: str
    kind: str
    tellings: tuple[Telling, ...]

    @property
    def counts(self) -> bool:
        """True for an origin that can corroborate: one who is named, or an outlet that reports in its own voice."""
        return self.kind != "unnamed"


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that a grade follows, with what it was applied to."""

    rule: str
    words: str
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Position:
    """What a party says of its own part. ``stance``: denied, claimed_responsibility."""

    claim: str
    stance: str
    party: str | None
    quote: str


@dataclass(frozen=True, slots=True)
class AsOf:
    """The toll as known at the end of ``day``: least and greatest figure published until then, and the claim that was newest."""

    day: dt.date
    low: int | None
    high: int | None
    newest: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """``credibility`` is 1 to 6 of the claim that the incident happened (6 = cannot be judged, which does not mean bad), with its ``reasons``.
    ``reliability`` gives A to F by publisher, and who set it: it is the user's, F ("cannot be judged") until set, and never follows from a claim.
    ``airwars`` is a proposal for a reviewer, never a grade of ours.
    """

    incident: str
    origins: tuple[Origin, ...]
    independent: int
    credibility: int
    reasons: tuple[Reason, ...]
    reliability: tuple[tuple[str, str], ...] = ()
    positions: tuple[Position, ...] = ()
    killed: tuple[AsOf, ...] = ()
    injured: tuple[AsOf, ...] = ()
    airwars: tuple[str, str] | None = None
