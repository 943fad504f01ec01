"""Names that places had in other years, tied to the rows that have them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from witnessmark.claims.places.building.rows import Row
from witnessmark.claims.places.normalise import key_of


@dataclass(frozen=True, slots=True)
class Renamed:
    """One entry of the table: the ``present`` name, the ``former`` ones, and the years ``since`` and ``until`` which those held (0: not known)."""

    country: str
    present: str
    former: tuple[str, ...]
    since: int
    until: int


class Renamings:
    """The table, and as rows go by, the most populous place of each entry."""

    def __init__(self, own: Mapping[str, Any]) -> None:
        self._entries = [Renamed(c, present, tuple(former), since, until) for c, present, former, since, until in own.get("renamed", ())]
        self._wanted: dict[tuple[str, str], list[tuple[int, bool]]] = {}
        for at, entry in enumerate(self._entries):
            for name in (entry.present, *entry.former):
                self._wanted.setdefault((entry.country, key_of(name)), []).append((at, name == entry.present))
        self._countries = {e.country for e in self._entries}
        self._best: dict[int, tuple[bool, int, int]] = {}

    def concerns(self, country: str) -> bool:
        """True when the table has an entry of the country."""
        return country in self._countries

    def see(self, row: Row) -> None:
        """Look at one row: one that has the present name wins over one that has only a former name, then the more populous."""
        if row.country not in self._countries or not row.feature.startswith("PPL"):
            return
        for name in (row.name, *row.main, *row.names):
            for at, present in self._wanted.get((row.country, key_of(name)), ()):
                self._best[at] = max(
                    self._best.get(at, (False, -1, 0)), (present and name in (row.name, *row.main), row.population, row.number)
                )

    def see_all(self, rows: Iterable[Row]) -> None:
        """Look at each of ``rows``."""
        for row in rows:
            self.see(row)

    def table(self) -> dict[str, list[list[Any]]]:
        """For the header of the pack: GeoNames id -> [former names, since, until] of each renaming."""
        out: dict[str, list[list[Any]]] = {}
        for at, (_, _, number) in sorted(self._best.items()):
            entry = self._entries[at]
            out.setdefault(str(number), []).append([list(entry.former), entry.since, entry.until])
        return out

    def names(self) -> dict[int, set[str]]:
        """GeoNames id -> the names that lead to the place beside those of its row."""
        out: dict[int, set[str]] = {}
        for at, (_, _, number) in self._best.items():
            entry = self._entries[at]
            out.setdefault(number, set()).update((entry.present, *entry.former))
        return out
