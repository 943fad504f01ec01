"""Atlos bulk import: status, description and sensitivity are what Atlos asks for; the rest are project attributes."""

from __future__ import annotations

from witnessmark.publish.facts import Fact, Facts
from witnessmark.publish.schemes.base import Losses, Made, Scheme, each, joined, number, text
from witnessmark.publish.schemes.phrases import description, links, parties
from witnessmark.vocabulary import label

STATUSES = ("To Do", "In Progress", "Help Needed", "Ready for Review", "Completed", "Canceled")
FIELDS = (
    text("status", "Ready for Review; To Do where no source is left to read; never Completed, which a moderator gives", *STATUSES, required=True),
    text("description", "a sentence made of the coded values", required=True), text("sensitive", "Not Sensitive, or Graphic Violence where people were killed",
    "Not Sensitive", "Graphic Violence", required=True), text("source_1", "address of the first source"), text("source_2", "second"), text("source_3", "third"),
    number("latitude", "degrees north"), number("longitude", "degrees east"), text("date", "YYYY-MM-DD"), text("time", "HH:MM"),
    text("tags", "act, objects and munitions in words, review label"), text("more_info", "id, parties, tolls with their state"),
)  # fmt: skip


def _row(fact: Fact, facts: Facts, losses: Losses) -> Made | None:
    found = links(fact, facts)
    if len(found) > 3:
        losses.dropped(fact, "source", "more than three addresses")
    if len(found) < len(fact.sources):
        losses.dropped(fact, "source", "sources whose address may not be named")
    if fact.when is not None and fact.day is None:
        losses.dropped(fact, "date", "an interval: Atlos has one day")
    losses.assumed(fact, "sensitive", "graphic where people are reported killed; nobody looked at the media")
    tags = [
        label("act", fact.act),
        *(label("object", k) for k in fact.kinds),
        *(label("weapon", w) for w in fact.weapons),
        fact.review.label,
    ]
    tolls = f"killed {fact.killed.state} {fact.killed.least or ''}-{fact.killed.most or ''}; injured {fact.injured.state} {fact.injured.least or ''}-{fact.injured.most or ''}"
    return {
        "status": "Ready for Review" if found else "To Do", "description": description(fact),
        "sensitive": "Graphic Violence" if fact.killed.most else "Not Sensitive",
        **{f"source_{n}": link for n, link in enumerate(found[:3], 1)},
        "latitude": fact.where.latitude if fact.where else None, "longitude": fact.where.longitude if fact.where else None,
        "date": fact.day.isoformat() if fact.day else None, "time": fact.when.clock if fact.when else None, "tags": joined(tags, ", "),
        "more_info": joined((fact.identifier, parties(fact), tolls)),
    }  # fmt: skip


SCHEME = Scheme(
    "atlos", "Atlos bulk import", "platform 2026-02", "documentation and attributes of the platform, 2026-02", "csv", FIELDS, each(_row),
    note="Incidents come in for people to work on; no row is marked Completed.",
)  # fmt: skip
