import pytest

from witnessmark.publish.report import palette
from witnessmark.vocabulary import identifiers

THEMES = [pytest.param(palette.LIGHT, id="light"), pytest.param(palette.DARK, id="dark")]


@pytest.mark.parametrize("theme", THEMES)
def test_text_can_be_read_on_every_surface(theme: dict[str, str]) -> None:
    for token in palette.TEXT_TOKENS:
        for surface in palette.SURFACES:
            assert palette.contrast(theme[token], theme[surface]) >= 4.5, (token, surface)


@pytest.mark.parametrize("theme", THEMES)
def test_text_can_be_read_on_marked_words(theme: dict[str, str]) -> None:
    for tint in palette.TINTS:
        for token in ("text", "muted"):
            assert palette.contrast(theme[token], theme[tint]) >= 4.5, (token, tint)


@pytest.mark.parametrize("theme", THEMES)
def test_underlines_and_drawings_stand_out(theme: dict[str, str]) -> None:
    colours = {s.colour for s in palette.MODALITY.values()} | {"accent", "warn", "edge"}
    for token in colours:
        for surface in (*palette.SURFACES, *palette.TINTS):
            least = 3.0 if surface in palette.SURFACES or token != "edge" else 0.0
            assert palette.contrast(theme[token], theme[surface]) >= least, (token, surface)


def test_contrast_is_that_of_the_standard() -> None:
    assert palette.contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert palette.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_every_modality_has_a_look_of_its_own() -> None:
    assert set(palette.MODALITY) == identifiers("modality")
    looks = [(s.colour, s.underline) for s in palette.MODALITY.values()]
    assert len(set(looks)) == len(looks)
    assert len({s.code for s in palette.MODALITY.values()}) == len(looks)


def test_both_themes_have_the_same_tokens() -> None:
    assert palette.LIGHT.keys() == palette.DARK.keys()
