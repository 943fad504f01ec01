"""Noun phrases for people: "at least 24 people", "a woman and her two sons", "two three-year-old girls", "four of them", "98".

:func:`read_people` reads the phrase that begins at a token. A phrase says how many (a count, one, or an uncounted plural) and of which group
(a vocabulary id); which harm befell them is no concern of this module.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from witnessmark.claims.numbers import UNITS, Amount, is_count, read_amount, starts_amount, word_number
from witnessmark.claims.words import words
from witnessmark.statements.language.en.inflection import plural
from witnessmark.statements.language.lexicons import lexicon
from witnessmark.statements.language.matching import PhraseMatcher
from witnessmark.statements.language.tokens import Token

MAX_MODIFIERS = 5
"""Words between the count and the noun ("two off-duty Syrian government soldiers"); hyphens not counted."""

_ARTICLES = frozenset({"a", "an", "the", "one", "another"})
_POSSESSIVES = frozenset({"his", "her", "their", "its", "my", "our", "whose"})
_DETERMINERS = _ARTICLES | _POSSESSIVES | {"this", "that", "these", "those", "both"}
_PRONOUNS = frozenset({"them", "whom", "these", "those", "us", "you"})
# Words that end the search for a head noun: what follows belongs to something else.
_BARRIERS = words(
    "and or but nor of in on at to from by with for as near into onto over under after before during while when where who which that than then "
    "is are was were be been being has have had will would could may might must shall should do does did not no said says say including among "
    "amid since until across through around between inside outside against about because if though although left leaves leaving hit hits struck "
    "killed kills killing wounds wounding injures injuring died told went came took gave made put found shot"
)
_AFTER_AGED = words("dead wounded injured hurt dies fatally accidentally stabbed critically seriously succumbed suffered suffers sustained")
_AGES = frozenset({"year", "month", "week", "day"})
_FURTHER = words("second third fourth fifth sixth seventh eighth ninth tenth")
_VERBS_OF_ONE = words("was is has had died dies later succumbed suffered sustained remains remained wounded injured killed , .")
_CONDITIONS = {
    "wounded": "injured",
    "injured": "injured",
    "dead": "killed",
    "slain": "killed",
    "missing": "missing",
    "displaced": "displaced",
}
_DEAD_WORDS = frozenset({"dead", "killed", "fatalities", "slain", "deaths", "deceased", "murdered"})
_HURT_WORDS = frozenset({"wounded", "injured", "hurt"})


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun for people: its group, whether it is plural, and how many a collective stands for."""

    group: str
    many: bool
    number: int | None = None
    kin: bool = False


@dataclass(frozen=True, slots=True)
class People:
    """People at tokens ``first`` .. ``last`` (excluded).

    ``form``: counted ("12 soldiers"), bare ("12"), single ("a nurse"), plural ("civilians", no count). ``condition`` is the harm that a word
    inside the phrase tells ("three wounded men"). ``partitive`` is what the phrase is a part of: them, killed or injured ("four of the
    wounded"); None when it is no part.
    """

    first: int
    last: int
    minimum: int | None
    maximum: int | None
    comparator: str
    vague: str | None
    group: str
    form: str
    condition: str | None = None
    partitive: str | None = None
    additional: bool = False
    definite: bool = False
    whole: Amount | None = None
    """Of how many the phrase is a part ("12 of the 30 wounded")."""

    @property
    def number_one(self) -> bool:
        """True for one person told without a number."""
        return self.form in {"single", "headless"}


@functools.cache
def noun_matcher(language: str = "en") -> PhraseMatcher[Noun]:
    """Every noun for people that the lexicon of ``language`` holds, singular and plural."""
    raw = lexicon(language, "people")
    entries: list[tuple[str, Noun]] = []
    for group, listed in raw["groups"].items():
        for noun in listed["nouns"]:
            entries.append((noun, Noun(group, many=False)))
            entries.append((_plural(noun, raw["irregular"]), Noun(group, many=True)))
        entries.extend((noun, Noun(group, many=True)) for noun in listed.get("plural_only", ()))
    for noun in raw["kin"]["nouns"]:
        entries.append((noun, Noun("children" if noun == "child" else "people", many=False, kin=True)))
    entries.extend((noun, Noun("people", many=True, kin=True)) for noun in raw["kin"]["plural_only"])
    entries.extend((noun, Noun("people", many=True, number=count)) for noun, count in raw["collectives"].items())
    return PhraseMatcher(entries)


@functools.cache
def _modifiers(language: str = "en") -> dict[str, str]:
    return {word: group for group, listed in lexicon(language, "people")["modifiers"].items() for word in listed}


@functools.cache
def not_people(language: str = "en") -> frozenset[str]:
    """Nouns that are counted but are not people, singular and plural."""
    nouns = lexicon(language, "people")["not_people"]["nouns"]
    return frozenset(nouns) | {plural(n) for n in nouns}


def read_people(tokens: Sequence[Token], at: int, stop: int) -> People | None:
    """The phrase for people that begins at token ``at`` and ends before ``stop``, or None."""
    token = tokens[at]
    if starts_amount(token):
        amount = read_amount(tokens, at, stop)
        if amount is not None:
            return _counted(tokens, amount, stop)
    if token.lower in _DETERMINERS:
        if token.lower in _POSSESSIVES | {"the", "these", "those"} and at + 1 < stop and starts_amount(tokens[at + 1]):
            amount = read_amount(tokens, at + 1, stop)
            if amount is not None:
                return _counted(tokens, replace(amount, first=at), stop)
        return _with_noun(tokens, at, at + 1, stop) or _another(tokens, at, stop)
    if token.kind == "number":
        aged = at + 1 < stop and tokens[at + 1].text in {"-", "‑"}  # "2-year-old boy"
        return _with_noun(tokens, at, at, stop) if aged else None
    return _with_noun(tokens, at, at, stop) if token.kind == "word" and token.lower not in _BARRIERS else None


def _another(tokens: Sequence[Token], at: int, stop: int) -> People | None:
    """A lone "another" or "a fourth": one more person ("killed one man and wounded another", "a fourth was wounded")."""
    if (
        tokens[at].lower == "a"
        and at + 1 < stop
        and tokens[at + 1].lower in _FURTHER
        and (at + 2 >= stop or tokens[at + 2].lower in _VERBS_OF_ONE)
    ):
        return People(at, at + 2, 1, 1, "eq", None, "people", "bare", additional=True)
    if tokens[at].lower != "another" or (at + 1 < stop and tokens[at + 1].kind == "word" and tokens[at + 1].lower not in _BARRIERS):
        return None
    return People(at, at + 1, 1, 1, "eq", None, "people", "bare", additional=True)


def _plural(noun: str, irregular: dict[str, str]) -> str:
    for singular, many in irregular.items():
        if noun == singular or noun.endswith(" " + singular):
            return noun.removesuffix(singular) + many
    if noun.endswith("person"):
        return noun.removesuffix("person") + "people"
    for ending in ("man", "child"):
        if noun.endswith(ending) and noun != "human":
            return noun.removesuffix(ending) + {"man": "men", "child": "children"}[ending]
    return plural(noun)


def _counted(tokens: Sequence[Token], amount: Amount, stop: int) -> People | None:
    at = amount.last
    part = _partitive(tokens, at, stop)
    if part is not None:
        last, source, group = part
        whole = read_amount(tokens, at + 2, last) if last - at > 3 else None
        return replace(_from_amount(amount, last, group, "bare", partitive=source), whole=whole)
    head = _head(tokens, at, stop)
    if head is not None:
        noun, last, group, condition = head
        last = _age_after(tokens, last, stop)
        number = amount.minimum
        if noun.number and number is not None:
            amount = replace(amount, minimum=number * noun.number, maximum=None if amount.maximum is None else amount.maximum * noun.number)
        return _from_amount(amount, last, group, "counted", condition=condition)
    if amount.yearlike or _looks_like_age(tokens, amount) or _counts_things(tokens, at, stop):
        return None
    return _from_amount(amount, amount.last, "people", "bare")


def _from_amount(amount: Amount, last: int, group: str, form: str, *, condition: str | None = None, partitive: str | None = None) -> People:
    return People(
        amount.first, last, amount.minimum, amount.maximum, amount.comparator, amount.vague, group, form, condition, partitive, amount.additional
    )  # fmt: skip


def _partitive(tokens: Sequence[Token], at: int, stop: int) -> tuple[int, str, str] | None:
    """(last, source, group) for "of them", "of whom", "of the dead", "of the 30 wounded" after a count."""
    if at + 1 >= stop or tokens[at].lower != "of":
        return None
    if tokens[at + 1].lower in _PRONOUNS and not (at + 2 < stop and tokens[at + 2].lower in _DEAD_WORDS | _HURT_WORDS):
        return at + 2, "them", "people"
    if tokens[at + 1].lower not in {"the", "those", "its", "their", "his", "her"}:
        return None
    here = at + 2
    inner = read_amount(tokens, here, stop) if here < stop else None
    here = inner.last if inner is not None else here
    word = tokens[here].lower if here < stop else ""
    if word in _DEAD_WORDS | _HURT_WORDS and noun_matcher().match_at(tokens, here + 1, stop) is None:
        return here + 1, "killed" if word in _DEAD_WORDS else "injured", "people"
    head = _head(tokens, here, stop)
    if head is None:
        return None
    return head[1], head[3] if head[3] in {"killed", "injured"} else "them", head[2]  # "two of the five wounded passengers"


def _with_noun(tokens: Sequence[Token], first: int, at: int, stop: int) -> People | None:
    aged = _aged(tokens, at, stop)
    if aged is not None:
        return People(first, aged[0], 1, 1, "eq", None, aged[1], "single", definite=tokens[first].lower == "the")
    head = _head(tokens, at, stop, reach=MAX_MODIFIERS if at > first else 1)
    if head is None:
        return None
    noun, last, group, condition = head
    determiner = tokens[first].lower if at > first else ""
    definite = determiner not in {"a", "an", "one", "another", ""}
    if noun.number and determiner in _DETERMINERS:
        return People(first, last, noun.number, noun.number, "eq", None, group, "single", condition, definite=definite)
    if determiner == "both" and noun.many:
        return People(first, last, 2, 2, "eq", None, group, "counted", condition, definite=True)
    if noun.many:
        if determiner in {"a", "an", "one", "another"}:
            return None
        return People(first, last, None, None, "eq", "many", group, "plural", condition, definite=definite)
    if not determiner and not tokens[first].capitalised and not noun.kin:
        return People(first, last, 1, 1, "eq", None, group, "headless", condition)
    last = _age_after(tokens, last, stop)
    more = determiner == "another" or (determiner == "a" and tokens[at].lower in _FURTHER)
    return People(first, last, 1, 1, "eq", None, group, "single", condition, additional=more, definite=definite)


def _aged(tokens: Sequence[Token], at: int, stop: int) -> tuple[int, str] | None:
    """(end, group) of "17-year-old" where it stands for a person: no noun follows it."""
    if at + 4 >= stop or tokens[at + 2].lower not in _AGES or tokens[at + 4].lower != "old" or tokens[at + 1].text not in {"-", "‑"}:
        return None
    age = word_number(tokens[at].lower)
    after = tokens[at + 5] if at + 5 < stop else None
    if age is None or (after is not None and after.kind == "word" and after.lower not in _BARRIERS | _AFTER_AGED):
        return None
    return at + 5, "children" if age < 18 or tokens[at + 2].lower != "year" else "people"


def _head(tokens: Sequence[Token], at: int, stop: int, *, reach: int = MAX_MODIFIERS) -> tuple[Noun, int, str, str | None] | None:
    """Noun, end, group and condition of the noun phrase whose modifiers begin at ``at``."""
    nouns, modifiers = noun_matcher(), _modifiers()
    group: str | None = None
    condition: str | None = None
    here, used = at, 0
    while here < stop and used <= reach:
        aged = tokens[here].lower == "old" and tokens[here - 1].text in {"-", "‑"}  # not the "old woman" of "60-year-old woman"
        hit = None if aged else nouns.match_at(tokens, here, stop)
        if hit is not None and (hit.last >= stop or tokens[hit.last].kind != "clitic"):
            noun, last, closer = _compound(tokens, hit.payload, hit.last, stop)
            named = closer if closer != "people" else (group or closer)
            if named == "civilians" and group == "elderly":
                named = group
            return noun, last, _age_group(tokens, at, last, named), condition
        token = tokens[here]
        word = token.lower
        if token.text == "." and here > at and len(tokens[here - 1].text) == 1 and tokens[here - 1].capitalised:
            here += 1  # "two U.S. soldiers"
            continue
        if token.kind == "mark" and token.text not in {"-", "‑", ","} or word in _BARRIERS and not _joins(tokens, here, stop):
            return None
        if here > at and word in {"the", "a", "an"}:
            return None
        if here > at and (token.kind == "number" or word in UNITS) and not (here + 1 < stop and tokens[here + 1].text in {"-", "‑"}):
            return None
        if token.text == "," and not (reach > 1 and here > at and here + 1 < stop and tokens[here + 1].kind == "word" and used < 2):
            return None
        if word in modifiers:
            group = modifiers[word]
        condition = _CONDITIONS.get(word, condition)
        used += token.kind == "word" and not (here > at and tokens[here - 1].text in {"-", "‑"})
        here += 1
    return None


def _joins(tokens: Sequence[Token], here: int, stop: int) -> bool:
    """True for the "and" of "sick and wounded men"."""
    return tokens[here].lower == "and" and here + 1 < stop and tokens[here + 1].lower in _CONDITIONS and tokens[here - 1].kind == "word"


def _compound(tokens: Sequence[Token], noun: Noun, last: int, stop: int) -> tuple[Noun, int, str]:
    """Follows "farm" "workers", "student" "journalists": the last noun is the head, the first specific one may give the group."""
    group = noun.group
    for _ in range(2):
        if last >= stop or (noun.many and group != "police"):
            break
        hit = noun_matcher().match_at(tokens, last, stop)
        if hit is None:
            break
        noun, last = hit.payload, hit.last
        group = noun.group if noun.group != "people" and group != "police" else group
    return noun, last, group


def _age_group(tokens: Sequence[Token], first: int, last: int, group: str) -> str:
    """Children are those under 18 where an age stands in the phrase ("their 15-year-old daughter", "a 19-year-old girl")."""
    for here in range(first, last - 2):
        if tokens[here + 1].text in {"-", "‑"} and tokens[here + 2].lower in {"year", "years"}:
            age = word_number(tokens[here].lower)
            if age is not None and age < 18 and group in {"people", "women", "men"}:
                return "children"
            if age is not None and age >= 18 and group == "children":
                return {"boy": "men", "girl": "women"}.get(tokens[last - 1].lower, "people")
    return group


def _age_after(tokens: Sequence[Token], last: int, stop: int) -> int:
    """End of "a boy of 12", "a woman aged 60"."""
    if last + 1 >= stop or tokens[last].lower not in {"of", "aged"} or word_number(tokens[last + 1].lower) is None:
        return last
    if tokens[last].lower == "aged":
        last += 2
        while last + 1 < stop and tokens[last].lower in {"and", ","} and _bare_age(tokens, last + 1, stop):
            last += 2  # "two men aged 24 and 31"
        return last
    return last + 2 if is_count(tokens, last + 1, last + 2) else last


def _bare_age(tokens: Sequence[Token], at: int, stop: int) -> bool:
    """True for a figure of an age with no noun behind it that it could count."""
    after = tokens[at + 1] if at + 1 < stop else None
    return (
        tokens[at].text.isdecimal()
        and len(tokens[at].text) <= 2
        and (after is None or after.kind == "mark" or after.lower in {"and", "was", "were"})
    )


MAX_AGES = 10
"""Tokens of a list of ages ("three men, ages 17, 18 and 22")."""


def _looks_like_age(tokens: Sequence[Token], amount: Amount) -> bool:
    """True for the 25 of "the driver, 25, died" (a lone number between commas after a word) and the 22 of "ages 17, 18 and 22"."""
    before, after = amount.first - 1, amount.last
    here = before
    while here >= 0 and before - here < MAX_AGES and (tokens[here].kind == "number" or tokens[here].lower in {",", "and"}):
        here -= 1
    if here >= 0 and tokens[here].lower in {"ages", "aged"}:
        return True
    return (
        before > 0
        and after < len(tokens)
        and tokens[before].text == ","
        and tokens[after].text == ","
        and (tokens[before - 1].kind == "word" or tokens[before - 1].text == ".")  # "John Roe Jr., 27, of Oldwell, died"
    )


def _counts_things(tokens: Sequence[Token], at: int, stop: int) -> bool:
    """True when the next few words name things or animals, so that the count is not of people."""
    things = not_people()
    for here in range(at, min(at + 4, stop)):
        if tokens[here].lower in things:
            return True
        if tokens[here].kind != "word" or tokens[here].lower in _BARRIERS:
            return False
    return False


def head_of(tokens: Sequence[Token], at: int, stop: int) -> tuple[int, str] | None:
    """(end, group) of the noun phrase for people whose modifiers or noun begin at token ``at``."""
    head = _head(tokens, at, stop)
    return None if head is None else (head[1], head[2])
