"""What the recogniser knows of a candidate name: a set of named yes/no features of the name, its neighbours and the document."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence

from witnessmark.claims.places.pack import BARE, MAIN
from witnessmark.claims.places.spans import HYPHENS, Name
from witnessmark.claims.places.words import ambiguity, context, is_given_name
from witnessmark.statements.language.tokens import Token
from witnessmark.statements.reading import Reading

_STRONG = frozenset({"p:in", "p:near", "p:place,", "n:,place", "n:type", "p:oftype", "p:type"})
"""Neighbours that make a name a place: another occurrence in the document profits from them."""
_ANDS = frozenset({"and", "та", "і", "й", "и"})
_PERSON = frozenset({"p:given", "p:title", "p:initial"})


def features_of(reading: Reading, names: Sequence[Name]) -> list[set[str]]:
    """The features of each of ``names``, which are all the candidates of the document."""
    starts = {n.first: i for i, n in enumerate(names)}
    ends = {n.last: i for i, n in enumerate(names)}
    local = [_of_name(n) | _before(reading.tokens, n, ends) | _after(reading, n, starts) for n in names]
    _add_document(names, local)
    return local


def _of_name(name: Name) -> set[str]:
    out = {f"case:{name.case}", f"sort:{name.sort}"}
    if name.opens:
        out.add("opens")
    count = name.key.count(" ") + 1
    out.add(f"words:{min(count, 3)}")
    if name.entries:
        best = name.entries[0]
        out.add(f"size:{min(8, int(best.prominence))}")
        out.add(f"feature:{best.place.feature[:3]}")
        kinds = {e.kind for e in name.entries}
        out.add("main" if MAIN in kinds else "bare" if kinds == {BARE} else "alternate")
        out.add("many" if len(name.entries) > 3 else "few")
    else:
        out.add(f"unknown:{context().generic.get(name.key.rsplit(' ', 1)[-1], 'before')}")
    if count == 1:
        known = ambiguity(name.key)
        if known.level:
            out.add(f"level:{known.level}")
        if is_given_name(name.key):
            out.add("given")
        if known.surname:
            out.add(f"surname:{min(3, len(str(known.surname)))}")
    if len(name.key) <= 3:
        out.add("short")
    if "а" <= name.key[0] <= "ґ":
        out.add("cyrillic")
    return out


def _before(tokens: Sequence[Token], name: Name, ends: dict[int, int]) -> set[str]:
    at = name.first - 1
    if at < 0 or name.opens:
        return {"p:start"}
    token = tokens[at]
    upper = name.case == "upper"
    if token.lower == "the" and at > 0:
        return {"p:the"} | {f"the+{x}" for x in _before_word(tokens, at - 1, ends, upper=upper)}
    return _before_word(tokens, at, ends, upper=upper)


def _before_word(tokens: Sequence[Token], at: int, ends: dict[int, int], *, upper: bool) -> set[str]:
    token = tokens[at]
    words = context()
    if token.text == ",":
        return {"p:place,"} if at in ends else {"p:,"}
    if token.text in HYPHENS:
        return {"p:hyphen"}
    if token.text == ".":
        previous = tokens[at - 1] if at else token
        if len(previous.text) == 1 and previous.text.isupper():
            return {"p:initial"}
        return {"p:title"} if words.before.get(previous.lower) == "title" else {"p:."}
    if token.kind == "mark":
        return {f"p:{token.text}" if token.text in '(["“‘/:;' else "p:mark"}
    if token.kind != "word":
        return {f"p:{token.kind}"}
    if token.lower == "of" and at:
        head = tokens[at - 1]
        if head.lower in words.types:
            return {"p:oftype"}
        if head.text[0].isupper():
            return {"p:ofhead" if head.lower in words.heads else "p:ofcapital"}
        return {"p:of"}
    if token.lower in _ANDS:
        return {"p:place and"} if at in ends else {"p:and"}
    if token.lower in words.types and (upper or not token.text[0].isupper()):
        return {"p:type"}
    kind = words.before.get(token.lower)
    capital = token.text[0].isupper()
    if kind == "title":
        return {"p:title" if capital else "p:role"}
    if kind in {"in", "near", "from", "verb", "direction", "ship", "versus"}:
        plain = upper or not capital or kind in {"direction", "in", "near"}
        return {f"p:{kind}" if plain else f"p:{kind}+capital"}
    if capital:
        if at + 1 in ends:
            return {"p:place"}
        if "Ѐ" <= token.text[0] <= "ӿ" and (at == 0 or tokens[at - 1].text in ".!?:" or tokens[at].start - tokens[at - 1].end > 1):
            return {"p:given" if is_given_name(token.lower) else "p:opening"}
        return {"p:given" if is_given_name(token.lower) else "p:capital"}
    return {"p:lower"}


def _after(reading: Reading, name: Name, starts: dict[int, int]) -> set[str]:
    tokens = reading.tokens
    at = name.last
    if at >= len(tokens) or at >= reading.sentences[name.sentence].last:
        return {"n:end"}
    token = tokens[at]
    words = context()
    if token.text == ",":
        return {"n:,place"} if at + 1 in starts else {"n:,"}
    if token.text in HYPHENS:
        following = tokens[at + 1].lower if at + 1 < len(tokens) else ""
        return {"n:based"} if following in {"based", "born", "area", "bound", "held", "controlled"} else {"n:hyphen"}
    if token.kind == "clitic":
        return {"n:'s"} | ({"n:'s capital"} if at + 1 < len(tokens) and tokens[at + 1].text[0].isupper() else set())
    if token.kind != "word":
        return {f"n:{token.kind}" if token.text not in ".()" else f"n:{token.text}"}
    if token.lower in _ANDS:
        return {"n:and place"} if at + 1 in starts else {"n:and"}
    if token.lower in words.types and (name.case == "upper" or not token.text[0].isupper()):
        return {"n:type"}  # in text that is all capitals the type word has one too
    kind = words.after.get(token.lower)
    abbreviation = name.case == "normal" and token.shouted and not tokens[name.first].shouted and kind is None and at not in starts
    if token.text[0].isupper() and not abbreviation:  # "in Antonivka FPV drones": no name goes on in an abbreviation
        return {f"n:{kind}+capital"} if kind else {"n:place"} if at in starts else {"n:capital"}
    return {f"n:{kind}"} if kind in {"said", "pronoun"} else {"n:lower"}


def _add_document(names: Sequence[Name], found: list[set[str]]) -> None:
    """Features that look at the whole document: the same name elsewhere, and other names of the same country or division."""
    places: Counter[str] = Counter()
    people: Counter[str] = Counter()
    for name, own in zip(names, found, strict=True):
        places[name.key] += not _STRONG.isdisjoint(own)
        people[name.key] += not _PERSON.isdisjoint(own)
    divisions, states = _mentioned(names)
    for name, own in zip(names, found, strict=True):
        mine = not _STRONG.isdisjoint(own)
        if places[name.key] > mine:
            own.add("doc:place")
        if people[name.key] > (not _PERSON.isdisjoint(own)):
            own.add("doc:person")
        here = name.entries[:8]
        if any(e.place.adm1 in divisions and not e.place.feature.startswith("ADM1") for e in here):
            own.add("doc:division")
        elif any(e.place.country in states and not e.place.feature.startswith("PCL") for e in here):
            own.add("doc:country")


def _mentioned(names: Sequence[Name]) -> tuple[set[str], set[str]]:
    divisions, states = set(), set()
    for name in names:
        if not name.entries:
            continue
        best = name.entries[0]
        if best.place.feature == "ADM1" and best.kind != BARE:
            divisions.add(best.place.adm1)
            states.add(best.place.country)
        elif best.place.feature.startswith("PCL"):
            states.add(best.place.country)
    return divisions, states


_LEFT = ("p:", "opens", "the+")
_RIGHT = "n:"
_OWN = ("cyrillic", "sort:", "size:", "level:", "given", "surname:", "main", "alternate", "bare", "unknown:")


def pairs_of(own: set[str]) -> Iterator[tuple[str, str]]:
    """The pairs of features that matter together: left with right neighbours, and either with the name's own."""
    left = [f for f in own if f.startswith(_LEFT)]
    right = [f for f in own if f.startswith(_RIGHT)]
    mine = [f for f in own if f.startswith(_OWN)]
    yield from itertools.product(left, right)
    yield from itertools.product(mine, left)
    yield from itertools.product(mine, right)
