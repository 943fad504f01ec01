"""Values of the record in plain words of the reader's language."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable
from typing import Any

from witnessmark.errors import WitnessmarkError
from witnessmark.model import (
    ActorValue,
    ActValue,
    BreakdownValue,
    DateValue,
    HarmValue,
    MunitionValue,
    ObjectValue,
    PlaceValue,
    Quantity,
    TermValue,
)
from witnessmark.vocabulary import identifiers, label
from witnessmark.vocabulary.names import country_name, division_name, place_name
from witnessmark.vocabulary.telling import Told
from witnessmark.vocabulary.texts import translations
from witnessmark.web import saying

_LISTS = {"act": "act", "aftermath": "aftermath"}
_HASH_NAMES = {"P": "place_precision", "T": "date_precision"}


class Words:
    """Values in the words of one language. Unknown, zero, vague and not stated stay four different things."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._ = translations(language).gettext

    def term(self, name: str, identifier: str | None) -> str:
        """The label of a term of the list ``name``; the id itself where the list has no such term."""
        if identifier is None:
            return ""
        return label(name, identifier, self.language) if identifier in identifiers(name) else identifier

    def said(self, sentence: str) -> str:
        """A sentence that the program made, in this language where its pattern is known."""
        return sentence.said(self.language, self._) if isinstance(sentence, Told) else sentence

    def note(self, text: str) -> str:
        """The note of a contradiction."""
        return saying.note(text, self.language)

    def reasons(self, names: Iterable[str]) -> str:
        """What spoke for a reading."""
        return ", ".join(dict.fromkeys(saying.reason(name, self.language) for name in names))

    def fault(self, error: WitnessmarkError) -> str:
        """A coded error in one line."""
        return saying.fault(error, self.language)

    def decimal(self, value: float, places: int = 1) -> str:
        """A number with a fraction, with the mark that the language has."""
        told = f"{value:.{places}f}".replace("-", "\u2212")
        return told.replace(".", ",") if self.language == "uk" else told

    def signed(self, value: float) -> str:
        """A weight with its sign."""
        return ("+" if round(value, 1) >= 0 else "") + self.decimal(abs(value) if round(value, 1) == 0 else value)

    def settlement(self, name: str | None, adm1: str | None, country: str | None) -> str:
        """A place by name; in Ukrainian those of Ukraine have their official names."""
        return place_name(name or "", adm1 or "", country or "", self.language)

    def division(self, name: str | None, country: str | None) -> str:
        """A first-order division by name."""
        return division_name(name or "", country or "", self.language)

    def field(self, name: str) -> str:
        """The name of a field."""
        return _field_names(self.language).get(name, name)

    def value(self, value: Any, field: str = "") -> str:
        """Any value of a field."""
        if value is None:
            return self._("not stated")
        if isinstance(value, TermValue):
            value = value.identifier
        elif isinstance(value, ActValue):
            return self.term("act", value.kind)
        if isinstance(value, str):
            return self.term(_LISTS[field], value) if field in _LISTS else value
        return self._record(value)

    def _record(self, value: Any) -> str:
        match value:
            case Quantity():
                return self.quantity(value)
            case DateValue():
                return self.date(value)
            case PlaceValue():
                return self.place(value)
            case ActorValue():
                return self.actor(value)
            case MunitionValue():
                return self.munition(value)
            case ObjectValue():
                return self.object(value)
            case BreakdownValue() | HarmValue():
                return self.toll(value)
        return str(value)

    def quantity(self, value: Quantity) -> str:
        """A count; never a number where the text gives none."""
        if value.unknown:
            return self._("not known")
        if value.comparator == "times" and value.factor is not None:
            return self._("%s times") % f"{value.factor:g}"
        low, high = value.minimum, value.maximum
        if low is None and high is None:
            return f"«{value.expression}»" if self.language == "uk" else f"“{value.expression}”"
        if low is not None and high is not None and low != high:
            return f"{number(low)}–{number(high)}"
        told = number(low if low is not None else high)
        if value.comparator == "approx":
            return self._("about %s") % told
        if value.comparator == "ge" or high is None:
            return self._("at least %s") % told
        if value.comparator == "le" or low is None:
            return self._("up to %s") % told
        return told

    def date(self, value: DateValue) -> str:
        """An interval of days in ISO form; open ends and part of the day said."""
        text = self.days(value.earliest, value.latest)
        if value.open_end:
            text = self._("from %s on") % value.earliest.isoformat()
        elif value.open_start:
            text = self._("until %s") % value.latest.isoformat()
        extra = value.clock or {
            "night": self._("night"), "morning": self._("morning"), "midday": self._("midday"), "afternoon": self._("afternoon"),
            "evening": self._("evening"),
        }.get(value.part_of_day or "", "")  # fmt: skip
        basis = {"relative": self._("counted from another day"), "publication": self._("from the day of publication")}.get(value.basis, "")
        return ", ".join(part for part in (text, extra) if part) + (f" ({basis})" if basis else "")

    def days(self, first: dt.date | None, last: dt.date | None) -> str:
        """One day, or two with a dash."""
        if first is None or last is None:
            return self._("not stated")
        return first.isoformat() if first == last else f"{first.isoformat()} – {last.isoformat()}"

    def place(self, value: PlaceValue) -> str:
        """Name, division, country; what was not tied to a point says so."""
        relation = {"near": self._("near"), "between": self._("between"), "direction": self._("away from"), "distance": self._("away from")}
        name = " ".join(p for p in (relation.get(value.relation, ""), self.settlement(value.name, value.adm1, value.country)) if p)
        parts = [name, self.division(value.adm1, value.country) if value.adm1 != value.name else None, value.country]
        text = ", ".join(p for p in parts if p)
        return text if value.resolved else f"{text} ({self._('not placed')})"

    def actor(self, value: ActorValue) -> str:
        """A party with its kind."""
        if value.name in ("", "unknown"):
            return self._("not known")
        name = country_name(value.name, self.language)
        return name if value.kind == "unknown" else f"{name} ({self.term('actor_kind', value.kind)})"

    def munition(self, value: MunitionValue) -> str:
        """Effect and weapon."""
        named = [self.term("effect", value.effect), self.term("weapon", value.weapon) if value.weapon != "unknown" else ""]
        text = ", ".join(n for n in named if n) or self._("not known")
        return f"{self.quantity(value.count)} × {text}" if value.count is not None else text

    def object(self, value: ObjectValue) -> str:
        """What was hit."""
        text = self.term("object", value.kind)
        damage = {"light": self._("light damage"), "partial": self._("partly destroyed"), "destroyed": self._("destroyed"),
                  "none": self._("no damage")}.get(value.damage, "")  # fmt: skip
        text = f"{self.quantity(value.count)} × {text}" if value.count is not None else text
        return f"{text}, {damage}" if damage else text

    def toll(self, value: BreakdownValue | HarmValue) -> str:
        """A part of a toll."""
        group = "" if value.group == "people" else f"{self.term('group', value.group)}: "
        return f"{group}{self.quantity(value.quantity)} ({self.term('harm', value.harm)})"

    def bounds(self, pair: tuple[int | None, int | None]) -> str:
        """Least and greatest figure of a toll."""
        low, high = pair
        if low is None and high is None:
            return "–"
        if low is None or high is None or low == high:
            return number(low if low is not None else high)
        return f"{number(low)}–{number(high)}"

    def precision(self, code: str | None) -> str:
        """What a precision of a place (P0-P9) or a day (T0-T6, TR) means."""
        return self.term(_HASH_NAMES.get((code or "")[:1], "place_precision"), code) if code else ""


def number(value: int | None) -> str:
    """A count with thin groups of three."""
    return "" if value is None else f"{value:,}".replace(",", "\u202f")


@functools.cache
def _field_names(language: str) -> dict[str, str]:
    _ = translations(language).gettext
    return {
        "act": _("act"), "perpetrator": _("perpetrator"), "munitions": _("munition"), "objects": _("object hit"), "place": _("place"),
        "date": _("date"), "killed": _("killed"), "injured": _("injured"), "breakdown": _("part of the toll"), "aftermath": _("aftermath"),
        "speaker": _("speaker"), "munition": _("munition"), "object": _("object hit"), "comparability": _("comparability"), "documents": _("documents"),
        "same_document": _("one document"), "": _("the whole claim"), "day": _("the day"), "weapon": _("weapon"), "story": _("story told"), "wording": _("shared words"),
    }  # fmt: skip
