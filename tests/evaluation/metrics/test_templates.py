"""Role fillers and templates, worked by hand."""

from __future__ import annotations

import pytest

from witnessmark.evaluation.metrics.templates import TYPE, entities, normalise, score_role_fillers, score_templates


def test_mentions_are_compared_without_case_articles_and_marks() -> None:
    assert normalise('The  "N.L.A." fighters, armed') == "nla fighters armed"


def test_mentions_may_carry_offsets_and_empty_entities_are_dropped() -> None:
    assert entities([[["a bomb", 14]], [], ["Bomb"]]) == [frozenset({"bomb"}), frozenset({"bomb"})]
    assert entities(None) == []


def test_one_gold_entity_answers_one_prediction() -> None:
    gold = {"d": {"PerpInd": [["rebel patrol", "rebels"], ["three gunmen"]], "Weapon": [["dynamite"]]}}
    ours = {"d": {"PerpInd": [["the rebels"], ["rebel patrol"], ["gunmen"]], "Weapon": [["a grenade"]], "Victim": [["Anyone"]]}}
    tallies = score_role_fillers(gold, ours)
    assert (tallies["PerpInd"].right_gold, tallies["PerpInd"].predicted, tallies["PerpInd"].gold) == (1, 3, 2)
    assert tallies["Victim"].precision == 0
    # One right of five predicted and of three in the gold.
    assert tallies["micro"].precision == pytest.approx(1 / 5)
    assert tallies["micro"].recall == pytest.approx(1 / 3)


def test_an_entity_with_one_foreign_mention_is_wrong() -> None:
    gold = {"d": {"Target": [["town hall", "hall"]]}}
    assert score_role_fillers(gold, {"d": {"Target": [["hall"]]}})["micro"].f1 == 1
    assert score_role_fillers(gold, {"d": {"Target": [["hall", "bridge"]]}})["micro"].f1 == 0


def test_a_document_that_was_not_predicted_counts_as_empty() -> None:
    assert score_role_fillers({"d": {"Weapon": [["bomb"]]}}, {})["micro"].recall == 0


def test_templates_map_to_the_type_they_may_have() -> None:
    gold = {
        "d": [
            {TYPE: "attack / bombing", "Target": [["consulate"]], "Weapon": [["car bomb"]]},
            {TYPE: "kidnapping", "Victim": [["mayor"]]},
        ]
    }
    ours = {"d": [{TYPE: "bombing", "Target": [["consulate"], ["lorry"]]}, {TYPE: "robbery", "Weapon": [["car bomb"]]}]}
    micro = score_templates(gold, ours)["micro"]
    # Only the first pair maps: its type and the consulate, of 3 + 2 predicted and 3 + 2 expected slots.
    assert (micro.right_predicted, micro.predicted, micro.right_gold, micro.gold) == (2, 5, 2, 5)


def test_the_mapping_is_the_best_not_the_first() -> None:
    gold = {"d": [{TYPE: "attack", "Weapon": [["rifle"]]}, {TYPE: "attack", "Target": [["bridge"]], "Weapon": [["mortar"]]}]}
    ours = {"d": [{TYPE: "attack", "Target": [["bridge"]], "Weapon": [["mortar"]]}, {TYPE: "attack", "Weapon": [["rifle"]]}]}
    assert score_templates(gold, ours)["micro"].f1 == 1


def test_repeated_gold_templates_count_once_and_repeated_predictions_each() -> None:
    template = {TYPE: "arson", "Target": [["barn"]]}
    micro = score_templates({"d": [template, template]}, {"d": [template, template]})["micro"]
    assert (micro.gold, micro.predicted, micro.right_predicted) == (2, 4, 2)
