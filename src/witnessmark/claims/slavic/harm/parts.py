"""What is left over after a total: members of a list, parts of it, figures told as earlier or later ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from witnessmark.claims.slavic.harm.window import Toll, Window, between_members, part_marks, phrases_of, states, takes, verbs
from witnessmark.claims.slavic.people import People, is_plural_noun, nouns


def listed(window: Window, toll: Toll, free: Sequence[People]) -> Toll:
    """ "загинули чоловік, дві жінки та дитина": the members of the list are added up. A group after a count of people is a part of it."""
    phrases = list(toll.phrases)
    grown = True
    while grown:
        grown = False
        for p in free:
            if p in phrases or p.harm is not None or (p.form == "bare"):
                continue
            between = between_members(window, phrases[-1], p) if p.first >= phrases[-1].last else between_members(window, p, phrases[0])
            if between is None or (
                phrases[0].group == "people" and phrases[0].form == "counted" and "," in between and p.group != "people"
            ):
                continue
            if is_plural_noun(window.tokens, p) and p.form == "noun":
                continue
            phrases = [*phrases, p] if p.first >= phrases[-1].last else [p, *phrases]
            grown = True
    return replace(toll, phrases=tuple(phrases)) if len(phrases) > len(toll.phrases) else toll


def dated(window: Window, toll: Toll) -> Toll:
    """Marks a figure told as a later or an earlier count."""
    low = next(k for k in range(max(window.first, toll.first - 6), toll.first + 1) if window.clause(k) == window.clause(toll.first))
    update = bool(phrases_of(window.language, "updates").find(window.tokens, low, toll.first))
    earlier = bool(phrases_of(window.language, "earlier").find(window.tokens, window.first, toll.first))
    return replace(toll, update=update and not earlier, superseded=earlier)


def in_care(window: Window, tolls: list[Toll], carried: Mapping[str, Toll]) -> list[Toll]:
    """One who died later in hospital is among the dead of a total told before, and those in a grave state among the wounded."""
    died = bool(phrases_of(window.language, "hospital_death").find(window.tokens, window.first, window.last))
    grave = bool(states(window.language).find(window.tokens, window.first, window.last))
    return [
        replace(t, part_of=(carried[t.harm].first, carried[t.harm].last))
        if t.harm in carried
        and _fewer(t, carried[t.harm])
        and ((died and t.harm == "killed" and t.rule == "verb") or (grave and t.harm == "injured"))
        else t
        for t in tolls
    ]


def _fewer(part: Toll, total: Toll) -> bool:
    return (part.phrases[0].minimum or 0) < (total.phrases[0].minimum or 0)


def marked_parts(window: Window, people: Sequence[People]) -> dict[int, tuple[str, int]]:
    """Phrases that are told as parts, by identity: the harm that the mark names (or "") and the token after the part's words."""
    out: dict[int, tuple[str, int]] = {}
    marks = part_marks(window.language).find(window.tokens, window.first, window.last)
    for p in people:
        before = [m for m in marks if 0 <= p.first - m.last <= 3 and not any(window.word(k) == "," for k in range(m.last, p.first))]
        after = next((m for m in marks if m.first == p.last), None)
        if before:
            out[id(p)] = (before[-1].payload, p.last)
        elif after is not None and p.form in {"bare", "counted"} and not _verb_follows(window, after.last):
            out[id(p)] = (after.payload, after.last)
        else:
            chained = next((q for q in people if id(q) in out and q.last <= p.first and between_members(window, q, p) is not None), None)
            if chained is not None and p.form != "bare" and p.harm is None and not _own_verb(window, p):
                out[id(p)] = (out[id(chained)][0], p.last)
    return out


def _own_verb(window: Window, phrase: People) -> bool:
    """ "19 осіб дістали поранення" goes on with a toll of its own."""
    return any(m.match_at(window.tokens, phrase.last, window.last) for m in (verbs(window.language), takes(window.language)))


def _verb_follows(window: Window, at: int) -> bool:
    """ "двоє з них загинули" tells a toll of its own."""
    hit = verbs(window.language).match_at(window.tokens, at, window.last)
    return hit is not None and hit.payload == "killed"


def parts_of(
    window: Window,
    people: Sequence[People],
    marked: dict[int, tuple[str, int]],
    used: set[int],
    tolls: Sequence[Toll],
    carried: Toll | None,
) -> list[Toll]:
    """Phrases told as parts of a total ("троє з них діти", "зокрема дитина", "108 раненых, 17 детей"), with the harm of that total."""
    out: list[Toll] = []
    for p in people:
        if id(p) in used or any(t.first <= p.first < t.last for t in out):
            continue
        before = [t for t in tolls if t.part_of is None and t.last <= p.first and t.harm in {"killed", "injured"}]
        total = max(before, key=lambda t: t.last) if before else None
        if id(p) in marked:
            harm, end = marked[id(p)]
            told = total or carried
            group, last = _group_after(window, p, end)
            if (harm or told is not None) and group is not None and (p.form != "noun" or not is_plural_noun(window.tokens, p)):
                out.append(_part(replace(p, group=group, last=last), harm or told.harm if told is not None else harm, total))
        elif total is not None and _beside(window, total, p):
            out.append(_part(p, total.harm, total))
    return out


def _part(phrase: People, harm: str, total: Toll | None) -> Toll:
    return Toll((phrase,), harm, "part", 0.8, (total.first, total.last) if total is not None else (phrase.first, phrase.last))


def _group_after(window: Window, phrase: People, end: int) -> tuple[str | None, int]:
    """The group of a part: that of its own noun, or of the noun after "з них —"."""
    if phrase.group != "people":
        return phrase.group, phrase.last
    here = end
    while here < min(end + 3, window.last):
        noun = nouns(window.language).match_at(window.tokens, here, window.last)
        if noun is not None and noun.payload != "people":
            return noun.payload, noun.last
        here += 1
    return (None, phrase.last) if phrase.form == "bare" else (phrase.group, phrase.last)


def _beside(window: Window, total: Toll, phrase: People) -> bool:
    """ "108 раненых, 17 детей": a group right after the total."""
    if phrase.group == "people" or phrase.form == "noun" or len(total.phrases) > 1:
        return False
    words = [window.word(k) for k in range(total.last, phrase.first)]
    small = (phrase.maximum or 0) <= (total.phrases[0].minimum or 0)
    return words == [","] and small
