"""Munitions: weapon and effect apart."""

from __future__ import annotations

import pytest

from witnessmark import vocabulary
from witnessmark.claims.munitions import find_munitions
from witnessmark.documents import text_document
from witnessmark.model import Mention, MunitionValue
from witnessmark.statements import read_statements
from witnessmark.statements.language.lexicons import lexicon


def _find(text: str) -> tuple[Mention[MunitionValue], ...]:
    return find_munitions(read_statements(text_document(text, title="Report")))


def _rows(text: str) -> list[tuple[str, str | None, str | None]]:
    return [(m.quote, m.value.weapon, m.value.effect) for m in _find(text) if m.score >= 0.5]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A Tochka-U missile fitted with a cluster warhead hit the square.",
            [("A Tochka-U missile fitted with a cluster warhead", "missile.ballistic", "cluster")],
        ),
        (
            "They fired two Smerch rockets with cluster warheads at the town.",
            [("two Smerch rockets with cluster warheads", "mlrs", "cluster")],
        ),
        ("Jets dropped eight unguided bombs on the quarter.", [("eight unguided bombs", "bomb.unguided", None)]),
        ("A Kalibr cruise missile hit the depot.", [("A Kalibr cruise missile", "missile.cruise", None)]),
        (
            "A truck loaded with 200 kilos of explosives blew up at the gate.",
            [("A truck loaded with 200 kilos of explosives", "vbied", None)],
        ),
        ("White phosphorus shells fell on the farm.", [("White phosphorus shells", "gun.howitzer", "white_phosphorus")]),
        ("An FPV drone hit an ambulance.", [("An FPV drone", "uav.fpv", None)]),
        ("Barrel bombs filled with chlorine fell.", [("Barrel bombs filled with chlorine", "bomb.unguided", "chemical")]),
        ("GRAD ROCKETS HIT THE MARKET.", [("GRAD ROCKETS", "mlrs", None)]),
        ("A suicide bomber struck the queue.", [("A suicide bomber", "suicide", None)]),
        ("A roadside bomb hit the bus.", [("A roadside bomb", "ied", None)]),
        ("A sea drone struck the pier.", [("A sea drone", "torpedo_naval_drone", None)]),
        ("The farmer stepped on a mine.", [("a mine", "mine.ap", None)]),
    ],
)
def test_weapon_and_effect(text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    assert _rows(text) == expected


def test_two_counts_are_two_munitions() -> None:
    assert [m.value.weapon for m in _find("They launched 81 drones and 13 missiles.")] == ["uav.unspecified", "missile.unspecified"]


def test_a_drone_that_drops_a_grenade_is_a_bomber_too() -> None:
    assert {(m.quote, m.value.weapon) for m in _find("A drone dropped a grenade on the stop.")} >= {
        ("a grenade", "uav.bomber"),
        ("a grenade", "grenade"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "Drone footage shows the ruins.",
        "The film is a bombshell.",
        "A shell company owns the field.",
        "He has a degree in mining.",
        "The graduate had a grad degree.",
        "There was talk of a nuclear bomb.",
        "Police found bullet holes in the door.",
        "The Landmine Survivors Fund wrote to us.",
        "The army shells a village every morning.",
    ],
)
def test_words_that_only_look_like_weapons(text: str) -> None:
    assert [m for m in _rows(text) if m[1] != "shelling.unspecified"] == []


def test_weapons_that_were_downed_or_supplied_score_low() -> None:
    (downed,) = _find("Air defences shot down 30 drones.")
    (passive,) = _find("Eleven missiles were intercepted over the sea.")
    (supplied,) = _find("The ministry asked allies to supply HIMARS rockets.")
    assert max(downed.score, passive.score, supplied.score) < 0.5
    assert downed.rule == "munition.intercepted"
    assert supplied.rule == "munition.supply"


def test_a_missile_that_brought_down_a_roof_was_used() -> None:
    (found,) = _find("An Iskander missile brought down the roof of the inn.")
    assert (found.value.weapon, found.score) == ("missile.ballistic", 1.0)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Fragments of a mortar round lay in the yard.", "remnants"),
        ("It was apparently a cruise missile.", "inferred"),
        ("It was a mortar bomb, weapons experts said.", "expert"),
        ("A mortar bomb hit the yard.", "asserted"),
    ],
)
def test_identification(text: str, level: str) -> None:
    assert [m.value.identification for m in _find(text)] == [level]


def test_the_number_of_munitions_is_kept() -> None:
    (found,) = _find("At least eight rockets hit the town.")
    assert found.value.count is not None
    assert (found.value.count.minimum, found.value.count.maximum, found.value.count.unit) == (8, None, "munition")


def test_a_bomblet_that_lay_about_is_a_remnant_of_war() -> None:
    (found,) = _find("A boy picked up a submunition in the field.")
    assert (found.value.weapon, found.value.effect) == ("erw", "cluster")


def test_lexicon_ids_are_in_the_vocabulary() -> None:
    raw = lexicon("en", "munitions")
    weapons, effects = vocabulary.identifiers("weapon"), vocabulary.identifiers("effect")
    assert all(b.get("weapon") in weapons | {None} and b.get("effect") in effects | {None} for b in raw["munition"])
    assert all(b.get("weapon") or b.get("effect") for b in raw["munition"])
    assert set(raw["carriers"]) <= weapons


def test_no_word_of_the_lexicon_stands_twice_with_two_meanings() -> None:
    seen: dict[str, tuple[str | None, str | None]] = {}
    for block in lexicon("en", "munitions")["munition"]:
        for word in block["words"]:
            meaning = (block.get("weapon"), block.get("effect"))
            assert seen.setdefault(word, meaning) == meaning, word


def test_quotes_equal_their_spans() -> None:
    reading = read_statements(
        text_document("Two Grad rockets and a 500-pound car bomb hit Kherson; the drone's debris fell.", title="Report")
    )
    for found in find_munitions(reading):
        assert found.span is not None and found.quote == found.span.of(reading.text)


def test_a_munition_without_an_attack_is_only_named() -> None:
    (named,) = _find("The town lives under drones.")
    (used,) = _find("The town was hit by drones.")
    assert named.score < 0.5 < used.score


def test_opening_fire_echoes_the_weapon_that_is_named() -> None:
    assert [m.value.weapon for m in _find("Helicopters opened fire with machine guns.")] == ["machine_gun"]
    assert [m.value.weapon for m in _find("Troops opened fire on the crowd.")] == ["small_arms"]
