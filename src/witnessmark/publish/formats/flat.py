"""One flat table of incidents for programs that draw or sort: the same rows go into GeoPackage, KML and the workbook."""

from __future__ import annotations

from witnessmark.publish.columns import Column
from witnessmark.publish.facts import Fact, Facts
from witnessmark.publish.geojson import radius_km
from witnessmark.publish.schemes.base import joined
from witnessmark.publish.schemes.phrases import description, publishers
from witnessmark.publish.tables import Row


def _text(name: str, meaning: str) -> Column:
    return Column(name, "text", meaning)


INCIDENTS = (
    _text("incident", "stable id"), _text("act", "id of the closed list 'act'"), _text("description", "a sentence made of the coded values"),
    _text("date_earliest", "first day, ISO 8601"), _text("date_latest", "last day"), _text("date_precision", "T0 clock time ... TR day of the report only"),
    _text("place", "gazetteer name"), _text("country", "ISO 3166-1 alpha-2"), _text("adm1", "first-order division"),
    _text("place_precision", "P3 settlement ... P9 sea, air or unknown"), Column("radius_km", "number", "uncertainty, stated or by convention"),
    Column("latitude", "number", "degrees north, WGS 84"), Column("longitude", "number", "degrees east"),
    _text("killed_state", "stated, zero, vague, unknown or not_stated"), Column("killed_low", "integer", "least figure"),
    Column("killed_high", "integer", "greatest figure"), _text("injured_state", "the same for the injured"), Column("injured_low", "integer", "least figure"),
    Column("injured_high", "integer", "greatest figure"), _text("perpetrators", "parties named; allegations"), _text("weapons", "ids of the closed list 'weapon'"),
    _text("effects", "ids of the closed list 'effect'"), _text("objects", "ids of the closed list 'object'"), Column("sources", "integer", "number of documents"),
    _text("publishers", "who published them"), _text("contradictions", "ids of contradictions"), _text("review", "review label"),
    _text("language_model", "fields with a value that a language model proposed"),
)  # fmt: skip
"""Columns of the flat table."""

SOURCES = (
    Column("number", "integer", "number of the source in this publication"), _text("document", "id"), _text("capture", "SHA-256 of the original"),
    _text("captured", "first capture, UTC"), _text("title", "headline"), _text("publisher", "outlet, where it may be named"),
    _text("publisher_type", "id of the closed list 'source_type'"), _text("language", "ISO 639"), _text("published", "day of publication"),
    _text("link", "address, where it may be named"),
)  # fmt: skip
"""Columns of the table of sources."""


def incident_row(fact: Fact, facts: Facts) -> Row:
    """The row of one incident."""
    when, where = fact.when, fact.where
    return (
        fact.identifier, fact.act, description(fact), when.earliest.isoformat() if when else None, when.latest.isoformat() if when else None,
        when.precision if when else None, where.name if where else None, where.country if where else None, where.adm1 if where else None,
        where.precision if where else None, radius_km(where) if where else None, where.latitude if where else None, where.longitude if where else None,
        fact.killed.state, fact.killed.least, fact.killed.most, fact.injured.state, fact.injured.least, fact.injured.most,
        joined(p.name for p in fact.parties), joined(fact.weapons), joined(fact.effects), joined(fact.kinds), len(fact.sources),
        joined(publishers(fact, facts)), joined(fact.contradictions), fact.review.label, joined(fact.proposed),
    )  # fmt: skip


def source_rows(facts: Facts) -> list[Row]:
    """The rows of all sources."""
    return [
        (s.number, s.identifier, s.capture, s.captured.isoformat(timespec="seconds") if s.captured else None, s.title or None, s.publisher,
         s.publisher_type, s.language, s.published.isoformat() if s.published else None, s.link or None)
        for s in facts.sources
    ]  # fmt: skip
