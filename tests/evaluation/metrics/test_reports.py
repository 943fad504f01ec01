"""Scores of whole reports: perfect against itself, and each kind of damage lowers what it should and nothing else."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from witnessmark.corpus import reports
from witnessmark.evaluation.metrics.reports import ReportScore, score_reports

Rows = list[dict[str, Any]]


@pytest.fixture
def gold() -> Rows:
    return copy.deepcopy(list(reports()))


def damaged(gold: Rows) -> Rows:
    return copy.deepcopy(gold)


def incidents(rows: Rows) -> list[dict[str, Any]]:
    return [i for row in rows for i in row["incidents"] if i["scope"] != "military"]


def values(score: ReportScore) -> dict[str, float | None]:
    return {
        "detection": score.detection.f1,
        "span": score.fields.span_f1(),
        "modality": score.statements.macro_f1,
        "series": score.series.found.f1,
        "contradictions": score.contradictions.f1,
        "merging": score.merging.conll,
        **{name: rate.value for name, rate in score.fields.accuracy.items()},
        **{f"set {name}": tally.f1 for name, tally in score.fields.sets.items() if tally.measured},
    }


def lowered(gold: Rows, ours: Rows) -> set[str]:
    return {name for name, value in values(score_reports(gold, ours)).items() if value is None or value < 1 - 1e-9}


def test_the_gold_against_itself_is_perfect(gold: Rows) -> None:
    assert lowered(gold, gold) == set()
    assert score_reports(gold, gold).false_alarm_rate == 0


def test_nothing_predicted_finds_nothing(gold: Rows) -> None:
    score = score_reports(gold, [])
    assert score.detection.recall == 0
    assert score.statements.macro_f1 == 0
    assert score.false_alarm_rate == 0


def test_a_missed_incident_lowers_recall_only(gold: Rows) -> None:
    ours = damaged(gold)
    next(row for row in ours if incidents([row]))["incidents"].clear()
    score = score_reports(gold, ours)
    assert score.detection.precision == 1
    assert score.detection.recall < 1


def test_wrong_tolls_leave_detection_alone(gold: Rows) -> None:
    ours = damaged(gold)
    for incident in incidents(ours):
        if incident["killed"]:
            incident["killed"].update(min=777, max=777)
    assert lowered(gold, ours) - {"killed_state"} == {"killed_exact"}


def test_zero_is_not_the_same_as_nothing_said(gold: Rows) -> None:
    ours = damaged(gold)
    zero = [i for i in incidents(ours) if i["killed"] and i["killed"]["max"] == 0]
    assert zero, "the corpus has an incident without dead"
    for incident in zero:
        incident["killed"] = None
    assert {"killed_exact", "killed_state"} <= lowered(gold, ours)


def test_a_place_on_the_other_side_of_the_earth_is_not_detected(gold: Rows) -> None:
    ours = damaged(gold)
    for incident in incidents(ours)[:3]:
        incident["place"]["lat"] = -incident["place"]["lat"] - 5
    score = score_reports(gold, ours)
    assert score.detection.f1 < 1
    assert score.fields.accuracy["killed_exact"].value == 1


def test_a_party_under_its_other_name_is_the_same(gold: Rows) -> None:
    ours = damaged(gold)
    for incident in incidents(ours):
        if incident["perpetrator"] and incident["perpetrator"]["value"] == "Russia":
            incident["perpetrator"]["value"] = "Russian Armed Forces"
    assert lowered(gold, ours) == set()


def test_swapped_parties_lower_the_perpetrator_only(gold: Rows) -> None:
    ours = damaged(gold)
    for incident in incidents(ours):
        if incident["perpetrator"]:
            incident["perpetrator"]["value"] = "Somebody else"
    assert lowered(gold, ours) == {"perpetrator"}


def test_military_incidents_are_optional(gold: Rows) -> None:
    ours = damaged(gold)
    for row in ours:
        row["incidents"] = [i for i in row["incidents"] if i["scope"] != "military"]
    assert "detection" not in lowered(gold, ours)


def test_an_incident_in_a_quiet_document_is_a_false_alarm(gold: Rows) -> None:
    ours = damaged(gold)
    spare = incidents(ours)[0]
    quiet = [row for row in ours if not row["incidents"]]
    for row in quiet:
        row["incidents"].append({**spare, "incident": f"false-{row['id']}"})
    score = score_reports(gold, ours)
    assert score.quiet == len(quiet) > 0
    assert score.false_alarm_rate == 100
    assert score.detection.recall == 1


def test_one_cluster_for_everything_spoils_merging_only(gold: Rows) -> None:
    ours = damaged(gold)
    for incident in incidents(ours):
        incident["incident"] = "one"
    assert lowered(gold, ours) == {"merging"}


def test_reports_in_two_languages_have_to_be_merged(gold: Rows) -> None:
    one = next(row for row in gold if incidents([row]))
    pair = [{**one, "id": "here", "lang": "en"}, {**copy.deepcopy(one), "id": "there", "lang": "uk"}]
    count = len(incidents([one]))
    same = score_reports(pair, pair).across_languages
    assert (same.value, same.seen) == (1, count)
    apart = damaged(pair)
    for incident in incidents(apart[1:]):
        incident["incident"] += " again"
    assert score_reports(pair, apart).across_languages.value == 0
    alike = [row | {"lang": "en"} for row in pair]
    assert score_reports(alike, alike).across_languages.seen == 0


def test_a_contradiction_on_another_field_does_not_count(gold: Rows) -> None:
    ours = damaged(gold)
    for row in ours:
        for contradiction in row["contradictions"]:
            contradiction["field"] = "comparability"
    assert lowered(gold, ours) == {"contradictions"}


def test_a_denial_read_as_fact_lowers_the_modality_score(gold: Rows) -> None:
    ours = damaged(gold)
    for row in ours:
        for statement in row["statements"]:
            if statement["modality"] == "denied":
                statement["modality"] = "asserted"
    score = score_reports(gold, ours)
    assert score.statements.by_label["denied"].f1 == 0


@pytest.mark.parametrize("rubbish", [None, "x", 3, [], {}, [None], [[1, 2]], [{"start": "a"}], {"from": "soon"}, True, -1.5])
def test_rubbish_in_any_field_is_not_said(gold: Rows, rubbish: object) -> None:
    ours = damaged(gold)
    for row in ours:
        for incident in row["incidents"]:
            incident.update({key: copy.deepcopy(rubbish) for key in incident})
    assert score_reports(gold, ours).fields.pairs == 0
    empty = [{"id": row["id"], **dict.fromkeys(("statements", "series", "contradictions", "incidents"), rubbish)} for row in gold]
    assert score_reports(gold, empty).detection.recall == 0
