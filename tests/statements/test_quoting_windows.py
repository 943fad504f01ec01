"""Windows over a text, and the frame around a cue."""

from __future__ import annotations

from witnessmark.documents import text_document
from witnessmark.statements import read_statements
from witnessmark.statements.encoding import CLOSE, OPEN, load_encoding
from witnessmark.statements.quoting.find import distance_class, offset_class
from witnessmark.statements.quoting.windows import frame, windows_of
from witnessmark.statements.quoting.words import SHAPES, Words, words_of

SENTENCE = "The mayor said that two bridges over the river were closed after the flood. "


def words(text: str) -> Words:
    reading = read_statements(text_document(text, language="en"))
    return words_of(reading.tokens, reading.sentences)


def test_windows_hold_every_token_once_and_in_order() -> None:
    found = load_encoding("en")
    assert found is not None
    text = words("\n\n".join([SENTENCE * 4, SENTENCE * 40, SENTENCE * 9]))
    held = list(windows_of(text, found.body.pieces))
    assert [at for window in held for at in window.tokens] == list(range(len(text.tokens)))
    assert len(held) > 3
    for window in held:
        assert (window.pieces[0], window.pieces[-1]) == (found.body.pieces[OPEN], found.body.pieces[CLOSE])
        assert len(window.pieces) == len(window.marks) <= 254
        assert len(window.tokens) == len(window.places)


def test_a_sentence_longer_than_a_window_is_cut_off() -> None:
    found = load_encoding("en")
    assert found is not None
    (window,) = windows_of(words("bridge and " * 400), found.body.pieces)
    assert len(window.pieces) == 254
    assert len(window.tokens) < 800


def test_the_frame_stays_in_the_paragraph() -> None:
    text = words(f"{SENTENCE}\n\n{SENTENCE * 7}")
    first = text.sentences[3].first
    assert frame(text, first, first + 1) == (text.sentences[2].first, text.sentences[6].last)
    opening = text.sentences[1].first
    assert frame(text, opening, opening + 1)[0] == opening


def test_shapes_and_quotation_marks() -> None:
    text = words('He met Ada in 1990. "The road," she said, "is open."')
    shapes = {token.text: SHAPES[shape] for token, shape in zip(text.tokens, text.shape, strict=True)}
    assert [shapes[name] for name in ("He", "met", "Ada", "1990", "The", ".")] == [
        "opening capital", "word", "capital", "number", "opening capital", "mark",
    ]  # fmt: skip
    assert [token.text for token, quoted in zip(text.tokens, text.quoted, strict=True) if quoted and token.kind == "word"] == [
        "The",
        "road",
        "is",
        "open",
    ]


def test_classes_of_distance_tell_sides_and_grow_wider() -> None:
    before = [distance_class(at, 100, 102) for at in (99, 98, 94, 80, 0)]
    after = [distance_class(at, 100, 102) for at in (102, 103, 107, 200)]
    assert before == sorted(set(before))
    assert after == sorted(set(after))
    assert max(before) < min(after)


def test_sentences_before_the_cue_and_after_it_are_told_apart() -> None:
    text = words(SENTENCE * 3)
    middle = text.sentences[1].first
    assert [offset_class(text, s.first, middle) for s in text.sentences] == [0, 1, 2]
