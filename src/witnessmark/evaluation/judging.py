"""Which of the values that were read the gold agrees with, one by one: what confidence is fitted to and checked against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from witnessmark.evaluation.gold_sets import JsonRow
from witnessmark.evaluation.metrics.incident_records import compare_record
from witnessmark.evaluation.metrics.reliability import Judged
from witnessmark.evaluation.metrics.reports.fields import CHECKS, SETS
from witnessmark.evaluation.metrics.reports.pairing import pair_incidents
from witnessmark.evaluation.metrics.reports.score import MILITARY
from witnessmark.evaluation.metrics.reports.shapes import Row, listed, scalar
from witnessmark.model import IncidentClaim

_SINGLE = {
    "act": "act_exact", "perpetrator": "perpetrator", "place": "place_25km", "date": "date_interval", "killed": "killed_exact",
    "injured": "injured_exact",
}  # fmt: skip
_SEVERAL = {"munitions": ("weapon", "weapon"), "objects": ("type", "object")}
_RECORDS = {"date": ("date",), "place": ("city", "state"), "killed": ("killed",), "injured": ("injured",)}
"""Measures that a field of a flat record answers; the first that the gold has counts."""


_COARSE = frozenset({"P5", "P6", "P7", "P8"})
"""Precisions of districts, regions and countries."""


class Verdict(NamedTuple):
    """Value ``position`` of ``field`` of incident ``incident`` (both from 0) is ``right`` or not."""

    incident: int
    field: str
    position: int
    right: bool


def confidences(claim: IncidentClaim) -> dict[str, list[float]]:
    """The confidence of each value of ``claim``, by field; fields without one are left out."""
    out: dict[str, list[float]] = {}
    for name in (*_SINGLE, *_SEVERAL):
        held = getattr(claim, name)
        mentions = held if isinstance(held, tuple) else (held,)
        found = [m.confidence for m in mentions if m is not None and m.confidence is not None]
        if found:
            out[name] = found
    return out


def report_verdicts(gold: Row, ours: Row) -> Iterator[Verdict]:
    """For one report. The values of an incident that the gold does not have are wrong; those of optional incidents are passed over."""
    wanted, predicted = listed(gold, "incidents"), listed(ours, "incidents")
    answered = {p: g for g, p in pair_incidents(wanted, predicted).aligned}
    for number, incident in enumerate(predicted):
        pair = wanted[answered[number]] if number in answered else None
        if pair is not None and pair.get("scope") == MILITARY:
            continue
        for field, check in _SINGLE.items():
            if incident.get(field):
                yield Verdict(number, field, 0, pair is not None and CHECKS[check](pair, incident))
        for field, (key, name) in _SEVERAL.items():
            right = SETS[name](pair) if pair is not None else set()
            yield from (Verdict(number, field, n, scalar(item, key) in right) for n, item in enumerate(listed(incident, field)))


def record_verdicts(gold: Mapping[str, Any], record: Mapping[str, Any]) -> Iterator[Verdict]:
    """For the one record of a report in an archive with one record a report; ``record`` is the first that was read."""
    compared = compare_record(gold, record)
    coarse = record.get("place_precision") in _COARSE
    for field, measures in _RECORDS.items():
        # Of a district or a region, the division is asked for: it is right when the words name no town.
        order = measures[::-1] if field == "place" and coarse else measures
        measure = next((m for m in order if m in compared), None)
        if measure is not None:
            yield Verdict(0, field, 0, compared[measure])


def judged_reports(gold: Iterable[Row], predictions: Iterable[JsonRow]) -> list[Judged]:
    """The values of all reports that carry a confidence."""
    by_id = {row["id"]: row for row in predictions}
    return [j for row in gold if row["id"] in by_id for j in _judged(report_verdicts(row, by_id[row["id"]]), by_id[row["id"]]["incidents"])]


def judged_records(gold: Mapping[str, JsonRow], predictions: Iterable[JsonRow]) -> list[Judged]:
    """The same for flat records."""
    out: list[Judged] = []
    for row in predictions:
        if row["docid"] in gold and row.get("incidents"):
            out += _judged(record_verdicts(gold[row["docid"]], row["incidents"][0]), row["incidents"][:1])
    return out


def _judged(verdicts: Iterable[Verdict], incidents: Sequence[JsonRow]) -> Iterator[Judged]:
    for verdict in verdicts:
        held = incidents[verdict.incident].get("confidence", {}).get(verdict.field, ())
        if verdict.position < len(held):
            yield Judged(verdict.field, held[verdict.position], verdict.right)
