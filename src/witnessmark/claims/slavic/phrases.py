"""Noun phrases in Ukrainian and Russian: what stands before the noun and belongs to it."""

from __future__ import annotations

from collections.abc import Sequence

from witnessmark.claims.numbers import Amount
from witnessmark.claims.slavic.numbers import numerals, read_amount
from witnessmark.claims.slavic.words import adjectival
from witnessmark.model import Quantity, Span
from witnessmark.statements.language.tokens import Token

MAX_LEFT = 4
"""Adjectives that a noun phrase may take in on its left."""


def grow_left(tokens: Sequence[Token], first: int, floor: int, language: str) -> int:
    """The first token of the noun phrase whose noun is at ``first``: adjectives ("російська крилата ракета") and a count before them."""
    here = first
    while here - 1 >= floor and first - here < MAX_LEFT and _modifies(tokens, here - 1, floor, language):
        here -= 1
    start = _amount_start(tokens, here, floor, language)
    return start if start is not None else first if here == first else here


def _modifies(tokens: Sequence[Token], at: int, floor: int, language: str) -> bool:
    """True for an adjective; names of places have their endings too, and a capital inside the sentence."""
    token = tokens[at]
    if (
        token.capitalised
        and at > floor
        and not token.lower.endswith(("ський", "ська", "ську", "ське", "ські", "ский", "ская", "скую", "ские"))
    ):
        return False
    return adjectival(token) and token.lower not in numerals(language).values


def _amount_start(tokens: Sequence[Token], here: int, floor: int, language: str) -> int | None:
    """The start of the count that ends right before ``here``."""
    for at in range(max(floor, here - 4), here):
        amount = read_amount(tokens, at, here, language)
        if amount is not None and amount.last == here and not amount.yearlike:
            return at
    return None


def leading_count(tokens: Sequence[Token], text: str, first: int, last: int, *, language: str, unit: str) -> Quantity | None:
    """The count that the noun phrase begins with, as a quantity of ``unit``."""
    amount: Amount | None = read_amount(tokens, first, last, language)
    if amount is None or amount.last >= last or amount.yearlike:
        return None
    words = Span(tokens[amount.first].start, tokens[amount.last - 1].end).of(text)
    return Quantity(amount.minimum, amount.maximum, amount.comparator, words, unit=unit, vague=amount.vague)
