"""The shape of AOAV's explosive violence monitor. AOAV publishes no list of columns; the names here are ours, after its methodology."""

from __future__ import annotations

from witnessmark.publish.facts import Fact, Facts
from witnessmark.publish.schemes.base import Losses, Made, Scheme, crosswalk, each, integer, joined, text
from witnessmark.publish.schemes.phrases import country_name, publishers

LAUNCH = ("air-launched", "ground-launched", "IED", "multiple", "mine", "naval")
FIELDS = (
    text("incident_id", "ours", required=True), text("date", "day, YYYY-MM-DD", required=True), text("time", "HH:MM"), text("country", "country", required=True),
    text("adm1", "first-order division"), text("location", "place", required=True), text("location_type", "what was hit"),
    text("populated_area", "not coded: yes or no", "yes", "no", filled=False), text("weapon_launch", "how it was launched", *LAUNCH),
    text("weapon_type", "kind of weapon", required=True), integer("n_weapons", "number of munitions where stated"),
    text("detonation_method", "not coded", filled=False), text("user_status", "status of the party named", "state actor", "non-state armed group", "unknown"),
    text("user_name", "party named; an allegation"), text("target", "not known: what was hit is not who was meant", filled=False),
    integer("civ_killed", "killed, taken for civilians unless called military"), integer("civ_injured", "injured, the same"),
    integer("armed_killed", "killed where only military harm is told"), integer("armed_injured", "injured, the same"),
    integer("men", "men killed or injured, where stated"), integer("women", "women, the same"), integer("children", "children, the same"),
    text("displacement_reported", "yes, or empty: silence is not a no", "yes"), text("damage_reported", "yes, or empty", "yes"),
    text("source_1", "first publisher"), text("source_2", "second publisher"),
    text("x_review", "review label"),
)  # fmt: skip
_GROUND = ("shelling", "strike.missile")


def _row(fact: Fact, facts: Facts, losses: Losses) -> Made | None:
    weapon = next((w for w in (crosswalk("weapon", i, "aoav") for i in fact.weapons) if w), None) or crosswalk("act", fact.act, "aoav")
    if weapon is None:
        return losses.ineligible(fact, "no explosive weapon is told")
    if not ((fact.killed.most or 0) + (fact.injured.most or 0)):
        vague = "vague" in (fact.killed.state, fact.injured.state)
        return losses.ineligible(
            fact, "only words without a number ('several'): AOAV cannot record them" if vague else "no casualty with a number"
        )
    if fact.day is None or fact.when is None:
        return losses.ineligible(fact, "no single day: AOAV records what lasts up to 24 hours")
    if fact.where is None or fact.where.precision >= "P8":
        return losses.ineligible(fact, "no place finer than a country")
    losses.assumed(fact, "civ_killed and civ_injured", "the toll is taken for civilians unless only military harm is told")
    for harm, figure in (("killed", fact.killed), ("injured", fact.injured)):
        if figure.state in ("vague", "unknown", "not_stated"):
            losses.merged(fact, harm, f"{figure.state.replace('_', ' ')}: the cell is empty, whatever the reason")
    armed = fact.scope == "military"
    killed, injured = fact.killed.latest or fact.killed.most, fact.injured.latest or fact.injured.most
    names = publishers(fact, facts)
    if len(names) > 2:
        losses.dropped(fact, "source", "AOAV names up to two sources")
    if fact.effects:
        losses.dropped(fact, "effect", "cluster, incendiary and other effects have no column")
    return {
        "incident_id": fact.identifier, "date": fact.day.isoformat(), "time": fact.when.clock, "country": country_name(fact.where.country),
        "adm1": fact.where.adm1, "location": fact.where.name, "location_type": _location(fact), "weapon_launch": _launch(fact), "weapon_type": weapon,
        "n_weapons": max((m.count.point for m in fact.munitions if m.count is not None and m.count.point is not None), default=None),
        "user_status": _status(fact), "user_name": joined(p.name for p in fact.parties),
        "civ_killed": None if armed else killed, "civ_injured": None if armed else injured, "armed_killed": killed if armed else None,
        "armed_injured": injured if armed else None, **{g: _of_group(fact, g) for g in ("men", "women", "children")},
        "displacement_reported": "yes" if {p.harm for p in fact.parts} & {"displaced", "homeless", "evacuated"} or "evacuation" in fact.aftermath else None,
        "damage_reported": "yes" if {"damage", "destruction", "fire"} & set(fact.aftermath) or any(o.damage not in ("none", "unknown") for o in fact.objects) else None,
        "source_1": names[0] if names else None, "source_2": names[1] if len(names) > 1 else None, "x_review": fact.review.label,
    }  # fmt: skip


def _location(fact: Fact) -> str:
    found = joined(crosswalk("object", k, "aoav") for k in fact.kinds)
    return found or "no information"


def _launch(fact: Fact) -> str | None:
    if fact.act == "strike.air_or_artillery":
        return "multiple"
    if fact.act in ("strike.air", "strike.drone"):
        return "air-launched"
    if fact.act == "strike.naval":
        return "naval"
    if fact.act == "explosion.mine_erw":
        return "mine"
    if fact.act in ("explosion.ied", "explosion.vehicle", "explosion.suicide"):
        return "IED"
    return "ground-launched" if fact.act.startswith("shelling") else None


def _status(fact: Fact) -> str:
    if not fact.parties:
        return "unknown"
    kind = fact.parties[0].kind
    if kind.startswith("state") or kind == "foreign_force":
        return "state actor"
    return "unknown" if kind == "unknown" else "non-state armed group"


def _of_group(fact: Fact, group: str) -> int | None:
    known = [
        p.quantity.minimum for p in fact.parts if p.group == group and p.harm in ("killed", "injured") and p.quantity.minimum is not None
    ]
    return sum(known) if known else None


SCHEME = Scheme(
    "aoav", "Shape of the AOAV explosive violence monitor", "methodology as read in 2026", "AOAV's published methodology; column names are ours", "csv", FIELDS,
    each(_row), note="Not AOAV data. AOAV codes from English-language media only; this takes every source of the case.",
)  # fmt: skip
