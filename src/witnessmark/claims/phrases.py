"""Growing a noun to its noun phrase: "bomb" to "eight unguided bombs"."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from witnessmark.claims.numbers import TENS, UNITS, Amount, read_amount
from witnessmark.claims.words import words
from witnessmark.statements.language.tokens import Token

MAX_LEFT = 7
"""Tokens that a noun phrase may grow to the left, hyphens and articles included."""

DETERMINERS = words("a an the its their his her our one another this that these those some any both")
_ARTICLES = words("a an the")
FUNCTION_WORDS = words(
    "and or but nor of in on at to from by with for as near into onto over under after before during while when where who which that than then is are "
    "was were be been being has have had will would could may might must shall should do does did not no said says say including among amid since "
    "until across through around between inside outside against about because if though although hit hits struck killed wounded injured destroyed "
    "damaged left set took made put found shot he she it they we you i"
)
"""Words that end a noun phrase on its left."""
_HYPHENS = frozenset({"-", "‑"})
_COUNTING = words("dozen dozens hundreds scores several many few thousands half couple pair number") | frozenset(UNITS) | frozenset(TENS)


def grow_left(tokens: Sequence[Token], first: int, floor: int, adjectives: AbstractSet[str], *, names: bool = False) -> int:
    """The first token of the noun phrase that the noun at ``first`` ends; never before ``floor``.

    Takes hyphenated compounds whole, words of ``adjectives``, numbers and, with ``names``, capitalised words; an article ends the phrase.
    """
    here = _word_start(tokens, first, floor)
    while here > floor and first - here < MAX_LEFT:
        before = tokens[here - 1]
        if before.lower in DETERMINERS:
            return here - 1
        compound = _compound_start(tokens, here, floor)
        if compound < here:
            here = compound
        elif (
            before.lower in adjectives
            or before.kind == "number"
            or before.lower in _COUNTING
            or (names and _is_name(tokens, here - 1, floor))
        ):
            here -= 1
        else:
            return _to_article(tokens, here, floor)
    while here < first and tokens[here].kind == "mark":
        here += 1
    return here


def _word_start(tokens: Sequence[Token], first: int, floor: int) -> int:
    """Start of the hyphenated word that token ``first`` belongs to ("story" of "nine-story")."""
    here = first
    while (
        here - 2 >= floor and tokens[here - 1].text in _HYPHENS and tokens[here - 2].end == tokens[here - 1].start == tokens[here].start - 1
    ):
        here -= 2
    return here


def _to_article(tokens: Sequence[Token], here: int, floor: int) -> int:
    """Takes in one or two words of any kind when an article stands before them ("a toy shop", "a mine's bathhouse"); else stops at ``here``."""
    for at in range(here - 1, max(floor, here - 4) - 1, -1):
        token = tokens[at]
        if token.lower in _ARTICLES:
            return at
        if token.kind not in {"word", "clitic"} or token.lower in FUNCTION_WORDS:
            break
    return here


def with_hedge(tokens: Sequence[Token], first: int, floor: int) -> int:
    """Takes "at least" or "more than" before a number into a noun phrase that begins at ``first``."""
    if first <= floor or tokens[first].kind != "number" and tokens[first].lower not in _COUNTING:
        return first
    for at in range(max(floor, first - 3), first):
        amount = read_amount(tokens, at, first + 1)
        if amount is not None and amount.last > first:
            return at
    return first


def leading_amount(tokens: Sequence[Token], first: int, last: int) -> Amount | None:
    """The count that the noun phrase ``first`` .. ``last`` begins with, if it begins with one."""
    amount = read_amount(tokens, first, last)
    return amount if amount is not None and not amount.yearlike and amount.last < last else None


def _compound_start(tokens: Sequence[Token], here: int, floor: int) -> int:
    """Start of "nine-storey" or "500-pound" that ends before ``here``; ``here`` when there is none."""
    at = here
    while (
        at - 3 >= floor and tokens[at - 2].text in _HYPHENS and tokens[at - 3].end == tokens[at - 2].start and tokens[at - 1].kind != "mark"
    ):
        at = at - 3 if at == here else at - 2
        if not (at - 2 >= floor and tokens[at - 1].text in _HYPHENS and tokens[at - 2].end == tokens[at - 1].start):
            break
        at += 1
    return at


def _is_name(tokens: Sequence[Token], at: int, floor: int) -> bool:
    token = tokens[at]
    return token.kind == "word" and token.capitalised and at > floor and token.lower not in _NOT_NAMES


_NOT_NAMES = words(
    "monday tuesday wednesday thursday friday saturday sunday on in at after when the and "
    "january february march april june july august september october november december"
)
