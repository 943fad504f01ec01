"""The finder: sentences to windows, windows to tolls, tolls to mentions."""

from __future__ import annotations

from dataclasses import replace

from witnessmark.claims.harm.absence import Absence, absences
from witnessmark.claims.harm.chains import chain_right
from witnessmark.claims.harm.counts import running_counts
from witnessmark.claims.harm.frames import tolls_of
from witnessmark.claims.harm.lone import lone_tolls, told_harms
from witnessmark.claims.harm.parts import part_tolls
from witnessmark.claims.harm.triggers import toll_matcher, trigger_matcher
from witnessmark.claims.harm.window import Toll, Window, read_window
from witnessmark.claims.people import People
from witnessmark.model import Candidate, HarmValue, Mention, Quantity, Span
from witnessmark.statements.reading import Reading, Sentence

_ABSENCE_WORDS = frozenset({"count", "figure", "tally", "family", "casualties", "casualty", "victims", "harmed", "loss"})
COMPONENT_SCORE = 0.5
OTHER_SCORE = 0.3
"""Of people harmed by other attacks, which no incident counts."""
_EARLIER = frozenset({"earlier", "initial", "initially", "previous", "previously", "preliminary"})
_TIMES = frozenset({"day", "days", "week", "weeks", "month", "months", "year", "years", "hour", "hours", "minutes", "moments", "night"})


def find_harm(reading: Reading) -> tuple[Mention[HarmValue], ...]:
    """Every toll of people in ``reading``, in text order.

    The span marks the words of the quantity ("at least 24 people", "a woman and her two sons"). ``rule`` names the construction. Scores below
    0.5 mark readings that want support: plurals without a count, unreal verbs ("could kill"), components of a list.
    """
    out: list[Mention[HarmValue]] = []
    lone: list[tuple[Window, Toll]] = []
    carried: Mention[HarmValue] | None = None
    for sentence in _telling(reading):
        window = read_window(reading.tokens, sentence.first, sentence.last)
        found = _of_sentence(reading, window, carried)
        out.extend(found)
        lone.extend((window, _accompanied(window, toll)) for toll in lone_tolls(window, without=told_harms(found)))
        carried = next((m for m in reversed(found) if m.value.part_of is None and m.value.harm in {"killed", "injured"}), carried)
    told = told_harms(out)
    out.extend(_mention(reading, window, toll) for window, toll in lone if toll.harm not in told)
    return tuple(sorted(out, key=_order))


def _telling(reading: Reading) -> list[Sentence]:
    """The gate: the sentences with a word of harm, which are the fewer."""
    triggers, counts = trigger_matcher(), toll_matcher()
    heads = triggers.first_words | counts.first_words | _ABSENCE_WORDS
    tokens = reading.tokens
    out: list[Sentence] = []
    for at in [k for k, token in enumerate(tokens) if token.lower in heads]:
        sentence = reading.sentence_at(tokens[at].start)
        if sentence is None or (out and out[-1] is sentence):
            continue
        if tokens[at].lower in _ABSENCE_WORDS or triggers.match_at(tokens, at, sentence.last) or counts.match_at(tokens, at, sentence.last):
            out.append(sentence)
    return out


def _order(mention: Mention[HarmValue]) -> tuple[Span, str, str]:
    assert mention.span is not None
    return mention.span, mention.value.harm, mention.value.group


def _of_sentence(reading: Reading, window: Window, carried: Mention[HarmValue] | None) -> list[Mention[HarmValue]]:
    none = absences(window)
    counted = carried is not None and not (carried.value.quantity.vague or carried.value.quantity.unknown)
    tolls = _totals(window, none, carried.value.harm if carried is not None and counted else None)
    parts = part_tolls(window, tolls, _as_toll(reading, carried))
    taken = {(p.first, p.last, p.harm) for p in parts}
    kept = [t for t in tolls if (t.first, t.last, t.harm) not in taken]
    kept += [whole for t in kept if (whole := _whole(t)) is not None]
    out = [m for toll in kept for m in _mentions(reading, window, toll)]
    out += [m for toll in parts for m in _mentions(reading, window, toll)]
    out += [m for absence in none for m in _none_mentions(reading, absence)]
    return _distinct(out)


def _whole(toll: Toll) -> Toll | None:
    """ "12 of the 30 wounded died" tells of thirty wounded too."""
    phrase = toll.phrases[0]
    if phrase.whole is None or phrase.partitive not in ("killed", "injured") or phrase.partitive == toll.harm:
        return None
    amount = phrase.whole
    people = People(amount.first, amount.last, amount.minimum, amount.maximum, amount.comparator, amount.vague, "people", "bare")
    return Toll((people,), phrase.partitive, "whole", toll.anchor, toll.score)


def _totals(window: Window, none: list[Absence], told: str | None) -> list[Toll]:
    counts = running_counts(window, told)
    counted = {t.first for t in counts}
    tolls = list(counts)
    for trigger in window.triggers:
        if any(a.first <= trigger.first < a.last for a in none):
            continue
        tolls += [t for t in tolls_of(window, trigger) if t.first not in counted]
    tolls += _conditions(window, {p.first for t in tolls for p in t.phrases})
    return [_dated(window, t) for t in _with_company(window, _resolved(tolls))]


_TOGETHER = (("along", "with"), ("together", "with"), ("as", "well", "as"))


def _with_company(window: Window, tolls: list[Toll]) -> list[Toll]:
    """ "The envoy was killed in an attack in which two guards were also killed", "was shot dead at home, along with two guards": of one sentence, the
    one who is told first and the others are counted together."""
    later = next((t for t in tolls if t.harm == "killed" and t.phrases[0].partitive == "injured" and t.rule.startswith(_DYING)), None)
    if later is not None:
        at_once = next((t for t in tolls if t.harm == "killed" and t.last < later.first and t.part_of is None and not _running(t)), None)
        if at_once is None:
            return tolls
        whole = replace(
            at_once, phrases=(*at_once.phrases, *later.phrases), rule="together"
        )  # "killing the driver; two of the five wounded later died"
        return [whole if t is at_once else t for t in tolls if t is not later] + [w for w in (_whole(later),) if w is not None]
    alone = next((t for t in tolls if t.harm == "killed" and _one_person(t)), None)
    if alone is None:
        return tolls
    others = next((t for t in tolls if t.harm == "killed" and t.first > alone.anchor and _also(window, t)), None)
    company = others.phrases if others is not None else _companions(window, alone, tolls)
    if not company:
        return tolls
    together = replace(alone, phrases=(*alone.phrases, *company), rule="together")
    return [together if t is alone else t for t in tolls if t is not others]


def _running(toll: Toll) -> bool:
    """True for a running count ("rose to six after two of the wounded died"), which holds later deaths already, and for an earlier figure."""
    return toll.update or toll.superseded or toll.rule.startswith("count")


def _accompanied(window: Window, toll: Toll) -> Toll:
    """One who is told without a number, with those who died along with them ("Roe was killed at noon, along with two guards")."""
    company = _companions(window, toll, []) if toll.harm == "killed" and toll.phrases[0].minimum == 1 else ()
    return replace(toll, phrases=(*toll.phrases, *company)) if company else toll


def _one_person(toll: Toll) -> bool:
    only = toll.phrases[0]
    return (
        len(toll.phrases) == 1
        and only.minimum == only.maximum == 1
        and only.form in {"single", "name"}
        and only.partitive is None
        and not only.additional
    )


def _also(window: Window, toll: Toll) -> bool:
    return any(window.word(k) in {"also", "too"} for k in range(toll.last, toll.anchor))


def _companions(window: Window, toll: Toll, tolls: list[Toll]) -> tuple[People, ...]:
    """The people behind "along with" in the rest of the sentence, whom no word of harm has taken."""
    taken = {p.first for t in tolls for p in t.phrases}
    for joint in _TOGETHER:
        for at in range(toll.anchor, window.last - len(joint)):
            if window.words(at, *joint):
                phrase = window.starting.get(at + len(joint))
                known = phrase is not None and phrase.form in {"counted", "single", "bare"} and phrase.first not in taken
                return chain_right(window, phrase) if known and phrase is not None else ()
    return ()


def _conditions(window: Window, used: set[int]) -> list[Toll]:
    """ "three wounded men" that no verb of harm has taken."""
    return [
        Toll((p,), p.condition, "condition", p.first, 0.8)
        for p in window.people
        if p.condition is not None and p.first not in used and p.form in {"counted", "single"}
    ]


def _resolved(tolls: list[Toll]) -> list[Toll]:
    """One reading per phrase and harm; where a sure and an unsure harm claim the same words, the sure one stays."""
    best: dict[tuple[int, str], Toll] = {}
    for toll in tolls:
        key = (toll.first, toll.harm)
        if key not in best or toll.score > best[key].score:
            best[key] = toll
    sure = {t.first for t in best.values() if not t.ambiguous}
    died = {t.first for t in best.values() if t.harm == "killed" and t.rule.startswith(_DYING)}
    return [t for t in best.values() if not (t.ambiguous and t.first in sure) and not (t.harm == "injured" and t.first in died)]


_DYING = ("intransitive", "state")
"""Rules of a death that is told of people as such: "a boy who was wounded on Sunday has died" leaves nobody wounded."""


def _dated(window: Window, toll: Toll) -> Toll:
    """Marks a figure that the words give as an earlier count."""
    if "had" in window.vocabulary and _spoken_of(window, toll):
        return replace(toll, superseded=True)
    if any(window.words(at, *words) for words in _BEFOREHAND for at in range(toll.last, min(window.last, toll.last + 4))):
        return replace(toll, superseded=True, score=min(toll.score, OTHER_SCORE))  # "who have killed several policemen in previous attacks"
    if not window.vocabulary & _EARLIER:
        return toll
    for at in range(max(window.first, toll.first - 10), toll.first):
        if (
            window.word(at) in _EARLIER
            and window.word(at - 1) not in _TIMES
            and window.word(at + 1) not in {"this", "in", "on", "today", "that", "attack", "attacks"}
        ):
            return replace(toll, superseded=True)
    return toll


_BEFOREHAND = tuple(
    ("in", *words)
    for words in (("previous", "attacks"), ("earlier", "attacks"), ("past", "attacks"), ("similar", "attacks"), ("other", "attacks"))
)
_SAYING = frozenset({"said", "says", "told", "wrote", "reported", "added"})
_SPOKEN = frozenset({"spoken", "said", "put", "reported", "counted", "listed", "given", "announced", "claimed", "estimated"})


def _spoken_of(window: Window, toll: Toll) -> bool:
    """ "Officials had spoken of eight dead": what had been said before the text's own figure."""
    return any(
        window.word(at) == "had"
        and not any(window.word(k) in _SAYING for k in range(window.first, at))  # "said they had counted": no earlier than the saying
        and (window.word(at + 1) in _SPOKEN or window.word(at + 2) in _SPOKEN)
        for at in range(max(window.first, toll.first - 8), toll.first)
    )


def _as_toll(reading: Reading, mention: Mention[HarmValue] | None) -> Toll | None:
    if mention is None or mention.span is None:
        return None
    first, last = reading.token_range(mention.span)
    quantity = mention.value.quantity
    people = People(first, last, quantity.minimum, quantity.maximum, quantity.comparator, quantity.vague, mention.value.group, "counted")
    return Toll((people,), mention.value.harm, "carried", first)


def _mentions(reading: Reading, window: Window, toll: Toll) -> list[Mention[HarmValue]]:
    total = _mention(reading, window, toll)
    if len(toll.phrases) == 1 or toll.part_of is not None:
        return [total]
    pieces = [
        _mention(
            reading,
            window,
            replace(toll, phrases=(p,), rule="component", score=min(toll.score, COMPONENT_SCORE), part_of=(toll.first, toll.last)),
        )
        for p in toll.phrases
        if p.group != "people"
    ]
    return [total, *pieces]


def _mention(reading: Reading, window: Window, toll: Toll) -> Mention[HarmValue]:
    span = reading.span_of(toll.first, toll.last)
    words = span.of(reading.text)
    if toll.part_of is None and len(toll.phrases) == 1 and toll.phrases[0].partitive == toll.harm:
        toll = replace(toll, part_of=(toll.first, toll.last))  # "two of the injured are in critical condition"
    groups = {p.group for p in toll.phrases}
    value = HarmValue(
        toll.harm,
        groups.pop() if len(groups) == 1 else "people",
        _quantity(toll.phrases, words),
        part_of=None if toll.part_of is None else reading.span_of(*toll.part_of),
        update=toll.update,
        superseded=toll.superseded,
        additional=any(p.additional for p in toll.phrases),
    )
    candidates = (
        tuple(Candidate(harm, toll.score - 0.1 * k) for k, harm in enumerate((toll.harm, *toll.ambiguous))) if toll.ambiguous else ()
    )
    return Mention(value, span, words, f"harm.{toll.rule}", toll.score, candidates=candidates)


def _quantity(phrases: tuple[People, ...], words: str) -> Quantity:
    if len(phrases) == 1:
        only = phrases[0]
        return Quantity(only.minimum, only.maximum, only.comparator, words, vague=only.vague)
    lows = [p.minimum for p in phrases]
    highs = [p.maximum for p in phrases]
    low = sum(n for n in lows if n is not None) if any(n is not None for n in lows) else None
    high = None if None in highs else sum(n for n in highs if n is not None)
    vague = next((p.vague for p in phrases if p.vague), None)
    return Quantity(low, high, "eq" if low == high else "ge", words, vague=vague if low is None else None)


def _none_mentions(reading: Reading, absence: Absence) -> list[Mention[HarmValue]]:
    span = reading.span_of(absence.first, absence.last)
    words = span.of(reading.text)
    bound = None if absence.unknown else 0
    quantity = Quantity(bound, bound, "eq", words, unknown=absence.unknown, vague="unknown" if absence.unknown else None)
    rule = "harm.unknown" if absence.unknown else "harm.none"
    return [Mention(HarmValue(harm, "people", quantity), span, words, rule) for harm in absence.harms]


def _distinct(mentions: list[Mention[HarmValue]]) -> list[Mention[HarmValue]]:
    seen: dict[tuple[Span | None, str, str], Mention[HarmValue]] = {}
    for mention in mentions:
        key = (mention.span, mention.value.harm, mention.value.group)
        if key not in seen or mention.score > seen[key].score:
            seen[key] = mention
    return list(seen.values())
