"""Mentions of events."""

from __future__ import annotations

from witnessmark.incidents.coreference import EventMention, Text, corefer
from witnessmark.incidents.coreference.words import kind_of, lemma

ONE = Text(
    "t1",
    (("A", "gunman", "shot", "a", "baker", "in", "Lysohirka", "on", "Friday", "."), ("The", "shooting", "shocked", "the", "town", ".")),
)
TWO = Text(
    "t2", (("A", "baker", "was", "shot", "in", "Lysohirka", "on", "Friday", "."), ("The", "council", "approved", "a", "budget", "."))
)


def test_forms_of_a_word_have_one_lemma_and_words_of_one_kind_one_number() -> None:
    assert lemma("shooting") == lemma("shots") == "shoot"
    assert lemma("acquired") == lemma("acquires") == lemma("acquiring")
    assert kind_of(lemma("dead")) == kind_of(lemma("murdered")) != kind_of(lemma("arrested"))


def test_mentions_of_one_shooting_are_one_event_and_a_budget_is_another() -> None:
    mentions = [EventMention("m1", 0, 0, 2, 2), EventMention("m2", 1, 0, 3, 3), EventMention("m3", 1, 1, 2, 2)]
    events = corefer([ONE, TWO], mentions, topics=["x", "x"])
    assert events[0] == events[1] != events[2]


def test_texts_of_other_topics_share_no_event() -> None:
    mentions = [EventMention("m1", 0, 0, 2, 2), EventMention("m2", 1, 0, 3, 3)]
    events = corefer([ONE, TWO], mentions, topics=["x", "y"])
    assert events[0] != events[1]


def test_nothing_gives_nothing() -> None:
    assert corefer([], [], topics=[]) == []
