"""Longest-match phrase lookup over tokens: the one way in which lexicons are matched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

from witnessmark.statements.language.tokens import Token, tokenise

P = TypeVar("P")
_SKIPPED = frozenset({"-", "‑", "–"})
_REMEMBERED = 50_000  # Words whose first step is kept in memory, per matcher.


class Match(NamedTuple, Generic[P]):
    """``payload`` matched at tokens ``first`` .. ``last`` (excluded)."""

    first: int
    last: int
    payload: P


class _Node(Generic[P]):
    """``children`` by word; ``stems`` by the letters before a star, with the lengths that occur among them; ``openings`` are the beginnings of
    the stems, as long as the shortest of them."""

    __slots__ = ("children", "lengths", "openings", "payload", "stems")

    def __init__(self) -> None:
        self.children: dict[str, _Node[P]] = {}
        self.stems: dict[str, _Node[P]] = {}
        self.lengths: tuple[int, ...] = ()
        self.openings: frozenset[str] = frozenset()
        self.payload: P | None = None

    def grow(self, word: str) -> _Node[P]:
        if not word.endswith("*"):
            return self.children.setdefault(word, _Node())
        node = self.stems.setdefault(word[:-1], _Node())
        self.lengths = tuple(sorted({*self.lengths, len(word) - 1}))
        self.openings = frozenset(stem[: self.lengths[0]] for stem in self.stems)
        return node

    def follow(self, word: str) -> tuple[_Node[P], ...]:
        """The nodes that ``word`` leads to, the starred ones first, the exact one last."""
        exact = self.children.get(word)
        if not self.lengths or word[: self.lengths[0]] not in self.openings:
            return () if exact is None else (exact,)
        found = [node for length in self.lengths if (node := self.stems.get(word[:length])) is not None and len(word) >= length]
        return tuple(found) if exact is None else (*found, exact)

    def ends_at_once(self, following: Token | None) -> bool:
        """True when ``following`` cannot carry on a phrase from here: what holds for most words, and spares the search."""
        if following is None or not (self.children or self.lengths):
            return True
        return not self.lengths and following.lower not in self.children and following.text not in _SKIPPED


class _Heads(dict[str, tuple[_Node[P], ...]]):
    """What each word that was met leads to from ``root``. Words repeat, and most begin no phrase: remembering makes that a single look-up."""

    def __init__(self, root: _Node[P]) -> None:
        super().__init__()
        self._root = root

    def __missing__(self, word: str) -> tuple[_Node[P], ...]:
        if len(self) >= _REMEMBERED:
            self.clear()
        root = self._root
        opens = word in root.children or (root.lengths and word[: root.lengths[0]] in root.openings)
        found = self[word] = root.follow(word) if opens else ()
        return found


class PhraseMatcher(Generic[P]):
    """Finds phrases in a token stream, longest first, left to right, not overlapping.

    A phrase is written in lower case; hyphens in phrase and text are passed over, so "double tap" also finds "double-tap".
    A word that ends in ``*`` stands for any word with that beginning (at least the letters before the star).
    """

    def __init__(self, entries: Iterable[tuple[str, P]]) -> None:
        self._root: _Node[P] = _Node()
        self._heads = _Heads(self._root)
        for phrase, payload in entries:
            for spelling in _spellings(phrase):
                node = self._root
                for word in _words(spelling):
                    node = node.grow(word)
                node.payload = payload

    @property
    def first_words(self) -> frozenset[str]:
        """The words that phrases begin with; starred ones with their star."""
        return frozenset(self._root.children) | {f"{stem}*" for stem in self._root.stems}

    def find(self, tokens: Sequence[Token], first: int = 0, last: int | None = None) -> list[Match[P]]:
        """All matches among ``tokens[first:last]``, not overlapping."""
        return self._scan(tokens, first, len(tokens) if last is None else last, overlapping=False)

    def find_overlapping(self, tokens: Sequence[Token], first: int = 0, last: int | None = None) -> list[Match[P]]:
        """The longest match at every token of ``tokens[first:last]`` that begins one."""
        return self._scan(tokens, first, len(tokens) if last is None else last, overlapping=True)

    def _scan(self, tokens: Sequence[Token], first: int, stop: int, *, overlapping: bool) -> list[Match[P]]:
        out: list[Match[P]] = []
        heads, children = self._heads, self._root.children
        resume = first
        window = enumerate(tokens[first:stop], first)
        if self._root.lengths:
            opens = [at for at, token in window if heads[token.lower]]
        else:  # without a star, the words that open a phrase are those of the list: nothing has to be remembered of the others
            opens = [at for at, token in window if token.lower in children]
        for at in opens:
            if at < resume:
                continue
            hit = self.match_at(tokens, at, stop)
            if hit is not None:
                out.append(hit)
                resume = at + 1 if overlapping else hit.last
        return out

    def match_at(self, tokens: Sequence[Token], at: int, last: int | None = None) -> Match[P] | None:
        """The longest phrase that begins at token ``at``, or None; of two equally long the one without a star."""
        stop = len(tokens) if last is None else last
        if at >= stop:
            return None
        word, root = tokens[at].lower, self._root
        heads = self._heads[word] if root.lengths or word in root.children else ()
        if not heads:
            return None
        best: P | None = None
        end = at
        if len(heads) == 1 and heads[0].ends_at_once(tokens[at + 1] if at + 1 < stop else None):
            payload = heads[0].payload
            return None if payload is None else Match(at, at + 1, payload)
        frontier = [(node, at + 1) for node in heads]
        while frontier:
            node, here = frontier.pop()
            if node.payload is not None and here > end:
                best, end = node.payload, here
            if not node.children and not node.lengths:
                continue
            while here < stop and tokens[here].text in _SKIPPED:
                here += 1
            if here < stop:
                frontier.extend((found, here + 1) for found in node.follow(tokens[here].lower))
        return None if best is None else Match(at, end, best)


def _spellings(phrase: str) -> tuple[str, ...]:
    """Russian is mostly printed with "е" for "ё": a phrase with the one is also found with the other."""
    return (phrase, phrase.replace("ё", "е")) if "ё" in phrase else (phrase,)


def _words(phrase: str) -> list[str]:
    words: list[str] = []
    for piece in phrase.lower().split():
        if piece.endswith("*"):
            words.append(piece)
        else:
            words.extend(t.lower for t in tokenise(piece) if t.text not in _SKIPPED)
    return words
