"""Words of documents as HTML: escaped, isolated in their direction, with marks for statements, values and contradictions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from witnessmark.vocabulary import label

if TYPE_CHECKING:
    from witnessmark.desk.pages import ClaimView, DocumentPage, Section
    from witnessmark.desk.reading import Block, Piece
    from witnessmark.web.language import Words

MODALITY: Mapping[str, str] = {
    "asserted": "as", "attributed": "at", "attributed.chain": "ac", "claimed_responsibility": "cr", "denied": "de", "corrected": "co",
    "negated": "ne", "inferred": "in", "hypothetical": "hy", "opinion": "op", "rhetorical": "rh", "prediction": "pr", "directive": "di",
    "background.historical": "bg", "quantified_pattern": "qp",
}  # fmt: skip
"""Class of each modality in the style sheet: a colour and an underline of its own."""

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff\u00ad")
_PARTS = {"headline": "h2", "caption": "figcaption"}


def visible(text: str) -> Markup:
    """``text`` escaped; control, direction and zero-width characters, which make text read other than it is, are shown as U+XXXX."""
    if text.isprintable() and not _BIDI.intersection(text):
        return escape(text)
    return Markup("").join(_sign(c) if _hidden(c) else escape(c) for c in text)


def plain(text: str) -> str:
    """The same for places that take no markup (titles, attributes): the signs are words."""
    return "".join(f"[U+{ord(c):04X}]" if _hidden(c) else c for c in text)


def _hidden(char: str) -> bool:
    return char in _BIDI or (ord(char) < 32 and char not in "\t\n") or 127 <= ord(char) < 160


def _sign(char: str) -> Markup:
    return Markup('<span class="ctl">U+{:04X}</span>').format(ord(char))


def reader(page: DocumentPage, blocks: Iterable[Block], language: str) -> Markup:
    """The section of the document that the page shows: one block a line, text that is not read folded away, each statement in its colour, each
    value a link to its field. Built by hand, in one pass."""
    out: list[str] = []
    aside = ""
    names = {m: escape(label("modality", m, language)) for m in {s.modality for s in page.statements}}
    proposed = frozenset(f.number for c in page.claims for f in c.fields if f.mention.proposed)
    before: tuple[str, int] | None = None
    for block in blocks:
        if aside and (block.readable or block.part != aside):
            out.append("</details>")
            aside = ""
        if not block.readable and not aside:
            aside = block.part
            said = escape(label("part", block.part, language) + (f": {block.reason}" if block.reason else ""))
            out.append(f'<details class="aside {escape(block.part)}"><summary>{said}</summary>')
        tag = "div" if block.part != "headline" else "h2"
        out.append(f'<{tag} class="line {escape(block.part)}" data-start="{block.start}">')
        for piece in block.pieces:
            before = _piece(out, piece, page, names, proposed, before)
        out.append(f"</{tag}>")
    if aside:
        out.append("</details>")
    return Markup("".join(out))


def _piece(
    out: list[str], piece: Piece, page: DocumentPage, names: Mapping[str, Markup], proposed: frozenset[str], before: tuple[str, int] | None
) -> tuple[str, int] | None:
    """Write one piece; a label in words stands where the kind of statement changes, and at each paragraph. ``proposed`` are the values that a
    language model proposed: words that hold no others look different."""
    inner: str = visible(piece.text)
    anchor = f' id="at{piece.start}"' if piece.anchor else ""
    if piece.fields:
        inner = f'<a class="word{" proposed" if proposed.issuperset(piece.fields) else ""}"{anchor} href="#f{piece.fields[0]}" data-fields="{" ".join(piece.fields)}">{inner}</a>'
        anchor = ""
    if piece.clashes:
        inner = f'<mark class="clash"{anchor}>{inner}</mark>'
        anchor = ""
    if piece.found:
        inner = f'<mark class="found"{anchor}>{inner}</mark>'
    if piece.statement is None:
        out.append(inner)
        return before
    said = page.statements[piece.statement]
    code = MODALITY.get(said.modality, "as")
    now = (said.modality, said.paragraph)
    if piece.opens:
        if now != before:
            out.append(f'<b class="kind {code}">{names[said.modality]}</b> ')
        out.append(f'<span class="s {code}" id="s{piece.statement}">{inner}</span>')
    else:
        out.append(f'<span class="s {code}">{inner}</span>')
    return now


def field_items(
    claim: ClaimView, section: Section, words: Words, state: Callable[..., Markup], modality: Callable[..., Markup], proposed: Markup
) -> Markup:
    """The values of ``claim`` beside the reader, one item each. Built by hand like the text: a section has some hundred of them. Words that stand
    in another section than ``section`` are linked there; where they only say a value once more, or another one, they are counted: a log may do so thousands of times.

    ``state`` and ``modality`` are the macros that say how a value stands and how it was said, ``proposed`` is the badge of a value that a
    language model proposed.
    """
    _ = words._
    other, why, wordless = escape(_("other")), escape(_("why")), escape(_("no words of its own"))
    names = {f.field: escape(words.field(f.field)) for f in claim.fields}
    tags = {m: escape(modality(m, words, _)) for m in {f.mention.modality for f in claim.fields} - {"asserted"}}
    out: list[str] = []
    elsewhere = 0
    for f in claim.fields:
        if f.alternative and f.mention.span is not None and not section.start <= f.mention.span.start < section.end:
            elsewhere += 1
            continue
        span, name, standing = f.mention.span, names[f.field], f.standing
        stands = state(standing, _) if standing.state != "unreviewed" or standing.flagged else ""
        start = span.start if span else "-"
        there = "" if span is None or section.start <= span.start < section.end else f"?at={start}"
        evidence = f'<a class="from" href="{there}#at{start}"><q><bdi dir="auto">{visible(f.mention.quote)}</bdi></q></a>'
        out.append(
            f'<li class="field{"" if standing.state == "unreviewed" else " " + standing.state}" id="f{f.number}" tabindex="-1"'
            f' data-claim="{escape(f.claim)}" data-field="{escape(f.field)}" data-mention="{f"{span.start}-{span.end}" if span else ""}">'
            f'<span class="name">{name}{f" <small>{other}</small>" if f.alternative else ""}</span>'
            f'<span class="is"><bdi dir="auto">{visible(words.value(f.mention.value, f.field))}</bdi> {tags.get(f.mention.modality, "")}{proposed if f.mention.proposed else ""}</span>'
            f"{evidence if span else f'<span class=from>{wordless}</span>'}"
            f'<a class="whylink" href="/value/{escape(f.claim)}/{escape(f.field)}/{start}">{why}<span class="hidden"> {name} {f.number}</span></a>'
            f'<span class="stands">{stands}</span></li>'
        )
    if elsewhere:
        more = _("more values in other parts:")
        out.append(f'<li class="elsewhere note">{escape(more)} {elsewhere}</li>')
    return Markup("".join(out))


def quoted(words: tuple[str, str, str]) -> Markup:
    """Words with those around them, the words themselves marked."""
    before, at, after = words
    return Markup('<bdi dir="auto">{}<mark>{}</mark>{}</bdi>').format(visible(before), visible(at), visible(after))


def matched(words: tuple[str, str, str], query: str) -> Markup:
    """The same for a statement that a search found, with the words of ``query`` in bold."""
    wanted = [re.escape(w) for w in re.findall(r"[\w'’ʼ]+", query)]
    pieces = re.split(rf"(?i)\b({'|'.join(wanted)})", words[1]) if wanted else [words[1]]
    inner = Markup("").join(Markup("<b>{}</b>").format(visible(p)) if n % 2 else visible(p) for n, p in enumerate(pieces))
    return Markup('<bdi dir="auto">{}<mark>{}</mark>{}</bdi>').format(visible(words[0]), inner, visible(words[2]))


def words_url(document: str, start: int) -> str:
    """Address of the words at ``start``: the part of the document for the server, the words in it for the browser."""
    return f"/document/{document}?at={start}#at{start}"


FILTERS: Mapping[str, Any] = {
    "visible": visible,
    "plain": plain,
    "quoted": quoted,
    "matched": matched,
    "modality": lambda m: MODALITY.get(m, "as"),
}
"""Filters of the templates."""
