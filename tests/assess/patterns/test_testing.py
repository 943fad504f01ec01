"""Hypotheses and their verdicts, from events of known make."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from witnessmark.assess.patterns import Data, Event, Layers, hold_all, read_hypotheses, read_table
from witnessmark.errors import UsageError
from witnessmark.model.patterns import Hypothesis, PatternTest, Selection

START = dt.date(2024, 1, 1)


def _events(counts: list[int], **same: object) -> Iterator[Event]:
    for at, count in enumerate(counts):
        for n in range(count):
            yield Event(identifier=f"{same}-{at}-{n}", day=START + dt.timedelta(days=at), point=None, **same)  # type: ignore[arg-type]


def _data(counts: list[int], *, complete: bool = True) -> Data:
    return Data(tuple(_events(counts)), complete=complete)


def _one(hypothesis: Hypothesis, data: Data) -> PatternTest:
    (test,) = hold_all([hypothesis], data)
    return test


WINDOW = Selection(start=START, end=START + dt.timedelta(days=59))
EVEN = [4, 5, 3, 4, 4, 5, 3, 4, 4, 4] * 6


@pytest.mark.parametrize(
    ("value", "comparator", "verdict"),
    [
        (4, "eq", "supported"), (4, "approx", "supported"), (3, "ge", "supported"), (9, "le", "supported"), (40, "eq", "not_supported"),
        (8, "ge", "not_supported"), (1, "le", "not_supported"), (4, "ge", "not_testable"),
    ],
)  # fmt: skip
def test_a_rate(value: float, comparator: str, verdict: str) -> None:
    test = _one(Hypothesis("h", "rate", "incident", value=value, comparator=comparator, first=WINDOW), _data(EVEN))
    assert test.verdict == verdict, test.reason
    assert test.used == 240


def test_a_weekly_rate_is_counted_by_the_week() -> None:
    assert _one(Hypothesis("h", "rate", "incident", value=28, period="week", first=WINDOW), _data(EVEN)).verdict == "supported"


def test_reports_that_are_a_sample_refute_no_higher_rate() -> None:
    said = Hypothesis("h", "rate", "incident", value=120, first=WINDOW)
    test = _one(said, _data(EVEN, complete=False))
    assert test.verdict == "not_testable"
    assert "documented" in test.reason
    assert any("reported" in c for c in test.caveats)
    assert _one(replace(said, value=2, comparator="le"), _data(EVEN, complete=False)).verdict == "not_supported"


def test_units_are_not_mixed() -> None:
    test = _one(Hypothesis("h", "rate", "strike_or_impact", value=4, first=WINDOW), _data(EVEN))
    assert (test.verdict, test.estimate) == ("not_testable", None)
    assert "units" in test.reason


@pytest.mark.parametrize(
    ("counts", "trend", "verdict"),
    [
        ([round(2 * 2 ** (d / 14)) for d in range(60)], "exponential", "supported"),
        ([round(2 * 2 ** (d / 14)) for d in range(60)], "up", "supported"),
        ([1 + d // 3 for d in range(60)], "exponential", "not_supported"),
        (EVEN, "exponential", "not_supported"),
        (EVEN, "flat", "supported"),
        ([20 - d // 4 for d in range(60)], "down", "supported"),
        ([20 - d // 4 for d in range(60)], "up", "not_supported"),
        ([1, 0, 2, 0, 0, 1, 3, 0, 1, 0, 0, 2], "up", "not_testable"),
    ],
)
def test_a_trend(counts: list[int], trend: str, verdict: str) -> None:
    chosen = replace(WINDOW, end=START + dt.timedelta(days=len(counts) - 1))
    test = _one(Hypothesis("h", "trend", "incident", trend=trend, first=chosen), _data(counts))
    assert test.verdict == verdict, test.reason


@pytest.mark.parametrize(("days", "verdict"), [(14, "supported"), (60, "not_supported"), (4, "not_supported")])
def test_a_time_of_doubling(days: float, verdict: str) -> None:
    counts = [round(4 * 2 ** (d / 14)) for d in range(60)]
    test = _one(Hypothesis("h", "trend", "incident", trend="exponential", value=days, first=WINDOW), _data(counts))
    assert test.verdict == verdict, test.reason


def test_two_regions_are_compared() -> None:
    events = (*_events([6, 7, 5, 6] * 15, division="North"), *_events([3, 2, 3, 4] * 15, division="South"))
    sides = {"first": replace(WINDOW, divisions=("North",)), "second": replace(WINDOW, divisions=("South",))}
    data = Data(tuple(events), complete=True)
    twice = _one(Hypothesis("h", "comparison", "incident", value=2, comparator="approx", **sides), data)
    assert twice.verdict == "supported", twice.reason
    assert _one(Hypothesis("h", "comparison", "incident", value=5, **sides), data).verdict == "not_supported"
    assert _one(Hypothesis("h", "comparison", "incident", trend="down", **sides), data).verdict == "not_supported"


def test_before_and_after() -> None:
    counts = [2, 3, 1, 2] * 10 + [6, 7, 5, 6] * 10
    cut = START + dt.timedelta(days=40)
    after, before = Selection(start=cut, end=START + dt.timedelta(days=79)), Selection(start=START, end=cut - dt.timedelta(days=1))
    test = _one(Hypothesis("h", "comparison", "incident", value=3, comparator="approx", first=after, second=before), _data(counts))
    assert test.verdict == "supported", test.reason


def test_a_share() -> None:
    events = (*_events([2] * 30, act="strike.air"), *_events([1] * 30, act="shelling"))
    said = Hypothesis("h", "share", "incident", value=0.5, comparator="ge", first=Selection(acts=("strike",)), second=Selection())
    assert _one(said, Data(events, complete=True)).verdict == "supported"
    assert _one(replace(said, comparator="le"), Data(events, complete=True)).verdict == "not_supported"


def test_events_near_a_border_are_told_from_those_that_are_not() -> None:
    near = (Event(f"n{i}", START + dt.timedelta(days=i), (51.9, 34.0), "UA") for i in range(40))
    far = (Event(f"f{i}", START + dt.timedelta(days=2 * i), (49.6, 30.0), "UA") for i in range(20))
    unknown = (Event(f"u{i}", START, None, "UA") for i in range(3))
    border = {"border_km": 30.0, "neighbours": ("RU",)}
    first, second = Selection(**border), Selection(**border, beyond_border=True)  # type: ignore[arg-type]
    said = Hypothesis("h", "comparison", "incident", first=replace(first, start=START, end=START + dt.timedelta(days=39)),
                      second=replace(second, start=START, end=START + dt.timedelta(days=39)))  # fmt: skip
    test = _one(said, Data((*near, *far, *unknown), complete=True))
    assert (test.verdict, test.left_out) == ("supported", 3)


def test_many_hypotheses_at_once_need_more() -> None:
    counts = [4, 5, 3, 4] * 7
    counts[-6:] = [7, 8, 6, 7, 8, 7]
    said = Hypothesis("h", "trend", "incident", trend="up", first=replace(WINDOW, end=START + dt.timedelta(days=27)))
    alone = _one(said, _data(counts))
    assert alone.estimate is not None and alone.estimate.adjusted == alone.estimate.p
    several = hold_all([said, *(replace(said, identifier=f"h{n}", trend="flat") for n in range(40))], _data(counts))[0]
    assert several.estimate is not None and several.estimate.adjusted is not None and alone.estimate.p is not None
    assert several.estimate.adjusted == pytest.approx(min(1.0, 41 * alone.estimate.p))


def test_an_area_that_is_not_there_is_refused() -> None:
    with pytest.raises(UsageError, match="WM009"):
        hold_all([Hypothesis("h", "rate", "incident", value=1, first=Selection(layer="front"))], Data((), layers=Layers()))


def test_hypotheses_come_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "asked.toml"
    path.write_text(
        '[[hypothesis]]\nname = "border"\nkind = "comparison"\nunit = "incident"\nvalue = 2\ncomparator = "ge"\n'
        'first = { name = "north", divisions = ["North"], start = 2024-01-01 }\nsecond = { divisions = ["South"], end = "2024-02-01" }\n',
        encoding="utf-8",
    )
    (said,) = read_hypotheses(path)
    assert (said.identifier, said.value, said.first.divisions, said.first.start) == ("border", 2, ("North",), START)
    assert said.second == Selection(divisions=("South",), end=dt.date(2024, 2, 1))


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[[hypothesis]]",
        '[[hypothesis]]\nkind="rate"\nunit="incident"\nspeed=3',
        '[[hypothesis]]\nkind="share"\nunit="incident"\nvalue=0.5',
    ],
)
def test_hypotheses_that_cannot_be_meant_are_refused(tmp_path: Path, body: str) -> None:
    path = tmp_path / "asked.toml"
    path.write_text(body, encoding="utf-8")
    with pytest.raises(UsageError, match="WM009"):
        read_hypotheses(path)


def test_a_table_of_events(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text("date,latitude,longitude,count,act\n2024-01-02,50.1,34.2,3,shelling\n,,,,\n", encoding="utf-8")
    one, two = read_table(path)
    assert (one.day, one.point, one.number, one.act) == (dt.date(2024, 1, 2), (50.1, 34.2), 3, "shelling")
    assert (two.day, two.point, two.number) == (None, None, 1)


@pytest.mark.parametrize(
    "body", ["place\nSumy\n", "date\n3 May\n", "date,count\n2024-01-01,-2\n", "date,latitude,longitude\n2024-01-01,91,0\n"]
)
def test_a_bad_table_is_refused_with_its_line(tmp_path: Path, body: str) -> None:
    path = tmp_path / "events.csv"
    path.write_text(body, encoding="utf-8")
    with pytest.raises(UsageError, match="WM008"):
        read_table(path)
