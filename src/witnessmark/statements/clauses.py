"""Cuts a sentence into clauses where the way of saying changes inside it.

Most sentences are one statement. A cut is made only where a second verb of saying of another class takes up the same subject ("said it struck
the depot, and denied ..."), where a participle turns to evaluation ("..., calling it an outrage"), and where a semicolon leads from what
somebody says to what could not be had or checked. Cuts at every conjunction were tried on the English reports and lost more bounds than they won.
"""

from __future__ import annotations

from collections.abc import Sequence

from witnessmark.statements.language.tokens import Token
from witnessmark.statements.lexicon import Cue

_CLASSES = ("denial", "claim", "prediction", "directive", "opinion_verb")
_LEAST = 4  # Tokens on either side of a cut.
_COORDINATORS = frozenset({"and", "but", "і", "й", "та", "але", "и", "но", "а"})


def cuts(tokens: Sequence[Token], first: int, last: int, cues: Sequence[Cue]) -> list[int]:
    """Token indexes at which a new clause begins inside ``tokens[first:last]``, in order."""
    out: list[int] = []
    said: Cue | None = None
    for cue in cues:
        at = None
        if said is not None and "speech" in cue.kinds:
            at = _coordinated(tokens, cue, said)
        elif said is not None and cue.kinds & {"opinion_verb", "saying"}:
            at = _participle(tokens, cue, said)
        elif said is not None and "no_event" in cue.kinds:
            at = _after_semicolon(tokens, cue, said)
        if at is not None and at - (out[-1] if out else first) >= _LEAST and last - at >= _LEAST:
            out.append(at)
            said = cue
        elif "speech" in cue.kinds and said is None:
            said = cue
    return out


def _class(cue: Cue) -> str:
    return next((name for name in _CLASSES if name in cue.kinds), "plain")


def _coordinated(tokens: Sequence[Token], cue: Cue, said: Cue) -> int | None:
    """The coordinator before a second verb that shares the first one's subject, when it does something else than report."""
    if tokens[cue.first - 1].lower not in _COORDINATORS or _class(cue) in ("plain", _class(said)):
        return None
    return cue.first - 1


def _participle(tokens: Sequence[Token], cue: Cue, said: Cue) -> int | None:
    """The participle after a comma that turns from a report or a claim to evaluation."""
    follows_comma = tokens[cue.first - 1].text == ","
    evaluates = "opinion_verb" in cue.kinds and "opinion_verb" not in said.kinds
    return cue.first if follows_comma and evaluates and tokens[cue.first].lower.endswith("ing") else None


def _after_semicolon(tokens: Sequence[Token], cue: Cue, said: Cue) -> int | None:
    """The first token after a semicolon that stands between ``said`` and ``cue``."""
    for at in range(cue.first - 1, said.last, -1):
        if tokens[at].text == ";":
            return at + 1
    return None
