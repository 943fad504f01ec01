"""The README of an export: what each file holds, how to check it, and the data dictionary of its tables."""

from __future__ import annotations

from witnessmark.publish import wording
from witnessmark.publish.tables import TABLES, Table
from witnessmark.publish.view import AUDIENCE, REVIEW_LABEL, CaseView

_WARNING = f"""\
Audience: **{AUDIENCE}**. Quotes may name private persons; do not publish this folder as it is. Nothing in it has been checked by a
person: it says what documents say, not what happened."""

_FILES = """\
| file | holds |
|---|---|
| `report.html` | the record for people: one file, no script, works offline, prints on A4 |
| `*.jsonl` | the exact records, one JSON object a line; every value with document, offsets, quote, modality and rule |
| `*.csv` | flat tables for spreadsheets (see below) |
| `*.parquet` | the same tables, exact and with page checksums |
| `incidents.geojson` | incident points (WGS 84) with precision and radius; `unplaced` lists the others |
| `manifest.json` | size, SHA-256, rows and columns of every file; totals; ledger head |
| `SHA256SUMS` | for `sha256sum -c SHA256SUMS` |
| `verify.py` | stand-alone check, standard library only |"""

_CSV = """\
CSV files are UTF-8 with a byte order mark; lines end in CR LF. A text cell that begins with `=`, `+`, `-`, `@`, TAB, CR, NUL (or a
full-width form of the four signs, or an apostrophe) has one apostrophe in front, so that a spreadsheet does not take it for a formula:
take one leading apostrophe off to get the text back. Numeric columns are never touched. An empty unquoted cell means that there is no
value; `""` is an empty text."""

_OFFSETS = """\
`start` and `end` count Unicode code points of the document's text in `documents.jsonl` (`text[start:end] == quote`, end excluded).
`offset_map` leads on to the bytes of the capture: each entry is `[text_start, length, byte_start, byte_end, width]`; with a `width`
each code point takes that many bytes."""


def render(view: CaseView) -> str:
    """The README as Markdown."""
    totals = view.totals
    states = "\n".join(f"- `{name}`: {meaning}" for name, meaning in wording.STATES.items())
    sums = (
        f"{totals.inputs} inputs = {totals.read} read + {totals.partial} partial + {totals.empty} empty"
        f" + {totals.blocked} blocked + {totals.failed} failed."
    )
    parts = [
        f"# Witnessmark export: {REVIEW_LABEL}",
        _WARNING,
        sums,
        f"Ledger: {view.ledger.size} entries, root `{view.ledger.root or 'none'}`.",
        "## Files",
        _FILES,
        "## Offsets",
        _OFFSETS,
        "## Unknown, zero, vague and not stated",
        states,
        "## CSV",
        _CSV,
        "## Tables",
        *(_dictionary(t) for t in TABLES),
    ]
    return "\n\n".join(parts) + "\n"


def _dictionary(table: Table) -> str:
    rows = "\n".join(f"| `{c.name}` | {c.kind} | {c.meaning} |" for c in table.columns)
    return f"### {table.name}\n\n{table.meaning.capitalize()}.\n\n| column | type | meaning |\n|---|---|---|\n{rows}"
