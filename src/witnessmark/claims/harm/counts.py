"""Running counts: "the death toll rose to 31", "bringing to 31 the number of people killed", "put the number of wounded at 98"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from witnessmark.claims.harm.triggers import move_matcher, toll_matcher
from witnessmark.claims.harm.window import Toll, Window
from witnessmark.claims.people import People, read_people
from witnessmark.claims.words import words

MAX_REACH = 30
"""Tokens from the name of the count to its figure; the clause between may tell of the attack itself."""

_INTO = frozenset({"to", "at", "as", "of"})
_DIRECT = frozenset({":", "at", "to", "of"})
_RISES = words(
    "rose rises rise risen rising climbed climbs climb climbing grown grew grows growing jumped jumps increased increases increasing revised soared "
    "mounted bringing brought brings raising raised raises updated corrected topped passed surpassed reached"
)
_HURT = frozenset({"wounded", "injured", "hurt"})
_STATED = words("put puts putting gave gives given giving")
_LONE_NAMES = frozenset({"dead", "deaths", "fatalities", "injured", "wounded", "toll"})


def running_counts(window: Window, told: str | None = None) -> list[Toll]:
    """Every figure that a running count of the sentence is brought to, superseded figures ("up from 12") included.

    ``told`` is the harm last told before the sentence, for a count that names none ("the figure of 101").
    """
    out: list[Toll] = []
    for hit in toll_matcher().find(window.tokens, window.first, window.last):
        if hit.last - hit.first == 1 and window.word(hit.first) in _LONE_NAMES - {"toll"} and not _named(window, hit.first):
            continue
        harm = hit.payload
        if harm == "same":
            if window.word(hit.first - 1) != "the" or window.word(hit.last) not in {"at", "of"}:
                continue
            harm = _harm_before(window, hit.first) or told or ""
            if not harm:
                continue
        out.extend(_after(window, hit.first, hit.last, harm) or _before(window, hit.first, harm))
    out += _first_counts(window, told) if not out else []
    return out + _told_again(window, out)


_EARLY = frozenset(
    {"first", "initial", "early", "earlier", "official", "preliminary", "latest", "final", "lower", "higher", "different", "smaller"}
)
_COUNTS = frozenset({"count", "figure", "tally", "estimate", "toll"})


def _first_counts(window: Window, told: str | None) -> list[Toll]:
    """ "The first count was nine", "gave a lower figure, 110": of the harm last told, else of the dead."""
    out: list[Toll] = []
    if not window.vocabulary & _COUNTS:
        return out
    for at in range(window.first + 1, window.last - 1):
        if window.word(at) not in _COUNTS or window.word(at - 1) not in _EARLY:
            continue
        earlier = window.word(at - 1) in {"first", "initial", "early", "earlier", "preliminary"}
        for here in range(at + 1, min(at + 9, window.last - 1)):
            if window.word(here) in {"was", "is", "stood", ",", "of", ":", "at"}:
                phrase = window.starting.get(here + 1)
                if phrase is not None and phrase.form in {"bare", "counted"} and phrase.partitive is None:
                    out.append(Toll((phrase,), told or "killed", "count.early", at, superseded=earlier))
                    break
    return out


def _told_again(window: Window, tolls: list[Toll]) -> list[Toll]:
    """ "the toll was nineteen; later it stood at 42": the pronoun of a count that the sentence has named."""
    out: list[Toll] = []
    for at in range(tolls[0].last if tolls else window.last, window.last - 2):
        steps = window.word(at + 1) in _RISES | {"stood", "stands"} and window.word(at + 2) in {"to", "at"}
        if window.word(at) == "it" and (steps or (window.word(at + 1) == "was" and at + 2 in window.starting)):
            figure = _figure(window, at + 2) if steps else _figure(window, at + 1)
            if figure is not None:
                out.append(Toll((figure,), tolls[0].harm, "count.pronoun", at, update=True))
    return out


def _harm_before(window: Window, at: int) -> str | None:
    return next((t.harm for t in reversed(window.triggers) if t.first < at and not t.frame.needs), None)


def _named(window: Window, at: int) -> bool:
    """True when a lone "dead" or "wounded" names a count: "the dead numbered 12", not "the wounded died"."""
    return (
        window.word(at - 1) in {"the", "of", "confirmed", "civilian"}
        and move_matcher().match_at(window.tokens, at + 1, window.last) is not None
    )


@dataclass(frozen=True, slots=True)
class _Move:
    """The verb that brings a count to a figure. ``word`` is "" where a preposition does without one ("a toll of 12"); ``kind`` as in the lexicon."""

    word: str
    kind: str

    @property
    def rises(self) -> bool:
        """True when the figure is told as later than another."""
        return self.word in _RISES


def _after(window: Window, first: int, at: int, harm: str) -> list[Toll]:
    """Up to two figures after the name of a count at ``first`` .. ``at``: where it came to, and where it came from."""
    out: list[Toll] = []
    move = _move_before(window, first, at)
    for here in range(at, min(at + MAX_REACH, window.last)):
        verb = move_matcher().match_at(window.tokens, here, window.last)
        if verb is not None:
            move = _Move(window.word(verb.first), verb.payload)
        if out and window.word(here) in {";", "after", "when"}:
            break
        older = window.word(here) == "from"
        if out and window.word(here) not in {"from", "to"}:
            continue  # "the toll was 22, including a boy of five"
        figure = None if move is None else _older_figure(window, here) if older else _figure(window, here)
        if figure is None or move is None:
            continue
        figure = replace(figure, maximum=None, comparator="ge") if move.kind == "above" else figure
        harm = "injured" if window.word(figure.last) in _HURT else harm  # "left a toll of one person wounded"
        out.append(Toll((figure,), harm, "count", first, update=move.rises and not older, superseded=older))
        if len(out) == 2:
            break
    return out


def _move_before(window: Window, first: int, at: int) -> _Move | None:
    """The move told before the figure's own verb: "a toll of", "toll:", "put the number of dead at"."""
    if window.word(at) in _DIRECT:
        return _Move("", "plain")
    mover = _mover(window, first)
    return _Move(mover, "to") if mover in _RISES | _STATED else None


def _figure(window: Window, here: int) -> People | None:
    """The figure that the preposition or verb at ``here`` introduces."""
    verb = None
    if window.word(here) not in _INTO | {"from", ":"}:
        verb = move_matcher().match_at(window.tokens, here, window.last)
        if verb is None:
            return None
    at = here + 1 if verb is None else verb.last
    if window.word(at) == "from":
        return None  # "rose from 40 to 52": both figures are told by their prepositions
    phrase = window.starting.get(at) or (read_people(window.tokens, at, window.last) if at < window.last else None)
    if phrase is None or phrase.form not in {"bare", "counted"} or phrase.partitive is not None:
        return None
    return phrase


def _older_figure(window: Window, here: int) -> People | None:
    """The 40 of "rose from 40 to 52"."""
    stop = next((k for k in range(here + 2, min(here + 6, window.last)) if window.word(k) == "to"), window.last)
    return read_people(window.tokens, here + 1, stop) if here + 1 < stop else None


def _mover(window: Window, first: int) -> str:
    for here in range(first - 1, max(window.first, first - 4) - 1, -1):
        if move_matcher().match_at(window.tokens, here, window.last) is not None:
            return window.word(here)
    return ""


def _before(window: Window, first: int, harm: str) -> list[Toll]:
    """ "bringing to 31 the number of people killed" """
    phrase = window.ending.get(first) or window.ending.get(first - 1)
    if phrase is None or phrase.form != "bare" or window.word(phrase.first - 1) not in {"to", "at"}:
        return []
    return [Toll((phrase,), harm, "count.before", phrase.first, update=window.word(phrase.first - 2) in _RISES)]
