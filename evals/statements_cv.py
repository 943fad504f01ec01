"""Cross-validates the reading of statements on the English reports, by document: nothing of a document is trained on when it is scored.

    python evals/statements_cv.py [GOLD_FOLDER] [--no-own] [--errors]

GOLD_FOLDER is the folder that holds reports/ (default: WITNESSMARK_GOLD). Prints modality macro-F1, accuracy and F1 by label with the bounds
that the reader finds itself, and the F1 of those bounds (a statement counts when its overlap over union is at least 0.8). A gold statement takes
the label that covers most of it, as in the reports' own scorer. --no-own leaves out the statements written for training; --errors lists what
was labelled wrongly.
"""

from __future__ import annotations

import os
import random
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from witnessmark.errors import UsageError
from witnessmark.model import Document, Span
from witnessmark.statements.features import features
from witnessmark.statements.language.tokens import tokenise
from witnessmark.statements.modality import EVIDENCE
from witnessmark.statements.model import ModalityModel
from witnessmark.statements.pieces import pieces_of, scene_of
from witnessmark.statements.segment import sentences

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))
import modality as training  # a folder of scripts, not a package

FOLDS, SEED = 8, 1
Predicted = list[tuple[Span, str]]


def read(document: Document, model: ModalityModel) -> Predicted:
    """Spans and labels as ``read_statements`` gives them, with ``model`` in the place of the shipped one."""
    tokens = tokenise(document.text)
    pieces = pieces_of(document, tokens, sentences(document, tokens))
    scene = scene_of(document, pieces)
    found = model.predict([features(tokens, pieces, at, scene) for at in range(len(pieces))], needs=EVIDENCE)
    return [(Span(tokens[p.first].start, tokens[p.last - 1].end), label) for p, (label, _) in zip(pieces, found, strict=True)]


def cross_validate(data: Sequence[training.Labelled], own: Sequence[training.Labelled]) -> list[Predicted]:
    """Predictions for each of ``data`` by a model that has not seen its document."""
    order = list(range(len(data)))
    random.Random(SEED).shuffle(order)
    out: dict[int, Predicted] = {}
    for fold in range(FOLDS):
        held = set(order[fold::FOLDS])
        model = training.train([*(data[i] for i in order if i not in held), *own])
        out.update({i: read(data[i].document, model) for i in held})
    return [out[i] for i in range(len(data))]


def label_at(span: Span, predicted: Predicted) -> str | None:
    """The label that covers most of ``span``; None when less than half of it is covered."""
    votes: Counter[str] = Counter()
    for other, label in predicted:
        votes[label] += max(0, min(span.end, other.end) - max(span.start, other.start))
    label, most = votes.most_common(1)[0] if votes else ("", 0)
    return label if most and sum(votes.values()) >= 0.5 * len(span) else None


def f1(right: int, predicted: int, gold: int) -> float:
    """Harmonic mean of precision and recall."""
    return 2 * right / (predicted + gold) if predicted + gold else 0.0


def by_label(data: Sequence[training.Labelled], predicted: Sequence[Predicted]) -> dict[str, float]:
    """F1 of each label that the gold has."""
    gold: Counter[str] = Counter()
    given: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for item, found in zip(data, predicted, strict=True):
        for span, label in zip(item.spans, item.labels, strict=True):
            mine = label_at(span, found)
            gold[label] += 1
            right[label] += mine == label
            if mine is not None:
                given[mine] += 1
    return {label: f1(right[label], given[label], gold[label]) for label in sorted(gold)}


def segmentation(data: Sequence[training.Labelled], predicted: Sequence[Predicted]) -> float:
    """F1 of the statements' bounds."""

    def alike(a: Span, b: Span) -> bool:
        return min(a.end, b.end) - max(a.start, b.start) >= 0.8 * (max(a.end, b.end) - min(a.start, b.start))

    pairs = list(zip(data, predicted, strict=True))
    right = sum(any(alike(span, other) for other, _ in found) for item, found in pairs for span in item.spans)
    return f1(right, sum(len(found) for found in predicted), sum(len(item.spans) for item in data))


def main(arguments: Sequence[str]) -> int:
    named = [a for a in arguments if not a.startswith("--")]
    folder = Path(named[0] if named else os.environ.get("WITNESSMARK_GOLD", ""), "reports")
    if not folder.is_dir():
        raise UsageError("WM501", origin=str(folder))
    data = training.from_gold(folder)
    own = [] if "--no-own" in arguments else training.from_own()
    predicted = cross_validate(data, own)
    scores = by_label(data, predicted)
    pairs = [
        (label, label_at(s, found))
        for item, found in zip(data, predicted, strict=True)
        for s, label in zip(item.spans, item.labels, strict=True)
    ]
    print(f"documents {len(data)}, own documents {len(own)}, {FOLDS} folds by document, seed {SEED}")
    print(f"modality macro-F1 {sum(scores.values()) / len(scores):.3f}  accuracy {sum(a == b for a, b in pairs) / len(pairs):.3f}")
    print("  " + "  ".join(f"{label} {value:.2f}" for label, value in scores.items()))
    print(f"segmentation F1 {segmentation(data, predicted):.3f}")
    if "--errors" in arguments:
        for item, found in zip(data, predicted, strict=True):
            for span, label in zip(item.spans, item.labels, strict=True):
                if label_at(span, found) != label:
                    print(f"{item.identifier} {label} -> {label_at(span, found)}: {span.of(item.document.text)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
