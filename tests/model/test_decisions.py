"""The record of a decision."""

import datetime as dt
from typing import Any

import pytest

from witnessmark.model import Decision, PlaceValue, Quantity, Span, TermValue
from witnessmark.model.decisions import KINDS
from witnessmark.model.serialise import from_data, to_data

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


def made(kind: str, **more: Any) -> Decision:
    given: dict[str, Any] = {"subjects": ("c-1",), "reviewer": "anna", "role": "reviewer", "at": NOW, **more}
    return Decision(kind, **given)


@pytest.mark.parametrize(
    "value",
    [
        None,
        TermValue("strike"),
        Quantity(3, 3, "eq", "three"),
        PlaceValue("Riverbend", None, None, None, None, "P3"),
    ],
)
def test_a_decision_comes_back_from_plain_data(value: Any) -> None:
    decision = made("accept", field="killed", value=value, before=value, document="d", mention=Span(1, 4), position=7)
    assert from_data(Decision, to_data(decision)) == decision


@pytest.mark.parametrize(
    "kind, more",
    [
        ("approve", {}),
        ("accept", {"role": "owner"}),
        ("accept", {"at": dt.datetime(2026, 3, 1)}),  # noqa: DTZ001  the naive time is the fault
        ("accept", {"subjects": ()}),
        ("correct", {"field": "killed"}),
        ("reanchor", {"field": "killed", "document": "d"}),
        ("comment", {}),
        ("same", {}),
        ("same", {"subjects": ("c-1", "c-1")}),
        ("distinct", {"subjects": ("c-1", "c-2", "c-1")}),
        ("undo", {}),
    ],
)
def test_a_decision_without_what_it_needs_is_refused(kind: str, more: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        made(kind, **more)


def test_each_kind_can_be_made() -> None:
    needs = {"field": "killed", "value": Quantity(1, 1, "eq", "one"), "document": "d", "span": Span(0, 3), "why": "so", "undoes": 3}
    for kind in KINDS:
        assert made(kind, **{**needs, "subjects": ("c-1", "c-2")}).kind == kind
