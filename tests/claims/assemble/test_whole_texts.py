"""Whole short texts in the manner of many kinds of reports: what is told of which incident, and what is none."""

from __future__ import annotations

import datetime as dt

import pytest

from witnessmark.claims import read_claims
from witnessmark.documents import text_document
from witnessmark.model import IncidentClaim, SeriesClaim
from witnessmark.statements import read_statements


def _read(text: str, *, title: str | None = None) -> tuple[tuple[IncidentClaim, ...], tuple[SeriesClaim, ...]]:
    claims = read_claims(read_statements(text_document(text, title=title, published="2023-05-18", language="en")))
    return claims.incidents, claims.series


def _claims(text: str, *, title: str | None = None) -> tuple[IncidentClaim, ...]:
    return _read(text, title=title)[0]


def _place(claim: IncidentClaim) -> str | None:
    return claim.place.value.name if claim.place else None


def test_a_country_in_the_name_of_a_city_is_no_party() -> None:
    (claim,) = _claims("Two clerks were abducted and killed on Tuesday by unidentified men in Kuwait City.")
    assert claim.perpetrator is None
    assert _place(claim) == "Kuwait City"


def test_what_was_done_in_a_country_was_not_done_by_it() -> None:
    (claim,) = _claims("Four drivers were killed on Monday in an attack by gunmen in Chad.")
    assert claim.perpetrator is None or claim.perpetrator.value.name != "Chad"


def test_a_consulate_that_was_attacked_is_where_it_stands() -> None:
    (claim,) = _claims("Men attacked the Danish consulate in Izmir with grenades on Monday, wounding a guard.")
    assert _place(claim) == "İzmir"


def test_a_report_filed_elsewhere_does_not_part_its_incident() -> None:
    text = (
        "NAIROBI, May 17 (Agency) - Judges demanded an inquiry into the murder of a magistrate.\n\n"
        "They said that the murder of the magistrate in Kisumu on Monday was the work of a gang."
    )
    claims = _claims(text)
    assert [_place(c) for c in claims] == ["Kisumu"]


def test_a_headline_with_a_part_of_a_country_heads_a_village() -> None:
    text = "Men on motorcycles stormed the village of Tandoro in the Mopti region on Saturday, killing at least 30 people."
    claims = _claims(text, title="Gunmen kill dozens in central Mali village")
    assert [_place(c) for c in claims] == ["Tandoro"]


def test_figures_carry_the_day_they_are_of() -> None:
    text = "As of 6 p.m. on 16 May, health partners had counted 41 deaths and 112 injuries in Baidoa after shelling that began on 14 May."
    claims, series = _read(text)
    assert [(c.killed.value.point, c.killed.value.as_of) for c in claims if c.killed] == [(41, dt.date(2023, 5, 16))]
    assert claims[0].date is not None
    assert claims[0].date.value.earliest == dt.date(2023, 5, 14)
    assert series == ()


def test_a_figure_without_such_words_is_of_no_day() -> None:
    (claim,) = _claims("Shelling killed 41 people in Baidoa on 14 May.")
    assert claim.killed is not None
    assert claim.killed.value.as_of is None


def test_a_count_of_the_past_day_is_not_added_to_one_strike() -> None:
    text = (
        "A strike on a house in Taiz killed a couple on Tuesday night, medics said. "
        "The health ministry said 93 people had been killed and 142 injured across the country in the past 24 hours."
    )
    claims = _claims(text)
    assert [c.killed.value.point for c in claims if c.killed] == [2]
    assert all(c.injured is None for c in claims)


def test_another_nine_wounded_are_of_the_same_strike() -> None:
    (claim,) = _claims("Jets bombed a mill in Taiz on Tuesday, killing eleven people. Another nine people were wounded.")
    assert claim.injured is not None
    assert claim.injured.value.point == 9


def test_a_strike_that_hurt_nobody_is_told_and_counts_zero() -> None:
    text = "A strike on a house in Taiz killed a couple on Tuesday. No casualties were reported from a strike on an empty warehouse in Ibb."
    second = next(c for c in _claims(text) if _place(c) == "Ibb")
    assert second.killed is not None
    assert second.killed.value.is_zero


def test_a_recovery_that_is_expected_is_no_forecast_of_the_wound() -> None:
    (claim,) = _claims("A cook was shot in Lyon on Sunday and is expected to survive.")
    assert claim.injured is not None
    assert claim.injured.value.point == 1


@pytest.mark.parametrize("event", ["a football match", "a film", "a volleyball tournament"])
def test_an_attack_on_a_match_is_no_match(event: str) -> None:
    (claim,) = _claims(f"Gunmen attacked the crowd of {event} in Garowe on Sunday, killing six people.")
    assert claim.killed is not None
    assert claim.killed.value.point == 6


@pytest.mark.parametrize(
    "text",
    [
        "Deminers destroyed 14 unexploded mortar shells near Garowe on Tuesday.",
        "A bomb disposal squad defused two rockets in Garowe on Tuesday.",
        "The army said on Monday that it would strike rebel camps near Garowe.",
        "Four people were killed in Garowe on Tuesday when a film set collapsed.",
    ],
)
def test_what_is_no_attack(text: str) -> None:
    assert not [c for c in _claims(text) if c.act.value.startswith(("shelling", "strike", "explosion"))]


def test_members_of_a_party_that_are_blamed_are_the_party() -> None:
    text = "A car bomb exploded in Morales on Sunday, killing two clerks. Officials blamed dissidents of the FARC."
    (claim,) = _claims(text)
    assert claim.perpetrator is not None
    assert claim.perpetrator.value.name == "FARC"


def test_a_total_goes_before_one_persons_death() -> None:
    text = "A driver died at the scene of a shooting in Lyon on Sunday. The shooting killed four people."
    (claim,) = _claims(text)
    assert claim.killed is not None
    assert claim.killed.value.point == 4


def test_the_doer_is_the_same_when_the_parties_are_swapped() -> None:
    text = "A car bomb exploded in Taiz on Sunday, killing two clerks. Officials blamed members of the {}."
    names = []
    for party in ("Houthis", "Islamic State"):
        (claim,) = _claims(text.format(party))
        names.append(claim.perpetrator is not None)
    assert names == [True, True]
