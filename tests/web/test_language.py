"""Texts of the interface and values in words."""

import datetime as dt
import gettext
import io
import re
from importlib import resources
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from witnessmark.model import ActorValue, DateValue, MunitionValue, PlaceValue, Quantity, TermValue
from witnessmark.vocabulary import label
from witnessmark.vocabulary.telling import Term, tell
from witnessmark.vocabulary.texts import LANGUAGES, choose, translations
from witnessmark.web.language import Words

WEB = Path(str(resources.files("witnessmark.web")))
PATTERNS = WEB.parent / "assess/patterns"
DESK = WEB.parent / "desk"
CATALOGUE = WEB.parent / "vocabulary/locale/uk/LC_MESSAGES/witnessmark"


def messages() -> set[object]:
    keywords = {"_": None, "gettext": None, "ngettext": (1, 2), "tell": None, "Told": None}
    methods = [("**.py", "python"), ("**.j2", "jinja2")]
    return {message for root in (WEB, DESK, PATTERNS) for _, _, message, _, _ in extract_from_dir(root, methods, keywords=keywords)}


def test_every_text_is_translated() -> None:
    with open(f"{CATALOGUE}.po", "rb") as stream:
        catalogue = read_po(stream, locale="uk")
    said = {m.id for m in catalogue if m.id and all([m.string] if isinstance(m.string, str) else m.string)}
    assert messages() - said == set()
    assert said - messages() == set(), "texts that no page has"
    assert not [m.id for m in catalogue if m.fuzzy and m.id]


def test_the_compiled_catalogue_is_that_of_the_texts() -> None:
    with open(f"{CATALOGUE}.po", "rb") as stream:
        out = io.BytesIO()
        write_mo(out, read_po(stream, locale="uk"))
    fresh = gettext.GNUTranslations(io.BytesIO(out.getvalue()))
    held = translations("uk")
    for message in messages():
        if isinstance(message, str):
            assert held.gettext(message) == fresh.gettext(message)


@pytest.mark.parametrize(
    "number, word", [(1, "інцидент"), (2, "інциденти"), (5, "інцидентів"), (11, "інцидентів"), (21, "інцидент"), (104, "інциденти")]
)
def test_plurals_of_ukrainian(number: int, word: str) -> None:
    assert translations("uk").ngettext("incident", "incidents", number) == word


def test_sentences_on_patterns_are_said_in_ukrainian() -> None:
    told = tell("{number} events; a share needs {least}", number=3, least=12)
    assert told == "3 events; a share needs 12"
    assert Words("en").said(told) == told
    assert "3" in Words("uk").said(told) and "12" in Words("uk").said(told) and "events" not in Words("uk").said(told)
    nested = tell("{told}: level", told=told)
    assert Words("uk").said(nested).startswith(Words("uk").said(told))
    unit = tell("it counts {unit}, the data count {other}; different units are not compared", unit=Term("unit", "person_killed"), other=3)
    assert Words("uk").said(unit) != unit and label("unit", "person_killed", "uk") in Words("uk").said(unit)
    assert Words("uk").said("plain words") == "plain words"


def test_translated_sentences_take_the_same_values() -> None:
    held = translations("uk")
    for message in messages():
        if isinstance(message, str) and "{" in message:
            fields = [
                sorted((name, spec) for _, name, spec, _ in Formatter().parse(text) if name) for text in (message, held.gettext(message))
            ]
            assert fields[0] == fields[1], message


def test_no_text_stands_outside_of_the_catalogue() -> None:
    """Words between tags that are neither a call of gettext nor a sign."""
    allowed = {
        "wide",
        "value",
        "Witnessmark",
        "UTC",
        "ID",
        "SHA-256",
        "ms",
        "α",
        "witnessmark verify --case",
        "witnessmark patterns --case",
        "witnessmark export DIR --case",
        "witnessmark sheet",
        "witnessmark read FILES --case",
    }
    for template in (WEB / "templates").glob("*.j2"):
        text = re.sub(r"\{[{%#].*?[}%#]\}", "", template.read_text(encoding="utf-8"), flags=re.DOTALL)
        for words in re.findall(r">([^<>{}]+)<", text):
            cleaned = words.strip(" \n·–—≠≥→()/:;,.+=−⤢±%")
            assert (
                not re.search(r"[A-Za-zА-я]{3,}", cleaned)
                or cleaned in allowed
                or "at least 3" in cleaned
                or "2024-02" in cleaned
                or "killed; children" in cleaned
            ), (
                template.name,
                cleaned,
            )


@pytest.mark.parametrize(
    "cookie, accepted, expected",
    [("uk", "en", "uk"), ("", "uk-UA,uk;q=0.9,en;q=0.5", "uk"), ("", "fr,de;q=0.8", "en"), ("xx", "", "en"), ("../uk", "*", "en")],
)
def test_the_language_is_the_readers(cookie: str, accepted: str, expected: str) -> None:
    assert choose(cookie, accepted) == expected
    assert expected in LANGUAGES


def test_numbers_have_the_mark_of_their_language() -> None:
    english, ukrainian = Words("en"), Words("uk")
    assert [english.signed(v) for v in (0.7, -3.26, -0.01)] == ["+0.7", "−3.3", "+0.0"]
    assert (ukrainian.signed(-3.26), ukrainian.decimal(0.875, 2), english.decimal(0.4, 2)) == ("−3,3", "0,88", "0.40")


def test_values_in_words() -> None:
    en, uk = Words("en"), Words("uk")
    assert en.value(Quantity(3, None, "ge", "x")) == "at least 3"
    assert uk.value(Quantity(3, None, "ge", "x")) == "щонайменше 3"
    assert en.value(Quantity(None, 4, "le", "x")) == "up to 4"
    assert en.value(Quantity(4, 4, "approx", "x")) == "about 4"
    assert en.value(Quantity(4, 6, "range", "x")) == "4–6"
    assert en.value(Quantity(None, None, "eq", "dozens", vague="dozens")) == "“dozens”"
    assert en.value(Quantity(None, None, "eq", "x", unknown=True)) == "not known"
    assert en.value(Quantity(2, 2, "times", "doubled", factor=2.0)) == "2 times"
    assert en.value(None) == "not stated"
    assert en.value(TermValue("strike.air"), "act") == "air strike" == en.value("strike.air", "act")
    assert uk.value("strike.air", "act") != "air strike"
    assert en.value("the mayor", "speaker") == "the mayor"
    day = dt.date(2024, 2, 3)
    assert en.value(DateValue(day, day, "T2", "relative")) == "2024-02-03 (counted from another day)"
    assert en.value(DateValue(day, day, "T2", "stated", open_end=True)) == "from 2024-02-03 on"
    assert en.value(DateValue(day, day, "T2", "stated", open_start=True, part_of_day="night")) == "until 2024-02-03, night"
    assert en.value(PlaceValue("Riverbend", None, None, None, None, "P3", relation="near")) == "near Riverbend (not placed)"
    assert en.value(ActorValue("unknown")) == "not known"
    assert "cluster" in en.value(MunitionValue(None, "cluster", count=Quantity(2, 2, "eq", "two")))
    assert en.bounds((None, None)) == "–" and en.bounds((4, 6)) == "4–6" and en.bounds((None, 1000)) == "1\u202f000"
    assert en.days(None, None) == "not stated"
    assert en.precision("P3") and en.precision("TR") and en.precision(None) == ""
