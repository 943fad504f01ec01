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
