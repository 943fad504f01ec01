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
        if token.lower in lexis.future and not (token.capitalised and lexis.single.get(token.lower, ("",))[0] == "MONTH"):
            return True
    return after is not None and after.lower in lexis.future_after


def looks_back(expression: Expression, tokens: Sequence[Token], lexis: Words, *, forward: bool) -> bool:
    """True for "since June", and where a verb of the past stands beside it in a clause that does not look ahead: never of the future."""
    if expression.first > 0 and tokens[expression.first - 1].lower in lexis.since_words:
        return True
    if forward:
        return False
    for at in range(expression.first - 1, max(-1, expression.first - 1 - VERB_WINDOW), -1):
        if tokens[at].text in ".,;:!?":
            break
        if tokens[at].lower in lexis.past_words:
            return True
    for token in tokens[expression.last : expression.last + VERB_WINDOW]:
        if token.text in ".;!?" or token.lower in lexis.future:
            return False
        if token.lower in lexis.past_words or (len(token.lower) > 4 and token.lower.endswith(lexis.past_endings)):
            return True
    return False


OPENING_WINDOW = 8
"""Tokens before a date among which a war has to be named and said to have begun."""

LEANING_GAP = 6
"""Tokens at most from "three days before" to the date that it counts from."""


def opens_war(expression: Expression, tokens: Sequence[Token], lexis: Words) -> bool:
    """True for "the war began on 3 May": the clause before the date, or right after it, names a war and says that it began."""
    clause = []
    for at in range(expression.first - 1, max(-1, expression.first - 1 - OPENING_WINDOW), -1):
        if tokens[at].text in ".;!?":
            break
        clause.append(tokens[at].lower)
    if any(word in lexis.war_words for word in clause) and any(word in lexis.begin_words for word in clause):
        return True
    after = [t.lower for t in tokens[expression.last : expression.last + OPENING_WINDOW]]
    stop = next((n for n, word in enumerate(after) if word in ".;!?"), len(after))
    named = [n for n, word in enumerate(after[:stop]) if word in lexis.war_words]
    return bool(named) and any(word in lexis.begin_words for word in after[: named[0]])


def leans_on(expression: Expression, following: Expression, tokens: Sequence[Token], lexis: Words) -> bool:
    """True for "three days before the truce of 10 January": a count that goes on without mark or verb to a date."""
    form = expression.form
    if form.kind != "shift" or form.base != "text" or form.unit not in ("day", "week", "night") or following.form.kind != "date":
        return False
    gap = tokens[expression.last : following.first]
    joint = {tokens[expression.last - 1].lower, *(t.lower for t in gap[:1])}
    if joint.isdisjoint(lexis.leaning_words) or following.form.day is None or len(gap) > LEANING_GAP:
        return False
    return not any(t.kind == "mark" or t.lower in lexis.past_words or t.lower in lexis.future for t in gap)
