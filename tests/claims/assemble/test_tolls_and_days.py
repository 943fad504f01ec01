"""The toll and the day of a claim, gathered over the sentences of a text."""

from __future__ import annotations

import pytest

from witnessmark.claims import read_claims
from witnessmark.documents import text_document
from witnessmark.model import IncidentClaim, Quantity
from witnessmark.statements import read_statements


def _claims(text: str, *, published: str = "2021-03-10") -> tuple[IncidentClaim, ...]:
    return read_claims(read_statements(text_document(text, published=published, language="en"))).incidents


def _point(quantity: Quantity | None) -> int | None:
    return None if quantity is None else quantity.point


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("Three people were shot in Lyon on Monday. One person was killed, police said.", 1, 2),
        ("A man was shot in Lyon on Monday. The man died in the shooting, police said.", 1, None),
        ("Three people were shot in Lyon on Monday. One woman was killed and four others were injured in the shooting.", 1, 4),
        ("Three people were shot in Lyon on Monday.", None, 3),
    ],
)
def test_the_shot_are_parted_into_dead_and_injured(text: str, killed: int | None, injured: int | None) -> None:
    claim = _claims(text)[0]
    assert _point(claim.killed.value if claim.killed else None) == killed
    assert _point(claim.injured.value if claim.injured else None) == injured


def test_a_day_inside_the_month_makes_the_date_exact() -> None:
    claim = _claims("Gunmen shot dead two farmers near Lyon in February. The shooting happened on February 20, two witnesses said.")[0]
    assert claim.date is not None
    assert claim.date.value.earliest.isoformat()[:10] == "2021-02-20"


def test_an_undated_event_takes_the_day_named_beside_it() -> None:
    claim = _claims("Two men were shot dead in Lyon. Officers were called to the street at about 3 p.m. Monday.")[0]
    assert claim.date is not None
    assert claim.date.value.basis != "publication"
    assert claim.date.value.earliest.isoformat()[:10] == "2021-03-08"


def test_a_day_far_from_the_publication_is_not_taken() -> None:
    claim = _claims("Two men were shot dead in Lyon. The street was built on 4 May 1987.")[0]
    assert claim.date is not None
    assert claim.date.value.basis == "publication"


def test_the_day_of_a_sentence_is_not_that_of_the_deed() -> None:
    claim = _claims("A man who shot dead two farmers in Lyon was sentenced on Tuesday.")[0]
    assert claim.date is None or claim.date.value.basis == "publication"


def test_who_condemns_a_murder_takes_it_for_granted() -> None:
    claims = _claims("The bishops condemn the shameful murder of two nurses in Lyon.")
    assert [_point(c.killed.value) for c in claims if c.killed] == [2]


def test_an_accident_with_a_firearm_is_told_as_a_shooting() -> None:
    assert [c.act.value for c in _claims("A boy was wounded in an accidental shooting in Lyon on Monday.")] == ["shooting"]
    assert _claims("A boy was wounded in a car accident in Lyon on Monday.") == ()


def test_those_of_the_wounded_who_died_later_are_no_total() -> None:
    text = "A rocket hit a bus in Lyon on Monday, killing at least five people and wounding 12 others, the governor said."
    claim = _claims(f"{text} Two of the wounded later died in hospital, the mayor said.")[0]
    assert claim.killed is not None
    assert claim.killed.value.minimum == 5
    risen = _claims(f"{text} Two of the wounded later died in hospital, and the death toll rose to seven, the mayor said.")[0]
    assert _point(risen.killed.value if risen.killed else None) == 7


def test_the_day_of_the_attack_is_kept_where_its_toll_rises() -> None:
    risen = _claims("The number of dead in a rocket attack on a market in Lyon on 3 March rose to seven on Tuesday, the mayor said.")[0]
    assert risen.date is not None
    assert risen.date.value.earliest.isoformat() == "2021-03-03"


@pytest.mark.parametrize("who", ["A man wounded in the attack", "A boy who had been shot"])
def test_the_day_of_a_later_death_is_not_the_day_of_the_attack(who: str) -> None:
    text = "A rocket attack on a market in Lyon killed six people on 3 March, police said."
    (claim,) = _claims(f"{text} {who} died on Friday, bringing the toll to seven.")
    assert claim.date is not None and claim.killed is not None
    assert (claim.date.value.earliest.isoformat(), claim.killed.value.point) == ("2021-03-03", 7)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            "A man shot a clerk in Lyon. The man was arrested on Tuesday. The clerk was shot about 5:30 p.m. Saturday, police said.",
            "2021-03-06",
        ),
        (
            "A teenager is charged in a shooting in Lyon. He is charged as an adult in the March 2 shooting, which killed a clerk.",
            "2021-03-02",
        ),
        ("Five people were shot in Lyon after a violent weekend. The clerk was killed early Sunday morning, police said.", "2021-03-07"),
    ],
)
def test_the_day_of_the_act_goes_before_that_of_what_followed(text: str, day: str) -> None:
    claim = _claims(text)[0]
    assert claim.date is not None and claim.date.value.earliest.isoformat() == day


def test_an_arrest_that_is_the_event_keeps_its_day() -> None:
    claim = _claims(
        "Soldiers arrested five villagers near Kayes on Monday and shot one dead. The shooting on Saturday was told by nobody."
    )[0]
    assert claim.date is not None and claim.date.value.earliest.isoformat() == "2021-03-08"


def test_some_of_the_victims_are_no_total() -> None:
    claim = _claims("One of the victims shot in Lyon on Monday is in a critical condition. Three others were wounded in the shooting.")[0]
    assert _point(claim.injured.value if claim.injured else None) == 3


def test_what_one_attack_damaged_is_a_count_of_its_object_and_no_series() -> None:
    claim = _claims("The shelling damaged 14 houses and a school in Nikopol on Sunday; nobody was hurt.")[0]
    assert {(o.value.kind, o.value.count.minimum if o.value.count else None) for o in claim.objects} == {
        ("residential", 14),
        ("education", None),
    }
    assert claim.killed is not None and claim.killed.value.is_zero


def test_what_stands_behind_others_was_damaged_too() -> None:
    claim = _claims("Rockets destroyed three houses, damaged 12 others and a kindergarten in Nikopol on Sunday.")[0]
    assert "education" in {o.value.kind for o in claim.objects}


@pytest.mark.parametrize(
    "text",
    [
        "An attack was carried out in Oruro this morning by rebels, the police said. Rebels blew up a bridge.",
        "The envoy was unharmed, but two guards were killed in Oruro on Monday.",
        "Rebels destroyed a section of the oil pipeline in Oruro on Monday.",
        "The minister's car was machinegunned in Oruro on Monday.",
    ],
)
def test_more_ways_to_tell_of_an_incident(text: str) -> None:
    assert _claims(text)


def test_who_left_the_mine_did_it_and_when_is_another_matter() -> None:
    text = "A tractor hit an anti-tank mine near Nikopol on Monday, wounding the driver. The mine, sappers say, was left by Russian troops in 2022."
    claim = _claims(text)[0]
    assert claim.perpetrator is not None and claim.perpetrator.value.name == "Russia"
    assert claim.date is not None and claim.date.value.earliest.isoformat() == "2021-03-08"


def test_bandits_fill_the_field_and_gunmen_do_not() -> None:
    bandits = _claims("Bandits abducted 40 pupils from a school in Kaduna on Monday.")[0]
    gunmen = _claims("Gunmen abducted 40 pupils from a school in Kaduna on Monday.")[0]
    assert bandits.perpetrator is not None and bandits.perpetrator.value.name == "bandits"
    assert gunmen.perpetrator is None


def test_what_the_firing_party_says_of_another_is_set_aside() -> None:
    text = (
        "Russia launched 38 missiles on Monday, the air force said.\n\nTwo adults died at a hospital in Kyiv and ten people were injured. "
        "Russia's defence ministry says a Ukrainian air-defence missile fell on the hospital."
    )
    kyiv = next(c for c in _claims(text) if c.killed is not None)
    assert kyiv.perpetrator is not None and kyiv.perpetrator.value.name == "Russia"
