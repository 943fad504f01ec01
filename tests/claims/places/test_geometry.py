"""Distances and moved points."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.claims.places.geometry import distance_km, moved

_LAT, _LON = st.floats(-70, 70), st.floats(-180, 180)


def test_a_known_distance() -> None:
    assert distance_km(50.4547, 30.5238, 49.9818, 36.2548) == pytest.approx(410, abs=5)


@given(_LAT, _LON, _LAT, _LON)
@settings(max_examples=100)
def test_distance_is_symmetric_and_bounded(a: float, b: float, c: float, d: float) -> None:
    there = distance_km(a, b, c, d)
    assert there == pytest.approx(distance_km(c, d, a, b))
    assert 0 <= there <= 20_016


@given(_LAT, st.floats(-170, 170), st.sampled_from(["north", "south-east", "west", "northeast"]), st.floats(1, 100))
@settings(max_examples=100)
def test_a_moved_point_lies_the_stated_way_off(lat: float, lon: float, direction: str, km: float) -> None:
    assert distance_km(lat, lon, *moved(lat, lon, direction, km)) == pytest.approx(km, rel=0.05)


def test_a_word_that_is_no_direction_moves_nothing() -> None:
    assert moved(1.0, 2.0, "central", 50) == (1.0, 2.0)
