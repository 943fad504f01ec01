"""Modality and speaker of single fields, by their own words."""

from __future__ import annotations

from witnessmark.documents import text_document
from witnessmark.model import Span
from witnessmark.statements import Telling, Tellings, read_statements


def told(text: str, words: str) -> tuple[Telling, str | None]:
    reading = read_statements(text_document(text, title="Report", language="en"))
    at = reading.text.index(words)
    found = Tellings(reading).of(Span(at, at + len(words)))
    return found, found.speaker.of(reading.text) if found.speaker else None


MIXED = "A missile hit a school in Ternivka on Monday, and the governor said three people had died."


def test_what_the_text_itself_says_beside_a_report_is_asserted() -> None:
    assert told(MIXED, "Ternivka") == (Telling("asserted"), None)


def test_what_the_speaker_says_is_attributed_to_the_speaker() -> None:
    found, speaker = told(MIXED, "three people")
    assert (found.modality, speaker) == ("attributed", "the governor")


def test_the_innermost_speaker_of_a_chain_speaks() -> None:
    found, speaker = told("The ministry said the governor had reported three deaths in Ternivka after the shelling.", "three")
    assert speaker == "the governor"
    assert len(found.chain) == 1


def test_a_denied_field_is_denied_by_its_speaker() -> None:
    found, speaker = told("Russia denied that its forces had shelled the market in Ternivka.", "market")
    assert (found.modality, speaker) == ("denied", "Russia")


def test_a_report_without_its_maker_is_marked_unnamed() -> None:
    reading = read_statements(
        text_document("On 3 May, 120 strikes were recorded in the region. The mayor said two were heard.", language="en")
    )
    first, second = reading.statements
    assert first.unnamed is not None
    assert first.unnamed.of(reading.text) == "were recorded"
    assert first.speaker is None
    assert second.unnamed is None
