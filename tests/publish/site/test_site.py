"""The static site: every link leads somewhere inside it, nothing is asked of another host, no text becomes markup."""

from __future__ import annotations

import datetime as dt
import json
import posixpath
import re

import pytest

from witnessmark.publish.facts import Facts, facts_of
from witnessmark.publish.redaction import load_policy, redact
from witnessmark.publish.site import files, pages
from witnessmark.publish.view import CaseView


@pytest.fixture
def facts(view: CaseView) -> Facts:
    """The hand-made case, redacted."""
    return facts_of(redact(view, load_policy(), as_of=dt.date(2026, 1, 1)))


def test_every_link_leads_to_a_file(facts: Facts) -> None:
    made = dict(files(facts))
    others = {"README.md", "report/report.en.html", "report/report.uk.html"}
    for name, data in made.items():
        if name.endswith(".html"):
            for target in re.findall(r'(?:href|src)="([^"#]+)"', data.decode()):
                if not target.startswith("https://"):
                    path = posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
                    assert path in made or path in others, (name, target)


def test_there_is_a_page_for_each_incident_and_a_list_without_script(facts: Facts) -> None:
    made = dict(files(facts))
    assert {f"site/incidents/{f.identifier}.html" for f in facts.incidents} <= set(made)
    listed = made["site/list/1.html"].decode()
    assert all(f.identifier in listed for f in facts.incidents) and "<script" not in listed


def test_no_page_can_load_from_another_host(facts: Facts) -> None:
    for name, data in files(facts):
        text = data.decode()
        if name.endswith(".html"):
            assert "default-src 'none'" in text and "onclick" not in text
        if name.endswith((".js", ".css")):
            assert "http://" not in text and "https://" not in text and "innerHTML" not in text


def test_the_data_cannot_end_a_script(facts: Facts) -> None:
    data = dict(files(facts))["site/data.js"].decode()
    assert "<" not in data
    columns = json.loads(data.removeprefix("window.WITNESSMARK=").rstrip(";\n"))
    assert len(columns["id"]) == len(columns["lat"]) == len(facts.incidents)


def test_long_lists_have_several_pages(facts: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "PER_PAGE", 1)
    made = dict(files(facts))
    assert {f"site/list/{n}.html" for n in range(1, len(facts.incidents) + 1)} <= set(made)
    assert 'href="2.html"' in made["site/list/1.html"].decode()
