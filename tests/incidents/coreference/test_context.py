"""States of mentions in their sentences."""

from __future__ import annotations

import numpy as np

from witnessmark.incidents.coreference import EventMention, Text
from witnessmark.incidents.coreference.context import WINDOW, contexts, load_body

TEXT = Text("t", (("Two", "bakers", "were", "killed", "."), ("Police", "arrested", "a", "suspect", "."), ("A", "baker", "died", ".")))


def _mention(sentence: int, at: int, *, text: int = 0) -> EventMention:
    return EventMention(f"m{sentence}.{at}", text, sentence, at, at)


def test_every_mention_has_a_state_after_every_layer() -> None:
    held = contexts([TEXT], [_mention(0, 3), _mention(2, 2)])
    layers, width = len(load_body().layers), load_body().table.shape[1]
    assert held.words.shape == (layers, 2, width)
    assert bool(np.all(np.linalg.norm(held.words, axis=2) > 0))


def test_a_death_is_more_like_a_killing_than_like_an_arrest() -> None:
    held = contexts([TEXT], [_mention(0, 3), _mention(2, 2), _mention(1, 1)])
    alike = held.alike([0, 0, 0], [1, 2, 0])
    assert bool(np.all(alike[0] > alike[1]))
    assert np.allclose(alike[2], 1.0, atol=1e-5)


def test_a_sentence_longer_than_a_window_is_read_to_the_windows_end_and_later_ones_whole() -> None:
    long = Text("l", (("word",) * (2 * WINDOW) + ("died",), ("A", "baker", "died", ".")))
    held = contexts([long], [_mention(0, 2 * WINDOW), _mention(1, 2)])
    assert bool(np.all(np.isfinite(held.words)))
    alone = contexts([Text("a", (long.sentences[1],))], [_mention(0, 2)])
    assert np.allclose(held.words[:, 1], alone.words[:, 0], atol=1e-4)


def test_nothing_gives_nothing() -> None:
    assert contexts([TEXT], []).words.shape[1] == 0
