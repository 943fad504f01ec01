"""Decisions in the ledger: one event each, in the order in which they were saved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from witnessmark.errors import IntegrityError
from witnessmark.ledger import Entry, Ledger
from witnessmark.model import Decision
from witnessmark.model.serialise import from_data, to_data

ACTION = "decision"
"""The ledger's name for the event; its subject is the first subject of the decision, its payload the decision."""


def write_decision(ledger: Ledger, decision: Decision) -> Decision:
    """Append ``decision`` and give it with its position; it is on disk when this returns.

    Raises:
        CaseError: WM305, WM307 when the ledger cannot be written.
    """
    payload = {name: value for name, value in to_data(decision).items() if name != "position"}
    event = ledger.append(Entry(ACTION, decision.subjects[0], payload), actor=decision.reviewer, time=decision.at)
    return replace(decision, position=event.n)


def read_decisions(ledger: Ledger, *, after: int = -1) -> Iterator[Decision]:
    """The decisions at positions above ``after``, in order. Those whose payload was erased are left out.

    Raises:
        IntegrityError: WM302 when a payload is no decision.
    """
    for event, payload in ledger.payloads(ACTION, after=after):
        try:
            yield replace(from_data(Decision, payload), position=event.n)
        except ValueError as error:
            raise IntegrityError("WM302", f"event {event.n}: {error}", origin=str(ledger.path)) from error
