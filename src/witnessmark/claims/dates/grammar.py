"""Rules over words of time: short patterns of word classes, compiled to regular expressions over one letter per word.

A pattern is a list of items ``[field=]CLASS[|CLASS...][?]``; ``( ... )?`` makes a group optional. A field takes the value of the word
it matched; the field ``form`` spreads a table of fields. Patterns have no repetition, so matching is linear in their length.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from witnessmark.claims.dates.forms import Expression, Form
from witnessmark.claims.dates.words import COMPOUND, LANGUAGES, NUMBER_CLASSES, Lexeme, Words
from witnessmark.errors import DataError
from witnessmark.statements.language.lexicons import lexicon
from witnessmark.statements.language.tokens import Token

_ITEM = re.compile(r"\(|\)\??|(?:(?P<field>[a-z_]+)=)?(?P<classes>[A-Z|\d]+)(?P<optional>\??)")


@dataclass(frozen=True, slots=True)
class Rule:
    """A compiled pattern. ``constants`` are form fields that it sets; ``guard`` names a check in :data:`GUARDS`."""

    name: str
    pattern: re.Pattern[str]
    constants: Mapping[str, Any]
    guard: str | None


@dataclass(frozen=True, slots=True)
class Grammar:
    """Rules by the letter that they can begin with, and the letter of each word class."""

    letters: Mapping[str, str]
    rules: Mapping[str, tuple[Rule, ...]]


@functools.cache
def grammar(language: str) -> Grammar:
    """The rules of ``language``.

    Raises:
        DataError: WM403 when a pattern uses a class that is not there.
    """
    raw = lexicon(language if language in LANGUAGES else LANGUAGES[0], "dates")
    shared = raw["options"].get("rules_of")
    listed = raw.get("rule", []) + (lexicon(shared, "dates")["rule"] if shared else [])
    names = dict.fromkeys([*NUMBER_CLASSES, *_SPECIAL, *raw.get("classes", {}), *raw["lists"], *raw.get("forms", {})])
    letters = {name: chr(0xE000 + at) for at, name in enumerate(names)}
    table: dict[str, list[Rule]] = {}
    for entry in listed:
        constants = {k: v for k, v in entry.items() if k not in ("name", "patterns", "guard")}
        for pattern in entry["patterns"]:
            source, starts = _compile(pattern, letters)
            rule = Rule(entry["name"], re.compile(source), constants, entry.get("guard"))
            for letter in starts:
                table.setdefault(letter, []).append(rule)
    return Grammar(letters, {letter: tuple(rules) for letter, rules in table.items()})


_SPECIAL = ("ORDNUM", "ORDWORD", "NUMWORD", "DECADE", "NUMERIC", "CLOCK", "MILITARY")


def _compile(pattern: str, letters: Mapping[str, str]) -> tuple[str, set[str]]:
    """The regular expression of a pattern and the letters that it can begin with."""
    out: list[str] = []
    starts: set[str] = set()
    opened: list[bool] = []
    begun = False
    for match in _ITEM.finditer(pattern):
        text = match.group()
        if text == "(":
            out.append("(?:")
            opened.append(begun)
        elif text.startswith(")"):
            out.append(text)
            before = opened.pop()
            begun = before if text == ")?" else begun
        else:
            group = _group(match["classes"], letters)
            if not begun:
                starts.update(group)
            begun = begun or not match["optional"]
            body = f"[{group}]"
            out.append((f"(?P<{match['field']}>{body})" if match["field"] else body) + match["optional"])
    return "".join(out), starts


def _group(classes: str, letters: Mapping[str, str]) -> str:
    found: list[str] = []
    for name in classes.split("|"):
        for member in COMPOUND.get(name, (name,)):
            if member in letters:
                found.append(letters[member])
            elif name not in COMPOUND:
                raise DataError("WM403", f"no word class {name}", origin="dates.toml")
    return "".join(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Site:
    """Where a rule matched: the run, the lexemes of the match and the text's tokens, for guards."""

    run: Sequence[Lexeme]
    first: int
    last: int
    tokens: Sequence[Token]
    lexis: Words

    def before(self) -> Token | None:
        """The token before the match on the same line, as far as blanks tell."""
        at = self.run[self.first].first - 1
        return self.tokens[at] if at >= 0 and self.tokens[at + 1].start - self.tokens[at].end <= 1 else None

    def after(self, skip: int = 0) -> Token | None:
        """The token after the match on the same line, ``skip`` further on."""
        at = self.run[self.last - 1].last + skip
        return self.tokens[at] if at < len(self.tokens) and self.tokens[at].start - self.tokens[at - 1].end <= 1 else None


def match_run(run: Sequence[Lexeme], tokens: Sequence[Token], lexis: Words, rules: Grammar) -> list[Expression]:
    """The expressions of a run, longest first at each place, left to right."""
    codes = "".join(rules.letters[lexeme.name] for lexeme in run)
    out: list[Expression] = []
    at = 0
    while at < len(run):
        best: tuple[int, Rule, re.Match[str]] | None = None
        for rule in rules.rules.get(codes[at], ()):
            hit = rule.pattern.match(codes, at)
            if hit is None or hit.end() <= at or (best is not None and hit.end() <= best[0]):
                continue
            if rule.guard is None or GUARDS[rule.guard](Site(run, at, hit.end(), tokens, lexis)):
                best = (hit.end(), rule, hit)
        if best is None:
            at += 1
            continue
        end, rule, hit = best
        form = build(rule, hit, run)
        if form is not None:
            out.append(Expression(run[at].first, run[end - 1].last, form, rule.name))
        at = end
    return out


def build(rule: Rule, hit: re.Match[str], run: Sequence[Lexeme]) -> Form | None:
    """The form that a match says, or None when its fields cannot hold (31 June)."""
    fields: dict[str, Any] = dict(rule.constants)
    for name, at in ((n, hit.start(n)) for n in hit.re.groupindex):
        if at < 0:
            continue
        value = run[at].value
        if name == "form" and isinstance(value, str):
            hours, _, minutes = value.partition(".")
            fields.update(hour=int(hours), minute=int(minutes))
        elif isinstance(value, dict):
            fields.update(value if name == "form" else {name: value.get(name)})
        elif name == "amount" and isinstance(value, str):
            fields[name] = float(value) if value != "X" else None
        else:
            fields[name] = value
    if fields.get("month", 0) > 12 >= fields.get("day", 0):
        fields["day"], fields["month"] = fields["month"], fields["day"]
    short = fields.pop("short_year", None)
    if short is not None:
        fields["year"] = short + (2000 if short < 70 else 1900)
    return Form(**fields)


def _bare_year(site: Site) -> bool:
    """A number of four digits alone is a year after certain words, in brackets, or between marks; never before what it could count."""
    before, after = site.before(), site.after()
    if after is not None and (after.lower in site.lexis.year_after or after.text in "%°"):
        return False
    if after is not None and after.lower in site.lexis.year_words:
        return True
    if before is not None and before.lower in site.lexis.never_year:
        return False
    if before is None or before.text in '([–-:/—;"“«' or before.lower in site.lexis.year_before:
        return not _counts(site)
    alone = after is None or after.text in ".,;:)]—–-"
    if before.text == ",":
        return after is None or after.text in ".;:)]—–-"
    return alone and before.kind == "word" and before.capitalised


def _counts(site: Site) -> bool:
    """True for "of 1500 soldiers": a number that no recent year has, before a plural noun that it could count."""
    after, year = site.after(), site.run[site.first].value
    if isinstance(year, int) and 1900 <= year <= 2035 and year != 2000:
        return False
    return after is not None and after.kind == "word" and after.lower.endswith("s") and after.lower not in ("was", "is", "has", "as", "'s")


def _glued(site: Site) -> bool:
    """No blank between the parts, as in 2023-02-03 and 14/03."""
    listed = site.run[site.first : site.last]
    return all(site.tokens[a.last - 1].end == site.tokens[b.first].start for a, b in itertools.pairwise(listed))


def _date_slash(site: Site) -> bool:
    """A glued pair of numbers that can be day and month, and no fraction: the word before says when."""
    values = [x.value for x in site.run[site.first : site.last] if x.name != "PER"]
    before = site.before()
    return _glued(site) and min(values[:2]) <= 12 and (len(values) == 3 or (before is not None and before.lower in site.lexis.introducers))


def _nothing_follows(site: Site) -> bool:
    """The words end a phrase: "a day before." but not "a day before the attack"."""
    after = site.after()
    return after is None or after.kind == "mark" or after.lower in site.lexis.introducers or after.lower in site.lexis.year_before


def _introduced(site: Site) -> bool:
    """One of the introducing prepositions stands before the words."""
    before = site.before()
    return before is not None and before.lower in site.lexis.introducers


def _day_of_month(site: Site) -> bool:
    """ "on the 20th", with nothing after it that could be the twentieth."""
    day = next((lexeme.value for lexeme in site.run[site.first : site.last] if lexeme.name == "ORDNUM"), 0)
    return 1 <= day <= 31 and _introduced(site) and _nothing_follows(site)


def _counted(site: Site) -> bool:
    """A count of something stands before: "30 a day", "five times a week"."""
    at = site.run[site.first].first
    return any(
        t.kind == "number" or t.lower in ("times", "once", "twice", "раз", "рази", "разів", "раза")
        for t in site.tokens[max(0, at - 4) : at]
    )


def _bare_season(site: Site) -> bool:
    """ "in the fall", but not "in the fall of the city"."""
    before, after = site.before(), site.after()
    return before is not None and before.lower in ("in", "since", "by", "last") and (after is None or after.lower != "of")


def _bare_units(site: Site) -> bool:
    """ "within days", "for months"."""
    before = site.before()
    return before is not None and before.lower in site.lexis.span_words


def _at_hour(site: Site) -> bool:
    """A figure with a point is a clock time after "at", or before "a.m."."""
    before = site.before()
    figure = site.tokens[site.run[site.first].first].text
    minutes = figure.partition(".")[2]
    named = site.last - site.first > 1
    at = before is not None and site.lexis.single.get(before.lower, ("",))[0] == "AT"
    return len(minutes) == 2 and int(minutes) < 60 and int(figure.partition(".")[0]) <= 24 and (named or at)


def _hour_unit(site: Site) -> bool:
    """The unit in the match is the hour."""
    return any(lexeme.value == "hour" for lexeme in site.run[site.first : site.last])


def _no_hour_unit(site: Site) -> bool:
    """The unit in the match is a day or longer."""
    return not any(lexeme.value in ("hour", "minute", "second") for lexeme in site.run[site.first : site.last])


def _month_unit(site: Site) -> bool:
    """The unit in the match is the month."""
    return any(lexeme.value == "month" for lexeme in site.run[site.first : site.last])


def _no_number_follows(site: Site) -> bool:
    """ "for years", but not "the years 1955 and 1956"."""
    after = site.after()
    return after is None or after.kind != "number"


def _month_follows(site: Site) -> bool:
    """A date with the name of a month stands within the next few words: "a day after the 3 February strike"."""
    at = site.run[site.last - 1].last
    for token in site.tokens[at : at + 6]:
        if token.kind == "mark":
            return False
        if site.lexis.single.get(token.lower, ("",))[0] == "MONTH" and token.capitalised:
            return True
    return False


GUARDS: Mapping[str, Callable[[Site], bool]] = {
    "bare_year": _bare_year,
    "glued": _glued,
    "date_slash": _date_slash,
    "nothing_follows": _nothing_follows,
    "introduced": _introduced,
    "day_of_month": _day_of_month,
    "counted": _counted,
    "hour_unit": _hour_unit,
    "no_hour_unit": _no_hour_unit,
    "month_unit": _month_unit,
    "at_hour": _at_hour,
    "bare_season": _bare_season,
    "bare_units": _bare_units,
    "no_number_follows": _no_number_follows,
    "month_follows": _month_follows,
}
"""Checks on the surroundings of a match, by the name that rules use."""
