"""What the words around an expression say of it: does its clause look ahead ("will begin on Friday"), and does it date a statement?"""

from __future__ import annotations

from collections.abc import Sequence

from witnessmark.claims.dates.forms import Expression
from witnessmark.claims.dates.words import Words
from witnessmark.statements.language.tokens import Token

VERB_WINDOW = 8
"""Tokens after the expression in which a verb of the past is looked for."""

WINDOW = 12
"""Tokens before the expression in which a cue is looked for.
Chosen on the odd AQUAINT documents (5 to 16 tried: value F1 from 75.3 to 76.0)."""


def dates_the_saying(expression: Expression, tokens: Sequence[Token], lexis: Words) -> bool:
    """True for "said on Monday", "told reporters on Monday": the day of the statement, not of the event."""
    for at in range(expression.first - 1, max(-1, expression.first - 4), -1):
        if tokens[at].lower in lexis.past_saying:
            return True
        if tokens[at].kind == "mark":
            return False
    return False


def looks_ahead(expression: Expression, tokens: Sequence[Token], lexis: Words) -> bool:
    """True when the nearest cue before the expression in its clause is of the future, or "will" follows it."""
    after = tokens[expression.last] if expression.last < len(tokens) else None
    if after is not None and after.kind == "clitic":
        return False
    for at in range(expression.first - 1, max(-1, expression.first - 1 - WINDOW), -1):
        token = tokens[at]
        if token.text in ".;:!?" or token.lower in lexis.past_saying:
            break
        if token.lower in lexis.future:
            return True
    return after is not None and after.lower in lexis.future_after


def looks_back(expression: Expression, tokens: Sequence[Token], lexis: Words, *, forward: bool) -> bool:
    """True for "since June", and where a verb of the past follows in a clause that does not look ahead: never of the future."""
    if expression.first > 0 and tokens[expression.first - 1].lower in lexis.since_words:
        return True
    if forward:
        return False
    for token in tokens[expression.last : expression.last + VERB_WINDOW]:
        if token.text in ".;!?" or token.lower in lexis.future:
            return False
        if token.lower in lexis.past_words or (len(token.lower) > 4 and token.lower.endswith(lexis.past_endings)):
            return True
    return False
