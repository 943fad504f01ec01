"""Persons told by name: "Jane Roe, 25, was killed" is one person, whatever the name.

Nothing is known of names here but their shape: two to four capitalised words, or one with an age beside it. What stands after a preposition is
a place.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import replace

from witnessmark.claims.harm.triggers import trigger_matcher
from witnessmark.claims.numbers import word_number
from witnessmark.claims.people import People, noun_matcher
from witnessmark.claims.phrases import FUNCTION_WORDS
from witnessmark.claims.words import words
from witnessmark.statements.language.tokens import Token

MAX_WORDS = 4
ADULT = 18
_BEFORE_PLACES = words("in at on near from of to across outside inside around over into through for by with against between the")
_BEFORE_NAMES_SKIPPED = words("in at on near from")
_NOT_NAMES = words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december "
    "police the a an and but in on at he she they it his her their we you i when where who what no one if as by for officials authorities state "
    "northern southern eastern western central north south east west"
)


def read_name(tokens: Sequence[Token], at: int, first: int, last: int) -> People | None:
    """The person named from token ``at`` on, in the sentence ``first`` .. ``last``; None where the words have no shape of a name."""
    if at > first and (tokens[at - 1].lower in _BEFORE_PLACES or tokens[at - 1].kind == "clitic"):
        return None
    if at > first and _is_part(tokens[at - 1]):
        return None  # the rest of a run that was refused from its start: "at Mercy Hospital"
    end = at
    while end < last and end - at < MAX_WORDS and _is_part(tokens[end]):
        end += 1
    if end == at or (end == at + 1 and tokens[at].lower in _heads()) or noun_matcher().match_at(tokens, end, last) is not None:
        return None
    age, after = _age(tokens, end, last)
    before = _age_before(tokens, at, first)
    if end - at < 2 and age is None and before is None:
        return None
    years = age if age is not None else before
    group = "children" if years is not None and years < ADULT else "people"
    return People(at, after, 1, 1, "eq", None, group, "name", definite=True)


def with_name(tokens: Sequence[Token], people: People, first: int, last: int) -> People:
    """ "former minister" with the name that follows it; the same phrase where none follows.

    In a text all in capitals any word that is neither a function word nor a word of harm may be part of a name.
    """
    if not people.number_one:
        return people
    end = people.last
    shouted = tokens[people.last - 1].shouted
    while end < last and end - people.last < MAX_WORDS and (_is_shouted_part(tokens[end]) if shouted else _is_part(tokens[end])):
        end += 1
    if end == people.last:
        return people
    age, after = _age(tokens, end, last)
    group = "children" if age is not None and age < ADULT else people.group
    placed = people.first > first and tokens[people.first - 1].lower in _BEFORE_NAMES_SKIPPED
    return replace(people, last=after, form="single" if people.form == "single" and not placed else "name", group=group, definite=True)


def _is_shouted_part(token: Token) -> bool:
    word = token.lower
    return (
        token.shouted
        and word not in FUNCTION_WORDS
        and word not in _NOT_NAMES
        and word not in _heads()
        and not word.endswith(("ed", "ing"))
    )


@functools.cache
def _heads() -> frozenset[str]:
    return trigger_matcher().first_words | noun_matcher().first_words


def _is_part(token: Token) -> bool:
    return token.kind == "word" and token.text[0].isupper() and not token.shouted and token.lower not in _NOT_NAMES


def _age(tokens: Sequence[Token], at: int, last: int) -> tuple[int | None, int]:
    """(age, end) of ", 25," or ", 25 " after a name."""
    if at + 1 < last and tokens[at].text == "," and tokens[at + 1].text.isdecimal() and len(tokens[at + 1].text) <= 2:
        closed = at + 2 < last and tokens[at + 2].text == ","
        return int(tokens[at + 1].text), at + 2 + closed
    return None, at


def _age_before(tokens: Sequence[Token], at: int, first: int) -> int | None:
    """The age of "13-year-old" before a name."""
    if at - 5 >= first and tokens[at - 1].lower == "old" and tokens[at - 3].lower == "year":
        return word_number(tokens[at - 5].lower)
    return None
