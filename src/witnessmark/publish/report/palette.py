"""Colours of the report, in one place so that their contrast can be computed.

Text tokens keep at least 4.5 : 1 on every surface that they are set on, graphic tokens 3 : 1, in both themes (WCAG 2.2, 1.4.3 and
1.4.11); a test computes all pairs. Meaning never rests on colour alone: each modality also has an underline style and a label.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LIGHT: Mapping[str, str] = {
    "bg": "#faf9f6", "surface": "#ffffff", "sunken": "#f1efe9", "line": "#d9d5cb", "edge": "#8a8578",
    "text": "#1b1d1f", "muted": "#5a5b57", "accent": "#0a5a6a", "warn": "#8a4b00",
    "mark": "#dcecef", "cite": "#eef3f1", "clash": "#f8e6cd", "target": "#ffe98a",
    "fact": "#3d4a52", "said": "#1d4fa3", "deny": "#a3231f", "infer": "#0f6b5c", "view": "#7a2f8f", "future": "#8f4a00",
    "past": "#60605a", "pattern": "#2f6413", "sea": "#eef1f2", "land": "#dedbd0", "border": "#b9b4a5",
}  # fmt: skip
"""Colour tokens of the light theme."""

DARK: Mapping[str, str] = {
    "bg": "#14171a", "surface": "#1b1f23", "sunken": "#22272c", "line": "#363c42", "edge": "#7d858c",
    "text": "#e9e6df", "muted": "#a9abab", "accent": "#7fd0e0", "warn": "#f0b766",
    "mark": "#1f3a42", "cite": "#20292b", "clash": "#43331b", "target": "#453d0b",
    "fact": "#bcc8cf", "said": "#9dbcff", "deny": "#ff9d95", "infer": "#7fd6c3", "view": "#dda6ee", "future": "#f3b877",
    "past": "#b3b1a8", "pattern": "#a5d581", "sea": "#171b1f", "land": "#2a3036", "border": "#454d55",
}  # fmt: skip
"""Colour tokens of the dark theme."""

SURFACES = ("bg", "surface", "sunken")
"""Surfaces that any text token may stand on."""

TEXT_TOKENS = ("text", "muted", "accent", "warn", "fact", "said", "deny", "infer", "view", "future", "past", "pattern")
"""Tokens that text is set in."""

TINTS = ("mark", "cite", "clash", "target")
"""Backgrounds of marked words; body text and reference numbers stand on them."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a modality is drawn: a colour token and a CSS underline style. ``code`` is its class in the page."""

    code: str
    colour: str
    underline: str


MODALITY: Mapping[str, Style] = {
    "asserted": Style("as", "fact", "solid"),
    "attributed": Style("at", "said", "solid"),
    "attributed.chain": Style("ac", "said", "double"),
    "claimed_responsibility": Style("cr", "said", "dashed"),
    "denied": Style("de", "deny", "double"),
    "corrected": Style("co", "deny", "dashed"),
    "negated": Style("ne", "deny", "solid"),
    "inferred": Style("in", "infer", "dotted"),
    "hypothetical": Style("hy", "infer", "dashed"),
    "opinion": Style("op", "view", "wavy"),
    "rhetorical": Style("rh", "view", "dotted"),
    "prediction": Style("pr", "future", "dashed"),
    "directive": Style("di", "future", "double"),
    "background.historical": Style("bg", "past", "dotted"),
    "quantified_pattern": Style("qp", "pattern", "double"),
}
"""Each modality with a colour and underline of its own."""


def _channel(value: int) -> float:
    part = value / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    red, green, blue = (_channel(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _variables(theme: Mapping[str, str]) -> str:
    return "".join(f"--{name}:{value};" for name, value in theme.items())


def themes() -> str:
    """Both themes as custom properties, for pages without a switch: the system chooses, print is light."""
    light, dark = _variables(LIGHT), _variables(DARK)
    return f":root{{color-scheme:light;{light}}}@media screen and (prefers-color-scheme:dark){{:root{{color-scheme:dark;{dark}}}}}"


def css() -> str:
    """Both themes as custom properties (system choice, the switch on the page, print is always light) and the modality classes."""
    light, dark = _variables(LIGHT), _variables(DARK)
    modality = "".join(
        f".s.{s.code}{{text-decoration:underline {s.underline} var(--{s.colour})}}.l.{s.code}{{color:var(--{s.colour})}}"
        for s in MODALITY.values()
    )
    return (
        f":root{{color-scheme:light;{light}}}"
        f"@media(prefers-color-scheme:dark){{:root{{color-scheme:dark;{dark}}}}}"
        f":root:has(#theme-light:checked){{color-scheme:light;{light}}}"
        f":root:has(#theme-dark:checked){{color-scheme:dark;{dark}}}"
        f"@media print{{:root,:root:has(#theme-dark:checked){{color-scheme:light;{light}}}}}"
        f"{modality}"
    )
