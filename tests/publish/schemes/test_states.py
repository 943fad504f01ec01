"""Unknown, zero, vague and not stated stay apart where a scheme can hold them, and are named where it cannot."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from witnessmark.publish.facts import Fact, Facts, Figure, facts_of
from witnessmark.publish.redaction import load_policy, redact
from witnessmark.publish.schemes import SCHEMES
from witnessmark.publish.schemes.airwars import grade
from witnessmark.publish.schemes.base import Losses
from witnessmark.publish.view import CaseView

BY_NAME = {s.name: s for s in SCHEMES}
ZERO, UNKNOWN = Figure("zero", 0, 0, 0, ()), Figure("unknown", None, None, None, ())
VAGUE, SILENT = Figure("vague", None, None, None, ("dozens",)), Figure("not_stated", None, None, None, ())
FIVE = Figure("stated", 3, 5, 5, ())


@pytest.fixture
def facts(view: CaseView) -> Facts:
    """The hand-made case, redacted."""
    return facts_of(redact(view, load_policy(), as_of=dt.date(2026, 1, 1)))


def one(facts: Facts, **changes: object) -> Facts:
    """The first placed and dated incident with ``changes``."""
    fact = next(f for f in facts.incidents if f.where is not None and f.day is not None)
    return replace(facts, incidents=(replace(fact, **changes),))  # type: ignore[arg-type]


def row_of(name: str, facts: Facts) -> tuple[dict[str, object] | None, Losses]:
    """The only row of a scheme, and what was lost."""
    losses = Losses()
    made = list(BY_NAME[name].rows(facts, losses))
    return (dict(made[0]) if made else None), losses


def kinds(losses: Losses, field: str) -> set[str]:
    """Kinds of loss that name ``field``."""
    return {str(r["kind"]) for r in losses.rows() if r["field"] == field}


@pytest.mark.parametrize(
    ("figure", "number", "kind"),
    [(ZERO, 0, set()), (UNKNOWN, 0, {"merged"}), (SILENT, 0, {"merged"}), (VAGUE, 12, {"assumed"}), (FIVE, 3, {"dropped"})],
)
def test_acled_says_what_its_zero_stands_for(facts: Facts, figure: Figure, number: int, kind: set[str]) -> None:
    row, losses = row_of("acled", one(facts, killed=figure))
    assert row is not None and row["fatalities"] == number and row["x_fatalities_state"] == figure.state
    assert row["x_killed_max"] == figure.most and kinds(losses, "fatalities") == kind


@pytest.mark.parametrize(("figure", "there"), [(ZERO, False), (UNKNOWN, False), (VAGUE, False), (SILENT, False), (FIVE, True)])
def test_ucdp_takes_the_fatal_only_and_tells_why_not(facts: Facts, figure: Figure, there: bool) -> None:
    row, losses = row_of("ucdp-ged", one(facts, killed=figure))
    assert (row is not None) == there and bool(kinds(losses, "")) != there
    if row is not None:
        assert row["low"] <= row["best"] <= row["high"] and row["best"] == (row["deaths_civilians"] or 0) + row["deaths_unknown"]  # type: ignore[operator]


def test_ucdp_numbers_the_cell_of_the_grid(facts: Facts) -> None:
    row, _ = row_of("ucdp-ged", one(facts, killed=FIVE))
    assert row is not None
    latitude, longitude = float(str(row["latitude"])), float(str(row["longitude"]))
    cell = int(str(row["priogrid_gid"])) - 1
    assert cell // 720 / 2 - 90 <= latitude < cell // 720 / 2 - 89.5 and cell % 720 / 2 - 180 <= longitude < cell % 720 / 2 - 179.5


def test_aoav_cannot_record_several(facts: Facts) -> None:
    row, losses = row_of("aoav", one(facts, killed=VAGUE, injured=SILENT, act="shelling.mortar"))
    assert row is None and "several" in str(losses.rows())


@pytest.mark.parametrize("figure", [UNKNOWN, VAGUE])
def test_airwars_keeps_the_state_beside_the_empty_cells(facts: Facts, figure: Figure) -> None:
    row, losses = row_of("airwars", one(facts, killed=figure, injured=FIVE))
    assert row is not None and row["civilian_non_combatants_killed_min"] is None and row["x_killed_state"] == figure.state
    assert "merged" in kinds(losses, "killed")


def test_hxl_has_a_column_for_the_state(facts: Facts) -> None:
    for figure in (ZERO, UNKNOWN, VAGUE, SILENT, FIVE):
        row, _ = row_of("hxl", one(facts, killed=figure))
        assert row is not None and (row["#affected+killed+state"], row["#affected+killed+min"]) == (figure.state, figure.least)


def test_nobody_is_named_where_nobody_is(facts: Facts) -> None:
    row, losses = row_of("plover", one(facts, parties=()))
    assert (
        row is not None
        and row["actor"] == [{"code": "UAF", "sector": ["UAF"], "entity_text": None}]
        and "assumed" in kinds(losses, "actor")
    )


def test_a_claim_is_reviewed_only_by_a_person(facts: Facts) -> None:
    losses = Losses()
    assert {r["@type"] for r in BY_NAME["claimreview"].rows(facts, losses)} == {"Dataset", "Claim"}
    reviewed = one(facts, review=replace(facts.incidents[0].review, reviewed=True))
    made = list(BY_NAME["claimreview"].rows(reviewed, losses))
    assert [r["@type"] for r in made] == ["Dataset", "Claim", "ClaimReview"] and "reviewRating" not in made[2]


def test_the_grading_follows_the_sources(facts: Facts) -> None:
    fact: Fact = facts.incidents[0]
    party = replace(fact.parties[0], modality="attributed") if fact.parties else None
    assert grade(replace(fact, parties=(), sources=(1,))) == "Weak"
    assert grade(replace(fact, scope="military", parties=())) == "Discounted"
    if party is not None:
        assert grade(replace(fact, parties=(party,), sources=(1, 2))) == "Fair"
        assert grade(replace(fact, parties=(party, replace(party, name="other")))) == "Contested"
        assert grade(replace(fact, parties=(replace(party, modality="claimed_responsibility"),))) == "Confirmed"
