"""Each figure as a Vega-Lite chart. Every chart says in its subtitle what is counted, what is missing, and that it counts reports."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from witnessmark.errors import DataError, UsageError
from witnessmark.publish import counting
from witnessmark.publish.facts import Fact, Facts
from witnessmark.publish.paper.labels import LANGUAGES, Labels
from witnessmark.publish.wording import plural

FORMS = ("svg", "png")
SCALE = 2.0
"""Pixels of a PNG for each unit of the drawing."""

WIDTH, MOST = 640, 15
"""Width of a chart in units, and bars of a chart by kind; what is rarer is summed up as others."""

_LOCALES = {"en": "en-US", "uk": "uk-UA"}
"""Names of months."""

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


def draw(facts: Facts, name: str, *, form: str = "svg", language: str = "en") -> bytes:
    """The figure ``name`` (see :data:`FIGURES`) as ``svg`` or ``png``, its words in ``language`` (en or uk).

    Raises:
        UsageError: WM607 for an unknown figure, form or language.
        DataError: WM611 when altair or vl-convert is not installed.
    """
    if name not in FIGURES or form not in FORMS or language not in LANGUAGES:
        raise UsageError("WM607", f"{name}.{form} ({language}); figures: {', '.join(FIGURES)}")
    altair, convert = _libraries()
    spec = {**FIGURES[name](facts, altair, Labels(language)).to_dict(), "config": _CONFIG}
    months = {"time_format_locale": _LOCALES[language]}
    if form == "png":
        return bytes(convert.vegalite_to_png(spec, scale=SCALE, **months))
    return str(convert.vegalite_to_svg(spec, **months)).encode()


def _title(facts: Facts, t: Labels, words: str, note: str) -> dict[str, Any]:
    return {"text": words, "subtitle": [note, f"{t['figure_counts']}; {_summary(facts, t)}."]}


def _summary(facts: Facts, t: Labels) -> str:
    """The review label: in English the one that every format carries."""
    return facts.records.review_summary if t.language == "en" else t.review_summary(facts)


def _missing(t: Labels, noun: str, name: str, count: int) -> str:
    """How many incidents are left out: in English as a phrase, else the number after a colon, where no word has to agree with it."""
    return f"{plural(count, noun)} {t[name]}" if t.language == "en" else f"{t[name]}: {count}"


def _over_time(facts: Facts, alt: Any, t: Labels) -> Any:
    timeline = counting.bins(facts)
    unit, found = timeline.unit, timeline.bins
    kinds = [t[f"figure_within_{unit}"], t[f"figure_over_{unit}"]]
    rows = [
        {"start": b.start.isoformat(), "kind": kinds[rank], "rank": rank, "incidents": number}
        for b in found for rank, number in enumerate((b.within, b.perhaps))
    ]  # fmt: skip
    undated = sum(f.when is None for f in facts.incidents)
    left = f"; {_missing(t, 'undated incident', 'figure_not_shown', undated)}" if undated else ""
    note = f"{t[f'figure_by_{unit}']}{left}{_outside(timeline, t)}. {t['figure_light_bars']}"
    return (
        alt.Chart(alt.Data(values=rows), title=_title(facts, t, t["figure_over_time"], note), width=WIDTH, height=260)
        .mark_bar()
        .encode(
            x=_time(alt, unit),
            y=alt.Y("incidents:Q", title=t["incidents"].lower(), axis=alt.Axis(tickMinStep=1, format="d")),
            color=alt.Color("kind:N", title=None, scale=alt.Scale(domain=kinds, range=[SURE, PERHAPS])),
            order=alt.Order("rank:Q"),
        )
    )


def _outside(timeline: counting.Timeline, t: Labels) -> str:
    """How many incidents lie before and after the days that are drawn."""
    return "".join(f"; {t[name]}: {n}" for name, n in (("earlier", timeline.earlier), ("later", timeline.later)) if n)


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


def _toll(facts: Facts, alt: Any, t: Labels) -> Any:
    timeline = counting.bins(facts)
    unit, found = timeline.unit, timeline.bins
    kinds = [t["figure_least"], t["figure_greatest"]]
    rows = [
        {"start": b.start.isoformat(), "kind": kinds[rank], "rank": rank, "people": number}
        for b in found for rank, number in enumerate((b.low, b.high - b.low))
    ]  # fmt: skip
    missing = sum(b.unnumbered for b in found)
    note = f"{t[f'figure_sums_{unit}']}; {_missing(t, 'incident', 'figure_no_number', missing)}{_outside(timeline, t)}."
    return (
        alt.Chart(alt.Data(values=rows), title=_title(facts, t, t["figure_toll"], note), width=WIDTH, height=260)
        .mark_bar()
        .encode(
            x=_time(alt, unit),
            y=alt.Y("people:Q", title=t["figure_people"], axis=alt.Axis(tickMinStep=1, format=",d")),
            color=alt.Color("kind:N", title=None, scale=alt.Scale(domain=kinds, range=[SURE, PERHAPS])),
            order=alt.Order("rank:Q"),
        )
    )


def _by(kind: str, of: Callable[[Fact, Labels], list[str]]) -> Callable[[Facts, Any, Labels], Any]:
    def make(facts: Facts, alt: Any, t: Labels) -> Any:
        def values(fact: Fact) -> list[str]:
            return of(fact, t)

        found = counting.tally(facts, values)
        shown, rest = found[:MOST], found[MOST:]
        rows = [{"value": v, "incidents": n, "order": i} for i, (v, n) in enumerate(shown)]
        if rest:
            rows.append(
                {
                    "value": f"{len(rest)} {t['figure_others']}" if t.language == "en" else f"{t['figure_others']}: {len(rest)}",
                    "incidents": sum(n for _, n in rest),
                    "order": MOST,
                }
            )
        none = sum(not values(f) for f in facts.incidents)
        note = (f"{_missing(t, 'incident', f'figure_without_{kind}', none)}. " if none else "") + t["figure_once_each"]
        base = alt.Chart(
            alt.Data(values=rows), title=_title(facts, t, t[f"figure_{kind}"], note), width=WIDTH - 180, height={"step": 22}
        ).encode(
            y=alt.Y("value:N", title=None, sort=alt.SortField("order"), axis=alt.Axis(ticks=False, domain=False)),
            x=alt.X("incidents:Q", title=t["incidents"].lower(), axis=alt.Axis(tickMinStep=1, format=",d")),
        )
        return base.mark_bar(color=SURE, height=14) + base.mark_text(align="left", dx=4, color=INK, fontSize=11).encode(
            text=alt.Text("incidents:Q", format=",d")
        )

    return make


def _region(fact: Fact, t: Labels) -> list[str]:
    if fact.where is None:
        return []
    return [", ".join(p for p in (t.division(fact.where), fact.where.country) if p) or t.settlement(fact.where)]


def _munitions(fact: Fact, t: Labels) -> list[str]:
    return [*(t.term("weapon", w) for w in fact.weapons), *(f"{t['figure_effect']}: {t.term('effect', e)}" for e in fact.effects)]


def _overlap(facts: Facts, alt: Any, t: Labels) -> Any:
    top, pairs = counting.overlap(facts, name=t.outlet)
    rows: list[dict[str, Any]] = [{"first": a, "second": b, "incidents": pairs.get((a, b), pairs.get((b, a), 0))} for a in top for b in top]
    for row in rows:
        row["label"] = str(row["incidents"] or "")
    note = t["figure_overlap_note"]
    base = alt.Chart(
        alt.Data(values=rows), title=_title(facts, t, t["figure_overlap"], note), width={"step": 40}, height={"step": 30}
    ).encode(
        x=alt.X("first:N", title=None, sort=top, axis=alt.Axis(labelAngle=-40)),
        y=alt.Y("second:N", title=None, sort=top),
    )
    most = max((r["incidents"] for r in rows), default=0)
    cells = base.mark_rect().encode(color=alt.Color("incidents:Q", legend=None, scale=alt.Scale(range=["#f4f6fb", SURE])))
    return cells + base.mark_text(fontSize=11).encode(
        text="label:N", color=alt.condition(f"datum.incidents > {most / 2}", alt.value("#ffffff"), alt.value(INK))
    )


FIGURES: dict[str, Callable[[Facts, Any, Labels], Any]] = {
    "incidents-over-time": _over_time,
    "toll-over-time": _toll,
    "by-act": _by("act", lambda f, t: [t.term("act", f.act)]),
    "by-munition": _by("munition", _munitions),
    "by-object": _by("object", lambda f, t: [t.term("object", k) for k in f.kinds]),
    "by-region": _by("region", _region),
    "source-overlap": _overlap,
}
"""Every figure by name."""
