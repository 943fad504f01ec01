"""Claims as rows of plain values, the shape that linkage compares."""

from __future__ import annotations

from dataclasses import dataclass

from witnessmark.model import IncidentClaim, Quantity
from witnessmark.model.comparing import coarse

_COMMON = frozenset({"strike", "shelling", "explosion", "chemical"})


@dataclass(frozen=True, slots=True)
class Row:
    """One claim. Days are proleptic ordinals; ``family`` folds acts that reporters swap (strike, shelling, explosion) into one;
    None = not stated. ``day_soft`` is True when only the report date or a month is known."""

    unique_id: str
    document: str
    day_from: int | None
    day_to: int | None
    day_soft: bool
    latitude: float | None
    longitude: float | None
    place_coarse: bool
    place_id: str | None
    country: str | None
    adm1: str | None
    family: str | None
    weapon: str | None
    killed: int | None
    injured: int | None
    perpetrator: str | None
    objects: str | None


def row_of(claim: IncidentClaim) -> Row:
    """The row of a claim."""
    place = claim.place.value if claim.place else None
    date = claim.date.value if claim.date else None
    family = claim.act.value.split(".")[0]
    weapons = sorted({(m.value.weapon or "").split(".")[0] for m in claim.munitions} - {"", "unknown"})
    kinds = sorted({o.value.kind for o in claim.objects} - {"unknown", "open_area"})
    return Row(
        unique_id=claim.identifier,
        document=claim.document,
        day_from=date.earliest.toordinal() if date else None,
        day_to=date.latest.toordinal() if date else None,
        day_soft=date is None or date.precision in ("T4", "T5", "T6", "TR"),
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        place_coarse=place is None or coarse(place),
        place_id=place.gazetteer_id if place else None,
        country=place.country if place else None,
        adm1=place.adm1 if place else None,
        family="remote" if family in _COMMON else None if family == "unknown" else family,
        weapon=weapons[0] if weapons else None,
        killed=_figure(claim.killed.value if claim.killed else None),
        injured=_figure(claim.injured.value if claim.injured else None),
        perpetrator=claim.perpetrator.value.name if claim.perpetrator else None,
        objects=",".join(kinds) or None,
    )


def _figure(quantity: Quantity | None) -> int | None:
    if quantity is None:
        return None
    return quantity.minimum if quantity.minimum is not None else quantity.maximum
