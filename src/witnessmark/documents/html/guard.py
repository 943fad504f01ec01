"""Caps on a page's markup, checked on its characters before a parser builds anything."""

from __future__ import annotations

import re

from witnessmark.errors import DocumentError

MOST_TAGS = 400_000
"""Tags of a page. Pages of 80,000 paragraphs are read in about a second; none of the pages seen in the field had 100,000 tags."""
MOST_ATTRIBUTES = 1_000
"""Attributes of one tag. Parsers need quadratic time for them: 40,000 took 7 to 34 s."""
DEEPEST = 2_000
"""Elements inside one another. Real pages stay below 100; beyond some 10,000 parsers recurse until the stack ends."""

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_SHORTEST = 4000
"""Characters of a tag from which on its attributes are counted: so many attributes do not fit into less."""
_OPENING = re.compile(r"<[a-zA-Z]")
_ATTRIBUTE = re.compile(r"[\s/\"'][^\s=/>\"'][^\s=/>]*")
_FLAT = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "p", "li", "dt", "dd", "option",
    "tr", "td", "th", "thead", "tbody", "tfoot", "path", "rect", "circle", "line", "polygon", "polyline", "ellipse", "use", "stop", "image",
})  # fmt: skip
"""Elements that hold nothing, that the parser closes itself when another of their kind begins, or shapes of pictures, which end in a slash. For all
others HTML disregards a slash at the end."""


def check_markup(page: str, *, origin: str) -> None:
    """Refuses a page that is built to exhaust parsers.

    Raises:
        DocumentError: WM214 too many elements or attributes, WM212 nested too deeply.
    """
    tags = page.count("<")
    if tags > MOST_TAGS:
        raise DocumentError("WM214", f"{tags} tags", origin=origin)
    for piece in [piece for piece in page.split(">") if len(piece) >= _SHORTEST]:
        opening = _OPENING.search(piece)
        if opening is None or len(piece) - opening.start() < _SHORTEST:
            continue
        tag = piece[opening.start() :]
        found = len(_ATTRIBUTE.findall(tag))
        if found > MOST_ATTRIBUTES and not _quoted_value(tag):
            raise DocumentError("WM214", f"{found} attributes", origin=origin)
    if tags > DEEPEST and _depth(page) > DEEPEST:
        raise DocumentError("WM212", f"deeper than {DEEPEST}", origin=origin)


def _quoted_value(tag: str) -> bool:
    """True when most of ``tag`` is one long quoted value, as of an inline picture or embedded data."""
    longest = max((len(v) for pair in re.findall(r"\"([^\"]*)\"|'([^']*)'", tag) for v in pair), default=0)
    return longest > 0.5 * len(tag)


def _depth(page: str) -> int:
    """An upper bound of the nesting: open tags less closed ones, at its greatest."""
    depth = deepest = 0
    for match in _TAG.finditer(page):
        closing, name = match.groups()
        if name.lower() in _FLAT:
            continue
        if closing:
            depth = max(0, depth - 1)
        else:
            depth += 1
            if depth > deepest:
                deepest = depth
                if deepest > DEEPEST:
                    break
    return deepest
