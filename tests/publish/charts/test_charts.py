"""Figures and the counts behind them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from witnessmark.errors import UsageError
from witnessmark.model import DateValue
from witnessmark.publish import charts, counting
from witnessmark.publish.facts import Facts, Figure, facts_of
from witnessmark.publish.paper.labels import LANGUAGES, Labels
from witnessmark.publish.redaction import load_policy, redact
from witnessmark.publish.view import CaseView


@pytest.fixture
def facts(view: CaseView) -> Facts:
    """The hand-made case, redacted."""
    return facts_of(redact(view, load_policy(), as_of=dt.date(2026, 1, 1)))


def with_dates(facts: Facts, *spans: tuple[dt.date, dt.date]) -> Facts:
    """Incidents with these intervals."""
    made = [replace(facts.incidents[0], identifier=f"i-{n:012x}", when=DateValue(a, b, "T2", "stated")) for n, (a, b) in enumerate(spans)]
    return replace(facts, incidents=tuple(made))


def test_bins_keep_what_is_sure_apart_from_what_may_be(facts: Facts) -> None:
    first, last = dt.date(2023, 1, 10), dt.date(2025, 3, 20)
    timeline = counting.bins(with_dates(facts, (first, first), (dt.date(2023, 1, 20), dt.date(2023, 3, 2)), (last, last)))
    found = timeline.bins
    assert (timeline.unit, timeline.earlier, timeline.later) == ("month", 0, 0) and len(found) == 27
    assert [(b.within, b.perhaps) for b in found[:4]] == [(1, 1), (0, 1), (0, 1), (0, 0)] and found[-1].within == 1


@pytest.mark.parametrize(("days", "unit"), [(0, "day"), (62, "day"), (63, "week"), (731, "month"), (9000, "year")])
def test_the_unit_follows_the_span(facts: Facts, days: int, unit: str) -> None:
    first = dt.date(2000, 1, 1)
    assert counting.bins(with_dates(facts, (first, first), (first + dt.timedelta(days), first + dt.timedelta(days)))).unit == unit


def test_a_few_far_days_do_not_press_the_rest_together(facts: Facts) -> None:
    near = [dt.date(2023, 1, 1) + dt.timedelta(days=4 * n) for n in range(40)]
    far = [dt.date(1991, 3, 13), dt.date(2038, 1, 1)]
    days = [(d, d) for d in (*near, *far)]
    over = (dt.date(2000, 1, 1), dt.date(2023, 1, 3))
    timeline = counting.bins(with_dates(facts, *days, over))
    assert (timeline.earlier, timeline.later) == (1, 1)
    assert timeline.unit == "week" and sum(b.within for b in timeline.bins) == 40
    assert timeline.bins[0].perhaps == 1, "what reaches into the days that are drawn is drawn as known less exactly"


def test_sums_leave_out_what_has_no_number() -> None:
    figures = [Figure("stated", 3, 5, 5, ()), Figure("vague", None, None, None, ("dozens",)), Figure("zero", 0, 0, 0, ())]
    assert counting.totals(figures) == (3, 5, 2)


def test_what_is_sure_lies_below_in_every_language(facts: Facts) -> None:
    altair = pytest.importorskip("altair")
    for language in LANGUAGES:
        for name in ("incidents-over-time", "toll-over-time"):
            spec = charts.FIGURES[name](facts, altair, Labels(language)).to_dict()
            assert spec["encoding"]["order"]["field"] == "rank"
            kinds = {row["rank"]: row["kind"] for row in spec["data"]["values"]}
            assert [kinds[rank] for rank in sorted(kinds)] == spec["encoding"]["color"]["scale"]["domain"]


@pytest.mark.slow
@pytest.mark.parametrize("name", charts.FIGURES)
def test_each_figure_has_its_words_in_ukrainian(name: str, facts: Facts) -> None:
    drawn = charts.draw(facts, name, language="uk").decode()
    assert "Підраховано те, про що повідомляють джерела" in drawn and "прочитано машиною" in drawn
    assert not any(words in drawn for words in (">incidents<", "Incidents", "sources report", "not reviewed", ">others<"))


@pytest.mark.slow
@pytest.mark.parametrize("name", charts.FIGURES)
def test_each_figure_is_drawn_the_same_each_time_and_asks_nobody(name: str, facts: Facts) -> None:
    drawn = charts.draw(facts, name)
    assert drawn == charts.draw(facts, name) and drawn.startswith(b"<svg") and b"Counts what sources report" in drawn
    assert b"http" not in drawn.replace(b"http://www.w3.org", b"")
    assert charts.draw(facts, name, form="png").startswith(b"\x89PNG")


def test_unknown_figures_are_refused(facts: Facts) -> None:
    for name, form in (("none", "svg"), ("by-act", "gif")):
        with pytest.raises(UsageError, match="WM607"):
            charts.draw(facts, name, form=form)
