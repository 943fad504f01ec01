"""Tolls of people in sentences."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark import vocabulary
from witnessmark.claims.harm import find_harm
from witnessmark.claims.harm.frames import tolls_of
from witnessmark.claims.harm.triggers import Frame, Trigger
from witnessmark.claims.harm.window import read_window
from witnessmark.documents import text_document
from witnessmark.model import HarmValue, Mention
from witnessmark.statements import read_statements
from witnessmark.statements.language.lexicons import lexicon

Row = tuple[str, str, str, int | None, int | None]


def _find(text: str) -> tuple[Mention[HarmValue], ...]:
    return find_harm(read_statements(text_document(text, title="Report")))


def _rows(text: str, *, parts: bool = False) -> list[Row]:
    return [
        (m.quote, m.value.harm, m.value.group, m.value.quantity.minimum, m.value.quantity.maximum)
        for m in _find(text)
        if m.score >= 0.5 and (parts or m.value.part_of is None)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14 people were killed and 108 wounded.", [("14 people", "killed", "people", 14, 14), ("108", "injured", "people", 108, 108)]),
        ("The blast killed a police officer and two soldiers.", [("a police officer and two soldiers", "killed", "people", 3, 3)]),
        ("A shell fell on the yard, killing at least nine.", [("at least nine", "killed", "people", 9, None)]),
        ("Seven dead and 35 hurt after the raid.", [("Seven", "killed", "people", 7, 7), ("35", "injured", "people", 35, 35)]),
        ("The bombing claimed the lives of 29 people.", [("29 people", "killed", "people", 29, 29)]),
        ("A woman and her two sons were killed.", [("A woman and her two sons", "killed", "people", 3, 3)]),
        ("Some 500,000 people have been displaced.", [("Some 500,000 people", "displaced", "people", 500_000, 500_000)]),
        ("At least 165 women were raped.", [("At least 165 women", "sexual_violence", "women", 165, None)]),
        ("Gunmen kidnapped 40 pupils from the school.", [("40 pupils", "abducted", "children", 40, 40)]),
        ("They took away 16 sick and wounded men.", [("16 sick and wounded men", "abducted", "men", 16, 16)]),
        ("Police arrested three suspects.", [("three suspects", "detained", "armed_group", 3, 3)]),
        ("Eleven fishermen are missing.", [("Eleven fishermen", "missing", "people", 11, 11)]),
        ("Up to 20 people may have been killed.", [("Up to 20 people", "killed", "people", None, 20)]),
        ("Between four and six civilians were injured.", [("Between four and six civilians", "injured", "civilians", 4, 6)]),
        ("The deaths of four miners were confirmed.", [("four miners", "killed", "people", 4, 4)]),
        ("A gunman was killed.", [("A gunman", "killed", "armed_group", 1, 1)]),
        ("TWO SOLDIERS WERE KILLED IN THE ATTACK.", [("TWO SOLDIERS", "killed", "military", 2, 2)]),
        (
            "12 of the 30 wounded died in hospital.",
            [("12 of the 30 wounded", "killed", "people", 12, 12), ("30", "injured", "people", 30, 30)],
        ),
        ("A shell killed 4 people, the mayor said.", [("4 people", "killed", "people", 4, 4)]),
        ("Residents and 23 worshippers and soldiers were killed.", [("23 worshippers and soldiers", "killed", "people", 23, 23)]),
    ],
)
def test_totals(text: str, expected: list[Row]) -> None:
    assert _rows(text) == expected


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("At least 3 people were killed, including 2 children.", ("2 children", "killed", "children", 2, 2)),
        ("17 people, including four children, were killed.", ("four children", "killed", "children", 4, 4)),
        ("Nine residents, three of them children, died.", ("three of them children", "killed", "children", 3, 3)),
        ("Thirteen people, two girls among them, were wounded.", ("two girls", "injured", "children", 2, 2)),
        ("A shell wounded six people, a nurse included.", ("a nurse", "injured", "medics", 1, 1)),
        ("A shell killed ten people, four of them under 18.", ("four of them under 18", "killed", "children", 4, 4)),
        ("80 villagers were killed, all of them men.", ("80 villagers were killed, all of them men", "killed", "men", 80, 80)),
    ],
)
def test_a_part_is_tied_to_its_total(text: str, part: Row) -> None:
    found = [m for m in _find(text) if m.value.part_of is not None]
    assert part in [(m.quote, m.value.harm, m.value.group, m.value.quantity.minimum, m.value.quantity.maximum) for m in found]
    totals = {m.span for m in _find(text) if m.value.part_of is None}
    assert all(m.value.part_of in totals for m in found)


def test_part_of_the_dead_of_an_earlier_sentence() -> None:
    assert ("Five of the victims were children", "killed", "children", 5, 5) in _rows(
        "A raid killed 30. Five of the victims were children.", parts=True
    )
    assert ("two nurses", "killed", "medics", 2, 2) in _rows("A raid killed 30. Among the dead were two nurses.", parts=True)


@pytest.mark.parametrize(
    ("text", "harms"),
    [
        ("There were no casualties.", {"killed", "injured"}),
        ("No one was hurt, the mayor said.", {"killed", "injured"}),
        ("Nobody was killed.", {"killed"}),
        ("No deaths were reported.", {"killed"}),
        ("A car bomb went off, killing nobody.", {"killed"}),
        ("The night passed without casualties.", {"killed", "injured"}),
        ("There was no loss of life.", {"killed"}),
        ("The shelling did not cause any casualties.", {"killed", "injured"}),
    ],
)
def test_none_is_zero(text: str, harms: set[str]) -> None:
    found = _find(text)
    assert {m.value.harm for m in found} == harms
    assert all(m.value.quantity.is_zero for m in found)


@pytest.mark.parametrize(
    "text", ["The number of dead is unknown.", "The death toll was not immediately known.", "The toll remains unclear."]
)
def test_unknown_is_not_zero(text: str) -> None:
    (found,) = [m for m in _find(text) if m.value.harm == "killed"]
    assert found.value.quantity.unknown
    assert not found.value.quantity.is_zero


def test_vague_words_have_no_bounds() -> None:
    (found,) = _find("Dozens of people were killed.")
    assert (found.value.quantity.vague, found.value.quantity.minimum, found.value.quantity.maximum) == ("dozens", None, None)


@pytest.mark.parametrize(
    "text",
    [
        "The editor killed the deal.",
        "Aircraft shot down 30 drones.",
        "The two-year-old project died quietly.",
        "Rockets killed cows and two horses.",
        "He was killed on March 3.",
        "The 12-year-old bus is missing a wheel.",
        "They fired 30 rockets.",
        "The market opened at 9:30.",
    ],
)
def test_no_toll(text: str) -> None:
    assert _rows(text) == []


def test_updates_and_superseded_figures() -> None:
    rows = {m.quote: m.value for m in _find("The death toll rose to 15 on Tuesday, up from 12.")}
    assert rows["15"].update and not rows["15"].superseded
    assert rows["12"].superseded and not rows["12"].update


def test_an_earlier_count_is_superseded() -> None:
    (found,) = _find("An earlier count had listed 39 dead.")
    assert found.value.superseded
    (fresh,) = _find("A week earlier, a raid left 39 dead.")
    assert not fresh.value.superseded


@pytest.mark.parametrize(
    ("text", "words", "harm"),
    [
        ("Officials put the number of wounded at 98.", "98", "injured"),
        ("Officials gave the number of wounded as 98.", "98", "injured"),
        ("Crews found two more, bringing to 31 the number of people killed.", "31", "killed"),
        ("One of the wounded died, bringing the toll to 8.", "8", "killed"),
        ("The death toll from strikes on two vans in the district rose to seven.", "seven", "killed"),
        ("The number of dead stood at 44.", "44", "killed"),
    ],
)
def test_running_counts(text: str, words: str, harm: str) -> None:
    assert (words, harm) in [(m.quote, m.value.harm) for m in _find(text) if m.value.part_of is None]


def test_a_toll_that_is_passed_is_a_lower_bound() -> None:
    assert ("100", "killed", "people", 100, None) in _rows("The death toll passed 100.")


def test_further_victims_are_additional() -> None:
    (found,) = _find("Another 5 people were injured.")
    assert found.value.additional


def test_shot_is_ambiguous_and_says_so() -> None:
    (found,) = _find("Gunmen shot 26 people in a meadow.")
    assert [c.label for c in found.candidates] == ["killed", "injured"]
    assert found.score <= 0.5


def test_unreal_verbs_score_low() -> None:
    (found,) = _find("Such a bomb could kill 300 people.")
    assert found.score < 0.5


def test_the_governor_after_a_comma_is_not_a_victim() -> None:
    assert _rows("It wounded 19, the regional governor said.") == [("19", "injured", "people", 19, 19)]


def test_the_actor_after_and_is_not_a_victim() -> None:
    assert _rows("It killed two soldiers, and the president broke off the talks.") == [("two soldiers", "killed", "military", 2, 2)]


def test_an_object_that_is_missing_gives_no_toll() -> None:
    tokens = read_statements(text_document("Frost killed the harvest.", title="Report")).tokens
    window = read_window(tokens, 0, len(tokens))
    (trigger,) = window.triggers
    assert tolls_of(window, trigger) == []
    assert trigger.frame == Frame("killed", "participle")
    assert isinstance(trigger, Trigger) and trigger.harm == "killed"


def test_lexicon_ids_are_in_the_vocabulary() -> None:
    raw = lexicon("en", "harm")
    harms = vocabulary.identifiers("harm")
    assert {t["harm"] for t in raw["trigger"]} <= harms
    assert {h for t in raw["trigger"] for h in t.get("ambiguous", ())} <= harms
    assert set(raw["tolls"]) - {"same"} <= harms


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "14",
                "people",
                "were",
                "killed",
                "and",
                "two",
                "wounded",
                ",",
                "including",
                "children",
                "of",
                "them",
                "the",
                "no",
                "one",
                "toll",
                "rose",
                "to",
                "dead",
                "30",
                "a",
                "woman",
                ".",
                "died",
                "in",
            ]
        ),
        max_size=25,
    )
)
def test_quotes_equal_their_spans_on_any_words(words: list[str]) -> None:
    text = " ".join(words)
    reading = read_statements(text_document(text, title="Report"))
    for found in find_harm(reading):
        assert found.span is not None
        assert found.quote == found.span.of(reading.text)
        low, high = found.value.quantity.minimum, found.value.quantity.maximum
        assert low is None or high is None or low <= high
        assert found.value.harm in vocabulary.identifiers("harm")
        assert found.value.group in vocabulary.identifiers("group")


@settings(max_examples=40, deadline=None)
@given(st.integers(min_value=2, max_value=900), st.sampled_from(["soldiers", "civilians", "children", "women", "journalists"]))
def test_the_same_toll_in_active_and_passive(number: int, group: str) -> None:
    active = _rows(f"The raid killed {number} {group}.")
    passive = _rows(f"In the raid {number} {group} were killed.")
    assert active == passive == [(f"{number} {group}", "killed", {"soldiers": "military"}.get(group, group), number, number)]


def test_a_lone_another_is_one_more() -> None:
    assert ("another", "injured", "people", 1, 1) in _rows("Rockets killed one person and wounded another, the governor wrote.")


def test_the_perfect_is_active() -> None:
    assert _rows("Rebels have killed three judges.") == [("three judges", "killed", "officials", 3, 3)]


def test_a_number_without_harm_before_it_is_no_toll() -> None:
    assert _rows("All are in our care. The number of 287 was a guess.") == []


def test_a_pronoun_may_stand_for_the_count() -> None:
    rows = _rows("The toll was nineteen; after a week it stood at 42.")
    assert ("42", "killed", "people", 42, 42) in rows


def test_people_with_wounds_are_injured() -> None:
    assert _rows("About 30 pupils had wounds, she said.") == [("About 30 pupils", "injured", "children", 30, 30)]


def test_reflexive_verbs_take_their_subject() -> None:
    assert _rows("The gunman killed himself.") == [("The gunman", "killed", "armed_group", 1, 1)]


def test_two_verbs_share_their_people() -> None:
    assert ("Six judges", "killed", "officials", 6, 6) in _rows("Six judges were abducted and killed.")
    assert ("Six judges", "abducted", "officials", 6, 6) in _rows("Six judges were abducted and killed.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Four people, a mother and her two children among them, died.", ("Four people", "killed", 4)),
        ("Eight people, six of whom were minors, were killed.", ("Eight people", "killed", 8)),
        ("A total of 60 people, including 18 women and 5 children, were injured.", ("A total of 60 people", "injured", 60)),
        ("The shooting sent four people to the hospital.", ("four people", "injured", 4)),
        ("A bullet grazed two boys.", ("two boys", "injured", 2)),
    ],
)
def test_a_total_with_its_parts_inside(text: str, expected: tuple[str, str, int]) -> None:
    totals = [(m.quote, m.value.harm, m.value.quantity.point) for m in _find(text) if m.value.part_of is None]
    assert totals == [expected]


def test_a_list_that_adds_up_spells_the_total_out() -> None:
    parts = {
        (m.value.group, m.value.quantity.point) for m in _find("23 people were killed: 12 men, 7 women and 4 children.") if m.value.part_of
    }
    assert parts == {("men", 12), ("women", 7), ("children", 4)}


def test_a_count_that_rises_from_and_to() -> None:
    found = {(m.value.quantity.point, m.value.update, m.value.superseded) for m in _find("The number of wounded rose from 40 to 52.")}
    assert found == {(40, False, True), (52, True, False)}


def test_what_had_been_said_is_replaced_and_what_was_counted_is_not() -> None:
    (before,) = _find("Officials had spoken of eight dead.")
    (counted,) = _find("Doctors said they had counted 27 dead.")
    assert before.value.superseded
    assert not counted.value.superseded


def test_an_age_behind_a_toll_is_no_second_figure() -> None:
    totals = {m.value.quantity.point for m in _find("The toll was 22, including a boy of five.") if m.value.part_of is None}
    assert totals == {22}


def test_nobody_killed_does_not_spare_the_wounded() -> None:
    told = {(h.value.harm, h.value.quantity.point) for h in _find("The blast killed nobody but wounded three policemen.")}
    assert told == {("killed", 0), ("injured", 3)}
    assert not any(h.value.quantity.is_zero for h in _find("None of those killed was armed."))


@pytest.mark.parametrize(
    ("text", "harm", "count"),
    [
        ("A herder was found shot to death near the well.", "killed", 1),
        ("Medics found a male dead with burns in the yard.", "killed", 1),
        ("A driver was declared deceased at the clinic.", "killed", 1),
        ("The raid led to the deaths of five drivers.", "killed", 5),
        ("A driver who was wounded in a raid on the depot has died, the clinic said.", "killed", 1),
        ("Four of the six drivers shot died as a result of their wounds.", "killed", 4),
        ("The driver was hit several times near the depot and died.", "killed", 1),
        ("The raider shot his cousin to death.", "killed", 1),
        ("The blast left a man and woman dead.", "killed", 2),
        ("Two drivers were killed and a third was wounded.", "injured", 1),
        ("A driver was hit in the leg.", "injured", 1),
        ("A driver is in hospital after being shot by a guard.", "injured", 1),
        ("Two guards sustained shrapnel injuries.", "injured", 2),
        ("A 15-month-old in the yard was hurt.", "injured", 1),
    ],
)
def test_constructions_that_tell_of_one_toll(text: str, harm: str, count: int) -> None:
    totals = [(m.value.harm, m.value.quantity.point) for m in _find(text) if m.value.part_of is None]
    assert (harm, count) in totals


@pytest.mark.parametrize(
    "text",
    [
        "A driver who was wounded in a raid on the depot has died, the clinic said.",
        "The driver was hit several times near the depot and died.",
        "Four of the six drivers shot died as a result of their wounds.",
    ],
)
def test_who_died_of_a_wound_is_not_merely_wounded(text: str) -> None:
    assert not [m for m in _find(text) if m.value.harm == "injured"]


@pytest.mark.parametrize(
    ("text", "total", "parts"),
    [
        ("Five civilians, two women and three children, died in the shelling.", 5, {2, 3}),
        ("The blast killed five people, three women and two children.", 5, {3, 2}),
        ("Two men, a woman and a child were killed.", 4, set()),
        ("Two teachers, a nurse and a driver were killed.", 4, set()),
        ("Two women, three children and five men were killed.", 10, set()),
    ],
)
def test_a_list_that_spells_a_total_out_is_not_added_to_it(text: str, total: int, parts: set[int]) -> None:
    found = _find(text)
    assert {m.value.quantity.point for m in found if m.value.part_of is None} == {total}
    assert parts <= {m.value.quantity.point for m in found if m.value.part_of is not None}


@pytest.mark.parametrize(
    "text",
    [
        "The condition of the victims is unknown.",
        "The law punishes those who harm or kill another person.",
        "An uncle died of natural causes.",
        "The suspect fled on foot.",
    ],
)
def test_words_that_tell_of_no_toll(text: str) -> None:
    assert _find(text) == ()


def test_a_murder_suicide_has_two_dead_at_least() -> None:
    (told,) = _find("Police called it a murder-suicide.")
    assert (told.value.quantity.minimum, told.value.quantity.maximum) == (2, None)
