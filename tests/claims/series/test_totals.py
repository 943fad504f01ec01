import pytest

from witnessmark.evaluation.told import told


def _series(text: str) -> list[tuple[str, str, str | None]]:
    read = told(f"From the district\n\n{text}", published="2025-03-14", publisher_type="national_media")
    return [(s.quote, s.unit, s.rate_period) for s in read.claims.series]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It brought the number of civilians killed in the region this year to 214.", ("214", "person_killed", "year")),
        ("That takes the number of health workers wounded since the siege began in May to 31.", ("31", "person_injured", None)),
        ("The death toll since the start of the war has reached 44,805.", ("44,805", "person_killed", None)),
        ("The total number of civilian casualties this month now stands at 87.", ("87", "person_killed_or_injured", "month")),
        ("The toll of those killed this year has risen to at least 300.", ("at least 300", "person_killed", "year")),
    ],
)
def test_a_tally_of_a_longer_time_is_a_series(text: str, expected: tuple[str, str, str | None]) -> None:
    assert _series(text) == [expected]


def test_a_total_takes_its_unit_from_the_count_of_the_day() -> None:
    found = _series("The ministry said 43 people had been killed in the past 24 hours, bringing the total since October 2023 to 44,805.")
    assert found == [("43 people", "person_killed", "day"), ("44,805", "person_killed", None)]


@pytest.mark.parametrize(
    "text",
    [
        "Shells hit the market on Sunday, and two more deaths in hospital brought the death toll to seven.",
        "The number of those killed rose to 12 by noon.",
        "That takes the number of schools closed this year to 214.",
        "The number of people killed this year is not known; the road leads to 40 villages.",
    ],
)
def test_the_toll_of_one_attack_is_none(text: str) -> None:
    assert _series(text) == []


def test_a_total_is_no_toll_of_the_attack_beside_it() -> None:
    text = "Shelling killed two people in Kherson on Sunday. It brought the number of civilians killed in the region this year to 214."
    read = told(f"Two killed in Kherson\n\n{text}", published="2025-03-14", publisher_type="national_media")
    (incident,) = read.claims.incidents
    assert incident.killed is not None and incident.killed.quote in ("two people", "Two")
    assert not any(value.quote == "214" for _, value in incident.alternatives)
    assert read.contradictions == ()


def test_since_last_may_is_not_a_count_for_each_year() -> None:
    assert _series("More than 780 civilians have been killed in the city since May last year, the United Nations says.") == [
        ("More than 780 civilians", "person_killed", None)
    ]


def test_a_toll_of_the_day_with_its_event_is_no_tally() -> None:
    assert _series("At least 25 people were killed in the past 24 hours when a strike hit a school in Gaza City.") == []


def test_a_count_held_against_another_time_is_a_series() -> None:
    found = _series("In January, 61 members of the security forces were killed in the south, up from 38 a year earlier.")
    assert ("61 members of the security forces", "person_killed", "month") in found


def test_the_deaths_of_one_strike_on_a_weekday_are_none() -> None:
    assert _series("The strike caused 14 civilian deaths in Kharkiv on Monday.") == []


def test_the_casualties_of_an_attack_today_are_no_tally() -> None:
    assert _series("Columns of the front attacked the barracks in El Paraiso at dawn today, causing 35 casualties among the troops.") == []
