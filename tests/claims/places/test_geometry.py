"""Distances and moved points."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.claims.places.geometry import distance_km, midway, moved

_LAT, _LON = st.floats(-70, 70), st.floats(-180, 180)


def test_a_known_distance() -> None:
    assert distance_km(50.4547, 30.5238, 49.9818, 36.2548) == pytest.approx(410, abs=5)


@given(_LAT, _LON, _LAT, _LON)
@settings(max_examples=100)
def test_distance_is_symmetric_and_bounded(a: float, b: float, c: float, d: float) -> None:
    there = distance_km(a, b, c, d)
    assert there == pytest.approx(distance_km(c, d, a, b))
    assert 0 <= there <= 20_016


@given(_LAT, st.floats(-170, 170), st.sampled_from([(1, 0), (-1, 1), (0, -1), (1, 1)]), st.floats(1, 100))
@settings(max_examples=100)
def test_a_moved_point_lies_the_stated_way_off(lat: float, lon: float, towards: tuple[int, int], km: float) -> None:
    assert distance_km(lat, lon, *moved(lat, lon, *towards, km)) == pytest.approx(km, rel=0.05)


def test_no_direction_moves_nothing() -> None:
    assert moved(1.0, 2.0, 0, 0, 50) == (1.0, 2.0)


@given(_LAT, _LON, _LAT, _LON)
@settings(max_examples=100)
def test_midway_is_as_far_from_either_end(a: float, b: float, c: float, d: float) -> None:
    lat, lon, half = midway(a, b, c, d)
    assert half == pytest.approx(distance_km(a, b, c, d) / 2, abs=1)
    assert distance_km(lat, lon, c, d) == pytest.approx(half, abs=1)
    assert -180 <= lon <= 180
