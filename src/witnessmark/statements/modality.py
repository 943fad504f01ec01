"""How a statement is said: one label of the closed list ``modality``.

English statements are labelled by a trained model (:mod:`witnessmark.statements.model`); other languages by rules over cue classes, in an order
of precedence: what is done with the words beats who says them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from witnessmark.statements.features import OLD, Piece, Scene, features
from witnessmark.statements.language.tokens import Token
from witnessmark.statements.lexicon import LANGUAGES, Grammar, lexicon
from witnessmark.statements.model import load_model

_DECIDING = {
    "denied": ("denial",),
    "claimed_responsibility": ("claim",),
    "corrected": ("correction",),
    "inferred": ("inference", "hedge"),
    "opinion": ("opinion_verb", "opinion"),
    "prediction": ("prediction",),
    "directive": ("directive", "imperative"),
    "hypothetical": ("hypothetical",),
    "negated": ("no_event", "negation"),
    "background.historical": ("historical",),
    "quantified_pattern": ("pattern", "salvo"),
    "rhetorical": ("rhetorical",),
}
_PARTIES = ("military_official", "armed_group")  # Publishers whose own reports are claims.
EVIDENCE: dict[str, tuple[str, ...]] = {
    "denied": ("k:denial", "k:negation"),
    "directive": ("k:directive", "k0:imperative", "end:!"),
    "rhetorical": ("k:rhetorical", "end:?"),
    "negated": ("k:negation", "k:no_event"),
    "corrected": ("k:correction",),
    "claimed_responsibility": (
        "k:claim",
        "src:military_official",
        "src:armed_group",
        "src:self",
        *(f"pub:{p}&{s}" for p in _PARTIES for s in ("said", "bare")),
    ),
    "hypothetical": ("k:hypothetical", "modal"),
}
"""Features one of which a label needs, whatever the model says: without a word for it nothing is denied. By cross-validation on the reports this
gains .002 of macro-F1; in short texts, of which the training has few, it keeps the worst mistakes out. "opinion" and "prediction" lost by such a rule."""
_LEAST_INFLECTED = 5  # Letters of a word whose ending is looked at.
_NEGATIONS = frozenset({"not", "n't", "never", "no", "neither", "nobody", "none", "nor"})
_NEGATION_REACH = 3
"""Tokens from a negation to the words that it negates ("has not yet claimed")."""
_OWNING_UP = ("claim", "took", "take", "accept", "admit")
_RULE_SCORE = 0.5  # Rules have no probability; this only says "less sure than most of the model's labels".


@dataclass(frozen=True, slots=True)
class Label:
    """``score`` is 0..1: the model's probability. ``rule`` names what decided: model or cues."""

    modality: str
    score: float
    rule: str


def labels_of(tokens: Sequence[Token], pieces: Sequence[Piece], scene: Scene, language: str) -> list[Label]:
    """The label of each of ``pieces``."""
    model = load_model(language if language in LANGUAGES else "en")
    if model is None:
        return [Label(by_rules(tokens, piece, lexicon(language).grammar), _RULE_SCORE, "cues") for piece in pieces]
    named = [features(tokens, pieces, at, scene) for at in range(len(pieces))]
    labels = [Label(modality, score, "model") for modality, score in model.predict(named, needs=EVIDENCE)]
    return [_silent(piece, _denied(tokens, piece, _unclaimed(tokens, piece, label))) for piece, label in zip(pieces, labels, strict=True)]


def _silent(piece: Piece, label: Label) -> Label:
    """Who "has not commented" denies nothing, and thinks nothing that the report would know of."""
    if label.modality not in ("denied", "opinion"):
        return label
    kinds = {kind for cue in piece.cues for kind in cue.kinds}
    return Label("negated", label.score, "model") if "silence" in kinds and "denial" not in kinds else label


def _denied(tokens: Sequence[Token], piece: Piece, label: Label) -> Label:
    """What somebody "denied having done" or "denied that they did" is no assertion, even where the speaker is a pronoun that the model takes for nobody."""
    if label.modality not in _TOLD:
        return label
    denials = [cue.last for cue in piece.cues if "denial" in cue.kinds and cue.last < piece.last]
    return Label("denied", label.score, "model") if any(tokens[at].lower in _DENIED for at in denials) else label


_TOLD = frozenset({"asserted", "attributed", "background.historical"})
_DENIED = frozenset({"having", "that"})
"""Words that open what a verb of denying denies; after "denied" alone may stand what somebody was refused."""


def _of_one_toll(piece: Piece) -> bool:
    """ "The number of the dead rose to seven" is the toll of one event, no pattern. A rate or a length of time beside it would be a cue of its own."""
    return any("toll" in cue.kinds for cue in piece.cues) and sum("pattern" in cue.kinds for cue in piece.cues) == 1


def _unclaimed(tokens: Sequence[Token], piece: Piece, label: Label) -> Label:
    """A claim whose words are negated owns up to nothing: "said it was not behind the attack" denies, "has not claimed responsibility" tells that
    nobody did. The model knows the words of claims better than the small word before them."""
    cue = deciding_cue(tokens, piece, label.modality) if label.modality == "claimed_responsibility" else None
    if cue is None or not any(t.lower in _NEGATIONS for t in tokens[max(piece.first, cue[0] - _NEGATION_REACH) : cue[0]]):
        return label
    told = tokens[cue[0]].lower.startswith(_OWNING_UP)
    return Label("negated" if told else "denied", label.score, "model")


def deciding_cue(tokens: Sequence[Token], piece: Piece, modality: str) -> tuple[int, int] | None:
    """Token range of the first words that speak for ``modality``, if any."""
    for kind in _DECIDING.get(modality, ()):
        for cue in piece.cues:
            if kind in cue.kinds:
                return cue.first, cue.last
    if modality == "rhetorical":
        marks = [at for at in range(piece.first, piece.last) if tokens[at].text == "?"]
        return (marks[-1], marks[-1] + 1) if marks else None
    if modality in ("attributed", "attributed.chain") and piece.said:
        return piece.said[0].cue
    return None


def by_rules(tokens: Sequence[Token], piece: Piece, grammar: Grammar) -> str:
    """A label by precedence, from the classes of the cues."""
    kinds = {k for c in piece.cues for k in c.kinds}
    verbs = {k for a in piece.said for k in a.classes}
    opening = {k for c in piece.cues if c.first == piece.first for k in c.kinds}
    if any(t.text == "?" for t in tokens[max(piece.first, piece.last - 2) : piece.last]):
        return "rhetorical"
    words = [t.lower for t in tokens[piece.first : piece.last] if len(t.text) >= _LEAST_INFLECTED]
    if any(word.endswith(tuple(grammar.imperative_endings)) for word in words):
        return "directive"
    if "denial" in verbs:
        return "denied"
    if "directive" in verbs or "imperative" in opening or ("directive" in kinds and not piece.said):
        return "directive"
    if "prediction" in kinds or any(word.endswith(tuple(grammar.future_endings)) for word in words):
        return "prediction"
    if "hypothetical" in opening:
        return "hypothetical"
    if "opinion_verb" in verbs or ("opinion" in kinds and not piece.said):
        return "opinion"
    if "denial" in kinds:
        return "denied"
    if "claim" in verbs or ("claim" in kinds and piece.said):
        return "claimed_responsibility"
    return _quiet_label(piece, kinds)


def _quiet_label(piece: Piece, kinds: set[str]) -> str:
    """The labels at the lower end of the precedence."""
    if "inference" in kinds and not piece.said:
        return "inferred"
    if "correction" in kinds:
        return "corrected"
    if "pattern" in kinds and not _of_one_toll(piece):
        return "quantified_pattern"
    if "no_event" in kinds:
        return "negated"
    if piece.signs & OLD:
        return "background.historical"
    if any(a.kind == "citing" for a in piece.said):
        return "attributed.chain"
    return "attributed" if piece.said else "asserted"
