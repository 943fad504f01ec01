"""Noun phrases by a small tagger and a chunker over lower-cased words: what can fill a role.

The tagger is greedy: a table gives the tag of a word after a tag, else of a word, else of an ending after a tag. It reads lower case only, so that
upper-case wire copy and modern text take the same path.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

_NAME_JOINTS = frozenset({"de", "del", "la", "las", "los", "da", "dos", "van", "von", "der", "al", "el", "y", "bin", "ibn"})
"""Small words that stand inside names of people and bodies."""
_INSIDE = frozenset("NJCSGE")
"""Tags of words that may stand inside a noun phrase: nouns, adjectives, numbers, possessive, -ing and -ed forms."""
POSSESSIVE = ("'s", "’s")
"""Endings of a word that names a possessor."""
_SHORT_FOR_IS = frozenset({"it", "that", "he", "she", "there", "here", "what", "who", "where", "how", "let"})
"""Words whose "'s" is no possessive."""
_TIES = frozenset({"-", ".", "/", "'", "&"})
_LONGEST = 12
"""Words of a chunk, at most; longer runs are lists or headings."""


class Chunk(NamedTuple):
    """Words ``first`` .. ``last`` (excluded); ``end`` is past the "of" phrases that follow, or ``last`` where there is none."""

    first: int
    last: int
    end: int


@dataclass(frozen=True, slots=True)
class Tagger:
    """``after`` gives a tag for "tag word", ``words`` for a word, ``endings`` for the last three letters."""

    after: Mapping[str, str]
    words: Mapping[str, str]
    endings: Mapping[str, str]

    def tag(self, words: Sequence[str]) -> list[str]:
        """One letter for each word: N noun, J adjective, C number, D determiner, V finite verb, E past participle, G -ing form, I preposition,
        T "to", P pronoun, R adverb, K conjunction, S possessive, B form of "be", M mark."""
        out: list[str] = []
        before = "M"
        after, plain, endings = self.after, self.words, self.endings
        for word in words:
            tag = "N" if _possessor(word) else after.get(before + word) or plain.get(word)
            if tag is None:
                tag = ("C" if word[0].isdigit() else endings.get(word[-3:], "N")) if word[0].isalnum() else "M"
            out.append(tag)
            before = tag
        return out


def _possessor(word: str) -> bool:
    return word.endswith(POSSESSIVE) and word[0].isalnum() and word[:-2] not in _SHORT_FOR_IS


def chunks(words: Sequence[str], tags: Sequence[str]) -> list[Chunk]:
    """The noun phrases of one sentence in text order; positions count from the sentence's first word.

    A noun that stands before another ("bomb" in "bomb attack") and a possessor end phrases of their own, which overlap the longer one.
    """
    found: list[tuple[int, int]] = []
    at, count = 0, len(words)
    while at < count:
        if tags[at] not in _INSIDE or tags[at] == "S":
            at += 1
            continue
        stop = _run(words, tags, at)
        last = stop
        while last > at and tags[last - 1] not in "NC":
            last -= 1
        if last > at:
            found.append((max(at, last - _LONGEST), last))
        at = max(stop, at + 1)
    return _extended(words, tags, found)


def _run(words: Sequence[str], tags: Sequence[str], first: int) -> int:
    at, count = first, len(words)
    while at < count:
        if tags[at] in _INSIDE:
            at += 1
        elif (
            at > first
            and at + 1 < count
            and (words[at] in _TIES or words[at] in _NAME_JOINTS)
            and tags[at + 1] in _INSIDE | {"D", "M", "I"}
        ):
            if words[at] in _TIES and tags[at + 1] not in _INSIDE:
                return at
            at += 1
        else:
            return at
    return at


def _extended(words: Sequence[str], tags: Sequence[str], found: Sequence[tuple[int, int]]) -> list[Chunk]:
    starts = dict(found)
    out: list[Chunk] = []
    for first, last in found:
        end = last
        while end < len(words) and words[end] == "of":
            at = end + 1
            while at < len(words) and tags[at] == "D":
                at += 1
            if at not in starts:
                break
            end = starts[at]
        out += [Chunk(first, inner, inner) for inner in range(first + 1, last) if tags[inner - 1] == "N" and tags[inner] in "NS"]
        out.append(Chunk(first, last, end))
    return out
