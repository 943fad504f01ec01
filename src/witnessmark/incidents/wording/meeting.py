"""Which documents meet under enough words when documents are added to many, or taken away.

Gives what :meth:`witnessmark.incidents.wording.index.Index.candidates` gives for all of them, but looks only at what a change can touch: a
document that comes in meets its neighbours, and may push two others out of each other's reach.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from witnessmark.incidents.wording.bags import BUCKETS
from witnessmark.incidents.wording.index import KEYS, SHARED, WINDOW

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]

_ANCHORS = 1000
"""Documents whose meetings are counted at a time: at most 60 for each of 20 words."""
_PAIRS = 10_000


@dataclass(frozen=True)
class Meetings:
    """Documents by number, with the words (buckets) under which others meet them, sorted by word and day.

    ``owner`` and ``bucket`` are the sorted entries; ``words`` and ``places`` (documents x KEYS, -1 where there are fewer) say where those of each
    document stand among them.
    """

    owner: Ints
    bucket: Ints
    words: Ints
    places: Ints
    days: Ints

    @classmethod
    def of(cls, days: Sequence[int] | Ints, keywords: Sequence[bytes]) -> Meetings:
        """``keywords`` of each document as 32-bit buckets, little-endian (:func:`packed`)."""
        import numpy as np

        sizes = np.array([len(k) // 4 for k in keywords], np.int64)
        bucket = np.frombuffer(b"".join(keywords), "<u4").astype(np.int64)
        owner = np.repeat(np.arange(len(sizes)), sizes)
        when = np.asarray(days, np.int64)
        order = _order(owner, when, bucket)
        column = np.arange(len(owner)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        words = np.full((len(sizes), KEYS), -1, np.int64)
        places = np.full((len(sizes), KEYS), -1, np.int64)
        words[owner, column] = bucket
        places[owner[order], column[order]] = np.arange(len(order))
        return cls(owner[order], bucket[order], words, places, when)

    def near(self, chosen: Flags) -> Flags:
        """The documents that stand within reach of a ``chosen`` one under some word, those included."""
        import numpy as np

        out = chosen.copy()
        at = np.flatnonzero(chosen[self.owner])
        for step in range(1, WINDOW + 1):
            for there in (at - step, at + step):
                inside = (there >= 0) & (there < len(self.owner))
                met = inside & (self.bucket[np.where(inside, there, 0)] == self.bucket[at])
                out[self.owner[there[met]]] = True
        return out

    def pushed(self, chosen: Flags) -> tuple[Ints, Ints]:
        """Pairs (numbers) that stand within reach of each other under some word if the ``chosen`` are left out, and no longer do with them."""
        import numpy as np

        old = np.flatnonzero(~chosen[self.owner])
        last = np.minimum(np.arange(len(old)) + WINDOW, len(old) - 1)
        begin = np.flatnonzero(old[last] - old > last - np.arange(len(old))) if len(old) else old
        found = [np.zeros(0, np.int64)]
        for step in range(1, WINDOW + 1):
            begin = begin[begin + step < len(old)]
            one, other = old[begin], old[begin + step]
            lost = (other - one > WINDOW) & (self.bucket[one] == self.bucket[other])
            one, other = self.owner[one[lost]], self.owner[other[lost]]
            found.append(np.minimum(one, other) * len(self.days) + np.maximum(one, other))
        codes = np.unique(np.concatenate(found))
        return codes // max(len(self.days), 1), codes % max(len(self.days), 1)

    def of_anchors(self, chosen: Flags) -> Iterator[tuple[Ints, Ints]]:
        """Pairs (numbers, the lower first) that meet under enough words, one of them ``chosen``: each pair once, some at a time, by day."""
        import numpy as np

        anchors = np.flatnonzero(chosen)
        anchors = anchors[np.argsort(self.days[anchors], kind="stable")]
        total = len(self.days)
        for begin in range(0, len(anchors), _ANCHORS):
            one, other = self._met(anchors[begin : begin + _ANCHORS])
            codes, times = np.unique(one * total + other, return_counts=True)
            codes = codes[times >= SHARED]
            one, other = codes // total, codes % total
            once = ~chosen[other] | (one < other)
            one, other = one[once], other[once]
            yield np.minimum(one, other), np.maximum(one, other)

    def _met(self, anchors: Ints) -> tuple[Ints, Ints]:
        """Every meeting of an anchor: its number, the other's."""
        import numpy as np

        at = self.places[anchors].ravel()
        at = at[at >= 0]
        there = at[:, None] + np.delete(np.arange(-WINDOW, WINDOW + 1), WINDOW)[None, :]
        inside = (there >= 0) & (there < len(self.owner))
        there = np.where(inside, there, 0)
        met = inside & (self.bucket[there] == self.bucket[at][:, None])
        return np.broadcast_to(self.owner[at][:, None], there.shape)[met], self.owner[there[met]]

    def still(self, one: Ints, other: Ints) -> Flags:
        """Which of the pairs meet under enough words."""
        import numpy as np

        parts = [self._still(one[i : i + _PAIRS], other[i : i + _PAIRS]) for i in range(0, len(one), _PAIRS)]
        return np.concatenate(parts) if parts else np.zeros(0, bool)

    def _still(self, one: Ints, other: Ints) -> Flags:
        same = (self.words[one][:, :, None] == self.words[other][:, None, :]) & (self.words[one][:, :, None] >= 0)
        near = abs(self.places[one][:, :, None] - self.places[other][:, None, :]) <= WINDOW
        found: Flags = (same & near).sum(axis=(1, 2)) >= SHARED
        return found


def _order(owner: Ints, when: Ints, bucket: Ints) -> Ints:
    """The entries sorted by word, day, document: as one number each where that fits, which takes a tenth of the time of sorting by three."""
    import numpy as np

    days = when - when.min(initial=0)
    span, total = int(days.max(initial=0)) + 1, len(when)
    if span * total >= 2**63 // BUCKETS:
        return np.lexsort((owner, days[owner], bucket))
    return np.argsort((bucket * span + days[owner]) * total + owner)


def packed(buckets: Ints) -> bytes:
    """The words of one document as :class:`Meetings` takes them."""
    return buckets.astype("<u4").tobytes()
