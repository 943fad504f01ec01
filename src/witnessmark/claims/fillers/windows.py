"""A document cut into windows of word pieces that the encoder can read at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from witnessmark.claims.fillers.phrases import Phrase
from witnessmark.statements.encoding import CLOSE, OPEN, pieces_of

WINDOW = 382
"""Word pieces of a window, at most, without the two marks at its ends."""
BEFORE = 48
"""Word pieces of the text before that a later window reads again."""


class Window(NamedTuple):
    """Numbers of the word pieces; the phrases (by number) that it is to judge, with the places of their first and last pieces; the words of the document
    (by number) that it is to judge as the first or last of a mention, likewise."""

    pieces: list[int]
    phrases: list[int]
    firsts: list[int]
    lasts: list[int]
    words: list[int]
    starts: list[int]
    stops: list[int]


def windows_of(
    words: Sequence[str], bounds: Sequence[tuple[int, int]], phrases: Sequence[Phrase], known: Mapping[str, int]
) -> Iterator[Window]:
    """Windows over the sentences of ``bounds`` (first and last, excluded, word), closed up, in text order; each phrase is in one at most.

    Phrases of other sentences, and those that do not fit, in a sentence longer than a window, are in none.
    """
    flat: list[int] = []
    places: list[tuple[int, int, int]] = []
    starts, sentences = [-1] * (len(words) + 1), []
    for first, last in bounds:
        begun = len(flat)
        for at in range(first, last):
            starts[at] = len(flat)
            flat += pieces_of(words[at], known)
            places.append((at, starts[at], len(flat)))
        sentences.append((begun, len(flat)))
        starts[last] = len(flat)
    placed = [(starts[p.offset + p.chunk.first], _stop(starts, p)) for p in phrases]
    for start, stop in _groups(sentences):
        low = max(0, start - BEFORE)
        high = min(stop, low + WINDOW)
        own = [at for at, (first, last) in enumerate(placed) if start <= first < last <= high]
        if own:
            pieces = [known[OPEN], *flat[low:high], known[CLOSE]]
            firsts, lasts = [placed[at][0] - low + 1 for at in own], [placed[at][1] - low for at in own]
            read = [place for place in places if start <= place[1] and place[2] <= high]
            yield Window(
                pieces, own, firsts, lasts, [at for at, *_ in read], [at - low + 1 for _, at, _ in read], [at - low for *_, at in read]
            )


def _stop(starts: Sequence[int], phrase: Phrase) -> int:
    """The end of a phrase's last piece; -1 where its sentence is not read."""
    first, last = phrase.offset + phrase.chunk.first, phrase.offset + phrase.chunk.last
    return starts[last] if starts[first] >= 0 else -1


def _groups(sentences: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Runs of sentences that fit a window together, as first and last (excluded) piece."""
    if not sentences:
        return
    start, stop = sentences[0]
    room = WINDOW
    for first, last in sentences[1:]:
        if last - start > room:
            yield start, stop
            start, room = first, WINDOW - BEFORE
        stop = last
    yield start, stop
