"""Objects in Ukrainian and Russian reports: what was hit, with a score for having been hit and not merely named.

Scores and their meaning are those of the English finder. The sign is a word of hitting or damage in the same clause, before the noun phrase
("влучив у школу") or behind it ("школу зруйновано"); cases are not told apart.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from witnessmark.claims.objects import COMPOUND, HIT, NAMED, PLACED, STRUCK_AT, Noun
from witnessmark.claims.slavic.phrases import grow_left, leading_count
from witnessmark.claims.slavic.words import adjectival, by_sentence, matcher
from witnessmark.claims.words import words
from witnessmark.model import Mention, ObjectValue
from witnessmark.statements.language.lexicons import lexicon
from witnessmark.statements.language.matching import Match, PhraseMatcher
from witnessmark.statements.language.tokens import Token
from witnessmark.statements.reading import Reading, Sentence

BEFORE, AFTER = 7, 5
"""Tokens before and behind the phrase in which a word of hitting makes it what was hit. Written down, not tuned."""
AWAY = 6
_PLACES = words("у в на біля поблизу поруч коло неподалік по під за біля возле рядом около у вблизи во при над навпроти напротив")
_LINKS = frozenset({",", "і", "та", "й", "и", "а", "також", "также"})
_STOPS = frozenset({";", ":", ".", "!", "?", "(", ")", "—", "–"})


@dataclass(frozen=True, slots=True)
class _Found:
    first: int
    last: int
    noun: Noun
    score: float
    rule: str
    damage: str = "unknown"


@functools.cache
def _matcher(language: str) -> PhraseMatcher[Noun]:
    raw = lexicon(language, "objects")
    entries: list[tuple[str, Noun]] = []
    for block in raw["object"]:
        common = frozenset(block.get("needs_act", ()))
        entries.extend((word, Noun(block["kind"], common=word in common)) for word in block["words"])
    entries.extend((word, Noun("", ignored=True)) for word in raw["ignored"]["words"])
    return PhraseMatcher(entries)


@functools.cache
def _hits(language: str) -> PhraseMatcher[str]:
    return matcher(language, "objects", "hits", "verbs")


@functools.cache
def _behind(language: str) -> PhraseMatcher[str]:
    return matcher(language, "objects", "hits", "behind")


@functools.cache
def _damages(language: str) -> PhraseMatcher[str]:
    table = lexicon(language, "objects")["hits"]
    return PhraseMatcher((word, key) for key in ("partial", "light", "destroyed", "none") for word in table[key])


@functools.cache
def _away(language: str) -> PhraseMatcher[str]:
    return matcher(language, "objects", "away", "words")


def find_objects(reading: Reading) -> tuple[Mention[ObjectValue], ...]:
    """Every object that the words name, in text order; the span is the noun phrase."""
    out: list[Mention[ObjectValue]] = []
    named = (h for h in _matcher(reading.language).find(reading.tokens) if not h.payload.ignored)
    for sentence, group in by_sentence(reading, named):
        hits = [h for h in group if not _is_name(reading.tokens, sentence, h)]
        cues = _hits(reading.language).find(reading.tokens, sentence.first, sentence.last)
        found = [_judged(reading, sentence, hit, cues) for hit in hits]
        out.extend(_mention(reading, f) for f in _shared(reading.tokens, found))
    return tuple(out)


def _is_name(tokens: Sequence[Token], sentence: Sentence, hit: Match[Noun]) -> bool:
    """True for the university of "Университетская набережная": an adjective with a capital inside the sentence."""
    token = tokens[hit.first]
    return hit.last == hit.first + 1 and hit.first > sentence.first and token.capitalised and adjectival(token)


def _judged(reading: Reading, sentence: Sentence, hit: Match[Noun], cues: Sequence[Match[str]]) -> _Found:
    tokens, language = reading.tokens, reading.language
    first = grow_left(tokens, hit.first, sentence.first, language)
    found = _Found(
        first, hit.last, hit.payload, COMPOUND if hit.payload.common else NAMED, "object.named", _damage(tokens, sentence, hit, language)
    )
    outside = [c for c in cues if not (hit.first <= c.first < hit.last)]
    if not outside:
        return found
    if _taken_to(tokens, sentence, first, language):
        return replace(found, score=COMPOUND, rule="object.away")
    if any(0 <= first - c.last <= BEFORE and _open(tokens, c.last, first) for c in outside):
        return replace(found, score=HIT, rule="object.hit")
    behind = _behind(language).find(tokens, hit.last, min(sentence.last, hit.last + AFTER + 2))
    if any(0 <= c.first - hit.last <= AFTER and _open(tokens, hit.last, c.first, marks=True) for c in behind):
        return replace(found, score=STRUCK_AT, rule="object.passive")
    if _heads(tokens, sentence, hit, outside):
        return replace(found, score=STRUCK_AT, rule="object.heading")
    if first > sentence.first and tokens[first - 1].lower in _PLACES and not hit.payload.common:
        return replace(found, score=PLACED, rule="object.place")
    return found


def _heads(tokens: Sequence[Token], sentence: Sentence, hit: Match[Noun], cues: Sequence[Match[str]]) -> bool:
    """ "Лікарня міста: зруйновано два поверхи": the object heads its sentence and the damage follows a colon or a dash."""
    if hit.first - sentence.first > 2:
        return False
    colon = next((k for k in range(hit.last, min(hit.last + 10, sentence.last)) if tokens[k].text in {":", "—", "–"}), None)
    return colon is not None and any(0 < c.first - colon <= 3 for c in cues)


def _open(tokens: Sequence[Token], lo: int, hi: int, *, marks: bool = False) -> bool:
    """True when no mark that ends a clause stands between; commas part lists before a phrase, clauses behind it."""
    return not any(t.text in _STOPS or (marks and t.text == ",") for t in tokens[lo:hi])


def _taken_to(tokens: Sequence[Token], sentence: Sentence, first: int, language: str) -> bool:
    """True for the hospital that the wounded were taken to, and for who works or teaches there."""
    hits = _away(language).find(tokens, max(sentence.first, first - AWAY), first)
    return any(_open(tokens, h.last, first, marks=True) for h in hits)


def _damage(tokens: Sequence[Token], sentence: Sentence, hit: Match[Noun], language: str) -> str:
    near = _damages(language).find(tokens, max(sentence.first, hit.first - BEFORE), min(sentence.last, hit.last + AFTER))
    near = [h for h in near if _open(tokens, min(h.last, hit.last), max(h.first, hit.first), marks=h.first > hit.first)]
    return min(near, key=lambda h: max(hit.first - h.last, h.first - hit.last)).payload if near else "unknown"


def _shared(tokens: Sequence[Token], found: list[_Found]) -> list[_Found]:
    """Members of a list share the sign that one of them has."""
    out = list(found)
    order = [*range(1, len(out)), *range(len(out) - 2, -1, -1)]
    for k, at in enumerate(order):
        other = at - 1 if k < len(out) - 1 else at + 1
        left, right = sorted((at, other))
        between = tokens[out[left].last : out[right].first]
        if not between or len(between) > 3 or any(t.lower not in _LINKS for t in between):
            continue
        if out[at].score < 0.5 <= out[other].score and out[at].rule != "object.away":
            out[at] = replace(out[at], score=out[other].score - 0.05, rule="object.list", damage=out[other].damage)
    return out


def _mention(reading: Reading, found: _Found) -> Mention[ObjectValue]:
    span = reading.span_of(found.first, found.last)
    count = leading_count(reading.tokens, reading.text, found.first, found.last, language=reading.language, unit="object")
    return Mention(ObjectValue(found.noun.kind, found.damage, count), span, span.of(reading.text), found.rule, found.score)
