"""How many: two totals of one incident that cannot both hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from witnessmark.assess.within.pairs import Clash, speaker_of, words_of
from witnessmark.claims.numbers import read_amount
from witnessmark.claims.slavic import LANGUAGES as SLAVIC
from witnessmark.claims.slavic import numbers as slavic
from witnessmark.model import HarmValue, IncidentClaim, Mention, Quantity, Span
from witnessmark.model.comparing import bounds_meet
from witnessmark.statements import Reading


def toll_clashes(reading: Reading, claims: Sequence[IncidentClaim]) -> Iterator[Clash]:
    """Totals by different speakers, and a headline's total against the body's. Parts, updates and replaced figures do not clash."""
    for claim in claims:
        for field, chosen in (("killed", claim.killed), ("injured", claim.injured)):
            if chosen is None or chosen.span is None:
                continue
            for name, other in claim.alternatives:
                if name == field and isinstance(other.value, HarmValue) and _clash(reading, chosen, other.value, words_of(other)):
                    note = f"{chosen.quote} against {other.quote}"
                    yield Clash(claim.identifier, field, chosen.span, words_of(other), note, "toll")


def _clash(reading: Reading, chosen: Mention[Quantity], other: HarmValue, at: Span) -> bool:
    if other.part_of is not None or other.update or other.superseded or other.additional or other.group not in ("people", "civilians"):
        return False
    if bounds_meet(chosen.value, other.quantity) or other.quantity.is_zero != chosen.value.is_zero:
        return False
    if not _numbered(reading, at):
        return False
    told = reading.statement_at(at.start)
    if told is not None and told.modality == "corrected":
        return False
    mine = words_of(chosen)
    if chosen.rule.endswith(":update") and at < mine:
        return False
    if reading.document.in_headline(at) or reading.document.in_headline(mine):
        return True
    return speaker_of(reading, mine) != speaker_of(reading, at)


def _numbered(reading: Reading, words: Span) -> bool:
    """True when the words hold a number. Persons told one by one ("a driver and a nurse") say who, and deny no total."""
    first, last = reading.token_range(words)
    if reading.language in SLAVIC:
        return any(slavic.read_amount(reading.tokens, at, last, reading.language) is not None for at in range(first, last))
    return any(read_amount(reading.tokens, at, last) is not None for at in range(first, last))
