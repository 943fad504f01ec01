"""Texts of the report and the site in each language, and values in words of that language."""

from __future__ import annotations

import datetime as dt
import functools
import tomllib
from importlib import resources

from witnessmark.errors import DataError
from witnessmark.model import DateValue, PlaceValue, Quantity
from witnessmark.publish import wording
from witnessmark.publish.facts import Fact, Facts, Figure, Source
from witnessmark.publish.view import UNREVIEWED
from witnessmark.vocabulary import label
from witnessmark.vocabulary.names import country_name, division_name, place_name
from witnessmark.vocabulary.telling import Told
from witnessmark.vocabulary.texts import translations

LANGUAGES = ("en", "uk")

_PARTS_OF_DAY = {"night": "вночі", "morning": "вранці", "midday": "опівдні", "afternoon": "вдень", "evening": "увечері"}
_FIELDS = {
    "act": "act", "date": "date", "place": "place", "killed": "killed", "injured": "injured", "perpetrator": "party", "munitions": "munition",
    "objects": "object", "breakdown": "parts", "aftermath": "aftermath", "speaker": "speaker",
}  # fmt: skip


@functools.cache
def _table() -> dict[str, dict[str, str]]:
    try:
        raw = resources.files(__name__.rpartition(".")[0]).joinpath("labels.toml").read_text(encoding="utf-8")
        return {name: {language: entry[language] for language in LANGUAGES} for name, entry in tomllib.loads(raw).items()}
    except (OSError, KeyError, tomllib.TOMLDecodeError) as error:
        raise DataError("WM403", str(error), origin="labels.toml") from error


class Labels:
    """Texts in one language: ``labels["title"]``."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __getitem__(self, name: str) -> str:
        return _table()[name][self.language]

    def term(self, name: str, identifier: str) -> str:
        """The label of an entry of a closed list."""
        return label(name, identifier, self.language)

    def terms(self, name: str, identifiers: tuple[str, ...]) -> str:
        """The labels of several entries, separated by commas."""
        return ", ".join(self.term(name, i) for i in identifiers)

    def date(self, value: DateValue | None) -> str:
        """An interval: in English with names of months, else in numbers."""
        if value is None:
            return self["not_stated"]
        if self.language == "en":
            return wording.date(value).text
        if value.earliest == value.latest:
            text = _numeric(value.earliest)
        else:
            text = f"{_numeric(value.earliest)} – {_numeric(value.latest)}"
        part = value.clock or _PARTS_OF_DAY.get(value.part_of_day or "", "")
        return f"{text}, {part}" if part else text

    def day(self, day: dt.date) -> str:
        """One day as :meth:`date` writes it."""
        return wording.day(day) if self.language == "en" else _numeric(day)

    def said(self, sentence: str) -> str:
        """A sentence that the program made, in this language where its pattern is known."""
        return sentence.said(self.language, translations(self.language).gettext) if isinstance(sentence, Told) else sentence

    def withheld(self, kind: str) -> str:
        """A kind of what was taken out before publication."""
        return self["withheld_" + kind.replace(" ", "_")]

    def quoted(self, words: str) -> str:
        """Words in the quotation marks of the language."""
        opening, closing = "«»" if self.language == "uk" else "“”"
        return opening + words + closing  # added, not formatted: words that are marked as safe stay so

    def figure(self, value: Figure) -> str:
        """A toll: a number, a range, words, unknown or not stated."""
        if value.low is not None and value.high is not None:
            return wording.count(value.low) if value.low == value.high else f"{wording.count(value.low)}–{wording.count(value.high)}"
        if value.number:
            return f"{self['at_least' if value.low is not None else 'up_to']} {wording.count(value.least or value.most or 0)}"
        if value.state == "vague":
            return ", ".join(map(self.quoted, value.words)) or self["unknown"]
        return self["unknown"] if value.state == "unknown" else self["not_stated"]

    def place(self, fact: Fact) -> str:
        """The place with its region and country."""
        if fact.where is None:
            return self["not_stated"]
        where = fact.where
        parts = (self.settlement(where), self.division(where) if where.adm1 != where.name else None, where.country)
        return ", ".join(p for p in parts if p)

    def settlement(self, where: PlaceValue) -> str:
        """The name of a place; in Ukrainian those of Ukraine have their official names."""
        return place_name(where.name, where.adm1 or "", where.country or "", self.language)

    def division(self, where: PlaceValue) -> str:
        """The name of the division that a place lies in; empty where none is known."""
        return division_name(where.adm1 or "", where.country or "", self.language)

    def party(self, name: str) -> str:
        """A party by name; one that is named by its country has the country's name of this language."""
        return country_name(name, self.language)

    def outlet(self, source: Source) -> str:
        """The publisher of a source, or its kind where it is not named."""
        return source.publisher or (self.term("source_type", source.publisher_type) if source.publisher_type else self["not_named"])

    def munitions(self, fact: Fact) -> str:
        """Weapons and effects."""
        return ", ".join([*(self.term("weapon", w) for w in fact.weapons), *(self.term("effect", e) for e in fact.effects)])

    def parts(self, fact: Fact) -> str:
        """Parts of the toll, in words."""
        shown = [f"{self.term('harm', p.harm)}: {self.term('group', p.group)} {self.quantity(p.quantity)}" for p in fact.parts]
        return "; ".join(dict.fromkeys(shown))

    def quantity(self, value: Quantity) -> str:
        """A count; words without a number in quotation marks."""
        found = wording.quantity(value)
        if found.state == "vague":
            return self.quoted(value.expression)
        if found.state == "unknown":
            return self["unknown"]
        for english, name in (("at least ", "at_least"), ("up to ", "up_to"), ("about ", "about")):
            if found.text.startswith(english):
                return f"{self[name]} {found.text.removeprefix(english)}"
        return found.text

    def review(self, fact: Fact) -> str:
        """The review label."""
        twice = "is_reviewed_twice" if fact.review.persons > 1 else "is_reviewed"
        return self[twice if fact.review.reviewed else "not_reviewed"] + (f"; {self['some_proposed']}" if fact.review.model else "")

    def proposed(self, fact: Fact) -> str:
        """The fields with a value that a language model proposed."""
        return ", ".join(self[_FIELDS[name]].lower() for name in fact.proposed)

    def review_summary(self, facts: Facts) -> str:
        """The review label of the whole."""
        done = sum(facts.records.reviews.get(f.identifier, UNREVIEWED).reviewed for f in facts.incidents)
        label = self["not_reviewed" if not done else "is_reviewed" if done == len(facts.incidents) else "some_reviewed"]
        return label + (f"; {self['some_proposed']}" if facts.records.proposed else "")


def _numeric(day: dt.date) -> str:
    return f"{day.day:02d}.{day.month:02d}.{day.year:04d}"
