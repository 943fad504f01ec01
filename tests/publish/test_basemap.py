"""The base map: land is cut at the edges of a box, borders agree with the gazetteer, and what is drawn is small."""

from __future__ import annotations

from witnessmark.publish import basemap
from witnessmark.publish.basemap import Box, outlines, path

UKRAINE = Box(20.0, 43.0, 42.0, 54.0)


def _holds(rings: tuple[basemap.Line, ...], x: float, y: float) -> bool:
    """Is a point on land by the even-odd rule?"""
    crossed = 0
    for ring in rings:
        for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0]), strict=True):
            crossed += (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax
    return crossed % 2 == 1


def test_land_is_cut_at_the_edges_and_sea_stays_sea() -> None:
    land = outlines(UKRAINE).land
    assert all(UKRAINE.west <= x <= UKRAINE.east and UKRAINE.south <= y <= UKRAINE.north for ring in land for x, y in ring)
    assert _holds(land, 30.5, 50.4) and _holds(land, 34.1, 45.2)
    assert not _holds(land, 32.0, 44.0)


def test_no_border_is_drawn_where_the_gazetteer_has_none() -> None:
    isthmus = Box(33.0, 45.8, 34.9, 46.4)
    assert outlines(isthmus).borders == ()
    assert outlines(Box(36.0, 49.8, 40.5, 50.8)).borders, "and there is one between two countries"


def test_a_box_over_the_180th_meridian_has_land_on_both_sides() -> None:
    land = outlines(Box(170.0, 64.0, 196.0, 70.0)).land
    assert _holds(land, 175.0, 66.5) and _holds(land, 181.0, 66.5) and _holds(land, 195.5, 66.0)


def test_paths_leave_out_points_that_nobody_could_tell_apart() -> None:
    line = tuple((x / 10, 0.0) for x in range(101))
    drawn = path([line], lambda p: p, step=2.0, closed=False)
    assert drawn.startswith("M0.0 0.0L2.0 0.0") and drawn.endswith("10.0 0.0") and drawn.count("L") == 5
    whole = outlines(UKRAINE)
    assert len(path(whole.land, lambda p: (p[0] * 40, -p[1] * 60), step=1.0, closed=True)) < 20_000
