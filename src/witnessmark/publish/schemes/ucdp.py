"""The shape of UCDP GED: 49 columns. Fatal incidents only; ids of conflicts, dyads and sides are UCDP's to give, so they stay empty."""

from __future__ import annotations

from witnessmark.model import DateValue
from witnessmark.publish.facts import Fact, Facts, Source
from witnessmark.publish.redaction.places import divisions_of
from witnessmark.publish.schemes.base import Losses, Made, Scheme, crosswalk, each, integer, number, text
from witnessmark.publish.schemes.phrases import country_name

_EMPTY = {"filled": False}
FIELDS = (
    text("id", "ours: id of the incident", required=True), text("relid", "UCDP's", **_EMPTY), integer("year", "year of date_start", required=True),
    integer("active_year", "whether the dyad passed 25 deaths; not known", **_EMPTY), text("code_status", "always 'Check': not coded by UCDP"),
    integer("type_of_violence", "1 state-based, 2 non-state, 3 one-sided; empty when no party is named", "1", "2", "3"),
    text("conflict_dset_id", "UCDP's", **_EMPTY), text("conflict_new_id", "UCDP's", **_EMPTY), text("conflict_name", "UCDP's", **_EMPTY),
    text("dyad_dset_id", "UCDP's", **_EMPTY), text("dyad_new_id", "UCDP's", **_EMPTY), text("dyad_name", "UCDP's", **_EMPTY),
    text("side_a_dset_id", "UCDP's", **_EMPTY), text("side_a_new_id", "UCDP's", **_EMPTY), text("side_a", "party named as perpetrator; an allegation"),
    text("side_b_dset_id", "UCDP's", **_EMPTY), text("side_b_new_id", "UCDP's", **_EMPTY), text("side_b", "'Civilians' for type 3, else empty"),
    integer("number_of_sources", "documents; copies are not taken out"), text("source_article", '"office,date,headline" for each document'),
    text("source_office", "publishers"), text("source_date", "dates of publication"), text("source_headline", "headlines"),
    text("source_original", "who the documents cite"), integer("where_prec", "1 exact ... 7 waters or airspace", *"1234567", required=True),
    text("where_coordinates", "place"), text("where_description", "place in words"), text("adm_1", "first-order division"),
    text("adm_2", "second-order division"), number("latitude", "degrees north"), number("longitude", "degrees east"),
    text("geom_wkt", "POINT (longitude latitude)"), integer("priogrid_gid", "cell of the half-degree PRIO-GRID, computed from the point"),
    text("country", "country"), integer("country_id", "Gleditsch-Ward number; not held", **_EMPTY),
    text("region", "UCDP's", **_EMPTY), integer("event_clarity", "1: told as one event", "1", "2"),
    integer("date_prec", "1 day ... 5 up to a year", *"12345", required=True), text("date_start", "first day", required=True),
    text("date_end", "last day", required=True), integer("deaths_a", "not told apart", **_EMPTY), integer("deaths_b", "not told apart", **_EMPTY),
    integer("deaths_civilians", "deaths that a source gives as civilian; empty when none does"),
    integer("deaths_unknown", "the other deaths of 'best'"), integer("best", "newest figure, else the least", required=True),
    integer("high", "greatest figure", required=True), integer("low", "least figure", required=True),
    integer("gwnoa", "Gleditsch-Ward number; not held", **_EMPTY), integer("gwnob", "Gleditsch-Ward number; not held", **_EMPTY),
    text("x_review", "review label"),
)  # fmt: skip


def _row(fact: Fact, facts: Facts, losses: Losses) -> Made | None:
    if fact.killed.most is None:
        return losses.ineligible(fact, f"no number of deaths (killed: {fact.killed.state.replace('_', ' ')}); UCDP needs at least one")
    if fact.killed.most == 0:
        return losses.ineligible(fact, "no deaths; UCDP records fatal events only")
    if fact.when is None:
        return losses.ineligible(fact, "no date")
    if fact.where is None:
        return losses.ineligible(fact, "no place that the gazetteer knows")
    prec = _date_prec(fact.when)
    if prec is None:
        return losses.ineligible(fact, "interval longer than a year")
    low, high = fact.killed.least or 0, fact.killed.most
    best = min(max(fact.killed.latest if fact.killed.latest is not None else low, low), high)
    civilians = min(best, sum(p.quantity.minimum or 0 for p in fact.parts if p.harm == "killed" and p.group == "civilians")) or None
    kind = _type(fact, losses)
    _note_losses(fact, losses)
    listed = [facts.source(n) for n in fact.sources]
    return {
        "id": fact.identifier,
        "year": fact.when.earliest.year,
        "code_status": "Check: machine-read, not coded by UCDP",
        "type_of_violence": kind,
        "side_a": fact.parties[0].name if fact.parties else None,
        "side_b": "Civilians" if kind == 3 else None,
        "number_of_sources": len(listed),
        "source_article": ";".join(_article(s) for s in listed),
        "source_office": ";".join(s.label for s in listed),
        "source_date": ";".join(s.published.isoformat() if s.published else "" for s in listed),
        "source_headline": ";".join(s.title for s in listed),
        "source_original": ";".join(dict.fromkeys(p.by for p in fact.parties if p.by)) or None,
        "where_prec": int(crosswalk("place_precision", fact.where.precision, "ucdp") or 6),
        "where_coordinates": fact.where.name,
        "where_description": f"{fact.where.relation} {fact.where.name}",
        "adm_1": fact.where.adm1,
        "adm_2": divisions_of(fact.where.gazetteer_id).name_2,
        "latitude": fact.where.latitude,
        "longitude": fact.where.longitude,
        "geom_wkt": f"POINT ({fact.where.longitude} {fact.where.latitude})",
        "priogrid_gid": _cell(fact.where.latitude, fact.where.longitude),
        "country": country_name(fact.where.country),
        "event_clarity": 1,
        "date_prec": prec,
        "date_start": f"{fact.when.earliest} 00:00:00.000",
        "date_end": f"{fact.when.latest} 00:00:00.000",
        "deaths_civilians": civilians,
        "deaths_unknown": best - (civilians or 0),
        "best": best,
        "high": high,
        "low": low,
        "x_review": fact.review.label,
    }


def _date_prec(when: DateValue) -> int | None:
    """UCDP's precision by the length of the interval in days: a day, 2 to 6, a week, up to a month, up to a year; None for more. Where only the day of
    the report is known, the precision is 2 at best."""
    days = (when.latest - when.earliest).days + 1
    found = next((code for most, code in ((1, 1), (6, 2), (7, 3), (31, 4), (366, 5)) if days <= most), None)
    return max(found, 2) if found is not None and when.precision == "TR" else found


def _article(source: Source) -> str:
    """Office, date and headline; quotation marks inside are single ones, so that the entry can be read back."""
    words = f"{source.label},{source.published or ''},{source.title}".replace('"', "'")
    return f'"{words}"'


def _cell(latitude: float | None, longitude: float | None) -> int | None:
    """Number of the half-degree cell, counted from the south-west corner of the world, row by row, from 1 (PRIO-GRID)."""
    if latitude is None or longitude is None:
        return None
    return min(359, int((latitude + 90) * 2)) * 720 + min(719, int((longitude + 180) * 2)) + 1


def _type(fact: Fact, losses: Losses) -> int | None:
    if not fact.parties:
        losses.dropped(fact, "type_of_violence", "no party is named, so UCDP's type cannot be told")
        return None
    losses.assumed(
        fact, "type_of_violence", "one-sided when the harm told is to civilians, else state-based or non-state by the party's kind"
    )
    if fact.scope == "civilian":
        return 3
    return 1 if fact.parties[0].kind.startswith("state") else 2


def _note_losses(fact: Fact, losses: Losses) -> None:
    if fact.killed.latest is None:
        losses.assumed(fact, "best", "no newest figure: the least one is taken")
    losses.assumed(fact, "inclusion", "that the parties ever passed 25 deaths in a year is not checked")
    if fact.injured.state != "not_stated":
        losses.dropped(fact, "injured", "UCDP does not code the injured")
    if fact.munitions or fact.objects:
        losses.dropped(fact, "munition and object", "UCDP has no column for either")
    if fact.killed.words:
        losses.dropped(fact, "killed", "vague words beside the number")
    if fact.when is not None and fact.when.precision == "TR":
        losses.assumed(fact, "date_start", "only the day of the report is known")


SCHEME = Scheme(
    "ucdp-ged", "Shape of UCDP Georeferenced Event Dataset", "23.1", "header of release 23.1", "csv", FIELDS, each(_row),
    note="Not UCDP data. Ids of conflicts, dyads, sides and countries have to be filled in from UCDP's own lists.",
)  # fmt: skip
