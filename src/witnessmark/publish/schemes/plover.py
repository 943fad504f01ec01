"""PLOVER events as JSON lines, one ASSAULT (or COERCE, SANCTION) event for an incident."""

from __future__ import annotations

from witnessmark.publish.facts import Fact, Facts
from witnessmark.publish.redaction.places import divisions_of
from witnessmark.publish.schemes.base import Losses, Made, Scheme, crosswalk, each, integer, number, text
from witnessmark.publish.schemes.phrases import country_name, description

EVENTS = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "SANCTION", "PROTEST",
    "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
SCORES = {
    "aerial": -9.5, "drone": -9.5, "heavy-weapons": -9.5, "targeted": -9.5, "suicide-attack": -9.5, "unconventional": -10.0, "firearms": -9.0,
    "explosives": -9.0, "destroy": -8.5, "abduct": -8.5, "torture": -8.5, "sexual": -8.5, "primitive": -8.0, "beat": -7.5, "crowd-control": -7.5,
}  # fmt: skip
"""Modes of ASSAULT with the scheme's intensity."""

_COERCE = {"arrest", "withhold", "deport", "seize"}
FIELDS = (
    text("id", "ours", required=True), text("has_event", "always true"), text("date", "first day", required=True), text("time", "HH:MM"), text("enddate", "last day"),
    text("endtime", "not known", filled=False), text("actor", "list of entities: parties named, or UAF", required=True), text("recipient", "list: CVL"),
    text("event", "list with one event", *EVENTS, required=True), text("event_loc", "place"), text("event_text", "the coded act"),
    integer("quad_code", "4 for material conflict, 3 for SANCTION", "3", "4"), number("event_scale", "intensity of the mode"), text("mode", "list with one mode"),
    text("context", "list: human_security, health ..."), text("link", "not used", filled=False), text("text", "a sentence made of the coded values"),
    text("text_info", "size: dead and injured where a number is stated"), text("cite_info", "sources"), text("coder", "this program"),
    text("coded_date", "none: a publication carries no clock", filled=False), text("coded_time", "none", filled=False), text("comment", "review label"),
)  # fmt: skip


def _row(fact: Fact, facts: Facts, losses: Losses) -> Made | None:
    mode = crosswalk("act", fact.act, "plover")
    if fact.act.startswith("context."):
        return losses.ineligible(fact, "context, no event")
    if mode is None:
        losses.assumed(fact, "mode", "the act has no PLOVER mode: explosives for explosions, none else")
        mode = "explosives" if fact.act.startswith("explosion") else ""
    if fact.when is None:
        return losses.ineligible(fact, "no date")
    event = "COERCE" if mode in _COERCE else "SANCTION" if mode == "expel" else "ASSAULT"
    if not fact.parties:
        losses.assumed(fact, "actor", "no party is named: PLOVER wants one, UAF (unidentified armed) is written")
    _note_losses(fact, losses)
    size = {name: {"min": f.least, "max": f.most} for name, f in (("dead", fact.killed), ("injured", fact.injured)) if f.number}
    return {
        "id": fact.identifier, "has_event": True, "date": fact.when.earliest.isoformat(),
        "time": fact.when.clock, "enddate": fact.when.latest.isoformat(),
        "actor": [_entity(p.name, crosswalk("actor_kind", p.kind, "plover") or "UNK") for p in fact.parties] or [_entity("", "UAF")],
        "recipient": [] if fact.scope == "military" else [_entity("", "CVL")],
        "event": [event], "event_loc": _place(fact), "event_text": fact.act, "quad_code": 3 if event == "SANCTION" else 4,
        "event_scale": SCORES.get(mode), "mode": [mode] if mode else [], "context": _contexts(fact), "text": description(fact),
        "text_info": {"size": size}, "coder": facts.records.producer, "comment": fact.review.label,
        "cite_info": [
            {"corpus": "witnessmark", "citation": s.label, "url": s.link or None, "title": s.title or None, "language": s.language, "codebook": "PLOVER 0.8"}
            for s in map(facts.source, fact.sources)
        ],
    }  # fmt: skip


def _entity(name: str, sector: str) -> dict[str, object]:
    return {"code": sector, "sector": [sector], "entity_text": name or None}


def _place(fact: Fact) -> dict[str, object] | None:
    if fact.where is None:
        return None
    w, (scheme, _, number_of) = fact.where, (fact.where.gazetteer_id or "").partition(":")
    return {
        "resolved_place": w.name, "geonameid": number_of if scheme == "geonames" else None, "lat": w.latitude, "lon": w.longitude,
        "city": w.name if w.precision < "P5" and w.feature != "ADM3" else None,
        "district": divisions_of(w.gazetteer_id).name_2, "province": w.adm1, "country": country_name(w.country),
        "country_code": w.country, "feature_code": w.feature, "resolution": 3 if w.feature == "ADM3" else int(crosswalk("place_precision", w.precision, "plover") or 1),
    }  # fmt: skip


_CONTEXT = {
    "health": "health",
    "energy": "natural_resource",
    "humanitarian": "human_security",
    "worship": "religion_ethnicity",
    "media": "rights_freedoms",
}


def _contexts(fact: Fact) -> list[str]:
    found = ["military"] if fact.scope == "military" else ["human_security"]
    return list(dict.fromkeys([*found, *(_CONTEXT[k] for k in fact.kinds if k in _CONTEXT)]))


def _note_losses(fact: Fact, losses: Losses) -> None:
    for harm, figure in (("dead", fact.killed), ("injured", fact.injured)):
        if figure.state in ("vague", "unknown"):
            losses.merged(fact, harm, f"{figure.state}: size is left out, as where nothing is stated")
    if fact.munitions:
        losses.dropped(fact, "munition", "PLOVER has the mode only")
    if fact.parts:
        losses.dropped(fact, "breakdown", "PLOVER has no parts of a toll")


SCHEME = Scheme(
    "plover", "PLOVER events", "0.8 (draft manual)", "PLOVER manual 0.8", "jsonl", FIELDS, each(_row),
    note="Contexts are taken from what was hit. Sizes are ranges, which PLOVER does not have.",
)  # fmt: skip
