"""The printed report: both languages whole, no script, no foreign address, footnotes with hash and time; the PDF with the same words."""

from __future__ import annotations

import datetime as dt
import html
import io
import re
from dataclasses import replace

import pytest
from pypdf import PdfReader

from witnessmark.errors import DataError
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
