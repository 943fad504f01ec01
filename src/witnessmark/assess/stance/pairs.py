"""A headline beside a body: what they share, and the words of refutation, doubt and confirmation in either and near what they share.

Only counts and classes of words, no words themselves: nothing tells one topic from another.
"""

from __future__ import annotations

import functools
import itertools
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from witnessmark.statements.language.lexicons import lexicon

CLASSES = ("refuting", "hearsay", "negating", "confirming", "turning")

_WORD = re.compile(r"[a-z0-9']+")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+|(?<=[.!?][\"”'])\s+")
_CAPITAL = re.compile(r"(?<=[\w,:'’] )[A-Z][\w']+")
_NUMBER = re.compile(r"\d+")
_SHORT = 3  # Letters of a word that says something.
_ON_TOPIC = 2  # Content words that a sentence shares with the headline to count as being about it.
_LEAD, _OPENING, _NEAR = 12, 4, 5  # Sentences on the topic; first sentences; words beside a shared one.
_FAR = 50  # Sentences; further down is all the same.


@functools.cache
def _words(name: str) -> frozenset[str]:
    return frozenset(lexicon("en", "stance")[name])


@dataclass(frozen=True)
class Body:
    """A text prepared for many headlines."""

    text: str

    @functools.cached_property
    def sentences(self) -> tuple[tuple[str, ...], ...]:
        """The lower-case words of each sentence that has any."""
        split = (tuple(_WORD.findall(s)) for s in _SENTENCE_END.split(_folded(self.text)))
        return tuple(s for s in split if s)

    @functools.cached_property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """First and last character of each of :attr:`sentences`."""
        ends = [m.span() for m in _SENTENCE_END.finditer(_folded(self.text))]
        bounds = zip([0, *(last for _, last in ends)], [*(first for first, _ in ends), len(self.text)], strict=True)
        return tuple((a, b) for a, b in bounds if _WORD.search(_folded(self.text[a:b])))

    @functools.cached_property
    def stems(self) -> tuple[tuple[str, ...], ...]:
        """The stem of each word; empty for a word that says nothing of the topic."""
        return tuple(tuple(content_stem(w) for w in s) for s in self.sentences)

    @functools.cached_property
    def sets(self) -> tuple[frozenset[str], ...]:
        """The stems of each sentence."""
        return tuple(frozenset(s) - {""} for s in self.stems)

    @functools.cached_property
    def counts(self) -> Counter[str]:
        """The number of sentences that have a stem."""
        return Counter(stem for held in self.sets for stem in held)

    @functools.cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Stems that follow each other, words without topic left out."""
        kept = ([stem for stem in s if stem] for s in self.stems)
        return frozenset(pair for s in kept for pair in itertools.pairwise(s))

    @functools.cached_property
    def capitals(self) -> frozenset[str]:
        """Words with a capital inside a sentence, in lower case."""
        return frozenset(w.lower() for w in _CAPITAL.findall(self.text))

    @functools.cached_property
    def numbers(self) -> frozenset[str]:
        """All numbers."""
        return frozenset(_NUMBER.findall(self.text))

    @functools.cached_property
    def marked(self) -> Mapping[str, tuple[int, ...]]:
        """For each class of words, how many of them each sentence has (as different words)."""
        return {name: tuple(len(_words(name).intersection(s)) for s in self.sentences) for name in CLASSES}


@dataclass(frozen=True)
class Pair:
    """A headline over a body."""

    headline: str
    body: Body

    @functools.cached_property
    def words(self) -> tuple[str, ...]:
        """The headline's words."""
        return tuple(_WORD.findall(_folded(self.headline)))

    @functools.cached_property
    def stems(self) -> tuple[str, ...]:
        """The stems of its content words, in order."""
        return tuple(stem for w in self.words if (stem := content_stem(w)))

    @functools.cached_property
    def content(self) -> frozenset[str]:
        """The same as a set."""
        return frozenset(self.stems)

    @functools.cached_property
    def share(self) -> float:
        """The share of the headline's content words that the body has."""
        return len(self.content & self.body.counts.keys()) / max(1, len(self.content))

    @functools.cached_property
    def shared(self) -> tuple[int, ...]:
        """How many of them each sentence has."""
        return tuple(len(self.content & held) for held in self.body.sets)

    @functools.cached_property
    def near(self) -> tuple[int, ...]:
        """The first sentences that are about the headline, or the very first ones when none is."""
        least = min(_ON_TOPIC, 0.5 * max(1, len(self.content)))
        topical = tuple(at for at, count in enumerate(self.shared) if count >= least)
        return topical[:_LEAD] or tuple(range(min(3, len(self.body.sentences))))

    def numbers(self) -> dict[str, float]:
        """Everything that is counted, by name."""
        return {**dict(self._overlap()), **{k: v for name in CLASSES for k, v in self._class(name)}}

    def _overlap(self) -> Iterator[tuple[str, float]]:
        body, size = self.body, max(1, len(self.content))
        count = max(1, len(body.sentences))
        hits = self.content & body.counts.keys()

        def rarity(stem: str) -> float:
            return math.log(1 + count / (1 + body.counts.get(stem, 0)))

        yield "share", self.share
        yield "size", float(size)
        yield "rare share", sum(map(rarity, hits)) / (sum(map(rarity, self.content)) or 1.0)
        yield "often", sum(math.log1p(body.counts[stem]) for stem in hits) / size
        yield "most often", max((body.counts[stem] for stem in hits), default=0) / count
        yield "lead share", len(self.content & frozenset().union(*body.sets[:3])) / size
        follow = frozenset(itertools.pairwise(self.stems))
        yield "pairs", len(follow & body.pairs) / max(1, len(follow))
        best = max(self.shared, default=0)
        yield "best", best / size
        yield "best at", float(self.shared.index(best)) if self.shared else 99.0
        topical = sum(n >= min(_ON_TOPIC, 0.5 * size) for n in self.shared)
        yield "topical", float(topical)
        yield "topical share", topical / count
        yield "sentences", float(count)
        names = frozenset(w.lower() for w in _CAPITAL.findall(self.headline))
        yield "names", len(names & body.capitals) / max(1, len(names))
        figures = frozenset(_NUMBER.findall(self.headline))
        yield "figures", len(figures & body.numbers) / len(figures) if figures else -1.0
        yield "question", float("?" in self.headline)

    def _class(self, name: str) -> Iterator[tuple[str, float]]:
        marked, near = self.body.marked[name], self.near
        yield f"{name}: headline", float(len(_words(name).intersection(self.words)))
        yield f"{name}: topical", sum(marked[at] > 0 for at in near) / max(1, len(near))
        yield f"{name}: count", float(sum(marked[at] for at in near))
        yield f"{name}: lead", float(sum(n > 0 for n in marked[:_OPENING]))
        yield f"{name}: all", sum(n > 0 for n in marked) / max(1, len(marked))
        yield f"{name}: beside", float(sum(self._beside(at, name) for at in near if marked[at]))
        yield f"{name}: first", float(next((at for at, n in enumerate(marked) if n), _FAR))

    def _beside(self, at: int, name: str) -> int:
        """Words of the class within a few words of one that the headline has."""
        words, stems, content = self.body.sentences[at], self.body.stems[at], self.content
        return sum(
            any(stem in content for stem in stems[max(0, j - _NEAR) : j + _NEAR + 1])
            for j, word in enumerate(words)
            if word in _words(name)
        )


def _folded(text: str) -> str:
    return text.lower().replace("’", "'")


def content_stem(word: str) -> str:
    """``word`` without a plural or verbal ending, enough to meet other forms of it; empty for a word that says nothing of the topic."""
    return "" if len(word) < _SHORT or word in _words("common") else _stem(word)


@functools.lru_cache(maxsize=200_000)
def _stem(word: str) -> str:
    base = word.removesuffix("'s")
    for ending in ("ing", "ed", "es", "s"):
        if base.endswith(ending) and len(base) - len(ending) >= _SHORT:
            return base[: -len(ending)]
    return base
