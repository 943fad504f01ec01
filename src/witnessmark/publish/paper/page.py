"""Puts the report together: facts, labels, drawings, template."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

from markupsafe import Markup

from witnessmark.errors import DataError
from witnessmark.publish import counting, wording
from witnessmark.publish.facts import Facts
from witnessmark.publish.paper import drawings
from witnessmark.publish.paper.bars import bars
from witnessmark.publish.paper.labels import Labels
from witnessmark.publish.paper.speakers import tree_of
from witnessmark.publish.paper.stated import stated
from witnessmark.publish.paper.weighing import weighed
from witnessmark.publish.report import palette
from witnessmark.publish.report.page import environment
from witnessmark.publish.report.page import policy as security_policy

MOST = 400
"""Incidents that the report lists; a page of more is for no reader, and the tables hold all."""

MOST_CONTRADICTIONS, MOST_SERIES, MOST_SOURCES = 100, 60, 1500
PDF_MOST = 100
"""Incidents that the PDF lists: about 40 pages."""


@dataclass(frozen=True, slots=True)
class Clash:
    """A contradiction with the numbers of its sources and incidents."""

    field: str
    between: bool
    quotes: tuple[str, str]
    sources: tuple[int, int]
    incidents: tuple[int, ...]


@functools.cache
def style_sheet(name: str) -> str:
    """Palette and layout."""
    layout = resources.files("witnessmark.publish").joinpath("templates", name).read_text(encoding="utf-8")
    return palette.themes() + "\n" + layout


def html(facts: Facts, *, language: str = "en", most: int = MOST) -> str:
    """The report of ``facts`` as one HTML page in ``language`` (en or uk); the same facts give the same page."""
    style = style_sheet("paper.css")
    t = Labels(language)
    shown = facts.incidents[:most]
    cited = sorted({n for f in shown for n in f.sources} | {n for c in _clashes(facts) for n in c.sources})[:MOST_SOURCES]
    return environment().get_template("paper.html.j2").render(
        t=t,
        facts=facts,
        view=facts.view,
        shown=shown,
        clashes=_clashes(facts),
        series=facts.records.series[:MOST_SERIES],
        sources=[facts.source(n) for n in cited],
        weighed={f.identifier: weighed(f, facts, t) for f in shown},
        tree=tree_of(facts, hidden=t["not_named"]),
        stated=stated(facts),
        bars=bars(facts, t),
        panels=drawings.panels(facts, t),
        columns=drawings.columns(facts),
        killed=counting.totals([f.killed for f in facts.incidents]),
        injured=counting.totals([f.injured for f in facts.incidents]),
        period=_period(facts, t),
        undated=sum(f.when is None for f in facts.incidents),
        unplaced=sum(f.where is None or not f.where.resolved for f in facts.incidents),
        numbers={s.identifier: s.number for s in facts.sources},
        quantity=wording.quantity,
        count=wording.count,
        style=Markup(style),
        security=security_policy(style),
    )  # fmt: skip


def _clashes(facts: Facts) -> Sequence[Clash]:
    numbers = {s.identifier: s.number for s in facts.sources}
    rows = {i: n for n, f in enumerate(facts.incidents, 1) for i in f.contradictions}
    return [
        Clash(
            c.field,
            c.kind == "between_documents",
            c.quotes,
            (numbers[c.documents[0]], numbers[c.documents[1]]),
            (rows[c.identifier],) if c.identifier in rows else (),
        )
        for c in facts.contradictions[:MOST_CONTRADICTIONS]
    ]


def _period(facts: Facts, t: Labels) -> str:
    days = [d for f in facts.incidents if f.when is not None for d in (f.when.earliest, f.when.latest)]
    return f"{t.day(min(days))} – {t.day(max(days))}" if days else "–"


def _weasyprint() -> Any:
    try:
        import weasyprint
    except ImportError as error:
        raise DataError("WM611", "weasyprint") from error
    except OSError as error:  # it is there, and a library of the system that it loads is not
        raise DataError("WM612", str(error)[:120]) from error
    return weasyprint


def pdf(facts: Facts, *, language: str = "en") -> bytes:
    """The report as a tagged PDF.

    Raises:
        DataError: WM611 when weasyprint is not installed, WM612 when it lacks a library of the system.
    """
    library = _weasyprint()
    page = html(facts, language=language, most=PDF_MOST)
    document = library.HTML(string=page, url_fetcher=_refuse).render(pdf_variant="pdf/ua-1")
    made: bytes = document.write_pdf(pdf_identifier=facts.view.policy.digest[:32].encode(), pdf_variant="pdf/ua-1")
    return made


def _refuse(url: str, *_: object, **__: object) -> dict[str, object]:
    """Nothing is fetched: the page holds everything."""
    raise ValueError(f"not fetched: {url}")
