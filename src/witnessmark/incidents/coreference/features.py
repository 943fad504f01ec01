"""What speaks for and against two mentions being of one event, as numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from witnessmark.incidents.coreference.mentions import Seen, Text, Weights, weights

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Vector = npt.NDArray[np.float32]

_UNKNOWN = -1.0
_FAR_SENTENCES, _FAR_WORDS = 50.0, 2000.0
_RAREST = 6


def likeness(texts: Sequence[Text]) -> tuple[Floats, Floats]:
    """Cosines of the words of every two texts, and how rare the names are that both have (texts x texts each)."""
    import numpy as np

    bags = [weights(w.lower() for s in t.sentences for w in s) for t in texts]
    column = {word: n for n, word in enumerate(sorted({w for bag in bags for w in bag}))}
    table = np.zeros((len(texts), len(column)), np.float32)
    for row, bag in enumerate(bags):
        for word, weight in bag.items():
            table[row, column[word]] = weight
    table /= np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-6)
    names = [
        {w.lower() for s in t.sentences for w in s if w[0].isupper() and len(w) > 2} & bag.keys()
        for t, bag in zip(texts, bags, strict=True)
    ]
    shared = np.zeros((len(texts), len(texts)))
    for a in range(len(texts)):
        for b in range(a, len(texts)):
            shared[a, b] = shared[b, a] = sum(sorted((bags[a][w] for w in names[a] & names[b]), reverse=True)[:_RAREST])
    return (table @ table.T).astype(np.float64), shared


def features(a: Seen, b: Seen, cosine: float, names: float) -> tuple[float, ...]:
    """The features of two mentions whose texts have this likeness."""
    same_text = a.mention.text == b.mention.text
    prefix = _prefix(a.head, b.head)
    company, one, other = _cosine(a.company, b.company), _cosine(a.company, b.meaning), _cosine(b.company, a.meaning)
    left, right = _shared(a.left, b.left)[1], _shared(a.right, b.right)[1]
    crossed = max(_shared(a.left, b.right)[1], _shared(a.right, b.left)[1])
    around, around_share = _shared({**a.left, **a.right}, {**b.left, **b.right})
    sentence, sentence_share = _shared(a.sentence, b.sentence)
    places = (float(a.mention.sentence), float(b.mention.sentence))
    return (
        float(not a.words.isdisjoint(b.words)), float(a.head == b.head), _cosine(a.meaning, b.meaning), _cosine(a.head_meaning, b.head_meaning),
        company, max(one, other), min(one, other), float(prefix), prefix / max(len(a.head), len(b.head)),
        around, around_share, left, right, crossed, sentence, sentence_share,
        float(same_text), abs(places[0] - places[1]) if same_text else _FAR_SENTENCES,
        float(abs(a.position - b.position)) if same_text else _FAR_WORDS, min(places), max(places),
        sum(sorted((a.sentence[w] for w in a.names & b.names if w in a.sentence), reverse=True)[:3]) if a.names and b.names else _UNKNOWN,
        _both(a.numbers, b.numbers), _both(a.near_numbers, b.near_numbers), cosine, names,
        float(a.kind == b.kind and a.kind >= 0), float(min(a.kind, b.kind)), float(max(a.kind, b.kind)),
        *(x + y for x, y in zip(a.shape, b.shape, strict=True)), *(abs(x - y) for x, y in zip(a.shape, b.shape, strict=True)),
        float(a.before == b.before), float(a.after == b.after),
    )  # fmt: skip


def _prefix(a: str, b: str) -> int:
    return next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _cosine(a: Vector | None, b: Vector | None) -> float:
    return _UNKNOWN if a is None or b is None else float(a @ b)


def _shared(a: Weights, b: Weights) -> tuple[float, float]:
    """Rarity of the words that both have, and its share of what the poorer side has."""
    if not a or not b:
        return 0.0, 0.0
    total = sum(weight for word, weight in a.items() if word in b)
    return total, total / (min(sum(a.values()), sum(b.values())) + 1e-9)


def _both(a: frozenset[str], b: frozenset[str]) -> float:
    return float(len(a & b)) if a and b else _UNKNOWN


def groups_of(keys: Sequence[str]) -> Mapping[str, list[int]]:
    """Numbers of the texts with each key."""
    out: dict[str, list[int]] = {}
    for number, key in enumerate(keys):
        out.setdefault(key, []).append(number)
    return out
