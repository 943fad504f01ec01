"""followthemoney entities as JSON lines: Event, Article and Documentation, without importing followthemoney.

Ids are ours. followthemoney's statement key has no span, speaker or polarity, so the words stay in the other files; here a claim is a note.
"""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.publish.facts import Fact, Facts, Source
from witnessmark.publish.schemes.base import Losses, Made, Scheme, text
from witnessmark.publish.schemes.phrases import description
from witnessmark.vocabulary import label

SCHEMATA = {
    "Event": ("name", "date", "startDate", "endDate", "country", "location", "summary", "notes", "keywords", "involved"),
    "Article": ("title", "publisher", "publishedAt", "retrievedAt", "sourceUrl", "language", "contentHash"),
    "Documentation": ("document", "entity", "role"),
    "PublicBody": ("name", "notes"),
    "Organization": ("name", "notes"),
}
"""The schemata written and the properties used of each."""

FIELDS = (
    text("id", "ours", required=True),
    text("schema", "followthemoney schema", *SCHEMATA, required=True),
    text("properties", "lists of texts", required=True),
)


def _rows(facts: Facts, losses: Losses) -> Iterator[Made]:
    for source in facts.sources:
        yield _article(source)
    seen: set[str] = set()
    for fact in facts.incidents:
        for party in fact.parties:
            if _party_id(party.name) not in seen:
                seen.add(_party_id(party.name))
                kind = "PublicBody" if party.kind.startswith("state") else "Organization"
                yield _entity(_party_id(party.name), kind, name=[party.name], notes=["named as perpetrator by sources; an allegation"])
        yield _event(fact, losses)
        for number in fact.sources:
            source = facts.source(number)
            yield _entity(
                f"{fact.identifier}.{source.identifier}",
                "Documentation",
                document=[source.identifier],
                entity=[fact.identifier],
                role=["tells of"],
            )


def _entity(identifier: str, schema: str, **properties: list[str]) -> Made:
    return {"id": identifier, "schema": schema, "properties": {k: v for k, v in properties.items() if v}}


def _party_id(name: str) -> str:
    import hashlib

    return "party-" + hashlib.sha256(name.encode()).hexdigest()[:12]


def _article(source: Source) -> Made:
    return _entity(
        source.identifier, "Article", title=[source.title] if source.title else [], publisher=[source.publisher] if source.publisher else [],
        publishedAt=[source.published.isoformat()] if source.published else [],
        retrievedAt=[source.captured.isoformat(timespec="seconds")] if source.captured else [], sourceUrl=[source.link] if source.link else [],
        language=[_LANGUAGES[source.language]] if source.language in _LANGUAGES else [], contentHash=[],
    )  # fmt: skip


_LANGUAGES = {"en": "eng", "uk": "ukr", "ru": "rus"}


def _event(fact: Fact, losses: Losses) -> Made:
    one = fact.day.isoformat() if fact.day else ""
    if fact.killed.state != "not_stated" or fact.injured.state != "not_stated":
        losses.dropped(fact, "killed and injured", "Event has no tolls; they stand in the summary")
    if fact.munitions or fact.objects:
        losses.merged(fact, "munition and object", "become keywords")
    if fact.where is not None and fact.where.resolved:
        losses.dropped(fact, "coordinates", "Event has a location in words only")
    losses.dropped(fact, "words", "statements of followthemoney have no span, speaker or polarity")
    return _entity(
        fact.identifier, "Event", name=[description(fact).split(";")[0].rstrip(".")], date=[one] if one else [],
        startDate=[fact.when.earliest.isoformat()] if fact.when and not one else [], endDate=[fact.when.latest.isoformat()] if fact.when and not one else [],
        country=[fact.where.country.lower()] if fact.where and fact.where.country else [],
        location=[", ".join(p for p in (fact.where.name, fact.where.adm1) if p)] if fact.where else [], summary=[description(fact)],
        notes=[fact.review.label],
        keywords=[*(label("object", k) for k in fact.kinds), *(label("weapon", w) for w in fact.weapons), *(label("effect", e) for e in fact.effects)],
        involved=[_party_id(p.name) for p in dict.fromkeys(fact.parties)],
    )  # fmt: skip


SCHEME = Scheme(
    "followthemoney", "followthemoney entities", "4.11", "followthemoney 4.11.2 schemata", "jsonl", FIELDS, _rows,
    note="contentHash is left out: followthemoney takes SHA-1, the captures have SHA-256.",
)  # fmt: skip
