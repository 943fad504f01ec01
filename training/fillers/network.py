"""The encoder as a network that can be trained, and its arrays as the package reads them (``witnessmark.claims.fillers.encoder``)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from corpus import sequence
from safetensors.torch import load_file
from torch import Tensor, nn

from witnessmark.claims.fillers.model import ROLES, TYPES

WIDTH, INNER, HEADS, POSITIONS, MIDDLE = 384, 1536, 12, 384, 256
"""Sizes of MiniLM-L6, but for the last two, which are ours."""
LAYERS = 6
"""Layers kept, from the lowest; see ``docs/decisions/0010-role-filler-encoder.md``."""
DROPOUT = 0.1
_NAMES = {"mix": "qkv", "out": "out", "after_mix": "n1", "up": "up", "down": "down", "after_down": "n2"}


class Layer(nn.Module):
    """As ``encoder.Layer``, with dropout."""

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
        rows = self.n2(rows + self.drop(self.down(F.gelu(self.up(rows), approximate="tanh"))))
        return rows


class Network(nn.Module):
    """Pieces to roles and types of phrases and to the targets of documents; the table of the pieces is not trained."""

    def __init__(self, pieces: int) -> None:
        super().__init__()
        self.word, self.pos = nn.Embedding(pieces, WIDTH), nn.Embedding(POSITIONS, WIDTH)
        self.word.weight.requires_grad_(False)
        self.n0, self.drop = nn.LayerNorm(WIDTH, eps=1e-12), nn.Dropout(DROPOUT)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.mid = nn.Linear(3 * WIDTH, MIDDLE)
        self.role, self.kind = nn.Linear(MIDDLE, len(ROLES) + 1), nn.Linear(MIDDLE, len(TYPES))
        self.doc = nn.Linear(WIDTH, len(ROLES) + 1 + len(TYPES))
        self.edge = nn.Linear(WIDTH, 2)

    def forward(self, pieces: Tensor, mask: Tensor, spans: tuple[Tensor, Tensor, Tensor]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Roles and types for each span (window, first and last piece), targets for each window, edges for each piece."""
        rows = self.drop(self.n0(self.word(pieces) + self.pos(torch.arange(pieces.shape[1]))))
        hidden = torch.where(mask, 0.0, -30000.0).to(torch.bfloat16)[:, None, None, :]
        for layer in self.layers:
            rows = layer(rows, hidden)
        rows = rows.float()
        whole = (rows * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        window, first, last = spans
        inner = F.gelu(self.mid(torch.cat([rows[window, first], rows[window, last], whole[window]], -1)), approximate="tanh")
        return self.role(inner), self.kind(inner), self.doc(whole), self.edge(rows)

    def heads(self) -> list[nn.Parameter]:
        """What starts from nothing."""
        return [own for part in (self.mid, self.role, self.kind, self.doc, self.edge) for own in part.parameters()]

    def body(self) -> list[nn.Parameter]:
        """What starts from the pre-trained weights."""
        return [own for part in (self.pos, self.n0, self.layers) for own in part.parameters()]


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
            own = f"encoder.layer.{at}."
            for part in ("weight", "bias"):
                mixed = [given[f"{own}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
                getattr(layer.qkv, part).copy_(torch.cat(mixed))
            _copy(layer.out, given, own + "attention.output.dense")
            _copy(layer.n1, given, own + "attention.output.LayerNorm")
            _copy(layer.up, given, own + "intermediate.dense")
            _copy(layer.down, given, own + "output.dense")
            _copy(layer.n2, given, own + "output.LayerNorm")
    return network


def _copy(target: Any, given: Mapping[str, Tensor], name: str) -> None:
    target.weight.copy_(given[name + ".weight"])
    target.bias.copy_(given[name + ".bias"])


def packed(state: Mapping[str, Tensor], pieces: Sequence[str]) -> dict[str, Any]:
    """The arrays of the data file: 8-bit weights with a scale for each output (for the table: each piece)."""
    arrays = {name: tensor.float().numpy() for name, tensor in state.items()}
    table, scale = _small(arrays["word.weight"], axis=1)
    out: dict[str, Any] = {
        "pieces": np.frombuffer(sequence(list(pieces)), dtype=np.uint8),
        "table": table,
        "table_scale": scale[:, 0],
        "positions": arrays["pos.weight"].astype(np.float16),
        "layers": np.asarray(LAYERS),
        **_norm(arrays, "opening", "n0"),
    }
    for at in range(LAYERS):
        for name, own in _NAMES.items():
            part = _norm if own.startswith("n") else _dense
            out |= part(arrays, f"layer{at}_{name}", f"layers.{at}.{own}")
    for name, own in (("middle", "mid"), ("roles", "role"), ("kinds", "kind"), ("topics", "doc"), ("edges", "edge")):
        out |= _dense(arrays, name, own)
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


def read_pieces(folder: Path) -> list[str]:
    """What pieces.py wrote."""
    found: list[str] = json.loads((folder / "pieces.json").read_text(encoding="utf-8"))
    return found
