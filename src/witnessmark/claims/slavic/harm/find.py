"""The finder: sentences to phrases for people and words of harm, these to tolls, tolls to mentions.

Phrases and words of harm are found first, then each word of harm takes the phrase that fits it best. What is left over after a total is a part
of it or goes with it in a list.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import replace

from witnessmark.claims.slavic.harm.absence import absences
from witnessmark.claims.slavic.harm.parts import dated, in_care, listed, marked_parts, parts_of
from witnessmark.claims.slavic.harm.tolls import bodies_alone, held, taken
from witnessmark.claims.slavic.harm.triggers import triggers_of, unknown_tolls
from witnessmark.claims.slavic.harm.window import PREPOSITIONS, Toll, Window, joints, part_marks, states, takes, verbs
from witnessmark.claims.slavic.people import People, read_people
from witnessmark.claims.slavic.words import clauses_of
from witnessmark.model import HarmValue, Mention, Quantity, Span
from witnessmark.statements.language.lexicons import lexicon
from witnessmark.statements.language.matching import Match, PhraseMatcher
from witnessmark.statements.reading import Reading, Sentence


def find_harm(reading: Reading) -> tuple[Mention[HarmValue], ...]:
    """Every toll of people in ``reading``, in text order; values, spans, rules and scores as the English finder gives them."""
    out: list[Mention[HarmValue]] = []
    carried: dict[str, Toll] = {}
    for sentence in _telling(reading):
        window = Window(
            reading.tokens,
            sentence.first,
            sentence.last,
            reading.language,
            tuple(clauses_of(reading.tokens, sentence.first, sentence.last)),
        )
        tolls, absent = _of_sentence(window, carried)
        out.extend(m for toll in tolls for m in _mentions(reading, toll))
        out.extend(absent_mentions(reading, absent))
        for total in sorted((t for t in tolls if t.part_of is None and t.harm in {"killed", "injured"}), key=lambda t: t.last):
            carried.pop(total.harm, None)
            carried[total.harm] = total  # the newest stands last
    return tuple(sorted(_distinct(out), key=lambda m: (m.span or Span(0, 0), m.value.harm, m.value.group)))


@functools.cache
def _gate(language: str) -> PhraseMatcher[str]:
    """All words of harm in one matcher."""
    raw = lexicon(language, "harm")
    heads = [w for table in (raw["verbs"], raw["people"]) for words in table.values() for w in words]
    heads += raw["takes"]["wounds"] + raw["bodies"]["words"] + raw["lives"]["words"] + [w for ws in raw["states"].values() for w in ws]
    heads += [w for key in ("absence", "unknown") for name, ws in raw[key].items() if name != "others" for w in ws]
    heads += raw["words"]["part_marks"]
    return PhraseMatcher((w, "harm") for w in heads)


def _telling(reading: Reading) -> list[Sentence]:
    out: list[Sentence] = []
    for hit in _gate(reading.language).find(reading.tokens):
        sentence = reading.sentence_at(reading.tokens[hit.first].start)
        if sentence is not None and not (out and out[-1] is sentence):
            out.append(sentence)
    return out


def _of_sentence(window: Window, carried: Mapping[str, Toll]) -> tuple[list[Toll], list[tuple[Match[str], tuple[str, ...], bool]]]:
    absent, blocked = absences(window)
    people = _people(window, blocked)
    triggers = [t for t in triggers_of(window) if not any(a <= t.first < b for a, b in blocked)]
    marked = marked_parts(window, people)
    tolls = held(window, people, marked)
    used = {id(p) for t in tolls for p in t.phrases}
    free = [p for p in people if id(p) not in used and id(p) not in marked]
    asked, triggers = unknown_tolls(window, triggers)
    absent += asked
    tolls += taken(window, triggers, free)
    used = {id(p) for t in tolls for p in t.phrases}
    tolls += bodies_alone(window, triggers, tolls)
    tolls = [listed(window, t, [p for p in people if id(p) not in used and id(p) not in marked]) for t in tolls]
    tolls = [dated(window, t) for t in in_care(window, tolls, carried)]
    used = {id(p) for t in tolls for p in t.phrases}
    return tolls + parts_of(window, people, marked, used, tolls, list(carried.values())[-1] if carried else None), absent


def _people(window: Window, blocked: Sequence[tuple[int, int]]) -> list[People]:
    out: list[People] = []
    at = window.first
    while at < window.last:
        if any(a <= at < b for a, b in blocked):
            at += 1
            continue
        found = read_people(window.tokens, at, window.last, window.language)
        if found is not None and _speaks_of_people(window, found):
            out.append(found)
            at = found.last
        else:
            at += 1 if found is None or found.form != "bare" else max(1, found.last - at)
    return out


def _speaks_of_people(window: Window, found: People) -> bool:
    """False for a number that counts something else: a noun that is none of people follows it."""
    if found.form != "bare":
        return True
    after = window.word(found.last)
    if found.last >= window.last or window.tokens[found.last].kind == "mark" or after in PREPOSITIONS or after in joints(window.language):
        return True
    if any(
        m.match_at(window.tokens, found.last, window.last)
        for m in (verbs(window.language), takes(window.language), states(window.language))
    ):
        return True
    marks = part_marks(window.language).match_at(window.tokens, found.last, window.last)
    return marks is not None or verbs(window.language).match_at(window.tokens, found.first - 1, window.last) is not None


def _mentions(reading: Reading, toll: Toll) -> list[Mention[HarmValue]]:
    total = _mention(reading, toll)
    if len(toll.phrases) == 1 or toll.part_of is not None:
        return [total]
    span = (toll.first, toll.last)
    parts = [replace(toll, phrases=(p,), rule="component", score=0.5, part_of=span) for p in toll.phrases if p.group != "people"]
    return [total, *(_mention(reading, p) for p in parts)]


def _mention(reading: Reading, toll: Toll) -> Mention[HarmValue]:
    span = reading.span_of(toll.first, toll.last)
    words = span.of(reading.text)
    groups = {p.group for p in toll.phrases}
    value = HarmValue(
        toll.harm,
        groups.pop() if len(groups) == 1 else "people",
        _quantity(toll.phrases, words),
        part_of=None if toll.part_of is None else reading.span_of(*toll.part_of),
        update=toll.update,
        superseded=toll.superseded,
        additional=any(p.additional for p in toll.phrases) and toll.harm == "killed" and toll.rule == "bodies",
    )
    return Mention(value, span, words, f"harm.{toll.rule}", toll.score)


def _quantity(phrases: tuple[People, ...], words: str) -> Quantity:
    if len(phrases) == 1:
        only = phrases[0]
        return Quantity(only.minimum, only.maximum, only.comparator, words, vague=only.vague)
    lows, highs = [p.minimum for p in phrases], [p.maximum for p in phrases]
    low = sum(n for n in lows if n is not None) if any(n is not None for n in lows) else None
    high = None if None in highs else sum(n for n in highs if n is not None)
    vague = next((p.vague for p in phrases if p.vague), None)
    return Quantity(low, high, "eq" if low == high else "ge", words, vague=vague if low is None else None)


def absent_mentions(reading: Reading, absent: Sequence[tuple[Match[str], tuple[str, ...], bool]]) -> list[Mention[HarmValue]]:
    """ "Обійшлося без постраждалих": nobody killed, nobody injured; "кількість уточнюється": not known."""
    out: list[Mention[HarmValue]] = []
    for hit, harms, unknown in absent:
        span = reading.span_of(hit.first, hit.last)
        words, bound = span.of(reading.text), None if unknown else 0
        quantity = Quantity(bound, bound, "eq", words, unknown=unknown, vague="unknown" if unknown else None)
        out += [Mention(HarmValue(harm, "people", quantity), span, words, "harm.unknown" if unknown else "harm.none") for harm in harms]
    return out


def _distinct(mentions: Sequence[Mention[HarmValue]]) -> list[Mention[HarmValue]]:
    seen: dict[tuple[Span | None, str, str], Mention[HarmValue]] = {}
    for mention in mentions:
        key = (mention.span, mention.value.harm, mention.value.group)
        if key not in seen or mention.score > seen[key].score:
            seen[key] = mention
    return list(seen.values())
