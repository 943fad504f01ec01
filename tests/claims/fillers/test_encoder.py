from __future__ import annotations

from witnessmark.claims.fillers.chunks import Chunk
from witnessmark.claims.fillers.encoder import UNREAD, UNTOLD, load_encoder
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


def test_a_mention_begins_at_its_first_noun_rather_than_at_the_article() -> None:
    edges = load_encoder().read(WORDS, BOUNDS, [BOMB, STATION]).edges
    assert edges.shape == (len(WORDS), 2)
    police = WORDS.index("police")
    assert edges[police, 0] > edges[police - 1, 0]
    assert edges[police, 0] > edges[police + 1, 0]


def test_phrases_of_sentences_that_are_not_read_fill_no_role() -> None:
    read = load_encoder().read(WORDS, BOUNDS[:1], [BOMB, COFFEE])
    assert read.roles[1].tolist() == [UNREAD] + [0.0] * len(ROLES)


def test_a_document_without_phrases_tells_of_nothing() -> None:
    assert set(load_encoder().read(WORDS, BOUNDS, []).topics) == {UNTOLD}
