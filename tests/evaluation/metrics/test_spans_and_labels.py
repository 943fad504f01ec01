"""Places, time expressions, labels, attributions and clusters, worked by hand."""

from __future__ import annotations

from typing import Any

import pytest

from witnessmark.evaluation.metrics.attributions import score_attributions
from witnessmark.evaluation.metrics.clusters import clusters, score_clusters
from witnessmark.evaluation.metrics.labels import challenge_score, pair_up, score_labels
from witnessmark.evaluation.metrics.places import FARTHEST_KM, distance_km, near, score_places
from witnessmark.evaluation.metrics.timexes import score_timexes


def test_a_degree_of_latitude_is_about_111_km() -> None:
    assert distance_km((10, 20), (11, 20)) == pytest.approx(111.195, abs=0.001)
    assert distance_km((5, 5), (5, 5)) == 0


def test_a_toponym_that_was_not_found_lies_farthest() -> None:
    gold = {"d": [{"start": 0, "end": 4, "lat": 10.0, "lon": 10.0}, {"start": 9, "end": 12, "lat": 20.0, "lon": 20.0}]}
    ours = {"d": [{"start": 0, "end": 4, "lat": 11.0, "lon": 10.0}, {"start": 8, "end": 12, "lat": 20.0, "lon": 20.0}]}
    score = score_places(gold, ours)
    assert score.recognition.f1 == 0.5
    assert near(score.end_to_end) == 0.5
    assert max(score.end_to_end) == FARTHEST_KM
    assert near(score.found) == 1


def test_gold_that_is_no_toponym_is_left_out_and_a_placed_twin_wins() -> None:
    gold: dict[str, list[dict[str, Any]]] = {
        "d": [
            {"start": 0, "end": 3, "toponym": False},
            {"start": 5, "end": 9, "lat": None, "lon": None},
            {"start": 5, "end": 9, "lat": 1.0, "lon": 1.0},
        ]
    }
    score = score_places(gold, {})
    assert score.recognition.gold == 1
    assert score.end_to_end == (FARTHEST_KM,)
    assert near(score.found) is None


def test_time_expressions_pair_exact_before_overlap() -> None:
    gold = {
        "d": [
            {"start": 10, "end": 20, "type": "DATE", "value": "2021-05"},
            {"start": 30, "end": 38, "type": "TIME", "value": "2021-05-03T10:00Z"},
        ]
    }
    ours = {
        "d": [
            {"start": 8, "end": 20, "type": "DATE", "value": "2021"},
            {"start": 10, "end": 20, "type": "SET", "value": "2021-05"},
            {"start": 33, "end": 38, "type": "TIME", "value": "2021-05-03t10:00"},
        ]
    }
    tallies = score_timexes(gold, ours)
    assert [tallies[m].right_gold for m in ("strict", "relaxed", "type", "value", "day")] == [1, 2, 1, 2, 1]
    assert tallies["strict"].predicted == 3


def test_a_missing_value_never_matches() -> None:
    gold = {"d": [{"start": 0, "end": 5, "type": None, "value": None}]}
    tallies = score_timexes(gold, gold)
    assert tallies["strict"].f1 == 1
    assert tallies["value"].f1 == tallies["type"].f1 == 0


def test_labels_by_hand() -> None:
    score = score_labels([("x", "x"), ("x", "y"), ("y", "y"), ("y", "y"), ("z", None)])
    assert score.accuracy == pytest.approx(0.6)
    assert score.by_label["x"].f1 == pytest.approx(2 / 3)
    assert score.macro_f1 == pytest.approx((2 / 3 + 0.8 + 0) / 3)


def test_repeated_items_are_matched_in_order() -> None:
    gold = [{"i": 1, "l": "x"}, {"i": 1, "l": "y"}, {"i": 2, "l": "x"}]
    assert pair_up(gold, gold[:2], identity=("i",), label="l") == [("x", "x"), ("y", "y"), ("x", None)]


def test_the_challenge_rewards_related_before_the_stance() -> None:
    pairs: list[tuple[str, str | None]] = [("agree", "agree"), ("disagree", "discuss"), ("unrelated", "unrelated")]
    assert challenge_score(pairs) == pytest.approx(1.5 / 2.25)
    assert challenge_score([("agree", "unrelated"), ("unrelated", None)]) == 0


def test_an_attribution_is_linked_when_each_part_is_half_right() -> None:
    gold = {"d": [{"source": [[0, 6]], "cue": [[7, 11]], "content": [[12, 30]]}, {"cue": [[40, 44]], "content": [[45, 60]]}]}
    ours = {
        "d": [
            {"source": [[0, 3]], "cue": [[7, 11]], "content": [[12, 25]]},
            {"source": [[30, 39]], "cue": [[40, 44]], "content": [[45, 60]]},
        ]
    }
    tallies = score_attributions(gold, ours)
    assert (tallies["linked"].right_gold, tallies["linked"].gold) == (1, 2)
    assert tallies["exact"].right_gold == 3


def test_clusters_by_hand() -> None:
    gold = clusters({"a": 1, "b": 1, "c": 2, "d": 2})
    lumped = score_clusters(gold, clusters(dict.fromkeys("abcd", 1)))
    assert lumped.muc == pytest.approx(0.8)
    assert lumped.b_cubed == pytest.approx(2 / 3)
    assert lumped.pairs == pytest.approx(0.5)
    assert score_clusters(gold, gold).conll == 1


def test_mentions_on_one_side_only_lower_the_score() -> None:
    gold = clusters({"a": 1, "b": 1})
    assert score_clusters(gold, clusters({"a": 1, "x": 1})).b_cubed == pytest.approx(0.25)
    assert score_clusters(gold, []).conll == 0
