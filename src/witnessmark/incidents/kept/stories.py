"""Stories that are kept: which reports come to be compared when some of many change, and the stories that follow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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


class Reports:
    """The reports of a case in one language, among them ``fresh`` documents (by number) that came in, and what is left of those that are gone."""

    def __init__(self, store: KeptStore, language: str, fresh: frozenset[int], gone: Sequence[Gone]) -> None:
        self._store = store
        self._fresh = fresh
        self._gone = [g for g in gone if g.language == language]
        self._listed = _listed(store, language)
        self._meetings = _meetings(self._listed)

    def come(self) -> Iterator[Told]:
        """The pairs of reports that are compared now and were not before."""
        anchors = _flags([n in self._fresh for n, *_ in self._listed]) | _beside_gone(self._listed, self._fresh, self._gone)
        for one, other in self._meetings.of_anchors(anchors):
            yield from _scored(self._store, self._listed, one, other)

    def parted(self) -> Iterator[tuple[int, int]]:
        """The pairs of main claims whose reports are no longer compared, because fresh ones came between them."""
        near = self._meetings.near(_flags([n in self._fresh for n, *_ in self._listed]))
        mains = {d[4]: at for at, d in enumerate(self._listed) if near[at]}
        held = [(l, r) for l, r in _stories_among(self._store, mains) if l in mains and r in mains]
        if held:
            one, other = _numbers([mains[l] for l, _ in held]), _numbers([mains[r] for _, r in held])
            yield from (pair for pair, still in zip(held, self._meetings.still(one, other).tolist(), strict=True) if not still)


def _stories_among(store: KeptStore, mains: dict[int, int]) -> Iterator[tuple[int, int]]:
    if len(mains) > _MANY:
        yield from store.db.execute("SELECT l, r FROM pairs WHERE odds IS NOT NULL")
        return
    yield from store.chosen("SELECT l, r FROM pairs WHERE odds IS NOT NULL AND l IN ({})", mains)


_MANY = 20_000


def languages(store: KeptStore, fresh: frozenset[int], gone: Sequence[Gone]) -> list[str]:
    """The languages in which a report came or went."""
    found = {language for (language,) in store.chosen("SELECT language FROM documents WHERE language IS NOT NULL AND n IN ({})", fresh)}
    return sorted(found | {g.language for g in gone})


_Listed = tuple[int, str, int, bytes, int, str]
"""Number, id, day, keywords of a document; number and id of its main claim."""


def _listed(store: KeptStore, language: str) -> list[_Listed]:
    query = """SELECT d.n, d.id, coalesce(d.day, 0), d.keywords, d.main, c.id FROM documents d JOIN claims c ON c.n = d.main
               WHERE d.language = ? ORDER BY d.id"""
    return list(store.db.execute(query, (language,)))


def _meetings(listed: Sequence[_Listed]) -> Meetings:
    return Meetings.of([d[2] for d in listed], [d[3] for d in listed])


def _beside_gone(listed: Sequence[_Listed], fresh: frozenset[int], gone: Sequence[Gone]) -> Flags:
    """Documents that stood beside one that is gone: two of them may meet now that did not before."""
    if not gone:
        return _flags([False] * len(listed))
    before = [(name, day, keywords, False) for n, name, day, keywords, *_ in listed if n not in fresh]
    before = sorted([*before, *((g.id, g.day, g.keywords, True) for g in gone)], key=lambda x: (x[0], not x[3]))
    meetings = Meetings.of([day for _, day, _, _ in before], [keywords for _, _, keywords, _ in before])
    near = meetings.near(_flags([left for *_, left in before]))
    names = {name for (name, *_), close in zip(before, near.tolist(), strict=True) if close}
    return _flags([name in names for _, name, *_ in listed])


def _scored(store: KeptStore, listed: Sequence[_Listed], one: Ints, other: Ints) -> Iterator[Told]:
    """What the model says of the pairs (numbers into ``listed``)."""
    for begin in range(0, len(one), _LOADED):
        some, others = one[begin : begin + _LOADED].tolist(), other[begin : begin + _LOADED].tolist()
        involved = sorted({*some, *others})
        at = {number: n for n, number in enumerate(involved)}
        loaded = _loaded(store, [listed[number][0] for number in involved])
        index = Index.of([unpack_wording(wording) for wording, _ in loaded])
        sides = [unpack_side(side) for _, side in loaded]
        a, b, rows = features_of(index, sides, _numbers([at[x] for x in some]), _numbers([at[x] for x in others]))
        for x, y, odds in zip(a.tolist(), b.tolist(), odds_of(rows).tolist(), strict=True):
            if odds >= STORY_LEAST:
                left, right = sorted((listed[involved[x]], listed[involved[y]]), key=lambda d: d[5])
                yield left[4], right[4], round(odds, 4)


def _loaded(store: KeptStore, documents: Sequence[int]) -> list[tuple[bytes, bytes]]:
    found = {n: (wording, side) for n, wording, side in store.chosen("SELECT n, wording, side FROM documents WHERE n IN ({})", documents)}
    return [found[n] for n in documents]


def _numbers(values: Sequence[int]) -> Ints:
    import numpy as np

    return np.array(values, np.int64)


def _flags(values: Sequence[bool]) -> Flags:
    import numpy as np

    return np.array(values, bool).reshape(-1)
