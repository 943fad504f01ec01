"""The one-to-one assignment of greatest weight between two lists."""

from __future__ import annotations

import math
from collections.abc import Sequence

Matrix = Sequence[Sequence[float]]


def assign(weights: Matrix) -> list[tuple[int, int]]:
    """Pairs (row, column) of a one-to-one assignment whose weights add up to the most; pairs of weight 0 are left out.

    ``weights`` is rectangular and not negative. Shortest augmenting paths with dual prices (Jonker and Volgenant 1987):
    each row in turn enters along the cheapest path of swaps, O(rows² · columns).
    """
    if not weights or not weights[0]:
        return []
    if len(weights) > len(weights[0]):
        flipped = [list(column) for column in zip(*weights, strict=True)]
        return sorted((row, column) for column, row in assign(flipped))
    solver = _Solver(weights)
    for row in range(len(weights)):
        solver.enter(row)
    return sorted((row, column) for column, row in enumerate(solver.owner) if row >= 0 and weights[row][column] > 0)


class _Solver:
    """Rows that have entered own one column each; prices keep every reduced cost at or above 0."""

    def __init__(self, weights: Matrix) -> None:
        self.weights = weights
        self.row_price = [0.0] * len(weights)
        self.column_price = [0.0] * len(weights[0])
        self.owner = [-1] * len(weights[0])

    def cost(self, row: int, column: int) -> float:
        """Reduced cost of giving ``column`` to ``row``: more weight costs less."""
        return -self.weights[row][column] - self.row_price[row] - self.column_price[column]

    def enter(self, row: int) -> None:
        """Give ``row`` a column, moving earlier rows along the cheapest path to a free one."""
        # Entering price: the best of its row, so that no reduced cost of the row is negative.
        self.row_price[row] = min(-w - p for w, p in zip(self.weights[row], self.column_price, strict=True))
        columns = range(len(self.owner))
        distance = [self.cost(row, c) for c in columns]
        came_from = [row] * len(self.owner)
        closed: dict[int, float] = {}
        while True:
            column = min((c for c in columns if c not in closed), key=distance.__getitem__)
            closed[column] = distance[column]
            if self.owner[column] < 0:
                break
            self._relax(self.owner[column], closed, distance, came_from)
        self._reprice(row, closed)
        self._swap(row, column, came_from)

    def _relax(self, via: int, closed: dict[int, float], distance: list[float], came_from: list[int]) -> None:
        base = closed[self.owner.index(via)]
        for column in range(len(self.owner)):
            if column not in closed and (through := base + self.cost(via, column)) < distance[column]:
                distance[column] = through
                came_from[column] = via

    def _reprice(self, row: int, closed: dict[int, float]) -> None:
        length = max(closed.values())
        self.row_price[row] += length
        for column, distance in closed.items():
            if self.owner[column] >= 0:
                self.row_price[self.owner[column]] += length - distance
            self.column_price[column] -= length - distance

    def _swap(self, row: int, column: int, came_from: list[int]) -> None:
        while True:
            giver = came_from[column]
            previous = next((c for c, owner in enumerate(self.owner) if owner == giver), None)
            self.owner[column] = giver
            if giver == row or previous is None:
                return
            column = previous


def best_total(weights: Matrix) -> float:
    """The summed weight of :func:`assign`."""
    return math.fsum(weights[row][column] for row, column in assign(weights))
