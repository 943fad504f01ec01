"""Text as it is sent and searched: nothing unseen, and every character leads back to its offset."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from witnessmark.model import Span
from witnessmark.proposals.folding import fold, framed, visible

TEXTS = st.text(alphabet=st.sampled_from("ab Й и\u0306e\u0301\u200b\u202e\n\t“”—'3<|>[]\U000e0041\ufe0f７"), max_size=60)


@given(TEXTS)
def test_every_character_leads_back_to_the_text(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    for char, start, end in zip(folded.text, folded.starts, folded.ends, strict=True):
        assert 0 <= start < end <= len(text)
        assert char == " " or char in fold(text[start:end]).text
    assert list(folded.starts) == sorted(folded.starts)


@given(TEXTS)
def test_what_is_found_holds_what_was_asked_for(text: str) -> None:
    for hit in fold(text).find(text[2:7]):
        assert fold(text[2:7]).text.strip() in fold(hit.of(text)).text


@given(TEXTS)
def test_what_is_sent_holds_no_frame_and_nothing_unseen(text: str) -> None:
    sent = framed(text)
    assert not set(sent) & set("<|>[]")
    assert not any(unicodedata.category(c) == "Cf" for c in sent)
    assert fold(sent).text == fold(text).text


def test_quotes_are_found_in_other_spelling_of_the_same_characters() -> None:
    text = "Удар по\u00a0мiсту Кам\u2019янське: «вбито» и\u0306ого — 3 особи"
    assert [h.of(text) for h in fold(text).find("Кам'янське")] == ["Кам\u2019янське"]
    assert [h.of(text) for h in fold(text).find('"вбито" й')] == []
    assert [h.of(text) for h in fold(text).find("його - 3")] == ["и\u0306ого — 3"]


def test_a_quote_is_no_part_of_a_longer_word() -> None:
    text = "13 people, 3 of them children; 30 homes"
    assert fold(text).find("3") == (Span(11, 12),)
    assert fold(text).find("ome") == ()
    assert fold(text).find(" ... ") == ()


def test_letters_keep_their_case() -> None:
    assert fold("Three people").find("three people") == ()


def test_zero_width_and_reversing_marks_are_not_sent() -> None:
    assert visible("ki\u200blled \u202e41\u202c \U000e0061") == "killed 41 "
