"""Victims who are told with titles, appositions and companions between them and the word of harm."""

from __future__ import annotations

import pytest

from witnessmark.claims.harm import find_harm
from witnessmark.documents import text_document
from witnessmark.statements import read_statements


def _tolls(text: str) -> list[tuple[str, str, int | None]]:
    reading = read_statements(text_document(text, language="en"))
    return [(m.quote, m.value.harm, m.value.quantity.minimum) for m in find_harm(reading) if m.value.part_of is None]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Nine persons were badly wounded in the bazaar.", ("Nine persons", "injured", 9)),
        ("THE RAID KILLED FOUR CLERGYMEN, A MAID, AND HER SON.", ("FOUR CLERGYMEN, A MAID, AND HER SON", "killed", 6)),
        ("Two members of the Orlo village patrol were murdered.", ("Two members", "killed", 2)),
        ("TWO MEMBERS OF THE ORLO PEASANT PATROL WERE MURDERED.", ("TWO MEMBERS", "killed", 2)),
        ("The cabinet condemned the murder of former Peruvian minister John Roe.", ("minister John Roe", "killed", 1)),
        ("Three monks -- aged 60 and 71 -- were shot to death.", ("Three monks", "killed", 3)),
        ("Roe, a town clerk and former envoy to Malta, was shot to death.", ("Roe", "killed", 1)),
        ("ROE, 46, WAS MURDERED ON FRIDAY.", ("ROE", "killed", 1)),
        ("The blast left a toll of one person wounded and damage to over 30 shops.", ("one person", "injured", 1)),
    ],
)
def test_all_who_came_to_harm_are_counted(text: str, told: tuple[str, str, int]) -> None:
    assert told in _tolls(text)


def test_a_list_that_spells_people_out_adds_nobody() -> None:
    assert ("Four people", "killed", 4) in _tolls("Four people, a baker, his wife and their two sons, were killed.")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("A pilot saying that the envoy had been shot called the tower.", "A pilot"),
        ("THE ENVOY WAS BRUTALLY MURDERED LAST NIGHT.", "BRUTALLY"),
        ("THE ENVOYS WERE MURDERED LAST NIGHT.", "LAST"),
        ("The blast left a toll of one person wounded and damage to over 30 shops.", "over 30"),
    ],
)
def test_words_beside_the_harm_are_no_victims(text: str, wrong: str) -> None:
    assert wrong not in [quote for quote, _, _ in _tolls(text)]


@pytest.mark.parametrize(
    ("text", "minimum"),
    [
        ("The envoy was killed today in an attack in which two members of his escort were also killed.", 3),
        ("The envoy was shot dead near his home at noon, along with two of his bodyguards.", 3),
        ("A woman was killed along with her two sons when a shell hit their house.", 3),
        ("ROE, 65, WAS KILLED AT 0815 NEAR HIS HOME, ALONG WITH TWO OF HIS BODYGUARDS.", 3),
        ("HIS DRIVER AND ONE OF HIS BODYGUARDS WERE KILLED.", 2),
        ("Six clerks -- five trainees and one manager -- and two women were murdered.", 8),
        ("The murder of six clerks, a woman, and her daughter was an act of the army.", 8),
        ("The cabinet condemned the murders of Roe, Colonel Peter Poe, and Judge Low.", 3),
        ("ROE, LEADER OF A PARTY, AND JANE POE, A PARTY SECRETARY, WERE KILLED BY UNIDENTIFIED MEN.", 2),
        ("Two U.S. soldiers were killed in a valley.", 2),
        ("A drone hit a bus, killing the driver; two of the five wounded passengers later died.", 3),
    ],
)
def test_all_who_died_together_are_counted(text: str, minimum: int) -> None:
    assert minimum in [count for _, harm, count in _tolls(text) if harm == "killed"]


def test_those_whom_other_attacks_killed_are_not_of_this_one() -> None:
    reading = read_statements(text_document("Rebels, who have killed several policemen in previous attacks, blew up a bus.", language="en"))
    assert all(m.score < 0.35 for m in find_harm(reading) if m.value.harm == "killed")


def test_a_participle_that_describes_people_tells_of_no_toll() -> None:
    assert not [t for t in _tolls("The office of the families of murdered people was searched.") if t[1] == "killed"]


def test_an_age_behind_a_shortened_word_is_no_number_of_dead() -> None:
    assert 27 not in [count for _, _, count in _tolls("John Roe, Jr., 27, of Oldwell, died on Friday.")]


def test_a_running_count_holds_the_later_deaths_already() -> None:
    told = _tolls("The number of people killed has risen to six after two of the wounded died in hospital.")
    assert 6 in [count for _, harm, count in told if harm == "killed"]
    assert 8 not in [count for _, _, count in told]
