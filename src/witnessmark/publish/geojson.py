"""GeoJSON (RFC 7946) of the incidents: points with their precision and radius. Incidents without a point stand in a list of their own."""

from __future__ import annotations

import json
from collections.abc import Iterator

from witnessmark.model import Incident, PlaceValue
from witnessmark.publish import consensus, wording
from witnessmark.publish.view import CaseView

RADIUS_KM = {
    "P0": 0.01, "P1": 0.15, "P2": 1.0, "P3": 5.0, "P4": 15.0, "P5": 30.0, "P6": 100.0, "P7": 150.0, "P8": 400.0, "P9": 400.0,
}  # fmt: skip
"""Radius in kilometres that a precision is drawn with when the record states none. A convention for the eye, not a measurement:
about half the extent of a usual building plot, street, quarter, town, hromada, raion, oblast, region and country."""


def radius_km(value: PlaceValue) -> float:
    """The stated uncertainty, or the convention for the precision."""
    return value.radius_km if value.radius_km is not None else RADIUS_KM.get(value.precision, 400.0)


def _properties(view: CaseView, item: Incident) -> dict[str, object]:
    date = consensus.field(view, item, "date")
    place = consensus.field(view, item, "place")
    value = date[1].value if date else None
    out: dict[str, object] = {
        "incident": item.identifier,
        "act": item.act,
        "date_earliest": value.earliest.isoformat() if value else None,
        "date_latest": value.latest.isoformat() if value else None,
        "date_precision": value.precision if value else None,
        "killed_state": consensus.state(view, item, "killed"),
        "killed_low": item.killed.low.value if item.killed.low else None,
        "killed_high": item.killed.high.value if item.killed.high else None,
        "injured_state": consensus.state(view, item, "injured"),
        "injured_low": item.injured.low.value if item.injured.low else None,
        "injured_high": item.injured.high.value if item.injured.high else None,
        "claims": list(item.claims),
        "review": view.review(item.identifier),
    }
    if place:
        out |= _where(place[1].value) | {"place_claim": place[0].identifier, "place_quote": place[1].quote}
    return out


def _where(value: PlaceValue) -> dict[str, object]:
    return {
        "place": value.name,
        "country": value.country,
        "adm1": value.adm1,
        "place_precision": value.precision,
        "place_precision_meaning": wording.PLACE_PRECISION.get(value.precision, value.precision),
        "radius_km": radius_km(value) if value.resolved else None,
        "radius_basis": "stated" if value.radius_km is not None else "convention",
        "gazetteer_id": value.gazetteer_id,
    }


def pieces(view: CaseView) -> Iterator[bytes]:
    """All placed incidents as point features, as JSON piece by piece; ``unplaced`` lists the properties of the others, so that none is lost."""
    head = {"type": "FeatureCollection", "review": view.review_summary, "audience": view.audience}
    yield (_encode(head)[:-1] + ',"features":[').encode()
    unplaced: list[str] = []
    between = ""
    for item in view.incidents:
        place = consensus.field(view, item, "place")
        properties = _properties(view, item)
        if place is None or not place[1].value.resolved:
            unplaced.append(_encode(properties))
            continue
        value = place[1].value
        point = {"type": "Point", "coordinates": [value.longitude, value.latitude]}
        feature = {"type": "Feature", "id": item.identifier, "geometry": point, "properties": properties}
        yield (between + _encode(feature)).encode("utf-8", "backslashreplace")
        between = ",\n"
    yield ('],"unplaced":[' + ",\n".join(unplaced) + "]}\n").encode("utf-8", "backslashreplace")


def feature_collection(view: CaseView) -> dict[str, object]:
    """The same as one object."""
    made: dict[str, object] = json.loads(b"".join(pieces(view)))
    return made


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
