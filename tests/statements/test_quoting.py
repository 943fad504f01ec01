"""Source, cue and content of what is said."""

from __future__ import annotations

import pytest

from witnessmark.documents import text_document
from witnessmark.statements import read_statements
from witnessmark.statements.quoting import quotations
from witnessmark.statements.quoting.rules import rule_quotations


def parts(text: str) -> list[tuple[str | None, str, list[str]]]:
    document = text_document(text, title="Head", language="en")
    return [
        (q.source.of(document.text) if q.source else None, q.cue.of(document.text), [c.of(document.text) for c in q.content])
        for q in rule_quotations(read_statements(document))
    ]


def by_model(text: str) -> list[tuple[str | None, str, str]]:
    document = text_document(text, title="Head", language="en")
    found = quotations(read_statements(document))
    return [
        (q.source.of(document.text) if q.source else None, q.cue.of(document.text), " ".join(c.of(document.text) for c in q.content))
        for q in found
    ]


@pytest.mark.parametrize(
    ("text", "source", "cue", "inside"),
    [
        ("The mayor said two bridges were closed.", "The mayor", "said", "bridges were closed"),
        ("Two bridges were closed after the flood, the mayor said.", "the mayor", "said", "bridges were closed after the flood"),
        ("According to police, four men were held for questioning in the town.", "police", "According to", "held for questioning"),
        ("“We ran to the cellar,” said a baker from the next street.", "a baker from the next street", "said", "We ran to the cellar"),
        (
            "The council denied that it had closed the road to the harbour.",
            "The council",
            "denied",
            "it had closed the road to the harbour",
        ),
    ],
)
def test_the_model_finds_all_three_parts(text: str, source: str, cue: str, inside: str) -> None:
    assert any(s is not None and source.startswith(s) and c == cue and inside in content for s, c, content in by_model(text)), by_model(
        text
    )


def test_the_model_finds_nothing_where_nothing_is_said() -> None:
    assert by_model("Two bridges were closed at dawn.") == []


def test_a_direct_quotation_may_run_over_several_sentences() -> None:
    text = '"We ran to the cellar when the siren went," the baker said. "Then the roof fell. Nobody came for hours."'
    assert any("Then the roof fell" in content for source, _, content in by_model(text) if source == "the baker")


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
