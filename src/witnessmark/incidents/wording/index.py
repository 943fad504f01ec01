"""Many wordings as arrays: which documents to compare, and what two of them share."""

from __future__ import annotations

import functools
import io
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

from witnessmark.errors import DataError
from witnessmark.incidents.wording.bags import BUCKETS, NAME, NUMBER, SKETCH, Wording

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

KEYS = 20
"""Rarest and most repeated words of a document under which others meet it."""
RARE = 4.5
"""Rarity (natural logarithm) from which on a word is such a key: one in ninety documents has it. Without it, reports that share only the words of their trade are
compared: five times as many pairs of reports in one set phrase, for .01 of the pairs of one shooting."""
LIKE = 0.1
"""Cosine of the bodies below which no two reports are compared further: a fifth fewer pairs, for less than .01 of the true ones."""
WINDOW = 30
"""Neighbours on each side, sorted by day, that a document meets under one word."""
SHARED = 2
"""Words under which two documents have to meet to be compared. On the shooting reports 96 % of the pairs of one incident meet under one word,
90 % under two, 80 % under three (of words of any rarity); under one word seven times as many pairs have to be compared."""

RAREST, NAMES, TOP_NAMES = 10, 6, 3
_CHUNK = 20_000


@functools.cache
def rarity() -> Floats:
    """How rare each bucket's words are: the logarithm of documents over documents with the word, in news of many kinds.

    Fixed, and not counted in the case at hand: what two reports share must not depend on what else was read.

    Raises:
        DataError: WM401 when the file is missing or cannot be read.
    """
    import numpy as np

    loaded = load_arrays("rarity.npz")
    values: Floats = loaded["steps"].astype(np.float64) * float(loaded["step"])
    return values


def load_arrays(name: str, *, package: str = "witnessmark.incidents.wording") -> dict[str, Any]:
    """The arrays of a data file of ``package``.

    Raises:
        DataError: WM401 when it is missing or cannot be read.
    """
    import numpy as np

    try:
        raw = resources.files(package).joinpath(name).read_bytes()
        with np.load(io.BytesIO(raw), allow_pickle=False) as stored:
            return {key: stored[key] for key in stored.files}
    except (OSError, ValueError, KeyError) as error:
        raise DataError("WM401", str(error), origin=name) from error


@dataclass(frozen=True)
class Index:
    """Wordings side by side. ``keys`` are document x BUCKETS + bucket, in order; the weights have length 1 for each document."""

    starts: Ints
    keys: Ints
    rare: Floats
    body: Floats
    headline: Floats
    lead: Floats
    names: npt.NDArray[np.bool_]
    numbers: npt.NDArray[np.bool_]
    sketches: Ints

    @classmethod
    def of(cls, wordings: Sequence[Wording]) -> Index:
        """The index of ``wordings``, numbered in their order."""
        import numpy as np

        starts = np.cumsum([0, *(len(w.times) for w in wordings)]).astype(np.int64)
        owner = np.repeat(np.arange(len(wordings)), np.diff(starts))
        buckets = np.frombuffer(b"".join(w.buckets for w in wordings), "<u4").astype(np.int64)
        rare = rarity()[buckets]
        body, headline, lead = (
            _unit(_damped(b"".join(getattr(w, name) for w in wordings)) * rare, owner, len(wordings))
            for name in ("times", "in_headline", "in_lead")
        )
        flags = np.frombuffer(b"".join(w.flags for w in wordings), np.uint8)
        return cls(starts, owner * BUCKETS + buckets, rare, body, headline, lead, flags & NAME > 0, flags & NUMBER > 0, _sketches(wordings))

    def candidates(self, days: Sequence[int]) -> tuple[Ints, Ints]:
        """Pairs of documents (numbers, the lower first) that meet under enough words. ``days`` sort the documents of one word."""
        import numpy as np

        documents, buckets = self.keywords()
        order = np.lexsort((documents, np.asarray(days, np.int64)[documents], buckets))
        documents, buckets = documents[order], buckets[order]
        total = len(self.starts) - 1
        met: list[Ints] = []
        for step in range(1, WINDOW + 1):
            together = buckets[:-step] == buckets[step:]
            one, other = documents[:-step][together], documents[step:][together]
            met.append(np.minimum(one, other) * total + np.maximum(one, other))
        pairs, times = np.unique(np.concatenate(met), return_counts=True)
        pairs = pairs[times >= SHARED]
        return pairs // total, pairs % total

    def keywords(self) -> tuple[Ints, Ints]:
        """The words under which documents meet others: number of the document, bucket; by document."""
        import numpy as np

        owner, bucket = self.keys // BUCKETS, self.keys % BUCKETS
        weight = np.where(self.rare >= RARE, self.body, 0.0)
        order = np.lexsort((bucket, -weight, owner))
        rank = np.arange(len(order)) - self.starts[owner[order]]
        chosen = order[(rank < KEYS) & (weight[order] > 0)]
        return owner[chosen], bucket[chosen]

    def alike(self, one: Ints, other: Ints) -> npt.NDArray[np.bool_]:
        """Which of the pairs have bodies that are alike enough to look further."""
        import numpy as np

        parts = [self._body(one[i : i + _CHUNK], other[i : i + _CHUNK]) >= LIKE for i in range(0, len(one), _CHUNK)]
        return np.concatenate(parts) if parts else np.zeros(0, bool)

    def _body(self, one: Ints, other: Ints) -> Floats:
        import numpy as np

        pair, left, right, *_ = self._met(one, other)
        return np.bincount(pair, self.body[left] * self.body[right], len(one)).astype(np.float64)

    def _met(self, one: Ints, other: Ints) -> tuple[Ints, Ints, Ints, Ints, Ints]:
        """The words that pairs share: number of the pair, place of the word on either side; then how many words the poorer and richer sides have."""
        import numpy as np

        sizes = self.starts[one + 1] - self.starts[one]
        others = self.starts[other + 1] - self.starts[other]
        swap = others < sizes
        one, other = np.where(swap, other, one), np.where(swap, one, other)
        small, large = np.minimum(sizes, others), np.maximum(sizes, others)
        pair = np.repeat(np.arange(len(one)), small)
        left = np.arange(small.sum()) + np.repeat(self.starts[one] - (np.cumsum(small) - small), small)
        wanted = self.keys[left] % BUCKETS + np.repeat(other, small) * BUCKETS
        right = np.minimum(np.searchsorted(self.keys, wanted), max(len(self.keys) - 1, 0))
        hit = self.keys[right] == wanted
        return pair[hit], left[hit], right[hit], small, large

    def shared(self, one: Ints, other: Ints) -> Floats:
        """What each pair of documents shares (pairs x columns of :data:`COLUMNS`)."""
        import numpy as np

        parts = [self._shared(one[i : i + _CHUNK], other[i : i + _CHUNK]) for i in range(0, len(one), _CHUNK)]
        return np.concatenate(parts) if parts else np.zeros((0, len(COLUMNS)))

    def _shared(self, one: Ints, other: Ints) -> Floats:
        import numpy as np

        pair, left, right, small, large = self._met(one, other)
        number = len(one)

        def total(values: Floats) -> Floats:
            return np.bincount(pair, values, number).astype(np.float64)

        named = self.names[left] & self.names[right]
        top_names = _top(pair[named], self.rare[left[named]], number, NAMES)
        rarest = _top(pair, self.rare[left], number, RAREST)
        columns = [
            total(self.body[left] * self.body[right]),
            total(self.headline[left] * self.headline[right]),
            total(self.lead[left] * self.lead[right]),
            (self.sketches[one] == self.sketches[other]).mean(axis=1),
            top_names.sum(axis=1),
            *(top_names[:, k] for k in range(TOP_NAMES)),
            total(named.astype(np.float64)),
            rarest.sum(axis=1),
            rarest[:, 4],
            total((self.numbers[left] & self.numbers[right]).astype(np.float64)),
            small.astype(np.float64),
            large.astype(np.float64),
        ]
        return np.column_stack(columns)


COLUMNS = (
    "body", "headline", "lead", "resemblance", "names", "name_1", "name_2", "name_3", "names_shared", "rarest", "rare_5", "numbers", "small", "large",
)  # fmt: skip
"""Cosines of body, headline and lead; resemblance of the sketches; rarity of the rarest shared names and words; counts; words in each."""


def _damped(times: bytes) -> Floats:
    """How much words weigh by how often they stand in a text, before their rarity: the first time 1, then its logarithm."""
    import numpy as np

    counts = np.frombuffer(times, np.uint8).astype(np.float64)
    return np.where(counts > 0, 1 + np.log(np.maximum(counts, 1)), 0.0)


def _sketches(wordings: Sequence[Wording]) -> Ints:
    """The sketches, one a row; a text without one gets numbers that no other has."""
    import numpy as np

    out = np.empty((len(wordings), SKETCH), np.int64)
    for row, wording in enumerate(wordings):
        out[row] = np.frombuffer(wording.sketch, "<u4") if wording.sketch else -1 - row
    return out


def _unit(weights: Floats, owner: Ints, number: int) -> Floats:
    import numpy as np

    length = np.sqrt(np.bincount(owner, weights**2, number))
    return weights / np.where(length > 0, length, 1.0)[owner] if len(weights) else weights


def _top(pair: Ints, values: Floats, number: int, most: int) -> Floats:
    """The greatest ``most`` values of each pair, greatest first, 0 where there are fewer."""
    import numpy as np

    order = np.lexsort((-values, pair))
    pair, values = pair[order], values[order]
    first = np.searchsorted(pair, np.arange(number))
    rank = np.arange(len(pair)) - first[pair]
    out = np.zeros((number, most))
    kept = rank < most
    out[pair[kept], rank[kept]] = values[kept]
    return out
