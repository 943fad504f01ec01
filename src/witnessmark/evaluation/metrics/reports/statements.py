"""Statements, contradictions and series of one document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from witnessmark.evaluation.metrics.reports.shapes import Row, Zone, listed, scalar, shared, zone, zones
from witnessmark.evaluation.metrics.tally import Rate, Tally

_HALF = 0.5
"""A gold statement has a label when predictions cover at least this share of it."""
SERIES_FIELDS = ("quantity", "rate_period", "comparator", "trend")


class StatementScores:
    """Modality of gold statements: the predicted label that covers most of each."""

    def __init__(self, labels: frozenset[str]) -> None:
        self.labels = labels
        self.by_label: dict[str, Tally] = defaultdict(Tally)
        self.accuracy = Rate()

    def add(self, gold: Sequence[Row], ours: Sequence[Row]) -> None:
        """Count one document."""
        spans = [(z, scalar(s, "modality")) for s in ours if (z := zone(s))]
        for statement in gold:
            label, wanted = self._label(statement, spans), statement["modality"]
            self.by_label[wanted].add(0, 0, 1)
            if label in self.labels:
                self.by_label[str(label)].add(0, 1, 0)
            if label == wanted:
                self.by_label[wanted].add(1, 0, 0)
            self.accuracy.add(label == wanted)

    @staticmethod
    def _label(statement: Row, spans: Sequence[tuple[Zone, object]]) -> object:
        own = (statement["start"], statement["end"])
        votes: dict[object, int] = defaultdict(int)
        for span, label in spans:
            if common := shared(own, span):
                votes[label] += common
        if sum(votes.values()) < _HALF * (own[1] - own[0]):
            return None
        return max(votes, key=lambda label: votes[label], default=None)

    @property
    def macro_f1(self) -> float | None:
        """Mean F1 over the labels that occur in the gold."""
        present = [t.f1 for t in self.by_label.values() if t.gold]
        return sum(present) / len(present) if present else None


def count_contradictions(gold: Row, ours: Row, tally: Tally) -> None:
    """A contradiction is found when field and kind agree and each span lies in the statement of one gold span."""
    predicted = listed(ours, "contradictions")
    free = list(predicted)
    right = 0
    for wanted in listed(gold, "contradictions"):
        places = [_statement_of(gold, span) for span in zones(wanted.get("spans"))]
        answer = next((c for c in free if _same_conflict(wanted, places, c)), None)
        if answer is not None:
            free.remove(answer)
            right += 1
    tally.add(right, len(predicted), len(listed(gold, "contradictions")))


def _statement_of(gold: Row, span: Zone) -> Zone:
    holding = ((s["start"], s["end"]) for s in gold["statements"] if s["start"] <= span[0] < s["end"])
    return next(holding, span)


def _same_conflict(wanted: Row, places: Sequence[Zone], ours: Row) -> bool:
    spans = zones(ours.get("spans"))
    if len(spans) != 2 or (ours.get("field"), ours.get("kind")) != (wanted["field"], wanted["kind"]):
        return False
    first, second = places
    straight = shared(first, spans[0]) and shared(second, spans[1])
    return bool(straight or (shared(first, spans[1]) and shared(second, spans[0])))


class SeriesScores:
    """Series are found when the unit agrees and the spans meet; then their fields are compared."""

    def __init__(self) -> None:
        self.found = Tally()
        self.accuracy = {key: Rate() for key in SERIES_FIELDS}

    def add(self, gold: Sequence[Row], ours: Sequence[Row]) -> None:
        """Count one document."""
        free = [s for s in ours if zone(s)]
        right = 0
        for wanted in gold:
            answer = next((s for s in free if _same_series(wanted, s)), None)
            if answer is None:
                continue
            free.remove(answer)
            right += 1
            for key, rate in self.accuracy.items():
                rate.add(answer.get(key) == wanted[key])
        self.found.add(right, len(ours), len(gold))


def _same_series(wanted: Row, ours: Row) -> bool:
    own = zone(ours)
    return ours.get("unit") == wanted["unit"] and own is not None and shared((wanted["start"], wanted["end"]), own) > 0
