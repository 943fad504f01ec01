"""Each word of harm takes the phrase for people that fits it best: in its clause, near, of a number and case that agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from witnessmark.claims.slavic.harm.triggers import ACTIVE, agrees_with, unreal
from witnessmark.claims.slavic.harm.window import DASHES, PREPOSITIONS, Toll, Trigger, Window, between_members, joints, part_marks
from witnessmark.claims.slavic.numbers import read_amount
from witnessmark.claims.slavic.people import People, harm_nouns, is_plural_noun
from witnessmark.claims.slavic.words import matcher
from witnessmark.statements.language.matching import Match

REACH = 9
"""Tokens between a word of harm and the people in its own clause. Written down, not tuned."""


ACROSS = 12
"""The same over a parenthesis ("загинули, за даними поліції, двоє людей")."""


_OVER_MARK = 3.0


_OVER_JOINT = 4.0


_HE = {"він": "men", "вона": "women", "он": "men", "она": "women"}


def held(window: Window, people: list[People], marked: dict[int, tuple[str, int]]) -> list[Toll]:
    """ "24 загиблих", "поранених — 38", "кількість загиблих зросла до 45": the noun holds the harm."""
    out = [Toll((p,), "killed" if p.harm == "both" else p.harm, "noun") for p in people if p.harm is not None and id(p) not in marked]
    inside = {k for p in people for k in range(p.first, p.last)}
    for hit in harm_nouns(window.language).find(window.tokens, window.first, window.last):
        if hit.first in inside or part_marks(window.language).find(window.tokens, max(window.first, hit.first - 1), hit.last):
            continue
        phrase = _figure_after(window, hit, people)
        if phrase is not None and id(phrase) not in marked:
            out.append(Toll((replace(phrase, harm=hit.payload),), "killed" if hit.payload == "both" else hit.payload, "noun.figure"))
    return out


NEAR, FAR = 7, 20
"""Tokens between a noun of harm and its figure; FAR where the noun is counted and the verb of growth stands beside the figure ("the number of the dead of
the strike on the market in the town rose to seven")."""


def _figure_after(window: Window, hit: Match[str], people: Sequence[People]) -> People | None:
    """The number that a noun of harm announces: over a dash, a colon, a verb of growth, a place."""
    counted = bool(matcher(window.language, "numbers", "words", "rising").find(window.tokens, max(window.first, hit.first - 1), hit.first))
    for p in people:
        if p.first < hit.last or p.harm is not None or p.form not in ("bare", "counted") or p.first - hit.last > (FAR if counted else NEAR):
            continue
        between = window.tokens[hit.last : p.first]
        if any(t.text in {",", ";", ".", "("} for t in between):
            return None
        growth = matcher(window.language, "numbers", "words", "rising").find(window.tokens, hit.last, p.first)
        beside = bool(growth) and p.first - growth[-1].last <= 1
        if counted and beside:
            return p
        if p.form == "bare" and p.first - hit.last <= NEAR:
            return p if not between or growth or any(t.text in DASHES for t in between) else None
    return None


def taken(window: Window, triggers: Sequence[Trigger], free: Sequence[People]) -> list[Toll]:
    """Each word of harm with its people, the nearest pairs first."""
    pairs = sorted(
        ((cost, t, p) for t in triggers for p in free if (cost := _cost(window, t, p, triggers, free)) is not None),
        key=lambda item: (item[0], item[1].first, item[2].first),
    )
    out: list[Toll] = []
    done: set[int] = set()
    used: set[tuple[int, str]] = set()
    dead: set[int] = set()
    for _, trigger, phrase in pairs:
        if id(trigger) in done or (id(phrase), trigger.harm) in used or id(phrase) in dead:
            continue
        done.add(id(trigger))
        used.add((id(phrase), trigger.harm))
        dead.add(id(phrase))
        score = 0.3 if unreal(window, trigger) else 0.9
        out.append(Toll((phrase,), trigger.harm, trigger.kind, score))
    out += [t for trigger in triggers if id(trigger) not in done for t in _pronoun(window, trigger)]
    return [_died(window, t, [g for g in triggers if id(g) not in done]) for t in out]


def _died(window: Window, toll: Toll, left: Sequence[Trigger]) -> Toll:
    """ "Чоловік дістав поранення і помер": the second verb shares the subject, and tells how it ended."""
    for trigger in left:
        joined = window.word(trigger.first - 1) in joints(window.language)
        if (
            toll.harm == "injured"
            and trigger.harm == "killed"
            and trigger.kind == "verb"
            and joined
            and toll.last <= trigger.first <= toll.last + ACROSS
        ):
            same = window.clause(toll.last - 1) == window.clause(trigger.first) and len(toll.phrases) == 1
            return replace(toll, harm="killed", rule="verb.shared") if same else toll
    return toll


def _pronoun(window: Window, trigger: Trigger) -> list[Toll]:
    """ "Він загинув на місці": one person, named before."""
    word = window.word(trigger.first - 1)
    if trigger.kind not in {"verb", "takes"} or word not in _HE or agrees_with(window, trigger) != "singular":
        return []
    phrase = People(trigger.first - 1, trigger.last, 1, 1, "eq", None, _HE[word], "noun")
    return [Toll((phrase,), trigger.harm, "pronoun", 0.7)]


def _cost(window: Window, trigger: Trigger, phrase: People, triggers: Sequence[Trigger], free: Sequence[People]) -> float | None:
    """How far the phrase is from being what the word of harm is told of; None where it cannot be."""
    before = phrase.last <= trigger.first
    if not before and phrase.first < trigger.last:
        return None
    lo, hi = (phrase.last, trigger.first) if before else (trigger.last, phrase.first)
    gap = hi - lo
    crossed = abs(window.clause(phrase.last - 1 if before else phrase.first) - window.clause(trigger.first))
    if phrase.form == "noun" and not _one_person(window, trigger, phrase, free, before=before):
        return None
    if _governed(window, phrase) or (trigger.kind in {"bodies", "lives"} and before and trigger.kind == "bodies"):
        return None
    if before and window.word(trigger.first) in ACTIVE and not _accusative(window, phrase):
        return None
    if gap > (ACROSS if crossed else REACH):
        return None
    if crossed and not _may_cross(window, trigger, phrase, triggers, lo, hi, crossed):
        return None
    joined = sum(1 for k in range(lo, hi) if window.word(k) in joints(window.language))
    return (
        gap
        + _OVER_MARK * crossed
        + _OVER_JOINT * joined
        + (2.0 if phrase.form == "noun" else 0.0)
        + (1.5 if trigger.kind == "state" else 0.0)
    )


def _may_cross(window: Window, trigger: Trigger, phrase: People, triggers: Sequence[Trigger], lo: int, hi: int, crossed: int) -> bool:
    """Over a mark only a parenthesis may stand: two marks, no other word of harm, a number on the far side."""
    if phrase.form == "noun" or any(lo <= t.first < hi for t in triggers if t is not trigger):
        return False
    if any(t.text in {";", ".", ":", "!", "?"} for t in window.tokens[lo:hi]):
        return False
    return crossed == 2 or (crossed == 1 and window.tokens[hi - 1].text in DASHES | {","} and hi - lo == 1)


def _governed(window: Window, phrase: People) -> bool:
    """True behind a preposition: "у лікаря", "для людей" are not who was harmed; a number keeps its own "до", "близько"."""
    before = window.word(phrase.first - 1)
    return before in PREPOSITIONS and not (before in {"до", "у", "в"} and phrase.form in {"counted", "bare"} and phrase.comparator != "eq")


def _accusative(window: Window, phrase: People) -> bool:
    return window.word(phrase.first).endswith(("х", "их", "ьох", "ох", "ого", "у", "ю")) and phrase.form != "noun"


def _one_person(window: Window, trigger: Trigger, phrase: People, free: Sequence[People], *, before: bool) -> bool:
    """True where a noun without a number must mean one person: the verb is singular, or it is the object of an impersonal one, or the plural
    verb has a list of persons ("загинули чоловік і жінка")."""
    number = agrees_with(window, trigger)
    if is_plural_noun(window.tokens, phrase):
        return False
    if number == "plural":
        return any(between_members(window, *sorted((phrase, q), key=lambda p: p.first)) is not None for q in free if q is not phrase)
    word = window.word(phrase.noun if phrase.noun is not None else phrase.first)
    if number == "singular":
        return not word.endswith(("ю", "ой", "ою", "ом", "ем"))
    if trigger.kind in {"bodies", "lives"}:
        return not before
    return word.endswith(("а", "я", "у", "ю")) or (before and word.endswith(("у", "ю")))


def bodies_alone(window: Window, triggers: Sequence[Trigger], tolls: Sequence[Toll]) -> list[Toll]:
    """ "знайшли тіло", "ще одне тіло": the body is the count."""
    out: list[Toll] = []
    taken = {k for t in tolls if t.rule == "bodies" for k in range(t.first - 3, t.last)}
    for trigger in (t for t in triggers if t.kind == "bodies" and t.first not in taken):
        start = next((k for k in (trigger.first - 2, trigger.first - 1) if k >= window.first and _ends(window, k, trigger.first)), None)
        amount = read_amount(window.tokens, start, trigger.first, window.language) if start is not None else None
        if amount is None and not window.word(trigger.first) in {"тіло", "тело"}:
            continue
        low, high = (amount.minimum, amount.maximum) if amount is not None else (1, 1)
        first = amount.first if amount is not None else trigger.first
        phrase = People(
            first, trigger.last, low, high, "eq", None, "people", "counted", additional=amount is not None and amount.additional
        )
        out.append(Toll((phrase,), "killed", "bodies", 0.6))
    return out


def _ends(window: Window, at: int, stop: int) -> bool:
    amount = read_amount(window.tokens, at, stop, window.language)
    return amount is not None and amount.last == stop
