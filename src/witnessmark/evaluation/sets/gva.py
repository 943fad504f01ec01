"""Reports of shootings in the United States with the archive's record of each incident."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from witnessmark.evaluation.corpora import GoldFile, Row
from witnessmark.evaluation.gold_sets import SEEN, JsonRow, Measure, Outcome
from witnessmark.evaluation.incident_rows import archive_rows
from witnessmark.evaluation.metrics.clusters import clusters, score_clusters
from witnessmark.evaluation.sets.muc4 import record_outcome
from witnessmark.evaluation.told import Told, each, told
from witnessmark.incidents import Wording, stories, wording_of
from witnessmark.model import IncidentClaim

# The shipped model of stories was trained on the development part, so that its own figure there tells nothing new: five-fold cross-validation by incident
# (training/stories.py --cross) gives CoNLL .928 and pair F1 .872, which is what to expect of other incidents.
# Regular expressions (first date, first number near killed or injured) on the development part; merging by TF-IDF on the same.
_FLOORS = {"date": 0.41, "killed": 0.28, "injured": 0.14}
_TRAINED_ON = "dev"
_MERGING = {"merging_conll": 0.838, "merging_pairs_f1": 0.636}


def _stories(reports: Iterable[Told]) -> dict[str, str]:
    claims: list[IncidentClaim] = []
    published: dict[str, dt.date | None] = {}
    wordings: dict[str, Wording] = {}
    for report in reports:
        document = report.document
        claims += report.claims.incidents
        published[document.identifier] = document.published.value.latest if document.published else None
        wordings[document.identifier] = wording_of(document)
    return stories(claims, wordings, published=published)


class ShootingReports:
    """See the module."""

    name = "gva"

    def recognises(self, row: JsonRow) -> bool:
        """Rows with a title, a text, a day and a source."""
        return {"docid", "title", "text", "dct", "source"} <= row.keys()

    def predict(self, file: GoldFile) -> list[Row]:
        """Records by document, and the story that the document tells."""
        reports: dict[str, Told] = {}

        def read(row: Row) -> dict[str, object]:
            report = told(
                row["text"], title=row["title"] or None, published=row["dct"], publisher=row["source"], language="en", item=row["docid"]
            )
            records = archive_rows(report, count_attackers=True)
            reports[row["docid"]] = report
            return {"docid": row["docid"], "incidents": records}

        rows = list(each(file.rows, lambda row: str(row["docid"]), read))
        told_by = _stories(reports.values())
        for row in rows:
            row["incident"] = told_by[reports[str(row["docid"])].document.identifier]
        return rows

    def score(self, file: GoldFile, predictions: Sequence[JsonRow]) -> Outcome:
        """Exact fields, and the clustering of documents by incident."""
        out = record_outcome({row["docid"]: row["gold"] for row in file.rows if row.get("gold")}, predictions, _FLOORS)
        gold = {row["docid"]: row["incident"] for row in file.rows if row.get("incident")}
        if not gold:
            return out
        ours = {row["docid"]: row["incident"] for row in predictions if row.get("incident")}
        score = score_clusters(clusters(gold), clusters(ours))
        seen = SEEN if file.part == _TRAINED_ON else ""
        named = (("merging_conll", score.conll), ("merging_pairs_f1", score.pairs))
        by = "TF-IDF, tuned on this part"
        merging = tuple(Measure(name + seen, value, len(gold), published=_MERGING[name], by=by) for name, value in named)
        return replace(out, measures=(*out.measures, *merging))
