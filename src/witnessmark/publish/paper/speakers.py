"""The tree of sources over a whole case: which outlets carry whose words, which speak for themselves, and which repeat another text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from witnessmark.publish.facts import Facts
from witnessmark.publish.redaction.assessments import UNNAMED

MOST = 20
"""Rows of each list; the file of weighings holds all."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """An original speaker: in how many incidents, and (outlet, reports) of those that carry the words, the most frequent first."""

    name: str
    incidents: int
    outlets: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Outlet:
    """How an outlet tells: reports in its own voice, quoting somebody whom it names, naming nobody, and repeating another text."""

    name: str
    own: int
    quoted: int
    unnamed: int
    copies: int
    copied: tuple[tuple[str, int], ...]

    @property
    def reports(self) -> int:
        """All its reports."""
        return self.own + self.quoted + self.unnamed + self.copies


@dataclass(frozen=True, slots=True)
class Tree:
    """``speakers`` and ``outlets``, the most frequent first; ``all_speakers`` and ``all_outlets`` how many there are."""

    speakers: tuple[Speaker, ...]
    outlets: tuple[Outlet, ...]
    all_speakers: int
    all_outlets: int


def tree_of(facts: Facts, *, hidden: str) -> Tree:
    """The tree of ``facts``. ``hidden`` stands for an outlet that is not named."""
    said: dict[str, tuple[Counter[str], Counter[str], set[str]]] = {}
    how: dict[str, Counter[str]] = {}
    copied: dict[str, Counter[str]] = {}

    def outlet(document: str) -> str:
        return facts.source(facts.numbers[document]).publisher or hidden

    for fact in facts.incidents:
        for origin in facts.assessment(fact).origins:
            for telling in origin.tellings:
                name = outlet(telling.document)
                how.setdefault(name, Counter())[telling.how] += 1
                if telling.how == "copy" and telling.of in facts.numbers:
                    copied.setdefault(name, Counter())[outlet(telling.of or "")] += 1
                if origin.kind == "speaker" and origin.name != UNNAMED:
                    names, outlets, incidents = said.setdefault(origin.name.casefold(), (Counter(), Counter(), set()))
                    names[origin.name] += 1
                    outlets[name] += 1
                    incidents.add(fact.identifier)
    speakers = [Speaker(_first(names)[0][0], len(incidents), _first(outlets)) for names, outlets, incidents in said.values()]
    told = [Outlet(name, c["own"], c["quoted"], c["unnamed"], c["copy"], _first(copied.get(name, Counter()))) for name, c in how.items()]
    ordered = sorted(speakers, key=lambda s: (-sum(n for _, n in s.outlets), s.name))
    return Tree(tuple(ordered[:MOST]), tuple(sorted(told, key=lambda o: (-o.reports, o.name))[:MOST]), len(speakers), len(told))


def _first(counted: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counted.items(), key=lambda c: (-c[1], c[0])))
