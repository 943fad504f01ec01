"""Words that tell of an act of violence."""

from __future__ import annotations

import pytest

from witnessmark import vocabulary
from witnessmark.claims.acts import STRENGTHS, find_acts
from witnessmark.documents import text_document
from witnessmark.statements import read_statements
from witnessmark.statements.language.en.inflection import plural, verb_forms
from witnessmark.statements.language.lexicons import lexicon


def _acts(text: str) -> list[tuple[str, str, str]]:
    return [(m.value.act, m.value.strength, m.quote) for m in find_acts(read_statements(text_document(text)))]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("An air strike hit the bridge at dawn.", "strike.air"),
        ("The car bomb went off near the gate.", "explosion.vehicle"),
        ("Gunmen opened fire on a minibus.", "shooting"),
        ("Mortar fire fell on the quarter all night.", "shelling.mortar"),
        ("A farmer stepped on a landmine in his field.", "explosion.mine_erw"),
        ("Three teachers were kidnapped from the school.", "abduction"),
        ("Soldiers looted the museum.", "property.looting"),
        ("A drone slammed into the roof of the clinic.", "strike.drone"),
    ],
)
def test_a_strong_word_tells_its_act(text: str, act: str) -> None:
    assert (act, "strong") in {(a, s) for a, s, _ in _acts(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Rail workers went on strike over pay.",
        "The minister suffered a heart attack.",
        "The two firms struck a deal on Friday.",
        "The film bombed at the box office.",
        "Air raid sirens sounded across the valley.",
        "The fire brigade arrived within minutes.",
        "The video was shot on a phone.",
    ],
)
def test_words_that_only_look_like_acts_are_passed_over(text: str) -> None:
    assert _acts(text) == []


def test_upper_case_wire_text_reads_the_same() -> None:
    lower = _acts("Guerrillas dynamited a power pylon and ambushed a patrol.")
    upper = _acts("GUERRILLAS DYNAMITED A POWER PYLON AND AMBUSHED A PATROL.")
    assert [(a, s) for a, s, _ in lower] == [(a, s) for a, s, _ in upper] != []


def test_the_article_tells_whether_the_act_is_new() -> None:
    reading = read_statements(text_document("A strike hit the depot. The strike lasted an hour."))
    nouns = [m.value.definite for m in find_acts(reading) if m.quote.lower() == "strike"]
    assert nouns == [False, True]


def test_quotes_are_the_words() -> None:
    text = "Shelling of the port resumed; a missile strike followed."
    for mention in find_acts(read_statements(text_document(text))):
        assert mention.span is not None and mention.quote == text[mention.span.start : mention.span.end]


def test_every_act_of_the_lexicon_is_in_the_vocabulary() -> None:
    for block in lexicon("en", "acts")["act"]:
        assert block["id"] in vocabulary.identifiers("act")
        assert block["strength"] in STRENGTHS


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("hit", {"hit", "hits", "hitting"}),
        ("strike", {"strike", "strikes", "struck", "striking", "stricken"}),
        ("fire", {"fire", "fires", "fired", "firing"}),
        ("carry out", {"carry out", "carries out", "carried out", "carrying out"}),
        ("kidnap", {"kidnap", "kidnaps", "kidnapped", "kidnapping"}),
        ("gang-rape", {"gang-rape", "gang-rapes", "gang-raped", "gang-raping"}),
        ("slam into", {"slam into", "slams into", "slammed into", "slamming into"}),
    ],
)
def test_verbs_are_inflected(lemma: str, forms: set[str]) -> None:
    assert set(verb_forms(lemma)) == forms


@pytest.mark.parametrize(
    ("noun", "many"), [("air strike", "air strikes"), ("blast", "blasts"), ("ambush", "ambushes"), ("robbery", "robberies")]
)
def test_nouns_get_a_plural(noun: str, many: str) -> None:
    assert plural(noun) == many
