from __future__ import annotations

import math

import numpy as np

from witnessmark.claims.fillers.chunks import Chunk
from witnessmark.claims.fillers.encoder import UNREAD, UNTOLD, Norm, gelu, load_encoder
from witnessmark.claims.fillers.model import ROLES, TYPES
from witnessmark.claims.fillers.phrases import Phrase

WORDS = [
    "guerrillas",
    "threw",
    "a",
    "bomb",
    "at",
    "the",
    "police",
    "station",
    ".",
    "ministers",
    "met",
    "in",
    "lima",
    "to",
    "speak",
    "of",
    "coffee",
    ".",
]
BOUNDS = [(0, 9), (9, 18)]


def phrase(sentence: int, offset: int, first: int, last: int) -> Phrase:
    return Phrase(sentence, offset, Chunk(first, last, last), (), (), [], [])


BOMB, STATION, COFFEE = phrase(0, 0, 2, 4), phrase(0, 0, 5, 8), phrase(1, 9, 7, 8)


def test_the_encoder_tells_an_instrument_from_a_target_and_both_from_other_things() -> None:
    roles = load_encoder().read(WORDS, BOUNDS, [BOMB, STATION, COFFEE]).roles
    assert roles.argmax(axis=1).tolist() == [1 + ROLES.index("Weapon"), 1 + ROLES.index("Target"), 0]


def test_a_bomb_tells_of_a_bombing() -> None:
    kinds = load_encoder().read(WORDS, BOUNDS, [BOMB]).kinds
    assert TYPES[int(kinds.argmax())] == "bombing"


def test_phrases_of_sentences_that_are_not_read_fill_no_role() -> None:
    read = load_encoder().read(WORDS, BOUNDS[:1], [BOMB, COFFEE])
    assert read.roles[1].tolist() == [UNREAD] + [0.0] * len(ROLES)


def test_a_document_without_phrases_tells_of_nothing() -> None:
    assert set(load_encoder().read(WORDS, BOUNDS, []).topics) == {UNTOLD}


def test_a_layer_is_normalised_to_mean_zero_and_variance_one() -> None:
    rows = np.asarray([[1.0, 2.0, 3.0, 6.0], [-1.0, 0.0, 0.0, 9.0]], dtype=np.float32)
    out = Norm(np.ones(4, dtype=np.float32), np.zeros(4, dtype=np.float32))(rows)
    assert np.allclose(out.mean(axis=1), 0, atol=1e-6)
    assert np.allclose(out.var(axis=1), 1, atol=1e-5)


def test_gelu_is_the_input_times_the_chance_of_a_smaller_normal_number() -> None:
    values = np.linspace(-3, 3, 13, dtype=np.float32)
    expected = [value * 0.5 * (1 + math.erf(value / math.sqrt(2))) for value in values.tolist()]
    assert np.allclose(gelu(values), expected, atol=2e-3)
