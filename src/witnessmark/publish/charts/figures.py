"""Each figure as a Vega-Lite chart. Every chart says in its subtitle what is counted, what is missing, and that it counts reports."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from witnessmark.errors import DataError, UsageError
from witnessmark.publish import counting
from witnessmark.publish.facts import Fact, Facts
from witnessmark.publish.wording import plural
from witnessmark.vocabulary import label

FORMS = ("svg", "png")
SCALE = 2.0
"""Pixels of a PNG for each unit of the drawing."""

WIDTH, MOST = 640, 15
"""Width of a chart in units, and bars of a chart by kind; what is rarer is summed up as others."""

SURE, PERHAPS, INK, MUTED = "#1d4fa3", "#9dbcff", "#1b1d1f", "#5a5b57"
_FONT = "DejaVu Sans, Liberation Sans, Arial, sans-serif"
_CONFIG = {
    "background": "#ffffff", "font": _FONT, "view": {"stroke": None}, "padding": 14,
    "title": {"anchor": "start", "fontSize": 16, "fontWeight": 600, "color": INK, "subtitleColor": MUTED, "subtitleFontSize": 12, "offset": 12},
    "axis": {"labelColor": INK, "titleColor": MUTED, "gridColor": "#e4e0d8", "domainColor": "#8a8578", "tickColor": "#8a8578", "labelFontSize": 11,
             "titleFontWeight": 400, "labelLimit": 240},
    "legend": {"labelColor": INK, "titleColor": MUTED, "orient": "top", "labelLimit": 320},
}  # fmt: skip


def _libraries() -> tuple[Any, Any]:
    try:
        import altair
        import vl_convert
    except ImportError as error:
        raise DataError("WM611", error.name or "altair") from error
    return altair, vl_convert


def draw(facts: Facts, name: str, *, form: str = "svg") -> bytes:
    """The figure ``name`` (see :data:`FIGURES`) as ``svg`` or ``png``.

    Raises:
        UsageError: WM607 for an unknown figure or form.
        DataError: WM611 when altair or vl-convert is not installed.
    """
    if name not in FIGURES or form not in FORMS:
        raise UsageError("WM607", f"{name}.{form}; figures: {', '.join(FIGURES)}")
    altair, convert = _libraries()
    spec = {**FIGURES[name](facts, altair).to_dict(), "config": _CONFIG}
    if form == "png":
        return bytes(convert.vegalite_to_png(spec, scale=SCALE))
    return str(convert.vegalite_to_svg(spec)).encode()


def _title(facts: Facts, words: str, note: str) -> dict[str, Any]:
    return {"text": words, "subtitle": [note, f"Counts what sources report; {facts.records.review_summary}."]}


def _over_time(facts: Facts, alt: Any) -> Any:
    unit, found = counting.bins(facts)
    rows = [
        {"start": b.start.isoformat(), "kind": kind, "incidents": number}
        for b in found for kind, number in ((f"date lies in the {unit}", b.within), (f"interval reaches over the {unit}", b.perhaps))
    ]  # fmt: skip
    undated = sum(f.when is None for f in facts.incidents)
    kinds = [f"date lies in the {unit}", f"interval reaches over the {unit}"]
    left = f"; {plural(undated, 'undated incident')} not shown" if undated else ""
    note = f"By {unit}{left}. Light bars may count one incident in several {unit}s."
    return (
        alt.Chart(alt.Data(values=rows), title=_title(facts, "Incidents over time", note), width=WIDTH, height=260)
        .mark_bar()
        .encode(
            x=_time(alt, unit),
            y=alt.Y("incidents:Q", title="incidents", axis=alt.Axis(tickMinStep=1, format="d")),
            color=alt.Color("kind:N", title=None, scale=alt.Scale(domain=kinds, range=[SURE, PERHAPS])),
            order=alt.Order("kind:N"),
        )
    )


def _time(alt: Any, unit: str) -> Any:
    shape = {"day": "%d %b %y", "week": "%d %b %y", "month": "%b %Y", "year": "%Y"}[unit]
    units = {"day": "utcyearmonthdate", "week": "utcyearmonthdate", "month": "utcyearmonth", "year": "utcyear"}
    if unit == "week":
        return alt.X(
            "start:T",
            title=None,
            axis=alt.Axis(format=shape, labelAngle=0, labelOverlap=True),
            timeUnit=alt.TimeUnitParams(unit="yearweek", utc=True),
        )
    return alt.X("start:T", title=None, timeUnit=units[unit], axis=alt.Axis(format=shape, labelAngle=0, labelOverlap=True))


def _toll(facts: Facts, alt: Any) -> Any:
    unit, found = counting.bins(facts)
    rows = [
        {"start": b.start.isoformat(), "kind": kind, "people": number}
        for b in found for kind, number in (("least figures", b.low), ("up to the greatest", b.high - b.low))
    ]  # fmt: skip
    missing = sum(b.unnumbered for b in found)
    note = f"Killed, sums of figures by {unit} of the first day; {plural(missing, 'incident')} without a number not in the sums."
    return (
        alt.Chart(alt.Data(values=rows), title=_title(facts, "Reported toll over time", note), width=WIDTH, height=260)
        .mark_bar()
        .encode(
            x=_time(alt, unit),
            y=alt.Y("people:Q", title="people reported killed", axis=alt.Axis(tickMinStep=1, format=",d")),
            color=alt.Color("kind:N", title=None, scale=alt.Scale(domain=["least figures", "up to the greatest"], range=[SURE, PERHAPS])),
            order=alt.Order("kind:N"),
        )
    )


def _by(title: str, values: Callable[[Fact], list[str]], missing: str) -> Callable[[Facts, Any], Any]:
    def make(facts: Facts, alt: Any) -> Any:
        found = counting.tally(facts, values)
        shown, rest = found[:MOST], found[MOST:]
        rows = [{"value": v, "incidents": n, "order": i} for i, (v, n) in enumerate(shown)]
        if rest:
            rows.append({"value": f"{len(rest)} others", "incidents": sum(n for _, n in rest), "order": MOST})
        none = sum(not values(f) for f in facts.incidents)
        note = (f"{plural(none, 'incident')} {missing}. " if none else "") + "An incident counts once for each of its values."
        base = alt.Chart(alt.Data(values=rows), title=_title(facts, title, note), width=WIDTH - 180, height={"step": 22}).encode(
            y=alt.Y("value:N", title=None, sort=alt.SortField("order"), axis=alt.Axis(ticks=False, domain=False)),
            x=alt.X("incidents:Q", title="incidents", axis=alt.Axis(tickMinStep=1, format=",d")),
        )
        return base.mark_bar(color=SURE, height=14) + base.mark_text(align="left", dx=4, color=INK, fontSize=11).encode(
            text=alt.Text("incidents:Q", format=",d")
        )

    return make


def _region(fact: Fact) -> list[str]:
    if fact.where is None:
        return []
    return [", ".join(p for p in (fact.where.adm1, fact.where.country) if p) or fact.where.name]


def _munitions(fact: Fact) -> list[str]:
    return [*(label("weapon", w) for w in fact.weapons), *(f"effect: {label('effect', e)}" for e in fact.effects)]


def _overlap(facts: Facts, alt: Any) -> Any:
    top, pairs = counting.overlap(facts)
    rows: list[dict[str, Any]] = [{"first": a, "second": b, "incidents": pairs.get((a, b), pairs.get((b, a), 0))} for a in top for b in top]
    for row in rows:
        row["label"] = str(row["incidents"] or "")
    note = "Incidents that both tell of; the diagonal counts all incidents of one publisher. The largest publishers only."
    base = alt.Chart(
        alt.Data(values=rows), title=_title(facts, "How sources overlap", note), width={"step": 40}, height={"step": 30}
    ).encode(
        x=alt.X("first:N", title=None, sort=top, axis=alt.Axis(labelAngle=-40)),
        y=alt.Y("second:N", title=None, sort=top),
    )
    most = max((r["incidents"] for r in rows), default=0)
    cells = base.mark_rect().encode(color=alt.Color("incidents:Q", legend=None, scale=alt.Scale(range=["#f4f6fb", SURE])))
    return cells + base.mark_text(fontSize=11).encode(
        text="label:N", color=alt.condition(f"datum.incidents > {most / 2}", alt.value("#ffffff"), alt.value(INK))
    )


FIGURES: dict[str, Callable[[Facts, Any], Any]] = {
    "incidents-over-time": _over_time,
    "toll-over-time": _toll,
    "by-act": _by("Incidents by act", lambda f: [label("act", f.act)], "without an act"),
    "by-munition": _by("Incidents by munition", _munitions, "where no munition is stated"),
    "by-object": _by("Incidents by what was hit", lambda f: [label("object", k) for k in f.kinds], "where no object is stated"),
    "by-region": _by("Incidents by region", _region, "without a place"),
    "source-overlap": _overlap,
}
"""Every figure by name."""
