"""Keys and skeletons of names."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.claims.places.normalise import key_of, latin, latin_of_russian, skeleton_of


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Port-au-Prince", "port au prince"),
        ("São Paulo", "Sao Paulo"),
        ("St. Louis", "Saint Louis"),
        ("Mar’yinka", "Mar'yinka"),
        ("Ta‘izz", "Taizz"),
        ("Łódź", "Lodz"),
        ("Берёзовка", "Березовка"),
        ("Queen Anne's County", "Queen Annes County"),
    ],
)
def test_spellings_of_one_name_share_a_key(left: str, right: str) -> None:
    assert key_of(left) == key_of(right)


def test_cyrillic_letters_keep_their_own_marks() -> None:
    assert key_of("Київ") != key_of("Киів")
    assert key_of("Йорданія") == "йорданія"


@pytest.mark.parametrize("name", ["𝕬leppo", "🄐", "áлеппо", "Ｓｕｍｙ", "ﬁ"])
def test_letters_drawn_as_signs_are_letters(name: str) -> None:
    key = key_of(name)
    assert key == key_of(key) == key.lower()


def test_a_name_in_wide_letters_is_the_name() -> None:
    assert key_of("Ｓｕｍｙ") == "sumy" and key_of("𝕬leppo") == "aleppo"


@given(st.text(max_size=40))
@settings(max_examples=150)
def test_a_key_is_its_own_key(name: str) -> None:
    once = key_of(name)
    assert key_of(once) == once


@pytest.mark.parametrize(
    ("left", "right"),
    [("khan sheikhoun", "khan shaykhun"), ("barsalogho", "barsalogo"), ("al raqqah", "raqqa"), ("yarova", "iarova"), ("poonch", "punch")],
)
def test_transcriptions_of_one_sound_share_a_skeleton(left: str, right: str) -> None:
    assert skeleton_of(left) == skeleton_of(right) != ""


@pytest.mark.parametrize("key", ["gao", "us", "київ", ""])
def test_short_and_foreign_keys_have_no_skeleton(key: str) -> None:
    assert skeleton_of(key) == ""


def test_different_towns_keep_different_skeletons() -> None:
    assert len({skeleton_of(k) for k in ("kharkiv", "kherson", "kramatorsk", "pokrovsk", "sumy city", "odesa")}) == 6


@given(st.lists(st.booleans(), min_size=7, max_size=7))
def test_look_alikes_of_the_other_script_change_no_key(swapped: list[bool]) -> None:
    latin = "".join({"a": "а", "i": "і", "k": "к"}.get(c, c) if s else c for c, s in zip("kharkiv", swapped, strict=True))
    assert key_of(latin.capitalize()) == "kharkiv"
    cyrillic = "".join(
        {"а": "a", "х": "x", "м": "m", "у": "y", "т": "t"}.get(c, c) if s else c for c, s in zip("бахмут", swapped, strict=False)
    )
    assert key_of(cyrillic) == "бахмут"


def test_a_word_of_two_scripts_that_no_look_alike_explains_stays() -> None:
    assert key_of("Zбруч") == "zбруч"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Згурівка", "Zghurivka"),
        ("Єланець", "Yelanets"),
        ("Куп'янськ-Вузловий", "Kupiansk-Vuzlovyi"),
        ("Щастя", "Shchastia"),
        ("Київ", "Kyiv"),
    ],
)
def test_the_official_transliteration(name: str, expected: str) -> None:
    assert latin(name) == expected


def test_russian_names_are_transliterated_as_gazetteers_do() -> None:
    assert latin_of_russian("Шебекинский") == "shebekinskiy"
