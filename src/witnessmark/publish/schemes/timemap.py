"""Events as Bellingcat's timemap reads them: one JSON list."""

from __future__ import annotations

from witnessmark.publish.facts import Fact, Facts
from witnessmark.publish.schemes.base import Losses, Made, Scheme, crosswalk, each, text
from witnessmark.publish.schemes.phrases import description, links

AREAS = (
    "Residential", "Industrial", "Administrative", "Healthcare", "School or childcare", "Military", "Commercial", "Religious", "Cultural",
    "Roads/Highways/Transport", "Undefined",
)  # fmt: skip
WEAPONS = (
    "Air strike", "Ballistic missile", "Cruise missile", "HE rocket artillery", "Cluster munitions", "Incendiary munitions", "Thermobaric munition",
    "Land mines", "Small arms", "Unknown", "Undefined",
)  # fmt: skip
_WEAPON = {"Multiple Launch Rocket System": "HE rocket artillery", "Land mine": "Land mines"}
_AREA = {"Food Infrastructure": "Commercial", "Humanitarian": "Undefined"}
FIELDS = (
    text("id", "ours", required=True), text("date", "MM/DD/YYYY", required=True), text("latitude", "degrees north, as text"), text("longitude", "degrees east, as text"),
    text("location", "place", required=True), text("description", "a sentence made of the coded values", required=True),
    text("sources", "addresses of the sources that may be named"),
    text("filters", "list of key and value: 'Type of area affected', 'Weapon System', 'Review'"),
)  # fmt: skip


def _row(fact: Fact, facts: Facts, losses: Losses) -> Made | None:
    if fact.day is None:
        return losses.ineligible(fact, "no single day: the timemap draws points in time")
    if fact.where is None or not fact.where.resolved or fact.where.precision >= "P6":
        return losses.ineligible(fact, "no place finer than a region: the timemap draws points")
    found = links(fact, facts)
    if len(found) < len(fact.sources):
        losses.dropped(fact, "sources", "sources whose address may not be named")
    if fact.killed.state != "not_stated" or fact.injured.state != "not_stated":
        losses.dropped(fact, "killed and injured", "the timemap has no tolls; they stand in the description")
    return {
        "id": fact.identifier, "date": f"{fact.day:%m/%d/%Y}", "latitude": str(fact.where.latitude), "longitude": str(fact.where.longitude),
        "location": ", ".join(p for p in (fact.where.name, fact.where.adm1) if p), "description": description(fact), "sources": found,
        "filters": [*_filters("Type of area affected", _areas(fact, losses)), *_filters("Weapon System", _weapons(fact, losses)),
                    {"key": "Review", "value": fact.review.label}],
    }  # fmt: skip


def _filters(key: str, values: list[str]) -> list[dict[str, str]]:
    return [{"key": key, "value": v} for v in values]


def _areas(fact: Fact, losses: Losses) -> list[str]:
    found = [crosswalk("object", k, "bellingcat") for k in fact.kinds]
    named = [_AREA.get(a, a) for a in found if a]
    if len(named) < len(found) or any(a in _AREA for a in found if a):
        losses.merged(fact, "object", "becomes a neighbouring area type, or Undefined")
    return list(dict.fromkeys(named)) or ["Undefined"]


def _weapons(fact: Fact, losses: Losses) -> list[str]:
    found = [*(crosswalk("effect", e, "bellingcat") for e in fact.effects), *(crosswalk("weapon", w, "bellingcat") for w in fact.weapons)]
    named = [_WEAPON.get(w, w) for w in found if w]
    fitting = [w for w in named if w in WEAPONS]
    if len(fitting) < len(fact.weapons) + len(fact.effects):
        losses.dropped(fact, "munition", "weapons or effects that the timemap has no word for")
    return list(dict.fromkeys(fitting)) or ["Undefined"]


SCHEME = Scheme(
    "timemap", "Bellingcat timemap events", "ukraine-timemap 2026-03", "event schema and configuration of the viewer, 2026-03", "json", FIELDS, each(_row),
    note="Points are the gazetteer's for the settlement named; the viewer's own data are geolocated by people.",
)  # fmt: skip
