"""Texts of the interface in the reader's language (gettext)."""

from __future__ import annotations

import functools
import gettext
from importlib import resources

LANGUAGES = {"en": "English", "uk": "Українська"}
"""Languages of the interface with their own names."""


@functools.cache
def translations(language: str) -> gettext.NullTranslations:
    """The catalogue of ``language``; English is in the templates themselves."""
    if language == "en":
        return gettext.NullTranslations()
    source = resources.files(__package__).joinpath(f"locale/{language}/LC_MESSAGES/witnessmark.mo")
    with source.open("rb") as stream:
        return gettext.GNUTranslations(stream)


def choose(cookie: str, accepted: str) -> str:
    """The language of the cookie, else the first of the browser's that there is, else English."""
    if cookie in LANGUAGES:
        return cookie
    wanted = [part.split(";")[0].strip().lower()[:2] for part in accepted.split(",")]
    return next((code for code in wanted if code in LANGUAGES), "en")
