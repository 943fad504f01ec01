"""The encoder of who says what as a network that can be trained, and its arrays as the package reads them (``witnessmark.statements.encoding``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

WIDTH, INNER, HEADS, POSITIONS, MIDDLE = 384, 1536, 12, 256, 192
"""Sizes of MiniLM-L6, but for the last two, which are ours."""
LAYERS = 4
"""Layers kept, from the lowest."""
MARKS, DISTANCES, OFFSETS = 10, 24, 6
"""Ways in which a word can be written; classes of distance to the cue in tokens and in sentences (``statements/quoting``)."""
DROPOUT = 0.1
HIDDEN = -1e4
_PARTS = {"mix": "qkv", "out": "out", "up": "up", "down": "down"}
_NORMS = {"after_mix": "n1", "after_down": "n2"}


class Layer(nn.Module):
    """As ``encoding.body.Layer``, with dropout."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.n1, self.n2 = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, rows: Tensor, mask: Tensor) -> Tensor:
        """``rows`` is windows x pieces x width."""
        windows, count, _ = rows.shape
        query, key, value = self.qkv(rows).view(windows, count, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        # Written out: the backward pass of torch's own attention takes most of a training step on a CPU.
        chances = torch.softmax((query * (WIDTH // HEADS) ** -0.5) @ key.transpose(-1, -2) + mask, dim=-1)
        mixed = chances.to(value.dtype) @ value
        rows = self.n1(rows + self.out(mixed.transpose(1, 2).reshape(windows, count, WIDTH)))
        return self.n2(rows + self.drop(self.down(F.gelu(self.up(rows), approximate="tanh"))))


class Network(nn.Module):
    """Pieces to states, and the heads that read them; the table of the pieces is not trained."""

    def __init__(self, pieces: int) -> None:
        super().__init__()
        self.word, self.pos, self.mark = nn.Embedding(pieces, WIDTH), nn.Embedding(POSITIONS, WIDTH), nn.Embedding(MARKS, WIDTH)
        self.word.weight.requires_grad_(False)
        nn.init.zeros_(self.mark.weight)
        self.n0, self.drop = nn.LayerNorm(WIDTH, eps=1e-12), nn.Dropout(DROPOUT)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.cue, self.subjective = nn.Linear(WIDTH, 3), nn.Linear(WIDTH, 1)
        self.token, self.by_cue, self.role = nn.Linear(WIDTH, MIDDLE), nn.Linear(WIDTH, MIDDLE), nn.Linear(MIDDLE, 3)
        self.distances, self.offsets = nn.Embedding(DISTANCES, MIDDLE), nn.Embedding(OFFSETS, MIDDLE)

    def forward(self, pieces: Tensor, marks: Tensor, mask: Tensor) -> Tensor:
        """States of windows x pieces."""
        rows: Tensor = self.drop(self.n0(self.word(pieces) + self.pos.weight[: pieces.shape[1]] + self.mark(marks)))
        hidden = torch.where(mask, 0.0, HIDDEN)[:, None, None, :]
        for layer in self.layers:
            rows = layer(rows, hidden)
        return rows.float()

    def roles(self, tokens: Tensor, cues: Tensor, distances: Tensor, offsets: Tensor) -> Tensor:
        """Scores of neither, source, content for tokens, each beside the mean state of its cue."""
        inner = self.token(tokens) + self.by_cue(cues) + self.distances(distances) + self.offsets(offsets)
        scores: Tensor = self.role(F.gelu(inner, approximate="tanh"))
        return scores

    def body(self) -> list[nn.Parameter]:
        """What starts from the pre-trained weights, and the marks."""
        return [own for part in (self.pos, self.mark, self.n0, self.layers) for own in part.parameters()]

    def heads(self) -> list[nn.Parameter]:
        """What starts from nothing."""
        body = set(map(id, self.body()))
        return [own for own in self.parameters() if own.requires_grad and id(own) not in body]


def started(folder: Path, pieces: Sequence[str]) -> Network:
    """The network with the pre-trained weights in ``folder`` (model.safetensors and vocab.txt of MiniLM-L6)."""
    given = {name.removeprefix("bert."): tensor for name, tensor in load_file(folder / "model.safetensors").items()}
    rows = {piece: at for at, piece in enumerate((folder / "vocab.txt").read_text(encoding="utf-8").split("\n"))}
    network = Network(len(pieces))
    with torch.no_grad():
        network.word.weight.copy_(given["embeddings.word_embeddings.weight"][[rows[piece] for piece in pieces]])
        kind = given["embeddings.token_type_embeddings.weight"][0]
        network.pos.weight.copy_(given["embeddings.position_embeddings.weight"][:POSITIONS] + kind)
        _copy(network.n0, given, "embeddings.LayerNorm")
        for at, layer in enumerate(network.layers):
            _copy_layer(layer, given, f"encoder.layer.{at}.")
    return network


def _copy_layer(layer: Any, given: Mapping[str, Tensor], own: str) -> None:
    for part in ("weight", "bias"):
        getattr(layer.qkv, part).copy_(torch.cat([given[f"{own}attention.self.{name}.{part}"] for name in ("query", "key", "value")]))
    _copy(layer.out, given, own + "attention.output.dense")
    _copy(layer.n1, given, own + "attention.output.LayerNorm")
    _copy(layer.up, given, own + "intermediate.dense")
    _copy(layer.down, given, own + "output.dense")
    _copy(layer.n2, given, own + "output.LayerNorm")


def _copy(target: Any, given: Mapping[str, Tensor], name: str) -> None:
    target.weight.copy_(given[name + ".weight"])
    target.bias.copy_(given[name + ".bias"])


def packed(state: Mapping[str, Tensor], pieces: Sequence[str]) -> dict[str, Any]:
    """The arrays of the data file: 8-bit weights with a scale for each output (for the table: each piece)."""
    arrays = {name: tensor.float().numpy() for name, tensor in state.items()}
    table, scale = _small(arrays["word.weight"], axis=1)
    out: dict[str, Any] = {
        "pieces": np.frombuffer("\n".join(pieces).encode("utf-8"), dtype=np.uint8),
        "table": table,
        "table_scale": scale[:, 0],
        "positions": arrays["pos.weight"].astype(np.float16),
        "marks": arrays["mark.weight"].astype(np.float16),
        "distances": arrays["distances.weight"].astype(np.float16),
        "offsets": arrays["offsets.weight"].astype(np.float16),
        "layers": np.asarray(LAYERS),
        **_norm(arrays, "opening", "n0"),
    }
    for at in range(LAYERS):
        for name, own in _PARTS.items():
            out |= _dense(arrays, f"layer{at}_{name}", f"layers.{at}.{own}")
        for name, own in _NORMS.items():
            out |= _norm(arrays, f"layer{at}_{name}", f"layers.{at}.{own}")
    for name in ("cue", "subjective", "token", "by_cue", "role"):
        out |= _dense(arrays, name, name)
    return out


def _norm(arrays: Mapping[str, npt.NDArray[Any]], name: str, own: str) -> dict[str, Any]:
    return {f"{name}_gain": arrays[own + ".weight"], f"{name}_bias": arrays[own + ".bias"]}


def _dense(arrays: Mapping[str, npt.NDArray[Any]], name: str, own: str) -> dict[str, Any]:
    weights, bias = arrays[own + ".weight"].T.copy(), arrays[own + ".bias"].copy()
    if own.endswith("qkv"):  # The scale of the attention goes into the queries.
        weights[:, :WIDTH] *= (WIDTH // HEADS) ** -0.5
        bias[:WIDTH] *= (WIDTH // HEADS) ** -0.5
    small, scale = _small(weights, axis=0)
    return {name: small, f"{name}_scale": scale[0], f"{name}_bias": bias}


def _small(weights: npt.NDArray[Any], *, axis: int) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    scale = np.maximum(np.abs(weights).max(axis=axis, keepdims=True), 1e-9) / 127
    return np.rint(weights / scale).astype(np.int8), scale.astype(np.float32)
