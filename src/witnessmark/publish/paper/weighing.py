"""What an incident rests on, in words of a language: its grade with the reasons, who is behind the reports, where each figure comes from, the toll by day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from witnessmark.model import Bound
from witnessmark.model.assessments import AsOf, Assessment, Origin, Reason, Telling
from witnessmark.publish.facts import Fact, Facts
from witnessmark.publish.paper.labels import Labels
from witnessmark.publish.redaction.assessments import UNNAMED


@dataclass(frozen=True, slots=True)
class Branch:
    """One original speaker, or outlet in its own voice. ``tellings`` are (number of the source, how it tells, in words)."""

    name: str
    quoted: bool
    counts: bool
    tellings: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Given:
    """A figure with the sources that give it: ``end`` is least, greatest or newest in words."""

    end: str
    value: int
    source: int


@dataclass(frozen=True, slots=True)
class Weighed:
    """One incident. ``bounds`` and ``days`` are by harm, in words; a harm without figures of more than one source has none."""

    grade: str
    reasons: tuple[str, ...]
    branches: tuple[Branch, ...]
    bounds: tuple[tuple[str, tuple[Given, ...]], ...]
    days: tuple[tuple[str, tuple[AsOf, ...]], ...]


def weighed(fact: Fact, facts: Facts, t: Labels) -> Weighed:
    """What ``fact`` rests on."""
    found = facts.assessment(fact)
    several = len(fact.claims) > 1
    return Weighed(
        t[f"grade_{found.credibility}"],
        tuple(_because(r, found, fact, t) for r in found.reasons),
        tuple(_branch(o, facts, t) for o in found.origins),
        tuple((t[harm], given) for harm in ("killed", "injured") if several and (given := tuple(_bounds(fact, harm, facts, t)))),
        tuple((t[harm], days) for harm, days in (("killed", found.killed), ("injured", found.injured)) if len(days) > 1),
    )


def _because(reason: Reason, found: Assessment, fact: Fact, t: Labels) -> str:
    rule, _, name = reason.rule.partition(":")
    words = t[f"because_{rule}"]
    field = t.term("contradiction_field", name) if name else ""
    number = len(fact.claims) if rule == "origins" else len(reason.claims)
    return words.replace("{n}", str(found.independent)).replace("{m}", str(number)).replace("{field}", field)


def _branch(item: Origin, facts: Facts, t: Labels) -> Branch:
    name = item.name
    if item.kind == "outlet":
        name = facts.source(facts.numbers[item.tellings[0].document]).publisher or t["not_named"]
    elif item.kind == "unnamed":
        name = t["unnamed_origin"]
    elif name == UNNAMED:
        name = t["hidden_origin"]
    listed = tuple((facts.numbers[x.document], _how(x, facts, t)) for x in item.tellings)
    return Branch(name, item.kind == "speaker" and item.name != UNNAMED, item.counts, listed)


def _how(item: Telling, facts: Facts, t: Labels) -> str:
    outlet = facts.source(facts.numbers[item.document]).publisher or t["not_named"]
    if item.how != "copy":
        return f"{outlet}: {t['how_' + item.how]}"
    number = facts.numbers.get(item.of or "", 0)
    return f"{outlet}: " + t["how_copy"].replace("{n}", str(number)).replace("{share}", f"{item.resemblance * 100:.0f}")


def _bounds(fact: Fact, harm: str, facts: Facts, t: Labels) -> Iterator[Given]:
    toll = fact.tolls[harm == "injured"]
    ends: tuple[tuple[str, Bound | None], ...] = (("low", toll.low), ("high", toll.high), ("latest", toll.latest))
    for end, bound in ends:
        if bound is not None:
            yield Given(t[f"bound_{end}"], bound.value, facts.numbers[facts.records.claim_by_id[bound.claim].document])
