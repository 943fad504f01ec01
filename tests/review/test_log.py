"""Decisions in the ledger."""

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from witnessmark.errors import IntegrityError
from witnessmark.ledger import Entry, Ledger
from witnessmark.model import Decision, Quantity, Span
from witnessmark.review import read_decisions, write_decision

MADE = Decision(
    "accept", ("c-1",), "anna", "reviewer", dt.datetime(2026, 3, 1, tzinfo=dt.UTC), field="killed", value=Quantity(1, 1, "eq", "one"), document="d",
    mention=Span(0, 3),
)  # fmt: skip


def test_a_decision_comes_back_with_its_position(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.sqlite", tool_version="t") as ledger:
        ledger.append(Entry("create", "case", {"format": 1}), actor="x")
        first = write_decision(ledger, MADE)
        second = write_decision(ledger, dataclasses.replace(MADE, kind="undo", undoes=1))
        assert [d.position for d in (first, second)] == [1, 2]
        assert list(read_decisions(ledger)) == [first, second]
        assert list(read_decisions(ledger, after=1)) == [second]
        event = next(iter(ledger.events("decision")))
        assert (event.actor, event.subject) == ("anna", "c-1")


def test_an_erased_payload_leaves_the_others(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.sqlite", tool_version="t") as ledger:
        first, second = write_decision(ledger, MADE), write_decision(ledger, MADE)
        ledger.erase(first.position or 0, "asked for", actor="x")
        assert list(read_decisions(ledger)) == [second]


def test_a_payload_that_is_no_decision_is_told(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.sqlite", tool_version="t") as ledger:
        ledger.append(Entry("decision", "c-1", {"kind": "wish"}), actor="x")
        with pytest.raises(IntegrityError, match="WM302"):
            list(read_decisions(ledger))
