"""Quotations by the trained model: first the words that attribute, then for each of them who speaks and what is said."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from witnessmark.model import Span
from witnessmark.statements.encoding import Encoding, gelu
from witnessmark.statements.quoting.rules import Quotation
from witnessmark.statements.quoting.windows import Window, frame, windows_of
from witnessmark.statements.quoting.words import Words, words_of
from witnessmark.statements.reading import Reading

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]

_BEGIN, _INSIDE = 1, 2
_SPEAKER, _SAID = 1, 2
"""Columns of the cue head and of the role head; 0 is neither."""
_STEPS = (1, 2, 3, 4, 5, 6, 11, 19, 32, 56, 96)
"""Where classes of distance (in tokens) to the cue begin."""
_OFFSETS = 6
"""Classes of the distance in sentences: before, the same, and up to four after."""

# All chosen on the development part of PolNeAR. A token is of a part from this probability; where a part has none, the likeliest run of tokens above
# the second one is taken.
_CUE, _SOURCE, _CONTENT = 0.3, 0.4, 0.5
_WEAK_SOURCE, _WEAK_CONTENT = 0.1, 0.2
# A quotation is kept when cue x source^.75 x content^.5 (x .7 when nobody is named) reaches this.
_KEPT = 0.34
_SOURCE_POWER, _CONTENT_POWER, _UNNAMED = 0.75, 0.5, 0.7


def model_quotations(reading: Reading, model: Encoding) -> Iterator[Quotation]:
    """The quotations of ``reading`` in the order of their cues."""
    words = words_of(reading.tokens, reading.sentences)
    for window in windows_of(words, model.body.pieces):
        states = model.body.states(window.pieces, window.marks)[window.places]
        for first, last, sure in _cues(words, window, _chances(model.heads["cue"](states))):
            low, high = frame(words, first, last)
            own = [n for n, at in enumerate(window.tokens) if low <= at < high and not first <= at < last]
            odds = _role_chances(words, model, window, states, (first, last), own)
            found = _parts([window.tokens[n] for n in own], odds, sure)
            if found is not None:
                yield _quotation(reading, (first, last), *found)


def _chances(scores: Floats) -> Floats:
    import numpy as np

    out: Floats = np.exp(scores - scores.max(axis=1, keepdims=True))
    out /= out.sum(axis=1, keepdims=True)
    return out


def _cues(words: Words, window: Window, odds: Floats) -> Iterator[tuple[int, int, float]]:
    """First and last token of the words that attribute, and the least probability of their tokens."""
    either = (odds[:, _BEGIN] + odds[:, _INSIDE]).tolist()
    at = 0
    while at < len(either):
        end, sentence = at + 1, words.sentence[window.tokens[at]]
        if either[at] > _CUE:
            while (
                end < len(either)
                and either[end] > _CUE
                and odds[end, _INSIDE] >= odds[end, _BEGIN]
                and words.sentence[window.tokens[end]] == sentence
            ):
                end += 1
            yield window.tokens[at], window.tokens[end - 1] + 1, min(either[at:end])
        at = end


def _role_chances(words: Words, model: Encoding, window: Window, states: Floats, cue: tuple[int, int], own: Sequence[int]) -> Floats:
    """The probability that each of the tokens ``own`` (numbers in ``window``) is of neither part, of the source, of the content of ``cue``."""
    first, last = cue
    within = [n for n, at in enumerate(window.tokens) if first <= at < last]
    distances = [distance_class(window.tokens[n], first, last) for n in own]
    offsets = [offset_class(words, window.tokens[n], first) for n in own]
    inner = model.heads["token"](states[list(own)]) + model.heads["by_cue"](states[within].mean(axis=0, keepdims=True))
    inner += model.tables["distances"][distances] + model.tables["offsets"][offsets]
    return _chances(model.heads["role"](gelu(inner)))


def distance_class(at: int, first: int, last: int) -> int:
    """How far token ``at`` is from the cue ``first`` .. ``last``: classes before it, then classes after it."""
    steps = first - at if at < first else at - last + 1
    return bisect_right(_STEPS, steps) + (0 if at < first else len(_STEPS) + 1)


def offset_class(words: Words, at: int, first: int) -> int:
    """In which sentence token ``at`` stands, seen from that of the cue."""
    return min(_OFFSETS - 1, max(0, words.sentence[at] - words.sentence[first] + 1))


def _parts(tokens: Sequence[int], odds: Floats, sure: float) -> tuple[list[int], list[int]] | None:
    """Tokens of the source and of the content; None when they are too unsure, or nothing is said."""
    if not tokens:
        return None
    source, content = odds[:, _SPEAKER].tolist(), odds[:, _SAID].tolist()
    speaks = [at for at, p in enumerate(source) if p > _SOURCE] or _likeliest(source, _WEAK_SOURCE)
    said = [at for at, p in enumerate(content) if p > _CONTENT] or _likeliest(content, _WEAK_CONTENT)
    if not said:
        return None
    named = min(source[at] for at in speaks) ** _SOURCE_POWER if speaks else _UNNAMED
    weight = sure * named * (sum(content[at] for at in said) / len(said)) ** _CONTENT_POWER
    return ([tokens[at] for at in speaks], [tokens[at] for at in said]) if weight > _KEPT else None


def _likeliest(odds: Sequence[float], least: float) -> list[int]:
    """The run of places above ``least`` around the likeliest one."""
    best = max(range(len(odds)), key=odds.__getitem__)
    if odds[best] <= least:
        return []
    first, last = best, best + 1
    while first > 0 and odds[first - 1] > least:
        first -= 1
    while last < len(odds) and odds[last] > least:
        last += 1
    return list(range(first, last))


def _quotation(reading: Reading, cue: tuple[int, int], speaks: Sequence[int], said: Sequence[int]) -> Quotation:
    source = next(iter(_runs(reading, speaks, longest=True)), None)
    return Quotation(source, reading.span_of(*cue), tuple(_runs(reading, said)))


def _runs(reading: Reading, tokens: Sequence[int], *, longest: bool = False) -> Iterator[Span]:
    """Spans of the runs of neighbouring ``tokens``, in text order; the longest one alone when asked."""
    runs: list[list[int]] = []
    for at in tokens:
        if runs and runs[-1][-1] == at - 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    for run in sorted(runs, key=len)[-1:] if longest else runs:
        yield reading.span_of(run[0], run[-1] + 1)
