"""Floors: scores that may not fall. They hold for the very data they were measured on, which its digest names."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from witnessmark.errors import DataError

if TYPE_CHECKING:
    from witnessmark.evaluation.running import Scored

_STEP = 1000
"""Floors keep three digits, rounded to the safe side: a run that gives the same again never falls."""


@dataclass(frozen=True, slots=True)
class Floors:
    """``data`` names the digest of each part ("reports/dev"), ``values`` the floor of each measure ("reports/dev/incident_f1")."""

    data: Mapping[str, str]
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Fall:
    """A measure below its floor (or above it, where less is better); ``value`` is None when it was not measured at all."""

    key: str
    floor: float
    value: float | None


def read_floors(path: Path) -> Floors:
    """The floors in ``path``; none when there is no such file.

    Raises:
        DataError: WM504 when the file is not of this form.
    """
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        data, values = raw["data"], raw["floors"]
        return Floors({str(k): str(v) for k, v in data.items()}, {str(k): float(v) for k, v in values.items()})
    except FileNotFoundError:
        return Floors({}, {})
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise DataError("WM504", str(error), origin=str(path)) from error


def floor_of(floors: Floors, scored: Scored, measure: str) -> float | None:
    """The floor of a measure of ``scored``, when its data are those that the floor was set on."""
    if floors.data.get(scored.key) != scored.digest:
        return None
    return floors.values.get(f"{scored.key}/{measure}")


def falls(floors: Floors, run: Iterable[Scored]) -> tuple[Fall, ...]:
    """Measures that fell, and floors of an evaluated part whose measure is gone."""
    out = []
    for scored in run:
        if floors.data.get(scored.key) != scored.digest:
            continue
        measures = {f"{scored.key}/{m.name}": m for m in scored.outcome.measures}
        for key, floor in floors.values.items():
            if not _belongs(key, scored.key):
                continue
            measure = measures.get(key)
            value = measure.value if measure else None
            if measure is None or value is None or (value < floor if measure.higher else value > floor):
                out.append(Fall(key, floor, value))
    return tuple(out)


def _belongs(key: str, part: str) -> bool:
    return key.startswith(f"{part}/")


def raised(floors: Floors, run: Sequence[Scored]) -> Floors:
    """Floors with every measure of ``run`` that is better, and those of new or changed data set afresh. None is lowered."""
    values, data = dict(floors.values), dict(floors.data)
    for scored in run:
        if data.get(scored.key) != scored.digest:
            values = {key: value for key, value in values.items() if not _belongs(key, scored.key)}
            data[scored.key] = scored.digest
        for measure in scored.outcome.measures:
            if measure.value is None:
                continue
            key = f"{scored.key}/{measure.name}"
            if measure.higher:
                values[key] = max(values.get(key, 0.0), math.floor(measure.value * _STEP) / _STEP)
            else:
                values[key] = min(values.get(key, math.inf), math.ceil(measure.value * _STEP) / _STEP)
    return Floors(dict(sorted(data.items())), dict(sorted(values.items())))


def write_floors(path: Path, floors: Floors) -> None:
    """Write ``floors`` in the form that :func:`read_floors` reads."""
    text = json.dumps({"data": dict(floors.data), "floors": dict(floors.values)}, indent=1)
    path.write_text(text + "\n", encoding="utf-8")
