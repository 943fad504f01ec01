import dataclasses
import datetime as dt

from witnessmark.model import DateValue, Mention, SeriesClaim
from witnessmark.publish.assessing import testability
from witnessmark.publish.view import CaseView


def dated(series: SeriesClaim, number: int, *, document: str = "other") -> SeriesClaim:
    """The same figure on another day, from another document."""
    when = dt.date(2024, 3, number)
    date = Mention(DateValue(when, when, "T2", "stated"), None, "", "test")
    return dataclasses.replace(series, identifier=f"s{number}", document=document, date=date)


def test_a_trend_without_figures_cannot_be_tested(view: CaseView) -> None:
    rate, trend = view.series
    assert testability(view, trend).startswith("not testable with this document alone")
    assert testability(view, rate).startswith("not testable with this document alone")


def test_a_figure_of_the_same_unit_period_and_place_makes_a_rate_testable(view: CaseView) -> None:
    rate, trend = view.series
    more = dataclasses.replace(view, series=(rate, trend, dated(rate, 5)))
    assert testability(more, rate) == "testable: 1 dated figure of the same unit, period and place"
    monthly = dataclasses.replace(view, series=(rate, trend, dataclasses.replace(dated(rate, 5), rate_period="month")))
    assert testability(monthly, rate).startswith("not testable with this case")
    elsewhere = dataclasses.replace(view, series=(rate, trend, dataclasses.replace(dated(rate, 5), place=None)))
    assert testability(elsewhere, rate).startswith("not testable")
    other_unit = dataclasses.replace(view, series=(rate, trend, dataclasses.replace(dated(rate, 5), unit="shell")))
    assert testability(other_unit, rate).startswith("not testable")


def test_a_trend_needs_three_points_at_its_place(view: CaseView) -> None:
    rate, trend = view.series
    placed = dataclasses.replace(trend, place=rate.place)
    points = tuple(dated(rate, n) for n in (1, 2, 3))
    assert testability(dataclasses.replace(view, series=(placed, *points[:2])), placed).startswith("not testable with this case")
    assert testability(dataclasses.replace(view, series=(placed, *points)), placed).startswith("testable")


def test_words_without_a_figure_say_so(view: CaseView) -> None:
    rate, _ = view.series
    wordless = dataclasses.replace(rate, quantity=None)
    assert testability(dataclasses.replace(view, series=(wordless,)), wordless) == "not testable: it states no figure"
