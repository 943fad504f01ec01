import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.model import ActorValue, BreakdownValue, DateValue, MunitionValue, ObjectValue, PlaceValue, Quantity
from witnessmark.publish import wording


def q(low: int | None, high: int | None, comparator: str = "eq", words: str = "words", **more: object) -> Quantity:
    return Quantity(low, high, comparator, words, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "text", "state"),
    [
        (None, "not stated", "not_stated"),
        (q(0, 0), "0", "zero"),
        (q(None, None, words="dozens", vague="dozens"), "“dozens”", "vague"),
        (q(None, None, unknown=True), "unknown", "unknown"),
        (q(3, 3), "3", "stated"),
        (q(3, 5, "range"), "3–5", "stated"),
        (q(3, None, "ge"), "at least 3", "stated"),
        (q(3, None), "at least 3", "stated"),
        (q(None, 9, "le"), "up to 9", "stated"),
        (q(None, 9), "up to 9", "stated"),
        (q(10, 10, "approx"), "about 10", "stated"),
        (q(5001, None, "ge"), "at least 5\u202f001", "stated"),
    ],
)
def test_the_states_of_a_quantity_are_told_apart(value: Quantity | None, text: str, state: str) -> None:
    words = wording.quantity(value)
    assert (words.text, words.state) == (text, state)


def test_a_factor_is_told_as_times() -> None:
    assert wording.quantity(Quantity(3, 3, "times", "tripled", unit="attack", factor=3.0)).text == "3 times"
    assert wording.quantity(Quantity(None, None, "times", "fell by a third", unit="attack", factor=0.67)).text == "0.67 times"


def test_every_state_that_is_given_is_explained() -> None:
    given_states = {wording.quantity(v).state for v in (None, q(0, 0), q(None, None), q(None, None, unknown=True), q(1, 1))}
    assert given_states == set(wording.STATES)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("first", "last", "more", "text"),
    [
        ("2023-02-03", "2023-02-03", {}, "3 Feb 2023"),
        ("2023-02-01", "2023-02-28", {"precision": "T5"}, "Feb 2023"),
        ("2024-02-01", "2024-02-28", {"precision": "T5"}, "1–28 Feb 2024"),
        ("2022-11-01", "2023-01-31", {"precision": "T6"}, "Nov 2022 – Jan 2023"),
        ("2022-01-01", "2022-12-31", {"precision": "T6"}, "2022"),
        ("2022-01-30", "2022-02-02", {"precision": "T3"}, "30 Jan – 2 Feb 2022"),
        ("2022-12-30", "2023-01-02", {"precision": "T3"}, "30 Dec 2022 – 2 Jan 2023"),
        ("2022-11-01", "2022-11-30", {"open_end": True}, "from 1 Nov 2022 on"),
        ("2022-11-01", "2022-11-30", {"open_start": True}, "until 30 Nov 2022"),
        ("2022-11-01", "2022-11-01", {"clock": "04:30", "precision": "T0"}, "1 Nov 2022, 04:30"),
        ("2022-11-01", "2022-11-01", {"part_of_day": "night", "precision": "T1"}, "1 Nov 2022, night"),
    ],
)
def test_dates(first: str, last: str, more: dict[str, object], text: str) -> None:
    value = DateValue(day(first), day(last), str(more.pop("precision", "T2")), "stated", **more)  # type: ignore[arg-type]
    assert wording.date(value).text == text


def test_a_date_from_the_publication_says_so() -> None:
    value = DateValue(day("2024-01-01"), day("2024-01-01"), "TR", "publication")
    assert "publication" in wording.date(value).detail


@given(st.dates(), st.integers(0, 800))
def test_a_date_always_names_its_last_year(first: dt.date, days: int) -> None:
    last = min(first.toordinal() + days, dt.date.max.toordinal())
    value = DateValue(first, dt.date.fromordinal(last), "T5", "stated")
    assert str(value.latest.year) in wording.date(value).text


def test_places_say_how_far_they_are_known() -> None:
    near = PlaceValue("Lozova", "UA", "Kharkiv", 48.9, 36.3, "P4", relation="near")
    assert wording.place(near) == wording.Words("near Lozova, Kharkiv, UA", detail="around a settlement")
    assert "not placed" in wording.place(PlaceValue("Lozova", None, None, None, None, "P3")).detail
    assert wording.place(PlaceValue("Kharkiv", "UA", "Kharkiv", 50.0, 36.2, "P6")).text == "Kharkiv, UA"


def test_munitions_objects_actors_and_tolls() -> None:
    assert wording.munition(MunitionValue(None, None)).state == "unknown"
    assert "cluster" in wording.munition(MunitionValue("mlrs", "cluster")).text
    assert wording.munition(MunitionValue("mlrs", None, "remnants")).detail == "remnants"
    assert wording.hit_object(ObjectValue("health", "destroyed", q(2, 2))).text.startswith("2 × ")
    assert wording.actor(ActorValue("unknown")).state == "unknown"
    assert wording.toll(BreakdownValue("killed", "children", q(None, None, words="several", vague="several"))).state == "vague"


def test_a_part_of_a_toll_names_its_group_first() -> None:
    assert wording.toll(BreakdownValue("killed", "children", q(1, 1))).text == "children: 1"
    assert wording.toll(BreakdownValue("killed", "people", q(7, 7))).text == "7"


def test_any_value_has_words() -> None:
    assert wording.value_words(None).state == "not_stated"
    assert wording.value_words("strike.missile", "act").text == wording.act("strike.missile").text
    assert wording.value_words("some words").text == "some words"


@pytest.mark.parametrize("scale", ["place_precision", "date_precision"])
def test_every_precision_of_the_closed_lists_has_a_meaning(scale: str) -> None:
    from witnessmark.vocabulary import identifiers

    meanings = wording.PLACE_PRECISION if scale == "place_precision" else wording.DATE_PRECISION
    assert set(meanings) == identifiers(scale)
