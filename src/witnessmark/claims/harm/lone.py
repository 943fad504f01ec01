"""One person told without a number: "he was killed", "Roe died at the scene", "the murder of Roe", "his friend's death".

Pronouns, lone surnames and nouns of death say that somebody was harmed, and seldom how many were. So they are a last resort: what
:func:`lone_tolls` finds counts only in a document that gives no better toll of that harm.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

from witnessmark.claims.harm.chains import before_auxiliaries
from witnessmark.claims.harm.triggers import Trigger
from witnessmark.claims.harm.window import Toll, Window
from witnessmark.claims.people import People, not_people, noun_matcher, read_people
from witnessmark.claims.phrases import DETERMINERS, FUNCTION_WORDS
from witnessmark.claims.words import words
from witnessmark.model import HarmValue, Mention
from witnessmark.statements.language.tokens import Token

LONE_SCORE = 0.45
"""Below the scores of tolls that are told with a number, a noun or a full name."""

_SUBJECTS = frozenset({"he", "she", "who"})
_OBJECTS = frozenset({"her"})
_AFTER_OBJECT = words("twice once several multiple overnight early late yesterday today last there then dead when while again")
_REFLEXIVES = frozenset({"himself", "herself"})
_SINGULAR = words("was has had is being got gets")
_UNREAL = words(
    "could may might would will can shall should must to cannot didn't don't doesn't won't wouldn't if not never n't wasn't nearly almost"
)
_NO_SURNAMES = words(
    "it this that there which what police nobody none all both each several many some they we you i who sunday monday tuesday wednesday thursday friday "
    "saturday last today tonight yesterday early late another one the neither either january february march april june july august september october november december"
)
_LONE_HARMS = frozenset({"killed", "injured"})
_CASE_NOUNS = words("death murder killing assassination slaying homicide execution shooting")
MAX_POSSESSOR = 8
"""Tokens that a phrase before "'s death" may have."""


def lone_tolls(window: Window, *, without: frozenset[str] = frozenset()) -> list[Toll]:
    """What the sentence tells of one person without a number, but for the harms of ``without``."""
    out: list[Toll] = []
    for trigger in window.triggers:
        if trigger.harm not in _LONE_HARMS or trigger.harm in without or trigger.frame.needs or _unreal(window, trigger):
            continue
        person = _READERS[trigger.frame.frame](window, trigger)
        if person is not None:
            out.append(Toll((person,), trigger.harm, "lone", trigger.first, LONE_SCORE, trigger.frame.ambiguous))
    return out


def _unreal(window: Window, trigger: Trigger) -> bool:
    unreal = _UNREAL - {"to"} if trigger.frame.frame == "noun" else _UNREAL  # "led to the death of Roe"
    return any(window.word(k) in unreal for k in range(max(window.first, trigger.first - 3), trigger.first))


def _patient(window: Window, trigger: Trigger) -> People | None:
    """The subject of a passive, or the object of a verb."""
    end, passive = before_auxiliaries(window, trigger.first)
    if passive and window.word(end) in _SINGULAR or (passive and window.word(end) in {"fatally", "shot", "accidentally"}):
        return _subject(window, end)
    return _object(window, trigger)


def _dying(window: Window, trigger: Trigger) -> People | None:
    end, _ = before_auxiliaries(window, trigger.first)
    return _subject(window, end)


def _lying(window: Window, trigger: Trigger) -> People | None:
    end, linked = before_auxiliaries(window, trigger.first)
    return _subject(window, end) if linked and window.word(end) in _SINGULAR else None


def _object(window: Window, trigger: Trigger) -> People | None:
    at = trigger.last
    if window.word(at) in _REFLEXIVES | {"him"} or (window.word(at) in _OBJECTS and _ends_phrase(window, at + 1)):
        return _one(at, at + 1)
    return _named_from(window, at) if window.word(at) != "of" else _named_from(window, at + 1)


def _of(window: Window, trigger: Trigger) -> People | None:
    """ "the murder of Roe", "his friend's death", "the death of her son"."""
    if window.word(trigger.last) == "of":
        several = window.word(trigger.last - 1).endswith("s") or _another_of(window, trigger.last + 1)
        return (_named_list(window, trigger.last + 1) if several else None) or _named_from(window, trigger.last + 1)
    if window.word(trigger.first) not in _CASE_NOUNS and window.word(trigger.last - 1) not in _CASE_NOUNS:
        return None
    if window.word(trigger.first - 1) != "'s":
        return None
    stop = trigger.first - 1
    for at in range(max(window.first, stop - MAX_POSSESSOR), stop):
        found = read_people(window.tokens, at, stop)
        if found is not None and found.last == stop and found.number_one:
            return found
    token = window.tokens[stop - 1] if stop > window.first else None
    return _one(stop - 1, stop) if token is not None and _may_be_surname(token) else None


def _nobody(_window: Window, _trigger: Trigger) -> None:
    return None


_READERS = {"active": _object, "participle": _patient, "intransitive": _dying, "state": _lying, "noun": _of, "self": _nobody}


def _subject(window: Window, end: int) -> People | None:
    """A pronoun or one capitalised word that ends before token ``end``."""
    at = end - 1
    if at < window.first:
        return None
    if window.word(at) == "who" and at in window.ending:
        return None  # "a boy who was shot": the phrase before it is told by its own verb
    if window.word(at) in _SUBJECTS:
        return _one(at, end)
    if window.word(at) == ",":
        return _before_apposition(window, at)
    if window.word(at) == ")":
        return None
    return _one(at, end) if _may_be_surname(window.tokens[at]) else None


APPOSITION = 16
"""Tokens between the commas of "Roe, a member of the city council and former envoy, was killed"."""


def _before_apposition(window: Window, comma: int) -> People | None:
    """The name that stands before the comma that opens an apposition, where it opens the sentence or its clause."""
    for at in range(comma - 1, max(window.first, comma - APPOSITION), -1):
        if window.word(at) in {";", ":", "(", ")"} or at in window.trigger_at:
            return None
        if window.word(at) == "," and _may_be_surname(window.tokens[at - 1]):
            apposed = window.word(at + 1) in _APPOSED or window.tokens[at + 1].kind == "number" or at + 1 in window.starting
            return _one(at - 1, at) if apposed else None
    return None


_APPOSED = words("a an the who whose one former senior his her")


def _named_from(window: Window, at: int) -> People | None:
    if window.words(at + 1, "-", "year", "-", "old"):
        at += 5
    end = at
    while end < min(window.last, at + 6) and (_may_be_surname(window.tokens[end]) or window.word(end) in {".", "-"} and end > at):
        end += 1
    while end > at and window.tokens[end - 1].kind == "mark":  # the stop of the sentence, not of an initial
        end -= 1
    if end == at + 1 and window.tokens[at].shouted and window.word(at) in noun_matcher().first_words:
        return None  # in text that is all in capitals, "PEOPLE" is no surname
    return _one(at, end) if end > at else None


MOST_NAMED = 8
"""Words that one member of a list of names may have, with its title ("Senator and presidential candidate John Roe")."""


def _another_of(window: Window, at: int) -> bool:
    """True for "the murder of Roe and of Poe"."""
    return any(window.words(k, "and", "of") for k in range(at, min(window.last - 1, at + MOST_NAMED + 1)))


def _named_list(window: Window, at: int) -> People | None:
    """ "The murders of Roe, Colonel Poe and Judge Low": as many as are named; None for fewer than two."""
    here, count = at, 0
    while here < window.last:
        end = here
        while end < window.last and end - here < MOST_NAMED and _may_be_surname(window.tokens[end]):
            end += 1
        if end == here or window.word(here) in not_people():
            break
        count, last, here = count + 1, end, end
        while here < window.last and window.word(here) in {",", "and"} or window.word(here) == "of" and window.word(here - 1) == "and":
            here += 1
        if here == end:
            break
    return People(at, last, count, count, "eq", None, "people", "name", definite=True) if count > 1 else None


def _ends_phrase(window: Window, at: int) -> bool:
    return at >= window.last or window.tokens[at].kind in {"mark", "number"} or window.word(at) in FUNCTION_WORDS | _AFTER_OBJECT


@functools.cache
def _never_surnames() -> frozenset[str]:
    return _NO_SURNAMES | FUNCTION_WORDS | DETERMINERS | not_people()


def _may_be_surname(token: Token) -> bool:
    return (
        token.kind == "word"
        and token.text[0].isupper()
        and token.lower not in _never_surnames()
        and not (token.shouted and token.lower.endswith("ly"))  # "WAS BRUTALLY MURDERED"
    )


def _one(first: int, last: int) -> People:
    return People(first, last, 1, 1, "eq", None, "people", "name", definite=True)


def told_harms(mentions: Sequence[Mention[HarmValue]]) -> frozenset[str]:
    """The harms that ``mentions`` give as a number of people, so that lone persons add nothing to them."""
    return frozenset(m.value.harm for m in mentions if m.value.quantity.minimum and m.score >= LONE_SCORE)
