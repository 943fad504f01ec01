"""Writes the pack that :mod:`witnessmark.claims.places.pack` reads."""

from __future__ import annotations

import array
import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from witnessmark.claims.places.building.rows import Row
from witnessmark.claims.places.normalise import key_of, skeleton_of
from witnessmark.claims.places.pack import ALTERNATE, BARE, FUZZY, MAGIC, MAIN, codes_from, hash_of

_MANY = 1 << 31
_NONE = 0xFFFFFFFF


def write_pack(rows: Sequence[Row], path: Path, *, about: Mapping[str, Any], iso_3166_2: Mapping[str, str]) -> None:
    """Write ``rows`` to ``path``. ``about`` (version, sources, attribution) goes into the header.

    The same rows give the same bytes. Rows are stored in the order given.

    Raises:
        ValueError: when two keys share a hash (change the hash, do not ship the pack).
    """
    countries = sorted({r.country for r in rows})
    features = sorted({r.feature for r in rows})
    adm1 = sorted({r.adm1 for r in rows})
    adm2 = sorted({r.adm2 for r in rows})
    sections: dict[str, tuple[str, bytes]] = {}
    sections.update(_columns(rows, countries, features, adm1, adm2))
    sections.update(_names(rows))
    sections["adm1_codes"] = ("s", "\n".join(adm1).encode())
    sections["adm2_codes"] = ("s", "\n".join(adm2).encode())
    sections["adm1_rows"] = ("I", _rows_by(rows, adm1, "ADM1"))
    sections["country_rows"] = ("I", _rows_by(rows, countries, "PCL"))
    header = {**about, "rows": len(rows), "countries": countries, "features": features, "iso_3166_2": dict(sorted(iso_3166_2.items()))}
    path.write_bytes(_assemble(header, sections))


def _columns(
    rows: Sequence[Row], countries: list[str], features: list[str], adm1: list[str], adm2: list[str]
) -> dict[str, tuple[str, bytes]]:
    def column(code: str, values: list[int]) -> tuple[str, bytes]:
        return code, array.array(code, values).tobytes()

    c, f = {n: i for i, n in enumerate(countries)}, {n: i for i, n in enumerate(features)}
    a, b = {n: i for i, n in enumerate(adm1)}, {n: i for i, n in enumerate(adm2)}
    blob = [r.name.encode() for r in rows]
    starts = [0]
    for piece in blob:
        starts.append(starts[-1] + len(piece))
    return {
        "number": column("I", [r.number for r in rows]),
        "latitude": column("i", [round(r.latitude * 1e5) for r in rows]),
        "longitude": column("i", [round(r.longitude * 1e5) for r in rows]),
        "population": column("I", [r.population for r in rows]),
        "adm1": column("H", [a[r.adm1] for r in rows]),
        "adm2": column("H", [b[r.adm2] for r in rows]),
        "country": column("B", [c[r.country] for r in rows]),
        "feature": column("B", [f[r.feature] for r in rows]),
        "name_at": column("I", starts),
        "names": ("s", b"".join(blob)),
    }


def _rows_by(rows: Sequence[Row], codes: list[str], feature: str) -> bytes:
    """For each code the row of the division or country itself."""
    found: dict[str, int] = {}
    for at, row in enumerate(rows):
        if row.feature.startswith(feature):
            found.setdefault(row.country if feature == "PCL" else row.adm1, at)
    return array.array("I", [found.get(c, _NONE) for c in codes]).tobytes()


def _names(rows: Sequence[Row]) -> dict[str, tuple[str, bytes]]:
    """The index: buckets by the upper 16 bits of the hash, sorted fingerprints, and one value or a list of values for each."""
    index: dict[str, dict[int, int]] = defaultdict(dict)
    for at, row in enumerate(rows):
        for kind, names in ((MAIN, {row.name}), (ALTERNATE, row.names), (BARE, row.bare)):
            for name in names:
                key = key_of(name)
                if key:
                    index[key][at] = min(kind, index[key].get(at, BARE))
        if row.fuzzy:
            for name in {row.name} | row.names:
                skeleton = skeleton_of(key_of(name))
                if skeleton:
                    index["~" + skeleton][at] = FUZZY
    hashed = sorted((hash_of(key), key) for key in index)
    marks, values, postings = array.array("I"), array.array("I"), array.array("I")
    buckets = array.array("I", [0])
    for n, ((bucket, mark), key) in enumerate(hashed):
        if n and hashed[n - 1][0] == (bucket, mark):
            raise ValueError(f"hashes collide: {key!r} and {hashed[n - 1][1]!r}")
        while len(buckets) <= bucket:
            buckets.append(n)
        codes = codes_from(sorted(index[key].items()))
        marks.append(mark)
        if len(codes) == 1:
            values.append(codes[0])
        else:
            values.append(_MANY | len(postings))
            postings.append(len(codes))
            postings.extend(codes)
    while len(buckets) <= 1 << 16:
        buckets.append(len(hashed))
    return {n: ("I", a.tobytes()) for n, a in (("buckets", buckets), ("marks", marks), ("values", values), ("postings", postings))}


def _assemble(header: dict[str, Any], sections: dict[str, tuple[str, bytes]]) -> bytes:
    payload = bytearray()
    relative: dict[str, tuple[str, int, int]] = {}
    for name, (code, data) in sections.items():
        payload.extend(b"\0" * (-len(payload) % 8))
        relative[name] = (code, len(payload), len(data))
        payload.extend(data)
    header["sha256"] = hashlib.sha256(payload).hexdigest()
    base = 0
    while True:  # the offsets stand in the header, whose length they change: settle in two or three rounds
        header["payload"] = base
        header["sections"] = {n: {"type": c, "offset": base + o, "length": size} for n, (c, o, size) in relative.items()}
        text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
        front = MAGIC + b"%08d\n" % len(text) + text
        front += b" " * (-len(front) % 8)
        if len(front) == base:
            return front + bytes(payload)
        base = len(front)
