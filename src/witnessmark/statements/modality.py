"""How a statement is said: one label of the closed list ``modality``.

English statements are labelled by a trained model (:mod:`witnessmark.statements.model`); other languages, and English when the model file is
not there, by the rules below.
"""

from __future__ import annotations

from collections.abc import Sequence

from witnessmark.statements.features import Piece, Scene, features
from witnessmark.statements.language.tokens import Token
from witnessmark.statements.lexicon import LANGUAGES
from witnessmark.statements.model import load_model


def labels_of(tokens: Sequence[Token], pieces: Sequence[Piece], scene: Scene, language: str) -> list[tuple[str, float, str]]:
    """Label, score in 0..1 and the name of what decided, for each of ``pieces``."""
    model = load_model(language if language in LANGUAGES else "en")
    if model is None:
        return [(by_rules(tokens, piece), 0.5, "cues") for piece in pieces]
    return [(*model.predict(features(tokens, pieces, at, scene)), "model") for at in range(len(pieces))]


def by_rules(tokens: Sequence[Token], piece: Piece) -> str:
    """A label from the classes of the cues alone: what is used where there is no trained model."""
    kinds = {k for c in piece.cues for k in c.kinds}
    if any(t.text == "?" for t in tokens[max(piece.first, piece.last - 2) : piece.last]):
        return "rhetorical"
    if "denial" in kinds and piece.said:
        return "denied"
    if "claim" in kinds and piece.said:
        return "claimed_responsibility"
    if "no_event" in kinds:
        return "negated"
    return "attributed" if piece.said else "asserted"
