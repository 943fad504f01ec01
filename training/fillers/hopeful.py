"""Finds the sentences that the encoder is to read: those with a phrase that may fill a role, in documents that may tell of an incident.

    python training/fillers/hopeful.py MUC4_TRAIN WORDS_FOLDER

Both are judged by regressions that have not seen the document (by fold). Writes hopeful.json: for each document the numbers of its sentences.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from corpus import read_wires
from fit import LIKELY, fit_parts, phrases_in
from train import FOLDS, folds_of, no_trees, read_words

from witnessmark.claims.fillers.bags import bag_of
from witnessmark.claims.fillers.evidence import hopeful
from witnessmark.claims.fillers.model import RELEVANT


def main() -> None:
    """Writes hopeful.json."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("train", type=Path)
    options.add_argument("words", type=Path)
    chosen = options.parse_args()
    wires, words = read_wires(chosen.train), read_words(chosen.words)
    found = {wire.identifier: phrases_in(wire, words) for wire in wires}
    fold = folds_of(len(wires))
    out: dict[str, list[int]] = {}
    for number in range(FOLDS):
        model = fit_parts([wire for wire, own in zip(wires, fold, strict=True) if own != number], found, words).model(no_trees(), ())
        for at in np.flatnonzero(fold == number):
            wire, phrases = wires[at], found[wires[at].identifier]
            likely = model.topic_scores(bag_of(wire.words))[RELEVANT] >= LIKELY and phrases
            out[wire.identifier] = hopeful(phrases, model.phrase_scores(phrases)) if likely else []
    (chosen.words / "hopeful.json").write_text(json.dumps(out), encoding="utf-8")
    print(sum(map(len, out.values())), "sentences")


if __name__ == "__main__":
    main()
