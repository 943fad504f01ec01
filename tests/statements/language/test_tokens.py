"""Tokens keep their offsets."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.statements.language.tokens import tokenise


def test_kinds() -> None:
    assert [(t.text, t.kind) for t in tokenise("Oldport's 1,200 men don't")] == [
        ("Oldport", "word"),
        ("'s", "clitic"),
        ("1,200", "number"),
        ("men", "word"),
        ("don't", "word"),
    ]


def test_apostrophes_are_one_in_the_lower_form() -> None:
    assert [t.lower for t in tokenise("Кам’янське Камʼянське")] == ["кам'янське", "кам'янське"]


def test_letters_that_grow_when_lowered_do_not_shift_offsets() -> None:
    tokens = tokenise("İzmir WAS hit")
    assert [t.text for t in tokens] == ["İzmir", "WAS", "hit"]
    assert tokens[1].lower == "was"


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_tokens_cover_all_that_is_not_space(text: str) -> None:
    tokens = tokenise(text)
    assert all(text[t.start : t.end] == t.text for t in tokens)
    assert all(a.end <= b.start for a, b in itertools.pairwise(tokens))
    assert "".join(t.text for t in tokens) == "".join(text.split())
