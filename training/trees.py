"""Boosted trees of scikit-learn as the arrays that the package reads without it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np


def write_trees(model: Any, path: Path) -> None:
    """Write a fitted ``HistGradientBoostingClassifier`` for ``witnessmark.claims.fillers.forest``."""
    trees = [stage[0].nodes for stage in model._predictors]
    size = max(map(len, trees))
    shape = (len(trees), size)
    feature = np.zeros(shape, np.int32)
    left = np.tile(np.arange(size, dtype=np.int32), (len(trees), 1))
    right = left.copy()
    threshold, value = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    depth = 0
    for t, nodes in enumerate(trees):
        for n, node in enumerate(nodes):
            depth = max(depth, int(node["depth"]))
            value[t, n] = node["value"]
            if not node["is_leaf"]:
                feature[t, n], threshold[t, n] = node["feature_idx"], node["num_threshold"]
                left[t, n], right[t, n] = node["left"], node["right"]
    base = float(np.ravel(model._baseline_prediction)[0])
    arrays = {"feature": feature, "threshold": threshold, "left": left, "right": right, "value": value}
    np.savez_compressed(path, **arrays, depth=np.int32(depth), base=np.float32(base))
