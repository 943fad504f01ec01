"""Words of events: their lemma, the kind of happening they name, and where they stand among other words."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from witnessmark.incidents.wording.bags import bucket_of
from witnessmark.incidents.wording.index import load_arrays

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_IRREGULAR = {
    "shoot": "shot shots shooting shootings", "kill": "killed killing killings kills", "die": "died dead death deaths dying dies", "slay": "slain slew",
    "say": "said", "tell": "told", "find": "found", "flee": "fled", "take": "took taken", "strike": "struck", "win": "won", "fall": "fell fallen",
    "leave": "left", "hold": "held", "give": "gave given", "go": "went gone", "come": "came", "make": "made", "bring": "brought", "buy": "bought",
    "sell": "sold", "seek": "sought", "catch": "caught", "break": "broke broken", "steal": "stole stolen", "rise": "rose risen", "lead": "led",
    "meet": "met", "begin": "began begun", "lose": "lost loss", "send": "sent", "shake": "shook shaken", "see": "saw seen", "fly": "flew flown",
    "beat": "beaten", "fight": "fought", "throw": "threw thrown", "run": "ran", "become": "became", "be": "was were is been being are",
    "think": "thought", "feel": "felt", "drive": "drove driven", "choose": "chose chosen", "speak": "spoke spoken", "write": "wrote written",
}  # fmt: skip
_LEMMA = {form: lemma for lemma, forms in _IRREGULAR.items() for form in forms.split()}
_ENDINGS = (("ies", "y"), ("ied", "y"), ("ings", ""), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""))

KINDS = {
    "death": "die kill murder homicid slay fatal fatality manslaught body corp casualt casualti execut massacr suicid",
    "shooting": "shoot fire fir gunfire gunshot gun round bullet open",
    "injury": "wound injur injury hurt hospital critical bleed graz treat surgery",
    "happening": "incident attack tragedy it this that accident event crime violenc happen occur scene case what disast",
    "law": "arrest charg custody convict sentenc jail plead trial indict detain court bail surrend accus",
    "inquiry": "investigat investigation search probe inquiry manhunt question interview",
    "speech": "say tell announc report call statement warn confirm releas claim ask deny",
    "dispute": "argu argument fight dispute altercation confront struggl",
    "quake": "quake earthquake tremor shake aftershock temblor",
    "business": "buy acquir acquisition purchas deal merg sell takeover bid offer",
    "flight": "flee escap run leav drive",
}
"""Kinds of happening with lemmas that name them."""
_KIND = {word: number for number, words in enumerate(KINDS.values()) for word in words.split()}

EMPTY = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "and",
        "or",
        "by",
        "with",
        "from",
        "was",
        "were",
        "is",
        "are",
        "been",
        "be",
        "has",
        "have",
        "had",
        "his",
        "her",
        "its",
        "their",
        "it",
        "he",
        "she",
        "they",
        "that",
        "this",
        "as",
        "up",
        "out",
        "off",
        "into",
        "over",
        "after",
        "two",
        "who",
    ]
)
"""Words that tell nothing of an event."""


@functools.lru_cache(maxsize=100_000)
def lemma(word: str) -> str:
    """The lemma of a lower-case word, or its stem: enough to meet other forms of it."""
    if word in _LEMMA:
        return _LEMMA[word]
    base = word
    for ending, put in _ENDINGS:
        if base.endswith(ending) and len(base) - len(ending) >= 3:
            base = base[: -len(ending)] + put
            break
    if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "lse":
        base = base[:-1]
    return base[:-1] if len(base) > 3 and base.endswith("e") else base


def kind_of(word: str) -> int:
    """The number of the kind of happening that a lemma names, -1 for none of them."""
    return _KIND.get(word, -1)


@functools.cache
def _vectors() -> tuple[dict[int, int], npt.NDArray[np.float32]]:
    """Rows by bucket, and vectors of length 1.

    Raises:
        DataError: WM401 when the file is missing or cannot be read.
    """
    import numpy as np

    stored = load_arrays("vectors.npz", package="witnessmark.incidents.coreference")
    vectors = stored["steps"].astype(np.float32)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    return {int(b): row for row, b in enumerate(stored["buckets"])}, vectors


def vector(word: str) -> npt.NDArray[np.float32] | None:
    """Where a lower-case word stands among others, by the company it keeps; None for a word that is not known."""
    rows, vectors = _vectors()
    row = rows.get(bucket_of(word))
    return None if row is None else vectors[row]
