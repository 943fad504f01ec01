"""A small transformer encoder over word pieces: inference only, with numpy.

Layout of BERT (Devlin et al. 2019) in the small form of MiniLM (Wang et al. 2020): word pieces and positions, then layers of self-attention and a
two-layer network, each added to its input and normalised afterwards. What reads its states is up to who uses it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]

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


@dataclass(frozen=True, slots=True)
class Body:
    """``pieces`` numbers the word pieces, ``table`` has a row of 8-bit integers for each, to be multiplied by ``scale``; ``marks`` has a row for
    each way in which a word can be written, the first for a plain one (zeros where an encoder does not tell them apart)."""

    pieces: Mapping[str, int]
    table: npt.NDArray[np.int8]
    scale: Floats
    positions: Floats
    marks: Floats
    opening: Norm
    layers: tuple[Layer, ...]

    def states(self, pieces: Sequence[int], marks: Sequence[int] = ()) -> Floats:
        """A row for each of ``pieces`` (numbers), which may be as many as there are positions. Without ``marks`` all are plain words."""
        return self.layered(pieces, marks)[-1]

    def layered(self, pieces: Sequence[int], marks: Sequence[int] = ()) -> list[Floats]:
        """The same after each layer (pieces x width each)."""
        import numpy as np

        own = list(pieces)
        begun: Floats = self.table[own].astype(np.float32) * self.scale[own, None]
        begun += self.positions[: len(own)]
        begun += self.marks[list(marks) or [0]]
        rows, out = self.opening(begun), []
        for layer in self.layers:
            rows = layer(rows)
            out.append(rows)
        return out


def body_from(data: Mapping[str, Any]) -> Body:
    """The encoder in the arrays of its file."""
    import numpy as np

    plain = np.zeros((1, data["table"].shape[1]))
    return Body(
        pieces={piece: at for at, piece in enumerate(bytes(data["pieces"]).decode("utf-8").split("\n"))},
        table=data["table"],
        scale=data["table_scale"].astype("float32"),
        positions=data["positions"].astype("float32"),
        marks=data.get("marks", plain).astype("float32"),
        opening=_norm(data, "opening"),
        layers=tuple(_layers(data)),
    )


def _layers(data: Mapping[str, Any]) -> Iterator[Layer]:
    for at in range(int(data["layers"])):
        dense = (dense_from(data, f"layer{at}_{name}") for name in ("mix", "out", "up", "down"))
        mix, out, up, down = dense
        yield Layer(mix, out, _norm(data, f"layer{at}_after_mix"), up, down, _norm(data, f"layer{at}_after_down"))


def dense_from(data: Mapping[str, Any], name: str) -> Dense:
    """The affine map of this name, its 8-bit weights multiplied out."""
    return Dense(data[name].astype("float32") * data[f"{name}_scale"].astype("float32"), data[f"{name}_bias"].astype("float32"))


def _norm(data: Mapping[str, Any], name: str) -> Norm:
    return Norm(data[f"{name}_gain"].astype("float32"), data[f"{name}_bias"].astype("float32"))
