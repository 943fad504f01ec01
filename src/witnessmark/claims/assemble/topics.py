"""What a text or a statement is about: whether its opening tells of an attack, or of an accident, an exercise, a match, a film."""

from __future__ import annotations

import re

from witnessmark.claims.acts import Trigger
from witnessmark.claims.assemble.cues import cues_in
from witnessmark.claims.assemble.findings import Findings
from witnessmark.claims.assemble.pieces import TOLL_HARMS, inside
from witnessmark.model import Mention, Span, Statement
from witnessmark.statements import Reading, Sentence


def told_of_no_incident(reading: Reading, found: Findings) -> bool:
    """True when the headline or the first body sentence says that this is an accident, an exercise, a match, a film ...

    A munition named there outweighs an accident, and so does a shot; a death outweighs an exercise.
    """
    opening = _opening(reading)
    attacked = any(shot_people(found, s.span) for s in opening)
    for sentence in opening:
        cues = cues_in(reading, sentence.first, sentence.last)
        harmed = any(not h.value.quantity.is_zero for h in inside(found.harms, sentence.span) if h.value.harm == "killed")
        if "exercise" in cues and not harmed:
            return True
        if attacked or inside(found.munitions, sentence.span):
            continue
        if "document" in cues or "hard" in cues:
            return True
        if "mishap" in cues and not any(a.value.act == "shooting" for a in found.acts):
            return True
    return False


def shot_people(found: Findings, span: Span) -> bool:
    """True when the words tell of people shot or attacked, and how many: "five teens shot after a basketball tournament"."""
    struck = any(a.value.strength == "strong" or a.value.act == "shooting" or _assaults(a) for a in inside(found.acts, span))
    told = (h for h in inside(found.harms, span) if h.value.harm in TOLL_HARMS)
    return struck and any(not h.value.quantity.is_zero and h.value.quantity.minimum is not None for h in told)


_RECOVERY = re.compile(r"expect\w* (?:\w+ )?to (?:survive|recover|live|make a (?:full )?recovery|be (?:ok|okay|fine))\b", re.IGNORECASE)


def may_recover(reading: Reading, statement: Statement) -> bool:
    """True for a forecast that is only of the wounded: "a clerk was shot and is expected to survive" tells a fact."""
    if statement.modality != "prediction" or statement.cue is None:
        return False
    return _RECOVERY.match(reading.text, statement.cue.start, statement.span.end) is not None


def _assaults(act: Mention[Trigger]) -> bool:
    """ "Attacked", "stormed": what no flood and no train does."""
    return act.value.strength == "weak" and act.quote.lower().startswith(("attack", "storm", "raid", "assault"))


SHORTEST_LEDE = 4
"""Words that a first sentence has at least; below it stands a dateline ("NASHVILLE, Tenn.")."""


def _opening(reading: Reading) -> list[Sentence]:
    """The headline and the first sentence of the body."""
    body = [s for s in reading.sentences if s.part != "headline"]
    lede = next((s for s in body if s.last - s.first > SHORTEST_LEDE), None)
    return [s for s in reading.sentences if s.part == "headline"] + ([lede] if lede is not None else body[:1])
