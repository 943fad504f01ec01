"""Krippendorff's alpha against the worked examples of Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011)."""

import datetime as dt

import pytest

from witnessmark.model import Decision, Quantity, Span
from witnessmark.review import Standings, agreements
from witnessmark.review.agreement import alpha


def units(*rows: str) -> list[dict[str, bytes]]:
    """One string for each reviewer, one character for each unit, a dot where the reviewer gave none."""
    return [{str(r): row[u].encode() for r, row in enumerate(rows) if row[u] != "."} for u in range(len(rows[0]))]


@pytest.mark.parametrize(
    "rows, expected",
    [
        (("0100000010", "1110010000"), 0.095),  # part A: binary, two observers
        (("aabbdcccedda", "babbbccceddd"), 0.692),  # part B: nominal, two observers
        (("123321412...", "123322412" + "5.3", ".33323422" + "51.", "123324412" + "51."), 0.743),  # part C: four observers, missing data
    ],
)
def test_published_examples(rows: tuple[str, ...], expected: float) -> None:
    assert alpha(units(*rows)) == pytest.approx(expected, abs=0.0006)


def test_alpha_is_not_defined_where_all_say_one_thing_or_nobody_meets() -> None:
    assert alpha(units("aaa", "aaa")) is None
    assert alpha(units("ab..", "..ab")) is None


def test_agreement_goes_by_field_and_leaves_out_what_nobody_could_tell() -> None:
    held = Standings()
    at = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
    answers = [(1, "anna", 3), (1, "bohdan", 3), (2, "anna", 4), (2, "bohdan", 5), (3, "anna", None), (3, "bohdan", 5), (4, "anna", 7)]
    for position, (claim, who, number) in enumerate(answers):
        value = None if number is None else Quantity(number, number, "eq", str(number))
        kind = "cannot_tell" if value is None else "correct"
        held.add(
            Decision(
                kind,
                (f"c-{claim}",),
                who,
                "reviewer",
                at,
                field="killed",
                value=value,
                mention=Span(0, 1),
                blind=who == "bohdan",
                position=position,
            )
        )
    (found,) = agreements(held)
    assert (found.field, found.units, found.reviewers, found.blind) == ("killed", 2, 2, 2)
    # Two units, answers 3 3 and 4 5: observed disagreement 1/2, expected 5/6, so alpha is 1 - 0.6.
    assert found.alpha == pytest.approx(0.4)
