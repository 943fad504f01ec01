"""One label an item: accuracy, F1 by label, macro F1; and the score of the Fake News Challenge (2017)."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from witnessmark.evaluation.metrics.tally import Tally

RELATED = frozenset({"agree", "disagree", "discuss"})

Pair = tuple[str, str | None]
"""Gold label, predicted label."""


@dataclass(frozen=True, slots=True)
class LabelScore:
    """``by_label`` has a tally for each gold label."""

    items: int
    accuracy: float
    by_label: Mapping[str, Tally]

    @property
    def macro_f1(self) -> float:
        """Mean F1 over the gold labels."""
        return sum(t.f1 for t in self.by_label.values()) / len(self.by_label) if self.by_label else 0.0


def pair_up(
    gold: Iterable[Mapping[str, Any]], predicted: Iterable[Mapping[str, Any]], *, identity: Sequence[str], label: str
) -> list[Pair]:
    """Gold and predicted labels by id fields; repeated ids are matched in order, a missing prediction is None."""
    waiting: dict[tuple[str, ...], deque[str]] = defaultdict(deque)
    for row in predicted:
        waiting[_key(row, identity)].append(row[label])
    pairs: list[Pair] = []
    for row in gold:
        queue = waiting[_key(row, identity)]
        pairs.append((row[label], queue.popleft() if queue else None))
    return pairs


def _key(row: Mapping[str, Any], identity: Sequence[str]) -> tuple[str, ...]:
    return tuple(str(row.get(field)) for field in identity)


def score_labels(pairs: Sequence[Pair]) -> LabelScore:
    """Scores over all pairs."""
    tallies = {gold: Tally() for gold, _ in sorted(pairs, key=lambda p: p[0])}
    for gold, predicted in pairs:
        tallies[gold].add(gold == predicted, 0, 1)
        if predicted in tallies:
            tallies[predicted].add(0, 1, 0)
    right = sum(gold == predicted for gold, predicted in pairs)
    return LabelScore(len(pairs), right / len(pairs) if pairs else 0.0, tallies)


def challenge_score(pairs: Sequence[Pair]) -> float:
    """Share of the points there are: a related pair gives 1 with the right stance and 0.25 with another, an unrelated one 0.25."""
    points = sum(_points(gold, predicted) for gold, predicted in pairs)
    most = sum(1.0 if gold in RELATED else 0.25 for gold, _ in pairs)
    return points / most if most else 0.0


def _points(gold: str, predicted: str | None) -> float:
    if gold not in RELATED:
        return 0.25 if predicted == gold else 0.0
    if predicted == gold:
        return 1.0
    return 0.25 if predicted in RELATED else 0.0
