"""Make ``context.npz`` of ``witnessmark.incidents.coreference``: the mean state of mentions of events over general news.

    python training/context.py ECBPLUS_TRAIN

The encoder is the one of ``training/voices``. To be made anew, with the models of ``training/coreference.py``, whenever it changes.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from witnessmark.evaluation.corpora import GoldFile
from witnessmark.evaluation.sets.coreference import material
from witnessmark.incidents.coreference import context

HOME = Path(context.__file__).parent / "context.npz"


def main() -> None:
    """Write the file."""
    known = material(GoldFile(Path(sys.argv[1])))
    seen = context.contexts(known.texts, known.mentions)
    np.savez_compressed(HOME, mean=seen.words[0].mean(axis=0, keepdims=True))
    print(len(known.mentions), "mentions,", HOME.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
