"""Quotations by the trained model: first the words that attribute, then for each of them who speaks and what is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from witnessmark.model import Span
from witnessmark.statements.lexicon import lexicon
from witnessmark.statements.quoting.features import Frame, cue_features, frame, role_features
from witnessmark.statements.quoting.model import QuotationModel
from witnessmark.statements.quoting.rules import Quotation
from witnessmark.statements.quoting.words import LONGEST, Words, words_of
from witnessmark.statements.reading import Reading

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

# All chosen on the development part of PolNeAR. A token is of a part from this probability; where a part has none, the likeliest run of tokens above
# the second one is taken. Together they are worth .005 of linked F1 over the likeliest labels.
_CUE, _SOURCE, _CONTENT = 0.3, 0.4, 0.5
_WEAK_SOURCE, _WEAK_CONTENT = 0.1, 0.2
# A quotation is kept when cue x source^.75 x content^.5 (x .7 when nobody is named) reaches this; exponents from .25 to 1 were tried, and 0.1 to 0.7.
_KEPT = 0.34
_SOURCE_POWER, _CONTENT_POWER, _UNNAMED = 0.75, 0.5, 0.7


def model_quotations(reading: Reading, model: QuotationModel) -> Iterator[Quotation]:
    """The quotations of ``reading`` in the order of their cues."""
    words_known = lexicon(reading.document.language)
    words = words_of(reading.tokens, reading.sentences, words_known, model.known)
    cues = list(_cues(words, model))
    taken = frozenset(at for first, last, _ in cues for at in range(first, last))
    for first, last, sure in cues:
        around = frame(words, first, last)
        named = role_features(words, around, taken - frozenset(range(first, last)), words_known.grammar)
        found = _parts(model.roles.marginals(named), model.roles.labels, sure)
        if found is not None:
            yield _quotation(reading, around, *found)


def _cues(words: Words, model: QuotationModel) -> Iterator[tuple[int, int, float]]:
    """First and last token of the words that attribute, and the least probability of their tokens."""
    begin, inside = model.cues.labels.index("B"), model.cues.labels.index("I")
    for sentence in words.sentences:
        first, last = sentence.first, sentence.last
        if last - first > LONGEST or last <= first:
            continue
        odds = model.cues.marginals([cue_features(words, at, first, last) for at in range(first, last)])
        either = (odds[:, begin] + odds[:, inside]).tolist()
        at = 0
        while at < len(either):
            end = at + 1
            if either[at] > _CUE:
                while end < len(either) and either[end] > _CUE and odds[end, inside] >= odds[end, begin]:
                    end += 1
                yield first + at, first + end, min(either[at:end])
            at = end


def _parts(odds: Floats, labels: Sequence[str], sure: float) -> tuple[list[int], list[int]] | None:
    """Places of the source and of the content, from 0; None when they are too unsure, or nothing is said."""
    source, content = odds[:, labels.index("S")].tolist(), odds[:, labels.index("C")].tolist()
    speaks = [at for at, p in enumerate(source) if p > _SOURCE] or _likeliest(source, _WEAK_SOURCE)
    said = [at for at, p in enumerate(content) if p > _CONTENT] or _likeliest(content, _WEAK_CONTENT)
    if not said:
        return None
    named = min(source[at] for at in speaks) ** _SOURCE_POWER if speaks else _UNNAMED
    weight = sure * named * (sum(content[at] for at in said) / len(said)) ** _CONTENT_POWER
    return (speaks, said) if weight > _KEPT else None


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


def _quotation(reading: Reading, around: Frame, speaks: Sequence[int], said: Sequence[int]) -> Quotation:
    source = next(iter(_runs(reading, around, speaks, longest=True)), None)
    content = tuple(_runs(reading, around, said))
    return Quotation(source, reading.span_of(around.first, around.last), content)


def _runs(reading: Reading, around: Frame, places: Sequence[int], *, longest: bool = False) -> Iterator[Span]:
    """Spans of the runs of neighbouring ``places``, in text order; the longest one alone when asked."""
    runs: list[list[int]] = []
    for at in places:
        if runs and runs[-1][-1] == at - 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    for run in sorted(runs, key=len)[-1:] if longest else runs:
        yield reading.span_of(around.low + run[0], around.low + run[-1] + 1)
