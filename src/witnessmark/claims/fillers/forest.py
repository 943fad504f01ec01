"""Boosted trees as arrays: inference only, without their trainer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees of binary splits, all padded to the same number of nodes; a row goes left when its feature is at most the threshold.

    ``feature``, ``threshold``, ``left``, ``right`` and ``value`` have the shape trees x nodes; leaves lead to themselves. ``depth`` is that of the
    deepest tree, ``base`` the score before the first tree. The sum of the leaves is a log-odds.
    """

    feature: npt.NDArray[np.int32]
    threshold: npt.NDArray[np.float32]
    left: npt.NDArray[np.int32]
    right: npt.NDArray[np.int32]
    value: npt.NDArray[np.float32]
    depth: int
    base: float

    def scores(self, rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """The log-odds of each of ``rows`` (rows x features)."""
        import numpy as np

        count, (trees, nodes) = len(rows), self.feature.shape
        feature, threshold, left, right = (array.ravel() for array in (self.feature, self.threshold, self.left, self.right))
        tree = np.tile(np.arange(trees) * nodes, count)
        own = np.repeat(np.arange(count) * rows.shape[1], trees)
        flat = rows.ravel()
        at = tree
        for _ in range(self.depth):
            goes_left = flat.take(own + feature.take(at)) <= threshold.take(at)
            at = tree + np.where(goes_left, left.take(at), right.take(at))
        total: npt.NDArray[np.float32] = self.value.ravel().take(at).reshape(count, trees).sum(axis=1, dtype=np.float32) + np.float32(
            self.base
        )
        return total
