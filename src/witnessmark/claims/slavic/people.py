"""Phrases for people in Ukrainian and Russian: "45 людей", "двоє мирних жителів", "24 загиблих", "38-річний чоловік", "подружжя"."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from witnessmark.claims.numbers import Amount
from witnessmark.claims.slavic.numbers import numerals, read_amount
from witnessmark.claims.slavic.words import adjectival, matcher, singular_adjective
from witnessmark.statements.language.lexicons import lexicon
from witnessmark.statements.language.matching import Match, PhraseMatcher
from witnessmark.statements.language.tokens import Token

MAX_MODIFIERS = 3
"""Adjectives that may stand between a number and its noun ("п'ятеро місцевих літніх жителів")."""


@dataclass(frozen=True, slots=True)
class People:
    """People at tokens ``first`` .. ``last``. ``form``: counted (a number and a noun), bare (a number alone), aged and noun (one noun
    without a number), pair. ``harm`` where the noun itself tells it ("24 загиблих"). ``noun`` is the token of the noun, if any."""

    first: int
    last: int
    minimum: int | None
    maximum: int | None
    comparator: str
    vague: str | None
    group: str
    form: str
    harm: str | None = None
    additional: bool = False
    noun: int | None = None


@functools.cache
def nouns(language: str) -> PhraseMatcher[str]:
    """Nouns for people, each with its group."""
    return matcher(language, "people", "groups")


@functools.cache
def harm_nouns(language: str) -> PhraseMatcher[str]:
    """Words such as "загиблих" that hold the harm themselves, with the harm."""
    return matcher(language, "harm", "people")


@functools.cache
def _counters(language: str) -> frozenset[str]:
    return frozenset(lexicon(language, "people")["counters"])


@functools.cache
def _pairs(language: str) -> PhraseMatcher[str]:
    return matcher(language, "people", "pairs")


@functools.cache
def _age_stems(language: str) -> tuple[str, ...]:
    return tuple(lexicon(language, "people")["ages"]["stems"])


@functools.cache
def possessives(language: str) -> frozenset[str]:
    """Words for "his", "her", "their"."""
    return frozenset(s for w in lexicon(language, "people")["ages"]["possessives"] for s in (w, w.replace("ё", "е")))


def read_people(tokens: Sequence[Token], at: int, stop: int, language: str) -> People | None:
    """The phrase for people that begins at token ``at``, or None."""
    token = tokens[at]
    if token.kind == "number" or token.lower in numerals(language).starts:
        amount = read_amount(tokens, at, stop, language)
        if amount is not None:
            return _counted(tokens, amount, stop, language)
    if token.kind == "number":
        return _aged(tokens, at, stop, language)
    if token.kind != "word":
        return None
    return _named(tokens, at, stop, language)


def _counted(tokens: Sequence[Token], amount: Amount, stop: int, language: str) -> People | None:
    here = amount.last
    aged = _age_end(tokens, here, stop, language)
    here = aged or here
    harm: str | None = None
    for _ in range(MAX_MODIFIERS + 1):
        if here >= stop:
            break
        told = harm_nouns(language).match_at(tokens, here, stop)
        if told is not None and harm is None:
            harm, here = told.payload, told.last
            continue
        noun = _noun_at(tokens, here, stop, language, counted=True)
        if noun is not None:
            noun = _closer(tokens, noun, stop, language)
            return _of(amount, noun.last, noun.payload, "counted", harm=harm, noun=noun.first)
        if harm is not None or not (adjectival(tokens[here]) or tokens[here].lower in possessives(language)):
            break
        here += 1
    if harm is not None:
        return _of(amount, here, "people", "counted", harm=harm, noun=here - 1)
    return None if amount.yearlike else _of(amount, amount.last, "people", "bare")


def _closer(tokens: Sequence[Token], noun: Match[str], stop: int, language: str) -> Match[str]:
    """ "5 людей поранених" keeps its noun; "двоє людей похилого віку" is one phrase for the elderly."""
    following = nouns(language).match_at(tokens, noun.last, stop) if noun.payload == "people" else None
    if following is None or following.payload == "people" or tokens[noun.first].lower not in _counters(language):
        return noun
    return Match(noun.first, following.last, following.payload)


def _noun_at(tokens: Sequence[Token], at: int, stop: int, language: str, *, counted: bool) -> Match[str] | None:
    hit = nouns(language).match_at(tokens, at, stop)
    if hit is not None and counted and hit.last == at + 1 and tokens[at].lower in _counters(language):
        return Match(hit.first, hit.last, "people")
    return hit


def _of(amount: Amount, last: int, group: str, form: str, *, harm: str | None = None, noun: int | None = None) -> People:
    return People(
        amount.first, last, amount.minimum, amount.maximum, amount.comparator, amount.vague, group, form, harm, amount.additional, noun
    )


def _age_end(tokens: Sequence[Token], at: int, stop: int, language: str) -> int | None:
    """The token after "38-річний" at ``at``; None where no age stands there."""
    if at + 2 >= stop or tokens[at].kind != "number" or tokens[at + 1].text not in "-‑–":
        return None
    return at + 3 if tokens[at + 2].lower.startswith(_age_stems(language)) else None


def _aged(tokens: Sequence[Token], at: int, stop: int, language: str) -> People | None:
    """ "38-річний чоловік", "45-летнюю женщину"; the age may stand without a noun ("поранено 38-річного")."""
    end = _age_end(tokens, at, stop, language)
    if end is None or not singular_adjective(tokens[end - 1].lower):
        return None
    here = end
    while here < min(end + 2, stop) and adjectival(tokens[here]) and nouns(language).match_at(tokens, here, stop) is None:
        here += 1
    noun = _noun_at(tokens, here, stop, language, counted=False) if here < stop else None
    if noun is None:
        return People(at, end, 1, 1, "eq", None, "people", "aged")
    return People(at, noun.last, 1, 1, "eq", None, noun.payload, "aged", noun=noun.first)


def _named(tokens: Sequence[Token], at: int, stop: int, language: str) -> People | None:
    word = tokens[at].lower
    if at + 1 < stop and any(s in word[3:] for s in _age_stems(language)) and singular_adjective(word):
        noun = _noun_at(tokens, at + 1, stop, language, counted=False)  # "дев'ятирічна донька"
        return None if noun is None else People(at, noun.last, 1, 1, "eq", None, noun.payload, "aged", noun=noun.first)
    pair = _pairs(language).match_at(tokens, at, stop)
    if pair is not None:
        return People(at, pair.last, 2, 2, "eq", None, "people", "pair", noun=at)
    told = harm_nouns(language).match_at(tokens, at, stop)
    noun = nouns(language).match_at(tokens, at, stop)
    if noun is None or (told is not None and noun.payload == "people"):
        return None
    found = People(at, noun.last, 1, 1, "eq", None, noun.payload, "noun", noun=at)
    after = noun.last
    if after + 1 < stop and tokens[after].text == "," and tokens[after + 1].kind == "number":
        return found  # "жінка, 62 роки": the age is an apposition
    following = nouns(language).match_at(tokens, after, stop) if noun.payload in {"people", "women", "men"} and after < stop else None
    return replace(found, last=following.last) if following is not None and following.payload not in {"people"} else found


def is_plural_noun(tokens: Sequence[Token], found: People) -> bool:
    """True for the endings that a noun has only when it names several people; many endings are both, and say nothing."""
    if found.noun is None:
        return False
    word = tokens[found.noun].lower
    return word.endswith(("ів", "ов", "ев", "ами", "ями", "ах", "ях", "ам", "ям", "ей", "їв")) or word in {"діти", "дети", "дітей", "люди"}
