"""Attributions: who (source) says (cue) what (content), as pieces of text.

*linked* counts an attribution as found when its three parts each share at least half of their characters with those of one gold
attribution; *exact* counts single pieces with equal span and part.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from witnessmark.evaluation.metrics.tally import Tally

PARTS = ("source", "cue", "content")

Attribution = Mapping[str, Any]


def score_attributions(gold: Mapping[str, Sequence[Attribution]], predicted: Mapping[str, Sequence[Attribution]]) -> dict[str, Tally]:
    """Tallies "linked" and "exact", over documents by id."""
    linked, exact = Tally(), Tally()
    for docid, wanted in gold.items():
        ours = predicted.get(docid, ())
        linked.add(_linked(wanted, ours), len(ours), len(wanted))
        left, right = _pieces(wanted), _pieces(ours)
        exact.add(len(left & right), len(right), len(left))
    return {"linked": linked, "exact": exact}


def _pieces(attributions: Sequence[Attribution]) -> set[tuple[int, int, str]]:
    return {(int(s), int(e), part) for a in attributions for part in PARTS for s, e in a.get(part) or ()}


def _characters(attribution: Attribution, part: str) -> frozenset[int]:
    return frozenset(at for start, end in attribution.get(part) or () for at in range(int(start), int(end)))


def _linked(gold: Sequence[Attribution], ours: Sequence[Attribution]) -> int:
    """Gold attributions that a prediction of their own answers, first come first served."""
    predicted = [{part: _characters(a, part) for part in PARTS} for a in ours]
    free = set(range(len(ours)))
    for attribution in gold:
        wanted = {part: _characters(attribution, part) for part in PARTS}
        answer = next((j for j in sorted(free) if _alike(wanted, predicted[j])), None)
        if answer is not None:
            free.discard(answer)
    return len(ours) - len(free)


def _alike(left: Mapping[str, frozenset[int]], right: Mapping[str, frozenset[int]]) -> bool:
    return all(2 * len(left[part] & right[part]) >= len(left[part] | right[part]) for part in PARTS)
