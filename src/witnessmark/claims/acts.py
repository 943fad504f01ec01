"""Acts: words that tell of violence, with how sure a sign they are."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from witnessmark.model import Mention, Span
from witnessmark.statements import Reading
from witnessmark.statements.language.en.inflection import past_forms, plural, verb_forms
from witnessmark.statements.language.lexicons import lexicon
from witnessmark.statements.language.matching import PhraseMatcher

STRENGTHS = ("strong", "weak", "harm")
_INDEFINITE = frozenset({"a", "an", "another", "several", "two", "three", "four", "five", "new", "fresh", "separate", "second", "third"})
_DEFINITE = frozenset({"the", "this", "that", "its", "their", "his", "these", "those"})


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that tells of an act. ``act`` is an id of the vocabulary; ``strength``: strong tells of an attack on its own, weak
    needs a companion (munition, toll, object, party), harm tells of victims only. ``part``: noun, verb, phrase, frame, damage (what a thing
    came to). ``definite`` is
    True for "the attack", False for "an attack", None where the words do not tell."""

    act: str
    strength: str
    part: str
    definite: bool | None = None


_NO_ACT = Trigger("unknown", "none", "phrase")


@functools.cache
def _matcher(language: str) -> PhraseMatcher[Trigger]:
    entries: list[tuple[str, Trigger]] = []
    raw = lexicon(language, "acts")
    for strength in reversed(STRENGTHS):
        for block in raw["act"]:
            if block["strength"] == strength:
                entries.extend(_entries(block, strength, inflected=language == "en"))
    entries.extend((phrase, _NO_ACT) for phrase in raw["not_acts"]["phrases"])
    return PhraseMatcher(entries)


def _entries(block: dict[str, list[str] | str], strength: str, *, inflected: bool) -> list[tuple[str, Trigger]]:
    """The words of one block. English forms are made by rule; other languages list theirs, or their stems."""
    act = str(block["id"])
    out: list[tuple[str, Trigger]] = []
    if not inflected:
        return [(word, Trigger(act, strength, part)) for part in ("noun", "verb", "damage") for word in block.get(f"{part}s", ())]
    for noun in block.get("nouns", ()):
        out += [(form, Trigger(act, strength, "noun")) for form in (noun, plural(noun))]
    for verb in block.get("verbs", ()):
        out += [(form, Trigger(act, strength, "verb")) for form in verb_forms(verb)]
    for verb in block.get("pasts", ()):
        out += [(form, Trigger(act, strength, "verb")) for form in past_forms(verb)]
    for phrase in block.get("phrases", ()):
        out.append((phrase, Trigger(act, strength, "phrase")))
    return out


@dataclass(frozen=True, slots=True)
class _Frame:
    """A deed that a verb tells only with its object ("drove the villagers out of ..."): ``after`` must match right behind the verb, ``before``
    somewhere before it in the sentence."""

    trigger: Trigger
    after: re.Pattern[str]
    before: re.Pattern[str] | None


@functools.cache
def _frames(language: str) -> PhraseMatcher[tuple[_Frame, ...]]:
    by_head: dict[str, list[_Frame]] = {}
    for block in lexicon(language, "acts").get("frame", ()):
        before = re.compile(block["before"], re.IGNORECASE) if "before" in block else None
        frame = _Frame(Trigger(block["id"], block["strength"], "frame"), re.compile(block["after"], re.IGNORECASE), before)
        for head in block["heads"]:
            by_head.setdefault(head, []).append(frame)
    return PhraseMatcher((head, tuple(frames)) for head, frames in by_head.items())


def _framed(reading: Reading) -> Iterator[Mention[Trigger]]:
    """The deeds that a verb tells with its object."""
    for hit in _frames(reading.language).find(reading.tokens):
        span = reading.span_of(hit.first, hit.last)
        sentence = reading.sentence_at(span.start)
        for frame in hit.payload if sentence is not None else ():
            assert sentence is not None
            found = frame.after.match(reading.text, span.end, sentence.span.end)
            if found is not None and (frame.before is None or frame.before.search(reading.text, sentence.span.start, span.start)):
                yield _mention(reading, Span(span.start, found.end()), frame.trigger)
                break


def _mention(reading: Reading, span: Span, trigger: Trigger) -> Mention[Trigger]:
    statement = reading.statement_at(span.start)
    return Mention(
        value=trigger,
        span=span,
        quote=span.of(reading.text),
        rule=f"acts:{trigger.strength}:{trigger.part}",
        score={"strong": 0.9, "weak": 0.5, "harm": 0.4}[trigger.strength],
        modality=statement.modality if statement else "asserted",
        speaker=statement.speaker.span if statement and statement.speaker else None,
    )


def find_acts(reading: Reading) -> tuple[Mention[Trigger], ...]:
    """Every word or phrase that tells of an act, in text order; words known to tell of something else are passed over."""
    matcher = _matcher(reading.language)
    out: list[Mention[Trigger]] = []
    for sentence in reading.sentences:
        for hit in matcher.find(reading.tokens, sentence.first, sentence.last):
            if hit.payload is _NO_ACT:
                continue
            trigger = _with_definiteness(hit.payload, reading, hit.first, sentence.first)
            out.append(_mention(reading, reading.span_of(hit.first, hit.last), trigger))
    out.extend(_framed(reading))
    return tuple(sorted(out, key=lambda m: m.span.start if m.span else 0))


def _with_definiteness(trigger: Trigger, reading: Reading, first: int, sentence_first: int) -> Trigger:
    """ "hit" after an article is a noun; the article tells whether the act was named before."""
    for back in range(1, 5):
        at = first - back
        if at < sentence_first or reading.tokens[at].kind == "mark":
            break
        word = reading.tokens[at].lower
        if word in _DEFINITE:
            return Trigger(trigger.act, trigger.strength, trigger.part, True)
        if word in _INDEFINITE:
            return Trigger(trigger.act, trigger.strength, trigger.part, False)
    return trigger
