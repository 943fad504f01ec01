from __future__ import annotations

import pytest

from witnessmark.claims.fillers.model import load_model
from witnessmark.claims.fillers.phrases import phrases_of
from witnessmark.claims.fillers.scene import EVENTS, Marks, Scene, kind_of, scene_of

LINES = (
    "on 3 may 1990 two bombs exploded in the town of lanquin .",
    "the blast damaged a bank in addition to the office .",
    "meanwhile , gunmen murdered a teacher near cotuhe on friday .",
)


def scene(*lines: str) -> Scene:
    words = [word for line in lines for word in line.split()]
    ends = [sum(len(line.split()) for line in lines[: at + 1]) for at in range(len(lines))]
    bounds = list(zip([0, *ends], ends, strict=False))
    model = load_model()
    return scene_of(words, bounds, list(range(len(lines))), phrases_of(words, bounds, model.tagger, model.clusters))


def test_expressions_of_time_are_told_whole() -> None:
    assert scene(*LINES).days.says == [frozenset({"3", "may", "1990"}), frozenset({"friday"})]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("it happened in 1989 .", [frozenset({"1989"})]),
        ("it happened two years ago .", [frozenset({"years", "ago"})]),
        ("they came in the morning .", []),
        ("he paid 1990 pesos .", [frozenset({"1990"})]),
        ("he paid 3000 pesos .", []),
    ],
)
def test_a_day_a_month_or_a_year_makes_a_time(line: str, said: list[frozenset[str]]) -> None:
    assert scene(line).days.says == said


def test_places_stand_behind_words_of_place() -> None:
    assert scene(*LINES).places.says == [frozenset({"lanquin"}), frozenset({"cotuhe"})]


def test_a_phrase_with_an_article_is_a_place_only_with_a_kind_of_place() -> None:
    assert scene("they met in the afternoon at the office of the mayor .").places.says == []
    assert scene("they met in the village of cotuhe .").places.says == [frozenset({"cotuhe"})]


def test_events_are_counted_by_kind() -> None:
    own = scene(*LINES)
    death, explosion, fire = own.counts(0, len(own.words))[0], own.counts(0, len(own.words))[1], own.counts(0, len(own.words))[4]
    assert (death, explosion, fire) == (1, 3, 1)
    assert len(own.counts(0, 0)) == EVENTS
    assert [kind_of(says) for says in own.events.between(*own.bounds[2])] == [0]


def test_words_for_another_incident_and_for_the_same_one_are_marked() -> None:
    own = scene(*LINES, "this attack followed .")
    assert frozenset({"meanwhile"}) in own.news.says
    assert own.same.says[-2:] == [frozenset({"this"}), frozenset({"attack"})]


@pytest.mark.parametrize(
    ("line", "count"), [("( 2 ) a bomb exploded", 1), ("2 . a bomb exploded", 1), ("- a bomb exploded", 1), ("a bomb", 0)]
)
def test_items_of_lists_are_marked(line: str, count: int) -> None:
    assert len(scene(line).items.at) == count


def test_the_nearest_mark_is_one_of_the_sentence_else_the_last_before_it() -> None:
    marks = Marks([2, 9, 14], [frozenset({name}) for name in "abc"])
    assert marks.near(12, (8, 20)) == (2, frozenset("c"))
    assert marks.near(10, (8, 20)) == (1, frozenset("b"))
    assert marks.near(6, (4, 8)) == (-4, frozenset("a"))
    assert marks.near(1, (0, 2)) is None
    assert marks.between(2, 14) == [frozenset("a"), frozenset("b")]
