"""Makes the files of the site: two index pages (one for each language), list pages that need no script, and a page for each incident."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from importlib import resources
from typing import Any

from markupsafe import escape

from witnessmark.publish.facts import Fact, Facts, Source
from witnessmark.publish.paper.labels import LANGUAGES, Labels
from witnessmark.publish.paper.page import style_sheet
from witnessmark.publish.report.marks import visible
from witnessmark.publish.report.page import environment

PER_PAGE = 500
"""Incidents of a list page."""

_EPOCH = dt.date(1970, 1, 1)
_TEXTS = ("matching", "any", "not_stated", "killed", "injured", "page", "is_reviewed", "not_reviewed")
Files = Iterator[tuple[str, bytes]]


def files(facts: Facts) -> Files:
    """Every file of the site as (path, bytes)."""
    yield "site/style.css", style_sheet("site.css").encode()
    yield "site/site.js", resources.files("witnessmark.publish").joinpath("templates", "site.js").read_bytes()
    for language in LANGUAGES:
        suffix = "" if language == "en" else f".{language}"
        labels = Labels(language)
        yield f"site/data{suffix}.js", _data(facts, labels)
        yield f"site/index{suffix}.html", _page("site_index.html.j2", facts, labels, suffix=suffix, pages=_pages(facts))
        for number, shown in enumerate(_chunks(facts.incidents), 1):
            yield (
                f"site/list/{number}{suffix}.html",
                _page("site_list.html.j2", facts, labels, suffix=suffix, shown=shown, number=number, pages=_pages(facts)),
            )
    yield from _incident_pages(facts)


def _pages(facts: Facts) -> int:
    return max(1, -(-len(facts.incidents) // PER_PAGE))


def _chunks(incidents: Sequence[Fact]) -> Iterator[Sequence[Fact]]:
    for start in range(0, max(1, len(incidents)), PER_PAGE):
        yield incidents[start : start + PER_PAGE]


def _page(template: str, facts: Facts, labels: Labels, **more: Any) -> bytes:
    made = environment().get_template(template).render(t=labels, facts=facts, view=facts.view, languages=LANGUAGES, **more)
    return made.encode("utf-8", "replace")


def _data(facts: Facts, labels: Labels) -> bytes:
    """Columns of numbers and words for the script; ``</`` cannot occur, so the file is safe wherever it is put."""
    acts = list(dict.fromkeys(f.act for f in facts.incidents))
    at = {a: i for i, a in enumerate(acts)}
    columns = {
        "id": [f.identifier for f in facts.incidents],
        "act": [at[f.act] for f in facts.incidents],
        "acts": [(w := labels.term("act", a))[:1].upper() + w[1:] for a in acts],
        "from": [(f.when.earliest - _EPOCH).days if f.when else None for f in facts.incidents],
        "to": [(f.when.latest - _EPOCH).days if f.when else None for f in facts.incidents],
        "lat": [f.where.latitude if f.where else None for f in facts.incidents],
        "lon": [f.where.longitude if f.where else None for f in facts.incidents],
        "place": [labels.place(f) for f in facts.incidents],
        "date": [labels.date(f.when) for f in facts.incidents],
        "killed": [labels.figure(f.killed) for f in facts.incidents],
        "injured": [labels.figure(f.injured) for f in facts.incidents],
        "reviewed": [int(f.review.reviewed) for f in facts.incidents],
        "texts": {name: labels[name] for name in _TEXTS},
    }
    text = json.dumps(columns, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c").replace("\u2028", "\\u2028")
    return f"window.WITNESSMARK={text.replace(chr(0x2029), chr(92) + 'u2029')};\n".encode("utf-8", "replace")


# The pages of incidents are many and all alike: put together from strings, which is thirty times as fast as a template.
_SECURITY = "default-src 'none'; style-src 'self' file:; base-uri 'none'; form-action 'none'"


def _incident_pages(facts: Facts) -> Files:
    labels = [Labels(language) for language in LANGUAGES]
    sources = {s.number: tuple(_source(s, t) for t in labels) for s in facts.sources}
    ids = [f.identifier for f in facts.incidents]
    for i, fact in enumerate(facts.incidents):
        before, after = (ids[i - 1] if i else ""), (ids[i + 1] if i + 1 < len(ids) else "")
        sections = "".join(_section(fact, facts, t, n, sources) for n, t in enumerate(labels))
        title = f"{labels[0].term('act', fact.act)}, {labels[0].place(fact)}"
        links = "".join(
            f'<a href="{name}.html" rel="{rel}">{sign}</a>' for name, rel, sign in ((before, "prev", "←"), (after, "next", "→")) if name
        )
        yield (
            f"site/incidents/{fact.identifier}.html",
            (
                f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{_SECURITY}">'
                f'<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="referrer" content="no-referrer">'
                f'<title>{escape(title)}</title><link rel="stylesheet" href="../style.css"></head><body class="one"><nav>'
                f'<a href="../index.html">{escape(labels[0]["back"])}</a><a href="../index.uk.html" lang="uk">{escape(labels[1]["back"])}</a>{links}</nav>'
                f"<main>{sections}</main></body></html>\n"
            ).encode("utf-8", "replace"),
        )


def _section(fact: Fact, facts: Facts, t: Labels, n: int, sources: dict[int, tuple[str, ...]]) -> str:
    rows = [
        (t["date"], t.date(fact.when)), (t["killed"], t.figure(fact.killed)), (t["injured"], t.figure(fact.injured)), (t["parts"], t.parts(fact)),
        (t["munition"], t.munitions(fact)), (t["object"], t.terms("object", fact.kinds)),
        (t["party"], "; ".join(f"{p.name} ({t.term('modality', p.modality)})" for p in fact.parties)),
        (t["aftermath"], t.terms("aftermath", fact.aftermath)), (t["former"], ", ".join(fact.former)),
    ]  # fmt: skip
    values = "".join(f"<dt>{escape(a)}</dt><dd>{visible(b)}</dd>" for a, b in rows if b)
    words = ""
    if n == 0:  # the words of sources stand once, whatever the language of the page
        words = "".join(
            f'<blockquote lang="{facts.source(e.source).language}"><bdi>{visible(e.quote)}</bdi> <span class="missing">'
            f"({escape(t.term('modality', e.modality))}) [{e.source}]</span></blockquote>"
            for e in fact.evidence
        )
        words = f"<h2>{escape(t['words'])}</h2>{words}<h2>{escape(t['sources'])}</h2><ol class=notes>" if words else "<ol class=notes>"
        words += "".join(f'<li value="{s}">{sources[s][0]}</li>' for s in fact.sources) + "</ol>"
    tag = "tag done" if fact.review.reviewed else "tag"
    level = "h1" if n == 0 else "h2"
    return (
        f'<section lang="{t.language}"><{level}>{visible(t.term("act", fact.act).capitalize())}, {visible(t.place(fact))}</{level}>'
        f'<p><span class="{tag}">{escape(t.review(fact))}</span> <code>{escape(fact.identifier)}</code></p><dl>{values}</dl>{words}</section>'
    )


def _source(item: Source, t: Labels) -> str:
    parts = [
        f'<bdi lang="{item.language}">{visible(item.title)}</bdi>' if item.title else "", str(visible(item.publisher or t["not_named"])),
        f"{escape(t['published'])} {item.published}" if item.published else "",
        f'<a href="{escape(item.link)}" rel="noreferrer noopener">{escape(item.link)}</a>' if item.link else "",
        f"SHA-256 <code>{item.capture}</code>" if item.capture else "",
        f"{escape(t['captured'])} {item.captured:%Y-%m-%d %H:%M} UTC" if item.captured else "",
    ]  # fmt: skip
    return ". ".join(p for p in parts if p)
