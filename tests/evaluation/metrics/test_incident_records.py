"""Single-incident records, worked by hand."""

from __future__ import annotations

from typing import Any

from witnessmark.evaluation.metrics.incident_records import score_records

GOLD: dict[str, dict[str, Any]] = {
    "a": {"date": "2021-03-07", "date_end": "2021-03-08", "killed": [2, 4], "injured": None},
    "b": {"date": "2022-01-05", "state": "Oregon", "city_or_county": "Bend (Deschutes)", "killed": 1, "injured": 0},
}


def test_rates_are_over_all_documents_that_have_the_field() -> None:
    rates = score_records(GOLD, {"a": [{"date": "2021-03-08", "killed": [2, 4]}]})
    assert (rates["date"].right, rates["date"].seen) == (1, 2)
    assert (rates["killed"].right, rates["killed"].seen) == (1, 2)
    assert (rates["injured"].right, rates["injured"].seen) == (0, 1)


def test_only_the_first_incident_counts() -> None:
    rates = score_records(GOLD, {"b": [{"killed": 3}, {"killed": 1}]})
    assert rates["killed"].right == 0


def test_gold_names_may_stand_inside_longer_ones() -> None:
    rates = score_records(GOLD, {"b": [{"place": "Bend, Bend", "admin": "Oregon, US", "injured": [0, 0]}]})
    assert rates["city"].right == rates["state"].right == rates["injured"].right == 1


def test_not_stated_is_not_zero() -> None:
    rates = score_records(GOLD, {"b": [{"injured": None}]})
    assert rates["injured"].right == 0
