"""Build the outlines of the desk's map from the npm package ``world-atlas`` (Natural Earth as TopoJSON; the data are in the public domain).

    npm pack world-atlas@2.0.2
    python training/basemap/build.py world-atlas-2.0.2.tgz src/witnessmark/web/static

The package draws some borders by control on the ground, one of them near Perekop. The rule of the project is that of ISO 3166-2 and the United Nations, as in the gazetteer:
only the land is taken from the package; the borders are those of ``assess/patterns/data/borders.json`` (``training/borders/build.py``), which
follow that rule for the whole world. Areas without a country there have no line.

Writes ``world-110.json`` (whole world, sent with the page) and ``world-50.json`` (finer, sent when the map is enlarged): ``scale`` and
``translate`` of the quantisation, ``arcs`` (first point, then steps, flat), ``land`` (rings as lists of arcs; ~n is arc n backwards) and
``borders`` (arcs that two countries share, at 1:110 million without points that lie within COARSE of the line).
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
import tarfile
from pathlib import Path
from typing import Any

SHA256 = {
    "110": "2516c915867c7baf18ddec727aec46c315541a07cfb3d79a6559b05d5e94eee8",
    "50": "04342cdc1e3016bcd7db1630de95684d67b79fe3c8c460321e87aef469502394",
}
"""Of ``countries-110m.json`` and ``countries-50m.json`` in version 2.0.2."""


Line = list[tuple[float, float]]

COARSE = 0.1
"""Degrees: the land at 1:110 million is not more exact."""

BORDERS = Path(__file__).parents[2] / "src/witnessmark/assess/patterns/data/borders.json"


def rings(geometry: dict[str, Any]) -> list[list[int]]:
    """All rings of a polygon, a multipolygon or a collection."""
    if geometry["type"] == "GeometryCollection":
        return [ring for part in geometry["geometries"] for ring in rings(part)]
    if geometry["type"] == "Polygon":
        return list(geometry["arcs"])
    if geometry["type"] == "MultiPolygon":
        return [ring for polygon in geometry["arcs"] for ring in polygon]
    return []


def outlines(topology: dict[str, Any], lines: list[Line]) -> dict[str, Any]:
    """What the map draws: the land of ``topology`` and the border ``lines``."""
    land = rings(topology["objects"]["land"])
    used = sorted({a if a >= 0 else ~a for ring in land for a in ring})
    number = {arc: n for n, arc in enumerate(used)}
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    coasts = [[value for point in topology["arcs"][arc] for value in point] for arc in used]
    return {
        "scale": scale,
        "translate": translate,
        "arcs": coasts + [steps(line, scale, translate) for line in lines],
        "land": [[number[a] if a >= 0 else ~number[~a] for a in ring] for ring in land],
        "borders": list(range(len(coasts), len(coasts) + len(lines))),
    }


def steps(line: Line, scale: list[float], translate: list[float]) -> list[int]:
    """``line`` in units of the quantisation: its first point, then steps."""
    out, last = [], (0, 0)
    for point in line:
        x, y = (round((v - move) / unit) for v, unit, move in zip(point, scale, translate, strict=True))
        out += [x - last[0], y - last[1]]
        last = (x, y)
    return out


def coarse(line: Line) -> Line:
    """``line`` without the points that lie within COARSE of what is left (Douglas and Peucker 1973)."""
    (ax, ay), (bx, by) = line[0], line[-1]
    length = math.hypot(bx - ax, by - ay)
    away = [abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length if length else math.hypot(x - ax, y - ay) for x, y in line]
    far = max(range(len(line)), key=lambda n: away[n])
    return [*coarse(line[: far + 1])[:-1], *coarse(line[far:])] if away[far] > COARSE else [line[0], line[-1]]


def main() -> None:
    package, target = Path(sys.argv[1]), Path(sys.argv[2])
    lines: list[Line] = [[(x, y) for x, y in border["line"]] for border in json.loads(BORDERS.read_text(encoding="utf-8"))["borders"]]
    with tarfile.open(package) as archive:
        for size in ("110", "50"):
            member = archive.extractfile(f"package/countries-{size}m.json")
            assert member is not None
            data = member.read()
            if hashlib.sha256(data).hexdigest() != SHA256[size]:
                sys.exit(f"countries-{size}m.json is not that of version 2.0.2")
            text = json.dumps(
                outlines(json.loads(data), lines if size == "50" else [coarse(line) for line in lines]), separators=(",", ":")
            )
            (target / f"world-{size}.json").write_text(text + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
