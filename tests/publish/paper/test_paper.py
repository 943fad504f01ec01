"""The printed report: both languages whole, no script, no foreign address, footnotes with hash and time; the PDF with the same words."""

from __future__ import annotations

import datetime as dt
import html
import io
import re
from dataclasses import replace
from importlib import resources
from pathlib import Path

import pytest
from markupsafe import Markup
from pypdf import PdfReader

from witnessmark.errors import DataError
from witnessmark.model import Quantity
from witnessmark.publish import paper
from witnessmark.publish.facts import Facts, facts_of
from witnessmark.publish.paper import labels, page
from witnessmark.publish.redaction import load_policy, redact
from witnessmark.publish.view import CaseView


@pytest.fixture
def facts(view: CaseView) -> Facts:
    """The hand-made case, redacted, each original captured at noon."""
    taken = {d.capture: dt.datetime(2024, 4, 1, 12, tzinfo=dt.UTC) for d in view.documents}
    return facts_of(redact(replace(view, captured=taken), load_policy(), as_of=dt.date(2026, 1, 1)))


def test_every_text_has_both_languages_and_no_label_is_left_over() -> None:
    table = labels._table()
    assert all(set(entry) == set(labels.LANGUAGES) and all(entry.values()) for entry in table.values())
    cyrillic = [name for name, entry in table.items() if not re.search("[а-яіїєґ№]", entry["uk"].lower())]
    assert cyrillic == []


@pytest.mark.parametrize("language", paper.LANGUAGES)
def test_the_page_is_whole_and_asks_nobody(facts: Facts, language: str) -> None:
    made = paper.html(facts, language=language)
    assert made == paper.html(facts, language=language)
    assert "<script" not in made and not re.search(r"(?:src|href)=[\"'](?!#|https://news)", made)
    assert "default-src 'none'" in html.unescape(made) and f'lang="{language}"' in made
    for fact in facts.incidents:
        assert fact.identifier in made
    ids = re.findall(r' id="([^"]+)"', made)
    assert len(ids) == len(set(ids)) and set(re.findall(r'href="#([^"]+)"', made)) <= set(ids)


def test_footnotes_have_hash_and_time(facts: Facts) -> None:
    made = paper.html(facts)
    for source in facts.sources:
        if source.capture:
            assert source.capture in made
    assert made.count("2024-04-01 12:00 UTC") == sum(s.captured is not None for s in facts.sources)


def test_words_of_states_differ(facts: Facts) -> None:
    for language in labels.LANGUAGES:
        t = labels.Labels(language)
        fact = facts.incidents[0].killed
        shown = [
            t.figure(replace(fact, state=s, low=n, high=n, words=w))
            for s, n, w in (("zero", 0, ()), ("unknown", None, ()), ("vague", None, ("dozens",)), ("not_stated", None, ()))
        ]
        assert len(set(shown)) == 4


def test_a_long_case_is_cut_and_says_so(facts: Facts) -> None:
    made = paper.html(facts, most=1)
    assert f"The report shows the first 1 of {len(facts.incidents)}" in made


@pytest.mark.slow
@pytest.mark.parametrize("language", paper.LANGUAGES)
def test_the_pdf_has_the_words_and_is_tagged(facts: Facts, language: str) -> None:
    made = paper.pdf(facts, language=language)
    reader = PdfReader(io.BytesIO(made))
    text = "".join(p.extract_text() for p in reader.pages)
    assert labels.Labels(language)["limits"] in text and facts.incidents[0].identifier in text
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]


def test_missing_libraries_are_coded(facts: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    import builtins

    real = builtins.__import__

    def refuse(error: type[Exception]) -> object:
        def load(name: str, *rest: object, **more: object) -> object:
            if name == "weasyprint":
                raise error("gone")
            return real(name, *rest, **more)  # type: ignore[arg-type]

        return load

    for error, code in ((ImportError, "WM611"), (OSError, "WM612")):
        monkeypatch.setattr(builtins, "__import__", refuse(error))
        with pytest.raises(DataError, match=code):
            page.pdf(facts)


def test_everything_that_is_taken_out_is_named_in_both_languages() -> None:
    folder = Path(str(resources.files("witnessmark.publish.redaction")))
    sources = "".join(p.read_text(encoding="utf-8") for p in folder.glob("*.py"))
    kinds = {*re.findall(r'withheld\["([^"]+)"\]', sources), *re.findall(r'yield Change\([^\n]*\), "([^"]+)"', sources)}
    assert {"names", "ages", "contacts", "small parts of tolls"} <= kinds
    for language in labels.LANGUAGES:
        assert all(labels.Labels(language).withheld(kind) for kind in kinds)


def test_words_in_quotation_marks_are_escaped_once() -> None:
    quoted = labels.Labels("uk").quoted
    assert quoted(Markup("the town&#39;s")) == Markup("«the town&#39;s»") and isinstance(quoted(Markup("a")), Markup)
    assert not isinstance(quoted("<b>"), Markup)


@pytest.mark.parametrize(
    ("value", "english", "ukrainian"),
    [
        (Quantity(3, None, "ge", "at least 3"), "at least 3", "щонайменше 3"),
        (Quantity(None, 3, "le", "up to 3"), "up to 3", "до 3"),
        (Quantity(3, 3, "approx", "some 3"), "about 3", "близько 3"),
        (Quantity(2, 4, "range", "2 to 4"), "2–4", "2–4"),
        (Quantity(None, None, "eq", "dozens"), "“dozens”", "«dozens»"),
        (Quantity(None, None, "eq", "an unknown number", unknown=True), labels.Labels("en")["unknown"], labels.Labels("uk")["unknown"]),
    ],
)
def test_counts_are_said_in_both_languages(value: Quantity, english: str, ukrainian: str) -> None:
    assert (labels.Labels("en").quantity(value), labels.Labels("uk").quantity(value)) == (english, ukrainian)
