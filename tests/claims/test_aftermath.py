"""What followed an attack."""

from __future__ import annotations

from witnessmark import vocabulary
from witnessmark.claims.aftermath import find_aftermath
from witnessmark.documents import text_document
from witnessmark.statements import read_statements
from witnessmark.statements.language.lexicons import lexicon


def _kinds(text: str) -> list[str]:
    return [m.value for m in find_aftermath(read_statements(text_document(text)))]


def test_fire_power_and_rescue_are_told_apart() -> None:
    text = "A fire broke out in the depot after the strike on Monday. Some 3,000 homes were left without power. Rescuers pulled two men from the rubble."
    kinds = _kinds(text)
    assert kinds[:2] == ["fire", "power_loss"] and set(kinds[2:]) == {"rescue"}


def test_what_may_come_is_no_aftermath() -> None:
    assert _kinds("If the plant is hit, the city will be left without water.") == []


def test_quotes_are_the_words() -> None:
    text = "The school was damaged and the clinic collapsed."
    for mention in find_aftermath(read_statements(text_document(text))):
        assert mention.span is not None and mention.quote == mention.span.of(text)


def test_every_kind_is_in_the_vocabulary() -> None:
    assert set(lexicon("en", "aftermath")) <= vocabulary.identifiers("aftermath")
