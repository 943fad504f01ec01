"""Stories that are kept: which reports come to be compared when some of many change, and the stories that follow."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from witnessmark.incidents.comparing import STORY_LEAST
from witnessmark.incidents.kept.store import KeptStore, unpack_side, unpack_wording
from witnessmark.incidents.wording.index import Index
from witnessmark.incidents.wording.meeting import Meetings
from witnessmark.incidents.wording.stories import features_of, odds_of

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]

Told = tuple[int, int, float]
"""Two main claims by number, the one with the lesser id first, and the log-odds (base e) that their reports tell one story."""

_LOADED = 4000
"""Pairs of documents whose words are loaded at a time."""


@dataclass(frozen=True, slots=True)
class Gone:
    """What is left of a document that was taken away: enough to tell who stood beside it."""

    id: str
    language: str
    day: int
    keywords: bytes


def take_out(store: KeptStore, language: str, document: str) -> Gone:
    """Take a document out of those that meet others."""
    key = (language, document)
    day, keywords = store.db.execute("SELECT day, keywords FROM meetings WHERE language = ? AND id = ?", key).fetchone()
    store.db.execute("DELETE FROM meetings WHERE language = ? AND id = ?", key)
    return Gone(document, language, day, keywords)


class Reports:
    """The reports of a case in one language, among them ``fresh`` documents (by number) that came in, and what is left of those that are gone."""

    def __init__(self, store: KeptStore, language: str, fresh: frozenset[int], gone: Sequence[Gone]) -> None:
        self._store = store
        self._listed = _Listed.of(store, language)
        self._fresh = self._listed.among(fresh)
        self._gone = [g for g in gone if g.language == language]
        self._meetings = Meetings.of(self._listed.days, self._listed.keywords)

    def come(self) -> Iterator[Told]:
        """The pairs of reports that are compared now and were not before."""
        anchors = self._fresh | _beside_gone(self._store, self._listed, self._fresh, self._gone)
        for one, other in self._meetings.of_anchors(anchors):
            yield from _scored(self._store, self._listed, one, other)

    def parted(self) -> list[tuple[int, int]]:
        """The pairs of main claims whose reports are no longer compared, because fresh ones came between them."""
        one, other = self._meetings.pushed(self._fresh)
        apart = ~self._meetings.still(one, other)
        return _held(self._store, self._listed.mains[one[apart]].tolist(), self._listed.mains[other[apart]].tolist())


def _held(store: KeptStore, mains: Sequence[int], others: Sequence[int]) -> list[tuple[int, int]]:
    """Those of the pairs of main claims, in whatever order, whose reports were compared."""
    query = "SELECT p.l, p.r FROM temp.asked CROSS JOIN pairs p ON p.l = {} AND p.r = {} WHERE p.odds IS NOT NULL"
    return store.asked(f"{query.format('a', 'b')} UNION ALL {query.format('b', 'a')}", zip(mains, others, strict=True))


def languages(store: KeptStore, fresh: frozenset[int], gone: Sequence[Gone]) -> list[str]:
    """The languages in which a report came or went."""
    found = {language for (language,) in store.chosen("SELECT language FROM documents WHERE language IS NOT NULL AND n IN ({})", fresh)}
    return sorted(found | {g.language for g in gone})


@dataclass(frozen=True)
class _Listed:
    """Documents in the order of their ids: numbers in the store, days, main claims, keywords."""

    language: str
    numbers: Ints
    days: Ints
    mains: Ints
    keywords: Sequence[bytes]

    @classmethod
    def of(cls, store: KeptStore, language: str) -> _Listed:
        """Those in ``language``."""
        rows = store.db.execute("SELECT n, day, main, keywords FROM meetings WHERE language = ? ORDER BY id", (language,)).fetchall()
        numbers, days, mains, keywords = zip(*rows, strict=True) if rows else ((), (), (), ())
        return cls(language, _numbers(numbers), _numbers(days), _numbers(mains), keywords)

    def among(self, numbers: Iterable[int]) -> Flags:
        """Which of them are the documents with these numbers."""
        import numpy as np

        return np.isin(self.numbers, _numbers(sorted(numbers)))

    def names(self, store: KeptStore) -> list[str]:
        """Their ids."""
        return [name for (name,) in store.db.execute("SELECT id FROM meetings WHERE language = ? ORDER BY id", (self.language,))]


def _beside_gone(store: KeptStore, listed: _Listed, fresh: Flags, gone: Sequence[Gone]) -> Flags:
    """Documents that stood beside one that is gone: two of them may meet now that did not before."""
    import numpy as np

    out = np.zeros(len(fresh), bool)
    if not gone:
        return out
    names = listed.names(store)
    left = sorted(gone, key=lambda g: g.id)
    at = np.flatnonzero(~fresh)
    # A document that changed is fresh and gone, so no two of these have one id.
    places = np.searchsorted(at, [bisect_left(names, g.id) for g in left])
    numbers = np.insert(at, places, -1)
    days = np.insert(listed.days[at], places, [g.day for g in left])
    back = iter(left)
    keywords = [listed.keywords[n] if n >= 0 else next(back).keywords for n in numbers.tolist()]
    near = Meetings.of(days, keywords).near(numbers < 0)
    out[numbers[near & (numbers >= 0)]] = True
    return out


def _scored(store: KeptStore, listed: _Listed, one: Ints, other: Ints) -> Iterator[Told]:
    """What the model says of the pairs (numbers into ``listed``)."""
    import numpy as np

    for begin in range(0, len(one), _LOADED):
        some = np.stack([one[begin : begin + _LOADED], other[begin : begin + _LOADED]])
        involved, at = np.unique(some, return_inverse=True)
        a, b = at.reshape(some.shape)
        loaded = _loaded(store, listed.numbers[involved].tolist())
        index = Index.of([unpack_wording(wording) for _, wording, _ in loaded])
        a, b, rows = features_of(index, [unpack_side(side) for *_, side in loaded], a, b)
        mains = listed.mains[involved].tolist()
        for x, y, odds in zip(a.tolist(), b.tolist(), odds_of(rows).tolist(), strict=True):
            if odds >= STORY_LEAST:
                left, right = (x, y) if loaded[x][0] < loaded[y][0] else (y, x)
                yield mains[left], mains[right], round(odds, 4)


def _loaded(store: KeptStore, documents: Sequence[int]) -> list[tuple[str, bytes, bytes]]:
    """Of each of the ``documents``: id of its main claim, wording, side."""
    query = "SELECT d.n, c.id, d.wording, d.side FROM documents d JOIN claims c ON c.n = d.main WHERE d.n IN ({})"
    found = {n: (main, wording, side) for n, main, wording, side in store.chosen(query, documents)}
    return [found[n] for n in documents]


def _numbers(values: Sequence[int]) -> Ints:
    import numpy as np

    return np.array(values, np.int64)
