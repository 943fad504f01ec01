"""Words spelt in the word pieces that an encoder knows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

OPEN, CLOSE, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
"""What stands at the two ends of a window, and for what cannot be spelt."""
RUN = re.compile(r"[a-z0-9]+|[^a-z0-9\s]")
"""What is split into pieces: a run of letters and digits, or one mark."""


def pieces_of(word: str, known: Mapping[str, int]) -> list[int]:
    """The word pieces of a lower-cased word: the longest known beginning, then the longest known continuation, without accents."""
    if (whole := known.get(word)) is not None:
        return [whole]
    plain = "".join(mark for mark in unicodedata.normalize("NFD", word) if unicodedata.category(mark) != "Mn")
    out: list[int] = []
    for run in RUN.findall(plain):
        out += _run_pieces(run, known)
    return out or [known[UNKNOWN]]


def _run_pieces(run: str, known: Mapping[str, int]) -> list[int]:
    out: list[int] = []
    at, mark = 0, ""
    while at < len(run):
        end = next((end for end in range(len(run), at, -1) if mark + run[at:end] in known), at)
        if end == at:
            return [known[UNKNOWN]]
        out.append(known[mark + run[at:end]])
        at, mark = end, "##"
    return out
