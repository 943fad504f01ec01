"""Joins the pieces that the rules found: parts of days and clock times with their day, weekdays with dates, "early" with what follows,
and days that borrow their month from a neighbour ("between 3 and 5 February")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from witnessmark.claims.dates.civil import day_exists
from witnessmark.claims.dates.forms import Expression, Form
from witnessmark.claims.dates.grammar import Grammar, match_run
from witnessmark.claims.dates.words import Lexeme, Words, runs
from witnessmark.statements.language.tokens import Token

_FUZZY_PARTS = {"START": "morning", "END": "evening", "MID": None}
_MAX_GAP = 3


def expressions(tokens: Sequence[Token], text: str, lexis: Words, rules: Grammar) -> list[Expression]:
    """All time expressions of a text, in order, not overlapping, unresolved."""
    out: list[Expression] = []
    for run in runs(tokens, text, lexis):
        found = [e for e in match_run(run, tokens, lexis, rules) if _possible(e.form)]
        if not found:
            continue
        found = _borrow(found, run, tokens, lexis)
        found = _absorb_fuzzy(found, run)
        out.extend(found)
    if sum(e.form.era < 0 for e in out) < ANTIQUE_MIN:
        out = [e for e in out if e.form.literal != "antique"]
    joined = [e for e in _join(out, tokens, text, lexis) if e.form.kind != "night_to"]
    return _share_years(joined, tokens, lexis)


ANTIQUE_MIN = 3
"""A number of three digits after a preposition is a year only in a text with at least so many years "BC"."""


def sentence_ends(tokens: Sequence[Token], first: int, last: int) -> bool:
    """True when a full stop before a capital stands among the tokens, so that what follows is another sentence."""
    return any(tokens[at].text == "." and at + 1 < len(tokens) and tokens[at + 1].capitalised for at in range(first, last))


def _share_years(found: list[Expression], tokens: Sequence[Token], lexis: Words) -> list[Expression]:
    """ "From October 31 to November 3, 2022", "August and September 1914": the first takes the year of the second."""
    out = list(found)
    for at in range(len(out) - 2, -1, -1):
        a, b = out[at], out[at + 1]
        if not 1 <= b.first - a.last <= _MAX_GAP or sentence_ends(tokens, a.last, b.first):
            continue
        gap = [t.lower for t in tokens[a.last : b.first]]
        linked = all(w in lexis.range_words or w in lexis.fillers or w == "," for w in gap)
        if linked and a.form.kind == "time" and a.form.hour is not None and b.form.has_time and is_day(b.form):
            out[at] = replace(a, form=_timed(replace(b.form, hour=None, minute=None, meridiem=None, part=None), a.form))
            continue
        if not linked or not any(w in lexis.range_words or w == "," for w in gap) or b.form.kind != "date" or a.form.kind != "date":
            continue
        if a.form.month is None and a.form.day is not None and b.form.month is not None and b.form.day is not None:
            out[at] = replace(a, form=replace(a.form, month=b.form.month, year=b.form.year))
            continue
        if b.form.year is None or a.form.year is not None:
            continue
        if a.form.month is None or a.form.year_direction is not None or b.form.month is None and b.form.day is None:
            continue
        earlier = b.form.month is not None and (a.form.month, a.form.day or 0) > (b.form.month, b.form.day or 31)
        out[at] = replace(a, form=replace(a.form, year=b.form.year - (1 if earlier else 0), era=b.form.era))
    return out


def _possible(form: Form) -> bool:
    if form.day is not None and form.month is not None:
        return day_exists(form.year if form.year is not None else 2000, form.month, form.day)
    if form.hour is not None:
        return form.hour <= 24 and not (form.meridiem and form.hour > 12)
    return True


def _borrow(found: list[Expression], run: Sequence[Lexeme], tokens: Sequence[Token], lexis: Words) -> list[Expression]:
    """Lone day numbers beside a date across "to", "and" or a dash take its month; two-figure years take a century."""
    index = {lexeme.first: at for at, lexeme in enumerate(run)}
    taken = {i for e in found for i in range(e.first, e.last)}
    extra: list[Expression] = []
    for e in found:
        form = e.form
        if form.kind == "date" and form.day is not None and form.month is not None:
            extra += _borrow_left(e, run, index, taken, tokens, lexis)
            extra += _borrow_right(e, run, index, taken, tokens, lexis)
        elif form.kind == "date" and form.era < 0 and form.year is not None:
            extra += _borrow_era(e, run, index, taken, tokens, lexis)
        elif form.kind == "date" and form.year is not None and form.month is None and form.season is None:
            extra += _short_year(e, run, index, taken, tokens)
    covered = {i for e in extra for i in range(e.first, e.last)}
    kept = [e for e in found if e.first not in covered]
    return sorted([*kept, *extra], key=lambda e: e.first)


def _borrow_left(
    e: Expression, run: Sequence[Lexeme], index: dict[int, int], taken: set[int], tokens: Sequence[Token], lexis: Words
) -> list[Expression]:
    out: list[Expression] = []
    at = index[e.first] - 1
    while at >= 1 and len(out) < 4:
        joint, day = run[at], run[at - 1]
        linked = joint.first not in taken and tokens[joint.first].lower in lexis.range_words | {","}
        if not linked or day.first in taken or day.name not in _DAYS or not isinstance(day.value, int):
            break
        if not 1 <= day.value <= 31 or tokens[day.first].text[0].isalpha():
            break
        if day.name.startswith("UPTO") and not _may_be_day(day, tokens, lexis, dash=tokens[joint.first].text in "-–—"):
            break
        form = replace(e.form, day=day.value, weekday=None)
        if _possible(form):
            out.append(Expression(day.first, day.last, form, "borrowed_day"))
            taken.update(range(day.first, day.last))
        at -= 2
    return out


def _borrow_era(
    e: Expression, run: Sequence[Lexeme], index: dict[int, int], taken: set[int], tokens: Sequence[Token], lexis: Words
) -> list[Expression]:
    """ "499-494 BC": the first year is of the same era."""
    at = index[e.first] - 1
    if at < 1 or run[at].first in taken or tokens[run[at].first].lower not in lexis.range_words or run[at - 1].first in taken:
        return []
    year = run[at - 1]
    if not isinstance(year.value, int) or not year.name.startswith(("UPTO", "YEAR")) or year.value < (e.form.year or 0):
        return []
    return [Expression(year.first, year.last, Form(year=year.value, era=-1), "borrowed_era")]


def _may_be_day(day: Lexeme, tokens: Sequence[Token], lexis: Words, *, dash: bool) -> bool:
    """A number before "and 5 February" is a day after a preposition or a comma; before a dash always."""
    if dash or day.first == 0:
        return True
    before = tokens[day.first - 1]
    return before.lower in lexis.introducers or before.text in ",(" or before.lower in lexis.range_words


_DAYS = frozenset({"UPTO12", "UPTO24", "UPTO31", "ORDNUM", "ORDWORD"})


def _borrow_right(
    e: Expression, run: Sequence[Lexeme], index: dict[int, int], taken: set[int], tokens: Sequence[Token], lexis: Words
) -> list[Expression]:
    """ "March 5-9, 1918": the second day follows the month's name, and a year after it holds for both."""
    at = index[e.first]
    while at < len(run) and run[at].last < e.last:
        at += 1
    if e.form.year is not None or run[at].name not in _DAYS:
        return []
    at += 1
    if at + 1 >= len(run) or tokens[run[at].first].lower not in lexis.range_words or run[at + 1].name not in _DAYS:
        return []
    day = run[at + 1]
    if day.first in taken or run[at].first in taken:
        return []
    end, year = day.last, None
    rest = run[at + 2 : at + 4]
    if len(rest) == 2 and rest[0].name == "COMMA" and rest[1].name == "YEAR":
        end, year = rest[1].last, rest[1].value
    elif rest and rest[0].name == "YEAR":
        end, year = rest[0].last, rest[0].value
    form = replace(e.form, day=day.value, year=year)
    ordinal = day.name == "ORDNUM" and not (end < len(tokens) and tokens[end].capitalised)  # "3rd and 5th", not "5th Brigade"
    loose = year is None and tokens[run[at].first].text not in "-–—" and not ordinal and not _sentence_goes_on(tokens, end)
    if not _possible(form) or loose:
        return []
    taken.update(range(day.first, end))
    return [Expression(day.first, end, form, "borrowed_month")]


def _sentence_goes_on(tokens: Sequence[Token], at: int) -> bool:
    """True when no noun follows that the number could count."""
    return (
        at >= len(tokens)
        or tokens[at].kind != "word"
        or tokens[at].lower in ("in", "at", "on", "when", "the", "as", "and", "he", "she", "they")
    )


def _short_year(e: Expression, run: Sequence[Lexeme], index: dict[int, int], taken: set[int], tokens: Sequence[Token]) -> list[Expression]:
    at = index.get(e.last)
    if at is None or at + 1 >= len(run) or run[at].name != "DASH" or e.form.year is None:
        return []
    short = run[at + 1]
    glued = tokens[e.last - 1].end == tokens[short.first].start - 1 or tokens[e.last].start == tokens[e.last - 1].end
    if short.first in taken or not glued or not tokens[short.first].text.isdigit() or len(tokens[short.first].text) != 2:
        return []
    year = e.form.year // 100 * 100 + int(tokens[short.first].text)
    if year <= e.form.year:
        return []
    taken.update(range(short.first, short.last))
    return [Expression(short.first, short.last, replace(e.form, year=year), "short_year")]


def _absorb_fuzzy(found: list[Expression], run: Sequence[Lexeme]) -> list[Expression]:
    """ "early", "the beginning of", "mid-" before an expression become its ``fuzzy``; before a day they are a part of the day."""
    index = {lexeme.first: at for at, lexeme in enumerate(run)}
    out: list[Expression] = []
    for e in found:
        at = index[e.first] - 1
        inside = False
        while at >= 0 and run[at].name in ("OF", "DASH", "THE", "IN", "ON") and (not out or run[at].first >= out[-1].last):
            inside = inside or run[at].name in ("IN", "ON")
            at -= 1
        fuzzy = at >= 0 and (run[at].name == "FUZZY" or (run[at].name == "FUZZYPART" and not inside))
        free = fuzzy and (not out or run[at].first >= out[-1].last)
        if free and e.form.kind in ("date", "weekday", "shift", "unit", "time") and e.form.fuzzy is None:
            e = _fuzzed(e, run, at)
        out.append(e)
    return out


def _fuzzed(e: Expression, run: Sequence[Lexeme], at: int) -> Expression:
    first = at
    if at >= 1 and run[at - 1].name == "THE":
        first = at - 1
    fuzzy = run[at].value
    if e.form.has_time:
        return replace(e, first=run[first].first)
    if is_day(e.form):
        return replace(e, first=run[first].first, form=replace(e.form, part=_FUZZY_PARTS[fuzzy]))
    return replace(e, first=run[first].first, form=replace(e.form, fuzzy=fuzzy))


def is_day(form: Form) -> bool:
    """True for a form that names one day."""
    if form.kind == "date":
        return form.day is not None or form.holiday is not None or form.nth is not None
    return form.kind in ("weekday", "war_day") or (form.kind in ("shift", "unit") and form.unit == "day")


def _join(found: list[Expression], tokens: Sequence[Token], text: str, lexis: Words) -> list[Expression]:
    out: list[Expression] = []
    for e in found:
        while out:
            joined = _joined(out[-1], e, tokens, text, lexis)
            if joined is None:
                break
            out.pop()
            e = joined
        out.append(e)
    return out


def _joined(a: Expression, b: Expression, tokens: Sequence[Token], text: str, lexis: Words) -> Expression | None:
    if b.first - a.last > _MAX_GAP:
        return None
    gap = tokens[a.last : b.first]
    if any(t.lower not in lexis.joiners for t in gap):
        return None
    if "\n" in text[tokens[a.last - 1].end : tokens[b.first].start]:
        return None
    form = _merged(a.form, b.form, [t.lower for t in gap])
    return None if form is None else Expression(a.first, b.last, form, f"{a.rule}+{b.rule}")


def _merged(a: Form, b: Form, gap: list[str]) -> Form | None:
    """The one form that two neighbours make, or None when they are two expressions."""
    if a.kind == "night_to":
        return replace(b, part=a.literal) if is_day(b) and not gap else None
    if a.kind == "time" and b.kind == "time":
        both = a.hour is not None and b.hour is None and b.part is not None and a.part is None
        return replace(a, part=b.part) if both else None
    if a.kind == "time" and is_day(b) and (not b.has_time or (a.hour is not None and b.hour is None)):
        return _timed(b, a)
    if b.kind == "time" and b.hour is None and is_day(a) and a.part is not None and not gap:
        return replace(a, part="night") if b.part == "night" and a.part == "evening" else a
    if b.kind == "time" and is_day(a) and a.hour is None and (a.part is None or b.hour is not None):
        return None if "," in gap and b.part is not None and b.hour is None else _timed(a, b)
    if a.kind == "weekday" and b.kind == "date" and b.day is not None and set(gap) <= {",", "the"}:
        dated = replace(b, weekday=a.weekday)
        return _timed(dated, a) if a.has_time else dated
    if a.kind == "weekday" and b.kind == "unit" and b.unit == "week" and not a.direction:
        return replace(a, direction=b.direction, unit="week")
    return None


def _timed(day: Form, time: Form) -> Form:
    hour = time.hour if time.hour is not None else day.hour
    part = time.part or day.part
    return replace(
        day, hour=hour, minute=time.minute if time.hour is not None else day.minute, meridiem=time.meridiem or day.meridiem, part=part,
        zone=time.zone or day.zone,
    )  # fmt: skip
