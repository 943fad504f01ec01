"""What a publication says about itself: README, data dictionary, and the account of what each scheme loses."""

from __future__ import annotations

from dataclasses import dataclass, field

from witnessmark.publish import wording
from witnessmark.publish.facts import Facts
from witnessmark.publish.formats.flat import INCIDENTS, SOURCES
from witnessmark.publish.schemes.base import Losses, Scheme
from witnessmark.publish.tables import TABLES

KIND_WORDS = {
    "ineligible": "left out: the scheme does not take it", "assumed": "assumed: no source states it", "merged": "merged: states that we keep apart are one",
    "dropped": "dropped: the scheme has no place for it",
}  # fmt: skip


@dataclass
class Account:
    """What was written for other schemes: (scheme, losses, rows)."""

    schemes: list[tuple[Scheme, Losses, int]] = field(default_factory=list)


def losses(account: Account, incidents: int) -> str:
    """The account of all schemes as Markdown; the ids stand in the ``.losses.json`` beside each file."""
    parts = [
        f"# What each scheme loses\n\nOf {incidents} incidents. The ids of the incidents concerned stand in the `.losses.json` file of each scheme."
    ]
    for scheme, lost, rows in account.schemes:
        table = "\n".join(f"| {KIND_WORDS[str(r['kind'])]} | {r['field']} | {r['reason']} | {r['count']} |" for r in lost.rows())
        empty = ", ".join(f"`{f.name}`" for f in scheme.fields if not f.filled)
        parts.append(
            f"## {scheme.title}\n\n`{scheme.path}`: {rows} rows. Scheme version: {scheme.version}; fields after: {scheme.basis}. {scheme.note}"
            + (f"\n\nAlways empty, because nothing here knows them: {empty}." if empty else "")
            + (f"\n\n| kind | field | reason | incidents |\n|---|---|---|---|\n{table}" if table else "\n\nNothing was lost.")
        )
    return "\n\n".join(parts) + "\n"


def dictionary(account: Account) -> str:
    """Every column of every table, with its meaning."""
    parts = ["# Data dictionary"]
    parts += [_section(t.name, t.meaning, [(c.name, c.kind, c.meaning) for c in t.columns]) for t in TABLES]
    parts.append(
        _section("incidents in GeoPackage, KML and workbook", "one row for each incident", [(c.name, c.kind, c.meaning) for c in INCIDENTS])
    )
    parts.append(
        _section("sources in GeoPackage and workbook", "one row for each document", [(c.name, c.kind, c.meaning) for c in SOURCES])
    )
    for scheme, _, _ in account.schemes:
        rows = [(f.name, f.kind, f.meaning + (f"; one of: {', '.join(f.allowed)}" if f.allowed else "")) for f in scheme.fields]
        parts.append(_section(scheme.path, f"{scheme.title}, {scheme.version}", rows))
    states = "\n".join(f"- `{name}`: {meaning}" for name, meaning in wording.STATES.items())
    parts.append(f"## States of a value\n\n{states}")
    return "\n\n".join(parts) + "\n"


def _section(name: str, meaning: str, rows: list[tuple[str, str, str]]) -> str:
    table = "\n".join(f"| `{a}` | {b} | {c} |" for a, b, c in rows)
    return f"## {name}\n\n{meaning[:1].upper()}{meaning[1:]}.\n\n| column | type | meaning |\n|---|---|---|\n{table}"


_FILES = """\
| file | holds |
|---|---|
| `report/` | the report for people, one file in each language, HTML without script and PDF |
| `site/index.html` | map, timeline and a page for each incident; opens from the folder, asks no other host for anything |
| `figures/` | charts as SVG and PNG, in English and Ukrainian (`.uk.`) |
| `*.csv`, `*.parquet`, `*.jsonl` | the records: documents (cited passages only), statements, claims, incidents, values, series, contradictions |
| `incidents.geojson`, `.gpkg`, `.kml` | incident points with precision and radius |
| `incidents.xlsx` | the incidents for a spreadsheet, with a sheet to fill in decisions |
| `schemes/` | the incidents in the shapes of other schemes; `LOSSES.md` says what each loses |
| `datapackage.json`, `DATA-DICTIONARY.md` | every column, its type and meaning |
| `policy.json`, `reviews.json` | what was withheld by which rule; which records a person has reviewed |
| `manifest.json`, `SHA256SUMS`, `verify.py` | hashes of every file and a check that needs nothing but Python |"""


def readme(facts: Facts, account: Account) -> str:
    """The README as Markdown."""
    view, records = facts.view, facts.records
    withheld = "\n".join(f"- {kind}: {number}" for kind, number in view.withheld.items()) or "- nothing"
    totals = records.totals
    return f"""# Incidents as reported: {records.review_summary}

Audience: **{view.policy.audience}**. {len(facts.incidents)} incidents from {len(facts.sources)} documents. This says what sources say, not what happened.

Policy: `{view.policy.identifier}`, SHA-256 `{view.policy.digest}`. Embargo counted from {view.as_of.isoformat()}.
Ledger of the case: {records.ledger.size} entries, root `{records.ledger.root or "none"}`. Made by {records.producer}.
{totals.inputs} inputs = {totals.read} read + {totals.partial} partial + {totals.empty} empty + {totals.blocked} blocked + {totals.failed} failed.

## Taken out

{withheld}

Names of private persons, contacts, exact ages and precise places were taken out of the words of sources before anything was written; each gap is
marked in square brackets. Points are those that a gazetteer gives a settlement or division, never those of a site.

## Files

{_FILES}

Check: `python verify.py .` (in this folder).

## CSV

UTF-8 with a byte order mark; lines end in CR LF. A text cell that begins with `=`, `+`, `-`, `@`, TAB, CR, NUL or an apostrophe has one
apostrophe in front, so that a spreadsheet does not take it for a formula; take one off to get the text back. An empty unquoted cell means that
there is no value. Places: GeoNames, CC BY 4.0.
"""
