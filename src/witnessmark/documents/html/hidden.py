"""Text that a reader of the page does not see: by attribute, by inline style, by a simple rule of the page's own style sheet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

MOST_HIDDEN = 200
"""Hidden elements of a page that are kept with their text; further ones are taken out and not kept."""
_MOST_STYLED = 20_000
_MOST_SELECTORS = 60
TEXT_ONLY = ("script", "style", "iframe", "textarea")
MAY_NEST = ("template", "noscript", "select", "datalist")
"""Elements whose contents are no visible text; the second group can stand in one another and is taken out name by name. What stands in
noscript and template is kept as hidden."""

_RULES = (
    (re.compile(r"(?:^|;)display:none"), "display:none"),
    (re.compile(r"(?:^|;)visibility:(?:hidden|collapse)"), "visibility:hidden"),
    (re.compile(r"(?:^|;)opacity:0?(?:\.0+)?%?(?:;|!|$)"), "opacity:0"),
    (re.compile(r"(?:^|;)(?:left|top|right|text-indent|margin-left|margin-top):-\d{4,}(?:\.\d+)?(?:px|em|rem|pt)?"), "off-screen"),
    (re.compile(r"(?:^|;)(?:left|top|text-indent):-[5-9]\d{2}(?:px)?(?:;|!|$)"), "off-screen"),
    (re.compile(r"(?:^|;)clip:rect\((?:0(?:px)?|1px)[, ]"), "clipped"),
    (re.compile(r"(?:^|;)transform:scale\(0\)"), "scaled to nothing"),
    (re.compile(r"(?:^|;)color:transparent"), "transparent"),
)
_FONT_SIZE = re.compile(r"(?:^|;)font(?:-size)?:[^;]{0,40}?(\d+(?:\.\d+)?|\.\d+)(px|pt|em|rem|%|)(?![\d.])")
_TINY = {"px": 2.0, "pt": 2.0, "em": 0.15, "rem": 0.15, "%": 15.0, "": 0.0}
"""Font sizes, by unit, up to which nobody can read the text."""
_NO_SIZE = re.compile(r"(?:^|;)(?:max-)?(?:width|height):0(?:px)?(?:;|!|$)")
_COLOUR = re.compile(r"(?:^|;)color:([^;!]+)")
_BACKGROUND = re.compile(r"(?:^|;)background(?:-color)?:([^;!]+)")
_WHITE = frozenset({"white", "#fff", "#ffffff", "rgb(255,255,255)", "rgba(255,255,255,1)"})
_CSS_RULE = re.compile(r"([^{}]{1,400})\{([^{}]{0,2000})\}")
_SIMPLE = re.compile(r"\s*([.#][A-Za-z_][\w-]{0,80})\s*")


@dataclass(frozen=True, slots=True)
class HiddenText:
    """Words that are in the page and not seen, and why."""

    text: str
    reason: str


def find_hidden(body: Any, styles: list[str]) -> tuple[list[HiddenText], list[str]]:
    """What is hidden in the parsed page: its text, and the CSS selectors by which the extractor passes it over.

    ``styles`` are the contents of the page's style elements. The tree is left as it is: nodes inside a removed one would be left pointing
    to freed memory, and marking nodes with an attribute takes quadratic time in this library.
    """
    reasons = _selectors(body, styles)
    found: list[HiddenText] = []
    outer = ""
    for selector, reason in reasons.items():
        for node in body.query_selector_all(selector)[:MOST_HIDDEN]:
            text = " ".join((node.text or "").split())
            if text and text not in outer and len(found) < MOST_HIDDEN:
                found.append(HiddenText(text, reason))
                outer = f"{outer}\n{text}"[-20_000:]
    return found, list(reasons)


def style_reason(style: str) -> str | None:
    """Why an inline style hides its element, or None."""
    plain = re.sub(r"\s+", "", style.lower())
    for pattern, reason in _RULES:
        if pattern.search(plain):
            return reason
    size = _FONT_SIZE.search(plain)
    if size is not None and float(size[1]) <= _TINY[size[2]]:
        return "tiny font"
    if "overflow:hidden" in plain and _NO_SIZE.search(plain):
        return "no size"
    return "same colour" if _same_colour(plain) else None


def _same_colour(plain: str) -> bool:
    colour = _COLOUR.search(plain)
    if colour is None:
        return False
    background = _BACKGROUND.search(plain)
    if background is None:
        return colour[1] in _WHITE
    return colour[1] == background[1] or (colour[1] in _WHITE and background[1] in _WHITE)


def _selectors(body: Any, styles: list[str]) -> dict[str, str]:
    """Selectors of what is hidden, each with the reason. A headline or link in white on a picture is not taken for hidden."""
    out: dict[str, str] = {}
    if body.query_selector("[hidden]") is not None:
        out['[hidden]:not([hidden="until-found"])'] = "hidden attribute"
    for style in dict.fromkeys(n.getattr("style") or "" for n in body.query_selector_all("[style]:not(body)")[:_MOST_STYLED]):
        reason = style_reason(style)
        if reason is not None and len(out) < _MOST_SELECTORS:
            unlike = ":not(h1):not(h2):not(a):not(button)" if reason == "same colour" else ""
            out[f'[style="{_quoted(style)}"]:not(body){unlike}'] = reason
    for selector in _hiding_selectors(styles):
        if len(out) < _MOST_SELECTORS and body.query_selector(selector) is not None:
            out[f"{selector}:not(body)"] = "style sheet"
    return out


def _quoted(value: str) -> str:
    """``value`` inside a quoted CSS string."""
    return "".join(f"\\{ord(c):x} " if c in '"\\' or ord(c) < 32 else c for c in value)


def _hiding_selectors(styles: list[str]) -> list[str]:
    """Single classes and ids that the style sheets hide; rules under @media and the like are left out, as they may not apply."""
    out: list[str] = []
    for sheet in styles:
        if "none" not in sheet and "hidden" not in sheet:
            continue
        for match in _CSS_RULE.finditer(_without_at_rules(sheet[:200_000])):
            if re.search(r"display\s*:\s*none|visibility\s*:\s*hidden", match[2]):
                simple = [_SIMPLE.fullmatch(s) for s in match[1].split(",")]
                out += [s[1] for s in simple if s]
    return out[:100]


def _without_at_rules(sheet: str) -> str:
    """``sheet`` without blocks of @ rules and without comments."""
    plain = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    out: list[str] = []
    at = 0
    while (start := plain.find("@", at)) >= 0:
        out.append(plain[at:start])
        at = _block_end(plain, start)
    out.append(plain[at:])
    return "".join(out)


def _block_end(plain: str, start: int) -> int:
    depth = 0
    for match in re.finditer(r"[{};]", plain[start:]):
        mark = match.group()
        if mark == ";" and depth == 0:
            return start + match.end()
        depth += {"{": 1, "}": -1}.get(mark, 0)
        if mark == "}" and depth <= 0:
            return start + match.end()
    return len(plain)
