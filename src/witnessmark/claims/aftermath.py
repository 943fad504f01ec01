"""Aftermath: what the words say followed an attack, apart from harm to people."""

from __future__ import annotations

import functools

from witnessmark.model import Mention
from witnessmark.statements import Reading
from witnessmark.statements.language.lexicons import lexicon
from witnessmark.statements.language.matching import PhraseMatcher

# Forecasts, orders and hypotheses tell of no aftermath.
_UNREAL = frozenset({"prediction", "directive", "hypothetical", "rhetorical", "opinion", "denied"})


@functools.cache
def _matcher(language: str) -> PhraseMatcher[str]:
    return PhraseMatcher((phrase, kind) for kind, phrases in lexicon(language, "aftermath").items() for phrase in phrases)


def find_aftermath(reading: Reading) -> tuple[Mention[str], ...]:
    """Mentions of fires, damage, failed services, rescue, evacuation and inquiries, in text order; values are ids of the list aftermath."""
    matcher = _matcher(reading.language)
    out: list[Mention[str]] = []
    for statement in reading.statements:
        if statement.modality in _UNREAL:
            continue
        for hit in matcher.find(reading.tokens, *reading.token_range(statement.span)):
            if statement.modality == "negated" and not hit.payload.endswith("_loss"):
                continue  # "nothing was damaged" tells of no damage, "left without power" of a loss
            span = reading.span_of(hit.first, hit.last)
            speaker = statement.speaker.span if statement.speaker else None
            out.append(Mention(hit.payload, span, span.of(reading.text), "aftermath", 0.8, statement.modality, speaker))
    return tuple(out)
