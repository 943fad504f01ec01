"""All scores of a set of reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from witnessmark.evaluation.metrics.clusters import ClusterScore, clusters, score_clusters
from witnessmark.evaluation.metrics.reports.fields import FieldScores
from witnessmark.evaluation.metrics.reports.pairing import Pairing, pair_incidents
from witnessmark.evaluation.metrics.reports.shapes import Row, listed, scalar
from witnessmark.evaluation.metrics.reports.statements import SeriesScores, StatementScores, count_contradictions
from witnessmark.evaluation.metrics.tally import Rate, Tally
from witnessmark.vocabulary import identifiers

MILITARY = "military"
"""Incidents of this scope are optional: neither missed nor false."""

_Mention = tuple[object, str, int]
"""Document, "gold" or "false", number of the incident in it."""


@dataclass(slots=True)
class ReportScore:
    """Everything that is measured. ``false_alarms`` counts incidents predicted in the ``quiet`` documents, which have none."""

    documents: int = 0
    detection: Tally = field(default_factory=Tally)
    fields: FieldScores = field(default_factory=FieldScores)
    statements: StatementScores = field(default_factory=lambda: StatementScores(identifiers("modality")))
    contradictions: Tally = field(default_factory=Tally)
    series: SeriesScores = field(default_factory=SeriesScores)
    false_alarms: int = 0
    quiet: int = 0
    by_party: dict[str, Rate] = field(default_factory=lambda: defaultdict(Rate))
    languages: dict[object, object] = field(default_factory=dict)
    gold_clusters: dict[_Mention, object] = field(default_factory=dict)
    our_clusters: dict[_Mention, object] = field(default_factory=dict)

    @property
    def merging(self) -> ClusterScore:
        """Incidents merged across documents, against the gold, missed and false ones included."""
        return score_clusters(clusters(self.gold_clusters), clusters(self.our_clusters), undefined=1.0)

    @property
    def across_languages(self) -> Rate:
        """Pairs of found mentions of one incident, in documents of two languages: how many are merged."""
        rate = Rate()
        for one, other in combinations([m for m in self.gold_clusters if m in self.our_clusters], 2):
            if self.gold_clusters[one] == self.gold_clusters[other] and self.languages[one[0]] != self.languages[other[0]]:
                rate.add(self.our_clusters[one] == self.our_clusters[other])
        return rate

    @property
    def false_alarm_rate(self) -> float | None:
        """False alarms per 100 documents without incident."""
        return 100 * self.false_alarms / self.quiet if self.quiet else None

    def add(self, gold: Row, ours: Row) -> None:
        """Count one document."""
        self.documents += 1
        self.languages[gold["id"]] = gold.get("lang")
        wanted, predicted = listed(gold, "incidents"), listed(ours, "incidents")
        pairing = pair_incidents(wanted, predicted)
        self._incidents(gold, wanted, predicted, pairing)
        if not wanted:
            self.quiet += 1
            self.false_alarms += len(predicted)
        self.statements.add(listed(gold, "statements"), listed(ours, "statements"))
        count_contradictions(gold, ours, self.contradictions)
        self.series.add(listed(gold, "series"), listed(ours, "series"))

    def _incidents(self, gold: Row, wanted: Sequence[Row], predicted: Sequence[Row], pairing: Pairing) -> None:
        optional = {i for i, x in enumerate(wanted) if x.get("scope") == MILITARY}
        strict = {i: j for i, j in pairing.strict if i not in optional}
        taken = set(strict.values())
        spared = {j for i, j in (*pairing.strict, *pairing.aligned) if i in optional and j not in taken}
        self.detection.add(len(strict), len(predicted) - len(spared), len(wanted) - len(optional))
        for i, j in pairing.aligned:
            if i not in optional:
                self.fields.add(wanted[i], predicted[j])
        for i, incident in enumerate(wanted):
            if i in optional:
                continue
            if incident.get("perpetrator"):
                self.by_party[incident["perpetrator"]["value"]].add(i in strict)
            self.gold_clusters[gold["id"], "gold", i] = incident["incident"]
            if i in strict:
                self.our_clusters[gold["id"], "gold", i] = _cluster_of(gold, predicted, strict[i])
        for j in range(len(predicted)):
            if j not in spared and j not in taken:
                self.our_clusters[gold["id"], "false", j] = _cluster_of(gold, predicted, j)


def _cluster_of(gold: Row, predicted: Sequence[Row], position: int) -> object:
    """The system's id of the incident; one without an id is a cluster of its own."""
    identifier = scalar(predicted[position], "incident")
    return ("id", identifier) if identifier else ("alone", gold["id"], position)


def score_reports(gold: Iterable[Row], predicted: Iterable[Row]) -> ReportScore:
    """Compare documents by ``id``; one that was not predicted is empty."""
    by_id = {row.get("id"): row for row in predicted}
    score = ReportScore()
    for row in gold:
        score.add(row, by_id.get(row["id"], {}))
    return score
