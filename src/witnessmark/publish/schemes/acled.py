"""The shape of ACLED's event files: 31 columns, then our own, which start with ``x_``.

One row is one incident as told, not ACLED's unit (sub-event type, place, day and pair of actors), so counts of rows are not comparable with
ACLED's. ACLED codes unknown deaths as 0; the columns ``x_fatalities_state``, ``x_killed_min`` and ``x_killed_max`` keep the states apart.
"""

from __future__ import annotations

import hashlib

from witnessmark.publish import wording
from witnessmark.publish.facts import Fact, Facts
from witnessmark.publish.redaction.places import divisions_of
from witnessmark.publish.schemes.base import Losses, Made, Scheme, crosswalk, each, integer, joined, number, text
from witnessmark.publish.schemes.phrases import country_name, country_number, publishers, undated

EVENT_TYPES = {
    "Armed clash": "Battles", "Government regains territory": "Battles", "Non-state actor overtakes territory": "Battles",
    "Chemical weapon": "Explosions/Remote violence", "Air/drone strike": "Explosions/Remote violence", "Suicide bomb": "Explosions/Remote violence",
    "Shelling/artillery/missile attack": "Explosions/Remote violence", "Remote explosive/landmine/IED": "Explosions/Remote violence",
    "Grenade": "Explosions/Remote violence", "Sexual violence": "Violence against civilians", "Attack": "Violence against civilians",
    "Abduction/forced disappearance": "Violence against civilians", "Peaceful protest": "Protests", "Protest with intervention": "Protests",
    "Excessive force against protesters": "Protests", "Violent demonstration": "Riots", "Mob violence": "Riots",
    "Agreement": "Strategic developments", "Arrests": "Strategic developments", "Change to group/activity": "Strategic developments",
    "Disrupted weapons use": "Strategic developments", "Headquarters or base established": "Strategic developments",
    "Looting/property destruction": "Strategic developments", "Non-violent transfer of territory": "Strategic developments",
    "Other": "Strategic developments",
}  # fmt: skip
"""ACLED's sub-event types with the event type that each belongs to."""

INTER = {"1": "State Forces", "2": "Rebel Groups", "3": "Political Militias", "7": "Civilians", "8": "External/Other Forces"}
VAGUE = {
    "dozen": 12, "дюжин": 12, "score": 20, "hundred": 100, "сотн": 100, "сотен": 100, "сотень": 100, "thousand": 1000, "тисяч": 1000, "тысяч": 1000,
    "several": 3, "few": 3, "кілька": 3, "декільк": 3, "нескольк": 3,
}  # fmt: skip
"""Beginnings of words without a number. ACLED's published rules give tens (10, what is taken for words not listed), dozens and hundreds; the others
are ours, in their spirit, and marked."""

FIELDS = (
    text("event_id_cnty", "ours, not ACLED's: XW and a number made of the id of the incident", required=True),
    text("event_date", "first day of the interval, YYYY-MM-DD", required=True),
    integer("year", "year of event_date"),
    integer("time_precision", "1 day, 2 week, 3 month", "1", "2", "3"),
    text("disorder_type", "Political violence or Strategic developments", "Political violence", "Strategic developments"),
    text("event_type", "ACLED event type", *dict.fromkeys(EVENT_TYPES.values()), required=True),
    text("sub_event_type", "ACLED sub-event type", *EVENT_TYPES, required=True),
    text("actor1", "party named as perpetrator; an allegation"),
    text("assoc_actor_1", "further parties named"),
    text("inter1", "kind of actor1", *INTER.values()),
    text("actor2", "'Civilians' when harm to civilians is told, else empty"),
    text("assoc_actor_2", "not known", filled=False),
    text("inter2", "kind of actor2", *INTER.values()),
    text("interaction", "both kinds"),
    text("civilian_targeting", "not known: who was meant is not what was hit", filled=False),
    text("iso", "ISO 3166-1 numeric"),
    text("region", "ACLED's region; not held", filled=False),
    text("country", "country"),
    text("admin1", "first-order division"),
    text("admin2", "second-order division"),
    text("admin3", "third-order division, in Ukraine"),
    text("location", "place, GeoNames spelling, not ACLED's gazetteer", required=True),
    number("latitude", "degrees north"),
    number("longitude", "degrees east"),
    integer("geo_precision", "1 town, 2 part of a region, 3 region", "1", "2", "3"),
    text("source", "publishers, separated by '; '"),
    text("source_scale", "scale of the sources; two joined with '-'"),
    text("notes", "a sentence made of the coded values, sources in brackets"),
    integer("fatalities", "most conservative figure; 0 also where none is stated: see x_fatalities_state", required=True),
    text("tags", "'x_reviewed' where a person decided"),
    text("timestamp", "time of upload; none: a publication carries no clock", filled=False),
    text("x_fatalities_state", "stated, zero, vague, unknown or not_stated: what the 0 or the number stands for"),
    integer("x_killed_min", "least figure; empty when no source gives a number"),
    integer("x_killed_max", "greatest figure"),
    text("x_review", "review label"),
    text("x_incident", "id of the incident in this publication"),
    text("x_sources", "numbers of the sources in this publication"),
)


def _row(fact: Fact, facts: Facts, losses: Losses) -> Made | None:
    sub = crosswalk("act", fact.act, "acled")
    if sub is None or fact.act.startswith("context."):
        return losses.ineligible(fact, "the act has no ACLED sub-event type")
    if fact.when is None:
        return losses.ineligible(fact, "no date: ACLED needs a day")
    if fact.where is None or not fact.where.resolved:
        return losses.ineligible(fact, "no place that the gazetteer knows: ACLED needs a point")
    precision = crosswalk("place_precision", fact.where.precision, "acled")
    if precision is None:
        return losses.ineligible(fact, "place coarser than a region: not coded by ACLED")
    time = crosswalk("date_precision", fact.when.precision, "acled")
    if time is None:
        return losses.ineligible(fact, "interval longer than a month: ACLED's time precision ends at the month")
    _note_losses(fact, losses)
    first = fact.parties[0] if fact.parties else None
    inter1 = INTER.get(crosswalk("actor_kind", first.kind, "acled") or "") if first else None
    civilians = fact.scope == "civilian" and EVENT_TYPES[sub] == "Violence against civilians"
    inter2 = "Civilians" if civilians else None
    return {
        "event_id_cnty": f"XW{int(hashlib.sha256(fact.identifier.encode()).hexdigest()[:15], 16)}",
        "event_date": fact.when.earliest.isoformat(),
        "year": fact.when.earliest.year,
        "time_precision": int(time),
        "disorder_type": "Strategic developments" if EVENT_TYPES[sub] == "Strategic developments" else "Political violence",
        "event_type": EVENT_TYPES[sub],
        "sub_event_type": sub,
        "actor1": first.name if first else None,
        "assoc_actor_1": joined(p.name for p in fact.parties[1:] if first and p.name != first.name),
        "inter1": inter1,
        "actor2": f"Civilians ({country_name(fact.where.country)})" if civilians else None,
        "inter2": inter2,
        "interaction": joined((inter1, inter2), "-"),
        "iso": country_number(fact.where.country),
        "country": country_name(fact.where.country),
        "admin1": fact.where.adm1,
        "admin2": divisions_of(fact.where.gazetteer_id).name_2,
        "admin3": divisions_of(fact.where.gazetteer_id).name_3,
        "location": fact.where.name,
        "latitude": fact.where.latitude,
        "longitude": fact.where.longitude,
        "geo_precision": int(precision),
        "source": joined(publishers(fact, facts)),
        "source_scale": joined((crosswalk("source_type", facts.source(n).publisher_type, "acled") for n in fact.sources[:2]), "-"),
        "notes": f"On {wording.date(fact.when).text}: {undated(fact)} [{'; '.join(publishers(fact, facts))}]",
        "fatalities": _fatalities(fact, losses),
        "tags": "x_reviewed" if fact.review.reviewed else None,
        "x_fatalities_state": fact.killed.state,
        "x_killed_min": fact.killed.least,
        "x_killed_max": fact.killed.most,
        "x_review": fact.review.label,
        "x_incident": fact.identifier,
        "x_sources": joined(map(str, fact.sources)),
    }


def _fatalities(fact: Fact, losses: Losses) -> int:
    if fact.killed.least is not None:
        if fact.killed.least != fact.killed.most:
            losses.dropped(fact, "fatalities", "the greater figures: ACLED takes the most conservative one")
        return fact.killed.least
    if fact.killed.state == "vague":
        number_of = min((n for w, n in VAGUE.items() if any(w in words.lower() for words in fact.killed.words)), default=10)
        losses.assumed(fact, "fatalities", f"a word without a number ('dozens') is coded {number_of}")
        return number_of
    losses.merged(
        fact, "fatalities", f"deaths are {fact.killed.state.replace('_', ' ')}, which ACLED codes 0 like none; see x_fatalities_state"
    )
    return 0


def _note_losses(fact: Fact, losses: Losses) -> None:
    if fact.when is not None and fact.when.earliest != fact.when.latest:
        losses.dropped(fact, "event_date", "the end of the interval: ACLED has one day and a precision")
    if fact.when is not None and fact.when.precision == "TR":
        losses.assumed(fact, "event_date", "only the day of the report is known")
    if fact.injured.state != "not_stated":
        losses.dropped(fact, "injured", "ACLED does not code the injured")
    if fact.munitions:
        losses.dropped(fact, "munition", "weapon and effect have no column; the sub-event type is coarser")
    if fact.objects:
        losses.dropped(fact, "object", "what was hit has no column")
    if fact.parts:
        losses.dropped(fact, "breakdown", "ACLED does not split deaths by group")
    if len(fact.parties) > 1:
        losses.merged(fact, "actor1", "several parties named: the others are associated actors, which ACLED means otherwise")


SCHEME = Scheme(
    "acled", "Shape of ACLED event data", "31 columns, API of 2025", "column list of the acledR package, 2025-09", "csv", FIELDS, each(_row),
    note="Not ACLED data and not coded by ACLED. inter codes carry the names that the API delivers since 2025.",
)  # fmt: skip
