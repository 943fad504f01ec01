"""Hostile text in every field: nothing becomes markup, a formula or a broken file, even where a restricted policy lets the words through."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable
from xml.etree import ElementTree

import pytest

from witnessmark.publish import paper, site
from witnessmark.publish.facts import facts_of
from witnessmark.publish.formats import kml, workbook
from witnessmark.publish.redaction import parse_policy, redact
from witnessmark.publish.schemes import SCHEMES, encode
from witnessmark.publish.table_csv import GUARDED
from witnessmark.publish.view import CaseView

LAX = 'audience = "restricted"\n[names]\nprivate = "keep"\n[contacts]\nwithhold = false\n[places]\nfinest = "as_placed"\nsensitive = []\n[links]\nsources = "full"\n'
PAYLOADS = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</script><svg/onload=alert(1)>", "=HYPERLINK(1)", "{{7*7}}", "a\u202eb\u2028c", "]]>&<!--",
    "\ud800lone", "nul\x00tab\tline\rend",
)  # fmt: skip


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_nothing_becomes_markup_or_breaks_a_file(payload: str, hostile: Callable[[str], CaseView]) -> None:
    facts = facts_of(redact(hostile(payload), parse_policy(LAX, "p"), as_of=dt.date(2030, 1, 1)))
    pages = [paper.html(facts, language=language) for language in paper.LANGUAGES]
    made = {name: data.decode() for name, data in site.files(facts)}
    pages += [text for name, text in made.items() if name.endswith(".html")]
    for page in pages:
        assert not any(tag in page for tag in ("<script>alert", "<img", "<svg/", "onload=alert(1)>"))
    assert "<" not in made["site/data.js"]
    ElementTree.fromstring(kml.encode(facts))
    workbook.encode(facts)
    for scheme in SCHEMES:
        text = encode(scheme, facts)[0].decode()
        if scheme.form == "csv":
            kinds = {f.name: f.kind for f in scheme.fields}
            for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")):
                assert all(not v or v[0] not in GUARDED - {"'"} for n, v in row.items() if kinds[n] == "text"), scheme.name
        else:
            assert [json.loads(line) for line in (text.rstrip("\n").split("\n") if scheme.form == "jsonl" else [text])] != None
