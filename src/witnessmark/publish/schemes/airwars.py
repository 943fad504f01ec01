"""The shape of Airwars' table of civilian harm incidents. Names of victims are never written; the grading is proposed, by rule."""

from __future__ import annotations

from witnessmark.publish.facts import Fact, Facts, Figure
from witnessmark.publish.schemes.base import Field, Losses, Made, Scheme, crosswalk, each, integer, joined, number, text
from witnessmark.publish.schemes.phrases import country_name, description

GROUPS = (
    "civilian_non_combatants", "children", "women", "men", "human_rights_defenders", "journalists", "trade_unionists", "healthcare_personnel",
    "other_civilian_non_combatants", "undetermined", "other_protected_persons", "medical_and_religious_personnel_state",
    "medical_and_religious_personnel_non_state", "persons_hors_de_combat", "belligerents", "member_of_armed_forces",
    "persons_directly_participating_in_hostilities", "civilian_role_in_military",
)  # fmt: skip
_OF_GROUP = {
    "children": "children", "women": "women", "men": "men", "journalists": "journalists", "medics": "healthcare_personnel",
    "civilians": "civilian_non_combatants", "military": "member_of_armed_forces", "armed_group": "belligerents", "prisoners": "persons_hors_de_combat",
    "rescuers": "other_civilian_non_combatants", "aid_workers": "other_civilian_non_combatants", "officials": "other_civilian_non_combatants",
    "elderly": "other_civilian_non_combatants", "clergy": "other_civilian_non_combatants", "police": "other_civilian_non_combatants",
}  # fmt: skip
_NO = {"filled": False}


def _tolls() -> tuple[Field, ...]:
    return tuple(
        integer(f"{group}_{harm}_{end}", f"{end}imum {harm}: {group.replace('_', ' ')}; empty when not stated")
        for group in GROUPS for harm in ("killed", "injured") for end in ("min", "max")
    )  # fmt: skip


def _parties() -> tuple[Field, ...]:
    return tuple(
        text(f"belligerent_{n}_{name}", meaning, *allowed) for n in range(1, BELLIGERENTS + 1) for name, meaning, *allowed in (
            ("name", "party named; an allegation"), ("slug", "the same, as slug"), ("type", "Known when it owns up, else Suspected", "Suspected", "Known"),
            ("assessment_slug", "always not_yet_assessed: the party's own assessment is not read", "not_yet_assessed"))
    )  # fmt: skip


def _pair(name: str, meaning: str, *allowed: str) -> tuple[Field, Field]:
    return text(f"{name}_name", meaning, *allowed), text(f"{name}_slug", f"{meaning}, as slug")


GRADES = ("Confirmed", "Fair", "Weak", "Contested", "Discounted")
INFRASTRUCTURE = (
    "Residential",
    "Education",
    "Healthcare",
    "Oil Facility",
    "Water",
    "Market",
    "Commerce",
    "Religious",
    "Vehicle",
    "Humanitarian",
)
OBSERVATIONS = ("Cluster Munitions", "Debris", "Outdoors")
BELLIGERENTS = 3
"""Parties that get columns of their own, which is what the site's CSV does with its side table."""
STRIKES = ("Declared strike", "Likely strike", "Contested strike", "Single source claim")
FIELDS: tuple[Field, ...] = (
    text("post_id", "ours", required=True), text("post_status", "publish"), text("post_published", "not ours", **_NO), text("post_modified", "not ours", **_NO),
    text("permalink", "page of the incident in this publication's site"), text("code", "ours", required=True), text("previous_codes", "former ids"),
    text("date_type", "date or date_range", "date", "date_range"), text("date", "first day"), text("date_end", "last day of a range"),
    text("local_time_type", "unknown, exact or approximate_time_of_day", "unknown", "exact", "approximate_time_of_day"), text("local_time", "HH:MM"),
    text("local_time_start", "not coded", **_NO), text("local_time_end", "not coded", **_NO), text("local_time_of_day", "part of the day"),
    text("local_first_reported_date_time", "day of the first publication"), text("local_first_reported_by", "publisher of the first report"),
    text("local_first_reported_url", "its address where it may be named"), text("country_name", "country"), text("country_slug", "country, as slug"),
    text("location_name", "place"), text("location_name_arabic", "not held", **_NO), text("location_name_hebrew", "not held", **_NO),
    text("location_name_ukrainian", "not held", **_NO), text("region", "first-order division"),
    *_pair("strike_status", "by rule from how it is said: proposed", *STRIKES), *_pair("infrastructure", "what was hit, separated by '; '"),
    *_pair("strike_type", "kind of strike"), text("targeted_belligerent_name", "not known", **_NO), text("targeted_belligerent_slug", "not known", **_NO),
    *_pair("observation", "observations, separated by '; '"), text("impact_name", "not coded", **_NO), text("impact_slug", "not coded", **_NO),
    integer("total_strikes", "number of munitions where stated"), text("civilian_harm_reported", "yes or no", "yes", "no"),
    *_pair("civilian_harm_status", "grading proposed by rule until a reviewer signs", *GRADES), *_pair("cause_of_death_injury", "cause"),
    text("geolocated", "no: places are the gazetteer's", "no"), number("latitude", "degrees north"), number("longitude", "degrees east"),
    text("geolocation_status_name", "not coded", **_NO), text("geolocation_status_slug", "not coded", **_NO),
    text("geolocation_accuracy_name", "accuracy"), text("geolocation_accuracy_slug", "accuracy, as slug"), text("geojson_caption", "not ours", **_NO),
    text("geolocation_notes", "how the point was made"), text("geolocation_notes_internal", "never published", **_NO),
    text("geolocation_sign_off_assessor", "never published", **_NO), text("geolocation_sign_off_date_time", "not coded", **_NO),
    integer("num_media", "media are not republished", **_NO), integer("num_victims", "not held", **_NO), integer("num_victims_named", "never published", **_NO),
    integer("num_victims_named_english", "never published", **_NO), integer("num_victims_named_arabic", "never published", **_NO),
    integer("num_victims_named_hebrew", "never published", **_NO), integer("num_victims_named_ukrainian", "never published", **_NO),
    integer("num_reconciled", "not held", **_NO), integer("num_families", "not held", **_NO), integer("num_individuals", "not held", **_NO),
    number("victim_average_age", "never published", **_NO), text("declassified_assessment", "not held", **_NO), text("press_release", "not held", **_NO),
    *_tolls(), integer("num_sources", "documents"), integer("num_sources_twitter", "not told apart", **_NO), integer("num_sources_facebook", "not told apart", **_NO),
    integer("num_sources_telegram", "not told apart", **_NO), integer("num_sources_other", "documents"), text("summary", "a sentence made of the coded values"),
    *_parties(),
    text("x_killed_state", "stated, zero, vague, unknown or not_stated"), text("x_injured_state", "the same for the injured"), text("x_review", "review label"),
)  # fmt: skip
"""Airwars' columns in their order, then our own, which start with ``x_``."""


def grade(fact: Fact) -> str:
    """The grading that the sources alone suggest.

    Confirmed: a party claimed it. Contested: the parties named differ, or responsibility is denied. Fair: two or more sources. Weak: one.
    Discounted: only military harm is told.
    """
    said = {p.modality for p in fact.parties}
    if "claimed_responsibility" in said:
        return "Confirmed"
    if fact.scope == "military":
        return "Discounted"
    if len({p.name for p in fact.parties}) > 1 or said & {"denied", "negated"}:
        return "Contested"
    return "Fair" if len(fact.sources) > 1 and fact.parties else "Weak"


_STATUS = {
    "Confirmed": "Declared strike",
    "Contested": "Contested strike",
    "Fair": "Likely strike",
    "Weak": "Single source claim",
    "Discounted": "Likely strike",
}
_STRIKE_ACTS = ("Airstrike", "Artillery", "Drone Strike", "Naval bombardment", "Ground operation", "Airstrike and/or Artillery", "Unknown")


def _row(fact: Fact, facts: Facts, losses: Losses) -> Made | None:
    if fact.scope == "military" or not (_any(fact.killed) or _any(fact.injured)):
        return losses.ineligible(fact, "no civilian harm is told")
    proposed = grade(fact)
    losses.assumed(fact, "civilian_harm_status", "proposed by rule from the sources; a reviewer has to sign")
    reported = min((facts.source(n) for n in fact.sources), key=lambda s: (s.published is None, s.published, s.number), default=None)
    act = crosswalk("act", fact.act, "airwars")
    made: dict[str, object] = {
        "post_id": fact.identifier, "post_status": "publish", "permalink": "site/" + facts.page(fact), "code": fact.identifier,
        "previous_codes": joined(fact.former), **_when(fact), **_where(fact, losses),
        "local_first_reported_date_time": reported.published.isoformat() if reported and reported.published else None,
        "local_first_reported_by": reported.label if reported else None, "local_first_reported_url": (reported.link or None) if reported else None,
        **_named("strike_status", [_STATUS[proposed]]), **_named("infrastructure", [_infrastructure(k, fact, losses) for k in fact.kinds]),
        **_named("strike_type", [act if act in _STRIKE_ACTS else None]),
        **_named("observation", ["Cluster Munitions" if "cluster" in fact.effects else None, "Debris" if act == "Debris" else None, "Outdoors" if "open_area" in fact.kinds else None]),
        "total_strikes": max((m.count.point for m in fact.munitions if m.count is not None and m.count.point is not None), default=None),
        "civilian_harm_reported": "yes", **_named("civilian_harm_status", [proposed]), **_named("cause_of_death_injury", [_cause(fact)]),
        "num_sources": len(fact.sources), "num_sources_other": len(fact.sources), "summary": description(fact), **_belligerents(fact, losses),
        "x_killed_state": fact.killed.state, "x_injured_state": fact.injured.state, "x_review": fact.review.label,
    }  # fmt: skip
    _tolls_of(fact, made, losses)
    return made


def _infrastructure(kind: str, fact: Fact, losses: Losses) -> str | None:
    found = crosswalk("object", kind, "airwars")
    if found not in INFRASTRUCTURE and kind not in ("open_area", "unknown"):
        losses.dropped(fact, f"object {kind}", "Airwars has no infrastructure of that kind")
    return found if found in INFRASTRUCTURE else None


def _belligerents(fact: Fact, losses: Losses) -> dict[str, object]:
    said: dict[str, set[str]] = {}
    for party in fact.parties:
        said.setdefault(party.name, set()).add(party.modality)
    if len(said) > BELLIGERENTS:
        losses.dropped(fact, "belligerent", f"more than {BELLIGERENTS} parties named")
    made: dict[str, object] = {}
    for n, (name, how) in enumerate(list(said.items())[:BELLIGERENTS], 1):
        made |= {
            f"belligerent_{n}_name": name, f"belligerent_{n}_slug": _slug(name),
            f"belligerent_{n}_type": "Known" if "claimed_responsibility" in how else "Suspected", f"belligerent_{n}_assessment_slug": "not_yet_assessed",
        }  # fmt: skip
    return made


def _any(figure: Figure) -> bool:
    return bool(figure.most) or figure.state in ("vague", "unknown")


def _when(fact: Fact) -> dict[str, object]:
    if fact.when is None:
        return {"local_time_type": "unknown"}
    ranged = fact.when.earliest != fact.when.latest
    kind = "exact" if fact.when.clock else "approximate_time_of_day" if fact.when.part_of_day else "unknown"
    return {
        "date_type": "date_range" if ranged else "date", "date": fact.when.earliest.isoformat(),
        "date_end": fact.when.latest.isoformat() if ranged else None, "local_time_type": kind, "local_time": fact.when.clock,
        "local_time_of_day": fact.when.part_of_day,
    }  # fmt: skip


def _where(fact: Fact, losses: Losses) -> dict[str, object]:
    if fact.where is None:
        return {"geolocated": "no"}
    accuracy = crosswalk("place_precision", fact.where.precision, "airwars")
    if accuracy is None:
        losses.dropped(fact, "geolocation_accuracy", "coarser than a province: Airwars has no word for it")
    return {
        "country_name": country_name(fact.where.country), "country_slug": _slug(country_name(fact.where.country)), "location_name": fact.where.name,
        "region": fact.where.adm1, "geolocated": "no", "latitude": fact.where.latitude, "longitude": fact.where.longitude,
        "geolocation_accuracy_name": accuracy.replace("_", " ").capitalize() if accuracy else None, "geolocation_accuracy_slug": accuracy,
        "geolocation_notes": "point of the gazetteer for the place named; not geolocated from media",
    }  # fmt: skip


def _slug(name: str | None) -> str | None:
    return name.lower().replace(" ", "-").replace("/", "-") if name else None


def _named(name: str, values: list[str | None]) -> dict[str, object]:
    return {f"{name}_name": joined(values), f"{name}_slug": joined(map(_slug, values))}


def _cause(fact: Fact) -> str:
    if {"incendiary", "white_phosphorus"} & set(fact.effects):
        return "Incendiary"
    if {"chemical", "radiological"} & set(fact.effects) or fact.act == "chemical":
        return "CBRN"
    if fact.act == "shooting":
        return "Small arms and light weapons"
    if fact.act == "explosion.mine_erw":
        return "Planted explosives and unexploded ordnance (UXO)"
    if fact.act == "siege.denial":
        return "Denial of access to/destruction of objects indispensable to survival"
    return "Heavy weapons and explosive munitions" if fact.act.startswith(("strike", "shelling", "explosion")) else "Unknown"


def _tolls_of(fact: Fact, made: dict[str, object], losses: Losses) -> None:
    for harm, figure in (("killed", fact.killed), ("injured", fact.injured)):
        made[f"civilian_non_combatants_{harm}_min"], made[f"civilian_non_combatants_{harm}_max"] = figure.least, figure.most
        if figure.state in ("vague", "unknown"):
            losses.merged(fact, harm, f"{figure.state}: Airwars leaves the numbers empty, as where nothing is stated; see x_{harm}_state")
    if fact.killed.number or fact.injured.number:
        losses.assumed(fact, "civilian_non_combatants", "the whole toll is taken for civilians unless a source calls it military")
    for part in fact.parts:
        group = _OF_GROUP.get(part.group)
        if part.harm in ("killed", "injured") and group is not None and part.quantity.minimum is not None:
            for end, value in (("min", part.quantity.minimum), ("max", part.quantity.maximum)):
                made[f"{group}_{part.harm}_{end}"] = value
            if part.group in ("elderly", "rescuers", "aid_workers", "officials", "clergy", "police"):
                losses.merged(fact, part.group, "becomes 'other civilian'")
        elif part.group != "people":
            losses.dropped(fact, f"{part.harm} {part.group}", "Airwars has no column for it")


SCHEME = Scheme(
    "airwars", "Shape of Airwars civilian harm incidents", "site archive of 2025", "summary tables of the site's own theme, 2025", "csv", FIELDS, each(_row),
    note="Not Airwars data. The grading is proposed by rule. Victims are never named.",
)  # fmt: skip
