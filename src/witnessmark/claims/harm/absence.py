"""None and unknown: "no casualties", "nobody was hurt", "the number of dead is unknown".

Zero and unknown are told by words too; both differ from a toll that is not mentioned.
"""

from __future__ import annotations

from dataclasses import dataclass

from witnessmark.claims.harm.window import Window
from witnessmark.claims.words import words

_BOTH = ("killed", "injured")
_NOUNS: dict[str, tuple[str, ...]] = {
    "casualties": _BOTH, "casualty": _BOTH, "victims": _BOTH, "deaths": ("killed",), "fatalities": ("killed",), "dead": ("killed",),
    "killed": ("killed",), "injuries": ("injured",), "injured": ("injured",), "wounded": ("injured",), "hurt": _BOTH,
}  # fmt: skip
_PREDICATES: dict[str, tuple[str, ...]] = {
    "killed": ("killed",), "died": ("killed",), "dead": ("killed",), "hurt": _BOTH, "harmed": _BOTH, "injured": _BOTH, "wounded": _BOTH,
}  # fmt: skip
_ACTIVE = frozenset({"killed", "injured", "wounded", "hurt", "harmed"})
_NOBODY = frozenset({"nobody", "none"})
_FILLERS = words(
    "reported immediate reports of civilian human known confirmed any were was is are been had has have have people persons residents soldiers "
    "there in the to serious word on about yet initial early information casualties or one its their civilians children staff them"
)
_NO_MORE = frozenset({"further", "other", "more", "additional", "new"})
_OPENERS = words("no without zero any nobody none avoided averted")
_UNKNOWN = frozenset({"unknown", "unclear", "undetermined", "unconfirmed", "uncertain"})
_OTHER_UNKNOWNS = words("condition conditions identity identities name names whereabouts fate age ages nationality nationalities status")
"""What is unknown of the victims but their number."""
_COUNT_NOUNS = frozenset({"casualties", "dead", "victims", "toll", "deaths", "killed", "injured", "wounded", "fatalities"})


@dataclass(frozen=True, slots=True)
class Absence:
    """Tokens ``first`` .. ``last`` say that there were none of ``harms``, or that their number is not known."""

    first: int
    last: int
    harms: tuple[str, ...]
    unknown: bool = False


def absences(window: Window) -> list[Absence]:
    """What the sentence says of no harm or of an unknown toll."""
    out: list[Absence] = []
    at = window.first if window.vocabulary & _OPENERS else window.last
    while at < window.last:
        found = _none_at(window, at)
        if found is not None:
            out.append(found)
        at = found.last if found is not None else at + 1
    return out + _unknown(window)


def _none_at(window: Window, at: int) -> Absence | None:
    word = window.word(at)
    if word in {"no", "without", "zero", "any"}:
        if window.words(at, "no", "one"):
            return _nobody(window, at, at + 2)
        if word == "any" and not any(window.word(k) in {"not", "didn't", "without", "never"} for k in range(max(window.first, at - 4), at)):
            return None
        return _noun(window, at)
    if word in _NOBODY:
        return _nobody(window, at, at + 1)
    if word in {"killing", "injuring", "wounding", "hurting"} and (window.word(at + 1) in _NOBODY or window.words(at + 1, "no", "one")):
        harms = ("killed",) if word == "killing" else ("injured",)
        return Absence(at, at + (2 if window.word(at + 1) in _NOBODY else 3), harms)
    if word in {"casualties", "victims", "injuries", "deaths"} and _avoided(window, at + 1):
        return Absence(at, at + 3, _NOUNS[word])
    return None


def _avoided(window: Window, at: int) -> bool:
    return window.word(at) in {"were", "was"} and window.word(at + 1) in {"avoided", "averted"}


def _noun(window: Window, at: int) -> Absence | None:
    """ "no casualties", "no deaths or injuries", "no one was reported hurt", "no people were injured", "no loss of life"."""
    if window.word(at + 1) in _NO_MORE:
        return None
    if any(window.words(k, "loss", "of", "life") for k in (at + 1, at + 2)):
        return Absence(at, at + (4 if window.word(at + 1) == "loss" else 5), ("killed",))
    here = at + 1
    harms: tuple[str, ...] = ()
    while here < min(at + 7, window.last):
        word = window.word(here)
        if word in _NOUNS:
            harms = tuple(dict.fromkeys((*harms, *_NOUNS[word])))
            last = here + 1
            if window.word(here + 1) not in {"or", "and", "nor", ","} or window.word(here + 2) not in _NOUNS:
                return Absence(at, last, harms)
        elif word not in _FILLERS:
            return None
        here += 1
    return None


def _nobody(window: Window, at: int, after: int) -> Absence | None:
    """ "nobody was killed or hurt", and behind its verb "killed nobody but wounded three"."""
    if at > window.first and window.word(at - 1) in _ACTIVE:
        return Absence(at - 1, after, _PREDICATES[window.word(at - 1)])
    if window.word(after) == "of" and window.word(after + 2) in _PREDICATES:
        return None  # "none of those killed was armed"
    harms: tuple[str, ...] = ()
    last = after
    for here in range(after, min(after + 9, window.last)):
        word = window.word(here)
        if word in _PREDICATES:
            harms = tuple(dict.fromkeys((*harms, *_PREDICATES[word])))
            last = here + 1
        elif word in {",", ".", ";", "but"} and harms:
            break
    return Absence(at, last, harms) if harms else None


def _unknown(window: Window) -> list[Absence]:
    out: list[Absence] = []
    if not window.vocabulary & (_UNKNOWN | {"known"}):
        return out
    for here in range(window.first, window.last):
        if window.word(here) not in _COUNT_NOUNS or any(
            window.word(k) in _OTHER_UNKNOWNS for k in range(max(window.first, here - 4), here)
        ):
            continue
        for k in range(here + 1, min(here + 7, window.last)):
            word = window.word(k)
            if word in _UNKNOWN or (word == "known" and window.word(k - 1) in {"not", "yet", "immediately", "n't"}):
                if any(window.word(j) in _COUNT_NOUNS for j in range(here + 1, k)):
                    break
                out.append(Absence(_count_start(window, here), k + 1, _unknown_harms(window.word(here)), unknown=True))
                break
    return out


def _count_start(window: Window, at: int) -> int:
    here = at
    while (
        here > window.first
        and at - here < 4
        and window.word(here - 1) in {"the", "of", "number", "death", "exact", "casualty", "and", "any"}
    ):
        here -= 1
    return here


def _unknown_harms(word: str) -> tuple[str, ...]:
    return {"toll": ("killed",)}.get(word, _NOUNS.get(word, ("killed",)))
