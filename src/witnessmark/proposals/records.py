"""What passes between the steps: what the model proposes as words, what became of it, what was asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from witnessmark.claims import Claims
from witnessmark.model import Problem, Span

SINGLE = ("act", "place", "date", "killed", "injured", "perpetrator")
"""Fields that hold one quote."""
SEVERAL = ("munitions", "objects")
"""Fields that hold a list of quotes."""

FATES = ("agreed", "filled", "alternative", "added", "known")
"""What becomes of a value that its words bear: the rules read the same; it fills a field that they left empty; it stands beside theirs for
review; it is part of a claim that the rules did not make; it stood among their alternatives."""

REASONS = {
    "not_found": "the quote is not in the text that was sent",
    "instruction": "the quote stands in words that address a language model",
    "ambiguous": "the quote stands in several places and the quoted sentence does not tell which",
    "no_value": "the words hold no value of the field",
    "other_harm": "the words tell of another harm",
    "not_the_event": "the words are a dateline, a speaker's seat, an origin of fire, or a day of saying",
    "not_told": "the words stand in an opinion, a prediction, a call or a hypothesis",
    "series": "the words are of a rate or total over several incidents",
    "several_values": "the words hold several values of the field",
    "unused": "the munition is told as supplied or shot down",
    "no_incident": "nothing of the entry makes an incident",
}
"""Why a proposed value was dropped."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One attack as the model gives it: ``sentence`` and ``quotes`` (field, words) are said to be copied from the document."""

    sentence: str
    quotes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Part of a document that goes out in one request: whole paragraphs, as ``spans`` of the document's text."""

    spans: tuple[Span, ...]
    text: str


@dataclass(slots=True)
class Tally:
    """How many proposed values came to what, by :data:`FATES` and :data:`REASONS`."""

    kept: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        """Count what ``other`` counted too."""
        self.kept.update(other.kept)
        self.dropped.update(other.dropped)

    @property
    def proposed(self) -> int:
        """All values that the model gave words for."""
        return self.kept.total() + self.dropped.total()

    def as_data(self) -> Mapping[str, Mapping[str, int]]:
        """Plain data."""
        return {"kept": dict(sorted(self.kept.items())), "dropped": dict(sorted(self.dropped.items()))}

    def said(self) -> str:
        """The drops in a few words."""
        return ", ".join(f"{count} {reason}" for reason, count in sorted(self.dropped.items()))


@dataclass(frozen=True, slots=True)
class Proposed:
    """What came of asking about one document. ``again``: a later run should ask once more, the server was away or busy."""

    claims: Claims
    problems: tuple[Problem, ...]
    tally: Tally
    again: bool = False
