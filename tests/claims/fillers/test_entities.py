from __future__ import annotations

import numpy as np

from witnessmark.claims.fillers.chunks import Chunk
from witnessmark.claims.fillers.entities import Candidate, Occurrence, candidate_rows, log_odds, setting_of
from witnessmark.claims.fillers.phrases import Extent, Phrase


def phrase(words: str, sentence: int = 0) -> Phrase:
    split = words.split()
    return Phrase(sentence, 0, Chunk(0, len(split), len(split)), split, ["N"] * len(split), [[]], [])


def candidate(words: str, strength: float) -> Candidate:
    own = phrase(words)
    mention = Occurrence(own, Extent(0, own.chunk.last), 0.0, [1 - strength, 0, 0, 0, strength, 0], [[0.0] * 6] * 6, 0)
    return Candidate(3, own.key(Extent(0, own.chunk.last)), (mention,), strength)


def test_every_candidate_gets_a_row_of_the_same_length() -> None:
    ranked = [candidate("maria silva", 0.9), candidate("silva", 0.5), candidate("tower", 0.2)]
    phrases = [c.best.phrase for c in ranked]
    setting = setting_of(phrases, np.asarray([c.best.odds for c in ranked], dtype=np.float32), [0.0] * 12)
    rows = candidate_rows(ranked, setting)
    assert len(rows) == 3
    assert len({len(row) for row in rows}) == 1
    assert rows[1] != rows[2]


def test_the_key_leaves_out_articles_and_marks() -> None:
    own = phrase("the u - n office")
    assert own.key(Extent(0, 5)) == "u n office"


def test_the_key_leaves_out_a_final_possessive() -> None:
    assert phrase("the mayor's").key(Extent(0, 2)) == phrase("mayor").key(Extent(0, 1)) == "mayor"
    assert phrase("mayor's house").key(Extent(0, 2)) == "mayor's house"


def test_a_phrase_can_be_cut_at_any_word_and_before_or_after_its_of_phrase() -> None:
    own = Phrase(0, 0, Chunk(0, 2, 4), ["big", "house", "of", "commons"], list("JNIN"), [[]], [])
    assert own.extents() == [Extent(0, 2), Extent(0, 4), Extent(1, 2), Extent(1, 4)]


def test_log_odds_are_bounded_and_rise() -> None:
    assert log_odds(0.5) == 0.0
    assert log_odds(0.0) < log_odds(0.2) < log_odds(0.8) < log_odds(1.0) < 100
