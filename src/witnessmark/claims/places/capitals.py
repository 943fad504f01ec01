"""Names in text that is all in capitals: there only the words around a name tell where it begins and ends."""

from __future__ import annotations

from collections.abc import Sequence

from witnessmark.claims.places.words import ambiguity, context
from witnessmark.claims.words import words
from witnessmark.statements.language.tokens import Token

_AFTER_NAMES = words("neighborhood neighbourhood suburb village hamlet municipality district township corregimiento barrio")
"""Type words that stand behind the name of a settlement or a quarter ("IN OLDWELL VILLAGE")."""
_BEFORE_NAMES = words("village town hamlet neighborhood neighbourhood suburb municipality community canton corregimiento barrio")
"""Type words whose "of" a name follows ("THE VILLAGE OF OLDWELL")."""
_BEGINNINGS = words("san santa santo saint st el la los las al abu new old villa colonia fort port")
_LINKS = words("de del la las los el do da dos al")
_DESCRIBING = words(
    "residential exclusive wealthy poor rich luxurious small little large big remote rural urban main same nearby neighboring neighbouring mountain fishing farming mining "
    "peasant indigenous working middle upper lower inner outer old new central northern southern eastern western northeastern northwestern southeastern southwestern "
    "coastal border entire whole populous crowded quiet popular modest elegant fashionable upscale isolated another other native tribal metropolitan judicial "
    "electoral business financial commercial industrial shopping red school military historic tiny first second third each every any some this that these those his her "
    "its their our my your one two three four five six several many few no a an the and or of in at from to near on by"
)
"""What else stands before a type word ("A REMOTE VILLAGE", "THE FINANCIAL DISTRICT")."""
_OPENERS = words("in at from near of to on into inside around outside the entered invaded attacked raided occupied stormed shelled bombed")
"""Before an unknown name, over adjectives."""
_MOST_WORDS = 3


def typed_name(tokens: Sequence[Token], at: int, floor: int, stop: int) -> int | None:
    """Where a name ends that begins at token ``at`` and that a type word behind it ("IN OLDWELL VILLAGE") or before it ("THE TOWN OF OLDWELL") makes the
    name of a place; None where there is no such word, or the words are common ones."""
    if not _may_be_named(tokens[at]):
        return None
    last = _end(tokens, at, stop)
    if last < stop and tokens[last].lower in _AFTER_NAMES and _opened(tokens, at, floor):
        return last
    of_type = at - 2 >= floor and tokens[at - 1].lower == "of" and tokens[at - 2].lower in _BEFORE_NAMES
    return last if of_type else None


_STREETS = words("street streets avenue avenues square plaza boulevard road highway corner")
_STREET_REACH = 5


def street_end(tokens: Sequence[Token], at: int, last: int, floor: int, stop: int) -> int | None:
    """Where the name of a street ends whose first words are the tokens ``at`` .. ``last``: "BOLIVAR SQUARE", "SAN DIEGO AND SOUTH 4TH STREETS"; None when
    no street is named, as in "A DOWNTOWN BOGOTA STREET"."""
    if any(t.lower in {"a", "an"} for t in tokens[max(floor, at - 2) : at]):
        return None
    if last < stop and tokens[last].lower in _STREETS:
        return last + 1
    if last < stop and tokens[last].lower == "and":
        for here in range(last + 1, min(stop, last + _STREET_REACH)):
            if tokens[here].lower in {"streets", "avenues"}:
                return here + 1
            if tokens[here].kind == "mark":
                return None
    return None


def _end(tokens: Sequence[Token], at: int, stop: int) -> int:
    """The token behind the name: beginnings ("SAN", "EL"), one word, and what small words of other languages tie to it ("RIO DE LA PLATA")."""
    last = at
    while last + 1 < stop and tokens[last].lower in _BEGINNINGS and _may_be_named(tokens[last + 1]) and last - at < _MOST_WORDS:
        last += 1
    last += 1
    while last + 1 < stop and tokens[last].lower in _LINKS and last - at < 2 * _MOST_WORDS:
        last += 1
        last += last < stop and tokens[last].lower not in _LINKS and _may_be_named(tokens[last])
    return last


def _opened(tokens: Sequence[Token], at: int, floor: int) -> bool:
    """True behind a preposition, an article or a verb of attack, over words that describe ("IN THE EXCLUSIVE ...")."""
    before = at - 1
    while before > floor and tokens[before].lower in _DESCRIBING and tokens[before].lower not in _OPENERS:
        before -= 1
    return before >= floor and tokens[before].lower in _OPENERS


def _may_be_named(token: Token) -> bool:
    lower = token.lower
    if token.kind != "word" or lower in _DESCRIBING and lower not in _BEGINNINGS:
        return False
    known = context()
    return lower not in known.types and lower not in known.never and not 0 < ambiguity(lower).level <= 30
