"""Words that a text does not own."""

from __future__ import annotations

import pytest

from witnessmark.documents import text_document
from witnessmark.statements import read_statements


def _distanced(text: str, language: str = "en") -> list[str]:
    reading = read_statements(text_document(text, published="2024-03-05", language=language))
    return [span.of(reading.text) for s in reading.statements for span in s.distanced]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('The "liberated" town has had no water since May.', ['"liberated"']),
        ('Another "precision strike" hit a maternity ward on Monday.', ['"precision strike"']),
        ("Three “terrorists” aged nine, ten and twelve were killed.", ["“terrorists”"]),
        ("The so-called people's militia shelled the market.", ["so-called people's militia"]),
        ("Men of the so-called Hill Defence Force attacked the convoy.", ["so-called Hill Defence Force"]),
        ('The so-called "evacuation" began at dawn.', ['so-called "evacuation"']),
        ('THE "LIBERATED" VILLAGE WAS BURNED.', ['"LIBERATED"']),
    ],
)
def test_words_held_at_a_distance_are_marked(text: str, words: list[str]) -> None:
    assert _distanced(text) == words


@pytest.mark.parametrize(
    "text",
    [
        'He said: "We will protect our land from every enemy."',
        'The play "Peace" opened on Friday.',
        'Officials called the strike "surgical".',
        'The word "referendum" was painted on the wall.',
        'A shell hit the "Dawn" bakery.',
        "The liberated town has had no water since May.",
    ],
)
def test_names_citations_and_plain_words_are_not(text: str) -> None:
    assert _distanced(text) == []


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("uk", "«Визволителі» обстріляли селище.", ["«Визволителі»"]),
        ("uk", "Так звані «вибори» тривали три дні.", ["Так звані «вибори»"]),
        ("uk", "Фільм «Захисник» покажуть у п'ятницю.", []),
        ("ru", "«Освободители» обстреляли посёлок.", ["«Освободители»"]),
        ("ru", "Так называемые «добровольцы» заняли школу.", ["Так называемые «добровольцы»"]),
        ("ru", "Газета «Выбор» вышла в пятницу.", []),
    ],
)
def test_ukrainian_and_russian(language: str, text: str, words: list[str]) -> None:
    assert _distanced(text, language) == words
