"""The two kinds of groups that are kept: reports in stories, claims in incidents (see :mod:`witnessmark.incidents.kept.reforming`)."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from witnessmark.incidents.cluster import LINK_AT, Link, cluster
from witnessmark.incidents.comparing import LIKELY, STORY_AT, between_plain, of_story, settled, told_together
from witnessmark.incidents.evidence import Pair
from witnessmark.incidents.kept.store import ROW, KeptStore
from witnessmark.incidents.rows import Row

SURE = 1e-6
"""Weights this much under a threshold count as reaching it: a mean of several chances is rounded."""
LINKED = LINK_AT - SURE
"""Weight (base 2) from which on a pair of claims can join two groups."""
TOLD = math.log(STORY_AT / (1.0 - STORY_AT)) - SURE
"""Log-odds (base e) from which on a pair of reports can join two stories."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person said of two claims that are there: they tell of one incident, or (distinct) do not."""

    kind: str
    subjects: tuple[str, str]


def by_pairs(store: KeptStore, decisions: Iterable[Link]) -> list[Decision]:
    """``decisions`` as those of two claims, as :func:`witnessmark.incidents.cluster.cluster` takes them when all claims are there."""
    out: list[Decision] = []
    for decision in decisions:
        there = store.numbers(decision.subjects)
        known = [s for s in decision.subjects if s in there]
        if decision.kind == "same" or (decision.kind == "distinct" and decision.subjects[0] in there):
            out += [Decision(decision.kind, (known[0], other)) for other in known[1:]]
    return out


def settle(store: KeptStore, kind: str, column: str, groups: Sequence[tuple[int, ...]]) -> list[int]:
    """Write the number of its group, one that none ever had, beside each thing."""
    begin = int(store.get(kind) or 1)
    numbered = list(enumerate(groups, begin))
    store.set(kind, str(begin + len(numbered)))
    store.db.executemany(f"UPDATE {kind} SET {column} = ? WHERE n = ?", ((number, n) for number, group in numbered for n in group))
    return [number for number, _ in numbered]


class Stories:
    """Reports (documents with a wording, by number) in stories. ``was`` holds the members of each home when it was first looked at."""

    def __init__(self, store: KeptStore) -> None:
        self._store = store
        self.was: dict[int, frozenset[int]] = {}

    def members(self, homes: Iterable[int]) -> Iterator[tuple[int, int]]:
        """The reports of some stories."""
        found = list(self._store.chosen("SELECT n, story FROM documents WHERE story IN ({})", homes))
        for story, several in itertools.groupby(sorted((story, n) for n, story in found), key=lambda f: f[0]):
            self.was.setdefault(story, frozenset(n for _, n in several))
        return iter(found)

    def linked(self, things: Mapping[int, int | None]) -> Iterator[tuple[int, int, int | None]]:
        """Reports whose wording speaks for one story."""
        for here, there in (("l", "r"), ("r", "l")):
            query = f"""SELECT a.n, b.n, b.story FROM documents a JOIN pairs p ON p.{here} = a.main JOIN documents b ON b.main = p.{there}
                        WHERE p.odds >= {TOLD!r} AND a.n IN ({{}})"""
            yield from self._store.chosen(query, things)

    def formed(self, things: Sequence[int]) -> list[tuple[int, ...]]:
        """The stories that the reports tell."""
        if len(things) == 1:
            return [tuple(things)]
        found = list(self._store.chosen("SELECT main, n, id FROM documents WHERE n IN ({})", things))
        number = {name: n for _, n, name in found}
        names = {main: name for main, _, name in found}
        links = ((names[a], names[b], odds) for a, b, odds in self._store.among("l, r, odds", names) if odds is not None)
        groups = [tuple(number[name] for name in group) for group in told_together(sorted(number), links)]
        grouped = {n for group in groups for n in group}
        return groups + [(n,) for n in things if n not in grouped]

    def settle(self, groups: Sequence[tuple[int, ...]]) -> list[int]:
        """Keep stories."""
        return settle(self._store, "documents", "story", groups)


@dataclass(slots=True)
class Mains:
    """Of some reports: the ids of the main claims of each whole story that several tell; which main claims are of plain reports; the language of those, by number."""

    stories: dict[int, list[str]] = field(default_factory=dict)
    plain: set[str] = field(default_factory=set)
    language: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, store: KeptStore, claims: Iterable[int]) -> Mains:
        """Those of the reports that have one of ``claims`` for their main one, and of all that tell their stories."""
        found = cls()
        stories = {story for (story,) in store.chosen("SELECT story FROM documents WHERE story IS NOT NULL AND main IN ({})", claims)}
        query = "SELECT d.story, d.main, d.plain, c.id FROM documents d JOIN claims c ON c.n = d.main WHERE d.story IN ({})"
        for story, main, plain, name in store.chosen(query, stories):
            found.stories.setdefault(story, []).append(name)
            if plain is not None:
                found.plain.add(name)
                found.language[main] = plain
        found.stories = {story: names for story, names in found.stories.items() if len(names) > 1}
        return found

    def strangers(self, left: int, right: int) -> bool:
        """True for the main claims of two plain reports in one language."""
        return left in self.language and self.language[left] == self.language.get(right)


class Incidents:
    """Claims, by number, in incidents."""

    def __init__(self, store: KeptStore, decisions: Sequence[Decision]) -> None:
        self._store = store
        self._decisions = decisions
        numbers = store.numbers({s for d in decisions for s in d.subjects})
        self._same = [(numbers[d.subjects[0]], numbers[d.subjects[1]]) for d in decisions if d.kind == "same"]

    def members(self, homes: Iterable[int]) -> Iterator[tuple[int, int]]:
        """The claims of some incidents."""
        return self._store.chosen("SELECT n, grouped FROM claims WHERE grouped IN ({})", homes)

    def linked(self, things: Mapping[int, int | None]) -> Iterator[tuple[int, int, int | None]]:
        """Claims that a heavy pair, one story or a person would join."""
        for here, there in (("l", "r"), ("r", "l")):
            query = f"""SELECT p.{here}, p.{there}, c.grouped FROM pairs p JOIN claims c ON c.n = p.{there}
                        WHERE p.weight >= {LINKED!r} AND p.{here} IN ({{}})"""
            yield from self._store.chosen(query, things)
        # Of the main claims of one story that share a home, one stands for all.
        told: dict[int, dict[int | None, int]] = {}
        for main, story in self._store.chosen("SELECT main, story FROM documents WHERE story IS NOT NULL AND main IN ({})", things):
            told.setdefault(story, {})[things[main]] = main
        query = "SELECT d.story, c.n, c.grouped FROM documents d JOIN claims c ON c.n = d.main WHERE d.story IN ({})"
        for story, main, home in self._store.chosen(query, told):
            yield from ((one, main, home) for one in told[story].values() if one != main)
        for one, other in (both for a, b in self._same for both in ((a, b), (b, a))):
            if one in things:
                (home,) = self._store.db.execute("SELECT grouped FROM claims WHERE n = ?", (other,)).fetchone()
                yield one, other, home

    def formed(self, things: Sequence[int]) -> list[tuple[int, ...]]:
        """The incidents that the claims tell of."""
        if len(things) == 1:
            return [tuple(things)]
        query = f"SELECT c.n, c.id, d.id, {', '.join(f'c.{name}' for name in ROW)} FROM claims c JOIN documents d ON d.n = c.document WHERE c.n IN ({{}})"
        rows = {n: Row(name, document, *_plain(values)) for n, name, document, *values in self._store.chosen(query, things)}
        mains = Mains.of(self._store, things)
        pairs = (
            decided_weight((rows[l].unique_id, rows[r].unique_id), field, (), odds, strangers=mains.strangers(l, r))
            for l, r, field, odds, weight in self._store.among("l, r, field, odds, weight", rows)
            if weight >= LIKELY
        )
        alike = between_plain(pairs, mains.plain)
        groups = cluster(tuple(rows.values()), alike, self._decisions, stories=mains.stories.values(), plain=mains.plain)
        number = {row.unique_id: n for n, row in rows.items()}
        return [tuple(number[name] for name in group) for group in groups]

    def settle(self, groups: Sequence[tuple[int, ...]]) -> list[int]:
        """Keep incidents."""
        return settle(self._store, "claims", "grouped", groups)


_TRUTHS = frozenset(n for n, name in enumerate(ROW) if Row.__dataclass_fields__[name].type == "bool")


def _plain(values: Sequence[Any]) -> list[Any]:
    return [bool(value) if n in _TRUTHS else value for n, value in enumerate(values)]


def decided_weight(
    names: tuple[str, str], field: float | None, parts: tuple[tuple[str, float], ...], odds: float | None, *, strangers: bool
) -> Pair:
    """What fields and wording come to for two claims."""
    return of_story(names, odds or 0.0) if field is None else settled(Pair(*names, field, parts), odds, strangers=strangers)
