"""What became of incidents from one computation to the next: nothing that was ever cited may become a dead end.

An incident is named after its earliest claim. So every id that an incident could ever have had is the name of one of its claims, and leads to the incident
that holds that claim now, whatever was merged or split in between.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from witnessmark.model import Incident


@dataclass(frozen=True, slots=True)
class Change:
    """``kind``: merged, split, renamed, gone. ``before`` and ``after`` are ids of incidents."""

    kind: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def name_of(claim: str) -> str:
    """The id of an incident that is named after ``claim``."""
    return "i-" + hashlib.sha256(claim.encode()).hexdigest()[:12]


def resolve(identifier: str, incidents: Iterable[Incident]) -> Incident | None:
    """The incident that the id leads to, now or as the name of one of its claims; None when no claim of it is left."""
    listed = tuple(incidents)
    exact = next((i for i in listed if i.identifier == identifier), None)
    return exact or next((i for i in listed if any(name_of(c) == identifier for c in i.claims)), None)


class Named(Protocol):
    """An incident as far as it can be followed."""

    @property
    def identifier(self) -> str:
        """Its id."""

    @property
    def claims(self) -> tuple[str, ...]:
        """The ids of its claims."""


class Known(NamedTuple):
    """An incident of which only this is in memory."""

    identifier: str
    claims: tuple[str, ...]


def changes(before: Sequence[Named], after: Sequence[Named]) -> tuple[Change, ...]:
    """The log of what happened to the incidents of ``before``: those that are as they were, or only gained claims, are left out."""
    now = {c: i.identifier for i in after for c in i.claims}
    then = {c: i.identifier for i in before for c in i.claims}
    out: list[Change] = []
    for old in before:
        homes = tuple(sorted({now[c] for c in old.claims if c in now}))
        if len(homes) > 1:
            out.append(Change("split", (old.identifier,), homes))
        elif not homes:
            out.append(Change("gone", (old.identifier,), ()))
        elif homes[0] != old.identifier:
            out.append(Change("renamed", (old.identifier,), homes))
    for new in after:
        olds = tuple(sorted({then[c] for c in new.claims if c in then}))
        if len(olds) > 1:
            out.append(Change("merged", olds, (new.identifier,)))
    return tuple(sorted(out, key=lambda c: (c.kind, c.before, c.after)))
