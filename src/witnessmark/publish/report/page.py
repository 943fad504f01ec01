"""Puts the page together: view models, style sheet, templates."""

from __future__ import annotations

import base64
import functools
import hashlib
from dataclasses import dataclass
from importlib import resources

import jinja2
from markupsafe import Markup

from witnessmark.publish import consensus, wording
from witnessmark.publish.report import mapplot, palette, timeline
from witnessmark.publish.report.cells import Cells
from witnessmark.publish.report.docview import DocumentViews
from witnessmark.publish.report.incidents import IncidentViews
from witnessmark.publish.report.marks import visible
from witnessmark.publish.report.others import OtherViews
from witnessmark.publish.report.references import References
from witnessmark.publish.view import CaseView
from witnessmark.vocabulary import label


@dataclass(frozen=True, slots=True)
class Legend:
    """A modality as the legend shows it."""

    code: str
    name: str
    number: int


@functools.cache
def environment() -> jinja2.Environment:
    """The templates of all pages, with the filter ``visible``."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("witnessmark.publish", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["visible"] = visible
    return made


@functools.cache
def style_sheet() -> str:
    """The style sheet: palette and layout, one line for each rule."""
    layout = resources.files("witnessmark.publish").joinpath("templates", "report.css").read_text(encoding="utf-8")
    return palette.css() + "\n" + layout


def policy(style: str) -> str:
    """The content security policy: nothing may load or run but this one style sheet, named by its hash."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _legend(view: CaseView) -> tuple[Legend, ...]:
    numbers: dict[str, int] = {}
    for statements in view.statements.values():
        for item in statements:
            numbers[item.modality] = numbers.get(item.modality, 0) + 1
    return tuple(Legend(s.code, label("modality", name), numbers.get(name, 0)) for name, s in palette.MODALITY.items())


def render(view: CaseView) -> str:
    """The report of ``view`` as one HTML page; the same view gives the same page."""
    view = consensus.by_date(view)
    style = style_sheet()
    cells = Cells(view, References(view))
    incidents = IncidentViews(cells).all()
    others = OtherViews(cells)
    texts = DocumentViews(cells)
    return (
        environment()
        .get_template("report.html.j2")
        .render(
            view=view,
            review=view.review_summary,
            audience=view.audience,
            style=Markup(style),
            policy=policy(style),
            incidents=incidents,
            series=others.series(),
            contradictions=others.contradictions(),
            documents=texts.all(),
            shortened=texts.shortened,
            brief=cells.brief,
            map=mapplot.build(view, incidents),
            timeline=timeline.build(view, incidents),
            legend=_legend(view),
            states=wording.STATES,
            plural=wording.plural,
            count=wording.count,
            label=label,
        )
    )
