"""Gazetteer packs for users: build one, say what is in one, look a name up."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from witnessmark.claims.places.index import class_of
from witnessmark.claims.places.normalise import key_of
from witnessmark.claims.places.pack import MAIN, Gazetteer, Place, default_gazetteer

_KINDS = ("main name", "other name", "name without its type word", "sound")


@dataclass(frozen=True, slots=True)
class GazetteerInfo:
    """What a pack is. ``places`` counts rows by class (settlement, quarter, adm1, adm2, adm3, country, region); ``sources`` are files with their
    SHA-256; ``sha256`` is that of the payload; ``shared_hashes`` counts pairs of names that the index cannot tell apart."""

    path: Path
    version: str
    bytes: int
    sha256: str
    rows: int
    places: dict[str, int]
    countries: int
    former_names: int
    shared_hashes: int
    sources: dict[str, str]
    attribution: str


@dataclass(frozen=True, slots=True)
class PlaceRecord:
    """A place of a pack with its hierarchy and codes. ``matched`` says by what kind of name it was found; ``former_names`` are (name, since,
    until) with None for a year that is not known."""

    identifier: str
    name: str
    matched: str
    feature: str
    country: str
    division: str | None
    district: str | None
    latitude: float
    longitude: float
    population: int
    iso_3166_2: str | None
    katottg: str | None
    pcode: str | None
    former_names: tuple[tuple[str, int | None, int | None], ...]


def build_gazetteer(
    to: str | os.PathLike[str],
    *,
    sources: str | os.PathLike[str] | None = None,
    dump: str | os.PathLike[str] | None = None,
    policy: str | os.PathLike[str] | None = None,
) -> GazetteerInfo:
    """Build a pack at ``to`` and say what is in it.

    Args:
        to: the file to write.
        sources: folder with the archives of the packages that docs/places.md names.
        dump: a GeoNames dump, such as allCountries.txt; it streams.
        policy: a TOML file of corrections, with the tables of the shipped one; its entries win.

    Raises:
        DataError: WM404 when the sources do not suffice or ``policy`` is wrong.
    """
    from witnessmark.claims.places.building.build import Sources, build

    out = Path(to)
    found = Sources.in_folder(_path(sources), dump=_path(dump), policy=_path(policy))
    build(found, out)
    return gazetteer_info(out)


def _path(name: str | os.PathLike[str] | None) -> Path | None:
    return None if name is None else Path(name)


def gazetteer_info(path: str | os.PathLike[str] | None = None, *, check: bool = False) -> GazetteerInfo:
    """What the pack at ``path`` is (the one in use when not given); with ``check`` its payload is hashed and compared.

    Raises:
        DataError: WM401 when it is missing, WM402 when it is damaged.
    """
    pack = _open(path)
    if check:
        pack.verify()
    header: dict[str, Any] = pack.header
    places: dict[str, int] = {}
    for feature, count in pack.features().items():
        places[class_of(feature)] = places.get(class_of(feature), 0) + count
    listed = header["sources"]
    return GazetteerInfo(
        path=pack.path, version=str(header["version"]), bytes=pack.path.stat().st_size, sha256=header["sha256"], rows=len(pack),
        places=dict(sorted(places.items())), countries=sum(1 for c in header["countries"] if c), former_names=len(header.get("renamed", {})),
        shared_hashes=header.get("shared_hashes", 0), sources=dict(listed), attribution=header["attribution"],
    )  # fmt: skip


def find_place(name: str, *, path: str | os.PathLike[str] | None = None, limit: int = 10) -> tuple[PlaceRecord, ...]:
    """The places that ``name`` may mean, the most populous first; an identifier such as ``geonames:713174`` gives the one place.

    Raises:
        DataError: WM401, WM402 when the pack is missing or damaged.
    """
    pack = _open(path)
    if ":" in name:
        place = pack.find(name)
        return () if place is None else (_record(pack, place, MAIN),)
    found = [(pack.place(row), kind) for row, kind in pack.lookup(key_of(name))]
    found.sort(key=lambda x: (-x[0].population, x[1], x[0].index))
    return tuple(_record(pack, place, kind) for place, kind in found[:limit])


def _open(path: str | os.PathLike[str] | None) -> Gazetteer:
    return default_gazetteer() if path is None else Gazetteer(Path(path))


def _record(pack: Gazetteer, place: Place, kind: int) -> PlaceRecord:
    division, district, codes = pack.division(place.adm1), pack.district(place.adm2), pack.codes(place)
    return PlaceRecord(
        identifier=place.identifier, name=place.name, matched=_KINDS[kind], feature=place.feature, country=place.country,
        division=division.name if division else None, district=district.name if district else None, latitude=place.latitude,
        longitude=place.longitude, population=place.population, iso_3166_2=codes.iso_3166_2, katottg=codes.katottg, pcode=codes.pcode,
        former_names=tuple((f.name, f.since, f.until) for f in pack.former_names(place)),
    )  # fmt: skip
