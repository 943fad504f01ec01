"""Sentences and short forms that several adapters write: a neutral description, the review label, publishers, ISO numbers of countries."""

from __future__ import annotations

import functools

from witnessmark.publish import wording
from witnessmark.publish.facts import Fact, Facts, figure_words
from witnessmark.publish.schemes.base import joined
from witnessmark.vocabulary import label

_KEPT = 200_000


def description(fact: Fact) -> str:
    """One neutral sentence on ``fact``, made of its values: never a source's words. Kept, since every scheme asks for it."""
    found = _SENTENCES.get(id(fact))
    if found is None or found[0] is not fact:
        if len(_SENTENCES) > _KEPT:
            _SENTENCES.clear()
        found = _SENTENCES[id(fact)] = fact, _sentence(fact)
    return found[1]


_SENTENCES: dict[int, tuple[Fact, str]] = {}


def _sentence(fact: Fact) -> str:
    act = label("act", fact.act)
    parts = [act[:1].upper() + act[1:]]
    if fact.where is not None:
        parts.append(f" in {fact.where.name}" if fact.where.precision < "P5" else f", {fact.where.name}")
    if fact.when is not None:
        parts.append(f", {wording.date(fact.when).text}")
    objects = [label("object", k) for k in fact.kinds if k != "unknown"]
    if objects:
        parts.append(f"; reported hit: {', '.join(objects)}")
    parts.append(f". Killed: {figure_words(fact.killed)}; injured: {figure_words(fact.injured)}.")
    return "".join(parts)


def publishers(fact: Fact, facts: Facts) -> list[str]:
    """The publishers of the sources of ``fact``, by kind where they are not named."""
    return list(dict.fromkeys(facts.source(n).label for n in fact.sources))


def links(fact: Fact, facts: Facts) -> list[str]:
    """The addresses of the sources of ``fact`` that may be named."""
    return [facts.source(n).link for n in fact.sources if facts.source(n).link]


def parties(fact: Fact) -> str | None:
    """The alleged perpetrators."""
    return joined((p.name for p in fact.parties), "; ")


@functools.cache
def country_name(code: str | None) -> str | None:
    """The English name of the country with this ISO 3166-1 alpha-2 code."""
    from witnessmark.claims.places.pack import default_gazetteer

    found = default_gazetteer().country(code) if code else None
    return found.name if found else code
