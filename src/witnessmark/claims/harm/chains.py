"""Chains of phrases for people: "two women, a man and three children" is one quantity."""

from __future__ import annotations

from witnessmark.claims.harm.window import Window
from witnessmark.claims.people import People
from witnessmark.claims.words import words

_LINKS = frozenset({",", "and", "&", "plus"})
_CLOSERS = words(
    "in on at by when as and while after during near outside inside since over following amid from who of with before around aboard early late "
    "overnight yesterday today monday tuesday wednesday thursday friday saturday sunday according dead wounded injured killed hurt among"
)
PASSIVE = words("was were been being is are be get got gets getting remain remains remained")
AUXILIARIES = PASSIVE | words("had has have having")
ADVERBS = words(
    "accidentally intentionally deliberately unintentionally also reportedly instantly later then immediately either all both seriously critically slightly lightly gravely severely badly already "
    "still believed reported feared confirmed said presumed known thought understood allegedly apparently now just only fatally to left "
    "themselves so may might could would will must"
)


def before_auxiliaries(window: Window, at: int) -> tuple[int, bool]:
    """(token after the subject, whether an auxiliary stands there) for a predicate that begins at ``at``."""
    here, passive = at, False
    while here > window.first:
        word = window.word(here - 1)
        if word in PASSIVE:
            passive = True
        elif word not in ADVERBS and word not in AUXILIARIES and not (word == "found" and window.word(here - 2) in PASSIVE):
            break
        here -= 1
    return here, passive


def is_predicated(window: Window, at: int) -> bool:
    """True when the words from ``at`` on are a predicate of harm ("were wounded", "wounded", "dead")."""
    here = at
    while here < window.last and (window.word(here) in AUXILIARIES or window.word(here) in ADVERBS):
        here += 1
    return here in window.trigger_at


def chain_right(window: Window, first: People, *, of_noun: bool = False) -> tuple[People, ...]:
    """``first`` and the phrases that follow it in a list, up to one that is the subject of a predicate of its own.

    A list ends in "and"; what only a comma joins is an apposition ("injuring 19, the governor said"). ``of_noun``: the list stands behind "the murder of",
    whose own verb may follow it ("the murder of two clerks and a guard was ...").
    """
    out, kept = [first], 1
    while first.form != "bare":
        link = _link_end(window, out[-1].last)
        following = window.starting.get(link) if link else None
        if link is None or following is None or not _joinable(following) or is_predicated(window, following.last):
            break
        closes = _closes(window, following.last) or (of_noun and window.word(following.last) in _OF_THE_NOUN)
        if following.partitive is not None or _is_part_marked(window, following) or not closes:
            break
        lone_comma = link - out[-1].last == 1 and window.word(out[-1].last) == ","
        if lone_comma and len(out) == 1 and first.group == "people" and first.form == "counted" and _generic(window, first):
            break  # "three people, a doctor, his wife and their baby": the list spells the count out
        out.append(following)
        kept = kept if lone_comma else len(out)
    return tuple(out[:kept])


_OF_THE_NOUN = frozenset({"was", "is", "has", "had", "were", "have"})


def _generic(window: Window, people: People) -> bool:
    """True for a noun that any person is called by, so that the list behind it can spell it out; not for "six clerks, a cook and her son"."""
    return window.word(people.last - 1) in _GENERIC


_GENERIC = words("people persons civilians residents villagers others victims passengers citizens individuals students workers members")


def _closes(window: Window, at: int) -> bool:
    """True when a phrase that ends before ``at`` is not followed by a verb of its own ("killing two men, and the mayor resigned")."""
    return at >= window.last or window.tokens[at].kind != "word" or window.word(at) in _CLOSERS


def chain_left(window: Window, last: People) -> tuple[People, ...]:
    """``last`` and the phrases before it in a list, down to one that is the object of a trigger of its own."""
    out = [last]
    if last.form == "bare" and not _of_persons(window, last):
        return (last,)
    while True:
        at = out[0].first - 1
        while at >= window.first and window.word(at) in _LINKS and at + 1 not in window.ending:  # "Roe, 32, and": a comma may end a phrase
            at -= 1
        linked = at + 1 < out[0].first or window.word(at) == ","
        if linked and window.word(at) in _DASHES:
            at = _before_dashes(window, at)
        before = window.ending.get(at + 1)
        if not linked or before is None or not _joinable(before) or _follows_trigger(window, before):
            break
        if _is_part_marked(window, before) or _cited(window, before):
            break
        out.insert(0, before)
    if _spells_out(window, out):
        return (out[0],)
    return tuple(out[1:]) if _in_apposition(window, out) else tuple(out)


def _cited(window: Window, people: People) -> bool:
    """True for who is cited: "according to the governor, 24 people died" tells of 24."""
    return window.words(people.first - 2, "according", "to") or window.words(people.first - 1, "per")


_DASHES = frozenset({"-", "–", "—", "--"})
DASHED = 14
"""Tokens between two dashes of a list ("six clerks -- five of them trainees -- and two drivers"); not tuned."""


def _before_dashes(window: Window, closing: int) -> int:
    """The token before the dash that opens what the dash at ``closing`` closes; ``closing`` where there is none."""
    here = closing
    while here > window.first and window.word(here - 1) in _DASHES:
        here -= 1
    for at in range(here - 1, max(window.first, here - DASHED), -1):
        if window.word(at) in _DASHES:
            while window.word(at - 1) in _DASHES:
                at -= 1
            return at - 1
    return closing


def _of_persons(window: Window, phrase: People) -> bool:
    """True for "one of his guards", which can close a list; "two of them" is a part of what was told before."""
    return phrase.partitive == "them" and window.word(phrase.last - 1) not in {"them", "whom", "these", "those"}


_WHOLES = frozenset({"people", "civilians", "children"})
"""Groups that others can be parts of."""


def _spells_out(window: Window, chain: list[People]) -> bool:
    """ "Five civilians, two women and three children, died": a list between commas that adds up to the count before it. "Two men, a woman and a child were
    killed" is a list of four."""
    if chain[0].group not in _WHOLES and any(p.group != chain[0].group for p in chain[1:]):
        return False
    if (
        len(chain) < 2
        or chain[0].form != "counted"
        or window.word(chain[-1].last) != ","
        or any(window.word(k) != "," for k in range(chain[0].last, chain[1].first))
    ):
        return False
    numbers = [p.minimum for p in chain]
    return None not in numbers and sum(n or 0 for n in numbers[1:]) == numbers[0] and (numbers[0] or 0) > 1


def _in_apposition(window: Window, chain: list[People]) -> bool:
    """ "Jane Roe, a clerk," is one person: two phrases for one person each, with nothing but a comma between."""
    if len(chain) != 2 or any(p.form not in {"single", "name"} or p.minimum != 1 for p in chain):
        return False
    return all(window.word(k) == "," for k in range(chain[0].last, chain[1].first))


_JOINTS = (("as", "well", "as"), ("along", "with"), ("together", "with"))


def _link_end(window: Window, at: int) -> int | None:
    here = at
    while here < window.last and window.word(here) in _LINKS:
        here += 1
    for joint in _JOINTS:
        if window.words(here, *joint):
            return here + len(joint)
    return here if here > at or window.word(at - 1) == "," else None


def _joinable(phrase: People) -> bool:
    return phrase.form in {"counted", "single", "name"}


def _is_part_marked(window: Window, phrase: People) -> bool:
    """True for "three children among them", "a boy included" after the phrase."""
    return window.words(phrase.last, "among", "them") or window.word(phrase.last) == "included" or phrase.partitive is not None


def _follows_trigger(window: Window, phrase: People) -> bool:
    for at in range(phrase.first - 1, phrase.first - 7, -1):
        trigger = window.trigger_at.get(at)
        if trigger is not None:
            return trigger.last == phrase.first and trigger.frame.frame in {"active", "participle"} and not trigger.frame.needs
    return False
