"""The stance model: boosted trees over counts, in a small data file, without their trainer.

Trained by ``training/stance.py``; its card is ``training/models/stance_en.md``.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

from witnessmark.assess.stance.pairs import Pair
from witnessmark.claims.fillers.forest import Forest
from witnessmark.errors import DataError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

LABELS = ("unrelated", "discuss", "agree", "disagree")
LEAST_SHARE = 0.2
"""A body with a smaller share of the headline's content words is unrelated without being looked at: 99 % of such pairs of FNC-1's training part are."""
_FILE = "stance.npz"


@dataclass(frozen=True, slots=True)
class StanceModel:
    """``forests`` hold one forest for each of :data:`LABELS`, over the counts ``names``; ``prior`` is added to the log-odds of each label."""

    names: tuple[str, ...]
    forests: tuple[Forest, ...]
    prior: tuple[float, ...]

    def scores(self, pairs: Sequence[Pair]) -> npt.NDArray[np.float32]:
        """The log-odds of each label for each of ``pairs``, of at least one pair."""
        import numpy as np

        rows = np.asarray([self._row(pair) for pair in pairs], dtype=np.float32)
        return np.stack([forest.scores(rows) for forest in self.forests], axis=1) + np.asarray(self.prior, dtype=np.float32)

    def _row(self, pair: Pair) -> list[float]:
        counted = pair.numbers()
        return [counted[name] for name in self.names]


@functools.cache
def load_model() -> StanceModel:
    """The model, loaded once.

    Raises:
        DataError: WM401 when the file is missing or cannot be read.
    """
    import numpy as np

    source = resources.files("witnessmark.assess.stance").joinpath(_FILE)
    try:
        with np.load(io.BytesIO(source.read_bytes()), allow_pickle=False) as data:
            return _model(data)
    except (OSError, KeyError, ValueError) as error:
        raise DataError("WM401", str(error), origin=_FILE) from error


def _model(data: Any) -> StanceModel:
    parts = ("feature", "threshold", "left", "right", "value")
    return StanceModel(
        names=tuple(bytes(data["names"]).decode("utf-8").split("\n")),
        forests=tuple(
            Forest(**{p: data[f"trees_{p}"][at].astype("float32" if p in ("threshold", "value") else "int32") for p in parts},
                   depth=int(data["depth"]), base=float(data["base"][at]))
            for at in range(len(LABELS))
        ),
        prior=tuple(data["prior"].tolist()),
    )  # fmt: skip
