"""Read a publication with the tools that its formats are made for, and tell what they find.

    python -m venv build/outside && build/outside/bin/pip install followthemoney frictionless pyogrio
    build/outside/bin/python evals/outside_readers.py PUBLICATION

followthemoney checks each entity against its schema, frictionless each table against ``datapackage.json``, GDAL (through pyogrio) opens
GeoPackage, KML and GeoJSON. The three bring half a gigabyte, so they are no part of the tests. Ends with status 1 where one of them complains.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path


def entities(folder: Path) -> Iterator[str]:
    """What followthemoney says against the entities."""
    from followthemoney import model
    from followthemoney.exc import InvalidData

    kinds: dict[str, int] = {}
    known = set()
    rows = [json.loads(line) for line in (folder / "schemes/followthemoney.jsonl").read_text(encoding="utf-8").splitlines()]
    for row in rows:
        known.add(row["id"])
    for row in rows:
        proxy = model.get_proxy(row, cleaned=False)
        kinds[proxy.schema.name] = kinds.get(proxy.schema.name, 0) + 1
        try:
            proxy.schema.validate(row)
        except InvalidData as error:
            yield f"followthemoney: {row['id']}: {error}"
        for prop, value in proxy.itervalues():
            if prop.type.clean(value) is None:
                yield f"followthemoney: {row['id']}: {prop.name} does not take {value!r}"
            if prop.type.name == "entity" and value not in known:
                yield f"followthemoney: {row['id']}: {prop.name} names {value}, which is not there"
    print("followthemoney", kinds)


def tables(folder: Path) -> Iterator[str]:
    """What frictionless says against the tables."""
    import frictionless

    frictionless.system.trusted = True
    report = frictionless.validate(str(folder / "datapackage.json"))
    yield from (f"frictionless: {e}" for e in report.flatten(["name", "rowNumber", "fieldName", "type", "note"])[:20])
    yield from (f"frictionless: {e.note}" for e in report.errors)
    print("frictionless", len(report.tasks), "resources,", sum(t.stats.get("rows") or 0 for t in report.tasks), "rows")


def maps(folder: Path) -> Iterator[str]:
    """What GDAL says against the maps."""
    import pyogrio

    counts = {}
    for name in ("incidents.gpkg", "incidents.kml", "incidents.geojson"):
        for layer, kind in pyogrio.list_layers(folder / name):
            found = pyogrio.read_info(folder / name, layer=layer)
            counts[f"{name}:{layer}"] = found["features"]
            if kind is not None and found["crs"] != "EPSG:4326":
                yield f"GDAL: {name}: {layer}: {found['crs']}"
            pyogrio.raw.read(folder / name, layer=layer)
    print("GDAL", pyogrio.__gdal_version_string__, counts)


def main() -> None:
    """Ask all three."""
    folder = Path(sys.argv[1])
    faults = [fault for reader in (entities, tables, maps) for fault in reader(folder)]
    print(*faults or ["no complaint"], sep="\n")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
