"""Hypotheses: what series claims state, and what a user asks, in the one form that can be tested."""

from __future__ import annotations

import datetime as dt
import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from witnessmark.errors import UsageError
from witnessmark.model import SeriesClaim
from witnessmark.model.patterns import Hypothesis, Selection
from witnessmark.vocabulary.telling import tell

KINDS = ("rate", "trend", "comparison", "share", "clustering")
INCIDENT_UNITS = frozenset({"incident", "attack"})
"""Units in which a case's own incidents may be counted: an incident is one attack on one place. All others (strikes, munitions, shells, alerts,
people) need figures of their own unit."""
_COMPARATORS = ("eq", "approx", "ge", "le")
_PLACE_KM = 25.0
"""Round a settlement that a series names; the radius within which two words for a place are taken for one."""


def of_series(claim: SeriesClaim) -> Hypothesis:
    """What a series claim states. ``reason`` says so where it states nothing that counts could bear out."""
    plain = Hypothesis(
        identifier=claim.identifier,
        kind="rate",
        unit=claim.unit,
        words=claim.quote,
        stated_in=claim.identifier,
        first=_place_and_time(claim),
    )
    quantity = claim.quantity
    if claim.trend != "none":
        factor = quantity.factor if quantity is not None else None
        if factor is not None and claim.trend != "exponential":
            reason = tell("it does not say which earlier period it compares with")
            return replace(plain, kind="comparison", value=factor, comparator="approx", trend=claim.trend, reason=reason)
        return replace(plain, kind="trend", trend=claim.trend)
    figure = None if quantity is None else quantity.minimum if quantity.minimum is not None else quantity.maximum
    if figure is None:
        return replace(plain, reason=tell("it states no figure"))
    comparator = claim.comparator if claim.comparator in _COMPARATORS else "approx"
    told = replace(plain, value=float(figure), comparator=comparator)
    return replace(told, period=claim.rate_period) if claim.rate_period else replace(told, reason=tell("it is a total, not a rate"))


def _place_and_time(claim: SeriesClaim) -> Selection:
    start = end = None
    if claim.date is not None:
        start = None if claim.date.value.open_start else claim.date.value.earliest
        end = None if claim.date.value.open_end else claim.date.value.latest
    place = claim.place.value if claim.place is not None else None
    if place is None:
        return Selection(start=start, end=end)
    if place.precision == "P8":
        return Selection(name=place.name, start=start, end=end, countries=(place.country,) if place.country else ())
    if place.precision in ("P5", "P6") and place.adm1 is not None:
        return Selection(name=place.name, start=start, end=end, divisions=(place.adm1,))
    if place.latitude is None or place.longitude is None:
        return Selection(name=place.name, start=start, end=end)
    return Selection(name=place.name, start=start, end=end, radius=(place.latitude, place.longitude, place.radius_km or _PLACE_KM))


def read_hypotheses(path: str | Path) -> tuple[Hypothesis, ...]:
    """The hypotheses of a TOML file: tables ``[[hypothesis]]`` with the fields of :class:`Hypothesis`; ``first`` and ``second`` are tables with those of
    :class:`Selection`. ``name`` may stand for ``identifier``.

    Raises:
        UsageError: WM009 when the file cannot be read, or names a field or value that there is not.
    """
    try:
        told = tomllib.loads(Path(path).read_text(encoding="utf-8"))
        found = tuple(_hypothesis(table) for table in told["hypothesis"])
    except (OSError, UnicodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise UsageError("WM009", f"{type(error).__name__}: {error}", origin=str(path)) from error
    return found


def _hypothesis(table: Mapping[str, Any]) -> Hypothesis:
    told = {key: value for key, value in table.items() if key not in ("first", "second", "name")}
    told.setdefault("identifier", table.get("name") or "h-" + hashlib.sha256(repr(sorted(table.items())).encode()).hexdigest()[:12])
    _known(told, Hypothesis)
    made = Hypothesis(
        first=_selection(table.get("first", {})),
        second=_selection(table["second"]) if "second" in table else None,
        **told,
    )
    if made.kind not in KINDS or made.comparator not in _COMPARATORS:
        raise ValueError(f"{made.identifier}: kind is one of {', '.join(KINDS)}, comparator one of {', '.join(_COMPARATORS)}")
    if made.kind in ("comparison", "share") and made.second is None:
        raise ValueError(f"{made.identifier}: a {made.kind} needs 'second'")
    if made.kind in ("rate", "share") and made.value is None:
        raise ValueError(f"{made.identifier}: a {made.kind} needs 'value'")
    return made


def _selection(table: Mapping[str, Any]) -> Selection:
    _known(table, Selection)
    told: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else _day(key, value) for key, value in table.items()}
    return Selection(**told)


def _day(key: str, value: object) -> object:
    return dt.date.fromisoformat(value) if key in ("start", "end") and isinstance(value, str) else value


def _known(table: Mapping[str, Any], kind: type) -> None:
    names = {f.name for f in fields(kind)}
    unknown = sorted(set(table) - names)
    if unknown:
        raise ValueError(f"no such field: {', '.join(unknown)}")


def points_of(series: Sequence[SeriesClaim], like: SeriesClaim) -> dict[dt.date, tuple[int, str]]:
    """Dated figures of the same unit, period and place as ``like``: day to figure and claim. Of several for one day the last in order of the
    table counts; ranges and vague words give none."""
    out: dict[dt.date, tuple[int, str]] = {}
    for claim in series:
        same = claim.unit == like.unit and claim.rate_period == like.rate_period and _place(claim) == _place(like)
        if not same or claim.quantity is None or claim.date is None or claim.comparator == "times" or claim.trend != "none":
            continue
        day = claim.date.value
        if claim.quantity.point is not None and day.earliest == day.latest:
            out[day.earliest] = (claim.quantity.point, claim.identifier)
    return out


def _place(claim: SeriesClaim) -> str | None:
    return (claim.place.value.gazetteer_id or claim.place.value.name) if claim.place is not None else None
