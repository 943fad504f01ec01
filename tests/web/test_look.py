"""Colours of the desk: those of the report, so that their contrast is tested there once, and what the desk adds."""

import re
from importlib import resources

from witnessmark.publish.report import palette
from witnessmark.vocabulary import identifiers
from witnessmark.web.marking import MODALITY

CSS = resources.files("witnessmark.web").joinpath("static/desk.css").read_text(encoding="utf-8")


def themes() -> list[dict[str, str]]:
    return [dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", block)) for block in re.findall(r"color-scheme: \w+;([^}]+)\}", CSS)]


def test_colours_are_those_of_the_report() -> None:
    light, system, dark = themes()
    assert system == dark
    for ours, theirs in ((light, palette.LIGHT), (dark, palette.DARK)):
        assert {name: ours[name] for name in theirs} == dict(theirs)


def test_the_map_is_told_apart_from_what_lies_on_it() -> None:
    for theme in themes():
        for ground in ("sea", "land"):
            assert palette.contrast(theme["accent"], theme[ground]) >= 3
            assert palette.contrast(theme["deny"], theme[ground]) >= 3


def test_text_on_tints_and_buttons_is_legible() -> None:
    for theme in themes():
        for name in ("text", "deny", "warn", "accent", "muted"):
            for ground in ("mark", "clash") if name in ("text",) else ("surface",):
                assert palette.contrast(theme[name], theme[ground]) >= 4.5, (name, ground)


def test_each_kind_of_statement_has_a_look_of_its_own() -> None:
    assert set(MODALITY) == set(identifiers("modality"))
    looks = re.findall(r"\.(\w\w) \{ --c: var\((--\w+)\); --u: (\w+); \}", CSS)
    assert {code for code, _, _ in looks} == set(MODALITY.values())
    assert len({(colour, line) for _, colour, line in looks}) == len(looks)
    for kind, code in MODALITY.items():
        style = palette.MODALITY[kind]
        assert (code, f"--{style.colour}", style.underline) in looks
