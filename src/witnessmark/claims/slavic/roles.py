"""Roles in Ukrainian and Russian: which of the parties that a sentence names is said to have done it, owned up to it, or denied it.

Word order is free, so the case of the party's words decides, where they have one: a nominative beside an active verb did it, an instrumental
beside a passive too, a genitive right behind "удар" or "обстріл" as well. Names that do not decline ("ЗСУ", "ВСУ") go by what stands beside them.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from witnessmark.claims.acts import Trigger
from witnessmark.claims.roles import WEIGHTS, Part
from witnessmark.claims.slavic.words import CLAUSE_MARKS, adjectival, matcher
from witnessmark.claims.words import words
from witnessmark.model import ActorValue, Mention, MunitionValue
from witnessmark.statements.language.matching import PhraseMatcher
from witnessmark.statements.reading import Reading, Sentence

REACH_AFTER, REACH_BEFORE = 12, 4
"""Tokens from a party to its verb: behind it, over an object or an adverbial; before it, the verb comes first. Written down, not tuned."""
REACH_ACCUSE = 7
_NOUN_GAP = 3
_PLACED = words("у в на по проти з із до від біля через під за для про щодо против с из от около для о к над")
_NOMINATIVE = ("а", "я", "и", "і", "ы", "о", "ія", "ие", "ые", "ий", "ь", "й", "ки", "к", "г", "т", "н", "р", "в")
_GENITIVE = ("их", "ої", "ого", "ян", "ів", "ов", "ев", "ой", "ей", "ии")
_INSTRUMENTAL = ("ими", "ами", "ями", "ою", "ею", "ом", "ем", "єю", "им")


@dataclass(frozen=True, slots=True)
class _Words:
    agent: PhraseMatcher[str]
    passive: PhraseMatcher[str]
    side: PhraseMatcher[str]
    accuse: PhraseMatcher[str]
    own_up: PhraseMatcher[str]
    deny: PhraseMatcher[str]
    disputed: PhraseMatcher[str]


@functools.cache
def _words(language: str) -> _Words:
    names = ("agent_verbs", "passive_marks", "side_phrases", "accuse", "own_up", "deny", "disputed")
    return _Words(*(matcher(language, "roles", name) for name in names))


@dataclass(frozen=True, slots=True)
class _Place:
    """An actor in its sentence: token range, form, clause bounds."""

    actor: Mention[ActorValue]
    first: int
    last: int
    form: str
    low: int
    high: int


def find_parts(
    reading: Reading,
    sentence: Sentence,
    actors: Sequence[Mention[ActorValue]],
    acts: Sequence[Mention[Trigger]],
    munitions: Sequence[Mention[MunitionValue]],
) -> tuple[Part, ...]:
    """The parties of ``sentence`` with their roles, strongest first. All mentions given lie in the sentence."""
    words = _words(reading.language)
    parts = [p for a in actors if (p := _part(reading, sentence, a, actors, acts, munitions, words)) is not None]
    disputed = words.disputed.find(reading.tokens, sentence.first, sentence.last)
    if disputed:
        span = reading.span_of(disputed[0].first, disputed[0].last)
        value: Mention[ActorValue] = Mention(ActorValue("disputed"), span, span.of(reading.text), "roles:disputed")
        parts.append(Part(value, "disputed", 3.6))
    return tuple(sorted(parts, key=lambda p: -p.weight))


def _part(
    reading: Reading,
    sentence: Sentence,
    actor: Mention[ActorValue],
    actors: Sequence[Mention[ActorValue]],
    acts: Sequence[Mention[Trigger]],
    munitions: Sequence[Mention[MunitionValue]],
    words: _Words,
) -> Part | None:
    place = _placed(reading, sentence, actor)
    if _owns_up(reading, sentence, place, words) or _names_its_target(reading, sentence, place, acts):
        return _made(place, "claimed", "claimed")
    if _denies(reading, sentence, place, words):
        return Part(replace(actor, rule=f"{actor.rule}:deny"), "denied", 2.0)
    if words.accuse.find(reading.tokens, max(sentence.first, place.first - REACH_ACCUSE), place.first):
        return _made(place, "accused", "accused")
    if words.side.find(reading.tokens, max(sentence.first, place.first - 3), place.first):
        return _made(place, "perpetrator", "by")
    governed = place.first > sentence.first and reading.tokens[place.first - 1].lower in _PLACED
    if not governed and place.form not in ("adjective",) and _subject(reading, place, actors, words):
        return _made(place, "perpetrator", "subject")
    if not governed and _case(reading, place) in ("instrumental", None) and _agent(reading, place, words):
        return _made(place, "perpetrator", "by")
    if place.form in ("adjective", "force", "group", "people", "country", "generic") and _of_act(reading, sentence, place, acts):
        return _made(place, "perpetrator", "noun")
    if place.form in ("adjective", "generic") and _whose(reading, place, munitions):
        return _made(place, "perpetrator", "munition")
    return None


def _placed(reading: Reading, sentence: Sentence, actor: Mention[ActorValue]) -> _Place:
    assert actor.span is not None
    first, last = reading.token_range(actor.span)
    low = next((k + 1 for k in range(first - 1, sentence.first - 1, -1) if reading.tokens[k].text in CLAUSE_MARKS), sentence.first)
    high = next((k for k in range(last, sentence.last) if reading.tokens[k].text in ";:—–().!?"), sentence.last)
    return _Place(actor, first, last, actor.rule.partition(":")[2], low, high)


def _made(place: _Place, role: str, how: str) -> Part:
    weight = WEIGHTS[how] * (WEIGHTS["generic"] if place.form == "generic" else 1.0)
    return Part(replace(place.actor, rule=f"{place.actor.rule}:{how}"), role, weight)


def _owns_up(reading: Reading, sentence: Sentence, place: _Place, words: _Words) -> bool:
    if words.own_up.find(reading.tokens, place.last, min(sentence.last, place.last + 8)):
        return True
    statement = reading.statement_at(reading.tokens[place.first].start)
    if statement is None or statement.modality != "claimed_responsibility" or statement.speaker is None or statement.speaker.span is None:
        return False
    assert place.actor.span is not None
    return statement.speaker.span.overlaps(place.actor.span)


def _names_its_target(reading: Reading, sentence: Sentence, place: _Place, acts: Sequence[Mention[Trigger]]) -> bool:
    """ "Міноборони РФ стверджує, що вдарило по пункту дислокації": a speaker that tells of a strike and what it was aimed at."""
    statement = reading.statement_at(reading.tokens[place.first].start)
    if statement is None or statement.modality == "denied" or statement.speaker is None or statement.speaker.span is None or not acts:
        return False
    assert place.actor.span is not None
    targets = matcher(reading.language, "contradictions", "military_target")
    return statement.speaker.span.overlaps(place.actor.span) and bool(targets.find(reading.tokens, sentence.first, sentence.last))


def _denies(reading: Reading, sentence: Sentence, place: _Place, words: _Words) -> bool:
    """True when the party says no, or is said by the denial not to have done it ("не наносили")."""
    if words.deny.find(reading.tokens, place.last, min(place.high, place.last + REACH_AFTER)):
        return True
    statement = reading.statement_at(reading.tokens[place.first].start)
    if statement is None or statement.modality != "denied":
        return False
    assert place.actor.span is not None
    speaks = statement.speaker is not None and statement.speaker.span is not None and statement.speaker.span.overlaps(place.actor.span)
    return speaks or bool(words.deny.find(reading.tokens, sentence.first, sentence.last))


def _case(reading: Reading, place: _Place) -> str | None:
    """nominative, genitive or instrumental by the ending of the party's first word; None where it does not tell."""
    token = reading.tokens[place.first]
    word = token.lower
    if token.shouted or word in ("рф", "всу", "зсу", "хамас"):
        return None
    if word.endswith(_INSTRUMENTAL):
        return "instrumental"
    if word.endswith(_GENITIVE):
        return "genitive"
    return "nominative" if word.endswith(_NOMINATIVE) else None


def _subject(reading: Reading, place: _Place, actors: Sequence[Mention[ActorValue]], words: _Words) -> bool:
    """True for a nominative with an active verb of attack in its clause and no other party between."""
    if _case(reading, place) not in ("nominative", None):
        return False
    for hit in words.agent.find(reading.tokens, place.last, min(place.high, place.last + REACH_AFTER)):
        between = reading.tokens[place.last : hit.first]
        start = between[0].start if between else 0
        return not (any(t.lower in ("не", "що", "что") for t in between) or _other_between(place, actors, start, hit.first, reading))
    before = words.agent.find(reading.tokens, max(place.low, place.first - REACH_BEFORE - 1), place.first)
    return bool(before) and reading.tokens[before[-1].first - 1].lower != "не" and _case(reading, place) == "nominative"


def _other_between(place: _Place, actors: Sequence[Mention[ActorValue]], start: int, stop: int, reading: Reading) -> bool:
    end = reading.tokens[stop].start
    return any(
        a.span is not None and place.actor.span is not None and start <= a.span.start < end
        and a.value.name != place.actor.value.name and not a.rule.startswith("actors:adjective")
        for a in actors
    )  # fmt: skip


def _agent(reading: Reading, place: _Place, words: _Words) -> bool:
    """ "обстріляно російськими військами": an instrumental in the clause of a passive."""
    if _case(reading, place) is None:
        return False
    return bool(words.passive.find(reading.tokens, max(place.low, place.first - 6), place.first)) or bool(
        words.passive.find(reading.tokens, place.last, min(place.high, place.last + 4))
    )


def _of_act(reading: Reading, sentence: Sentence, place: _Place, acts: Sequence[Mention[Trigger]]) -> bool:
    """ "російський удар", "обстріл ЗСУ", "внаслідок атаки росіян": the act stands right beside the party's words."""
    for act in acts:
        if act.value.part != "noun" or act.span is None:
            continue
        first, last = reading.token_range(act.span)
        if place.form in ("adjective", "generic") and 0 <= first - place.last <= _NOUN_GAP and _adjectives(reading, place.last, first):
            return True
        behind = 0 <= place.first - last <= 1 and all(adjectival(t) for t in reading.tokens[last : place.first])
        if behind and place.form != "adjective" and _case(reading, place) in ("genitive", None):
            return True
    return False


def _whose(reading: Reading, place: _Place, munitions: Sequence[Mention[MunitionValue]]) -> bool:
    """ "російська крилата ракета": whose weapon it was."""
    for munition in munitions:
        if munition.span is None or place.actor.span is None:
            continue
        first, _ = reading.token_range(munition.span)
        if munition.span.contains(place.actor.span) or (0 <= first - place.last <= _NOUN_GAP and _adjectives(reading, place.last, first)):
            return True
    return False


def _adjectives(reading: Reading, first: int, last: int) -> bool:
    return all(adjectival(t) or t.text in '«"-' for t in reading.tokens[first:last])
