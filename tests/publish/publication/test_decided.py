"""From decisions of people to a publication: what it calls reviewed, and what it says caused each change."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import witnessmark
from witnessmark.model import Quantity
from witnessmark.publish.publication import compare

QUICK = ["pdf", "figures", "workbook", "report", "site", "schemes"]
TWO = 'id = "two"\n[review]\npersons = 2\n'


def _publish(case_folder: Path, to: Path, policy: Path | None = None) -> dict[str, dict[str, object]]:
    with witnessmark.open_case(case_folder) as case:
        case.publish(to, policy=policy, without=QUICK)
    return {row["id"]: row for row in map(json.loads, (to / "incidents.jsonl").read_text(encoding="utf-8").splitlines())}


def _accept(desk: witnessmark.Desk, incident: str, reviewer: str) -> None:
    for claim in desk.incident(incident).claims:
        for field in claim.fields:
            desk.decide("accept", [field.claim], reviewer=reviewer, role="reviewer", field=field.field, mention=field.mention.span)


@pytest.mark.slow
def test_decisions_lead_from_the_desk_into_a_publication(case_folder: Path, tmp_path: Path) -> None:
    before = _publish(case_folder, tmp_path / "a")
    assert {row["review"] for row in before.values()} == {"machine-read, not reviewed"}
    with witnessmark.Desk(case_folder) as desk:
        told = [i for i in before if len(desk.incident(i).claims) == 1]
        first, second = told[:2]
        third = next(i for i in told[2:] if any(f.field == "killed" and not f.alternative for f in desk.incident(i).claims[0].fields))
        toll = next(f for f in desk.incident(third).claims[0].fields if f.field == "killed" and not f.alternative)
        ends = [desk.incident(i).claims[0].record.identifier for i in (first, second)]
        _accept(desk, told[-1], "anna")
        correction = desk.decide(
            "correct",
            [toll.claim],
            reviewer="anna",
            role="reviewer",
            field="killed",
            mention=toll.mention.span,
            value=Quantity(77, 77, "eq", "77"),
        )
        link = desk.decide("same", ends, reviewer="anna", role="reviewer", why="one event")
        desk.recompute()
    after = _publish(case_folder, tmp_path / "b")
    assert after[told[-1]]["review"] == "reviewed by a person"
    assert after[third]["review"] == "machine-read, not reviewed", "one value of many was decided"
    changes = {c.incident: c for c in compare(tmp_path / "a", tmp_path / "b").changes}
    assert changes[third].cause == f"decision #{correction.position}"
    assert [f for f, _, _ in changes[third].fields] == ["killed"]
    gone = changes[second] if second in changes and changes[second].kind == "removed" else changes[first]
    assert gone.kind == "removed" and f"#{link.position}" in gone.cause


@pytest.mark.slow
def test_with_the_two_person_rule_one_person_does_not_make_it_reviewed(case_folder: Path, tmp_path: Path) -> None:
    policy = tmp_path / "two.toml"
    policy.write_text(TWO, encoding="utf-8")
    labels = []
    with witnessmark.open_case(case_folder) as case:
        incident = case.incidents[-1].identifier
    for n, reviewer in enumerate(("anna", "bohdan")):
        with witnessmark.Desk(case_folder) as desk:
            _accept(desk, incident, reviewer)
            desk.recompute()
        labels.append(_publish(case_folder, tmp_path / str(n), policy)[incident]["review"])
    assert labels == ["machine-read, not reviewed", "reviewed by two persons"]
    manifest = json.loads((tmp_path / "1" / "manifest.json").read_bytes())
    assert manifest["review"].startswith("1 of ") and "two persons" in manifest["review"]
