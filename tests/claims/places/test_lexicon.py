"""The context lexicon and the vocabulary agree."""

from __future__ import annotations

from witnessmark.claims.places.pack import default_gazetteer
from witnessmark.claims.places.values import precision_of
from witnessmark.claims.places.words import ambiguity, context, is_given_name
from witnessmark.vocabulary import identifiers


def test_every_role_is_in_the_vocabulary() -> None:
    roles = {"speaker_seat" if kind == "seat" else kind for _, kind in context().roles}
    assert roles <= identifiers("place_role")


def test_every_precision_is_in_the_vocabulary() -> None:
    pack = default_gazetteer()
    places = [pack.place(row) for row in range(0, len(pack), 997)]
    assert {precision_of(p, wanted) for p in places for wanted in ("", "adm1", "adm2", "settlement")} <= identifiers("place_precision")


def test_the_words_are_lower_case() -> None:
    words = context()
    for table in (words.before, words.after, words.types, words.generic, words.directions, words.given, words.never):
        assert all(w == w.lower() for w in table)


def test_every_abbreviation_leads_to_a_division() -> None:
    pack = default_gazetteer()
    missing = [text for text, code in context().abbreviations.items() if pack.division(code) is None]
    assert missing == []


def test_ambiguous_words_are_known() -> None:
    assert ambiguity("reading").level > 0
    assert ambiguity("jordan").given > 0
    assert ambiguity("kramatorsk").level == 0
    assert is_given_name("volodymyr")
    assert not is_given_name("the")
