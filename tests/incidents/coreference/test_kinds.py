"""Kinds of events in reports of shootings."""

from __future__ import annotations

import numpy as np

from witnessmark.incidents.coreference import EventMention, Text
from witnessmark.incidents.coreference.context import contexts
from witnessmark.incidents.coreference.kinds import KINDS, KindModel, hash_of, kind_chances, kind_features

TEXT = Text("t", (("2016-05-03",), ("A", "baker", "died", "at", "a", "hospital", "."), ("Officers", "heard", "gunshots", ".")))
DIED, GUNSHOTS = EventMention("m1", 0, 1, 2, 2), EventMention("m2", 0, 2, 2, 2)


def test_words_of_dying_name_a_death_and_gunshots_a_firing() -> None:
    mentions = [DIED, GUNSHOTS]
    chances = kind_chances([TEXT], mentions, contexts([TEXT], mentions))
    assert [KINDS[k] for k in chances.argmax(axis=1)] == ["death", "firing"]
    assert np.allclose(chances.sum(axis=1), 1.0, atol=1e-5)


def test_features_name_the_mention_and_its_neighbours() -> None:
    named = kind_features([TEXT], DIED)
    assert {"head die", "before 1 baker", "after 1 at", "right hospital"} <= named.keys()
    assert named["ends in s"] == 0.0
    assert kind_features([TEXT], GUNSHOTS)["ends in s"] == 1.0


def test_a_feature_that_was_not_learned_weighs_nothing() -> None:
    names = np.array([hash_of("head die")], np.uint32)
    flat = np.zeros((1, len(KINDS)), np.float32)
    weights = flat.copy()
    weights[0, 0] = 4.0
    model = KindModel(names, weights, np.zeros(1, np.float32), np.ones(1, np.float32), flat, flat[0])
    known, unknown = model.chances([{"head die": 1.0}, {"head sing": 1.0}], np.zeros((2, 1), np.float32))
    assert known.argmax() == 0 and known[0] > unknown[0]
    assert np.allclose(unknown, 1 / len(KINDS))
