"""The evidence on two claims adds up, and is the evidence that merging goes by."""

from __future__ import annotations

import datetime as dt

import pytest

from witnessmark.incidents.explaining import evidence
from witnessmark.incidents.linkage import score_pairs
from witnessmark.incidents.rows import row_of
from witnessmark.model import DateValue, IncidentClaim, Mention, PlaceValue, Quantity, Span

SPAN = Span(0, 4)


def _claim(name: str, *, day: int = 3, latitude: float = 46.6) -> IncidentClaim:
    when = dt.date(2024, 5, day)
    place = PlaceValue("Lysohirka", "UA", "Ostriv", latitude, 32.6, "P3", gazetteer_id=str(latitude))
    return IncidentClaim(
        name, f"d-{name}", Mention("shelling.mortar", SPAN, "word", "test"), "asserted", (SPAN,),
        place=Mention(place, SPAN, "Lysohirka", "test"), date=Mention(DateValue(when, when, "T2", "stated"), SPAN, "3 May", "test"),
        killed=Mention(Quantity(3, 3, "eq", "3"), SPAN, "3", "test"),
    )  # fmt: skip


def test_the_steps_add_up_to_the_weight_that_merging_uses() -> None:
    a, b = _claim("a"), _claim("b")
    found = evidence(a, b)
    (pair,) = score_pairs([row_of(a), row_of(b)], at_least=-10.0)
    assert sum(s.weight for s in found.steps) == pytest.approx(found.weight, abs=0.05)
    assert found.weight == pytest.approx(pair.weight, abs=0.05)
    assert (found.basis, found.verdict, found.barriers) == ("fields", "same", ())
    assert next(s for s in found.steps if s.about == "day").left.startswith("3 May")


def test_what_keeps_two_apart_is_told_in_words() -> None:
    found = evidence(_claim("a"), _claim("b", day=9, latitude=49.9))
    assert found.verdict == "distinct"
    assert found.barriers == ("their days exclude each other", "their places lie more than 30 km apart")
