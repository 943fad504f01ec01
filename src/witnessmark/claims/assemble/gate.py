"""The gate: whether the cheapest mentions of a document can make an incident at all.

Most news tells of none, and what else an incident is made of (places, days, parties, objects) takes most of the time to find. The gate lets
through every document that can give a claim: it asks no more than what assembling asks of each of them.
"""

from __future__ import annotations

import re

from witnessmark.claims.assemble.findings import Findings
from witnessmark.claims.assemble.pieces import TOLL_HARMS, inside
from witnessmark.claims.assemble.scenes import NO_INCIDENT_MODALITIES
from witnessmark.claims.assemble.topics import told_of_no_incident
from witnessmark.claims.slavic import LANGUAGES as SLAVIC
from witnessmark.statements import Reading, Sentence

_NEVER_OPENS = NO_INCIDENT_MODALITIES | {"denied", "negated"}


PRESUPPOSING = frozenset({"harm.noun.of", "harm.lone"})
"""Rules of harm whose words take a death for granted ("the murder of two nurses"), whatever the sentence says of it."""


def speaks_of_conflict(reading: Reading, signs: Findings) -> bool:
    """True when the acts, munitions and harms of ``signs`` are those of armed violence, and the opening does not tell of something else."""
    violent = (
        any(a.value.strength == "strong" for a in signs.acts)
        or bool(signs.munitions)
        or any(h.value.harm in TOLL_HARMS or h.value.harm in _VIOLENT_HARMS for h in signs.harms)
    )
    return (violent or _of_the_armed(reading, signs)) and not told_of_no_incident(reading, signs)


_VIOLENT_HARMS = frozenset({"abducted", "sexual_violence"})

_ARMED = re.compile(
    r"\b(?:guerrillas?|rebels?|insurgents?|gunm[ae]n|militants|terrorists?|jihadists?|militiam[ae]n|subversives|separatists|extremists|paramilitaries|armed men)\b",
    re.IGNORECASE,
)
"""Described parties whose "attack" is one with arms."""


def _of_the_armed(reading: Reading, signs: Findings) -> bool:
    """True for weak words of attack beside a party that is called by its arms ("the rebels destroyed a bridge"), in one sentence."""
    weak = [a.span for a in signs.acts if a.span is not None and a.value.strength == "weak"]
    sentences = {s.span for s in (reading.sentence_at(w.start) for w in weak) if s is not None}
    return any(_ARMED.search(reading.text, s.start, s.end) for s in sorted(sentences))


def may_tell(reading: Reading, signs: Findings) -> bool:
    """True when some sentence can open an incident. Only the acts, munitions and harms of ``signs`` are looked at."""
    return speaks_of_conflict(reading, signs) and any(_may_open(reading, sentence, signs) for sentence in reading.sentences)


def _may_open(reading: Reading, sentence: Sentence, signs: Findings) -> bool:
    span = sentence.span
    if not any((inside(signs.acts, span), inside(signs.munitions, span), inside(signs.harms, span))):
        return False
    taken_for_granted = any(h.rule in PRESUPPOSING for h in inside(signs.harms, span))
    counted = any(h.value.harm in TOLL_HARMS and h.value.quantity.point is not None for h in inside(signs.harms, span))
    beside = any(s.modality == "negated" for s in reading.statements_of(sentence))  # "unharmed, but two guards were killed"
    plain = counted and (beside or any(a.value.strength != "harm" for a in inside(signs.acts, span)))  # such facts outweigh the label
    if taken_for_granted or plain or any(s.modality not in _NEVER_OPENS for s in reading.statements_of(sentence)):
        return True
    return (
        reading.language in SLAVIC and bool(inside(signs.acts, span)) and any(h.value.quantity.is_zero for h in inside(signs.harms, span))
    )
