"""Actors: parties that the words name, before anything is known of their role."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass

from witnessmark.model import ActorValue, Mention, Span
from witnessmark.statements import Reading
from witnessmark.statements.language.lexicons import lexicon
from witnessmark.statements.language.matching import PhraseMatcher

FORMS = ("group", "force", "adjective", "country", "people", "metonym", "generic")


@dataclass(frozen=True, slots=True)
class _Entry:
    value: ActorValue
    form: str


@functools.cache
def _matcher() -> PhraseMatcher[_Entry]:
    raw = lexicon("en", "actors")
    entries: list[tuple[str, _Entry]] = []
    for kind, words in raw["generic"].items():
        entries += [(word, _Entry(ActorValue(word.removeprefix("the "), kind), "generic")) for word in words]
    entries += [(seat, _Entry(ActorValue(state, "state"), "metonym")) for seat, state in raw["metonyms"].items()]
    entries += list(_country_entries())
    for group in raw["group"]:
        entries += [(word, _Entry(ActorValue(group["name"], group["kind"]), "group")) for word in group["words"]]
    return PhraseMatcher(entries)


def _country_entries() -> Iterator[tuple[str, _Entry]]:
    for row in lexicon("en", "demonyms")["demonym"]:
        state = ActorValue(row["name"], "state")
        yield row["name"].lower(), _Entry(state, "country")
        for name in row["names"]:
            yield name, _Entry(state, "country")
        for people in row["people"]:
            yield people, _Entry(state, "people")
        for adjective in row["adjectives"]:
            yield adjective, _Entry(state, "adjective")


@functools.cache
def _forces() -> PhraseMatcher[bool]:
    return PhraseMatcher((noun, True) for noun in lexicon("en", "actors")["forces"]["nouns"])


def find_actors(reading: Reading) -> tuple[Mention[ActorValue], ...]:
    """Every named or described party, in text order. ``rule`` tells the form: group, force ("Russian troops"), adjective ("Russian"),
    country, people ("the Russians"), metonym ("Moscow"), generic ("gunmen")."""
    matcher, forces = _matcher(), _forces()
    out: list[Mention[ActorValue]] = []
    for sentence in reading.sentences:
        for hit in matcher.find(reading.tokens, sentence.first, sentence.last):
            entry, last = hit.payload, hit.last
            if not _proper(reading, hit.first, entry.form):
                continue
            form, value = entry.form, entry.value
            if form in ("adjective", "country"):
                noun_at = _after_possessive(reading, last, sentence.last)
                force = forces.match_at(reading.tokens, noun_at, sentence.last)
                if force is not None and (form == "adjective" or noun_at > last):
                    form, last, value = "force", force.last, ActorValue(value.name, "state_military")
            out.append(_mention(reading, reading.span_of(hit.first, last), value, form))
    return tuple(out)


def _proper(reading: Reading, first: int, form: str) -> bool:
    """Names are written with a capital (or all is in capitals, or all in lower case as in some archives)."""
    token = reading.tokens[first]
    return form == "generic" or token.capitalised or token.lower == "the" or not any(c.isupper() for c in reading.text[:2000])


def _after_possessive(reading: Reading, at: int, last: int) -> int:
    """The token after a possessive "'s", or ``at`` itself."""
    return at + 1 if at < last and reading.tokens[at].kind == "clitic" else at


def _mention(reading: Reading, span: Span, value: ActorValue, form: str) -> Mention[ActorValue]:
    statement = reading.statement_at(span.start)
    return Mention(
        value=value,
        span=span,
        quote=span.of(reading.text),
        rule=f"actors:{form}",
        modality=statement.modality if statement else "asserted",
        speaker=statement.speaker.span if statement and statement.speaker else None,
    )
