"""Source, cue and content of what is said."""

from __future__ import annotations

import pytest

from witnessmark.documents import text_document
from witnessmark.statements import read_statements
from witnessmark.statements.quoting import quotations


def parts(text: str) -> list[tuple[str | None, str, list[str]]]:
    document = text_document(text, title="Head", language="en")
    return [
        (q.source.of(document.text) if q.source else None, q.cue.of(document.text), [c.of(document.text) for c in q.content])
        for q in quotations(read_statements(document))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor said two bridges were closed.", ("The mayor", "said", ["two bridges were closed"])),
        ("Two bridges were closed, the mayor said on Monday.", ("the mayor", "said", ["Two bridges were closed"])),
        ("Later, the mayor had also said two bridges were closed.", ("the mayor", "had also said", ["two bridges were closed"])),
        ("According to police, two men were held.", ("police", "According to", ["two men were held"])),
        ("“We ran,” said a baker.", ("a baker", "said", ["“We ran,”"])),
    ],
)
def test_three_parts(text: str, expected: tuple[str, str, list[str]]) -> None:
    assert expected in parts(text)


def test_an_apposition_belongs_to_the_source() -> None:
    (found,) = parts("Col. Reyes, head of the garrison, said the road was clear.")
    assert found[0] == "Col. Reyes, head of the garrison,"


def test_a_quotation_takes_in_the_sentences_that_carry_it_on() -> None:
    (found,) = parts('"We ran to the cellar," the baker said. "Then the roof fell."')
    assert found[2] == ['"We ran to the cellar,"', '"Then the roof fell."']


def test_a_participle_carries_on_with_the_same_speaker() -> None:
    found = parts("The mayor said two bridges were closed, adding that the school was safe.")
    assert found[-1] == ("The mayor", "adding", ["that the school was safe"])


def test_nothing_is_said() -> None:
    assert parts("Two bridges were closed at dawn.") == []
