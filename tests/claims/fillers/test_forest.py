from __future__ import annotations

import numpy as np

from witnessmark.claims.fillers.forest import Forest


def test_rows_fall_to_the_leaf_that_the_splits_lead_to_and_trees_add_up() -> None:
    ints = lambda rows: np.asarray(rows, dtype=np.int32)
    floats = lambda rows: np.asarray(rows, dtype=np.float32)
    forest = Forest(
        feature=ints([[0, 0, 1, 0, 0], [1, 0, 0, 0, 0]]),
        threshold=floats([[1.5, 0, 10, 0, 0], [0, 0, 0, 0, 0]]),
        left=ints([[1, 1, 3, 3, 4], [1, 1, 2, 3, 4]]),
        right=ints([[2, 1, 4, 3, 4], [2, 1, 2, 3, 4]]),
        value=floats([[0, 1, 0, 2, 4], [0, 0.25, 0.5, 0, 0]]),
        depth=2,
        base=-1.0,
    )
    rows = floats([[1.5, 0], [2, 10], [2, 11]])
    assert forest.scores(rows).tolist() == [-1 + 1 + 0.25, -1 + 2 + 0.5, -1 + 4 + 0.5]
