"""Tested patterns as listing and charts."""

import datetime as dt
import xml.etree.ElementTree as ET
from pathlib import Path

from witnessmark.model.patterns import CountSeries, Estimate, Hypothesis, Overlap, PatternTest, Undercount
from witnessmark.publish.patterns import VERDICTS, Patterns, chart

SAID = Hypothesis("s-1", "trend", "incident", trend="up", words="attacks are <growing>", stated_in="s-1")
COUNTS = CountSeries("incident", dt.date(2024, 1, 1), 7, (1, 2, 4, 3, 6), (1.0, 1.6, 2.6, 3.9, 6.1), "the <north>")
TEST = PatternTest(
    SAID,
    "supported",
    "it grows",
    "a model",
    Estimate(6.0, 2.0, 9.0, 0.01, 0.02),
    1.2,
    16,
    2,
    (COUNTS,),
    (dt.date(2024, 1, 15),),
    ("a sample",),
)
REFUSED = PatternTest(SAID, "not_testable", "too few")


def test_the_listing_says_verdict_reason_and_caveats() -> None:
    listing = Patterns((TEST, REFUSED), Undercount(9, (Overlap(("a", "b"), 4),), None, "", ("it holds",), "too few")).listing()
    assert listing.heading == "1 supported, 0 not supported, 1 not testable with these data"
    assert [c.text for c in listing.grids[0].rows[0]] == ["“attacks are <growing>”", VERDICTS["supported"], "it grows", "16", "a sample"]
    assert listing.grids[1].rows[0][1].text == "4"
    assert "cannot be estimated: too few" in listing.closing[0]


def test_an_estimate_of_what_is_not_told_lists_what_it_rests_on() -> None:
    listing = Patterns((), Undercount(9, (), Estimate(12.4, 10.0, 20.0), "Chapman", ("sources are independent",))).listing()
    assert "there may be 12 (10 to 20)" in listing.closing[0]
    assert listing.closing[-1] == "It holds only if sources are independent."


def test_a_chart_is_well_formed_and_escapes_what_it_says() -> None:
    root = ET.fromstring(chart(TEST))
    assert len(root.findall("{*}circle")) == 5
    assert root.find("{*}polyline") is not None
    assert "the <north>" in (root.get("aria-label") or "")
    assert chart(REFUSED) == ""


def test_charts_are_written_for_tests_that_used_counts(tmp_path: Path) -> None:
    (path,) = Patterns((REFUSED, TEST), None).write_charts(tmp_path / "charts")
    assert path.name == "002-s-1.svg"
