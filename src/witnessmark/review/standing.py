"""How things stand: which decisions are in force, where reviewers agree, and where not.

A pure function of the decisions in ledger order. Reviewers' decisions on one value stand side by side; the newest of each counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from witnessmark.model import Decision
from witnessmark.model.serialise import canonical, to_data

Key: TypeAlias = tuple[str, str, int | None]
"""What a decision on a value is about: claim (or other record), field ("" for the record itself), start of the words it was read from."""

VERDICTS = ("accept", "correct", "reanchor", "reject", "cannot_tell")
"""Kinds that say something about a value."""

LINKS = ("same", "distinct")
"""Kinds that say whether claims tell of one incident."""


def key_of(decision: Decision) -> Key:
    """The value that a verdict, flag or comment is about."""
    return decision.subjects[0], decision.field or "", decision.mention.start if decision.mention else None


def answer(decision: Decision) -> bytes:
    """What the decision says, so that equal answers of two reviewers are equal: the value and, where it was re-anchored, its words."""
    if decision.kind in ("reject", "cannot_tell"):
        return decision.kind.encode()
    return canonical(to_data(decision.value) if decision.value is not None else None)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a value stands. ``state``: unreviewed, reviewed (one person), agreed (several), disputed, settled (by a lead).

    ``decisions`` are the newest verdict of each reviewer, in order; ``effective`` is the one that the next computation follows, None while
    reviewers differ. ``flagged`` asks for a second reviewer, ``flaggers`` are those who did.
    """

    state: str = "unreviewed"
    decisions: tuple[Decision, ...] = ()
    effective: Decision | None = None
    flagged: bool = False
    comments: tuple[Decision, ...] = ()
    flaggers: tuple[str, ...] = ()

    def reviewed(self, *, two_persons: bool = False) -> bool:
        """True when the value may be called reviewed: somebody decided and nothing is disputed; with ``two_persons`` (the two-person rule) only
        when a second person decided too."""
        people = len({d.reviewer for d in self.decisions})
        return self.state in ("reviewed", "agreed", "settled") and people >= (2 if two_persons else 1)


@dataclass(slots=True)
class Standings:
    """All decisions of a case, kept up as new ones come in."""

    _by_position: dict[int, Decision] = field(default_factory=dict)
    _by_key: dict[Key, list[Decision]] = field(default_factory=dict)
    _by_subject: dict[str, set[Key]] = field(default_factory=dict)
    _links: list[Decision] = field(default_factory=list)
    _undone_by: dict[int, list[int]] = field(default_factory=dict)
    last: int = -1

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> Standings:
        """The standings after ``decisions``, in order."""
        made = cls()
        for decision in decisions:
            made.add(decision)
        return made

    def add(self, decision: Decision) -> None:
        """Take in one more decision, which must have its position."""
        position = decision.position
        if position is None:
            raise ValueError("the decision was not written yet")
        self._by_position[position] = decision
        self.last = max(self.last, position)
        if decision.kind == "undo":
            self._undone_by.setdefault(decision.undoes or 0, []).append(position)
        elif decision.kind in LINKS:
            self._links.append(decision)
        else:
            self._by_key.setdefault(key_of(decision), []).append(decision)
            self._by_subject.setdefault(decision.subjects[0], set()).add(key_of(decision))

    def __len__(self) -> int:
        return len(self._by_position)

    def get(self, position: int) -> Decision | None:
        """The decision at ``position`` of the ledger."""
        return self._by_position.get(position)

    def all(self, *, until: int | None = None) -> tuple[Decision, ...]:
        """Every decision in order, undone ones too; only those before position ``until``."""
        return tuple(d for n, d in sorted(self._by_position.items()) if until is None or n < until)

    def in_force(self, position: int) -> bool:
        """False for a decision that was undone, unless that undoing was itself undone."""
        return not any(self.in_force(p) for p in self._undone_by.get(position, ()))

    def decided(self) -> tuple[Key, ...]:
        """Every value that someone said something about."""
        return tuple(self._by_key)

    def about(self, subject: str) -> frozenset[Key]:
        """The values of the record ``subject`` that someone said something about."""
        return frozenset(self._by_subject.get(subject, ()))

    def at(self, key: Key) -> Standing:
        """How the value ``key`` stands."""
        held = [d for d in self._by_key.get(key, ()) if self.in_force(d.position or 0)]
        newest: dict[str, Decision] = {}
        for decision in held:
            if decision.kind in VERDICTS:
                newest.pop(decision.reviewer, None)
                newest[decision.reviewer] = decision
        verdicts = tuple(newest.values())
        comments = tuple(d for d in held if d.kind == "comment")
        flags = [d for d in held if d.kind == "flag"]
        open_flag = bool(flags) and not any((d.position or 0) > (flags[-1].position or 0) for d in verdicts)
        state, effective = _state(verdicts)
        return Standing(state, verdicts, effective, open_flag, comments, tuple(d.reviewer for d in flags))

    def links(self) -> tuple[Decision, ...]:
        """The decisions in force on whether claims tell of one incident, in order."""
        return tuple(d for d in self._links if self.in_force(d.position or 0))

    def effective(self) -> Mapping[str, tuple[Decision, ...]]:
        """What the next computation follows, by claim: verdicts on its values that are not disputed."""
        out: dict[str, list[Decision]] = {}
        for key in self._by_key:
            decision = self.at(key).effective
            if decision is not None:
                out.setdefault(key[0], []).append(decision)
        return {claim: tuple(several) for claim, several in out.items()}


def _state(verdicts: tuple[Decision, ...]) -> tuple[str, Decision | None]:
    finals = [d for d in verdicts if d.final]
    if finals:
        return "settled", finals[-1]
    if not verdicts:
        return "unreviewed", None
    if len({answer(d) for d in verdicts}) > 1:
        return "disputed", None
    return ("agreed" if len(verdicts) > 1 else "reviewed"), verdicts[-1]
