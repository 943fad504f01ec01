"""Objects: what was hit, and what is merely named."""

from __future__ import annotations

import pytest

from witnessmark import vocabulary
from witnessmark.claims.objects import find_objects
from witnessmark.documents import text_document
from witnessmark.model import Mention, ObjectValue
from witnessmark.statements import read_statements
from witnessmark.statements.language.lexicons import lexicon


def _find(text: str) -> tuple[Mention[ObjectValue], ...]:
    return find_objects(read_statements(text_document(text, title="Report")))


def _hit(text: str) -> list[tuple[str, str]]:
    return [(m.quote, m.value.kind) for m in _find(text) if m.score >= 0.5]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A rocket hit a nine-storey apartment block.", [("a nine-storey apartment block", "residential")]),
        ("The strike on a crowded market killed nine.", [("a crowded market", "food_agriculture")]),
        ("Two men were killed at a bus stop.", [("a bus stop", "transport")]),
        ("The village school was destroyed in the raid.", [("The village school", "education")]),
        ("A bomb went off outside the Interior Ministry.", [("the Interior Ministry", "government")]),
        ("Shells tore through the roof of a clinic.", [("a clinic", "health")]),
        (
            "Debris damaged a warehouse, two homes and a church.",
            [("a warehouse", "commerce_industry"), ("two homes", "residential"), ("a church", "worship")],
        ),
        (
            "The blast was in the car park of the Saint Anna hospital.",
            [("the car park", "transport"), ("the Saint Anna hospital", "health")],
        ),
        ("Gunmen abducted 20 villagers from their homes.", [("their homes", "residential")]),
        ("Drones set fire to an oil depot.", [("an oil depot", "energy")]),
        ("An army base came under fire.", [("An army base", "military")]),
        ("A missile struck a toy factory.", [("a toy factory", "commerce_industry")]),
    ],
)
def test_what_was_hit(text: str, expected: list[tuple[str, str]]) -> None:
    assert _hit(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The wounded were taken to hospital after the attack.",
        "Hospital officials said the attack killed five.",
        "A school teacher was killed.",
        "All schools will be closed tomorrow.",
        "She walked from the market to the church.",
        "The attack began on March 3.",
        "A gas main burst on Mill Lane.",
        "The Health Ministry said nine were killed.",
        "The White House condemned the attack.",
        "Two cars packed with explosives blew up.",
    ],
)
def test_what_is_merely_named(text: str) -> None:
    assert _hit(text) == []


@pytest.mark.parametrize(
    ("text", "damage"),
    [
        ("A bomb destroyed a bridge.", "destroyed"),
        ("A bomb damaged a bridge.", "partial"),
        ("A bomb hit a bridge.", "unknown"),
        ("The mosque collapsed.", "destroyed"),
    ],
)
def test_damage(text: str, damage: str) -> None:
    assert [m.value.damage for m in _find(text)] == [damage]


def test_the_number_of_objects_is_kept() -> None:
    (found,) = _find("Shelling destroyed at least 45 houses.")
    assert found.value.count is not None
    assert (found.value.count.minimum, found.value.count.maximum) == (45, None)


def test_scores_are_ordered_by_the_strength_of_the_sign() -> None:
    def score(text: str) -> float:
        return max(m.score for m in _find(text))

    assert score("A rocket hit a school.") > score("Two died in a blast near a school.") > score("There is a school.")


def test_lexicon_ids_are_in_the_vocabulary() -> None:
    raw = lexicon("en", "objects")
    assert {b["kind"] for b in raw["object"]} <= vocabulary.identifiers("object")
    assert set(raw["damage"]) <= {"none", "light", "partial", "destroyed"}


def test_common_words_are_words_of_the_lexicon() -> None:
    for block in lexicon("en", "objects")["object"]:
        assert set(block.get("needs_act", ())) <= set(block["words"]), block["kind"]


def test_quotes_equal_their_spans() -> None:
    reading = read_statements(text_document("A nine-story building, the Grand hotel and a mine's bathhouse were hit.", title="Report"))
    for found in find_objects(reading):
        assert found.span is not None and found.quote == found.span.of(reading.text)


def test_aircraft_that_strike_are_not_struck() -> None:
    assert _hit("At noon aircraft struck again.") == []
    assert _hit("A school hit in the raid was closed.") == [("A school", "education")]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Two bombs hit a monastery compound.", "worship"),
        ("A drone struck the library building.", "culture"),
        ("A shell hit the town hall courtyard.", "government"),
        ("A missile hit a residential compound.", "residential"),
    ],
)
def test_a_site_is_of_the_kind_of_what_stands_on_it(text: str, kind: str) -> None:
    assert kind in {found for _, found in _hit(text)}
