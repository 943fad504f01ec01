"""Every pair of claims that may tell of one incident, with the evidence of fields and of wording put together."""

from __future__ import annotations

import datetime as dt
import functools
import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from witnessmark.incidents.averaging import average_linkage
from witnessmark.incidents.evidence import Pair, chance, weight_of
from witnessmark.incidents.linkage import score_pairs
from witnessmark.incidents.rows import Row
from witnessmark.incidents.wording import Wording
from witnessmark.incidents.wording.stories import Report, StoryPair, reports, story_pairs
from witnessmark.model import IncidentClaim

if TYPE_CHECKING:
    from witnessmark.engines.spark import Spark

LIKELY = -4.0
"""Least log2 of the odds of a pair that is kept: a chance of 6 %, below which a pair moves no mean that decides anything."""
STRANGERS = -4.0
"""Weight against the main incidents of two plain reports in one language that the model of stories does not hold for one story. -3 to -5 gave the same groups on the
development reports; at -8 a true pair of a short and a long report is lost."""
PLAIN = 2
"""Incidents up to which a report is about its main one: where two such tell one story but not one day or place, one of them was misread. In a round-up
another of its incidents may be the shared one (development reports: with 3, two pairs of distinct incidents fall together)."""
STORY_AT = 0.4
"""Mean chance at which reports are held to tell one story; .3 to .5 gave pair F1 within .01 in cross-validation on the shooting reports."""


@dataclass(frozen=True, slots=True)
class Compared:
    """``pairs`` of claims, heaviest first; ``stories`` are groups of documents (two or more, by id) that tell one story; ``main`` is the main claim
    of each document that has a wording; ``plain`` are those of documents that tell of little else.
    """

    pairs: tuple[Pair, ...]
    stories: tuple[tuple[str, ...], ...] = ()
    main: Mapping[str, str] = field(default_factory=dict)
    plain: frozenset[str] = frozenset()

    @property
    def together(self) -> tuple[tuple[str, ...], ...]:
        """The main claims of each story that has two or more: in some documents no incident was found."""
        told = (tuple(self.main[d] for d in story if d in self.main) for story in self.stories)
        return tuple(claims for claims in told if len(claims) > 1)


def compare(
    claims: Sequence[IncidentClaim],
    rows: Sequence[Row],
    wordings: Mapping[str, Wording],
    days: Mapping[str, dt.date | None],
    *,
    spark: Spark | None = None,
) -> Compared:
    """Pairs of claims of different documents (ties by id), and stories. ``claims`` and ``rows`` go together. ``spark`` compares fields there."""
    fields = score_pairs(rows, at_least=LIKELY, spark=spark) if len({r.document for r in rows}) > 1 else ()
    if not wordings:
        return Compared(fields)
    ordinals = {d: day.toordinal() if day else None for d, day in days.items()}
    listed = reports(claims, wordings, ordinals)
    found = story_pairs(listed, at_least=STORY_LEAST)
    made = (p for p in _together(fields, found, listed) if p.weight >= LIKELY)
    main = {r.document: r.claims[0].identifier for r in listed if r.claims}
    plain = _plain(listed)
    return Compared(heaviest_first(made, plain), _stories(listed, found), main, plain)


def heaviest_first(pairs: Iterable[Pair], plain: Collection[str]) -> tuple[Pair, ...]:
    """``pairs`` in order of weight (ties by id), as :func:`between_plain` leaves them."""
    return tuple(sorted(between_plain(pairs, plain), key=lambda p: (-p.weight, p.left, p.right)))


def between_plain(pairs: Iterable[Pair], plain: Collection[str]) -> Iterator[Pair]:
    """``pairs``; that two reports are told alike counts between ``plain`` ones only."""
    return (p if p.told_alike == 0.0 or (p.left in plain and p.right in plain) else Pair(p.left, p.right, p.weight, p.parts) for p in pairs)


STORY_LEAST = LIKELY * math.log(2.0)
"""The same as log-odds to the base e, for pairs of reports. Keeping all of them, however unlikely, gave the same scores on the shooting reports, and three times as many pairs on made-up ones."""


def _plain(listed: Sequence[Report]) -> frozenset[str]:
    return frozenset(r.claims[0].identifier for r in listed if 0 < len(r.claims) <= PLAIN)


def stories(
    claims: Sequence[IncidentClaim], wordings: Mapping[str, Wording], *, published: Mapping[str, dt.date | None] | None = None
) -> dict[str, str]:
    """For each document with a wording the first (by id) of the documents that tell its story: their main incident is the same.

    Documents in which no incident was found take part: what they share in words is enough. The order of ``claims`` does not matter.
    """
    listed = reports(claims, wordings, {d: day.toordinal() if day else None for d, day in (published or {}).items()})
    groups = _stories(listed, story_pairs(listed, at_least=STORY_LEAST))
    return {r.document: r.document for r in listed} | {document: group[0] for group in groups for document in group}


def _stories(listed: Sequence[Report], found: Sequence[StoryPair]) -> tuple[tuple[str, ...], ...]:
    return told_together([r.document for r in listed], ((s.one, s.other, s.odds) for s in found))


def told_together(documents: Sequence[str], links: Iterable[tuple[str, str, float]]) -> tuple[tuple[str, ...], ...]:
    """The stories that several of ``documents`` (ids in order) tell, by the log-odds (base e) of pairs of them."""
    number = {document: n for n, document in enumerate(documents)}
    homes = average_linkage(len(number), ((number[one], number[other], _chance_of(odds)) for one, other, odds in links), at_least=STORY_AT)
    groups: dict[int, list[str]] = {}
    for document, home in zip(documents, homes, strict=True):
        groups.setdefault(home, []).append(document)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


@functools.lru_cache(maxsize=1 << 16)
def _chance_of(odds: float) -> float:
    """The chance that log-odds (base e) stand for; they are rounded, so that there are few different ones."""
    return chance(weight_of(odds))


def _together(fields: Sequence[Pair], stories: Sequence[StoryPair], listed: Sequence[Report]) -> list[Pair]:
    """The pairs of main incidents that two reports' wording speaks on, and all others as their fields alone have it."""
    main = {r.document: r.claims[0].identifier for r in listed if r.claims}
    language = {r.claims[0].identifier: r.wording.language for r in listed if r.claims}
    told = {frozenset((main[s.one], main[s.other])): s.odds for s in stories if s.one in main and s.other in main}
    plain = _plain(listed)
    out: list[Pair] = []
    for pair in fields:
        key = frozenset((pair.left, pair.right))
        strangers = key <= plain and len({language[claim] for claim in key}) == 1
        out.append(settled(pair, told.pop(key, None), strangers=strangers))
    out += [of_story(key, odds) for key, odds in told.items()]
    return out


def settled(pair: Pair, odds: float | None, *, strangers: bool) -> Pair:
    """``pair`` of two claims as their fields have it, after the wording was heard. Between the main incidents of two reports the model of stories speaks
    (``odds``, to the base e; None where it does not), which has looked at their fields too, or fields that agree against it. ``strangers`` are the
    main incidents of two plain reports in one language: there the model's silence counts against them."""
    made = (
        Pair(pair.left, pair.right, pair.weight + STRANGERS, (*pair.parts, ("wording", STRANGERS)), pair.told_alike) if strangers else pair
    )
    return made if odds is None or made.weight >= weight_of(odds) else of_story((pair.left, pair.right), odds)


def of_story(key: Iterable[str], odds: float) -> Pair:
    """The pair of two main claims of which the wording of their reports alone speaks, with these log-odds (base e)."""
    left, right = sorted(key)
    weight = weight_of(odds)
    return Pair(left, right, round(weight, 6), (("story", round(weight, 6)),), told_alike=chance(weight))
