"""Groups by average linkage over sparse pairs.

Joining by single links chains look-alikes; here two groups are joined by the mean chance over all pairs between them, of which those
that were never compared count as zero (Sokal and Michener 1958, on a sparse graph).
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable


def average_linkage(
    number: int,
    links: Iterable[tuple[int, int, float]],
    *,
    at_least: float,
    together: Iterable[tuple[int, int]] = (),
    allowed: Callable[[int, int], bool] = lambda a, b: True,
    joined: Callable[[int, int], None] = lambda a, b: None,
) -> list[int]:
    """The group of each of ``number`` things, named by its least member.

    ``links`` are pairs with the chance (0 to 1) that they belong together, each pair at most once. ``together`` are joined first. Before two
    groups are joined, ``allowed`` is asked about their names; afterwards ``joined`` is told which group took in which. A refusal holds for good, as
    groups only grow. The order of ``links`` does not matter: ties go by the names.
    """
    forest = _Forest(number)
    for a, b, chance in links:
        forest.near[a][b] = forest.near[b][a] = chance
    for a, b in together:
        one, other = sorted((forest.home(a), forest.home(b)))
        if one != other and allowed(one, other):
            forest.absorb(one, other)
            joined(one, other)
    heap = [(-m, a, b) for a in range(number) if forest.parent[a] == a for b, m in forest.means(a) if a < b and m >= at_least]
    heapq.heapify(heap)
    while heap:
        mean, a, b = heapq.heappop(heap)
        if forest.parent[a] != a or forest.parent[b] != b or -mean != forest.mean(a, b):
            continue
        if not allowed(a, b):
            forest.part(a, b)
            continue
        forest.absorb(a, b)
        joined(a, b)
        for other, m in forest.means(a):
            if m >= at_least:
                heapq.heappush(heap, (-m, min(a, other), max(a, other)))
    return [forest.home(i) for i in range(number)]


class _Forest:
    """Groups by name, with the sum of chances to each neighbour."""

    def __init__(self, number: int) -> None:
        self.parent = list(range(number))
        self.size = [1] * number
        self.near: list[dict[int, float]] = [{} for _ in range(number)]

    def home(self, thing: int) -> int:
        """The name of the group that holds ``thing``."""
        while self.parent[thing] != thing:
            self.parent[thing] = self.parent[self.parent[thing]]
            thing = self.parent[thing]
        return thing

    def mean(self, a: int, b: int) -> float | None:
        """Mean chance over the pairs between two groups; None when there is no link, or no longer one."""
        total = self.near[a].get(b)
        return None if total is None else total / (self.size[a] * self.size[b])

    def means(self, a: int) -> list[tuple[int, float]]:
        """The neighbours of a group with their means."""
        return [(b, total / (self.size[a] * self.size[b])) for b, total in self.near[a].items()]

    def part(self, a: int, b: int) -> None:
        """Forget the links between two groups that must not be joined."""
        self.near[a].pop(b, None)
        self.near[b].pop(a, None)

    def absorb(self, a: int, b: int) -> None:
        """Put group ``b`` into ``a``."""
        self.parent[b] = a
        self.size[a] += self.size[b]
        for other, total in self.near[b].items():
            del self.near[other][b]
            if other != a:
                self.near[a][other] = self.near[other][a] = self.near[a].get(other, 0.0) + total
        self.near[b] = {}
