"""``datapackage.json``: the CSV files of a publication as a Frictionless data package."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from witnessmark.publish.bundle import Done
from witnessmark.publish.facts import Facts
from witnessmark.publish.publication.about import Account
from witnessmark.publish.tables import TABLES

_TYPES = {"text": "string", "integer": "integer", "number": "number"}


def datapackage(facts: Facts, account: Account, written: Mapping[str, Done]) -> bytes:
    """The descriptor of every CSV file in ``written``."""
    columns: dict[str, tuple[str, list[tuple[str, str, str, tuple[str, ...]]]]] = {
        f"{t.name}.csv": (t.meaning, [(c.name, c.kind, c.meaning, ()) for c in t.columns]) for t in TABLES
    }
    for scheme, _, _ in account.schemes:
        columns[scheme.path] = scheme.title, [(f.name, f.kind, f.meaning, f.allowed) for f in scheme.fields]
    content = {
        "profile": "tabular-data-package",
        "name": "witnessmark-incidents",
        "title": "Incidents as reported",
        "description": f"{facts.records.review_summary}; audience {facts.view.policy.audience}; policy {facts.view.policy.digest}",
        "resources": [_resource(name, *columns[name], f.size, f.digest) for name, f in sorted(written.items()) if name in columns],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _resource(
    path: str, meaning: str, fields: Iterable[tuple[str, str, str, tuple[str, ...]]], size: int, digest: str
) -> dict[str, object]:
    return {
        "profile": "tabular-data-resource",
        "name": path.removesuffix(".csv").replace("/", "-"),
        "path": path,
        "title": meaning,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "bytes": size,
        "hash": f"sha256:{digest}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": {
            "missingValues": [""],
            "fields": [
                {"name": n, "type": _TYPES[k], "description": m} | ({"constraints": {"enum": list(a)}} if a and k == "text" else {})
                for n, k, m, a in fields
            ],
        },
    }
