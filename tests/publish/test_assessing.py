import dataclasses
import datetime as dt

from witnessmark.model import DateValue, Mention, SeriesClaim
from witnessmark.publish.assessing import can_be_tested
from witnessmark.publish.view import CaseView


def dated(series: SeriesClaim, number: int, *, document: str = "other") -> SeriesClaim:
    """The same figure on another day, from another document."""
    when = dt.date(2024, 3, number)
    date = Mention(DateValue(when, when, "T2", "stated"), None, "", "test")
    return dataclasses.replace(series, identifier=f"s{number}", document=document, date=date)


def test_a_trend_without_figures_cannot_be_tested(view: CaseView) -> None:
    rate, trend = view.series
    assert can_be_tested(view, trend).startswith("not testable with this document alone")
    assert can_be_tested(view, rate).startswith("not testable with this document alone")


def test_a_figure_of_the_same_unit_period_and_place_makes_a_rate_testable(view: CaseView) -> None:
    rate, trend = view.series
    more = dataclasses.replace(view, series=(rate, trend, dated(rate, 5)))
    assert can_be_tested(more, rate) == "testable: 1 dated figure of the same unit, period and place"
    monthly = dataclasses.replace(view, series=(rate, trend, dataclasses.replace(dated(rate, 5), rate_period="month")))
    assert can_be_tested(monthly, rate).startswith("not testable with this case")
    elsewhere = dataclasses.replace(view, series=(rate, trend, dataclasses.replace(dated(rate, 5), place=None)))
    assert can_be_tested(elsewhere, rate).startswith("not testable")
    other_unit = dataclasses.replace(view, series=(rate, trend, dataclasses.replace(dated(rate, 5), unit="shell")))
    assert can_be_tested(other_unit, rate).startswith("not testable")


def test_a_trend_needs_three_points_at_its_place(view: CaseView) -> None:
    rate, trend = view.series
    placed = dataclasses.replace(trend, place=rate.place)
    points = tuple(dated(rate, n) for n in (1, 2, 3))
    assert can_be_tested(dataclasses.replace(view, series=(placed, *points[:2])), placed).startswith("not testable with this case")
    assert can_be_tested(dataclasses.replace(view, series=(placed, *points)), placed).startswith("testable")


def test_words_without_a_figure_say_so(view: CaseView) -> None:
    rate, _ = view.series
    wordless = dataclasses.replace(rate, quantity=None)
    assert can_be_tested(dataclasses.replace(view, series=(wordless,)), wordless) == "not testable: it states no figure"


def test_figures_of_other_scope_and_noun_are_said_not_to_compare(view: CaseView) -> None:
    rate, _ = view.series
    other = dataclasses.replace(rate, identifier="series-hits", quote="5,000 hits", scope_note=rate.span, place=None)
    both = dataclasses.replace(view, series=(dataclasses.replace(rate, quote="40 strikes"), other))
    told = can_be_tested(both, both.series[0])
    assert "not comparable with “5,000 hits”: hits are not strikes, the places differ, the scopes differ" in told
