"""Headlines against bodies: unrelated, discussed, agreed with, contradicted."""

from __future__ import annotations

import pytest

from witnessmark.assess.stance import Body, stance

FIRE = Body(
    "A fire destroyed the old granary in Pskow on Sunday. Firefighters needed six hours to put out the fire at the granary. "
    "Nobody was hurt, and the granary will be rebuilt."
)
RUMOUR = Body(
    "The story that a shark was caught in the Danube is a hoax. The shark in the picture was caught off Brazil, and the Danube was never "
    "near it. The fisherman denied that he had caught a shark in the Danube."
)


def test_a_body_about_something_else_is_unrelated() -> None:
    assert stance("Parliament votes on fishing quotas", FIRE) == "unrelated"


@pytest.mark.parametrize("headline", ["Fire destroys granary in Pskow", "FIRE DESTROYS OLD GRANARY IN PSKOW"])
def test_a_body_that_tells_what_its_headline_says_agrees(headline: str) -> None:
    assert stance(headline, FIRE) == "agree"


def test_a_body_that_refutes_its_headline_disagrees() -> None:
    assert stance("Shark caught in Danube", RUMOUR) == "disagree"


def test_a_headline_that_refutes_with_its_body_does_not_disagree_with_it() -> None:
    assert stance("Shark caught in Danube is a hoax", RUMOUR) != "disagree"


def test_hearsay_is_discussed() -> None:
    assert stance("Granary fire reportedly destroyed Pskow landmark", FIRE) == "discuss"
    assert stance("Did a fire destroy the granary in Pskow?", FIRE) == "discuss"


@pytest.mark.parametrize("headline", ["", "the and of", "!!!", "🔥"])
def test_a_headline_without_content_is_unrelated(headline: str) -> None:
    assert stance(headline, FIRE) == "unrelated"


def test_an_empty_body_is_unrelated() -> None:
    assert stance("Fire destroys granary", Body("")) == "unrelated"
