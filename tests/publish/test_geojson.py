import dataclasses

from witnessmark.publish import geojson
from witnessmark.publish.view import CaseView


def test_points_and_the_unplaced_make_all_incidents(view: CaseView) -> None:
    made = geojson.feature_collection(view)
    placed = [f["id"] for f in made["features"]]  # type: ignore[attr-defined]
    unplaced = [p["incident"] for p in made["unplaced"]]  # type: ignore[attr-defined]
    assert sorted(placed + unplaced) == [i.identifier for i in view.incidents]
    assert unplaced == ["incident-3"]


def test_a_point_is_longitude_first_with_precision_and_radius(view: CaseView) -> None:
    first, second = geojson.feature_collection(view)["features"]  # type: ignore[misc]
    assert first["geometry"] == {"type": "Point", "coordinates": [36.3176, 48.8891]}
    assert first["properties"]["place_precision"] == "P3"
    assert (first["properties"]["radius_km"], first["properties"]["radius_basis"]) == (5.0, "convention")
    assert (second["properties"]["radius_km"], second["properties"]["radius_basis"]) == (10.0, "stated")
    assert (second["properties"]["killed_state"], second["properties"]["killed_low"]) == ("zero", 0)


def test_a_zero_meridian_is_a_place(view: CaseView) -> None:
    claim = view.claim_by_id["claim-local-2"]
    assert claim.place is not None
    spot = dataclasses.replace(claim.place, value=dataclasses.replace(claim.place.value, latitude=0.0, longitude=0.0))
    moved = dataclasses.replace(view, claims=tuple(dataclasses.replace(c, place=spot) if c is claim else c for c in view.claims))
    assert geojson.feature_collection(moved)["features"][1]["geometry"]["coordinates"] == [0.0, 0.0]  # type: ignore[index]
