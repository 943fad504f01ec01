import dataclasses
import datetime as dt
import itertools
from typing import Any

import pytest

from witnessmark.model import DateValue, Mention, PlaceValue
from witnessmark.publish.report import mapplot, timeline
from witnessmark.publish.report.cells import Cells
from witnessmark.publish.report.incidents import IncidentViews, letter_of
from witnessmark.publish.report.references import References
from witnessmark.publish.view import CaseView


def with_field(view: CaseView, claim: str, **fields: Any) -> CaseView:
    """``view`` with other fields in one claim."""
    return dataclasses.replace(view, claims=tuple(dataclasses.replace(c, **fields) if c.identifier == claim else c for c in view.claims))


def drawn(view: CaseView) -> tuple[timeline.Timeline, mapplot.MapPlot]:
    incidents = IncidentViews(Cells(view, References(view))).all()
    return timeline.build(view, incidents), mapplot.build(view, incidents)


def points(plot: mapplot.MapPlot) -> list[mapplot.Point]:
    return [p for panel in plot.panels for p in panel.points]


def date(first: str, last: str, precision: str = "T2", **more: Any) -> Mention[DateValue]:
    value = DateValue(dt.date.fromisoformat(first), dt.date.fromisoformat(last), precision, "stated", **more)
    return Mention(value, None, "", "test")


def spot(latitude: float | None, longitude: float | None, precision: str = "P3") -> Mention[PlaceValue]:
    return Mention(PlaceValue("Somewhere", None, None, latitude, longitude, precision), None, "", "test")


def test_intervals_are_as_wide_as_they_are_vague(view: CaseView) -> None:
    drawing, _ = drawn(with_field(view, "claim-local-2", date=date("2024-03-01", "2024-03-10", "T5")))
    by_number = {b.incident.number: b for b in drawing.bars}
    assert by_number[2].width == pytest.approx(10 * by_number[1].width, rel=0.02)
    assert (by_number[1].kind, by_number[2].kind) == ("day", "wide")


def test_undated_and_unplaced_incidents_have_lanes_of_their_own(view: CaseView) -> None:
    drawing, plot = drawn(view)
    assert [i.number for i in drawing.undated] == [3]
    assert [i.number for i in plot.unplaced] == [3]
    assert len(drawing.bars) + len(drawing.undated) == len(view.incidents)
    assert sum(len(p.incidents) for p in points(plot)) + len(plot.unplaced) == len(view.incidents)


def test_an_open_end_runs_to_the_edge_and_does_not_stretch_the_axis(view: CaseView) -> None:
    drawing, _ = drawn(with_field(view, "claim-local-2", date=date("2024-03-10", "9999-12-31", "T6", open_end=True)))
    bar = next(b for b in drawing.bars if b.incident.number == 2)
    assert bar.open_end
    assert bar.x + bar.width == pytest.approx(drawing.plot_right)
    assert all("2024" in t.label or t.label.endswith("Mar") for t in drawing.ticks)


def test_a_report_date_is_drawn_apart(view: CaseView) -> None:
    drawing, _ = drawn(with_field(view, "claim-local-2", date=date("2024-03-10", "2024-03-10", "TR")))
    assert next(b for b in drawing.bars if b.incident.number == 2).kind == "report"


@pytest.mark.parametrize("first", ["0001-01-01", "1999-12-31", "2024-02-01", "9999-12-31"])
def test_the_axis_holds_any_span_of_time(view: CaseView, first: str) -> None:
    drawing, _ = drawn(with_field(view, "claim-local-2", date=date(first, first)))
    assert 1 <= len(drawing.ticks) <= 25
    for bar in drawing.bars:
        assert drawing.plot_left <= bar.x <= bar.x + bar.width <= drawing.plot_right + 5
    assert [t.x for t in drawing.ticks] == sorted(t.x for t in drawing.ticks)


def test_circles_grow_with_uncertainty(view: CaseView) -> None:
    _, plot = drawn(view)
    by_name = {p.label: p for p in points(plot)}
    assert by_name["Barvinkove"].radius == pytest.approx(2 * by_name["Lozova"].radius, rel=0.01)
    assert plot.panels[0].scale_width == pytest.approx(by_name["Lozova"].radius * plot.panels[0].scale_km / 5, rel=0.02)


def test_points_lie_as_they_do_on_the_ground(view: CaseView) -> None:
    _, plot = drawn(view)
    by_name = {p.label: p for p in points(plot)}
    assert by_name["Lozova"].x < by_name["Barvinkove"].x  # west of it
    assert by_name["Lozova"].y > by_name["Barvinkove"].y  # and a little to the south


@pytest.mark.parametrize(("latitude", "longitude"), [(0.0, 0.0), (-54.8, -68.3), (89.9, 179.9), (-90.0, -180.0)])
def test_the_frame_holds_places_anywhere(view: CaseView, latitude: float, longitude: float) -> None:
    _, plot = drawn(with_field(view, "claim-local-2", place=spot(latitude, longitude)))
    for panel in plot.panels:
        for point in panel.points:
            assert 0 <= point.x <= panel.width
            assert 0 <= point.y <= panel.height


def test_places_far_apart_get_panels_of_their_own(view: CaseView) -> None:
    _, near = drawn(view)
    _, far = drawn(with_field(view, "claim-local-2", place=spot(15.6, 32.5)))
    assert [len(p.points) for p in near.panels] == [2]
    assert [len(p.points) for p in far.panels] == [1, 1]
    assert far.panels[0].width > far.panels[1].width


def test_a_long_empty_stretch_is_folded_and_named(view: CaseView) -> None:
    drawing, _ = drawn(with_field(view, "claim-local-2", date=date("1991-03-12", "1991-03-12")))
    assert [f.label for f in drawing.folds] == ["33 years"]
    old, new = sorted(drawing.bars, key=lambda b: b.x)
    assert old.x + old.width < drawing.folds[0].x < new.x


def test_incidents_at_one_place_share_a_point(view: CaseView) -> None:
    lozova = view.claim_by_id["claim-wire-1"].place
    _, plot = drawn(with_field(view, "claim-local-2", place=lozova))
    assert [len(p.incidents) for p in points(plot)] == [2]
    assert points(plot)[0].label == "Lozova × 2"


def test_a_region_is_drawn_as_coarse(view: CaseView) -> None:
    _, plot = drawn(with_field(view, "claim-local-2", place=spot(49.9, 36.2, "P6")))
    assert sorted(p.coarse for p in points(plot)) == [False, True]


def test_many_incidents_are_packed_without_overlap(view: CaseView) -> None:
    number = 150
    claim = view.claim_by_id["claim-local-2"]
    start = dt.date(2024, 1, 1)
    claims = [
        dataclasses.replace(
            claim,
            identifier=f"c{n}",
            date=date((start + dt.timedelta(n % 40)).isoformat(), (start + dt.timedelta(n % 40 + n % 5)).isoformat(), "T3"),
        )
        for n in range(number)
    ]
    incidents = [dataclasses.replace(view.incidents[1], identifier=f"i{n}", claims=(f"c{n}",), killed=view.incidents[2].killed,
                                     injured=view.incidents[2].killed) for n in range(number)]  # fmt: skip
    drawing, _ = drawn(dataclasses.replace(view, claims=tuple(claims), incidents=tuple(incidents), contradictions=()))
    assert not drawing.named
    assert len(drawing.bars) == number
    lanes: dict[float, list[timeline.Bar]] = {}
    for bar in drawing.bars:
        lanes.setdefault(bar.y, []).append(bar)
    for lane in lanes.values():
        for left, right in itertools.pairwise(lane):
            assert left.x + left.width <= right.x


def test_claims_are_named_by_letters() -> None:
    assert [letter_of(n) for n in (0, 25, 26, 27, 701, 702)] == ["A", "Z", "AA", "AB", "ZZ", "AAA"]
