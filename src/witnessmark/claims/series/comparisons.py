"""Comparisons and trends: "twice as many", "up by a third", "54 percent worse", "growing exponentially"."""

from __future__ import annotations

from dataclasses import dataclass

from witnessmark.claims.numbers import read_amount
from witnessmark.claims.series.counts import Clause
from witnessmark.claims.series.lexicon import table, units
from witnessmark.statements.language.matching import Match

MAX_REACH = 5
"""Tokens between a share and the word of direction that belongs to it ("54 percent worse", "rose by a third")."""

_DIRECTIONS = frozenset({"up", "down"})
_HARM_UNITS = {
    "killed": "person_killed", "deaths": "person_killed", "died": "person_killed", "dead": "person_killed", "casualties": "person_killed_or_injured",
    "wounded": "person_injured", "injured": "person_injured", "toll": "person_killed", "killings": "person_killed", "drones": "munition_fired",
    "violence": "attack", "shelling": "strike_or_impact", "fire": "strike_or_impact",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """A factor (None when only the direction is told) at tokens ``first`` .. ``last``, with its trend and the unit that it is of."""

    first: int
    last: int
    factor: float | None
    trend: str
    unit: str | None
    rule: str


def find_changes(clause: Clause) -> list[Change]:
    """Every comparison and trend of the sentence, ``unit`` None when the sentence does not name it."""
    tokens, first, last = clause.tokens, clause.sentence.first, clause.sentence.last
    directions = table("trends").find(tokens, first, last)
    out = _factors(clause) + _shares(clause, directions) + _from_to(clause, directions)
    if not out:
        out = _bare(clause, directions)
    return out


def named_unit(clause: Clause, at: int) -> str | None:
    """The unit of count that the sentence names nearest to token ``at``."""
    hits = [(abs(h.first - at), h.payload.unit) for h in units().find(clause.tokens, clause.sentence.first, clause.sentence.last)]
    for k in range(clause.sentence.first, clause.sentence.last):
        unit = _HARM_UNITS.get(clause.tokens[k].lower)
        if unit is not None:
            hits.append((abs(k - at), unit))
    found = [h for h in hits if h[1] not in {"object_damaged", "settlement_affected"}]
    return min(found)[1] if found else None


def _factors(clause: Clause) -> list[Change]:
    """ "doubled", "three times as many", "almost double the January figure" """
    tokens, last = clause.tokens, clause.sentence.last
    out: list[Change] = []
    for hit in table("factors").find(tokens, clause.sentence.first, last):
        word = tokens[hit.first].lower
        end = hit.last
        nouns = word in {"twice", "double", "half", "thrice"} or "times" in (t.lower for t in tokens[hit.first : hit.last])
        if nouns and not _compares(tokens, end, last):
            continue
        if end + 1 < last and tokens[end].lower == "as" and tokens[end + 1].lower in {"many", "much", "high", "often", "frequent"}:
            end += 2
        if word in {"double", "triple"} and tokens[hit.first - 1].lower in {"to", "could", "will", "would", "may"}:
            continue
        factor = float(hit.payload)
        out.append(
            Change(_hedged(clause, hit.first), end, factor, "down" if factor < 1 else "up", named_unit(clause, hit.first), "series.factor")
        )
    return out


def _compares(tokens: object, at: int, last: int) -> bool:
    assert isinstance(tokens, list | tuple)
    if at >= last:
        return False
    word = tokens[at].lower
    return word in {"as", "the", "more", "higher", "that", "its", "last", "their", "what", "those"} and not (
        word == "as" and at + 1 < last and tokens[at + 1].lower not in {"many", "much", "high", "often", "frequent"}
    )


def _shares(clause: Clause, directions: list[Match[str]]) -> list[Change]:
    """ "54 percent worse", "up by a third", "a third higher" """
    out: list[Change] = []
    for first, last, share in _percentages(clause) + _fractions(clause):
        near = [
            d
            for d in directions
            if d.payload in _DIRECTIONS
            and not _of_amount(clause, d, first)
            and min(abs(d.first - last), abs(first - d.last)) <= _reach(clause, d, first)
        ]
        if not near:
            continue
        direction = min(near, key=lambda d: min(abs(d.first - last), abs(first - d.last)))
        factor = 1 + share if direction.payload == "up" else 1 - share
        lo, hi = (direction.first, last) if direction.last <= first and first - direction.last <= 1 else (first, max(last, direction.last))
        lo, hi = (lo, hi) if hi - lo <= MAX_REACH else (first, last)
        if factor >= 0:
            out.append(Change(lo, hi, round(factor, 2), direction.payload, named_unit(clause, first), "series.share"))
    return out


FROM_REACH = 6
"""Tokens from the figure before to the figure after ("rose from 20 in the first week of March to 45")."""


def _from_to(clause: Clause, directions: list[Match[str]]) -> list[Change]:
    """ "air strikes rose from 20 in March to 45 in April": the factor is that of the two figures."""
    tokens, stop = clause.tokens, clause.sentence.last
    out: list[Change] = []
    for direction in directions:
        if direction.payload not in _DIRECTIONS or direction.last + 1 >= stop or tokens[direction.last].lower != "from":
            continue
        unit = named_unit_before(clause, direction.first)
        before = read_amount(tokens, direction.last + 1, stop)
        if unit is None or before is None or not before.minimum:
            continue
        to = next((k for k in range(before.last, min(before.last + FROM_REACH, stop - 1)) if tokens[k].lower == "to"), None)
        after = read_amount(tokens, to + 1, stop) if to is not None else None
        if after is not None and after.minimum is not None:
            factor = round(after.minimum / before.minimum, 2)
            out.append(Change(direction.first, after.last, factor, direction.payload, unit, "series.from_to"))
    return out


def _of_amount(clause: Clause, direction: Match[str], share: int) -> bool:
    """ "more than half", "up to a third": the word belongs to the amount."""
    return (
        direction.last <= share
        and direction.last < clause.sentence.last
        and clause.tokens[direction.last].lower in {"than", "to"}
        and direction.last - direction.first == 1
    )


def _reach(clause: Clause, direction: Match[str], first: int) -> int:
    """ "rose ... by 54 percent" may have a few words between; "more" must stand beside the share."""
    return MAX_REACH if direction.first < first and clause.tokens[first - 1].lower == "by" else 1


def _percentages(clause: Clause) -> list[tuple[int, int, float]]:
    tokens, last = clause.tokens, clause.sentence.last
    out: list[tuple[int, int, float]] = []
    for at in range(clause.sentence.first, last - 1):
        if tokens[at].kind != "number":
            continue
        end = _percent_end(clause, at + 1)
        if end:
            out.append((at, end, float(tokens[at].text.replace(",", "")) / 100 if tokens[at].text.count(".") <= 1 else 0.0))
    return out


def _percent_end(clause: Clause, at: int) -> int:
    word = clause.tokens[at].lower
    if word in {"percent", "%"}:
        return at + 1
    if word == "per" and at + 1 < clause.sentence.last and clause.tokens[at + 1].lower == "cent":
        return at + 2
    return 0


def _fractions(clause: Clause) -> list[tuple[int, int, float]]:
    hits = table("fractions").find(clause.tokens, clause.sentence.first, clause.sentence.last)
    return [(h.first, h.last, float(h.payload)) for h in hits]


def _bare(clause: Clause, directions: list[Match[str]]) -> list[Change]:
    """Trends without a number: "growing exponentially", "attacks have increased"."""
    tokens, first, last = clause.tokens, clause.sentence.first, clause.sentence.last
    unit = None
    out: list[Change] = []
    for hit in directions:
        if hit.payload == "exponential":
            unit = named_unit(clause, hit.first)
            start = hit.first - 1 if hit.first > first and tokens[hit.first - 1].lower in _GROWTH else hit.first
            out.append(Change(start, hit.last, None, "exponential", unit, "series.trend"))
    if out:
        return out
    for phrase in table("trend_phrases").find(tokens, first, last):
        if tokens[phrase.first - 1].lower in _MODALS:
            continue  # "rockets might have fallen short"
        subject = named_unit_before(clause, phrase.first)
        if subject is not None:
            return [Change(phrase.first, phrase.last, None, phrase.payload, subject, "series.trend")]
    return []


_MODALS = frozenset({"may", "might", "could", "would", "should", "must"})
_GROWTH = frozenset({"growing", "grow", "grown", "grew", "rising", "increasing", "increased", "grows", "rise"})


def named_unit_before(clause: Clause, at: int, *, since: int = 0) -> str | None:
    """The unit of the noun that is the subject of a verb at ``at``: within eight tokens before it, none of them before token ``since``."""
    start = max(clause.sentence.first, at - 8, since)
    hits = [h for h in units().find(clause.tokens, start, at) if h.payload.many or h.payload.unit in {"attack", "strike_or_impact"}]
    return hits[-1].payload.unit if hits else None


def _hedged(clause: Clause, first: int) -> int:
    """Takes in "almost", "more than" before a factor."""
    if first > clause.sentence.first and clause.tokens[first - 1].lower in {"almost", "nearly", "about", "roughly", "over", "more"}:
        return first - 1
    if first - 1 > clause.sentence.first and clause.tokens[first - 1].lower == "than" and clause.tokens[first - 2].lower == "more":
        return first - 2
    return first
