"""A small encoder over the words of a document, with four heads that read it: the role of a phrase, the incident type of a phrase, what the document is
about, and whether a word begins or ends a mention."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from witnessmark.claims.fillers.files import built_from
from witnessmark.claims.fillers.phrases import Phrase
from witnessmark.claims.fillers.windows import windows_of
from witnessmark.statements.encoding import Body, Dense, body_from, dense_from, gelu

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]

_FILE = "encoder_en.npz"


class Read(NamedTuple):
    """What the encoder says of a document: log-odds of "none" and each role, and of each incident type, for every phrase (phrases x columns);
    those of the targets of the bag of words (roles, relevance, types) for the document; how well each word begins, and how well it ends, a mention (words x 2);
    and ``inner``, the numbers from which roles and types of the phrases are judged (phrases x numbers)."""

    roles: Floats
    kinds: Floats
    topics: list[float]
    edges: Floats
    inner: Floats


@dataclass(frozen=True, slots=True)
class Encoder:
    """``body`` reads word pieces; the others are heads."""

    body: Body
    middle: Dense
    roles: Dense
    kinds: Dense
    topics: Dense
    edges: Dense

    def read(self, words: Sequence[str], bounds: Sequence[tuple[int, int]], phrases: Sequence[Phrase]) -> Read:
        """Reads a document of lower-cased ``words`` window by window; ``bounds`` gives the first and last (excluded) word of each sentence."""
        import numpy as np

        roles = np.zeros((len(phrases), len(self.roles.bias)), dtype=np.float32)
        roles[:, 0] = UNREAD
        kinds = np.zeros((len(phrases), len(self.kinds.bias)), dtype=np.float32)
        edges = np.zeros((len(words), 2), dtype=np.float32)
        inners = np.zeros((len(phrases), len(self.middle.bias)), dtype=np.float32)
        topics = []
        for window in windows_of(words, bounds, phrases, self.body.pieces):
            states = self.body.states(window.pieces)
            whole = states.mean(axis=0, keepdims=True)
            firsts, lasts = states[list(window.firsts)], states[list(window.lasts)]
            inner = gelu(self.middle(np.concatenate([firsts, lasts, np.repeat(whole, len(firsts), axis=0)], axis=1)))
            own = list(window.phrases)
            roles[own], kinds[own], inners[own] = self.roles(inner), self.kinds(inner), inner
            topics.append(self.topics(whole)[0])
            sides = self.edges(states)
            edges[window.words, 0], edges[window.words, 1] = sides[window.starts, 0], sides[window.stops, 1]
        return Read(roles, kinds, np.max(topics, axis=0).tolist() if topics else [UNTOLD] * len(self.topics.bias), edges, inners)


UNREAD = 8.0
"""Score of "none" for a phrase that no window holds."""
UNTOLD = -5.0
"""Log-odds of every target for a document without phrases."""


@functools.cache
def load_encoder() -> Encoder:
    """The encoder, loaded once.

    Raises:
        DataError: WM401 when the file is missing or cannot be read.
    """
    return built_from(_FILE, encoder_from)


def encoder_from(data: Mapping[str, Any]) -> Encoder:
    """The encoder in the arrays of its file (or of its trainer)."""
    return Encoder(body_from(data), *(dense_from(data, name) for name in ("middle", "roles", "kinds", "topics", "edges")))
