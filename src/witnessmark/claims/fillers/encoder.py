"""A small transformer encoder over the words of a document: inference only, with numpy.

Layout of BERT (Devlin et al. 2019) in the small form of MiniLM (Wang et al. 2020): word pieces and positions, then layers of self-attention and a
two-layer network, each added to its input and normalised afterwards. Three heads read it: the role of a phrase, the incident type of a phrase,
what the document is about.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from witnessmark.claims.fillers.files import built_from
from witnessmark.claims.fillers.phrases import Phrase
from witnessmark.claims.fillers.windows import windows_of

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]

_FILE = "encoder_en.npz"
_HEAD = 32
"""Width of an attention head."""
_TINY = 1e-12


class Dense(NamedTuple):
    """An affine map: inputs x outputs, and the bias."""

    weights: Floats
    bias: Floats

    def __call__(self, rows: Floats) -> Floats:
        out: Floats = rows @ self.weights
        out += self.bias
        return out


class Norm(NamedTuple):
    """Layer normalisation: gain and bias."""

    gain: Floats
    bias: Floats

    def __call__(self, rows: Floats) -> Floats:
        centred: Floats = rows - rows.mean(axis=1, keepdims=True)
        centred *= ((centred * centred).mean(axis=1, keepdims=True) + _TINY) ** -0.5
        centred *= self.gain
        centred += self.bias
        return centred


class Layer(NamedTuple):
    """One layer; ``mix`` gives queries (already scaled), keys and values side by side."""

    mix: Dense
    out: Dense
    after_mix: Norm
    up: Dense
    down: Dense
    after_down: Norm

    def __call__(self, rows: Floats) -> Floats:
        rows = self.after_mix(rows + self.out(_attended(self.mix(rows))))
        return self.after_down(rows + self.down(gelu(self.up(rows))))


def _attended(mixed: Floats) -> Floats:
    import numpy as np

    count, width = len(mixed), mixed.shape[1] // 3
    query, key, value = mixed.reshape(count, 3, width // _HEAD, _HEAD).transpose(1, 2, 0, 3)
    scores: Floats = query @ key.transpose(0, 2, 1)
    scores -= scores.max(axis=2, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=2, keepdims=True)
    out: Floats = (scores @ value).transpose(1, 0, 2).reshape(count, width)
    return out


def gelu(rows: Floats) -> Floats:
    """The Gaussian error linear unit in its tanh form (Hendrycks and Gimpel 2016)."""
    import numpy as np

    inner = rows * rows
    inner *= 0.044715
    inner += 1.0
    inner *= rows
    inner *= math.sqrt(2.0 / math.pi)
    np.tanh(inner, out=inner)
    inner += 1.0
    inner *= rows
    inner *= 0.5
    return inner


class Read(NamedTuple):
    """What the encoder says of a document: log-odds of "none" and each role, and of each incident type, for every phrase (phrases x columns); and
    those of the targets of the bag of words (roles, relevance, types) for the document."""

    roles: Floats
    kinds: Floats
    topics: list[float]


@dataclass(frozen=True, slots=True)
class Encoder:
    """``pieces`` numbers the word pieces, ``table`` has a row of 8-bit integers for each, to be multiplied by ``scale``."""

    pieces: Mapping[str, int]
    table: npt.NDArray[np.int8]
    scale: Floats
    positions: Floats
    opening: Norm
    layers: tuple[Layer, ...]
    middle: Dense
    roles: Dense
    kinds: Dense
    topics: Dense

    def read(self, words: Sequence[str], bounds: Sequence[tuple[int, int]], phrases: Sequence[Phrase]) -> Read:
        """Reads a document of lower-cased ``words`` window by window; ``bounds`` gives the first and last (excluded) word of each sentence."""
        import numpy as np

        roles = np.zeros((len(phrases), len(self.roles.bias)), dtype=np.float32)
        roles[:, 0] = UNREAD
        kinds = np.zeros((len(phrases), len(self.kinds.bias)), dtype=np.float32)
        topics = []
        for window in windows_of(words, bounds, phrases, self.pieces):
            states = self._states(window.pieces)
            whole = states.mean(axis=0, keepdims=True)
            firsts, lasts = states[list(window.firsts)], states[list(window.lasts)]
            inner = gelu(self.middle(np.concatenate([firsts, lasts, np.repeat(whole, len(firsts), axis=0)], axis=1)))
            own = list(window.phrases)
            roles[own], kinds[own] = self.roles(inner), self.kinds(inner)
            topics.append(self.topics(whole)[0])
        return Read(roles, kinds, np.max(topics, axis=0).tolist() if topics else [UNTOLD] * len(self.topics.bias))

    def _states(self, pieces: Sequence[int]) -> Floats:
        return Trunk(self.pieces, self.table, self.scale, self.positions, self.opening, self.layers).states(pieces)[-1]


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
    heads = {name: _dense(data, name) for name in ("middle", "roles", "kinds", "topics")}
    return Encoder(**(trunk_from(data)._asdict() | heads))


def _layers(data: Mapping[str, Any]) -> Iterator[Layer]:
    for at in range(int(data["layers"])):
        dense = (_dense(data, f"layer{at}_{name}") for name in ("mix", "out", "up", "down"))
        mix, out, up, down = dense
        yield Layer(mix, out, _norm(data, f"layer{at}_after_mix"), up, down, _norm(data, f"layer{at}_after_down"))


def _dense(data: Mapping[str, Any], name: str) -> Dense:
    return Dense(data[name].astype("float32") * data[f"{name}_scale"].astype("float32"), data[f"{name}_bias"].astype("float32"))


def _norm(data: Mapping[str, Any], name: str) -> Norm:
    return Norm(data[f"{name}_gain"].astype("float32"), data[f"{name}_bias"].astype("float32"))


class Trunk(NamedTuple):
    """An encoder without heads; the fields are those of :class:`Encoder`."""

    pieces: Mapping[str, int]
    table: npt.NDArray[np.int8]
    scale: Floats
    positions: Floats
    opening: Norm
    layers: tuple[Layer, ...]

    def states(self, pieces: Sequence[int]) -> list[Floats]:
        """The states of a window of ``pieces`` after each layer (pieces x width each)."""
        import numpy as np

        own = list(pieces)
        begun: Floats = self.table[own].astype(np.float32) * self.scale[own, None] + self.positions[: len(own)]
        rows, out = self.opening(begun), []
        for layer in self.layers:
            rows = layer(rows)
            out.append(rows)
        return out


def trunk_from(data: Mapping[str, Any]) -> Trunk:
    """The encoder without heads in the arrays of a file."""
    return Trunk(
        pieces={piece: at for at, piece in enumerate(bytes(data["pieces"]).decode("utf-8").split("\n"))},
        table=data["table"],
        scale=data["table_scale"].astype("float32"),
        positions=data["positions"].astype("float32"),
        opening=_norm(data, "opening"),
        layers=tuple(_layers(data)),
    )
