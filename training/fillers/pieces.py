"""Chooses the word pieces of the encoder: those of MiniLM-L6 that English development texts need.

    python training/fillers/pieces.py GOLD_FOLDER MINILM_FOLDER WORDS_FOLDER

The texts are those of clusters.py (no gold answers are read). A piece is kept when two running words hold it, or when it is a single ASCII character.
Words whose piece is left out are spelt in smaller ones. Writes pieces.json.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from clusters import rows

from witnessmark.statements.encoding.spelling import CLOSE, OPEN, RUN, UNKNOWN, pieces_of

LEAST = 2


def chosen_pieces(words: Counter[str], every: list[str]) -> list[str]:
    """The pieces to keep, in the order of ``every``."""
    numbers = {piece: at for at, piece in enumerate(every) if piece}
    counts: Counter[int] = Counter()
    for word, count in words.items():
        for piece in pieces_of(word, numbers):
            counts[piece] += count
    marks = {OPEN, CLOSE, UNKNOWN}
    return [piece for piece, at in numbers.items() if counts[at] >= LEAST or piece in marks or _single(piece)]


def _single(piece: str) -> bool:
    plain = piece.removeprefix("##")
    return len(plain) == 1 and plain.isascii()


def main() -> None:
    """Writes pieces.json."""
    options = argparse.ArgumentParser(description=__doc__)
    for name in ("gold", "minilm", "words"):
        options.add_argument(name, type=Path)
    chosen = options.parse_args()
    words = Counter(run for text, _ in rows(chosen.gold) for run in RUN.findall(text.lower()))
    found = chosen_pieces(words, (chosen.minilm / "vocab.txt").read_text(encoding="utf-8").split("\n"))
    (chosen.words / "pieces.json").write_text(json.dumps(found), encoding="utf-8")
    print(len(found), "pieces")


if __name__ == "__main__":
    main()
