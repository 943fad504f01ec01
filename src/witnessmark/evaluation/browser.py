"""The error browser: one page with every error by kind, the commonest first. Works without scripts and from a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from html import escape

from witnessmark.evaluation.gold_sets import Mistake
from witnessmark.evaluation.running import Scored

_STYLE = """
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
summary { cursor: pointer; font-weight: 600; padding: .25rem 0; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
td.words { opacity: .75; }
@media print { details { break-inside: avoid; } }
"""


def page(run: Sequence[Scored]) -> str:
    """The page as HTML."""
    sections = "\n".join(_section(scored) for scored in run if scored.outcome.mistakes)
    body = sections or "<p>No errors to show.</p>"
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Errors by kind</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head>\n'
        f"<body><h1>Errors by kind</h1>\n{body}\n</body></html>\n"
    )


def _section(scored: Scored) -> str:
    kinds: dict[str, list[Mistake]] = defaultdict(list)
    for mistake in scored.outcome.mistakes:
        kinds[mistake.kind].append(mistake)
    ordered = sorted(kinds.items(), key=lambda item: (-len(item[1]), item[0]))
    return f"<h2>{escape(scored.key)}</h2>\n" + "\n".join(_kind(kind, mistakes) for kind, mistakes in ordered)


def _kind(kind: str, mistakes: Sequence[Mistake]) -> str:
    rows = "\n".join(_row(m) for m in mistakes)
    head = "<tr><th>document</th><th>gold</th><th>read</th><th>words</th></tr>"
    return f"<details><summary>{escape(kind)}: {len(mistakes)}</summary>\n<table>{head}\n{rows}\n</table></details>"


def _row(mistake: Mistake) -> str:
    cells = [mistake.document, mistake.gold, mistake.ours]
    return "<tr>" + "".join(f"<td>{escape(c)}</td>" for c in cells) + f'<td class="words">{escape(mistake.words)}</td></tr>'
