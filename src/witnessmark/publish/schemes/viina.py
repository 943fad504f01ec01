"""The shape of VIINA 2.0: ``event_info``, ``event_labels`` and ``event_1pd``. Ukraine only.

VIINA labels headlines with probabilities; here a flag is 1 where our coding says so and 0 else, and the probability columns hold the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.publish.facts import Fact, Facts
from witnessmark.publish.redaction.places import divisions_of
from witnessmark.publish.schemes.base import Field, Losses, Made, Scheme, crosswalk, integer, number, text
from witnessmark.publish.schemes.phrases import description

VERSION = "x-witnessmark"
FLAGS = (
    "t_mil", "a_rus", "a_ukr", "a_rus_init", "a_ukr_init", "a_civ", "a_other", "t_aad", "t_airstrike", "t_airalert", "t_uav", "t_armor", "t_arrest",
    "t_artillery", "t_control", "t_firefight", "t_ied", "t_raid", "t_occupy", "t_property", "t_cyber", "t_hospital", "t_milcas", "t_civcas", "t_retreat",
)  # fmt: skip
_PLACE: tuple[Field, ...] = (
    text("geonameid", "GeoNames id"), text("feature_code", "GeoNames feature code"), text("asciiname", "place"), text("ADM1_NAME", "oblast"),
    text("ADM1_CODE", "GAUL code; not held", filled=False), text("ADM2_NAME", "district; VIINA has those before 2020"),
    text("ADM2_CODE", "GAUL code; not held", filled=False), number("longitude", "degrees east"), number("latitude", "degrees north"),
    text("GEO_PRECISION", "STREET, ADM3, ADM2 or ADM1", "STREET", "ADM3", "ADM2", "ADM1"),
)  # fmt: skip
_ID = (
    text("viina_version", "not VIINA: 'x-witnessmark'"),
    text("event_id", "ours", required=True),
    text("event_id_1pd", "ours", required=True),
)
_REVIEW = text("x_review", "review label")
_DATE = text("date", "first day, YYYYMMDD", required=True)
INFO = (
    *_ID, _DATE, text("time", "HH:MM, 00:00 when not known"), *_PLACE, text("GEO_API", "not VIINA's", filled=False),
    text("location", "number of the place in the report: always 0"), text("address", "never published", filled=False), text("report_id", "id of the source here"),
    text("source", "publisher"), text("url", "address of the source where it may be named"), text("text", "a sentence made of the coded values"),
    text("lang", "ua, ru, or the ISO code"), _REVIEW,
)  # fmt: skip
_FLAG_FIELDS = tuple(number(f, "1 coded, 0 not coded; no probability") for f in FLAGS)
_BINARY_FIELDS = tuple(integer(f"{f}_b", "1 coded, 0 not coded", "0", "1") for f in FLAGS)
_TAIL = (integer("t_loc_b", "not coded", filled=False), integer("t_san_b", "not coded", filled=False), text("tid", "VIINA's", filled=False))
LABELS = (
    *_ID, _DATE, text("time", "HH:MM, 00:00 when not known"), text("geonameid", "GeoNames id"), *_FLAG_FIELDS, *_BINARY_FIELDS,
    number("t_loc", "not coded", filled=False), number("t_san", "not coded", filled=False), *_TAIL, _REVIEW,
)  # fmt: skip
ONE_A_DAY = (
    _ID[0], _ID[2], _DATE, integer("n_reports", "documents"), text("event_ids", "ids of incidents"), text("sources", "publishers"), *_PLACE,
    *_BINARY_FIELDS, *_TAIL, _REVIEW,
)  # fmt: skip


def _flags(fact: Fact) -> dict[str, int]:
    found = {f for code in (crosswalk("act", fact.act, "viina"),) if code for f in code.split(", ")}
    found |= {f for w in fact.weapons for f in (crosswalk("weapon", w, "viina"),) if f}
    found |= {f for k in fact.kinds for f in (crosswalk("object", k, "viina"),) if f}
    if (fact.killed.most or 0) + (fact.injured.most or 0) > 0 or "vague" in (fact.killed.state, fact.injured.state):
        found.add("t_milcas" if fact.scope == "military" else "t_civcas")
    names = {p.name for p in fact.parties}
    found |= {flag for name, flags in _SIDES.items() if name in names for flag in flags}
    if names - _SIDES.keys():
        found.add("a_other")
    if not fact.act.startswith("context."):
        found.add("t_mil")
    return {f: int(f in found) for f in FLAGS}


_SIDES = {"Russia": ("a_rus", "a_rus_init"), "Ukraine": ("a_ukr", "a_ukr_init")}


def _base(fact: Fact, losses: Losses) -> dict[str, object] | None:
    if fact.where is None or fact.where.country != "UA":
        losses.ineligible(fact, "not in Ukraine, or no place that the gazetteer knows")
        return None
    if fact.when is None:
        losses.ineligible(fact, "no date")
        return None
    precision = crosswalk("place_precision", fact.where.precision, "viina")
    if precision is None:
        losses.ineligible(fact, "place coarser than an oblast")
        return None
    if fact.when.earliest != fact.when.latest:
        losses.dropped(fact, "date", "the end of the interval: VIINA has one day and no precision")
    if fact.killed.number or fact.injured.number:
        losses.merged(fact, "killed and injured", "numbers become the flags t_civcas and t_milcas; zero, unknown and not stated are all 0")
    name, _, gid = (fact.where.gazetteer_id or "").partition(":")
    return {
        "viina_version": VERSION, "event_id": fact.identifier, "event_id_1pd": _group(fact), "date": f"{fact.when.earliest:%Y%m%d}",
        "time": fact.when.clock or "00:00", "geonameid": gid if name == "geonames" else None, "feature_code": fact.where.feature,
        "asciiname": fact.where.name, "ADM1_NAME": fact.where.adm1, "ADM2_NAME": divisions_of(fact.where.gazetteer_id).name_2,
        "longitude": fact.where.longitude, "latitude": fact.where.latitude, "GEO_PRECISION": precision, "x_review": fact.review.label,
    }  # fmt: skip


def _group(fact: Fact) -> str:
    """VIINA folds events of one day, place and set of labels: the same key for the same three."""
    assert fact.when is not None and fact.where is not None  # asked after both were found
    labels = "".join(str(v) for v in _flags(fact).values())
    return f"{fact.when.earliest:%Y%m%d}-{(fact.where.gazetteer_id or fact.where.name).replace(':', '')}-{int(labels, 2):x}"


def _info(facts: Facts, losses: Losses) -> Iterator[Made]:
    for fact in facts.incidents:
        base = _base(fact, losses)
        if base is None:
            continue
        if base["time"] == "00:00":
            losses.merged(fact, "time", "no clock time is known, which VIINA writes 00:00 like midnight")
        first = facts.source(fact.sources[0])
        yield base | {
            "location": "0", "report_id": first.identifier, "source": first.label, "url": first.link or None, "text": description(fact),
            "lang": {"uk": "ua"}.get(first.language, first.language),
        }  # fmt: skip


def _labels(facts: Facts, losses: Losses) -> Iterator[Made]:
    for fact in facts.incidents:
        base = _base(fact, losses)
        if base is not None:
            flags = _flags(fact)
            yield base | flags | {f"{name}_b": value for name, value in flags.items()}


def _one_a_day(facts: Facts, losses: Losses) -> Iterator[Made]:
    groups: dict[str, tuple[dict[str, object], list[Fact]]] = {}
    for fact in facts.incidents:
        base = _base(fact, losses)
        if base is not None:
            groups.setdefault(str(base["event_id_1pd"]), (base, []))[1].append(fact)
    for base, members in groups.values():
        for other in members[1:]:
            losses.merged(other, "event_id_1pd", "one row for a day, a place and a set of labels")
        numbers = sorted({n for m in members for n in m.sources})
        yield base | {f"{name}_b": value for name, value in _flags(members[0]).items()} | {
            "n_reports": len(numbers), "event_ids": ";".join(m.identifier for m in members),
            "sources": ";".join(dict.fromkeys(facts.source(n).label for n in numbers)), "x_review": ";".join(dict.fromkeys(m.review.label for m in members)),
        }  # fmt: skip


_BASIS = "headers of the release and its README, 2025"
_NOTE = "Not VIINA data. Only incidents in Ukraine. VIINA's district names are those before 2020, ours are present ones."
SCHEMES = (
    Scheme("viina-event-info", "Shape of VIINA event_info", "2.0", _BASIS, "csv", INFO, _info, _NOTE),
    Scheme("viina-event-labels", "Shape of VIINA event_labels", "2.0", _BASIS, "csv", LABELS, _labels, _NOTE),
    Scheme("viina-event-1pd", "Shape of VIINA event_1pd", "2.0", _BASIS, "csv", ONE_A_DAY, _one_a_day, _NOTE),
)
