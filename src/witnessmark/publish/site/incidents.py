"""The pages of the incidents. They are many and all alike: put together from strings, which is thirty times as fast as a template."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import escape

from witnessmark.publish.facts import A_PAGE, ONE_EACH, Fact, Facts, Source
from witnessmark.publish.paper.labels import LANGUAGES, Labels
from witnessmark.publish.paper.weighing import Branch, Weighed, weighed
from witnessmark.publish.report.marks import visible

_SECURITY = "default-src 'none'; style-src 'self' file:; base-uri 'none'; form-action 'none'"
_NAMES = {"en": "English", "uk": "Українська"}


def incident_pages(facts: Facts) -> Iterator[tuple[str, bytes]]:
    """Every page as (path, bytes), one file for each language."""
    size = 1 if len(facts.incidents) <= ONE_EACH else A_PAGE
    groups = [facts.incidents[i : i + size] for i in range(0, len(facts.incidents), size)]
    files = {t: [_file(facts, g, suffix_of(t)) for g in groups] for t in LANGUAGES}
    for language in LANGUAGES:
        t = Labels(language)
        for n, group in enumerate(groups):
            beside = {sign: files[language][m] for sign, m in (("previous", n - 1), ("next", n + 1)) if 0 <= m < len(groups)}
            others = {other: files[other][n] for other in LANGUAGES if other != language}
            yield f"site/incidents/{files[language][n]}", _page(group, facts, t, beside, others).encode("utf-8", "replace")


def suffix_of(language: str) -> str:
    """What the names of the files of ``language`` have before ``.html``."""
    return "" if language == "en" else f".{language}"


def _file(facts: Facts, group: Sequence[Fact], suffix: str) -> str:
    return facts.page(group[0], suffix=suffix).removeprefix("incidents/").partition("#")[0]


def _page(group: Sequence[Fact], facts: Facts, t: Labels, beside: dict[str, str], others: dict[str, str]) -> str:
    title = _title(group[0], t) if len(group) == 1 else f"{t['incidents']}: {t.date(group[0].when)} – {t.date(group[-1].when)}"
    links = "".join(
        f'<a href="{name}" rel="{"prev" if sign == "previous" else "next"}">{escape(t[sign])}</a>' for sign, name in beside.items()
    )
    links += "".join(f'<a href="{name}" lang="{other}">{_NAMES[other]}</a>' for other, name in others.items())
    head = "" if len(group) == 1 else f"<h1>{escape(title)}</h1>"
    cited = sorted({n for f in group for n in f.sources} | {n for f in group for n in _beyond(f, facts)})
    notes = "".join(f'<li id="s{n}" value="{n}">{_source(facts.source(n), t)}</li>' for n in cited)
    return (
        f'<!DOCTYPE html><html lang="{t.language}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{_SECURITY}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="referrer" content="no-referrer">'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="../style.css"></head><body class="one">'
        f'<nav aria-label="{escape(t["contents"])}"><a href="../index{suffix_of(t.language)}.html">{escape(t["back"])}</a>{links}</nav><main>{head}'
        + "".join(_section(f, facts, t, level=1 if len(group) == 1 else 2) for f in group)
        + f'<h2 id="sources">{escape(t["sources"])}</h2><ol class="notes">{notes}</ol></main></body></html>\n'
    )


def _title(fact: Fact, t: Labels) -> str:
    act = t.term("act", fact.act)
    return f"{act[:1].upper()}{act[1:]}, {t.place(fact)}"


def _beyond(fact: Fact, facts: Facts) -> Iterator[int]:
    """Sources that only a contradiction names."""
    for name in fact.contradictions:
        for document in facts.clashes[name].documents:
            yield facts.numbers[document]


def _section(fact: Fact, facts: Facts, t: Labels, *, level: int) -> str:
    rows = [
        (t["date"], t.date(fact.when)), (t["killed"], t.figure(fact.killed)), (t["injured"], t.figure(fact.injured)), (t["parts"], t.parts(fact)),
        (t["munition"], t.munitions(fact)), (t["object"], t.terms("object", fact.kinds)),
        (t["party"], "; ".join(f"{t.party(p.name)} ({t.term('modality', p.modality)})" for p in fact.parties)),
        (t["aftermath"], t.terms("aftermath", fact.aftermath)), (t["former"], ", ".join(fact.former)), (t["proposed"], t.proposed(fact)),
    ]  # fmt: skip
    values = "".join(f"<dt>{escape(a)}</dt><dd>{visible(b)}</dd>" for a, b in rows if b)
    tag = "tag done" if fact.review.reviewed else "tag"
    below = f"h{level + 1}"
    return (
        f'<section id="{escape(fact.identifier)}"><h{level}>{visible(_title(fact, t))}</h{level}>'
        f'<p><span class="{tag}">{escape(t.review(fact))}</span> <code>{escape(fact.identifier)}</code></p><dl>{values}</dl>'
        f"{_words(fact, facts, t, below)}{_clashes(fact, facts, t, below)}{_weighing(weighed(fact, facts, t), t, below)}</section>"
    )


def _ref(number: int) -> str:
    return f'<sup><a href="#s{number}">[{number}]</a></sup>'


def _words(fact: Fact, facts: Facts, t: Labels, tag: str) -> str:
    quotes = "".join(
        f'<blockquote lang="{facts.source(e.source).language}"><bdi>{visible(e.quote)}</bdi> <span class="missing" lang="{t.language}">'
        f"({escape(t.term('modality', e.modality))})</span>{_ref(e.source)}</blockquote>"
        for e in fact.evidence
    )
    return f"<{tag}>{escape(t['words'])}</{tag}>{quotes}" if quotes else ""


def _clashes(fact: Fact, facts: Facts, t: Labels, tag: str) -> str:
    parts = []
    for item in map(facts.clashes.__getitem__, fact.contradictions):
        sides = "".join(
            f'<blockquote lang="{facts.source(facts.numbers[d]).language}"><bdi>{visible(q)}</bdi>{_ref(facts.numbers[d])}</blockquote>'
            for d, q in zip(item.documents, item.quotes, strict=True)
        )
        parts.append(f'<p class="missing">{escape(t.term("contradiction_field", item.field))}</p><div class="clash">{sides}</div>')
    return f"<{tag}>{escape(t['contradictions'])}</{tag}>{''.join(parts)}" if parts else ""


def _weighing(found: Weighed, t: Labels, tag: str) -> str:
    reasons = "".join(f"<li>{escape(r)}</li>" for r in found.reasons)
    tree = "".join(_branch(b, t) for b in found.branches)
    bounds = "".join(
        f"<dt>{escape(harm)}</dt><dd>" + "; ".join(f"{escape(g.end)} {g.value}{_ref(g.source)}" for g in given) + "</dd>"
        for harm, given in found.bounds
    )
    days = "".join(
        f"<dt>{escape(harm)}</dt><dd>"
        + "; ".join(f"{escape(t['until'])} {t.day(d.day)}: {_range(d.low, d.high)}" for d in several)
        + "</dd>"
        for harm, several in found.days
    )
    return (
        f'<{tag}>{escape(t["weighing"])}</{tag}><p>{escape(t["grade"])}: <b>{escape(found.grade)}</b></p><ul class="why">{reasons}</ul>'
        f'<p class="missing">{escape(t["behind"])}</p><ul class="tree">{tree}</ul>'
        + (f'<p class="missing">{escape(t["bounds"])}</p><dl>{bounds}</dl>' if bounds else "")
        + (f'<p class="missing">{escape(t["toll_days"])}</p><dl>{days}</dl>' if days else "")
    )


def _branch(item: Branch, t: Labels) -> str:
    name = t.quoted(visible(item.name)) if item.quoted else visible(item.name)
    note = "" if item.counts else f' <span class="missing">({escape(t["not_corroborating"])})</span>'
    tellings = "".join(f"<li>{visible(words)}{_ref(number)}</li>" for number, words in item.tellings)
    return f"<li><bdi>{name}</bdi>{note}<ul>{tellings}</ul></li>"


def _range(low: int | None, high: int | None) -> str:
    ends = [str(n) for n in (low, high) if n is not None]
    return ends[0] if len(set(ends)) == 1 else "–".join(ends)


def _source(item: Source, t: Labels) -> str:
    title = f'<bdi lang="{item.language}">{visible(item.title)}</bdi>. ' if item.title else ""
    parts = [
        str(visible(item.publisher or t["not_named"])),
        f"{escape(t['published'])} {t.day(item.published)}" if item.published else "",
        f'<a href="{escape(item.link)}" rel="noreferrer noopener">{escape(item.link)}</a>' if item.link else "",
        f"SHA-256 <code>{item.capture}</code>" if item.capture else "",
        f"{escape(t['captured'])} {item.captured:%Y-%m-%d %H:%M} UTC" if item.captured else "",
    ]  # fmt: skip
    return title + ", ".join(p for p in parts if p)
