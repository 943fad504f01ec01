"""Series: rates, totals, comparisons and trends, never single incidents."""

from __future__ import annotations

import datetime as dt

import pytest

from witnessmark import vocabulary
from witnessmark.claims import read_claims
from witnessmark.claims.series import find_series
from witnessmark.documents import text_document
from witnessmark.model import DateValue, Mention, PlaceValue, SeriesClaim, Span
from witnessmark.statements import read_statements
from witnessmark.statements.language.lexicons import lexicon


def _find(text: str, title: str = "Report") -> tuple[SeriesClaim, ...]:
    return find_series(read_statements(text_document(text, title=title)))


def _one(text: str, title: str = "Report") -> SeriesClaim:
    (claim,) = _find(text, title)
    return claim


@pytest.mark.parametrize(
    ("text", "quote", "unit", "period", "minimum"),
    [
        ("The town sees 120 strikes a day.", "120 strikes", "strike_or_impact", "day", 120),
        ("There are more than 5,000 hits daily.", "more than 5,000 hits", "strike_or_impact", "day", 5000),
        ("In October alone the office logged some 2,000 drone attacks on the city.", "some 2,000 drone attacks", "attack", "month", 2000),
        ("The air force said 309 drones were launched overnight.", "309 drones", "munition_fired", "night", 309),
        ("Air defences shot down 31 of the 36 drones.", "31 of the 36 drones", "munition_intercepted", None, 31),
        ("The army said it had intercepted 20 of some 30 rockets.", "20 of some 30 rockets", "munition_intercepted", None, 20),
        ("The village is shelled two or three times a day.", "two or three times a day", "attack", "day", 2),
        ("Since the start of the war 10,000 civilians have been killed.", "10,000 civilians", "person_killed", None, 10_000),
        ("Fighting has killed some 5,000 people this year.", "some 5,000 people", "person_killed", "year", 5000),
        ("Eleven towns and villages came under fire.", "Eleven towns and villages", "settlement_affected", None, 11),
    ],
)
def test_counts(text: str, quote: str, unit: str, period: str | None, minimum: int) -> None:
    claim = _one(text)
    assert claim.quantity is not None
    assert (claim.quote, claim.unit, claim.rate_period, claim.quantity.minimum, claim.trend) == (quote, unit, period, minimum, "none")


@pytest.mark.parametrize(
    ("text", "factor", "trend", "unit"),
    [
        ("The number of attacks doubled in May.", 2.0, "up", "attack"),
        ("Terrorist attacks in the province have tripled since August.", 3.0, "up", "attack"),
        ("The number of guided bombs is up by a third.", 1.33, "up", "munition_fired"),
        ("Civilian casualties were 54 percent higher than in June.", 1.54, "up", "person_killed_or_injured"),
        ("Attacks fell by 40 percent.", 0.6, "down", "attack"),
        ("There were twice as many strikes as in July.", 2.0, "up", "strike_or_impact"),
    ],
)
def test_comparisons(text: str, factor: float, trend: str, unit: str) -> None:
    claim = _one(text)
    assert claim.quantity is not None
    assert (claim.quantity.factor, claim.comparator, claim.trend, claim.unit) == (factor, "times", trend, unit)


def test_a_trend_without_a_number_has_no_quantity() -> None:
    claim = _one("The shelling of villages is growing exponentially.")
    assert (claim.quantity, claim.trend, claim.unit) == (None, "exponential", "strike_or_impact")


def test_a_comparison_takes_unit_and_period_from_the_count_before() -> None:
    first, second = _find("In February our teams documented 602 attacks. That is almost double the January figure.")
    assert (second.unit, second.rate_period, second.quote) == (first.unit, first.rate_period, "almost double")


def test_one_phrase_for_two_kinds_of_munition_and_two_for_two_counts() -> None:
    assert [c.quote for c in _find("The army launched 158 missiles and drones this morning.")] == ["158 missiles and drones"]
    assert [c.quote for c in _find("The army launched 81 drones and 13 missiles on Sunday.")] == ["81 drones", "13 missiles"]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("In March troops fired 2,480 shells at the town, an average of 80 shells a day, the mayor said.", ["month", "day"]),
        ("The town has been shelled 90 times since the start of the month, about six attacks a day, the mayor said.", [None, "day"]),
        ("Troops fire some 150 drones and five missiles at the region each day, the mayor said.", ["day", "day"]),
    ],
)
def test_a_total_does_not_take_the_rate_that_stands_beside_another_count(text: str, periods: list[str | None]) -> None:
    assert [c.rate_period for c in _find(text)] == periods


def test_attacks_that_have_tripled_are_one_series() -> None:
    assert _one("Attacks on civilians in the region have tripled since last year, a rights group said.").trend == "up"


def test_a_daily_tally_gives_its_period_to_its_counts() -> None:
    (claim,) = _find("Police recorded 291 strikes on the district.", title="The region: the last 24 hours")
    assert claim.rate_period == "day"


@pytest.mark.parametrize(
    "text",
    [
        "A rocket killed three people.",
        "They fired 30 rockets at the village, killing two men.",
        "On June 17 a raid killed 28 people.",
        "Two attacks were reported.",
        "Oil prices doubled this year.",
        "The party won 40 percent more votes.",
        "Some 300 houses were damaged.",
        "The bill passed by three votes.",
        "He has lived here since 1990.",
    ],
)
def test_single_incidents_and_other_matters_are_no_series(text: str) -> None:
    assert _find(text) == ()


def test_place_and_date_are_the_nearest_of_the_sentence() -> None:
    text = "Kherson saw 120 attacks a day in October. Odesa slept."
    reading = read_statements(text_document(text, title="Report"))
    start = reading.text.index("Kherson")
    other = reading.text.index("Odesa")
    place = PlaceValue("Kherson", "UA", None, 46.6, 32.6, "P3")
    places = [
        Mention(place, Span(start, start + 7), "Kherson", "test"),
        Mention(PlaceValue("Odesa", "UA", None, 46.5, 30.7, "P3"), Span(other, other + 5), "Odesa", "test"),
    ]
    when = reading.text.index("October")
    october = DateValue(dt.date(2024, 10, 1), dt.date(2024, 10, 31), "T5", "stated")
    (claim,) = find_series(reading, [Mention(october, Span(when, when + 7), "October", "test")], places)
    assert claim.place is not None and claim.place.value.name == "Kherson"
    assert claim.date is not None and claim.date.value == october


def test_identifiers_are_stable_and_differ() -> None:
    text = "The army launched 81 drones and 13 missiles on Sunday."
    ids = [c.identifier for c in _find(text)]
    assert ids == [c.identifier for c in _find(text)]
    assert len(set(ids)) == 2


def test_quotes_equal_their_spans() -> None:
    reading = read_statements(
        text_document("In May there were 300 attacks, up by a third. Air defences downed 40 of 52 drones.", title="Report")
    )
    found = find_series(reading)
    assert found
    assert all(c.quote == c.span.of(reading.text) for c in found)


def test_lexicon_ids_are_in_the_vocabulary() -> None:
    raw = lexicon("en", "series")
    assert set(raw["units"]) - {"site"} <= vocabulary.identifiers("unit")
    assert set(raw["trends"]) | set(raw["trend_phrases"]) <= vocabulary.identifiers("trend")
    assert set(raw["rates"]) == {"hour", "day", "night", "week", "month", "year"}


def _claims(text: str) -> tuple[SeriesClaim, ...]:
    return read_claims(read_statements(text_document(text))).series


def test_a_series_keeps_all_its_places_and_its_munition() -> None:
    (series,) = _claims("Some border communities in Chernihiv and Sumy region are subjected to daily mortar shelling.")
    assert series.place is not None
    assert [p.value.name for p in (series.place, *series.places_also)] == ["Chernihiv Oblast", "Sumy Oblast"]
    assert [m.value.weapon for m in series.munitions] == ["mortar"]
    assert series.rate_period == "day"


def test_the_words_that_narrow_a_count_are_kept() -> None:
    text = "More than 800 hits were recorded daily in the border towns. This is without places of direct clashes between the armies."
    (series,) = _claims(text)
    assert series.scope_note is not None
    assert series.scope_note.of(text) == "without places of direct clashes between the armies"


def test_the_country_of_the_party_is_no_place_of_its_fire() -> None:
    (series,) = _claims("Russia launched 120 drones at Ukrainian cities overnight, the air force said.")
    assert series.place is None or series.place.value.name != "Russia"


def test_the_month_in_which_a_total_began_is_no_rate() -> None:
    total = _one(
        "More than 2,000 people have been killed in the valley since the blockade of its towns began in March 2023, the union said."
    )
    assert (total.unit, total.rate_period) == ("person_killed", None)
    assert _one("At least 40 attacks on clinics were recorded in March 2023.").rate_period == "month"


def test_a_toll_of_a_month_alone_is_a_series() -> None:
    assert _one("The union said that 240 people were killed in March alone.").unit == "person_killed"


def test_a_change_is_of_its_own_subject_before_the_count_beside_it() -> None:
    killed, attacks = _find("The union said that 240 people were killed in March alone and that raids have doubled since January.")
    assert (killed.unit, killed.rate_period) == ("person_killed", "month")
    assert (attacks.unit, attacks.rate_period, attacks.trend) == ("attack", None, "up")


def test_two_figures_of_two_times_are_a_change() -> None:
    rise = _one("According to a monitoring group, air strikes in Sagaing rose from 20 in March to 45 in April.")
    assert (rise.unit, rise.trend, rise.rule) == ("strike_or_impact", "up", "series.from_to")
    assert rise.quantity is not None and rise.quantity.factor == 2.25
    fall = _one("The number of raids fell from 40 in May to 10 in June, residents said.")
    assert fall.quantity is not None and (fall.trend, fall.quantity.factor) == ("down", 0.25)
    assert _find("The price of bread rose from 20 to 45.") == ()


def test_what_might_have_fallen_is_no_trend() -> None:
    assert _find("The army said that fighters had fired rockets from the area and that some might have fallen short.") == ()
