"""Build the outlines of the desk's map from the npm package ``world-atlas`` (Natural Earth as TopoJSON; the data are in the public domain).

    npm pack world-atlas@2.0.2
    python training/basemap/build.py world-atlas-2.0.2.tgz src/witnessmark/web/static

Writes ``world-110.json`` (whole world, sent with the page) and ``world-50.json`` (finer, sent when the map is enlarged): ``scale`` and
``translate`` of the quantisation, ``arcs`` (first point, then steps, flat), ``land`` (rings as lists of arcs; ~n is arc n backwards) and
``borders`` (arcs that two countries share).
"""

from __future__ import annotations

import collections
import hashlib
import json
import sys
import tarfile
from pathlib import Path
from typing import Any

SHA256 = {
    "110": "2516c915867c7baf18ddec727aec46c315541a07cfb3d79a6559b05d5e94eee8",
    "50": "04342cdc1e3016bcd7db1630de95684d67b79fe3c8c460321e87aef469502394",
}
"""Of ``countries-110m.json`` and ``countries-50m.json`` in version 2.0.2."""


def rings(geometry: dict[str, Any]) -> list[list[int]]:
    """All rings of a polygon, a multipolygon or a collection."""
    if geometry["type"] == "GeometryCollection":
        return [ring for part in geometry["geometries"] for ring in rings(part)]
    if geometry["type"] == "Polygon":
        return list(geometry["arcs"])
    if geometry["type"] == "MultiPolygon":
        return [ring for polygon in geometry["arcs"] for ring in polygon]
    return []


def outlines(topology: dict[str, Any]) -> dict[str, Any]:
    """What the map draws."""
    users: collections.Counter[int] = collections.Counter()
    for country in topology["objects"]["countries"]["geometries"]:
        for arc in {a if a >= 0 else ~a for ring in rings(country) for a in ring}:
            users[arc] += 1
    return {
        "scale": topology["transform"]["scale"],
        "translate": topology["transform"]["translate"],
        "arcs": [[value for point in arc for value in point] for arc in topology["arcs"]],
        "land": rings(topology["objects"]["land"]),
        "borders": sorted(arc for arc, number in users.items() if number > 1),
    }


def main() -> None:
    package, target = Path(sys.argv[1]), Path(sys.argv[2])
    with tarfile.open(package) as archive:
        for size in ("110", "50"):
            member = archive.extractfile(f"package/countries-{size}m.json")
            assert member is not None
            data = member.read()
            if hashlib.sha256(data).hexdigest() != SHA256[size]:
                sys.exit(f"countries-{size}m.json is not that of version 2.0.2")
            text = json.dumps(outlines(json.loads(data)), separators=(",", ":"))
            (target / f"world-{size}.json").write_text(text + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
