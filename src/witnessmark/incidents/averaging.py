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
    heap = [(-m, a, b) for a in range(number) if forest.home(a) == a for b, m in forest.means(a) if a < b and m >= at_least]
    heapq.heapify(heap)
    # A mean never rises above the higher of the two that it is made of, so an entry is looked at again only when its turn comes.
    while heap:
        told, one, other = heapq.heappop(heap)
        a, b = sorted((forest.home(one), forest.home(other)))
        mean = forest.mean(a, b)
        if mean is None or mean < at_least:
            continue
        if (-mean, a, b) != (told, one, other):
            heapq.heappush(heap, (-mean, a, b))
        elif not allowed(a, b):
            forest.part(a, b)
        else:
            forest.absorb(a, b)
            joined(a, b)
    return [forest.home(i) for i in range(number)]


class _Forest:
    """Groups, named by their least member, with the sum of chances to each neighbour.

    Inside, a group goes by any of its members (its root): of two groups the one with more neighbours keeps its root, so that few are told of a new one.
    """

    def __init__(self, number: int) -> None:
        self._parent = list(range(number))
        self._name = list(range(number))
        self._root = list(range(number))
        self._size = [1] * number
        self.near: list[dict[int, float]] = [{} for _ in range(number)]

    def home(self, thing: int) -> int:
        """The name of the group that holds ``thing``."""
        parent = self._parent
        while parent[thing] != thing:
            parent[thing] = parent[parent[thing]]
            thing = parent[thing]
        return self._name[thing]

    def mean(self, a: int, b: int) -> float | None:
        """Mean chance over the pairs between two groups; None when there is no link, or no longer one."""
        one, other = self._root[a], self._root[b]
        total = self.near[one].get(other)
        return None if total is None else total / (self._size[one] * self._size[other])

    def means(self, a: int) -> list[tuple[int, float]]:
        """The neighbours of a group with their means."""
        root = self._root[a]
        return [(self._name[b], total / (self._size[root] * self._size[b])) for b, total in self.near[root].items()]

    def part(self, a: int, b: int) -> None:
        """Forget the links between two groups that must not be joined."""
        one, other = self._root[a], self._root[b]
        self.near[one].pop(other, None)
        self.near[other].pop(one, None)

    def absorb(self, a: int, b: int) -> None:
        """Put group ``b`` into ``a``, whose name is the lesser one."""
        kept, gone = self._root[a], self._root[b]
        if len(self.near[kept]) < len(self.near[gone]):
            kept, gone = gone, kept
        self._parent[gone] = kept
        self._size[kept] += self._size[gone]
        self._name[kept], self._root[a] = a, kept
        near = self.near[kept]
        for other, total in self.near[gone].items():
            beside = self.near[other]
            del beside[gone]
            if other != kept:
                near[other] = beside[kept] = near.get(other, 0.0) + total
        self.near[gone] = {}
