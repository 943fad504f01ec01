"""Contradictions inside one document: two wordings that cannot both be true and that the text does not present as an update.

Invariant: both spans lie in readable parts of the document, in two different statements or in headline and body, and are words of the text. "At
least 50" and 52 agree; an accusation and a denial do not.
"""

from __future__ import annotations

import itertools

from witnessmark.assess.within.accounts import other_accounts
from witnessmark.assess.within.examples import example_clashes
from witnessmark.assess.within.headline import headline_clashes
from witnessmark.assess.within.munitions import munition_clashes
from witnessmark.assess.within.objects import target_clashes
from witnessmark.assess.within.pairs import Clash, contradiction
from witnessmark.assess.within.parties import party_clashes
from witnessmark.assess.within.refuting import refuted_headlines
from witnessmark.assess.within.tolls import toll_clashes
from witnessmark.claims import Claims
from witnessmark.model import Contradiction, Span
from witnessmark.statements import Reading

_FINDERS = (party_clashes, headline_clashes, toll_clashes, munition_clashes, target_clashes, other_accounts, refuted_headlines)


def within_document(reading: Reading, claims: Claims) -> tuple[Contradiction, ...]:
    """Every contradiction that one document holds about one incident, in text order. Two statements give one for each field."""
    out: dict[tuple[str, int, int], Contradiction] = {}
    of_incidents = (clash for finder in _FINDERS for clash in finder(reading, claims.incidents))
    for clash in itertools.chain(of_incidents, example_clashes(reading, claims.series)):
        made = contradiction(reading, clash)
        if made is not None:
            first, second = (_statement_start(reading, s) for s in made.spans)
            out.setdefault((made.field, first, second), made)
    return tuple(sorted(out.values(), key=lambda c: (c.spans[0], c.spans[1], c.field)))


def _statement_start(reading: Reading, span: Span) -> int:
    statement = reading.statement_at(span.start)
    return statement.span.start if statement is not None else span.start


__all__ = ["Clash", "within_document"]
