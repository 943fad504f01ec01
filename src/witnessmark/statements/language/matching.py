"""Longest-match phrase lookup over tokens: the one way in which lexicons are matched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from witnessmark.statements.language.tokens import Token, tokenise

P = TypeVar("P")
_SKIPPED = frozenset({"-", "‑", "–"})


@dataclass(frozen=True, slots=True)
class Match(Generic[P]):
    """``payload`` matched at tokens ``first`` .. ``last`` (excluded)."""

    first: int
    last: int
    payload: P


class _Node(Generic[P]):
    __slots__ = ("children", "payload")

    def __init__(self) -> None:
        self.children: dict[str, _Node[P]] = {}
        self.payload: P | None = None


class PhraseMatcher(Generic[P]):
    """Finds phrases in a token stream, longest first, left to right, not overlapping.

    A phrase is written in lower case; hyphens in phrase and text are passed over, so "double tap" also finds "double-tap".
    A word that ends in ``*`` stands for any word with that beginning (at least the letters before the star).
    """

    def __init__(self, entries: Iterable[tuple[str, P]]) -> None:
        self._root: _Node[P] = _Node()
        self._prefix_lengths: set[int] = set()
        self._starred_heads = False
        for phrase, payload in entries:
            self._add(phrase, payload)

    @property
    def first_words(self) -> frozenset[str]:
        """The words that phrases begin with; starred ones with their star."""
        return frozenset(self._root.children)

    def _add(self, phrase: str, payload: P) -> None:
        node = self._root
        for word in _words(phrase):
            if word.endswith("*"):
                self._prefix_lengths.add(len(word) - 1)
                self._starred_heads |= node is self._root
            node = node.children.setdefault(word, _Node())
        node.payload = payload

    def find(self, tokens: Sequence[Token], first: int = 0, last: int | None = None) -> list[Match[P]]:
        """All matches among ``tokens[first:last]``."""
        stop = len(tokens) if last is None else last
        out: list[Match[P]] = []
        at = first
        while at < stop:
            hit = self.match_at(tokens, at, stop)
            if hit is None:
                at += 1
            else:
                out.append(hit)
                at = hit.last
        return out

    def match_at(self, tokens: Sequence[Token], at: int, last: int | None = None) -> Match[P] | None:
        """The longest phrase that begins at token ``at``, or None."""
        stop = len(tokens) if last is None else last
        if at >= stop or (not self._starred_heads and tokens[at].lower not in self._root.children):
            return None
        best: Match[P] | None = None
        frontier: list[tuple[_Node[P], int]] = [(self._root, at)]
        while frontier:
            node, here = frontier.pop()
            if node.payload is not None and (best is None or here > best.last):
                best = Match(at, here, node.payload)
            if node is not self._root:
                while here < stop and tokens[here].text in _SKIPPED:
                    here += 1
            if here < stop and node.children:
                word = tokens[here].lower
                exact = node.children.get(word)
                if exact is not None:
                    frontier.append((exact, here + 1))
                for length in self._prefix_lengths:
                    if len(word) >= length:
                        starred = node.children.get(word[:length] + "*")
                        if starred is not None:
                            frontier.append((starred, here + 1))
        return best


def _words(phrase: str) -> list[str]:
    words: list[str] = []
    for piece in phrase.lower().split():
        if piece.endswith("*"):
            words.append(piece)
        else:
            words.extend(t.lower for t in tokenise(piece) if t.text not in _SKIPPED)
    return words
