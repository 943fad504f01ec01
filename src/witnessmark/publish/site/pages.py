"""Makes the files of the site: two index pages (one for each language), list pages that need no script, and the pages of the incidents."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from importlib import resources
from typing import Any

from witnessmark.publish import basemap
from witnessmark.publish.facts import A_PAGE, ONE_EACH, Fact, Facts
from witnessmark.publish.paper.labels import LANGUAGES, Labels
from witnessmark.publish.paper.page import style_sheet
from witnessmark.publish.report.page import environment
from witnessmark.publish.site.incidents import incident_pages, suffix_of

PER_PAGE = 500
"""Incidents of a list page."""

_EPOCH = dt.date(1970, 1, 1)
_TEXTS = ("matching", "any", "not_stated", "killed", "injured", "page", "is_reviewed", "not_reviewed", "earlier", "later")
Files = Iterator[tuple[str, bytes]]


def files(facts: Facts) -> Files:
    """Every file of the site as (path, bytes)."""
    yield "site/style.css", style_sheet("site.css").encode()
    yield "site/site.js", resources.files("witnessmark.publish").joinpath("templates", "site.js").read_bytes()
    for language in LANGUAGES:
        suffix = suffix_of(language)
        labels = Labels(language)
        yield f"site/data{suffix}.js", _data(facts, labels)
        yield f"site/index{suffix}.html", _page("site_index.html.j2", facts, labels, suffix=suffix, pages=_pages(facts))
        for number, shown in enumerate(_chunks(facts.incidents), 1):
            yield (
                f"site/list/{number}{suffix}.html",
                _page("site_list.html.j2", facts, labels, suffix=suffix, shown=shown, number=number, pages=_pages(facts)),
            )
    yield "site/basemap.js", _basemap(facts)
    yield from incident_pages(facts)


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
        "each": 1 if len(facts.incidents) <= ONE_EACH else A_PAGE,
        "suffix": suffix_of(labels.language),
        "texts": {name: labels[name] for name in _TEXTS},
    }
    text = json.dumps(columns, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c").replace("\u2028", "\\u2028")
    return f"window.WITNESSMARK={text.replace(chr(0x2029), chr(92) + 'u2029')};\n".encode("utf-8", "replace")


def _basemap(facts: Facts) -> bytes:
    """Land and borders for the script, in hundredths of a degree: the world coarse, and finer what lies around the incidents."""
    points = [
        (f.where.longitude, f.where.latitude)
        for f in facts.incidents
        if f.where and f.where.longitude is not None and f.where.latitude is not None
    ]
    whole = basemap.outlines(_WORLD, fine=False)
    data: dict[str, object] = {"land": _flat(whole.land, 20), "borders": _flat(whole.borders, 20), "fine": None}
    if points:
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        near = basemap.Box(min(xs) - 2, max(-90.0, min(ys) - 1.5), max(xs) + 2, min(90.0, max(ys) + 1.5)).grown(0.5)
        if near.east - near.west < _WIDEST:
            found = basemap.outlines(near)
            data["fine"] = {
                "box": [near.west, near.south, near.east, near.north], "land": _flat(found.land, 1), "borders": _flat(found.borders, 1)
            }  # fmt: skip
    return f"window.WITNESSMARK_MAP={json.dumps(data, separators=(',', ':'))};\n".encode("ascii")


_WORLD = basemap.Box(-180.0, -90.0, 180.0, 85.0)
_WIDEST = 150.0
"""Degrees of longitude up to which finer outlines are sent: wider maps show no more than the coarse ones."""


def _flat(lines: Sequence[basemap.Line], step: int) -> list[list[int]]:
    """Longitude and latitude in turn, in hundredths of a degree; points nearer than ``step`` of these to the last one are left out."""
    out = []
    for line in lines:
        kept = basemap.thinned([(round(x * 100), round(y * 100)) for x, y in line], step)
        out.append([int(v) for point in kept for v in point])
    return out
