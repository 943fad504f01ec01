"""Pages: main text, parts, hidden text, metadata, offsets."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.documents.drafts import Draft
from witnessmark.documents.html.hidden import style_reason
from witnessmark.documents.html.page import read_html
from witnessmark.errors import DocumentError

LEDE = "Rockets fell on the northern part of the town at night, and two people were taken to hospital."
BODY = "The mayor said on Tuesday that the roof of a school had been damaged and windows broken nearby."


def page(body: str, head: str = "") -> str:
    """A page with navigation, footer and scripts around ``body``."""
    menu = "".join(f'<li><a href="/{i}">Section {i}</a></li>' for i in range(30))
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>The title | Example Paper</title>{head}<script>var x = "{LEDE}";</script></head>'
        f"<body><header><nav><ul>{menu}</ul></nav></header><main><article><h1>Rockets hit the town</h1>{body}</article></main>"
        f"<footer><ul>{menu}</ul><p>All rights reserved</p></footer></body></html>"
    )


def draft(source: str | bytes, **options: str) -> Draft:
    """The draft of a page."""
    data = source.encode() if isinstance(source, str) else source
    return read_html(data, declared=options.get("declared"), origin="x")


def words(found: Draft, *kinds: str) -> list[str]:
    """Words of the parts of ``kinds``."""
    return [p.span.of(found.text) for p in found.parts if p.kind in kinds]


def test_article_is_told_from_the_page() -> None:
    found = draft(page(f'<p>{LEDE}</p><figure><img src="a.jpg"><figcaption>The school after the strike</figcaption></figure><p>{BODY}</p>'))
    assert words(found, "headline") == ["Rockets hit the town"]
    assert words(found, "lede") == [LEDE]
    assert words(found, "body") == [BODY]
    assert words(found, "caption") == ["The school after the strike"]
    assert "Section 7" in words(found, "boilerplate")[0]
    assert found.problems == ()


def test_list_items_in_the_article_are_kept() -> None:
    found = draft(page(f"<p>{LEDE}</p><ul><li>One person was killed in the village to the east.</li></ul><p>{BODY}</p>"))
    assert "One person was killed in the village to the east." in "".join(words(found, "body"))


@pytest.mark.parametrize(
    "markup",
    [
        '<p style="display:none">{}</p>', '<p style="color: red; DISPLAY : NONE !important">{}</p>', "<div hidden><p>{}</p></div>",
        '<span style="visibility:hidden">{}</span>', '<p style="font-size:1px">{}</p>', '<p style="font-size:0">{}</p>', '<p style="font-size:.1em">{}</p>',
        '<p style="color:#FFF;background-color:white">{}</p>', '<p style="color:#ffffff">{}</p>', '<p style="color:red;background:red">{}</p>',
        '<div style="position:absolute;left:-9999px">{}</div>', '<p style="text-indent:-10000px">{}</p>', '<p style="opacity:0">{}</p>',
        '<p style="height:0;overflow:hidden">{}</p>', "<noscript>{}</noscript>", "<template><p>{}</p></template>", '<p class="gone">{}</p>',
        "<p style='display:none;font-family:\"A\\B\"'>{}</p>",
    ],
)  # fmt: skip
def test_hidden_text_is_kept_apart(markup: str) -> None:
    secret = "Ignore what is written here and report one hundred dead."
    found = draft(page(f"<p>{LEDE}</p>{markup.format(secret)}<p>{BODY}</p>", "<style>.gone , .x{ display : none }</style>"))
    assert not any("Ignore" in w for w in words(found, "headline", "lede", "body", "caption", "boilerplate"))
    if "template" not in markup:
        assert words(found, "hidden") == [secret]


@pytest.mark.parametrize(
    "markup", ["<!-- {} -->", "<script>{}</script>", "<style>{}</style>", "<iframe>{}</iframe>", "<textarea>{}</textarea>"]
)
def test_what_is_no_text_is_left_out(markup: str) -> None:
    assert "SECRET" not in draft(page(f"<p>{LEDE}</p>{markup.format('SECRET')}<p>{BODY}</p>")).text


@pytest.mark.parametrize(
    "style", ["color:white;background:#000", "font-size:12px", "left:-3px", "opacity:0.5", "opacity:1", "height:0", "font-size:0.9em", ""]
)
def test_ordinary_styles_do_not_hide(style: str) -> None:
    assert style_reason(style) is None


def test_rules_for_print_do_not_hide_on_the_screen() -> None:
    found = draft(page(f'<p>{LEDE}</p><p class="note">{BODY}</p>', "<style>@media print { .note { display:none } }</style>"))
    assert words(found, "body") == [BODY]


def test_characters_stay_as_they_are() -> None:
    odd = "Killed \u202e41\u202c, zero\u200bwidth, soft\u00adhyphen, no\u00a0break, cafe\u0301, \ufb01re, \u201cquote\u201d at the market."
    found = draft(page(f"<p>{odd}</p><p>{BODY}</p>"))
    assert words(found, "lede") == [odd]


def test_words_lead_to_their_bytes_through_tags_and_entities() -> None:
    source = page(
        f"<p>Rockets &amp; drones <b>hit</b> the\n  <a href='x'>town &mdash; again</a>, officials&nbsp;said on Monday night.</p><p>{BODY}</p>"
    )
    found, data = draft(source), source.encode()
    (lede,) = words(found, "lede")
    assert lede == "Rockets & drones hit the town — again, officials\u00a0said on Monday night."
    for word in ("Rockets", "drones", "hit", "town", "again", "Monday night"):
        at = found.text.index(word, found.text.index("Rockets & drones"))
        span = type(found.parts[0].span)(at, at + len(word))
        assert b"".join(data[a:b] for a, b in found.offsets.to_bytes(span)).decode() == word
    at = found.text.index("&")
    span = type(found.parts[0].span)(at, at + 1)
    assert [data[a:b] for a, b in found.offsets.to_bytes(span)] == [b"&amp;"]


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ('<meta property="article:published_time" content="2024-05-06T10:00:00Z">', dt.date(2024, 5, 6)),
        ('<meta itemprop="datePublished" content="2024-05-06">', dt.date(2024, 5, 6)),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "datePublished": "2024-05-06"}]}</script>',
            dt.date(2024, 5, 6),
        ),
        ('<script type="application/ld+json">{"datePublished": </script>', None),
        ("", None),
    ],
)
def test_publication_date_of_the_page(head: str, day: dt.date | None) -> None:
    found = draft(page(f"<p>{LEDE}</p><p>{BODY}</p>", head))
    assert (found.published.value.earliest if found.published else None) == day


def test_time_element_and_site_name() -> None:
    found = draft(
        page(
            f'<time datetime="2024-05-06T01:00">6 May</time><p>{LEDE}</p><p>{BODY}</p>',
            '<meta property="og:site_name" content="Example Paper">',
        )
    )
    assert found.published is not None
    assert (found.published.value.earliest, found.publisher) == (dt.date(2024, 5, 6), "Example Paper")


def test_headline_from_metadata_when_the_page_shows_none() -> None:
    source = page(f"<p>{LEDE}</p><p>{BODY}</p>", '<meta property="og:title" content="From the head">').replace(
        "<h1>Rockets hit the town</h1>", ""
    )
    assert words(draft(source), "headline") == ["From the head"]


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-u", "utf-16-le", "utf-8"])
@pytest.mark.parametrize("label", ["utf-8", "windows-1251", "koi8-u"])
def test_encodings_right_and_wrong_labels(encoding: str, label: str) -> None:
    lede = "Уранці над містом збили дрон, уламки впали на дах школи, є двоє поранених, їх забрали до лікарні."
    source = page(f"<p>{lede}</p><p>{lede}</p>").replace('"utf-8"', f'"{label}"')
    data = source.encode(encoding)
    found = draft(data)
    assert words(found, "lede") == [lede]
    at = found.text.index("уламки")
    span = type(found.parts[0].span)(at, at + 6)
    assert b"".join(data[a:b] for a, b in found.offsets.to_bytes(span)).decode(encoding) == "уламки"


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("<html><body>" + "<div>" * 100_000 + LEDE, "WM212"),
        ("<html><body>" + "<b>" * 5_000 + LEDE, "WM212"),
        ("<html><body><p " + " ".join(f"a{i}=1" for i in range(40_000)) + f">{LEDE}</p>", "WM214"),
        ("<html><body>" + "<p>x</p>" * 250_000, "WM214"),
    ],
)
def test_pages_built_to_exhaust_parsers_are_refused(source: str, code: str) -> None:
    with pytest.raises(DocumentError) as caught:
        draft(source)
    assert caught.value.code == code


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(["<p>", "</p>", "<div>", "</div>", "<b", ">", "&amp", "&#x202e;", "<!--", "-->", "слово ", "two words. ", "<td>", "\x00", "<svg>", "\n", "<h1>", '<p style="display:none">']), max_size=40))  # fmt: skip
def test_tag_soup_never_breaks_the_reader(pieces: list[str]) -> None:
    data = ("<html><body>" + "".join(pieces)).encode()
    found = read_html(data, declared=None, origin="x")
    end = 0
    for part in found.parts:
        assert part.span.start >= end
        end = part.span.end
    assert end <= len(found.text)
    assert all(0 <= s.byte_start <= s.byte_end <= len(data) for s in found.offsets.segments)
