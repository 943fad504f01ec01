"""Fields of aligned incidents: accuracy of single values, F1 of sets, character overlap of spans."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable

from witnessmark.evaluation.metrics.reports.pairing import act_agrees, date_agrees, place_agrees
from witnessmark.evaluation.metrics.reports.shapes import (
    MULTIPLE,
    SINGLE,
    Row,
    count,
    count_state,
    field,
    field_characters,
    interval,
    listed,
    number,
    party,
    scalar,
)
from witnessmark.evaluation.metrics.tally import Rate, Tally

Value = str | int | float | None

CHECKS: dict[str, Callable[[Row, Row], bool]] = {
    "act_exact": lambda g, p: act_agrees(g, p, exact=True),
    "act_family": act_agrees,
    "perpetrator": lambda g, p: party(g) == party(p),
    "place_25km": place_agrees,
    "place_precision": lambda g, p: field(g, "place").get("precision") == field(p, "place").get("precision"),
    "country": lambda g, p: field(g, "place").get("country") == field(p, "place").get("country"),
    "date_interval": lambda g, p: interval(field(g, "date")) == interval(field(p, "date")),
    "date_overlap": lambda g, p: date_agrees(g, p, slack=0),
    "date_precision": lambda g, p: field(g, "date").get("precision") == field(p, "date").get("precision"),
    "killed_exact": lambda g, p: count(g, "killed") == count(p, "killed"),
    "killed_state": lambda g, p: count_state(count(g, "killed")) == count_state(count(p, "killed")),
    "injured_exact": lambda g, p: count(g, "injured") == count(p, "injured"),
    "injured_state": lambda g, p: count_state(count(g, "injured")) == count_state(count(p, "injured")),
    "modality": lambda g, p: g.get("modality") == p.get("modality"),
}
"""Whether a predicted incident has the gold value, by field."""

SPANNED = (*SINGLE, *MULTIPLE, "evidence")


def _weapons(incident: Row) -> set[Value]:
    return {weapon for m in listed(incident, "munitions") if (weapon := scalar(m, "weapon"))}


SETS: dict[str, Callable[[Row], set[Value]]] = {
    "weapon": _weapons,
    "weapon_family": lambda i: {str(w).split(".")[0] for w in _weapons(i)},
    "effect": lambda i: {scalar(m, "effect") for m in listed(i, "munitions")} - {None},
    "object": lambda i: {scalar(o, "type") for o in listed(i, "objects")} - {None},
}
"""Closed-list values of an incident that are compared as sets."""


class FieldScores:
    """Collects over aligned pairs."""

    def __init__(self) -> None:
        self.pairs = 0
        self.accuracy: dict[str, Rate] = {name: Rate() for name in CHECKS}
        self.sets: dict[str, Tally] = {name: Tally() for name in (*SETS, "breakdown")}
        self.spans: dict[str, Tally] = defaultdict(Tally)

    def add(self, gold: Row, ours: Row) -> None:
        """Compare one pair."""
        self.pairs += 1
        for name, agrees in CHECKS.items():
            self.accuracy[name].add(agrees(gold, ours))
        for name, values in SETS.items():
            wanted, got = values(gold), values(ours)
            self.sets[name].add(len(wanted & got), len(got), len(wanted))
        left, right = _parts(gold), _parts(ours)
        self.sets["breakdown"].add((left & right).total(), right.total(), left.total())
        for key in SPANNED:
            marked, found = field_characters(gold, key), field_characters(ours, key)
            self.spans[key].add(len(marked & found), len(found), len(marked))

    def span_f1(self) -> float:
        """Character F1 over all fields, evidence apart."""
        tally = Tally()
        for key, part in self.spans.items():
            if key != "evidence":
                tally = tally.plus(part)
        return tally.f1


def _parts(incident: Row) -> Counter[tuple[object, ...]]:
    return Counter((scalar(b, "harm"), scalar(b, "group"), number(b, "min"), number(b, "max")) for b in listed(incident, "breakdown"))
