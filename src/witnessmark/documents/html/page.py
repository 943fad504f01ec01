"""A page's bytes become a draft."""

from __future__ import annotations

import re
from typing import Any

from witnessmark.documents.agreement import ENOUGH, agreement
from witnessmark.documents.drafts import Draft
from witnessmark.documents.encodings import Decoded, decode
from witnessmark.documents.html.align import SourceMap
from witnessmark.documents.html.guard import check_markup
from witnessmark.documents.html.hidden import MAY_NEST, TEXT_ONLY, HiddenText, find_hidden
from witnessmark.documents.html.mainlines import PageLines, lines_of, sort_lines
from witnessmark.documents.html.metadata import page_facts
from witnessmark.documents.outcomes import coded
from witnessmark.documents.plain import LONGEST_TEXT, decoding_problems
from witnessmark.documents.published import parse_day, stated_day
from witnessmark.documents.textbuilder import TextBuilder
from witnessmark.model import Part, Problem, Span

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
_MOST_FURNITURE = 40_000
"""Code points of page furniture that are kept in the text, marked as such and led back to the page as a whole."""
_CONTROL = bytes(0x20 if c < 0x20 and c not in b"\t\n\f\r" else c for c in range(256))


def read_html(data: bytes, *, declared: str | None, origin: str) -> Draft:
    """The draft of a page: headline, article and captions first, then page furniture, then hidden text, each marked.

    Lexbor (through resiliparse) reads the page; libxml2 is the second opinion on its visible text. Offsets are exact to the code point
    wherever the source says the words letter by letter; an entity or a run of white space maps as one piece.

    Raises:
        DocumentError: WM212 or WM214 when the markup is built to exhaust parsers.
    """
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    decoded = decode(data, declared=declared or _declared_inside(data))
    page = decoded.text
    check_markup(page, origin=origin)
    tree = HTMLTree.parse(page)
    body = tree.body
    if body is None:
        return _draft(TextBuilder(), [], decoded, (), origin)
    facts = page_facts(tree.document)
    hidden, styles = _take_unseen(tree)
    problems = _second_opinion(page, body, origin)
    unseen, selectors = find_hidden(body, styles)
    # Told to give no alternative texts, the extractor drops the captions of figures too; passing over the pictures alone does not.
    options: dict[str, Any] = {"list_bullets": False, "skip_elements": ["img", *selectors]}
    main = lines_of(extract_plain_text(tree, main_content=True, **options))
    visible = lines_of(extract_plain_text(tree, main_content=False, **options))
    builder, parts = _compose(sort_lines(main, visible, facts), hidden + unseen, SourceMap(page, decoded, len(data)))
    draft = _draft(builder, parts, decoded, problems, origin)
    day = parse_day(facts.published) if facts.published else None
    return draft.with_facts(publisher=facts.site, published=stated_day(day, "published.metadata") if day else None)


def _declared_inside(data: bytes) -> str | None:
    """The character set that the page names itself."""
    match = _META_CHARSET.search(data[:4096]) or _XML_ENCODING.match(data[:400])
    return match[1].decode("ascii") if match else None


def _take_unseen(tree: Any) -> tuple[list[HiddenText], list[str]]:
    """Takes out elements that never show text; gives the words of noscript and template, and the style sheets."""
    hidden: list[HiddenText] = []
    styles: list[str] = []
    for tag in (*TEXT_ONLY, *MAY_NEST):
        for node in tree.document.get_elements_by_tag_name(tag):
            if tag == "style":
                styles.append(node.text or "")
            elif tag in ("noscript", "template") and (text := " ".join((node.text or "").split())):
                hidden.append(HiddenText(text, tag))
            node.decompose()
    return hidden, styles


def _second_opinion(page: str, body: Any, origin: str) -> tuple[Problem, ...]:
    """WM206 when libxml2 and Lexbor do not see the same text."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    packed = page.encode("utf-8", "replace")
    plain = packed.translate(_CONTROL)
    try:
        root = etree.fromstring(plain, parser)
    except etree.LxmlError:
        root = None
    other = ""
    if root is not None:
        etree.strip_elements(root, *TEXT_ONLY, *MAY_NEST, "title", with_tail=False)
        found = root.find("body")
        other = etree.tostring(found if found is not None else root, method="text", encoding="unicode")
    seen = body.text if plain == packed else body.text.encode("utf-8", "replace").translate(_CONTROL).decode()
    share = agreement(seen, other)
    return () if share >= ENOUGH else (coded("WM206", f"{share:.1%} agree", origin=origin),)


def _compose(lines: PageLines, hidden: list[HiddenText], source: SourceMap) -> tuple[TextBuilder, list[Part]]:
    builder = TextBuilder()
    parts: list[Part] = []

    def put(kind: str, line: str, reason: str | None = None) -> None:
        room = LONGEST_TEXT - builder.length - 2
        if room <= 0:
            return
        if builder.length:
            builder.add("\n\n")
        span = builder.add(line[:room], source.find(line[:room]))
        if span is not None:
            _append(parts, Part(kind, span, reason))

    if lines.headline:
        put("headline", lines.headline)
    lede_seen = False
    for kind, line in lines.article:
        put("lede" if kind == "body" and not lede_seen else kind, line, "figure" if kind == "caption" else None)
        lede_seen = lede_seen or kind == "body"
    furniture = "\n".join(lines.furniture)[: max(0, min(_MOST_FURNITURE, LONGEST_TEXT - builder.length - 2))]
    if furniture:
        if builder.length:
            builder.add("\n\n")
        span = builder.add(furniture, source.whole(furniture))
        parts += [Part("boilerplate", span, "page")] if span else []
    source.cursor = 0
    for entry in hidden:
        put("hidden", entry.text, entry.reason)
    return builder, parts


def _append(parts: list[Part], part: Part) -> None:
    """Adds ``part``; body paragraphs in a row become one part."""
    last = parts[-1] if parts else None
    if last and last.kind == part.kind == "body":
        parts[-1] = Part(part.kind, Span(last.span.start, part.span.end), part.reason)
    else:
        parts.append(part)


def _draft(builder: TextBuilder, parts: list[Part], decoded: Decoded, problems: tuple[Problem, ...], origin: str) -> Draft:
    return Draft(
        text=builder.text(),
        parts=tuple(parts),
        offsets=builder.offsets(),
        encoding=decoded.encoding,
        encoding_basis=decoded.basis,
        problems=problems + decoding_problems(decoded, cut=builder.length >= LONGEST_TEXT - 2, origin=origin),
    )
