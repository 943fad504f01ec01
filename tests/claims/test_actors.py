"""Parties that the words name, and their roles."""

from __future__ import annotations

import pytest

from witnessmark import vocabulary
from witnessmark.claims.actors import find_actors
from witnessmark.claims.acts import find_acts
from witnessmark.claims.roles import find_parts
from witnessmark.documents import text_document
from witnessmark.statements import read_statements
from witnessmark.statements.language.lexicons import lexicon


def _actors(text: str) -> list[tuple[str, str]]:
    reading = read_statements(text_document(text))
    return [(m.value.name, m.rule.partition(":")[2]) for m in find_actors(reading)]


def _roles(text: str) -> set[tuple[str, str]]:
    reading = read_statements(text_document(text))
    sentence = reading.sentences[0]
    parts = find_parts(reading, sentence, find_actors(reading), find_acts(reading), ())
    return {(p.actor.value.name, p.role) for p in parts}


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Israeli warplanes circled over the strip.", ("Israel", "force")),
        ("Armenia's army moved north.", ("Armenia", "force")),
        ("RSF fighters held the market.", ("Rapid Support Forces", "group")),
        ("Moscow made no comment.", ("Russia", "metonym")),
        ("Masked men waited at the gate.", ("masked men", "generic")),
        ("The Houthis fired back.", ("Houthis", "group")),
        ("Ethiopian officials met on Sunday.", ("Ethiopia", "adjective")),
    ],
)
def test_parties_are_named_in_canonical_english(text: str, actor: tuple[str, str]) -> None:
    assert actor in _actors(text)


def test_a_common_word_is_no_party() -> None:
    assert _actors("He wanted to polish the brass before turkey was served.") == []


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Ethiopian forces shelled the market town at noon.", ("Ethiopia", "perpetrator")),
        ("The convoy was attacked by Boko Haram near the border.", ("Boko Haram", "perpetrator")),
        ("Azerbaijan accused Armenia of the strike.", ("Armenia", "accused")),
        ("Al-Shabaab claimed responsibility for the bombing.", ("al-Shabaab", "claimed")),
        ("Ankara denied that its jets had hit the village.", ("Turkey", "denied")),
        ("An Israeli air strike hit a school.", ("Israel", "perpetrator")),
        ("Both armies traded blame for the blast.", ("disputed", "disputed")),
    ],
)
def test_roles(text: str, role: tuple[str, str]) -> None:
    assert role in _roles(text)


@pytest.mark.parametrize(
    "text",
    [
        "Indian soldiers were killed when a shell hit their post.",
        "The Syrian town was hit by rockets.",
        "Shells fell on a Yemeni village.",
    ],
)
def test_a_victim_is_no_perpetrator(text: str) -> None:
    assert not {r for _, r in _roles(text)} & {"perpetrator", "claimed", "accused"}


def test_swapping_the_parties_swaps_nothing_else() -> None:
    text = "{0} forces shelled a school in the town, {1} officials said, and {0} commanders denied it."
    one = {(n.replace("Armenia", "X").replace("Azerbaijan", "Y"), r) for n, r in _roles(text.format("Armenian", "Azerbaijani"))}
    two = {(n.replace("Azerbaijan", "X").replace("Armenia", "Y"), r) for n, r in _roles(text.format("Azerbaijani", "Armenian"))}
    assert one == two != set()


def test_kinds_are_in_the_vocabulary() -> None:
    raw = lexicon("en", "actors")
    assert {g["kind"] for g in raw["group"]} | set(raw["generic"]) <= vocabulary.identifiers("actor_kind")


def test_its_gunmen_are_those_of_the_group_named_last() -> None:
    assert ("al-Shabaab", "anaphor") in _actors("Al-Shabaab did not claim the blast. In May its gunmen stormed a hotel.")


def test_its_gunmen_are_nobody_when_no_group_was_named() -> None:
    assert "anaphor" not in {form for _, form in _actors("In May its gunmen stormed a hotel.")}


def test_an_armed_body_that_no_lexicon_lists_is_known_by_its_name() -> None:
    text = "Fighters of the Northern Valley Defence Force (NVDF) shelled the town. The NVDF denied it."
    names = [a.value.name for a in find_actors(read_statements(text_document(text))) if a.rule == "actors:group"]
    assert len(names) >= 2
    assert set(names) == {"Northern Valley Defence Force"}


def test_the_short_name_means_the_group_that_was_named_in_full() -> None:
    text = "The Pakistani Taliban claimed the attack. Taliban gunmen had struck the school before."
    names = {a.value.name for a in find_actors(read_statements(text_document(text))) if a.rule == "actors:group"}
    assert names == {"Pakistani Taliban"}


def test_two_parties_that_did_it_together_both_did_it() -> None:
    told = _roles("M23 fighters and Rwandan soldiers shelled a camp outside the town.")
    assert {("M23", "perpetrator"), ("Rwanda", "perpetrator")} <= told


def test_a_claim_that_was_taken_back_is_none() -> None:
    assert not _roles("The Taliban claimed responsibility for the blast, then withdrew the claim.") & {("Taliban", "claimed")}


def test_calling_it_revenge_owns_up_to_it() -> None:
    told = _roles("A commander of Jaish-e-Mohammed, a faction of the Taliban, called it revenge.")
    assert told == {("Jaish-e-Mohammed", "claimed")}


def test_guns_that_put_shells_on_a_town_fired_them() -> None:
    assert ("Ukraine", "perpetrator") in _roles("Ukrainian gunners put heavy shells on the market.")


def test_the_same_gang_is_a_body_that_no_lexicon_lists() -> None:
    found = _actors("The Hill Valley Defence Force held the road. The same gang ambushed a convoy.")
    assert ("Hill Valley Defence Force", "anaphor") in found


def test_the_gang_is_no_army() -> None:
    assert ("Myanmar military", "anaphor") not in _actors("The military of Myanmar, the Myanmar military, said so. The gang fled.")


def test_liberators_are_a_party_only_at_a_distance() -> None:
    assert ("liberators", "generic") in _actors('The "liberators" shelled the market.')
    assert not _actors("The liberators marched in.")
