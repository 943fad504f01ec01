"""Borders and areas around points."""

import datetime as dt
import json
import math
from pathlib import Path

import pytest

from witnessmark.assess.patterns.layers import BORDER_ACCURACY_KM, Layers, border_km, read_layers
from witnessmark.errors import UsageError


@pytest.mark.parametrize(
    ("point", "country", "neighbours", "km"),
    [
        ((50.91, 34.80), "UA", ("RU",), 40),  # Sumy
        ((49.99, 36.23), "UA", (), 30),  # Kharkiv
        ((50.45, 30.52), "UA", ("BY",), 92),  # Kyiv
        ((31.50, 34.47), "PS", ("IL",), 4),  # Gaza
        ((48.85, 2.35), "FR", ("ES",), 660),  # Paris
    ],
)
def test_distance_to_a_land_border(point: tuple[float, float], country: str, neighbours: tuple[str, ...], km: float) -> None:
    assert border_km(point, country, neighbours=neighbours) == pytest.approx(km, abs=2 * BORDER_ACCURACY_KM + 0.05 * km)


def test_an_island_has_no_land_border() -> None:
    assert border_km((64.1, -21.9), "IS") == math.inf


def test_crimea_is_no_border_of_ukraine() -> None:
    assert border_km((46.0, 33.7), "UA", neighbours=("RU",)) > 150


def _layers(tmp_path: Path, *features: dict[str, object]) -> Layers:
    path = tmp_path / "areas.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return read_layers(path)


def _square(name: str, *, hole: bool = False, **days: str) -> dict[str, object]:
    rings = [[[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]]]
    if hole:
        rings.append([[4, 4], [6, 4], [6, 6], [4, 6], [4, 4]])
    return {"properties": {"name": name, **days}, "geometry": {"type": "Polygon", "coordinates": rings}}


def test_an_area_holds_what_lies_in_it_and_not_in_its_hole(tmp_path: Path) -> None:
    layers = _layers(tmp_path, _square("front", hole=True))
    assert layers.holds("front", (2.0, 2.0), None)
    assert not layers.holds("front", (5.0, 5.0), None)
    assert not layers.holds("front", (11.0, 2.0), None)
    assert not layers.holds("rear", (2.0, 2.0), None)


def test_a_dated_area_holds_only_its_days(tmp_path: Path) -> None:
    layers = _layers(tmp_path, _square("front", **{"from": "2024-01-01", "to": "2024-01-31"}))
    assert layers.holds("front", (2.0, 2.0), dt.date(2024, 1, 31))
    assert not layers.holds("front", (2.0, 2.0), dt.date(2024, 2, 1))
    assert not layers.holds("front", (2.0, 2.0), None)


@pytest.mark.parametrize("text", ["", "{}", '{"features": [{"properties": {}, "geometry": {"type": "Point", "coordinates": [1, 2]}}]}'])
def test_a_file_that_holds_no_areas_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "areas.geojson"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="WM008"):
        read_layers(path)
