"""Linear chains: a label for each token of a run, from named features and from the label before. Inference only, without the trainer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Chain:
    """A conditional random field of first order. ``weights`` has a row for each feature of ``rows`` after a first row of zeros, and a column for
    each of ``labels``; ``moves`` are the weights of going from one label (row) to the next (column)."""

    labels: tuple[str, ...]
    rows: Mapping[str, int]
    weights: npt.NDArray[np.float32]
    moves: npt.NDArray[np.float32]

    def marginals(self, named: Sequence[Iterable[str]]) -> npt.NDArray[np.float64]:
        """The probability of each label at each place of a run (places x labels), by the forward-backward algorithm."""
        import numpy as np

        scores = self._scores(named).astype(np.float64)
        moves = np.exp(self.moves.astype(np.float64))
        states = np.exp(scores - scores.max(axis=1, keepdims=True))
        forward, backward = states.copy(), np.ones_like(states)
        forward[0] /= forward[0].sum()
        for at in range(1, len(states)):
            step = (forward[at - 1] @ moves) * states[at]
            forward[at] = step / step.sum()
        for at in range(len(states) - 2, -1, -1):
            step = moves @ (states[at + 1] * backward[at + 1])
            backward[at] = step / step.sum()
        both = forward * backward
        total: npt.NDArray[np.float64] = both / both.sum(axis=1, keepdims=True)
        return total

    def _scores(self, named: Sequence[Iterable[str]]) -> npt.NDArray[np.float32]:
        import numpy as np

        columns: list[int] = []
        starts: list[int] = []
        find = self.rows.get
        for names in named:
            starts.append(len(columns))
            columns.append(0)  # The row of zeros, so that no run is empty.
            columns += [row for row in map(find, names) if row is not None]
        total: npt.NDArray[np.float32] = np.add.reduceat(self.weights[columns], starts, axis=0)
        return total
