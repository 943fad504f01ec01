"""Reports of shootings in the United States with the archive's record of each incident."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from witnessmark.evaluation.corpora import GoldFile, Row
from witnessmark.evaluation.gold_sets import JsonRow, Measure, Outcome
from witnessmark.evaluation.incident_rows import archive_rows, by_weight
from witnessmark.evaluation.metrics.clusters import clusters, score_clusters
from witnessmark.evaluation.sets.muc4 import record_outcome
from witnessmark.evaluation.sets.reports import merged_names
from witnessmark.evaluation.told import Told, each, told

# Regular expressions (first date, first number near killed or injured) on the development part; merging by TF-IDF on the same.
_FLOORS = {"date": 0.41, "killed": 0.28, "injured": 0.14}
_MERGING = {"merging_conll": 0.838, "merging_pairs_f1": 0.636}


class ShootingReports:
    """See the module."""

    name = "gva"

    def recognises(self, row: JsonRow) -> bool:
        """Rows with a title, a text, a day and a source."""
        return {"docid", "title", "text", "dct", "source"} <= row.keys()

    def predict(self, file: GoldFile) -> list[Row]:
        """Records by document, and the cluster that the document's first incident falls into."""
        reports: dict[str, Told] = {}

        def read(row: Row) -> dict[str, object]:
            report = told(row["text"], title=row["title"] or None, published=row["dct"], language="en", item=row["docid"])
            records = archive_rows(report, count_attackers=True)
            reports[row["docid"]] = report
            return {"docid": row["docid"], "incidents": records}

        rows = list(each(file.rows, lambda row: str(row["docid"]), read))
        names = merged_names(reports.values())
        for row in rows:
            claims = by_weight(reports[str(row["docid"])])
            row["incident"] = names.get(claims[0].identifier) if claims else str(row["docid"])
        return rows

    def score(self, file: GoldFile, predictions: Sequence[JsonRow]) -> Outcome:
        """Exact fields, and the clustering of documents by incident."""
        out = record_outcome({row["docid"]: row["gold"] for row in file.rows if row.get("gold")}, predictions, _FLOORS)
        gold = {row["docid"]: row["incident"] for row in file.rows if row.get("incident")}
        if not gold:
            return out
        ours = {row["docid"]: row["incident"] for row in predictions if row.get("incident")}
        score = score_clusters(clusters(gold), clusters(ours))
        merging = (Measure("merging_conll", score.conll, len(gold)), Measure("merging_pairs_f1", score.pairs, len(gold)))
        merged = (replace(m, published=_MERGING[m.name], by="TF-IDF, tuned on this part") for m in merging)
        return replace(out, measures=(*out.measures, *merged))
