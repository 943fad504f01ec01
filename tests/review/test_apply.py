"""What decisions make of a claim."""

import datetime as dt
from typing import Any

import pytest

from witnessmark.model import Decision, IncidentClaim, Mention, PlaceValue, Quantity, Span, TermValue
from witnessmark.model.values import ObjectValue
from witnessmark.review import apply

TEXT = "Four people died when shells hit a school and a shop in Riverbend, not in Hillside."
NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def mention(value: Any, words: str) -> Mention[Any]:
    return Mention(value, at(words), words, "rule")


CLAIM = IncidentClaim(
    "c-1", "d-1", mention("shelling.unspecified", "shells"), "asserted", (at("shells hit"),),
    place=mention(PlaceValue("Hillside", None, None, None, None, "P3"), "Hillside"), killed=mention(Quantity(4, 4, "eq", "Four"), "Four people"),
    objects=(mention(ObjectValue("education"), "a school"), mention(ObjectValue("culture"), "a shop")),
)  # fmt: skip


def decided(kind: str, field: str | None, **more: Any) -> Decision:
    return Decision(kind, ("c-1",), "anna", "reviewer", NOW, field=field, document="d-1", position=12, **more)


def applied(*decisions: Decision) -> IncidentClaim | None:
    return apply(CLAIM, decisions, lambda _, span: span.of(TEXT))


@pytest.mark.parametrize("kind", ["accept", "cannot_tell", "flag"])
def test_some_decisions_change_nothing(kind: str) -> None:
    assert applied(decided(kind, "killed", mention=at("Four people"))) == CLAIM


def test_a_correction_keeps_the_words_and_names_the_decision() -> None:
    found = applied(decided("correct", "killed", value=Quantity(5, 5, "eq", "5"), mention=at("Four people")))
    assert found is not None and found.killed is not None
    assert (found.killed.value.minimum, found.killed.quote, found.killed.rule) == (5, "Four people", "decision.12")


def test_other_words_carry_their_quote() -> None:
    value = PlaceValue("Riverbend", None, None, None, None, "P3")
    found = applied(decided("reanchor", "place", value=value, mention=at("Hillside"), span=at("Riverbend")))
    assert found is not None and found.place is not None
    assert (found.place.value, found.place.quote, found.place.span) == (value, "Riverbend", at("Riverbend"))


def test_a_rejected_value_goes_and_only_that() -> None:
    found = applied(decided("reject", "objects", mention=at("a shop")))
    assert found is not None
    assert [o.quote for o in found.objects] == ["a school"]
    assert applied(decided("reject", "killed", mention=at("Four people"))) is not None


def test_a_rejected_act_is_unknown_for_the_incident_is_still_told() -> None:
    found = applied(decided("reject", "act", mention=at("shells")))
    assert found is not None and found.act.value == "unknown"


def test_an_act_is_a_bare_term() -> None:
    found = applied(decided("correct", "act", value=TermValue("shelling.mortar"), mention=at("shells")))
    assert found is not None and found.act.value == "shelling.mortar"


def test_a_rejected_claim_goes() -> None:
    assert applied(decided("reject", None)) is None


def test_a_decision_on_words_that_the_claim_no_longer_has_changes_nothing() -> None:
    assert applied(decided("reject", "killed", mention=at("a school"))) == CLAIM


def test_a_value_is_added_where_the_program_read_none() -> None:
    found = applied(decided("correct", "injured", value=Quantity(1, 1, "eq", "1"), span=at("people")))
    assert found is not None and found.injured is not None and found.injured.quote == "people"
    assert applied(decided("correct", "injured", value=Quantity(1, 1, "eq", "1"))) == CLAIM, "no value without words"
    several = applied(decided("correct", "objects", value=ObjectValue("health"), span=at("Riverbend")))
    assert several is not None and len(several.objects) == 3
