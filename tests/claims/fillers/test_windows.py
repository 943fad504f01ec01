from __future__ import annotations

from witnessmark.claims.fillers.chunks import Chunk
from witnessmark.claims.fillers.phrases import Phrase
from witnessmark.claims.fillers.windows import BEFORE, WINDOW, Window, windows_of
from witnessmark.statements.encoding import pieces_of

PIECES = ["[UNK]", "[CLS]", "[SEP]", "the", "rebel", "##s", "attack", "##ed", "a", "farm", "-", "cafe", "."]
KNOWN = {piece: at for at, piece in enumerate(PIECES)}


def spelt(numbers: list[int]) -> list[str]:
    return [PIECES[number] for number in numbers]


def phrase(offset: int, first: int, last: int) -> Phrase:
    return Phrase(0, offset, Chunk(first, last, last), (), (), [], [])


def windows(words: list[str], bounds: list[tuple[int, int]], phrases: list[Phrase]) -> list[Window]:
    return list(windows_of(words, bounds, phrases, KNOWN))


def test_a_word_is_spelt_in_the_longest_pieces_from_the_left() -> None:
    assert spelt(pieces_of("attacked", KNOWN)) == ["attack", "##ed"]
    assert spelt(pieces_of("rebels", KNOWN)) == ["rebel", "##s"]


def test_marks_part_a_word_and_accents_go() -> None:
    assert spelt(pieces_of("farm-café", KNOWN)) == ["farm", "-", "cafe"]


def test_a_run_that_cannot_be_spelt_is_one_unknown_piece() -> None:
    assert spelt(pieces_of("rebelzz", KNOWN)) == ["[UNK]"]
    assert spelt(pieces_of("", KNOWN)) == ["[UNK]"]


def test_phrases_are_found_at_their_first_and_last_pieces() -> None:
    words = ["the", "rebels", "attacked", "a", "farm", "."]
    (window,) = windows(words, [(0, 6)], [phrase(0, 1, 2), phrase(0, 4, 5)])
    assert window.phrases == [0, 1]
    assert [spelt(window.pieces)[at] for at in window.firsts] == ["rebel", "farm"]
    assert [spelt(window.pieces)[at] for at in window.lasts] == ["##s", "farm"]


def test_words_are_found_at_their_first_and_last_pieces() -> None:
    words = ["the", "rebels", "attacked", "a", "farm", "."]
    (window,) = windows(words, [(0, 6)], [phrase(0, 1, 2)])
    assert window.words == [0, 1, 2, 3, 4, 5]
    assert [spelt(window.pieces)[at] for at in window.starts] == ["the", "rebel", "attack", "a", "farm", "."]
    assert [spelt(window.pieces)[at] for at in window.stops] == ["the", "##s", "##ed", "a", "farm", "."]


def test_each_word_is_judged_in_one_window() -> None:
    words = ("the rebel attack . " * WINDOW).split()
    bounds = [(at, at + 4) for at in range(0, len(words), 4)]
    found = windows(words, bounds, [phrase(first, 1, 2) for first, _ in bounds])
    assert len(found) > 2
    assert [at for window in found for at in window.words] == list(range(len(words)))


def test_sentences_that_are_not_named_are_not_read() -> None:
    words = ["the", "farm", ".", "rebels", "attacked", ".", "a", "farm", "."]
    (window,) = windows(words, [(0, 3), (6, 9)], [phrase(0, 1, 2), phrase(3, 0, 1), phrase(6, 1, 2)])
    assert spelt(window.pieces) == ["[CLS]", "the", "farm", ".", "a", "farm", ".", "[SEP]"]
    assert window.phrases == [0, 2]


def test_a_long_text_takes_several_windows_which_repeat_what_stands_before_them() -> None:
    sentences = 2 * WINDOW // 10
    words = ("the rebel attack . " * 5 * sentences).split()
    bounds = [(at, at + 10) for at in range(0, 10 * sentences, 10)]
    phrases = [phrase(first, 1, 2) for first, _ in bounds]
    found = windows(words, bounds, phrases)
    assert sorted(at for window in found for at in window.phrases) == list(range(len(phrases)))
    assert all(len(window.pieces) <= WINDOW + 2 for window in found)
    assert min(found[1].firsts) > BEFORE


def test_a_phrase_past_the_end_of_a_window_is_left_out() -> None:
    words = ["rebel"] * (WINDOW + 20)
    (window,) = windows(words, [(0, len(words))], [phrase(0, 0, 1), phrase(0, WINDOW + 5, WINDOW + 6)])
    assert window.phrases == [0]


def test_without_phrases_there_is_nothing_to_read() -> None:
    assert windows(["the", "farm"], [(0, 2)], []) == []
    assert windows([], [], []) == []
