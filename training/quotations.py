"""Trains the English quotation model and writes it into the package.

    python training/quotations.py GOLD_FOLDER

GOLD_FOLDER holds polnear/train.jsonl.gz (not part of this repository). The answers of its first annotator are learnt by two linear chains (python-crfsuite,
L-BFGS, which starts from zero: no random seed but that of the documents' order). The scores come from ``witnessmark eval --only polnear``.
"""

from __future__ import annotations

import hashlib
import io
import random
import sys
import tempfile
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pycrfsuite

from witnessmark.documents import text_document
from witnessmark.evaluation.corpora import GoldFile
from witnessmark.statements.language.tokens import tokenise
from witnessmark.statements.lexicon import lexicon
from witnessmark.statements.quoting.features import cue_features, frame, role_features
from witnessmark.statements.quoting.words import LONGEST, Words, words_of
from witnessmark.statements.segment import sentences

SETTINGS = {"c1": 0.1, "c2": 0.5, "feature.minfreq": 2}
"""Penalties (L1 and L2) and the times that a feature must occur; not tuned further. Word clusters as further features gained nothing."""
ROUNDS = {"cues": 70, "roles": 60}
LEAST_DOCUMENTS = 3
"""Training documents that must have a word without a capital, so that it may be a feature."""
LONGEST_CUE = 8
LEAST_WEIGHT = 0.05
"""Smaller weights are left out of the file."""
TARGET = Path(__file__).parents[1] / "src" / "witnessmark" / "statements" / "language" / "en" / "quotations.npz"


@dataclass(frozen=True)
class Answer:
    """Token ranges and sets of one annotated attribution."""

    first: int
    last: int
    source: frozenset[int]
    content: frozenset[int]


def read(row: Mapping[str, Any], known: frozenset[str] | None) -> Words:
    """The text of a row."""
    document = text_document(str(row["text"]), language="en", item=str(row["docid"]))
    tokens = tokenise(document.text)
    return words_of(tokens, sentences(document, tokens), lexicon("en"), known)


def vocabulary(texts: Sequence[Words]) -> frozenset[str]:
    """Words that are seen without a capital often enough: no names."""
    counts = Counter(word for text in texts for word in {w for w, s in zip(text.word, text.shape, strict=True) if s == "w"})
    return frozenset(word for word, count in counts.items() if count >= LEAST_DOCUMENTS)


def answers(text: Words, row: Mapping[str, Any]) -> list[Answer]:
    """The first annotator's attributions that have words which attribute."""
    out = []
    for one in row["annotations"][0]["attributions"]:
        cue = _places(text, one.get("cue"))
        if cue and max(cue) + 1 - min(cue) <= LONGEST_CUE and text.sentence[min(cue)] >= 0:
            out.append(Answer(min(cue), max(cue) + 1, _places(text, one.get("source")), _places(text, one.get("content"))))
    return out


def _places(text: Words, pieces: Sequence[Sequence[int]] | None) -> frozenset[int]:
    starts = [t.start for t in text.tokens]
    out: set[int] = set()
    for start, end in pieces or ():
        first = max(bisect_right(starts, start) - 1, 0)
        out.update(range(first + (text.tokens[first].end <= start), bisect_left(starts, end)))
    return frozenset(out)


def train(rows: Sequence[Mapping[str, Any]], folder: Path) -> tuple[frozenset[str], dict[str, Any]]:
    """The known words, and for each chain what the trainer found: its labels, features and moves."""
    known = vocabulary([read(row, None) for row in rows])
    trainers = {name: pycrfsuite.Trainer(algorithm="lbfgs", verbose=False) for name in ROUNDS}
    for name, trainer in trainers.items():
        trainer.set_params({**SETTINGS, "max_iterations": ROUNDS[name]})
    for row in rows:
        text = read(row, known)
        _append(trainers, text, answers(text, row))
    out = {}
    for name, trainer in trainers.items():
        path = str(folder / f"{name}.crf")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        out[name] = tagger.info()
    return known, out


def _append(trainers: Mapping[str, Any], text: Words, found: Sequence[Answer]) -> None:
    labels: dict[int, str] = {}
    for one in found:
        if all(at not in labels for at in range(one.first, one.last)):
            labels.update({at: "B" if at == one.first else "I" for at in range(one.first, one.last)})
    for sentence in text.sentences:
        run = range(sentence.first, sentence.last)
        if len(run) <= LONGEST:
            trainers["cues"].append(
                [cue_features(text, at, sentence.first, sentence.last) for at in run], [labels.get(at, "O") for at in run]
            )
    for one in found:
        around = frame(text, one.first, one.last)
        cues = frozenset(labels) - frozenset(range(one.first, one.last))
        named = role_features(text, around, cues, lexicon("en").grammar)
        trainers["roles"].append(named, [_role(one, at) for at in range(around.low, around.high)])


def _role(one: Answer, at: int) -> str:
    return "Q" if one.first <= at < one.last else "S" if at in one.source else "C" if at in one.content else "O"


def packed(known: frozenset[str], found: Mapping[str, Any]) -> bytes:
    """The file's bytes: weights as 16-bit integers with one scale for each chain."""
    arrays: dict[str, Any] = {"known": _joined(sorted(known))}
    for name, info in found.items():
        labels = sorted({label for _, label in info.state_features})
        names = sorted({n for (n, _), weight in info.state_features.items() if abs(weight) >= LEAST_WEIGHT})
        table = np.array([[info.state_features.get((n, label), 0.0) for label in labels] for n in names])
        scale = float(np.abs(table).max() / 32767)
        arrays[f"{name}_names"] = _joined(names)
        arrays[f"{name}_labels"] = np.array(labels)
        arrays[f"{name}_weights"] = np.rint(table / scale).astype(np.int16)
        arrays[f"{name}_scale"] = np.array(scale)
        arrays[f"{name}_moves"] = np.array([[info.transitions.get((a, b), 0.0) for b in labels] for a in labels], dtype=np.float32)
    out = io.BytesIO()
    np.savez_compressed(out, **arrays)
    return out.getvalue()


def _joined(names: Sequence[str]) -> np.typing.NDArray[np.uint8]:
    return np.frombuffer("\n".join(names).encode("utf-8"), dtype=np.uint8)


def main(arguments: Sequence[str]) -> int:
    if len(arguments) != 1:
        print(__doc__)
        return 2
    rows = list(GoldFile(Path(arguments[0]) / "polnear" / "train.jsonl.gz").rows)
    random.Random(1).shuffle(rows)
    with tempfile.TemporaryDirectory() as folder:
        known, found = train(rows, Path(folder))
    content = packed(known, found)
    TARGET.write_bytes(content)
    print(f"{len(rows)} documents, {len(content)} bytes, sha256 {hashlib.sha256(content).hexdigest()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
