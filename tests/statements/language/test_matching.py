"""Phrases in a token stream."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.statements.language.matching import PhraseMatcher
from witnessmark.statements.language.tokens import tokenise


def matches(entries: dict[str, str], text: str) -> list[tuple[str, str]]:
    tokens = tokenise(text)
    found = PhraseMatcher(entries.items()).find(tokens)
    return [(text[tokens[m.first].start : tokens[m.last - 1].end], m.payload) for m in found]


def test_the_longest_phrase_wins() -> None:
    assert matches({"air": "1", "air strike": "2"}, "An air strike, then air.") == [("air strike", "2"), ("air", "1")]


def test_hyphens_are_passed_over_inside_a_phrase_only() -> None:
    assert matches({"double tap": "x"}, "a double-tap - double tap") == [("double-tap", "x"), ("double tap", "x")]


def test_a_star_stands_for_any_ending_and_an_exact_phrase_goes_first() -> None:
    entries = {"shell*": "star", "shell": "exact"}
    assert matches(entries, "Shell shelled shelling") == [("Shell", "exact"), ("shelled", "star"), ("shelling", "star")]


def test_a_star_inside_a_phrase() -> None:
    assert matches({"open* fire on": "x"}, "They opened fire on it") == [("opened fire on", "x")]


def test_case_does_not_matter() -> None:
    assert matches({"said": "s"}, "HE SAID") == [("SAID", "s")]


def test_overlapping_search_gives_the_longest_at_each_token() -> None:
    tokens = tokenise("he said it hit us")
    matcher = PhraseMatcher({"said it hit": 1, "it": 2, "hit us": 3}.items())
    assert [(m.first, m.last, m.payload) for m in matcher.find_overlapping(tokens)] == [(1, 4, 1), (2, 3, 2), (3, 5, 3)]


def test_bounds_are_kept() -> None:
    tokens = tokenise("no one was hurt")
    matcher = PhraseMatcher({"no one": 1, "one was hurt": 2}.items())
    assert matcher.find(tokens, 0, 1) == []
    assert matcher.match_at(tokens, 4) is None


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(["a", "b", "ab", "b*"]), min_size=1, max_size=3), st.text("ab -", max_size=30))
def test_every_match_spells_its_phrase(words: list[str], text: str) -> None:
    tokens = tokenise(text)
    for m in PhraseMatcher([(" ".join(words), "p")]).find(tokens):
        spelled = [t.lower for t in tokens[m.first : m.last] if t.text != "-"]
        assert len(spelled) == len(words)
        assert all(s.startswith(w[:-1]) if w.endswith("*") else s == w for s, w in zip(spelled, words, strict=True))
