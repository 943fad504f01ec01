"""Trains the English modality model and writes it into the package.

    python training/modality.py GOLD_REPORTS_FOLDER

GOLD_REPORTS_FOLDER holds dev.jsonl and dev2.jsonl of the reports set (not part of this repository). Statements written for training stand in
training/data/modality_en.txt. Prints the size and the SHA-256 of what it wrote; the figures for the model card come from
evals/statements_cv.py.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from witnessmark.documents import text_document
from witnessmark.model import Document, Span
from witnessmark.statements.features import features
from witnessmark.statements.model import WORD_WEIGHT, ModalityModel, is_word_feature, model_of
from witnessmark.statements.pieces import pieces_at, scene_of

PENALTY = 0.3
"""Inverse strength of the L2 penalty; 0.1, 0.3, 1 tried by cross-validation on the English reports."""
BALANCE = 0.6
"""Power of the inverse label frequency in the sample weights; 0.3, 0.6, 0.8 tried."""
TEMPERATURE = 0.75
"""All weights are divided by this, so that probabilities mean what they say: on held-out reports the expected calibration error falls from .096 to
about .045 (0.5 to 1.4 tried; 0.7 and 0.8 are as good)."""
LEAST_DOCUMENTS = 2
"""A feature must occur in this many documents."""
OWN_WEIGHT = 1.0
"""Sample weight of the statements written for training, against those of the reports."""
OWN_DATA = Path(__file__).parent / "data" / "modality_en.txt"
TARGET = Path(__file__).parents[1] / "src" / "witnessmark" / "statements" / "language" / "en" / "modality.npz"


@dataclass(frozen=True)
class Labelled:
    """A document with the features and the label of each of its statements."""

    identifier: str
    document: Document
    spans: tuple[Span, ...]
    rows: tuple[tuple[str, ...], ...]
    labels: tuple[str, ...]
    weight: float = 1.0


def gold_records(folder: Path, *, language: str = "en") -> list[dict[str, object]]:
    """The records of the reports set in ``language``."""
    records = []
    for name in ("dev.jsonl", "dev2.jsonl"):
        with (folder / name).open(encoding="utf-8") as lines:
            records += [json.loads(line) for line in lines if line.strip()]
    return [r for r in records if r["lang"] == language]


def document_of(record: dict[str, object]) -> Document:
    """The document of a gold record."""
    return text_document(
        str(record["text"]),
        title=str(record["title"]),
        published=str(record["published"]),
        publisher=str(record["publisher"]),
        publisher_type=str(record["publisher_type"]),
        language=str(record["lang"]),
    )


def labelled(identifier: str, document: Document, spans: Sequence[Span], labels: Sequence[str]) -> Labelled:
    """``document`` with the features of its statements at ``spans``."""
    tokens, pieces = pieces_at(document, spans)
    scene = scene_of(document, pieces)
    rows = tuple(tuple(features(tokens, pieces, at, scene)) for at in range(len(pieces)))
    return Labelled(identifier, document, tuple(spans), rows, tuple(labels))


def from_gold(folder: Path) -> list[Labelled]:
    """The English reports."""
    out = []
    for record in gold_records(folder):
        statements = record["statements"]
        assert isinstance(statements, list)
        spans = [Span(s["start"], s["end"]) for s in statements]
        out.append(labelled(str(record["id"]), document_of(record), spans, [s["modality"] for s in statements]))
    return out


def from_own() -> list[Labelled]:
    """The statements written for training. See the head of the data file for its form."""
    return list(_own_documents(OWN_DATA.read_text(encoding="utf-8")))


def _own_documents(text: str) -> Iterator[Labelled]:
    for number, block in enumerate(text.split("\n== ")[1:]):
        head, *lines = block.split("\n")
        publisher_type, day = head.split()
        body, spans, labels = "", [], []
        title = ""
        for line in lines:
            if not line.strip():
                body = body.rstrip(" ") + "\n\n" if body else body
                continue
            label, words = (x.strip() for x in line.split("|", 1))
            if label.startswith("title "):
                title, body = words, words + "\n\n"
                spans.append(Span(0, len(words)))
                labels.append(label.removeprefix("title ").strip())
                continue
            spans.append(Span(len(body), len(body) + len(words)))
            labels.append(label)
            body += words + " "
        text_only = body[len(title) + 2 :] if title else body
        document = text_document(
            text_only.rstrip(), title=title or None, published=dt.date.fromisoformat(day), publisher_type=publisher_type, language="en"
        )
        yield replace(labelled(f"own{number}", document, spans, labels), weight=OWN_WEIGHT)


def train(data: Sequence[Labelled], *, penalty: float = PENALTY, balance: float = BALANCE) -> ModalityModel:
    """A model of ``data``."""
    documents: Counter[str] = Counter()
    for item in data:
        documents.update({name for row in item.rows for name in row})
    plain = _plain_words(data)
    names = sorted(
        name
        for name, count in documents.items()
        if count >= LEAST_DOCUMENTS and (not is_word_feature(name) or name.partition(":")[2] in plain)
    )
    index = {name: at for at, name in enumerate(names)}
    rows = [row for item in data for row in item.rows]
    labels = [label for item in data for label in item.labels]
    counts = Counter(labels)
    weights = [item.weight * (len(labels) / (len(counts) * counts[label])) ** balance for item in data for label in item.labels]
    fitted = LogisticRegression(C=penalty, max_iter=400, tol=1e-3)
    fitted.fit(_matrix(rows, index), labels, sample_weight=weights)
    scale = np.array([WORD_WEIGHT if is_word_feature(n) else 1.0 for n in names], dtype=np.float32)
    table = (fitted.coef_.T * scale[:, None] / TEMPERATURE).astype(np.float32)
    return model_of(list(fitted.classes_), names, table, (fitted.intercept_ / TEMPERATURE).astype(np.float32))


def _plain_words(data: Sequence[Labelled]) -> set[str]:
    """Words seen without a capital in text that has capitals: no names."""
    mixed = [item for item in data if not item.document.text.isupper()]
    return {name[2:] for item in mixed for row in item.rows for name in row if name.startswith("w:")} | {"<n>", '"', "“"}


def _matrix(rows: Sequence[Sequence[str]], index: dict[str, int]) -> sparse.csr_matrix:
    starts, columns, values = [0], [], []
    for row in rows:
        for name in row:
            if name in index:
                columns.append(index[name])
                values.append(WORD_WEIGHT if is_word_feature(name) else 1.0)
        starts.append(len(columns))
    return sparse.csr_matrix((values, columns, starts), shape=(len(rows), len(index)))


def packed(model: ModalityModel) -> bytes:
    """The file's bytes: weights as 8-bit integers with one scale for each label; rows whose weights all round to nothing are left out."""
    table = model.weights[1:]
    scale = np.abs(table).max(axis=0) / 127.0
    small = np.rint(table / scale).astype(np.int8)
    keep = np.abs(small).max(axis=1) >= 4
    names = [name for name, kept in zip(model.rows, keep, strict=True) if kept]
    out = io.BytesIO()
    np.savez_compressed(
        out,
        names=np.frombuffer("\n".join(names).encode("utf-8"), dtype=np.uint8),
        labels=np.array(model.labels),
        weights=small[keep],
        scale=scale.astype(np.float32),
        bias=model.bias,
    )
    return out.getvalue()


def main(arguments: Sequence[str]) -> int:
    if len(arguments) != 1:
        print(__doc__)
        return 2
    data = [*from_gold(Path(arguments[0])), *from_own()]
    content = packed(train(data))
    TARGET.write_bytes(content)
    statements = sum(len(item.labels) for item in data)
    print(f"{len(data)} documents, {statements} statements, {len(content)} bytes, sha256 {hashlib.sha256(content).hexdigest()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
