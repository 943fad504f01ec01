"""Opinion or report: how likely a sentence is subjective, by the encoder that also finds quotations.

A second look at what the modality calls opinion, rhetorical or a call; trained on news sentences by ``training/voices/train.py``, its card is
``training/models/voices_en.md``.
"""

from __future__ import annotations

import math
from dataclasses import replace

from witnessmark.statements.encoding import load_encoding
from witnessmark.statements.quoting.windows import windows_of
from witnessmark.statements.quoting.words import words_of
from witnessmark.statements.reading import Reading

SUBJECTIVE, OBJECTIVE = "SUBJ", "OBJ"


def subjectivities(reading: Reading) -> list[float | None]:
    """The probability that each sentence of ``reading`` is subjective, judged by itself; None where the language has no model.

    Raises:
        DataError: WM401 when the model is there but cannot be read.
    """
    model = load_encoding(reading.document.language)
    if model is None:
        return [None] * len(reading.sentences)
    words = words_of(reading.tokens, reading.sentences)
    out: list[float | None] = []
    for sentence in reading.sentences:
        window = next(windows_of(replace(words, sentences=[sentence]), model.body.pieces))
        whole = model.body.states(window.pieces, window.marks).mean(axis=0, keepdims=True)
        out.append(1.0 / (1.0 + math.exp(-float(model.heads["subjective"](whole)[0, 0]))))
    return out
