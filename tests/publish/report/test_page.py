import base64
import dataclasses
import hashlib
import itertools
import re
from collections.abc import Callable

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from witnessmark.model import Span
from witnessmark.publish import html_report as report
from witnessmark.publish.view import REVIEW_LABEL, CaseView

PAYLOADS = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    '" autofocus onfocus="alert(1)" x="',
    "javascript:alert(1)",
    "<a href=javascript:alert(1)>x</a>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<!--<img src='--><img src=x onerror=alert(1)//'>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "{{ 7 * 7 }}{% raw %}",
    "\u2028</p><base href=//x><meta http-equiv=refresh content=0>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u202e<b>turned</b>\u0000\x1b[31m",
]
ALLOWED = {
    "html", "head", "meta", "title", "style", "body", "a", "header", "div", "svg", "path", "rect", "circle", "g", "text", "tspan", "defs",
    "pattern", "fieldset", "legend", "label", "input", "p", "strong", "span", "h1", "h2", "h3", "em", "ul", "ol", "li", "b", "i", "dl", "dt",
    "dd", "code", "nav", "main", "section", "table", "caption", "thead", "tbody", "tr", "th", "td", "br", "small", "sup", "q", "mark",
    "figure", "figcaption", "details", "summary", "article", "blockquote", "footer",
}  # fmt: skip


def parse(html: str) -> LexborHTMLParser:
    return LexborHTMLParser(html)


def lozova(view: CaseView) -> LexborNode:
    """The row of the incident in Lozova."""
    return next(row for row in parse(report(view)).css("#incidents tbody tr") if "Lozova" in row.text())


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_becomes_markup(payload: str, hostile: Callable[[str], CaseView]) -> None:
    html = report(hostile(payload))
    tree = parse(html)
    plain = parse(report(hostile("plain words")))
    assert tree.css_first("script") is None
    for node in tree.css("*"):
        assert node.tag in ALLOWED, node.tag
        for name, value in node.attributes.items():
            assert not name.lower().startswith("on"), (node.tag, name)
            assert name.lower() not in {"src", "srcdoc", "style", "action", "formaction", "xlink:href"}, (node.tag, name)
            if name == "href":
                assert value is not None and value.startswith("#")
    ours, theirs = ([n.tag for n in t.css("*") if "ctl" not in (n.attributes.get("class") or "")] for t in (tree, plain))
    assert ours == theirs


def test_every_link_leads_somewhere_and_every_id_is_given_once(view: CaseView) -> None:
    tree = parse(report(view))
    ids = [n.attributes["id"] for n in tree.css("[id]")]
    assert len(ids) == len(set(ids))
    links = [n.attributes["href"] or "" for n in tree.css("[href]")]
    assert len(links) > 80
    assert {link[1:] for link in links} <= set(ids)
    assert all(link.startswith("#") for link in links)


def test_links_of_hostile_ids_lead_somewhere_too(hostile: Callable[[str], CaseView]) -> None:
    tree = parse(report(hostile("a b/c#d<e>")))
    ids = {n.attributes["id"] for n in tree.css("[id]")}
    assert {(n.attributes["href"] or "")[1:] for n in tree.css("[href]")} <= ids


def test_every_value_of_a_field_links_to_its_words(view: CaseView) -> None:
    html = report(view)
    tree = parse(html)
    text = next(d.text for d in view.documents if d.identifier == "doc-wire")
    cell = next(a for a in tree.css("#incidents a.v") if a.text() == "18")
    target = tree.css_first(cell.attributes["href"] or "")
    for sup in target.css("sup"):
        sup.decompose()
    assert target.text() == "18 wounded"
    assert target.text() in text


def test_the_policy_lets_nothing_in_but_our_style_sheet(view: CaseView) -> None:
    html = report(view)
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = parse(html).css_first("meta[http-equiv=Content-Security-Policy]").attributes["content"] or ""
    assert policy.startswith("default-src 'none'")
    assert f"style-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy


def test_nothing_points_outside_the_file(view: CaseView) -> None:
    html = report(view)
    assert not re.search(r"""(?:src|href|url)\s*[=(]\s*["']?(?!#)[a-z/]""", html.replace("xmlns", ""))
    assert "@import" not in html
    assert "http:" not in html
    assert "https:" not in html


def test_the_text_of_a_document_is_all_there(view: CaseView) -> None:
    tree = parse(report(view))
    for node in tree.css(".text sup, .text .l, .text summary"):
        node.decompose()
    for number, document in enumerate(view.documents, 1):
        shown = [" ".join(p.text().split()) for p in tree.css(f"#d{number} .text p")]
        assert shown == [" ".join(line.split()) for line in document.text.split("\n") if line.strip()]


def test_boilerplate_is_set_aside_with_its_reason(view: CaseView) -> None:
    tree = parse(report(view))
    aside = tree.css_first("#d2 details")
    assert "link list" in aside.css_first("summary").text()
    assert "Read also" in aside.text()


def test_the_four_states_look_different_on_the_page(view: CaseView) -> None:
    tree = parse(report(view))
    assert [n.text() for n in tree.css("#incidents td .zero")] == ["0", "0"]
    assert {n.text() for n in tree.css("#incidents .num .unknown")} == {"unknown"}
    assert {n.text() for n in tree.css("#incidents .not-stated")} == {"not stated"}
    assert {n.text() for n in tree.css("#claims .vague")} == {"“dozens”"}


def test_a_range_names_the_claim_of_each_bound(view: CaseView) -> None:
    killed = lozova(view).css("td")[5]
    assert [n.text() for n in killed.css("a.v")] == ["5", "7"]
    assert [n.text() for n in killed.css(".by")] == ["A", "C"]


def test_a_denial_is_not_an_accusation(view: CaseView) -> None:
    assert "denied by The army of the other side" in lozova(view).css("td")[7].text()


def test_totals_ledger_and_label_are_on_top(view: CaseView) -> None:
    head = parse(report(view)).css_first("header.top").text()
    assert "4 = 2 read + 1 partial + 1 empty + 0 blocked + 0 failed" in head
    assert view.ledger.root in head
    assert REVIEW_LABEL in head
    for words in ("16 statements", "3 incidents", "2 contradictions", "2 series"):
        assert words in head


def test_the_page_can_be_used_without_sight_or_mouse(view: CaseView) -> None:
    tree = parse(report(view))
    for landmark in ("header", "nav", "main", "footer"):
        assert tree.css_first(landmark) is not None
    assert tree.css_first("html").attributes["lang"] == "en"
    assert len(tree.css("h1")) == 1
    for table in tree.css("table"):
        assert table.css_first("thead") is not None
        assert all(th.attributes.get("scope") in {"col", "row"} for th in table.css("th"))
    for quote in tree.css("blockquote q, .words q"):
        assert quote.attributes.get("lang")
        assert quote.attributes.get("dir") == "auto"
    assert {n.attributes["lang"] for n in tree.css(".text")} == {"en", "uk"}
    for svg in tree.css("svg"):
        assert svg.attributes.get("aria-hidden") == "true" or svg.attributes.get("aria-label")
    levels = [int(n.tag[1]) for n in tree.css("h1, h2, h3")]
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))


def test_the_same_view_gives_the_same_page(view: CaseView) -> None:
    assert report(view) == report(dataclasses.replace(view))


def many(view: CaseView, number: int) -> CaseView:
    """``number`` documents of one incident each, with a text as long as an article."""
    document = dataclasses.replace(view.documents[1], parts=view.documents[1].parts[:2])
    filler = "\n" + "Nothing else is known about the night, and the town waited for the morning. " * 40
    claim = view.claim_by_id["claim-wire-1"]
    incident = view.incidents[0]
    killed = dataclasses.replace(incident.killed, low=None, high=None, latest=None)
    return dataclasses.replace(
        view,
        documents=tuple(dataclasses.replace(document, identifier=f"d{n}", text=document.text + filler) for n in range(number)),
        statements={f"d{n}": view.statements["doc-wire"] for n in range(number)},
        claims=tuple(dataclasses.replace(claim, identifier=f"c{n}", document=f"d{n}") for n in range(number)),
        incidents=tuple(
            dataclasses.replace(incident, identifier=f"i{n}", claims=(f"c{n}",), killed=killed, injured=killed, sources=(), reasons=())
            for n in range(number)
        ),
        series=(),
        contradictions=(),
    )


@pytest.mark.slow
def test_a_thousand_incidents_fit_into_five_megabytes_and_say_what_was_left_out(view: CaseView) -> None:
    html = report(many(view, 1000))
    assert len(html.encode()) <= 5_000_000
    tree = parse(html)
    assert len(tree.css(".skipped")) == 1000
    ids = [n.attributes["id"] for n in tree.css("[id]")]
    assert len(ids) == len(set(ids))
    assert {(n.attributes["href"] or "")[1:] for n in tree.css("[href]")} <= set(ids)


def test_an_empty_case_says_what_to_do_next() -> None:
    text = parse(report(CaseView())).css_first("main").text()
    assert "No document could be read" in text
    assert "No contradiction was found" in text


def test_direction_marks_of_a_text_cannot_turn_the_page(view: CaseView) -> None:
    first = view.documents[0]
    turned = dataclasses.replace(
        first, text=first.text + "\u202egnihton\u202c", parts=(first.parts[0], dataclasses.replace(first.parts[1]))
    )
    html = report(dataclasses.replace(view, documents=(turned, *view.documents[1:])))
    assert "\u202e" not in html
    assert "U+202E" in html


def test_a_claim_that_was_not_merged_still_has_a_target(view: CaseView) -> None:
    alone = dataclasses.replace(view, incidents=view.incidents[:2])
    tree = parse(report(alone))
    ids = {n.attributes["id"] for n in tree.css("[id]")}
    assert {(n.attributes["href"] or "")[1:] for n in tree.css("[href]")} <= ids


def test_a_mark_across_lines_has_one_target(view: CaseView) -> None:
    text = view.documents[0].text
    across = Span(text.index("kills seven"), text.index("A missile hit") + 5)
    claim = dataclasses.replace(view.claims[0], evidence=(across,))
    tree = parse(report(dataclasses.replace(view, claims=(claim, *view.claims[1:]))))
    ids = [n.attributes["id"] for n in tree.css("[id]")]
    assert len(ids) == len(set(ids))
