"""Actors: parties that the words name, before anything is known of their role."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from witnessmark.claims.slavic.actors import party_words
from witnessmark.model import ActorValue, Mention, Span
from witnessmark.statements import Reading
from witnessmark.statements.language.en.inflection import verb_forms
from witnessmark.statements.language.lexicons import lexicon
from witnessmark.statements.language.matching import PhraseMatcher
from witnessmark.statements.language.tokens import tokenise

FORMS = ("group", "force", "adjective", "country", "people", "metonym", "anaphor", "generic")


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
    entries += [(word, _Entry(ActorValue(word, "foreign_force"), "ironic")) for word in raw["ironic"]["words"]]
    entries += [(seat, _Entry(ActorValue(state, "state"), "metonym")) for seat, state in raw["metonyms"].items()]
    entries += list(_country_entries())
    entries += [(word, _Entry(ActorValue(word, "non_state_armed_group"), "anaphor")) for word in raw["anaphors"]["words"]]
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
def _nouns(key: str) -> PhraseMatcher[bool]:
    return PhraseMatcher((noun, True) for noun in lexicon("en", "actors")[key]["nouns"])


def _held_off(reading: Reading, at: int) -> bool:
    """True for a word that the text holds at a distance ("liberators" in quotation marks)."""
    start = reading.tokens[at].start
    statement = reading.statement_at(start)
    return statement is not None and any(s.start <= start < s.end for s in statement.distanced)


_OF_STATES = frozenset({"state", "state_military", "foreign_force"})
"""Kinds of groups that "the group", "the gang" and "its fighters" do not stand for."""


def find_actors(reading: Reading) -> tuple[Mention[ActorValue], ...]:
    """Every named or described party, in text order. ``rule`` tells the form: group, force ("Russian troops"), adjective ("Russian"),
    country, people ("the Russians"), metonym ("Moscow"), anaphor ("the group", where one was named), generic ("gunmen")."""
    matcher = _matcher()
    out: list[Mention[ActorValue]] = []
    named: ActorValue | None = None
    longer: dict[str, ActorValue] = {}
    for sentence in reading.sentences:
        at = sentence.first
        for hit in matcher.find(reading.tokens, sentence.first, sentence.last):
            if hit.first < at or not _proper(reading, hit.first, hit.last, hit.payload.form):
                continue
            if hit.payload.form == "ironic" and not _held_off(reading, hit.first):
                continue
            if hit.payload.form == "country" and _names_city(reading, hit.last, sentence.last):
                continue
            entry, at = _with_people(reading, hit.last, sentence.last, hit.payload)
            if entry.form == "group" and _names_another(reading, at, sentence.last):
                continue
            if entry.form == "group":
                entry = _Entry(longer.get(entry.value.name, entry.value), "group")
                longer[entry.value.name.rpartition(" ")[2]] = entry.value  # "the Taliban" after "the Pakistani Taliban"
            if entry.form == "ironic":
                entry = _Entry(entry.value, "generic")
            if entry.form == "anaphor":
                entry = _Entry(named, "anaphor") if named is not None else _Entry(entry.value, "generic")
            elif entry.form == "group" and entry.value.kind not in _OF_STATES:
                named = entry.value
            out.append(_mention(reading, reading.span_of(hit.first, at), entry.value, entry.form))
    return _with_named_bodies(reading, out)


def _with_named_bodies(reading: Reading, found: list[Mention[ActorValue]]) -> tuple[Mention[ActorValue], ...]:
    """``found`` with the armed bodies that no lexicon lists and whose names tell what they are ("the Northern Valley Defence Force"), and with the short
    names that the text gives them in brackets."""
    listed = [a.span for a in found if a.span is not None and a.rule == "actors:group"]
    named = [b for b in _named_bodies(reading) if b.span is not None and not any(b.span.overlaps(s) for s in listed)]
    if not named:
        return tuple(found)
    kept = [a for a in found if a.span is not None and not any(b.span is not None and b.span.overlaps(a.span) for b in named)]
    return tuple(_with_antecedents(sorted([*kept, *named], key=lambda m: m.span.start if m.span else 0)))


def _with_antecedents(found: list[Mention[ActorValue]]) -> Iterator[Mention[ActorValue]]:
    """``found`` in text order, where "the same gang" and the like stand for the armed group that is named last before them."""
    anaphors = frozenset(lexicon("en", "actors")["anaphors"]["words"])
    named: ActorValue | None = None
    for item in found:
        if item.rule == "actors:group" and item.value.kind not in _OF_STATES:
            named = item.value
        if named is not None and item.rule in ("actors:anaphor", "actors:generic") and item.quote.lower() in anaphors:
            yield replace(item, value=named, rule="actors:anaphor")
        else:
            yield item


_BODY = re.compile(
    r"\b(?P<name>(?:[A-Z][\w’'-]+ ){1,4}"
    r"(?:Liberation|Defen[cs]e|Resistance|Independence|Revolutionary|Self-Defen[cs]e|People['’]s|Salvation|Patriotic|National|Volunteer|Popular|Guerrilla)"
    r" (?:Armed )?(?:Army|Front|Forces?|Movement|Brigades?|Militia|Organi[sz]ation|Committee|Alliance|Corps|Units?|Council))\b(?: \((?P<short>[A-Z]{2,6})\))?"
)
"""A proper name that ends in a word for an armed body behind a word for its cause."""

_BODY_WORD = re.compile(r" (?:Army|Front|Forces?|Movement|Brigades?|Militia|Organi[sz]ation|Committee|Alliance|Corps|Units?|Council)\b")
_GANG_WORD = re.compile(r" (?:gang|cartel|alliance)\b")
# A quick look for the last word, since looking for the names takes longer and most texts have none.

_GANG = re.compile(r"\b[Tt]he (?P<name>(?:[A-Z0-9][\w’'-]*)(?: [A-Z0-9][\w’'-]*){0,3}) (?:gang|cartel|alliance)\b")
"""A gang by its name ("the 400 Mawozo gang")."""


def _named_bodies(reading: Reading) -> list[Mention[ActorValue]]:
    text = reading.text
    hits = list(_BODY.finditer(text)) if _BODY_WORD.search(text) else []
    out = [
        _mention(reading, Span(*m.span("name")), ActorValue(m["name"], "armed_civilians"), "group")
        for m in (_GANG.finditer(text) if _GANG_WORD.search(text) else ())
        if not m["name"].isupper() and m["name"].lower() not in _adjectives() and reading.sentence_at(m.start()) is not None
    ]
    short: dict[str, ActorValue] = {}
    for hit in hits:
        if hit["name"].isupper() or reading.sentence_at(hit.start()) is None:
            continue
        name = hit["name"].removeprefix("The ")
        value = ActorValue(name, "non_state_armed_group")
        start = hit.end("name") - len(name)
        out.append(_mention(reading, Span(start, hit.end("name")), value, "group"))
        if hit["short"]:
            short[hit["short"]] = value
    for letters, value in short.items():
        for again in re.finditer(rf"\b{letters}\b", text):
            if reading.sentence_at(again.start()) is not None:
                out.append(_mention(reading, Span(*again.span()), value, "group"))
    return out


@functools.cache
def _adjectives() -> frozenset[str]:
    return frozenset(a for row in lexicon("en", "demonyms")["demonym"] for a in row["adjectives"])


def _names_city(reading: Reading, at: int, last: int) -> bool:
    """True for the country in "Guatemala City" and "Kuwait City"."""
    return at < last and reading.tokens[at].capitalised and reading.tokens[at].lower == "city"


def _names_another(reading: Reading, at: int, last: int) -> bool:
    """True for "the al-Qaeda affiliate", "the Hamas-run ministry": the name tells of another body."""
    if at + 1 < last and reading.tokens[at].text == "-":
        return _nouns("hyphened").match_at(reading.tokens, at + 1, last) is not None
    other = _nouns("unnamed").match_at(reading.tokens, at, last)
    return other is not None and not _answers_for(reading, other.last, last)


_ANSWER_REACH = 4


def _answers_for(reading: Reading, at: int, last: int) -> bool:
    """True when the words after "a Taliban spokesman" own up or deny: the spokesman speaks for the group."""
    return bool(_answers().find(reading.tokens, at, min(last, at + _ANSWER_REACH)))


@functools.cache
def _answers() -> PhraseMatcher[bool]:
    raw = lexicon("en", "roles")
    denials = [form for verb in raw["deny"] for form in verb_forms(verb)]
    return PhraseMatcher((phrase, True) for phrase in [*raw["own_up"], *denials])


def _with_people(reading: Reading, at: int, last: int, entry: _Entry) -> tuple[_Entry, int]:
    """Takes in the noun that tells whose people they are: "Russian troops", "Armenia's army", "Taliban gunmen"."""
    if entry.form == "group":
        members = _nouns("members").match_at(reading.tokens, at, last)
        return (entry, members.last) if members is not None else (entry, at)
    if entry.form not in ("adjective", "country"):
        return entry, at
    noun_at = _after_possessive(reading, at, last)
    force = _nouns("forces").match_at(reading.tokens, noun_at, last)
    if force is None or (entry.form == "country" and noun_at == at):
        return entry, at
    return _Entry(ActorValue(_own_name(entry.value.name), "state_military"), "force"), force.last


@functools.cache
def _own_name(state: str) -> str:
    """What the forces of a state go by ("Myanmar's air force" as "Myanmar military"), else the state's name."""
    code = next((row["country"] for row in lexicon("en", "demonyms")["demonym"] if row["name"] == state), "")
    return str(lexicon("en", "actors")["armies"].get(code, state))


def _proper(reading: Reading, first: int, last: int, form: str) -> bool:
    """Names are written with a capital ("al-Shabaab" inside), unless the whole text has none, as in some archives."""
    if last - first == 1 and reading.tokens[first].lower in _ALSO_WORDS:
        return _abbreviation(reading, first)
    if form in ("generic", "anaphor", "ironic") or any(t.capitalised for t in reading.tokens[first:last]):
        return True
    return (opening := reading.text[:2000]) == opening.lower()


_ALSO_WORDS = frozenset({"is"})
"""Short names that are common words when they are not in capitals."""


def _abbreviation(reading: Reading, at: int) -> bool:
    """True for a short name in capitals, where the word before or behind it is not in capitals, as in a headline that is."""
    beside = [t for t in (*reading.tokens[max(0, at - 1) : at], *reading.tokens[at + 1 : at + 2]) if t.kind == "word" and len(t.text) > 1]
    return reading.tokens[at].shouted and bool(beside) and not any(t.shouted for t in beside)


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


def names_party(name: str, words: str) -> bool:
    """True when ``words`` hold the party's name, its adjective, its people or its seat, in any language that is read."""
    if not words.isascii() and party_words(name).find(tokenise(words)):
        return True
    return bool(_party_words(name) & {w.strip("'’s.,\"“”").lower() for w in words.replace("’s", "").replace("'s", "").split()})


@functools.cache
def _party_words(name: str) -> frozenset[str]:
    words = {name.lower(), *(w for w in name.lower().split() if len(w) > 4)}
    for row in lexicon("en", "demonyms")["demonym"]:
        if row["name"] == name:
            words |= {w for key in ("adjectives", "people", "names") for w in row[key]}
    raw = lexicon("en", "actors")
    words |= {seat.removeprefix("the ") for seat, state in raw["metonyms"].items() if state == name}
    for group in raw["group"]:
        if group["name"] == name:
            words |= {w for phrase in group["words"] for w in (phrase, *phrase.split()) if len(w) > 2}
    return frozenset(words - {"forces", "army", "group", "state", "people", "armed", "movement", "front"})
