"""What two reports share in words, and how much that speaks for their telling one story."""

from witnessmark.incidents.wording.bags import Wording, wording_of
from witnessmark.incidents.wording.stories import StoryPair, story_pairs

__all__ = ["StoryPair", "Wording", "story_pairs", "wording_of"]
