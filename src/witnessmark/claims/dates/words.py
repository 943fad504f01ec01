"""Words of time by language: which tokens can be part of a time expression, and what class and value each has.

The file ``dates.toml`` of a language folder holds ``[classes.NAME]`` (phrase -> value, where a value is a number, a word, or a table of
:class:`~witnessmark.claims.dates.forms.Form` fields), ``[forms]`` (NAME -> entries of a value and the inflected words that have it),
``[lists]`` (NAME -> phrases without a value), ``[options]`` and ``[[rule]]``.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from witnessmark.statements.language.lexicons import lexicon
from witnessmark.statements.language.tokens import Token, tokenise

NUMBER_CLASSES = ("ZERO", "UPTO12", "UPTO24", "UPTO31", "UPTO59", "UPTO99", "UPTO999", "YEAR", "DECIMAL", "BIG")
_DAY = ("UPTO12", "UPTO24", "UPTO31")
COMPOUND: Mapping[str, tuple[str, ...]] = {
    "DAY": _DAY,
    "MONTHNO": ("UPTO12",),
    "HOUR": ("ZERO", "UPTO12", "UPTO24"),
    "MINUTE": ("ZERO", *_DAY, "UPTO59"),
    "TWODIGIT": ("ZERO", *_DAY, "UPTO59", "UPTO99"),
    "INTEGER": (*_DAY, "UPTO59", "UPTO99", "UPTO999", "YEAR"),
    "COUNT": (*_DAY, "UPTO59", "UPTO99", "UPTO999", "NUMWORD", "DECIMAL"),
    "ORD": ("ORDNUM", "ORDWORD"),
}
"""Names that rules may use for several classes of number at once."""

LANGUAGES = ("en", "uk", "ru")
"""Languages with a ``dates.toml``; any other is read with the first."""


class Lexeme(NamedTuple):
    """Tokens ``first`` .. ``last`` (excluded) with the class ``name`` and a value (number, word, table of form fields, or None).

    A tuple, since a third of all tokens become one and frozen dataclasses take four times as long to make.
    """

    first: int
    last: int
    name: str
    value: Any


Phrases = tuple[tuple[tuple[str, ...], str, Any], ...]
"""Phrases with the same first two words: (further words, class, value), longest first."""


Start = tuple[tuple[str, Any] | None, Mapping[str, Phrases] | None]
"""What a word can begin: its own class and value, and phrases by their second word."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language. ``single``: word -> (class, value); ``starts``: what each word can begin.

    ``core`` are the classes without which a run of words is no time expression; ``capital`` those that need a capital letter;
    ``ambiguous`` words that count only beside a number or after one of ``introducers``, ``strict`` ones only beside a number. The other
    sets are words that stand around time expressions, named for what they do.
    """

    language: str
    single: Mapping[str, tuple[str, Any]]
    starts: Mapping[str, Start]
    core: frozenset[str]
    capital: frozenset[str]
    ambiguous: frozenset[str]
    strict: frozenset[str]
    introducers: frozenset[str]
    ordinal_suffixes: frozenset[str]
    decade_suffixes: frozenset[str]
    year_before: frozenset[str]
    year_after: frozenset[str]
    year_words: frozenset[str]
    never_year: frozenset[str]
    span_words: frozenset[str]
    future: frozenset[str]
    future_after: frozenset[str]
    joiners: frozenset[str]
    range_words: frozenset[str]
    past_saying: frozenset[str]
    past_words: frozenset[str]
    past_endings: tuple[str, ...]
    fillers: frozenset[str]
    and_words: frozenset[str]
    night_words: frozenset[str]
    between_words: frozenset[str]
    since_words: frozenset[str]
    after_words: frozenset[str]
    until_words: frozenset[str]
    war_words: frozenset[str]
    begin_words: frozenset[str]
    leaning_words: frozenset[str]
    start_words: frozenset[str]


@functools.cache
def words(language: str) -> Words:
    """The words of ``language`` (of English where there is no file).

    Raises:
        DataError: WM403 when the file is missing or broken.
    """
    raw = lexicon(language if language in LANGUAGES else LANGUAGES[0], "dates")
    single: dict[str, tuple[str, Any]] = {}
    phrases: dict[str, dict[str, list[tuple[tuple[str, ...], str, Any]]]] = {}
    for phrase, name, value in _entries(raw):
        parts = tuple(t.lower for t in tokenise(phrase))
        if len(parts) == 1:
            single[parts[0]] = (name, value)
        else:
            phrases.setdefault(parts[0], {}).setdefault(parts[1], []).append((parts[2:], name, value))
    options: Mapping[str, list[str]] = raw["options"]
    sets = {key: frozenset(options.get(key, ())) for key in _OPTION_SETS}
    ordered = {
        head: {second: tuple(sorted(rest, key=lambda r: -len(r[0]))) for second, rest in seconds.items()}
        for head, seconds in phrases.items()
    }
    starts = {word: (single.get(word), ordered.get(word)) for word in single.keys() | ordered.keys()}
    return Words(language=language, single=single, starts=starts, past_endings=tuple(options["past_endings"]), **sets)


_OPTION_SETS = (
    "core", "capital", "ambiguous", "strict", "introducers", "ordinal_suffixes", "decade_suffixes", "year_before", "year_after",
    "year_words", "never_year", "span_words", "future", "future_after", "joiners", "range_words", "past_saying", "past_words", "fillers",
    "and_words", "night_words", "between_words", "since_words", "after_words", "until_words",
    "war_words", "begin_words", "leaning_words", "start_words",
)  # fmt: skip


def _entries(raw: Mapping[str, Any]) -> list[tuple[str, str, Any]]:
    out = [(phrase, name, value) for name, table in raw.get("classes", {}).items() for phrase, value in table.items()]
    out += [
        (phrase, name, entry["value"]) for name, listed in raw.get("forms", {}).items() for entry in listed for phrase in entry["words"]
    ]
    out += [(phrase, name, None) for name, listed in raw["lists"].items() for phrase in listed]
    return out


def runs(tokens: Sequence[Token], text: str, lexis: Words) -> list[list[Lexeme]]:
    """Runs of neighbouring tokens that all can belong to a time expression and hold at least one core word; none crosses a paragraph."""
    out: list[list[Lexeme]] = []
    run: list[Lexeme] = []
    cored = False
    skip_to = 0
    starts, core = lexis.starts, lexis.core
    for at, token in enumerate(tokens):
        if at < skip_to:
            continue
        hit = starts.get(token.lower)
        found = None if hit is None else _lexeme(tokens, at, hit, lexis)
        if found is None and "0" <= token.lower[0] <= "9":
            found = _number(tokens, at, lexis)
        if run and (found is None or _paragraph_ends(tokens, at, text)):
            if cored:
                out.append(run)
            run, cored = [], False
        if found is not None:
            run.append(found)
            cored = cored or found.name in core
            skip_to = found.last
    if cored:
        out.append(run)
    return out


def _lexeme(tokens: Sequence[Token], at: int, hit: Start, lexis: Words) -> Lexeme | None:
    entry, heads = hit
    found = _phrase(tokens, at, heads, lexis) if heads is not None else None
    if found is None and entry is not None and _allowed(tokens, at, entry[0], lexis):
        return Lexeme(at, at + 1, *entry)
    return found


def _paragraph_ends(tokens: Sequence[Token], at: int, text: str) -> bool:
    start, end = tokens[at - 1].end, tokens[at].start
    return end - start > 1 and "\n\n" in text[start:end]


def _phrase(tokens: Sequence[Token], at: int, heads: Mapping[str, Phrases], lexis: Words) -> Lexeme | None:
    """The longest phrase that begins at ``at``; ``heads`` has the phrases that begin with this word, by their second word."""
    options = heads.get(tokens[at + 1].lower) if at + 1 < len(tokens) else None
    for rest, name, value in options or ():
        last = at + 2 + len(rest)
        if last <= len(tokens) and all(tokens[at + 2 + i].lower == word for i, word in enumerate(rest)):
            return Lexeme(at, last, name, value) if _allowed(tokens, at, name, lexis) else None
    return None


_CAREFUL = frozenset({"PART", "HOLIDAY", "SEASON"})


def _allowed(tokens: Sequence[Token], at: int, name: str, lexis: Words) -> bool:
    """False for a word that has another meaning here: "may" the verb, "march" the walk, "sat"."""
    token = tokens[at]
    if name not in _CAREFUL and name not in lexis.capital and token.lower not in lexis.ambiguous:
        return True
    if name in lexis.capital and not token.text[0].isupper():
        return False
    if name in _CAREFUL and token.text[0].isupper() and _in_a_name(tokens, at, lexis):
        return False
    if token.lower not in lexis.ambiguous:
        return True
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is not None and after.text == "." and after.start == token.end and at + 2 < len(tokens):
        after = tokens[at + 2]
    if after is not None and after.kind == "number":
        return True
    if at == 0:
        return False
    before = tokens[at - 1]
    if token.lower in lexis.strict:
        return before.kind == "number" and token.start - before.end <= 1
    return before.kind == "number" or before.lower in lexis.introducers or before.lower[:1].isdigit()


def _in_a_name(tokens: Sequence[Token], at: int, lexis: Words) -> bool:
    """True for a capital that goes on from one: "Operation Red Dawn"."""
    before = tokens[at - 1] if at else None
    if before is None or before.kind != "word" or tokens[at].start - before.end > 1:
        return False
    return before.capitalised and before.lower not in lexis.single


def _number(tokens: Sequence[Token], at: int, lexis: Words) -> Lexeme | None:
    token = tokens[at]
    if (clock := _glued_clock(tokens, at, lexis)) is not None:
        return clock
    if token.kind == "number":
        return _figure(tokens, at, lexis)
    digits = len(token.lower) - len(token.lower.lstrip("0123456789"))
    suffix = token.lower[digits:]
    value = int(token.lower[:digits]) if digits <= 4 else 0
    if suffix in lexis.ordinal_suffixes:
        return Lexeme(at, at + 1, "ORDNUM", value)
    if suffix in lexis.decade_suffixes and value % 10 == 0 and value >= 10:
        return Lexeme(at, at + 1, "DECADE", value)
    meridiem = lexis.single.get(suffix)
    if meridiem is not None and meridiem[0] == "MERIDIEM" and 1 <= value <= 12:
        return Lexeme(at, at + 1, "CLOCK", {"hour": value, "minute": 0, "meridiem": meridiem[1]})
    return None


def _glued_clock(tokens: Sequence[Token], at: int, lexis: Words) -> Lexeme | None:
    """ "10:30pm", "10.30pm": hour, mark, and minutes glued to the meridiem."""
    if at + 2 >= len(tokens) or tokens[at + 1].text not in ".:" or not tokens[at].text.isdigit() or len(tokens[at].text) > 2:
        return None
    last = tokens[at + 2]
    named = lexis.single.get(last.lower[2:])
    if last.start != tokens[at].end + 1 or not last.lower[:2].isdigit() or named is None or named[0] != "MERIDIEM":
        return None
    return Lexeme(at, at + 3, "CLOCK", {"hour": int(tokens[at].text), "minute": int(last.lower[:2]), "meridiem": named[1]})


def _figure(tokens: Sequence[Token], at: int, lexis: Words) -> Lexeme | None:
    text = tokens[at].text
    if "." in text or "," in text:
        return _pointed(text, at)
    if at + 2 < len(tokens) and tokens[at + 1].text in _HYPHENS and tokens[at + 2].lower in lexis.ordinal_suffixes | lexis.decade_suffixes:
        suffix = tokens[at + 2].lower
        if suffix in lexis.decade_suffixes and int(text[-4:]) % 10 == 0:
            return Lexeme(at, at + 3, "DECADE", int(text[-4:]))
        name = "YEAR" if len(text) == 4 else "ORDNUM"
        return Lexeme(at, at + 3, name, int(text[-4:]))
    if len(text) == 4 and int(text[:2]) < 24 and int(text[2:]) < 60 and (text[0] == "0" or text >= "2200"):
        return Lexeme(at, at + 1, "MILITARY", {"hour": int(text[:2]), "minute": int(text[2:])})
    if len(text) > 4:
        return Lexeme(at, at + 1, "BIG", None)
    return Lexeme(at, at + 1, number_class(text), int(text))


_HYPHENS = frozenset("-‑–")


def number_class(text: str) -> str:
    """The class of a whole number of one to four digits."""
    value = int(text)
    if len(text) == 4 and text[0] != "0":
        return "YEAR" if value < 2200 else "BIG"
    bounds = (0, 12, 24, 31, 59, 99, 999)
    return next((name for name, top in zip(NUMBER_CLASSES, bounds, strict=False) if value <= top), "BIG")


def _pointed(text: str, at: int) -> Lexeme:
    """A figure with points: "03.02.2023" is a date, "10.30" may be a clock time or a decimal."""
    parts = text.split(".")
    if len(parts) == 3 and all(p.isdigit() for p in parts) and len(parts[2]) in (2, 4):
        day, month, year = (int(p) for p in parts)
        if month > 12 >= day:
            day, month = month, day
        if 1 <= day <= 31 and 1 <= month <= 12:
            full = year if year >= 100 else year + (2000 if year < 70 else 1900)
            return Lexeme(at, at + 1, "NUMERIC", {"day": day, "month": month, "year": full})
    if len(parts) == 2 and all(p.isdigit() for p in parts):
        return Lexeme(at, at + 1, "DECIMAL", text)
    return Lexeme(at, at + 1, "BIG", None)
