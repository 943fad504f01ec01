"""Clusterings compared: MUC, B-cubed, CEAF-e, their mean (the CoNLL score), and pairs.

Mentions may stand on one side only. Recall is over gold mentions and precision over predicted ones (Pradhan et al. 2014).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from witnessmark.evaluation.metrics.assignment import best_total
from witnessmark.evaluation.metrics.tally import f1

Cluster = frozenset[Any]


@dataclass(frozen=True, slots=True)
class ClusterScore:
    """F1 of each measure; ``conll`` is the mean of the first three."""

    muc: float
    b_cubed: float
    ceaf_e: float
    pairs: float

    @property
    def conll(self) -> float:
        """Mean of MUC, B-cubed and CEAF-e."""
        return (self.muc + self.b_cubed + self.ceaf_e) / 3


def clusters(assigned: Mapping[Any, Hashable]) -> list[Cluster]:
    """Clusters of a mapping from mention to cluster id."""
    out: dict[Hashable, set[Any]] = defaultdict(set)
    for mention, cluster in assigned.items():
        out[cluster].add(mention)
    return [frozenset(c) for c in out.values()]


def score_clusters(gold: Sequence[Cluster], ours: Sequence[Cluster], *, undefined: float = 0.0) -> ClusterScore:
    """Compare two clusterings. ``undefined`` is the rate where nothing can be counted (no links at all, for MUC)."""
    halves = {name: (half(gold, ours), half(ours, gold)) for name, half in (("muc", _links), ("b3", _shares), ("pairs", _pairs))}
    rates = {name: f1(_rate(*p, undefined), _rate(*r, undefined)) for name, (r, p) in halves.items()}
    return ClusterScore(rates["muc"], rates["b3"], _ceaf(gold, ours, undefined), rates["pairs"])


def pair_rates(gold: Sequence[Cluster], ours: Sequence[Cluster]) -> tuple[float, float]:
    """Precision and recall over pairs of mentions in one cluster; 0 where there are none."""
    return _rate(*_pairs(ours, gold), 0.0), _rate(*_pairs(gold, ours), 0.0)


def _rate(numerator: float, denominator: float, undefined: float) -> float:
    return numerator / denominator if denominator else undefined


def _index(clustering: Sequence[Cluster]) -> dict[Any, int]:
    return {mention: i for i, cluster in enumerate(clustering) for mention in cluster}


def _links(left: Sequence[Cluster], right: Sequence[Cluster]) -> tuple[float, float]:
    """Links of ``left`` that hold in ``right``, and all links of ``left``; a mention missing from ``right`` stands alone."""
    where = _index(right)
    kept = every = 0
    for cluster in left:
        parts = {where.get(m, ("alone", m)) for m in cluster}
        kept += len(cluster) - len(parts)
        every += len(cluster) - 1
    return kept, every


def _shares(left: Sequence[Cluster], right: Sequence[Cluster]) -> tuple[float, float]:
    where = _index(right)
    kept = every = 0.0
    for cluster in left:
        together = Counter(where[m] for m in cluster if m in where)
        kept += sum(n * n for n in together.values()) / len(cluster)
        every += len(cluster)
    return kept, every


def _pairs(left: Sequence[Cluster], right: Sequence[Cluster]) -> tuple[float, float]:
    where = _index(right)
    kept = every = 0
    for cluster in left:
        together = Counter(where[m] for m in cluster if m in where)
        kept += sum(n * (n - 1) // 2 for n in together.values())
        every += len(cluster) * (len(cluster) - 1) // 2
    return kept, every


def _ceaf(gold: Sequence[Cluster], ours: Sequence[Cluster], undefined: float) -> float:
    if not gold or not ours:
        return undefined if not gold and not ours else 0.0
    similarity = sum(best_total(block) for block in _blocks(gold, ours))
    return f1(similarity / len(ours), similarity / len(gold))


def _blocks(gold: Sequence[Cluster], ours: Sequence[Cluster]) -> list[list[list[float]]]:
    """Similarity matrices of the groups of clusters that overlap: assignments in one group do not touch another's."""
    where = _index(ours)
    touching = [{where[m] for m in cluster if m in where} for cluster in gold]
    group_of: dict[int, int] = {}
    groups: dict[int, tuple[set[int], set[int]]] = {}
    for row, columns in enumerate(touching):
        if not columns:
            continue
        rows_in, columns_in = {row}, set(columns)
        for old in {group_of[c] for c in columns if c in group_of}:
            earlier = groups.pop(old)
            rows_in |= earlier[0]
            columns_in |= earlier[1]
        groups[row] = (rows_in, columns_in)
        group_of.update(dict.fromkeys(columns_in, row))
    return [[[_overlap(gold[r], ours[c]) for c in sorted(cs)] for r in sorted(rs)] for rs, cs in groups.values()]


def _overlap(left: Cluster, right: Cluster) -> float:
    return 2 * len(left & right) / (len(left) + len(right))
