"""Running totals over many incidents that are told beside the toll of one: "which brings the number of civilians killed this year to 214"."""

from __future__ import annotations

from collections.abc import Sequence

from witnessmark.claims.numbers import read_amount
from witnessmark.claims.series.counts import Clause, Count, begins_since
from witnessmark.claims.series.lexicon import table
from witnessmark.claims.words import words
from witnessmark.statements.language.tokens import Token

_RAISED = words("bring brings bringing brought take takes taking took push pushes pushing pushed raise raises raising raised")
_REACHED = words("reached reaches stands stood risen rose climbed passed exceeded grown now")
_TALLIES = words("toll total tally number count figure")
_DEAD = words("killed dead death deaths died fatalities slain")
_HURT = words("wounded injured injuries hurt")
_BOTH = words("casualties victims")
_REACH = 22
"""Tokens from the word for a tally to its number ("the number of health workers killed in the region since the siege of the town began to 31")."""


def find_totals(clause: Clause) -> list[Count]:
    """The running totals of a sentence. A tally without words of a longer time ("bringing the death toll to seven") is that of one incident and none of
    these."""
    tokens, sentence = clause.tokens, clause.sentence
    if all(t.kind != "number" for t in tokens[sentence.first : sentence.last]):
        return []
    lowers = [t.lower for t in tokens[sentence.first : sentence.last]]
    out: list[Count] = []
    for at in [sentence.first + k for k, word in enumerate(lowers) if word in _TALLIES]:
        number = _number_of(tokens, at, sentence.last)
        if number is None or (out and at < out[-1].last):
            continue
        amount = read_amount(tokens, number, sentence.last)
        unit = _unit(lowers, at - sentence.first, number - sentence.first)
        if amount is None or amount.minimum is None or unit is None:
            continue
        lasting, period = _time(tokens, at, _stop(tokens, amount.last, sentence.last))
        if lasting:
            out.append(Count(amount.first, amount.last, unit, amount, period, "series.total"))
    return out


def _number_of(tokens: Sequence[Token], at: int, stop: int) -> int | None:
    """The token that the number of the tally at ``at`` begins with: after "to" where a verb before it raises the tally, after a verb of reaching else."""
    raised = any(t.lower in _RAISED for t in tokens[max(0, at - 5) : at])
    for here in range(at + 1, min(stop - 1, at + _REACH)):
        if tokens[here].text in ";:":
            return None
        if tokens[here].lower == "to" and raised and tokens[here + 1].kind != "mark":
            return here + 1 if read_amount(tokens, here + 1, stop) is not None else None
        if not raised and tokens[here].lower in _REACHED:
            after = here + 1 + (tokens[here + 1].lower in {"to", "at", "by"})
            if after < stop and read_amount(tokens, after, stop) is not None:
                return after
    return None


def _unit(lowers: Sequence[str], tally: int, number: int) -> str | None:
    """What the tally counts: by its own words, failing these ("bringing the total to") by those before it."""
    for part in (lowers[tally - 2 if tally > 1 else 0 : number], lowers[:tally] if lowers[tally] == "total" else ()):
        told = set(part)
        dead, hurt = bool(told & _DEAD), bool(told & _HURT)
        if told & _BOTH or (dead and hurt):
            return "person_killed_or_injured"
        if dead or hurt:
            return "person_killed" if dead else "person_injured"
    return None


def _stop(tokens: Sequence[Token], at: int, last: int) -> int:
    """Where the clause of the number ends."""
    for here in range(at, last):
        if tokens[here].text in ",;:—–":
            return here
    return last


def _time(tokens: Sequence[Token], first: int, stop: int) -> tuple[bool, str | None]:
    """Whether the words tell of a time longer than an event, and the period that they name."""
    spans = [m for m in table("aggregate").find(tokens, first, stop) if m.payload not in {"day", "night", "hour"}]
    named = [m.payload for m in spans if m.payload != "none" and not begins_since(tokens, first, m.first)]
    return bool(spans), named[0] if named else None
