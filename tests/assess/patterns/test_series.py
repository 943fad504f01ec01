"""Series claims of documents, held against incidents and against further figures."""

import datetime as dt

from witnessmark.assess.patterns import Data, Event, hold_series
from witnessmark.model import DateValue, Mention, Quantity, SeriesClaim, Span


def _claim(
    number: int, *, day: dt.date | None, unit: str = "strike_or_impact", trend: str = "none", period: str | None = "day", name: str = ""
) -> SeriesClaim:
    words = name or f"{number} strikes"
    date = Mention(DateValue(day, day, "T2", "stated"), Span(0, 1), "x", "test") if day is not None else None
    quantity = Quantity(number, number, "eq", words, unit=unit) if number else None
    return SeriesClaim(
        f"s-{number}-{day}-{trend}", "doc", Span(0, len(words)), words, unit, quantity, period, "eq", trend, "asserted", "test", date=date
    )


def _days(figures: list[int]) -> list[SeriesClaim]:
    return [_claim(figure, day=dt.date(2024, 1, 1) + dt.timedelta(days=at)) for at, figure in enumerate(figures)]


def test_a_stated_rate_is_held_against_further_figures_of_its_unit() -> None:
    first, *_ = hold_series([_claim(120, day=None), *_days([118, 125, 121, 117, 122])], Data(()))
    assert first.verdict == "supported", first.reason
    assert (first.used, first.hypothesis.words) == (5, "120 strikes")
    other, *_ = hold_series([_claim(400, day=None), *_days([118, 125, 121, 117, 122])], Data(()))
    assert other.verdict == "not_supported"


def test_a_stated_trend_is_held_against_a_run_of_figures() -> None:
    figures = [round(20 * 2 ** (d / 10)) for d in range(30)]
    grows, *_ = hold_series([_claim(0, day=None, trend="exponential"), *_days(figures)], Data(()))
    assert grows.verdict == "supported", grows.reason
    level, *_ = hold_series([_claim(0, day=None, trend="exponential"), *_days([50, 52, 49, 51] * 7)], Data(()))
    assert level.verdict == "not_supported", level.reason


def test_with_too_few_figures_the_document_alone_cannot_tell() -> None:
    test, *_ = hold_series([_claim(0, day=None, trend="exponential"), *_days([50, 52])], Data(()))
    assert test.verdict == "not_testable"
    assert "2 further dated figures" in test.reason


def test_attacks_are_held_against_the_incidents_of_the_case() -> None:
    days = [dt.date(2024, 1, 1) + dt.timedelta(days=n // 3) for n in range(60)]
    events = tuple(Event(f"e{n}", day, (50.0, 30.0), "UA") for n, day in enumerate(days))
    test, *_ = hold_series([_claim(2, day=None, unit="attack")], Data(events, complete=True))
    assert (test.verdict, test.used) == ("not_supported", 60), test.reason


def test_what_states_no_figure_or_no_earlier_period_says_so() -> None:
    total, comparison = hold_series([_claim(90, day=None, period=None), _claim(0, day=None)], Data(()))
    assert "total" in total.reason
    assert "no figure" in comparison.reason
