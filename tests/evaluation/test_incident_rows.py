"""Claims as the flat records of an archive that keeps one a report."""

from __future__ import annotations

from witnessmark.evaluation.incident_rows import archive_rows, incident_rows
from witnessmark.evaluation.told import told


def test_a_toll_that_nobody_tells_is_zero_in_a_record() -> None:
    rows = incident_rows(told("Two farmers were shot dead near Lyon on Monday.", published="2021-03-10", language="en"))
    assert [(r["killed"], r["injured"], r["date"]) for r in rows] == [([2, 2], [0, 0], "2021-03-08")]


def test_an_archive_may_count_the_one_who_killed_himself() -> None:
    report = told("A man shot dead two farmers near Lyon on Monday and then killed himself.", published="2021-03-10", language="en")
    assert archive_rows(report)[0]["killed"] == [2, 2]
    assert archive_rows(report, count_attackers=True)[0]["killed"] == [3, 3]


def test_the_dead_who_are_counted_with_the_attacker_stay_as_told() -> None:
    report = told("Three people died near Lyon on Monday in a shooting and murder-suicide.", published="2021-03-10", language="en")
    assert archive_rows(report, count_attackers=True)[0]["killed"] == [3, 3]


def test_another_day_fills_nothing() -> None:
    text = "Two farmers were shot dead near Lyon on Monday. On 4 May 2019 a bomb wounded nine people in Marseille."
    first, *_ = archive_rows(told(text, published="2021-03-10", language="en"))
    assert (first["killed"], first["injured"]) == ([2, 2], [0, 0])
