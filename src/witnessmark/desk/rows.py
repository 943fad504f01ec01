"""Flat rows of claims and incidents, as maps, timelines and lists need them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from witnessmark.publish.geojson import RADIUS_KM


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """Where and when one claim sets its incident. ``place``: name, country, adm1, latitude, longitude, radius in km, precision;
    ``days``: first and last day as ordinals, precision. None where the claim does not say."""

    document: str
    place: tuple[Any, ...] | None
    days: tuple[int, int, str] | None


@dataclass(slots=True)
class IncidentRow:
    """One incident on the map and in lists."""

    identifier: str
    act: str
    place: tuple[Any, ...]
    days: tuple[Any, ...]
    tolls: tuple[int | None, int | None, int | None, int | None]
    members: tuple[str, ...]
    documents: int
    contradictions: int = 0

    @property
    def killed(self) -> int:
        """The greatest figure of killed that a claim gives, 0 when none does."""
        return self.tolls[1] or self.tolls[0] or 0

    def columns(self) -> tuple[Any, ...]:
        """Values in the order of the index's columns."""
        place, days = self.place, self.days
        return (self.identifier, self.act, *place, *days, *self.tolls, len(self.members), self.documents, self.contradictions)

    def summary(self) -> dict[str, Any]:
        """What the history keeps of the incident."""
        name, _, adm1, *_, precision = self.place
        first, last, _ = self.days
        low, high, injured_low, injured_high = self.tolls
        return {
            "id": self.identifier, "act": self.act, "place": name, "adm1": adm1, "precision": precision,
            "earliest": dt.date.fromordinal(first).isoformat() if first else None,
            "latest": dt.date.fromordinal(last).isoformat() if last else None,
            "killed": [low, high], "injured": [injured_low, injured_high], "claims": list(self.members),
        }  # fmt: skip


def claim_row(row: Mapping[str, Any]) -> ClaimRow:
    """From a row of the table of claims."""
    place = None
    if row["place"] is not None:
        names = ("place", "country", "adm1", "latitude", "longitude")
        place = (*(row[n] for n in names), _radius(row), row["place_precision"])
    days = None
    if row["earliest"] is not None:
        first, last = (dt.date.fromisoformat(row[n]).toordinal() for n in ("earliest", "latest"))
        days = (first, last, row["date_precision"])
    return ClaimRow(row["document"], place, days)


def _radius(row: Mapping[str, Any]) -> float | None:
    if row["latitude"] is None:
        return None
    if '"radius_km":null' not in row["record"]:
        stated = json.loads(row["record"])["place"]["value"].get("radius_km")
        if stated is not None:
            return float(stated)
    return RADIUS_KM.get(row["place_precision"], 400.0)


def incident_row(row: Mapping[str, Any], data: Mapping[str, Any], claims: Mapping[str, ClaimRow]) -> IncidentRow:
    """From a row of the table of incidents and its record; place and days come from the claims that its sources name."""
    named = dict(data["sources"])
    place = claims[named["place"]].place if named.get("place") in claims else None
    days = claims[named["date"]].days if named.get("date") in claims else None
    return IncidentRow(
        identifier=row["identifier"],
        act=row["act"],
        place=place or (None,) * 7,
        days=days or (None,) * 3,
        tolls=(row["killed_low"], row["killed_high"], row["injured_low"], row["injured_high"]),
        members=tuple(data["claims"]),
        documents=len({claims[c].document for c in data["claims"] if c in claims}),
    )
