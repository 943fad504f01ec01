"""Where claims stand in the sorted blocks in which they are compared (:mod:`witnessmark.incidents.linkage`), kept so that what is near a change can be looked up.

A place is a string of bytes that sorts as the claims of a block do; a block is what the places of its claims begin with.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from witnessmark.incidents.linkage import BLOCKS, FEW_KILLED, RANKS, WINDOW

if TYPE_CHECKING:
    from witnessmark.incidents.kept.store import KeptStore

Values = Mapping[str, Any]
"""The columns of a :class:`witnessmark.incidents.rows.Row` by name."""

_DAY = "day_rank"
_BESIDE = (-1, 0, 1)
# Ranks of neighbouring days are held against each other, so that one more claim moves the whole day, and the days beside it.
assert [rank for _, rank in BLOCKS].count(_DAY) == len(_BESIDE)
_LETTERS = {name: bytes([n]) for n, name in enumerate(RANKS)}
_AFTER = b"\xff"
"""Comes after everything that a block goes on with."""
_SHIFT = 1 << 63


def _packed(value: str | int | None) -> bytes:
    """``value`` as bytes that sort as it does; what is not stated comes first."""
    if value is None:
        return b"\x00"
    if isinstance(value, int):
        return b"\x01" + (value + _SHIFT).to_bytes(8, "big")
    return b"\x02" + value.encode("utf-8", "surrogatepass") + b"\x00"


def _block(name: str, values: Values) -> bytes | None:
    """The block of a claim; None where it does not state what the claims of one share, or where those of a block are not compared."""
    stated = [values[column] for column in RANKS[name][0]]
    if None in stated or (name == "killed_rank" and values["killed"] <= FEW_KILLED):
        return None
    return _LETTERS[name] + b"".join(map(_packed, stated))


def places(values: Values) -> dict[str, tuple[bytes, bytes]]:
    """Of a claim the block and the place by rank (:data:`witnessmark.incidents.linkage.RANKS`), where it has them."""
    found: dict[str, tuple[bytes, bytes]] = {}
    for name, (_, order) in RANKS.items():
        block = _block(name, values)
        if block is not None:
            found[name] = block, block + b"".join(_packed(values[column]) for column in (*order, "unique_id"))
    return found


def put_in(store: KeptStore, claim: int, values: Values) -> None:
    """Give a claim its places."""
    store.db.executemany("INSERT INTO places VALUES (?, ?)", [(place, claim) for _, place in places(values).values()])


def take_out(store: KeptStore, values: Values) -> None:
    """Take a claim from its places."""
    store.db.executemany("DELETE FROM places WHERE place = ?", [(place,) for _, place in places(values).values()])


@dataclass(slots=True)
class Runs:
    """For claims (by number) near a change, the run in which each stands, by rank. A run is a stretch of a block: it holds everything that stands between two of
    its claims. The runs of one rank are added in order."""

    of: dict[int, dict[str, int]] = field(default_factory=dict)
    _firsts: dict[str, list[bytes]] = field(default_factory=dict)
    _lasts: dict[str, list[bytes]] = field(default_factory=dict)

    def add(self, name: str, first: bytes, last: bytes, claims: Iterable[int]) -> None:
        """Note a run by its first and last place."""
        number = len(self._firsts.setdefault(name, []))
        self._firsts[name].append(first)
        self._lasts.setdefault(name, []).append(last)
        for claim in claims:
            self.of.setdefault(claim, {})[name] = _run(name, number)

    def of_gone(self, values: Values) -> dict[str, int]:
        """The runs in which a claim stood that is no longer there."""
        found: dict[str, int] = {}
        for name, (_, place) in places(values).items():
            number = bisect_right(self._firsts.get(name, []), place) - 1
            if number >= 0 and place <= self._lasts[name][number]:
                found[name] = _run(name, number)
        return found


def _run(name: str, number: int) -> int:
    """Days are whole, and go on into each other."""
    return 0 if name == _DAY else number


def near(store: KeptStore, came: Mapping[int, Values], gone: Sequence[Values]) -> Runs:
    """The claims that may have got other neighbours: those within the window on either side of one that ``came`` or is ``gone``, and those of its day and the
    days beside it."""
    runs = Runs()
    changed = [*came.values(), *gone]
    for block in sorted(_days(changed)):
        runs.add(_DAY, block, block + _AFTER, _between(store, block, block + _AFTER))
    placed = [places(values) for values in changed]
    for name in RANKS:
        for first, last in _stretches(store, came, [p[name] for p in placed if name in p]) if name != _DAY else ():
            runs.add(name, first, last, _between(store, first, last))
    return runs


def _days(changed: Iterable[Values]) -> set[bytes]:
    found: set[bytes] = set()
    for values in changed:
        if _block(_DAY, values) is not None:
            beside = (_block(_DAY, {**values, "day_from": values["day_from"] + step}) for step in _BESIDE)
            found.update(block for block in beside if block is not None)
    return found


def _stretches(store: KeptStore, came: Mapping[int, Values], changed: Iterable[tuple[bytes, bytes]]) -> Iterator[tuple[bytes, bytes]]:
    """The first and the last place of each run around ``changed`` places, which stand beside their blocks."""
    first = last = b""
    for block, place in sorted(changed, key=lambda c: c[1]):
        low, high = _reached(store, came, place, block, _DOWN), _reached(store, came, place, block + _AFTER, _UP)
        if first and low > last:
            yield first, last
            first = b""
        first, last = first or low, max(last, high)
    if first:
        yield first, last


_UP = "SELECT place, claim FROM places WHERE place > ? AND place < ? ORDER BY place"
_DOWN = "SELECT place, claim FROM places WHERE place < ? AND place > ? ORDER BY place DESC"


def _reached(store: KeptStore, came: Mapping[int, Values], place: bytes, end: bytes, query: str) -> bytes:
    """How far a change at ``place`` reaches towards the ``end`` of the block: to the window's last claim of those that were there before and still are."""
    reached, left = place, WINDOW
    for there, claim in store.db.execute(query, (place, end)):
        reached, left = there, left - (claim not in came)
        if not left:
            break
    return reached


def _between(store: KeptStore, first: bytes, last: bytes) -> list[int]:
    return [claim for (claim,) in store.db.execute("SELECT claim FROM places WHERE place BETWEEN ? AND ? ORDER BY place", (first, last))]


def ranks(store: KeptStore, claims: Mapping[int, Values]) -> dict[int, dict[str, int]]:
    """The ranks of ``claims`` in their whole blocks."""
    found: dict[int, dict[str, int]] = {claim: {} for claim in claims}
    blocks = {(block, name) for values in claims.values() for name, (block, _) in places(values).items()}
    for block, name in sorted(blocks):
        for rank, claim in enumerate(_between(store, block, block + _AFTER)):
            if claim in found:
                found[claim][name] = rank
    return found
