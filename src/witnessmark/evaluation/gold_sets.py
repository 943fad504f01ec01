"""What a gold set is to the evaluation: rows to recognise, to predict and to score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from witnessmark.evaluation.corpora import GoldFile, Row
from witnessmark.evaluation.metrics.reliability import Judged

JsonRow = Mapping[str, Any]

SEEN = "_seen"
"""Ends the names of figures over texts that a shipped model was trained on: they show a fall, not how well new texts are read."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure. ``value`` is a share of 1 unless ``unit`` says otherwise; None when the gold has nothing to measure.

    ``higher`` is False where less is better. ``published`` is the best figure others have published, with its source in ``by``.
    ``count`` is the number of gold items behind the figure.
    """

    name: str
    value: float | None
    count: int
    higher: bool = True
    published: float | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One error: what the gold has and what was read, with the words around it."""

    kind: str
    document: str
    gold: str
    ours: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Measures and mistakes of one file, and the values whose confidence can be checked."""

    measures: tuple[Measure, ...] = ()
    mistakes: tuple[Mistake, ...] = field(default=())
    judged: tuple[Judged, ...] = field(default=())


class GoldSet(Protocol):
    """A kind of gold file. ``name`` is also the usual name of its folder."""

    name: str

    def recognises(self, row: JsonRow) -> bool:
        """True when ``row`` is a first row of this kind."""

    def predict(self, file: GoldFile) -> list[Row]:
        """A prediction for each document that could be read, in the form that scorers take."""

    def score(self, file: GoldFile, predictions: Sequence[JsonRow]) -> Outcome:
        """The measures; none for a file without answers."""
