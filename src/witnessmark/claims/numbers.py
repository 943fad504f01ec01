"""Counts in words and figures: "at least 1,500", "two dozen", "between four and six", "dozens", "another 5".

:func:`read_amount` reads one count that begins at a token; :func:`is_count` says whether the number there can be a count at all, and not part
of an age, a size, a name of a weapon, a date, a sum of money or a clock time. English only for now: the word lists stand here since they are a
closed class of the language, like the grammar that uses them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from witnessmark.claims.words import words
from witnessmark.statements.language.tokens import Token

UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "dozen": 12}
VAGUE = {
    "several": "several", "dozens": "dozens", "scores": "scores", "hundreds": "hundreds", "thousands": "thousands", "numerous": "many",
    "countless": "many", "many": "many", "multiple": "several", "few": "several", "handful": "several",
}  # fmt: skip
_ROUND = (
    (("half", "a", "dozen"), 6), (("half", "-", "dozen"), 6), (("a", "dozen"), 12), (("a", "hundred"), 100), (("a", "thousand"), 1000),
    (("a", "couple", "of"), 2), (("a", "million"), 1_000_000),
)  # fmt: skip
_VAGUE_SCALE = {"dozen": "dozens", "hundred": "hundreds", "thousand": "thousands"}

# Longest first where one begins another.
_PREFIXES: tuple[tuple[tuple[str, ...], str], ...] = (
    (("no", "fewer", "than"), "ge"), (("no", "less", "than"), "ge"), (("not", "less", "than"), "ge"), (("not", "fewer", "than"), "ge"),
    (("no", "more", "than"), "le"), (("not", "more", "than"), "le"), (("as", "many", "as"), "le"), (("close", "to"), "approx"),
    (("well", "over"), "ge"), (("at", "least"), "ge"), (("more", "than"), "ge"), (("greater", "than"), "ge"), (("upwards", "of"), "ge"),
    (("a", "minimum", "of"), "ge"), (("a", "total", "of"), "eq"), (("in", "excess", "of"), "ge"), (("up", "to"), "le"), (("at", "most"), "le"),
    (("fewer", "than"), "lt"), (("less", "than"), "lt"), (("an", "estimated"), "approx"), (("over",), "ge"), (("about",), "approx"),
    (("around",), "approx"), (("some",), "approx"), (("roughly",), "approx"), (("approximately",), "approx"), (("nearly",), "approx"),
    (("almost",), "approx"), (("circa",), "approx"), (("under",), "lt"), (("estimated",), "approx"), (("exactly",), "eq"),
    (("minimum",), "ge"), (("maximum",), "le"), (("all",), "eq"),
)  # fmt: skip
_PREFIXES_BY_WORD: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {
    head: tuple(entry for entry in _PREFIXES if entry[0][0] == head) for head in {phrase[0] for phrase, _ in _PREFIXES}
}
_PREFIX_WORDS = frozenset(_PREFIXES_BY_WORD) | {"between", "from", "another", "other", "further", "additional", "the", "a"}
_SECONDS = (
    frozenset(UNITS) | frozenset(TENS) | frozenset(VAGUE) | frozenset(SCALES) | _PREFIX_WORDS | frozenset({
        "than", "least", "most", "total", "minimum", "many", "excess", "to", "of", "couple", "number", "half", "tens", "less", "estimated",
    })
) - {"a", "the", "from", "between"}  # fmt: skip
_ADDITIONAL = (("a", "further"), ("an", "additional"), ("the", "other"), ("another",), ("further",), ("additional",), ("other",))
_ADDITIONAL_WORDS = frozenset(phrase[0] for phrase in _ADDITIONAL)
_MONTHS = words(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec"
)
_MEASURES = words(
    "percent per % km kilometer kilometers kilometre kilometres mile miles meters metres metre meter feet foot yards yard inches am pm a.m p.m kg kilos "
    "kilo kilograms kilogram pounds pound tons tonnes ton tonne grams gram liters litres mm millimetre millimeter millimetres hectares acres degrees "
    "dollars euros rubles hryvnias pesos shekels years year months month weeks week days day hours hour minutes minute seconds second "
    "o'clock st nd rd th bn"
)
_CURRENCY = frozenset({"$", "€", "£", "₴", "₽", "#", "№", "/"})
_DASHES = frozenset({"-", "‑", "–", "—"})


@dataclass(frozen=True, slots=True)
class Amount:
    """A count at tokens ``first`` .. ``last`` (excluded).

    ``minimum``/``maximum``: inclusive bounds; both None for a vague word, whose class is ``vague``. ``comparator`` as in the vocabulary.
    ``additional``: told as further to an earlier count ("another 5"). ``yearlike``: four digits that may as well be a year.
    """

    first: int
    last: int
    minimum: int | None
    maximum: int | None
    comparator: str = "eq"
    vague: str | None = None
    additional: bool = False
    yearlike: bool = False


AMOUNT_WORDS = frozenset(UNITS) | frozenset(TENS) | frozenset(VAGUE) | _PREFIX_WORDS | frozenset(SCALES) | {"half", "tens"}
"""Words, other than figures, that an amount can begin with."""


def starts_amount(token: Token) -> bool:
    """True when an amount can begin with ``token`` (a cheap gate)."""
    return token.kind == "number" or token.lower in AMOUNT_WORDS


def read_amount(tokens: Sequence[Token], at: int, stop: int) -> Amount | None:
    """The longest count that begins at token ``at`` and ends before ``stop``, or None."""
    if at >= stop or not starts_amount(tokens[at]) or not _goes_on(tokens, at, stop):
        return None
    here, additional = _skip_additional(tokens, at, stop)
    if here < stop and tokens[here].lower in {"between", "from"}:
        return _between(tokens, at, here, stop)
    comparator = "eq"
    for _ in range(2):  # "at least some 30": the first word decides
        step, word = _prefix(tokens, here, stop)
        if step == here:
            break
        comparator = word if comparator == "eq" else comparator
        here = step
    core = _core(tokens, here, stop)
    if core is None:
        return None
    found = _range(tokens, core, stop) if comparator == "eq" else core
    found = _suffix(tokens, bounded(found, comparator), stop)
    if found.first == at and not additional:
        return found
    return replace(found, first=at, additional=additional or found.additional)


def _goes_on(tokens: Sequence[Token], at: int, stop: int) -> bool:
    """A cheap look at the second word, since most words that can open a count ("the", "a", "over") mostly do not."""
    if tokens[at].lower not in _PREFIX_WORDS:
        return True
    return at + 1 < stop and (tokens[at + 1].kind == "number" or tokens[at + 1].lower in _SECONDS)


def is_count(tokens: Sequence[Token], first: int, last: int) -> bool:
    """False when the number at ``first`` .. ``last`` is an age, a measure, a date, a sum, a clock time or part of a name."""
    before = tokens[first - 1] if first else None
    after = tokens[last] if last < len(tokens) else None
    if before is not None and (before.text in _CURRENCY or (_glued(before, tokens[first]) and before.text in _DASHES | {":", "."})):
        return False
    if before is not None and before.lower in _MONTHS and before.capitalised:
        return False
    if before is not None and before.lower in {"aged", "age", "no", "number", "page", "chapter", "article", "route", "highway"}:
        return before.lower in {"no", "number"} and before.text.islower()
    if after is None:
        return True
    if after.lower in _MEASURES or (after.lower in _MONTHS and after.capitalised and after.lower != "may"):
        return False
    if _glued(tokens[last - 1], after) and after.text in _DASHES | {":", "%"} and last + 1 < len(tokens):
        follower = tokens[last + 1]
        return not (_glued(after, follower) and follower.kind in {"word", "number"}) or (
            after.text in _DASHES and _second_bound(tokens, last + 1)
        )
    return True


def _second_bound(tokens: Sequence[Token], at: int) -> bool:
    """True for the 6 of "4-6 people": a number of at most three digits, with no further dash."""
    return tokens[at].text.isdecimal() and len(tokens[at].text) <= 3 and not (at + 1 < len(tokens) and tokens[at + 1].text in _DASHES)


def word_number(word: str) -> int | None:
    """The value of one number word below a hundred, or of a short run of digits; None for anything else."""
    if word.isdecimal() and len(word) < 8:
        return int(word)
    return UNITS.get(word, TENS.get(word))


def _glued(left: Token, right: Token) -> bool:
    return left.end == right.start


def _skip_additional(tokens: Sequence[Token], at: int, stop: int) -> tuple[int, bool]:
    if tokens[at].lower not in _ADDITIONAL_WORDS:
        return at, False
    for phrase in _ADDITIONAL:
        if _words_at(tokens, at, stop, phrase):
            return at + len(phrase), True
    return at, False


def _words_at(tokens: Sequence[Token], at: int, stop: int, words: tuple[str, ...]) -> bool:
    if at + len(words) > stop:
        return False
    for k, word in enumerate(words):  # a plain loop: this is the most called function of the finder
        if tokens[at + k].lower != word:
            return False
    return True


def _prefix(tokens: Sequence[Token], at: int, stop: int) -> tuple[int, str]:
    if at < stop:
        for phrase, comparator in _PREFIXES_BY_WORD.get(tokens[at].lower, ()):
            if _words_at(tokens, at, stop, phrase):
                return at + len(phrase), comparator
    return at, "eq"


def _between(tokens: Sequence[Token], at: int, here: int, stop: int) -> Amount | None:
    low = _core(tokens, here + 1, stop)
    joint = "and" if tokens[here].lower == "between" else "to"
    if low is None or low.vague or low.last >= stop or tokens[low.last].lower != joint:
        return None
    high = _core(tokens, low.last + 1, stop)
    if high is None or high.vague or low.minimum is None or high.maximum is None or high.maximum <= low.minimum:
        return None
    return Amount(at, high.last, low.minimum, high.maximum, "range")


def _range(tokens: Sequence[Token], core: Amount, stop: int) -> Amount:
    """Extends "4" to "4-6", "4 to 6", "two or three"; a core that is no range stays as it is."""
    at = core.last
    if core.vague or at + 1 >= stop or not (tokens[at].text in _DASHES or tokens[at].lower in {"to", "or"}):
        return core
    high = _after_dash(tokens, at + 1) if tokens[at].text in _DASHES else _core(tokens, at + 1, stop)
    if high is None or high.vague or core.minimum is None or high.maximum is None or high.maximum <= core.minimum:
        return core
    if tokens[at].lower == "to" and not is_count(tokens, high.first, high.last):
        return core
    return Amount(core.first, high.last, core.minimum, high.maximum, "range")


def _after_dash(tokens: Sequence[Token], at: int) -> Amount | None:
    """The 6 of "4-6 people"."""
    whole = _parse_figure(tokens[at].text) if tokens[at].kind == "number" else None
    return None if whole is None else Amount(at, at + 1, whole, whole)


def bounded(core: Amount, comparator: str) -> Amount:
    """``core`` as a bound: "at least", "up to", "about" it. Ranges and vague words stay as they are."""
    if core.vague or core.comparator == "range" or comparator == "eq":
        return core
    if comparator == "ge":
        return replace(core, maximum=None, comparator="ge")
    if comparator in {"le", "lt"}:
        most = None if core.maximum is None else core.maximum - (comparator == "lt")
        return replace(core, minimum=None, maximum=most, comparator="le")
    return replace(core, comparator="approx")


def _suffix(tokens: Sequence[Token], found: Amount, stop: int) -> Amount:
    if _words_at(tokens, found.last, stop, ("or", "more")):
        return replace(found, last=found.last + 2, maximum=None, comparator="ge")
    if _words_at(tokens, found.last, stop, ("or", "so")):
        return replace(found, last=found.last + 2, comparator="approx")
    if found.last < stop and tokens[found.last].lower in {"more", "others", "other"}:
        return replace(found, last=found.last + 1, additional=True)
    return found


def _core(tokens: Sequence[Token], at: int, stop: int) -> Amount | None:
    if at >= stop:
        return None
    return _vague(tokens, at, stop) or _dozen(tokens, at, stop) or _figure(tokens, at, stop) or _spelled(tokens, at, stop)


def _vague(tokens: Sequence[Token], at: int, stop: int) -> Amount | None:
    here = at + 1 if tokens[at].lower == "a" and at + 1 < stop and tokens[at + 1].lower in {"few", "handful", "number"} else at
    word = tokens[here].lower
    if word == "number" and here > at:
        ended = _words_at(tokens, here + 1, stop, ("of",))
        return Amount(at, here + 2, None, None, "eq", "several") if ended else None
    if word == "tens" and _words_at(tokens, here, stop, ("tens", "of", "thousands")):
        here, word = here + 2, "thousands"
    if (
        word not in VAGUE
        or (here == at and word == "few")
        or (word == "many" and at > 0 and tokens[at - 1].lower in {"how", "so", "as", "too"})
    ):
        return None
    last, kind = here + 1, VAGUE[word]
    if last < stop and tokens[last].lower in _VAGUE_SCALE and kind == "several":
        last, kind = last + 1, _VAGUE_SCALE[tokens[last].lower]
    elif word == "hundreds" and _words_at(tokens, last, stop, ("of", "thousands")):
        last, kind = last + 2, "thousands"
    if last < stop and tokens[last].lower == "of" and last + 1 < stop and word in {"dozens", "scores", "hundreds", "thousands", "handful"}:
        last += 1
    return Amount(at, last, None, None, "eq", kind)


def _dozen(tokens: Sequence[Token], at: int, stop: int) -> Amount | None:
    if tokens[at].lower not in {"a", "half"}:
        return None
    for phrase, value in _ROUND:
        if _words_at(tokens, at, stop, phrase):
            return Amount(at, at + len(phrase), value, value)
    return None


def _figure(tokens: Sequence[Token], at: int, stop: int) -> Amount | None:
    token = tokens[at]
    if token.kind != "number":
        return None
    whole = _parse_figure(token.text)
    last = at + 1
    if last < stop and tokens[last].lower in SCALES:
        scale = SCALES[tokens[last].lower]
        value = round(float(token.text.replace(",", "")) * scale) if token.text.count(".") <= 1 else None
        return None if value is None else Amount(at, last + 1, value, value)
    if whole is None or not is_count(tokens, at, last):
        return None
    return Amount(at, last, whole, whole, yearlike=token.text.isdecimal() and 1900 <= whole <= 2100)


def _parse_figure(text: str) -> int | None:
    """Digits, with groups of three parted by commas; None for a decimal fraction or more than twelve digits."""
    groups = text.split(",")
    if len(text) > 15 or "." in text or any(len(g) != 3 for g in groups[1:]) or len(groups[0]) > 12:
        return None
    joined = "".join(groups)
    return int(joined) if joined.isdecimal() else None


def _spelled(tokens: Sequence[Token], at: int, stop: int) -> Amount | None:
    total = current = 0
    here, last, joined = at, at, False
    while here < stop:
        word = tokens[here].lower
        if (
            word in UNITS
            and (current % 10 == 0 or not joined)
            and (current == 0 or current % 100 == 0 or (current % 10 == 0 and UNITS[word] < 10))
        ):
            current += UNITS[word]
        elif word in TENS and current % 100 == 0:
            current += TENS[word]
        elif word in SCALES and last > at and current:
            current *= SCALES[word]
            if word != "hundred":
                total, current = total + current, 0
        elif word == "and" and _half_thousand(tokens, here, stop):
            return Amount(at, here + 4, (total + current) * 1000 + 500, (total + current) * 1000 + 500, "approx")
        elif last > at and _passes(tokens, here, stop, last):
            here, joined = here + 1, True
            continue
        else:
            break
        here += 1
        last, joined = here, False
    if last == at or not is_count(tokens, at, last):
        return None
    return Amount(at, last, total + current, total + current)


def _half_thousand(tokens: Sequence[Token], at: int, stop: int) -> bool:
    return _words_at(tokens, at, stop, ("and", "a", "half", "thousand"))


def _passes(tokens: Sequence[Token], here: int, stop: int, last: int) -> bool:
    """True when "-" of "twenty-one" or "and" of "two hundred and four" stands at ``here``."""
    if here + 1 >= stop or here != last:
        return False
    before, after = tokens[here - 1].lower, tokens[here + 1].lower
    if tokens[here].text in _DASHES:
        return before in TENS and after in UNITS
    return tokens[here].lower == "and" and before in {"hundred", "thousand"} and (after in UNITS or after in TENS)
