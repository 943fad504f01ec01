"""A decision: what a person says about something that the program read, merged or compared."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TypeAlias

from witnessmark.model.spans import Span
from witnessmark.model.values import (
    ActorValue,
    ActValue,
    BreakdownValue,
    DateValue,
    HarmValue,
    MunitionValue,
    ObjectValue,
    PlaceValue,
    Quantity,
)

KINDS = ("accept", "correct", "reanchor", "reject", "cannot_tell", "same", "distinct", "flag", "comment", "undo")
"""What a decision can do:

accept       the value of ``field`` is what the words say
correct      the words say ``value`` instead of ``before``
reanchor     ``value`` rests on the words at ``span`` instead of those at ``mention``
reject       the words do not say this; ``value`` is None
cannot_tell  a person cannot say from the words
same         all subjects (claims) tell of one incident
distinct     the first subject (a claim) tells of another incident than each of the others; never overruled by the program
flag         a second reviewer should look
comment      ``why`` is a note; nothing else follows
undo         the decision at ledger position ``undoes`` no longer holds; it stays in the ledger
"""

ROLES = ("reader", "reviewer", "lead")
"""Who may do what: a reader decides nothing, a reviewer decides, a lead also settles disagreements and undoes decisions of others."""


@dataclass(frozen=True, slots=True)
class TermValue:
    """A term of a closed list, for fields that hold a bare term (act, aftermath)."""

    identifier: str


DecidedValue: TypeAlias = (
    TermValue | ActValue | Quantity | HarmValue | ActorValue | MunitionValue | ObjectValue | PlaceValue | DateValue | BreakdownValue
)
"""What a decision can hold as the value of a field."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One act of one person, appended to the ledger and never changed.

    ``kind`` is one of :data:`KINDS`. ``subjects`` are ids of claims (``same``, ``distinct`` and decisions on a field), incidents, series or
    contradictions. ``field`` is named by decisions on a value. ``mention`` marks the words that the value was read from when the decision
    was taken, ``span`` the words that the person points to; both are spans of ``document``. ``before`` is the value that the person saw,
    ``value`` the one that holds after the decision. ``reviewer`` and ``role`` say who decided, ``at`` (aware, UTC) when by the
    clock of the machine; order is by ``position``, the number of the event in the ledger, None before it is written.
    ``blind`` is True when earlier decisions were not shown, ``final`` when a lead settled a disagreement. ``snapshot`` names the
    tables that the person saw.

    Raises:
        ValueError: for an unknown kind or role, a naive ``at``, or a kind without what it needs.
    """

    kind: str
    subjects: tuple[str, ...]
    reviewer: str
    role: str
    at: dt.datetime
    why: str = ""
    field: str | None = None
    value: DecidedValue | None = None
    before: DecidedValue | None = None
    document: str | None = None
    span: Span | None = None
    mention: Span | None = None
    undoes: int | None = None
    blind: bool = False
    final: bool = False
    snapshot: str = ""
    position: int | None = None

    def __post_init__(self) -> None:
        fault = _fault(self)
        if fault:
            raise ValueError(fault)


def _fault(decision: Decision) -> str:
    """What is wrong with ``decision``; empty when nothing is."""
    if decision.kind not in KINDS:
        return f"no such decision: {decision.kind}"
    if decision.role not in ROLES:
        return f"no such role: {decision.role}"
    if decision.at.utcoffset() is None:
        return "the time of a decision needs its offset from UTC"
    needs = {
        "correct": decision.field and decision.value,
        "reanchor": decision.field and decision.span and decision.document,
        "comment": decision.why,
        "same": len(set(decision.subjects)) > 1,
        "distinct": len(set(decision.subjects)) > 1 and decision.subjects[0] not in decision.subjects[1:],
        "undo": decision.undoes is not None,
    }
    if not decision.subjects or not needs.get(decision.kind, True):
        return f"{decision.kind} lacks what it needs"
    return ""
