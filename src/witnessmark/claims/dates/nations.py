"""Days that many countries have under one name ("Independence Day"): the country that the text speaks of most decides."""

from __future__ import annotations

from collections.abc import Mapping

Listed = tuple[tuple[str, tuple[str, ...]], ...]
"""Month and day, and beginnings of words (lower case) that name the country in the languages read."""

NATIONAL_DAYS: Mapping[str, Listed] = {
    "independence": (
        ("08-24", ("ukrain", "україн", "украин")), ("07-04", ("american", "united states", "u.s.", "сша")), ("08-15", ("india", "інді", "инди")),
        ("08-14", ("pakistan", "пакистан")), ("11-11", ("poland", "polish", "польщ", "польш")), ("12-06", ("finland", "finnish", "фінлянд", "финлянд")),
        ("08-27", ("moldov", "молдов")), ("05-26", ("georgia", "грузі", "грузи")), ("09-21", ("armenia", "вірмен", "армен")), ("11-22", ("leban", "ліван", "ливан")),
        ("01-01", ("sudan", "судан")), ("10-01", ("nigeria", "нігері", "нигери")), ("07-01", ("somali", "сомал")), ("12-12", ("kenya", "кені", "кени")),
        ("01-04", ("myanmar", "м'янм", "мьянм")), ("08-19", ("afghan", "афган")), ("05-25", ("jordan", "йордан", "иордан")), ("08-17", ("indonesia", "індонез", "индонез")),
        ("06-12", ("philippin", "філіппін", "филиппин")), ("03-26", ("bangladesh", "бангладеш")), ("02-04", ("sri lanka",)), ("09-16", ("mexic", "мекси")),
        ("07-20", ("colombia", "колумб")), ("07-03", ("belarus", "білорус", "беларус")), ("07-09", ("south sudan",)), ("10-09", ("uganda",)),
    ),
    "constitution": (
        ("06-28", ("ukrain", "україн", "украин")), ("12-12", ("russia", "росі", "росси")), ("09-17", ("american", "united states", "u.s.")), ("05-17", ("norw",)),
        ("05-03", ("poland", "polish", "польщ", "польш")),
    ),
    "republic": (
        ("01-26", ("india", "інді", "инди")), ("10-29", ("turk", "туреч", "турц")), ("06-02", ("ital", "італ", "итал")), ("05-28", ("armenia", "вірмен", "армен")),
    ),
    "army": (("12-06", ("ukrain", "україн", "украин")), ("02-23", ("russia", "росі", "росси")), ("01-15", ("india",))),
}  # fmt: skip
"""Sources: the laws of the countries, from general knowledge. Days that move with a lunar calendar are left out."""


def national_day(kind: str, text: str) -> str | None:
    """Month and day ("08-24") of the day ``kind`` in the country whose cues are most frequent in ``text``; None where no country is named."""
    lower = text.lower()
    count, day = max(((sum(lower.count(cue) for cue in cues), day) for day, cues in NATIONAL_DAYS[kind]), key=lambda pair: pair[0])
    return day if count else None
