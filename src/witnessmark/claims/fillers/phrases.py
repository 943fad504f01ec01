"""The noun phrases of a document, with the names of the features that they show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from witnessmark.claims.fillers.chunks import POSSESSIVE, Chunk, Tagger, chunks
from witnessmark.claims.fillers.features import Clusters, chunk_features, sentence_features
from witnessmark.model import Span
from witnessmark.statements import Reading

ARTICLES = frozenset({"a", "an", "the"})


class Extent(NamedTuple):
    """Words ``first`` .. ``last`` (excluded) of a sentence: one way to cut a phrase out."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """``chunk`` of sentence ``sentence``, whose lower-cased ``words`` begin at token ``offset`` of the document.

    ``features`` are the names of its own features in groups, ``shared`` those of all phrases of the sentence.
    """

    sentence: int
    offset: int
    chunk: Chunk
    words: Sequence[str]
    tags: Sequence[str]
    features: Sequence[Sequence[str]]
    shared: Sequence[str]

    def extents(self) -> list[Extent]:
        """Every way to cut the phrase: from any of its words, to its head or to the end of its "of" phrases."""
        first, last, end = self.chunk
        if end == last:
            return [Extent(at, last) for at in range(first, last)]
        return [Extent(at, stop) for at in range(first, last) for stop in (last, end)]

    def key(self, extent: Extent) -> str:
        """The words of ``extent`` without articles, marks and a final possessive: what makes two mentions the same."""
        words = list(self.words[extent.first : extent.last])
        if words[-1].endswith(POSSESSIVE):
            words[-1] = words[-1][:-2]
        return " ".join(word for word in words if word[:1].isalnum() and word not in ARTICLES)

    def span(self, extent: Extent, reading: Reading) -> Span:
        """Where ``extent`` stands in the text of ``reading``, without a final possessive."""
        whole = reading.span_of(self.offset + extent.first, self.offset + extent.last)
        return Span(whole.start, whole.end - 2) if self.words[extent.last - 1].endswith(POSSESSIVE) else whole


def phrases_of(words: Sequence[str], bounds: Iterable[tuple[int, int]], tagger: Tagger, clusters: Clusters) -> list[Phrase]:
    """The phrases of all sentences; ``bounds`` gives the first and last (excluded) word of each."""
    out: list[Phrase] = []
    for number, (start, stop) in enumerate(bounds):
        own = words[start:stop]
        tags = tagger.tag(own)
        found = chunks(own, tags)
        if found:
            shared = sentence_features(own, tags, clusters)
            for chunk in found:
                out.append(Phrase(number, start, chunk, own, tags, chunk_features(own, tags, chunk, clusters), shared))
    return out
