"""Parties that Ukrainian and Russian words name, before anything is known of their role."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass

from witnessmark.claims.slavic.words import adjectival, matcher
from witnessmark.model import ActorValue, Mention
from witnessmark.statements.language.lexicons import lexicon
from witnessmark.statements.language.matching import Match, PhraseMatcher
from witnessmark.statements.reading import Reading, Sentence

_UPPER = ("country", "metonym")


@dataclass(frozen=True, slots=True)
class _Entry:
    value: ActorValue
    form: str


@functools.cache
def _matcher(language: str) -> PhraseMatcher[_Entry]:
    raw = lexicon(language, "actors")
    entries: list[tuple[str, _Entry]] = []
    for block in raw["generic"]:
        entries += [(word, _Entry(ActorValue(block["name"], block["kind"]), "generic")) for word in block["words"]]
    entries += [(word, _Entry(ActorValue("occupiers", "foreign_force"), "ironic")) for word in raw["ironic"]["words"]]
    for group in raw["group"]:
        entries += [(word, _Entry(ActorValue(group["name"], group["kind"]), "group")) for word in group["words"]]
    entries += list(_party_entries(language))
    return PhraseMatcher(entries)


def _party_entries(language: str) -> Iterator[tuple[str, _Entry]]:
    for party in lexicon(language, "actors")["party"]:
        state, army = ActorValue(party["name"], "state"), ActorValue(party["name"], "state_military")
        for form, value, key in (
            ("adjective", state, "adjectives"),
            ("country", state, "names"),
            ("metonym", state, "seats"),
            ("people", state, "people"),
            ("force", army, "forces"),
        ):
            yield from ((word, _Entry(value, form)) for word in party[key])


@functools.cache
def _forces(language: str) -> PhraseMatcher[str]:
    return matcher(language, "actors", "forces", "nouns")


def find_actors(reading: Reading) -> tuple[Mention[ActorValue], ...]:
    """Every named or described party, in text order; ``rule`` tells the form as the English finder does."""
    out: list[Mention[ActorValue]] = []
    found = _matcher(reading.language)
    for sentence in reading.sentences:
        at = sentence.first
        for hit in found.find(reading.tokens, sentence.first, sentence.last):
            if hit.first < at or (hit.payload.form in _UPPER and not reading.tokens[hit.first].capitalised):
                continue
            if hit.payload.form == "ironic" and not _held_off(reading, hit.first):
                continue
            entry, at = _with_force(reading, sentence, hit)
            out.append(_mention(reading, hit.first, at, entry))
    return tuple(out)


def _held_off(reading: Reading, at: int) -> bool:
    """True for a word that the text holds at a distance, as «визволителі» in quotation marks."""
    start = reading.tokens[at].start
    statement = reading.statement_at(start)
    return statement is not None and any(s.start <= start < s.end for s in statement.distanced)


def _with_force(reading: Reading, sentence: Sentence, hit: Match[_Entry]) -> tuple[_Entry, int]:
    """Takes in the noun that tells whose people they are: "російські окупаційні війська", "украинская артиллерия"."""
    if hit.payload.form not in ("adjective", "group"):
        return hit.payload, hit.last
    here = hit.last
    for _ in range(2):
        force = _forces(reading.language).match_at(reading.tokens, here, sentence.last)
        if force is not None:
            if hit.payload.form == "group":
                return hit.payload, force.last
            return _Entry(ActorValue(hit.payload.value.name, "state_military"), "force"), force.last
        if here >= sentence.last or not adjectival(reading.tokens[here]):
            break
        here += 1
    return hit.payload, hit.last


def _mention(reading: Reading, first: int, last: int, entry: _Entry) -> Mention[ActorValue]:
    span = reading.span_of(first, last)
    statement = reading.statement_at(span.start)
    return Mention(
        value=entry.value,
        span=span,
        quote=span.of(reading.text),
        rule=f"actors:{'generic' if entry.form == 'ironic' else entry.form}",
        modality=statement.modality if statement else "asserted",
        speaker=statement.speaker.span if statement and statement.speaker else None,
    )


@functools.cache
def party_words(name: str) -> PhraseMatcher[bool]:
    """The words for a party in every language read here: its adjective, its people, its forces, its seat."""
    words: list[str] = []
    for language in ("uk", "ru"):
        raw = lexicon(language, "actors")
        for party in raw["party"]:
            if party["name"] == name:
                words += [w for key in ("adjectives", "names", "seats", "people", "forces") for w in party[key]]
        words += [w for group in raw["group"] if group["name"] == name for w in group["words"]]
    return PhraseMatcher((word, True) for word in words)
