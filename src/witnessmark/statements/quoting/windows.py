"""A text cut into windows that the encoder reads at once, and the frame around words that attribute."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from witnessmark.statements.encoding import CLOSE, OPEN, pieces_of
from witnessmark.statements.quoting.words import SHAPES, Words
from witnessmark.statements.reading import Sentence

_ROOM = 252
"""Word pieces of a window without the two marks at its ends; the encoder has 256 places."""
_AFTER = 3  # Sentences after that of the cue which may go on with what is said.
_WINDOW = 150  # Tokens on either side of the cue, at most.


class Window(NamedTuple):
    """Numbers of the word pieces and the way each is written; the tokens that stand in the window, and the first piece of each."""

    pieces: list[int]
    marks: list[int]
    tokens: list[int]
    places: list[int]


def windows_of(words: Words, known: Mapping[str, int], spelt: Sequence[Sequence[int]] | None = None) -> Iterator[Window]:
    """Windows over all sentences, in text order: whole paragraphs as far as they fit, else whole sentences. What does not fit is cut off.

    ``spelt`` gives the pieces of each token where they are not those of its own word.
    """
    own = spelt or [pieces_of(token.lower, known) for token in words.tokens]
    lengths = [sum(len(own[at]) for at in range(s.first, s.last)) for s in words.sentences]
    for group in _groups(words.sentences, lengths):
        window = Window([known[OPEN]], [SHAPES.index("mark")], [], [])
        for at in (at for number in group for at in range(words.sentences[number].first, words.sentences[number].last)):
            if len(window.pieces) + len(own[at]) > _ROOM + 1:
                break
            window.tokens.append(at)
            window.places.append(len(window.pieces))
            window.pieces.extend(own[at])
            window.marks.extend([words.marks(at)] * len(own[at]))
        window.pieces.append(known[CLOSE])
        window.marks.append(SHAPES.index("mark"))
        yield window


def _groups(sentences: Sequence[Sentence], lengths: Sequence[int]) -> Iterator[list[int]]:
    """Sentences (by number) that go into one window."""
    held: list[int] = []
    for paragraph in _paragraphs(sentences):
        parts = [paragraph] if sum(lengths[at] for at in paragraph) <= _ROOM else [[at] for at in paragraph]
        if held and len(parts) > 1:  # A paragraph that has to be cut begins a window.
            yield held
            held = []
        for part in parts:
            if held and sum(lengths[at] for at in (*held, *part)) > _ROOM:
                yield held
                held = []
            held = held + part
    if held:
        yield held


def _paragraphs(sentences: Sequence[Sentence]) -> list[list[int]]:
    out: list[list[int]] = []
    for number, sentence in enumerate(sentences):
        if out and sentences[out[-1][-1]].paragraph == sentence.paragraph:
            out[-1].append(number)
        else:
            out.append([number])
    return out


def frame(words: Words, first: int, last: int) -> tuple[int, int]:
    """First and last (excluded) token of the text in which speaker and content of the cue ``first`` .. ``last`` are looked for: its sentence, the one
    before it and a few after it, all in its paragraph."""
    own = low = high = words.sentence[first]
    paragraph = words.sentences[own].paragraph
    if low > 0 and words.sentences[low - 1].paragraph == paragraph:
        low -= 1
    while high + 1 < len(words.sentences) and words.sentences[high + 1].paragraph == paragraph and high - own < _AFTER:
        high += 1
    return max(words.sentences[low].first, first - _WINDOW), min(words.sentences[high].last, first + _WINDOW)
