"""Headlines against bodies: unrelated, discussed, agreed with, contradicted."""

from __future__ import annotations

import pytest

from witnessmark.assess.stance import LABELS, Body, Pair, disagreement, stances

FIRE = Body(
    "A fire destroyed the old granary in Pskow on Sunday. Firefighters needed six hours to put out the fire at the granary. "
    "Nobody was hurt, and the granary will be rebuilt."
)
RUMOUR = Body(
    "Claims that a fisherman caught a great white shark in the Danube are false, officials said on Monday. The picture that went round the "
    "world is a fake: it was taken off Brazil.\n\nThe fisherman himself denied that he had caught a shark. It was a joke, he said. The "
    "ministry called the story a hoax and asked people not to spread it.\n\nBiologists said no shark could live in fresh water for long. "
    "The hoax had been shared by thousands."
)


def stance(headline: str, body: Body) -> str:
    (found,) = stances([Pair(headline, body)])
    return found


def test_a_body_about_something_else_is_unrelated() -> None:
    assert stance("Parliament votes on fishing quotas", FIRE) == "unrelated"


@pytest.mark.parametrize("headline", ["Fire destroys granary in Pskow", "Old granary in Pskow destroyed by fire"])
def test_a_body_that_tells_what_its_headline_says_does_not_disagree(headline: str) -> None:
    assert stance(headline, FIRE) in ("agree", "discuss")
    assert disagreement(Pair(headline, FIRE)) < 0.3


def test_a_body_that_refutes_its_headline_disagrees() -> None:
    assert stance("Shark caught in Danube", RUMOUR) == "disagree"


def test_a_headline_that_refutes_with_its_body_disagrees_less() -> None:
    plain, refuting = Pair("Shark caught in Danube", RUMOUR), Pair("Story of shark caught in Danube is a hoax", RUMOUR)
    assert disagreement(refuting) < disagreement(plain)


@pytest.mark.parametrize("headline", ["", "the and of", "!!!", "🔥"])
def test_a_headline_without_content_is_unrelated(headline: str) -> None:
    assert stance(headline, FIRE) == "unrelated"
    assert disagreement(Pair(headline, FIRE)) == 0.0


def test_an_empty_body_is_unrelated() -> None:
    assert stance("Fire destroys granary", Body("")) == "unrelated"


def test_many_pairs_get_the_stances_that_they_get_alone() -> None:
    pairs = [Pair("Shark caught in Danube", RUMOUR), Pair("Fire destroys granary in Pskow", FIRE), Pair("Quotas", FIRE)]
    assert stances(pairs) == [stance(p.headline, p.body) for p in pairs]
    assert stances([]) == []


def test_sentences_know_where_they_stand() -> None:
    assert len(RUMOUR.spans) == len(RUMOUR.sentences)
    for (start, end), words in zip(RUMOUR.spans, RUMOUR.sentences, strict=True):
        assert RUMOUR.text[start:end].lower().startswith(words[0])


def test_the_numbers_of_a_pair_are_the_same_names_for_any_pair() -> None:
    assert Pair("", Body("")).numbers().keys() == Pair("Shark caught in Danube", RUMOUR).numbers().keys()
    assert len(LABELS) == 4
