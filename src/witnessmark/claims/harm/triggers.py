"""Words that tell of harm, from the lexicon ``harm``."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from witnessmark.statements.language.lexicons import lexicon
from witnessmark.statements.language.matching import PhraseMatcher


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the people stand about a word of ``harm``; ``frame`` as explained in the lexicon."""

    harm: str
    frame: str
    ambiguous: tuple[str, ...] = ()
    needs: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Trigger:
    """A :class:`Frame` at tokens ``first`` .. ``last`` (excluded)."""

    first: int
    last: int
    frame: Frame

    @property
    def harm(self) -> str:
        """The harm that the words tell of."""
        return self.frame.harm


@functools.cache
def trigger_matcher(language: str = "en") -> PhraseMatcher[Frame]:
    """Every trigger of the lexicon."""
    return PhraseMatcher(
        (word, Frame(t["harm"], t["frame"], tuple(t.get("ambiguous", ())), tuple(tuple(n.split()) for n in t.get("needs", ()))))
        for t in lexicon(language, "harm")["trigger"]
        for word in t["words"]
    )


@functools.cache
def toll_matcher(language: str = "en") -> PhraseMatcher[str]:
    """Names of running counts ("death toll", "number of wounded") with their harm."""
    return PhraseMatcher((w, harm) for harm, words in lexicon(language, "harm")["tolls"].items() for w in words)


@functools.cache
def move_matcher(language: str = "en") -> PhraseMatcher[str]:
    """Verbs that bring a running count to a figure: to, plain, above."""
    return PhraseMatcher((w, kind) for kind, words in lexicon(language, "harm")["moves"].items() for w in words)
