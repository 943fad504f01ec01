"""Where a sentence becomes two statements."""

from __future__ import annotations

import itertools

import pytest

from witnessmark.statements.clauses import cuts
from witnessmark.statements.language.tokens import tokenise
from witnessmark.statements.lexicon import lexicon


def clauses(text: str) -> list[str]:
    tokens = tokenise(text)
    bounds = [0, *cuts(tokens, 0, len(tokens), lexicon("en").find_cues(tokens, 0, len(tokens))), len(tokens)]
    return [text[tokens[a].start : tokens[b - 1].end] for a, b in itertools.pairwise(bounds)]


@pytest.mark.parametrize(
    "parts",
    [
        ("The army said it hit a depot,", "and denied that a school was struck."),
        ("The minister says he sees no danger yet,", "and asks people to stay calm."),
        ("The group said its men burned the mill,", "calling the owner a traitor to his people."),
        ("The ministry said that two bridges were closed;", "it did not answer questions about the mill."),
    ],
)
def test_cut(parts: tuple[str, str]) -> None:
    assert clauses(" ".join(parts)) == list(parts)


@pytest.mark.parametrize(
    "text",
    [
        "The mayor said two bridges were closed and added that the school was safe.",
        "A shell hit the mill and a second one fell on the road.",
        "Two men died, the mayor said; a third was taken to hospital.",
        "He asked and said so.",
    ],
)
def test_no_cut(text: str) -> None:
    assert clauses(text) == [text]
