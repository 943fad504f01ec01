"""Running counts: "the death toll rose to 31", "bringing to 31 the number of people killed", "put the number of wounded at 98"."""

from __future__ import annotations

from witnessmark.claims.harm.triggers import move_matcher, toll_matcher
from witnessmark.claims.harm.window import Toll, Window
from witnessmark.claims.people import People, read_people
from witnessmark.claims.words import words

MAX_REACH = 30
"""Tokens from the name of the count to its figure; the clause between may tell of the attack itself."""

_INTO = frozenset({"to", "at", "as", "of"})
_RISES = words(
    "rose rises rise risen rising climbed climbs climb climbing grown grew grows growing jumped jumps increased increases increasing revised soared "
    "mounted bringing brought brings raising raised raises updated corrected topped passed surpassed reached"
)
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
    return out + _told_again(window, out)


def _told_again(window: Window, tolls: list[Toll]) -> list[Toll]:
    """ "the toll was nineteen; later it stood at 42": the pronoun of a count that the sentence has named."""
    out: list[Toll] = []
    for at in range(tolls[0].last if tolls else window.last, window.last - 2):
        if window.word(at) == "it" and window.word(at + 1) in _RISES | {"stood", "stands"} and window.word(at + 2) in {"to", "at"}:
            figure = _figure(window, at + 2, window.word(at + 1), direct=True)
            if figure is not None:
                out.append(Toll((figure,), tolls[0].harm, "count.pronoun", at, update=True))
    return out


def _harm_before(window: Window, at: int) -> str | None:
    return next((t.harm for t in reversed(window.triggers) if t.first < at), None)


def _named(window: Window, at: int) -> bool:
    """True when a lone "dead" or "wounded" names a count: "the dead numbered 12", not "the wounded died"."""
    return (
        window.word(at - 1) in {"the", "of", "confirmed", "civilian"}
        and move_matcher().match_at(window.tokens, at + 1, window.last) is not None
    )


def _after(window: Window, first: int, at: int, harm: str) -> list[Toll]:
    out: list[Toll] = []
    moved: str | None = "" if window.word(first - 1) in {"a", "the", "its", "official"} and window.word(at) in _INTO else None
    moved = "" if window.word(at) in {":", "at", "to", "of"} else moved
    if moved is None and any(window.word(k) in _RISES | {"put", "puts", "putting"} for k in range(max(window.first, first - 3), first)):
        moved = _mover(window, first)
    for here in range(at, min(at + MAX_REACH, window.last)):
        move = move_matcher().match_at(window.tokens, here, window.last)
        if move is not None:
            moved = window.word(move.first)
        if window.word(here) in {";", "after", "when"} and out:
            break
        figure = _figure(window, here, moved, direct=here == at)
        if figure is not None:
            older = window.word(here) == "from"
            above = move_above(moved)
            score = 1.0 if here - at < 12 or moved else 0.5
            out.append(
                Toll(
                    (_raised(figure) if above else figure,),
                    harm,
                    "count",
                    first,
                    score,
                    update=moved in _RISES and not older,
                    superseded=older,
                )
            )
            if len(out) == 2:
                break
    return out


def move_above(moved: str | None) -> bool:
    """True for verbs that say only that a figure was passed ("topped 100")."""
    return (moved or "")[:5] in {"toppe", "tops", "toppi", "passe", "passi", "excee", "surpa"}


def _raised(figure: People) -> People:
    return People(figure.first, figure.last, figure.minimum, None, "ge", None, figure.group, figure.form)


def _figure(window: Window, here: int, moved: str | None, *, direct: bool) -> People | None:
    """The figure that the preposition or verb at ``here`` introduces."""
    word = window.word(here)
    if moved is None and not direct:
        return None
    is_verb = move_matcher().match_at(window.tokens, here, window.last) if word not in _INTO else None
    if word not in _INTO and word not in {"from", ":"} and is_verb is None:
        return None
    at = here + 1 if is_verb is None else is_verb.last
    phrase = window.starting.get(at) or (read_people(window.tokens, at, window.last) if at < window.last else None)
    if phrase is None or phrase.form not in {"bare", "counted"} or phrase.partitive is not None:
        return None
    if phrase.minimum is None and phrase.maximum is None and phrase.vague is None:
        return None
    return phrase


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
