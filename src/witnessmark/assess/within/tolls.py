"""How many: two totals of one incident that cannot both hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from witnessmark.assess.within.pairs import Clash, speaker_of, words_of
from witnessmark.claims.numbers import read_amount
from witnessmark.claims.slavic import LANGUAGES as SLAVIC
from witnessmark.claims.slavic import numbers as slavic
from witnessmark.model import HarmValue, IncidentClaim, Mention, Quantity, Span
from witnessmark.model.comparing import bounds_meet
from witnessmark.statements import Reading


def toll_clashes(reading: Reading, claims: Sequence[IncidentClaim]) -> Iterator[Clash]:
    """Totals by different speakers, a headline's total against the body's, and parts by one group of victims. Updates and replaced figures do not
    clash."""
    for claim in claims:
        yield from _totals(reading, claim)
        yield from _parts(reading, claim)


def _totals(reading: Reading, claim: IncidentClaim) -> Iterator[Clash]:
    for field, chosen in (("killed", claim.killed), ("injured", claim.injured)):
        if chosen is None or chosen.span is None:
            continue
        groups = _groups(claim, field, chosen)
        for name, other in claim.alternatives:
            if name == field and isinstance(other.value, HarmValue) and _clash(reading, chosen, other.value, words_of(other), groups):
                note = f"{chosen.quote} against {other.quote}"
                yield Clash(claim.identifier, field, chosen.span, words_of(other), note, "toll")


def _groups(claim: IncidentClaim, harm: str, chosen: Mention[Quantity]) -> frozenset[str]:
    """The groups that a total of the same kind may be of: people in general, and the group that the chosen total is wholly of ("four soldiers" against
    "nine soldiers")."""
    own = {b.value.group for b in claim.breakdown if b.value.harm == harm and b.value.quantity == chosen.value and b.span == chosen.span}
    return frozenset({"people", "civilians"} | own)


def _parts(reading: Reading, claim: IncidentClaim) -> Iterator[Clash]:
    """ "Two children among them" against "three of the dead were children", and a headline's "13 children" against "seven of them children"."""
    told = [(m.value.harm, m.value.group, m.value.quantity, m.span, m.rule) for m in claim.breakdown if m.span is not None]
    others = [(name, m) for name, m in claim.alternatives if isinstance(m.value, HarmValue) and m.span is not None]
    for harm, group, quantity, span, _ in told:
        for name, other in others:
            value = other.value
            if (
                name != harm
                or not isinstance(value, HarmValue)
                or value.group != group
                or value.update
                or value.superseded
                or value.additional
            ):
                continue
            at = words_of(other)
            headed = reading.document.in_headline(at) != reading.document.in_headline(span)
            both_parts = value.part_of is not None and not headed
            if (headed or both_parts) and not bounds_meet(quantity, value.quantity) and _numbered(reading, at) and _numbered(reading, span):
                yield Clash(claim.identifier, harm, span, at, f"{span.of(reading.text)} against {other.quote}", "toll_part")


def _clash(reading: Reading, chosen: Mention[Quantity], other: HarmValue, at: Span, groups: AbstractSet[str]) -> bool:
    if other.part_of is not None or other.update or other.superseded or other.additional or other.group not in groups:
        return False
    if bounds_meet(chosen.value, other.quantity) or other.quantity.is_zero != chosen.value.is_zero:
        return False
    if not _numbered(reading, at):
        return False
    told = reading.statement_at(at.start)
    if told is not None and told.modality == "corrected":
        return False
    mine = words_of(chosen)
    if _of_one_hospital(reading, at) and (other.quantity.maximum or 0) < (chosen.value.minimum or 0):
        return False
    if chosen.rule.endswith(":update") and at < mine:
        return False
    if reading.document.in_headline(at) or reading.document.in_headline(mine):
        return True
    return speaker_of(reading, mine) != speaker_of(reading, at)


_HOSPITAL = re.compile(r"\b(?:hospitals?|clinics?|doctors?|surgeons?|morgue|ward|nurses?|medics?|brought (?:in|to))\b", re.IGNORECASE)


def _of_one_hospital(reading: Reading, at: Span) -> bool:
    """What one hospital or doctor counted is a part of the total, as long as it is less."""
    sentence = reading.sentence_at(at.start)
    return sentence is not None and _HOSPITAL.search(reading.text, sentence.span.start, sentence.span.end) is not None


def _numbered(reading: Reading, words: Span) -> bool:
    """True when the words hold a number. Persons told one by one ("a driver and a nurse") say who, and deny no total."""
    first, last = reading.token_range(words)
    if reading.language in SLAVIC:
        return any(slavic.read_amount(reading.tokens, at, last, reading.language) is not None for at in range(first, last))
    return any(read_amount(reading.tokens, at, last) is not None for at in range(first, last))
