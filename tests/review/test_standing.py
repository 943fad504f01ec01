"""What stands after decisions, undone and disputed ones too."""

import datetime as dt
import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.model import Decision, Quantity, Span
from witnessmark.review import Standings

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
KEY = ("c-1", "killed", 4)


def three(number: int = 3) -> Quantity:
    return Quantity(number, number, "eq", str(number))


def log(*acts: tuple[str, str, dict[str, Any]]) -> Standings:
    """Standings after acts of (kind, reviewer, more), at positions 10, 11, ..."""
    made = Standings()
    for position, (kind, reviewer, more) in enumerate(acts, 10):
        given = {
            "subjects": ("c-1",),
            "field": "killed",
            "document": "d",
            "mention": Span(4, 9),
            "value": three(),
            "role": "reviewer",
            "at": NOW,
        }
        made.add(Decision(kind, reviewer=reviewer, position=position, **{**given, **more}))
    return made


def test_nothing_is_reviewed_at_first() -> None:
    assert log().at(KEY).state == "unreviewed"
    assert log().at(KEY).effective is None


def test_one_reviewer_reviews_two_agree_or_differ() -> None:
    first = ("accept", "anna", {})
    assert log(first).at(KEY).state == "reviewed"
    assert log(first, ("accept", "bohdan", {})).at(KEY).state == "agreed"
    differ = log(first, ("correct", "bohdan", {"value": three(4)})).at(KEY)
    assert differ.state == "disputed"
    assert differ.effective is None
    assert [d.reviewer for d in differ.decisions] == ["anna", "bohdan"], "both stand side by side"


def test_the_newest_decision_of_a_reviewer_counts_and_the_older_stays() -> None:
    held = log(("reject", "anna", {"value": None}), ("accept", "anna", {}))
    assert held.at(KEY).state == "reviewed"
    assert held.at(KEY).effective is not None
    assert held.at(KEY).effective == held.get(11)
    assert len(held.all()) == 2


def test_a_lead_settles_what_reviewers_dispute() -> None:
    acts = [
        ("accept", "anna", {}),
        ("reject", "bohdan", {"value": None}),
        ("correct", "vira", {"value": three(5), "role": "lead", "final": True}),
    ]
    standing = log(*acts).at(KEY)
    assert standing.state == "settled"
    assert standing.effective is not None and standing.effective.value == three(5)


def test_undoing_is_a_new_event_and_can_be_undone() -> None:
    acts = [("accept", "anna", {}), ("undo", "anna", {"undoes": 10})]
    assert log(*acts).at(KEY).state == "unreviewed"
    again = log(*acts, ("undo", "anna", {"undoes": 11}))
    assert again.at(KEY).state == "reviewed"
    assert len(again) == 3


def test_a_flag_stands_until_somebody_decides_after_it() -> None:
    assert log(("flag", "anna", {})).at(KEY).flagged
    assert not log(("flag", "anna", {}), ("accept", "bohdan", {})).at(KEY).flagged
    assert log(("accept", "bohdan", {}), ("flag", "anna", {})).at(KEY).flagged


def test_earlier_revisions_can_be_seen() -> None:
    held = log(("accept", "anna", {}), ("reject", "bohdan", {"value": None}))
    assert Standings.of(held.all(until=11)).at(KEY).state == "reviewed"


def test_a_decision_without_position_is_refused() -> None:
    with pytest.raises(ValueError):
        Standings().add(Decision("accept", ("c-1",), "anna", "reviewer", NOW))


def test_links_are_kept_apart_from_values() -> None:
    held = log(
        ("same", "anna", {"subjects": ("c-1", "c-2"), "field": None}), ("distinct", "bohdan", {"subjects": ("c-1", "c-2"), "field": None})
    )
    assert [d.kind for d in held.links()] == ["same", "distinct"]
    assert held.at(KEY).state == "unreviewed"


ACTS = st.sampled_from(["accept", "reject", "cannot_tell", "flag", "comment", "undo"])


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(ACTS, st.sampled_from(["anna", "bohdan", "vira"]), st.integers(10, 25)), max_size=16))
def test_nothing_that_was_entered_is_lost(acts: list[tuple[str, str, int]]) -> None:
    told: list[tuple[str, str, dict[str, Any]]] = []
    for (kind, who, target), position in zip(acts, itertools.count(10), strict=False):
        more: dict[str, Any] = {"undoes": min(target, position - 1)} if kind == "undo" else {"value": None} if kind != "accept" else {}
        if kind == "comment":
            more["why"] = "seen"
        told.append((kind, who, more))
    held = log(*told)
    assert [d.kind for d in held.all()] == [kind for kind, _, _ in acts]
    in_force = [d for d in held.all() if d.kind in ("accept", "reject", "cannot_tell") and held.in_force(d.position or 0)]
    newest = {d.reviewer: d for d in in_force}
    assert {d.reviewer: d.position for d in held.at(KEY).decisions} == {r: d.position for r, d in newest.items()}


def test_the_two_person_rule_asks_for_a_second_person() -> None:
    once = log(("accept", "anna", {})).at(KEY)
    assert once.reviewed() and not once.reviewed(two_persons=True)
    alone = log(("accept", "anna", {"role": "lead", "final": True})).at(KEY)
    assert not alone.reviewed(two_persons=True)
    twice = log(("accept", "anna", {}), ("accept", "bohdan", {})).at(KEY)
    assert twice.reviewed(two_persons=True)
    assert not log().at(KEY).reviewed()
