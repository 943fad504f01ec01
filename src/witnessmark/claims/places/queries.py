"""From names in a text to queries for the resolver: type words, containers, datelines, and hints of the document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from witnessmark.claims.places.demonyms import demonyms
from witnessmark.claims.places.index import Entry
from witnessmark.claims.places.pack import BARE
from witnessmark.claims.places.resolve import Hints, Query
from witnessmark.claims.places.spans import ADJECTIVES, Name
from witnessmark.claims.places.words import context
from witnessmark.statements.language.tokens import Token
from witnessmark.statements.reading import Reading

_DATELINE = re.compile(r"[\w .'’,()/-]{0,60}?\s*(?:—|–|--|-)\s")
_FILED_AGAIN = re.compile(r"\s(?:—|–|--|-)\s")
_BRACKETED = re.compile(r"\s(?:—|–|--|-) (?:\[[A-Z ]+\] ?)+\Z")
_FORWARD = 3
_JOINS = frozenset({"and", "or", ",", "the", "та", "і", "й", "и", "или", "або"})


def queries_of(reading: Reading, names: Sequence[Name], weights: Sequence[float]) -> list[Query]:
    """One query for each name; ``weights`` are the probabilities that the names are places."""
    starts = {n.first: i for i, n in enumerate(names)}
    types = _types_of(reading.tokens, names)
    cities = {(e.place.latitude, e.place.longitude) for n in names for e in n.entries[:3] if e.sort == "settlement"}
    out = []
    for i, name in enumerate(names):
        wanted = types[i]
        entries = _of_a_city(of_type(name.entries, wanted), cities)
        if wanted == "quarter":
            entries = tuple(e for e in entries if _near_a_city(e, cities))
        container = _container(reading.tokens, names, i, starts) or _genitive(reading.tokens, names, i, starts, types)
        if (
            container is None
            and i
            and wanted
            and reading.tokens[name.first - 1].text in {"'s", "’s"}
            and names[i - 1].last == name.first - 1
        ):
            container = i - 1  # "Kyiv's Dniprovskyi district"
        out.append(
            Query(
                key=name.key, entries=entries, wanted=wanted, inside=container, weight=weights[i],
                dateline=i == 0 and _opens_report(reading, name) or i > 0 and _filed_again(reading, name), sentence=name.sentence,
            )
        )  # fmt: skip
    _turn_quarters(out)
    return out


def _turn_quarters(queries: list[Query]) -> None:
    """ "Kyiv, Dniprovskyi district": the quarter that follows lies in the town, not the town in it."""
    for i, query in enumerate(queries):
        inner = queries[query.inside] if query.inside is not None and query.inside > i else None
        if inner is not None and inner.inside is None and inner.entries and all(e.sort == "quarter" for e in inner.entries):
            inner.inside, query.inside = i, None


def _types_of(tokens: Sequence[Token], names: Sequence[Name]) -> list[str]:
    """The class asked for each name; a plural type word counts for all names joined before it ("Chernihiv and Sumy regions")."""
    found = [type_of(tokens, n) for n in names]
    for i in range(len(names) - 1, 0, -1):
        last, first = names[i - 1].last, names[i].first
        joined = 0 < first - last <= 2 and all(t.lower in _JOINS for t in tokens[last:first])
        word = tokens[names[i].last].lower if names[i].last < len(tokens) else ""
        plural = word.endswith("s") or word in context().plurals or i + 1 < len(names) and found[i] == found[i + 1] and word in _JOINS
        if joined and plural and found[i] in {"adm1", "adm2", "adm3"} and not found[i - 1]:
            found[i - 1] = found[i]
    return found


def type_of(tokens: Sequence[Token], name: Name) -> str:
    """The class that a type word beside the name asks for: "Donetsk region" adm1, "the village of Hroza" settlement; "" without one."""
    types = context().types
    after = tokens[name.last].lower if name.last < len(tokens) else ""
    found = types.get(after)
    if found is None and name.first >= 2 and tokens[name.first - 1].lower == "of":
        found = types.get(tokens[name.first - 2].text, frozenset()) & {"adm1", "settlement"}  # "a district of Nairobi" is not Nairobi
    if found is None and name.first >= 1:  # "the village Hroza", "село Гроза"; "region Ohio" is not said
        found = types.get(tokens[name.first - 1].lower, frozenset()) & {"settlement"}
    if not found and _quarter_called(tokens, name):
        return "quarter"
    if not found:
        return ""
    if "quarter" in found and _is_city(name) and any(t.lower in {"a", "an"} for t in tokens[max(0, name.first - 3) : name.first]):
        return ""  # "a Bogota suburb", "a crowded Lima district" are parts of Bogota and of Lima
    if not name.entries and "quarter" in found:
        return "quarter"
    if "adm2" in found and name.key.endswith(ADJECTIVES) and not any(e.sort in {"adm2", "adm3", "quarter"} for e in name.entries):
        return "quarter"
    return next((kind for kind in ("adm1", "adm2", "adm3", "settlement", "quarter") if kind in found), "")


_QUARTERS = frozenset({"neighborhood", "neighbourhood", "quarter"})
_CITY = 5.3
"""Prominence from which on a name after "the neighbourhood of" is the town that has the neighbourhood: 200,000 people. Set by hand."""


def _is_city(name: Name) -> bool:
    return any(e.sort == "settlement" and e.prominence >= _CITY for e in name.entries)


def _quarter_called(tokens: Sequence[Token], name: Name) -> bool:
    """True in "the residential neighbourhood of San Isidro", where no large town has the name; "a neighbourhood of Oldwell" tells of the town."""
    at = name.first - 2
    if at < 1 or tokens[at + 1].lower != "of" or tokens[at].lower not in _QUARTERS or _is_city(name):
        return False
    return any(t.lower == "the" for t in tokens[max(0, at - 3) : at])


_FITTING = {
    "adm1": (frozenset({"adm1"}), frozenset({"adm2"}), frozenset({"country", "region"})),
    "adm2": (frozenset({"adm2", "quarter"}), frozenset({"adm3"}), frozenset({"adm1"})),
    "adm3": (frozenset({"adm3"}), frozenset({"settlement"}), frozenset({"adm2"})),
    "settlement": (frozenset({"settlement", "quarter"}), frozenset({"adm3"})),
}


def _of_a_city(entries: tuple[Entry, ...], cities: set[tuple[float, float]]) -> tuple[Entry, ...]:
    """Without the districts of cities that the text does not name; with those of cities that it names, without anything else."""
    if not any(e.sort == "quarter" and _codified(e) for e in entries):
        return entries
    inside = tuple(e for e in entries if e.sort == "quarter" and (e.place.latitude, e.place.longitude) in cities)
    rest = tuple(e for e in entries if not (e.sort == "quarter" and _codified(e)))
    return inside or rest or entries


_QUARTER_DEGREES = 0.5
"""Degrees within which a quarter lies of its town: some 50 km, the width of the largest."""


def _near_a_city(entry: Entry, cities: set[tuple[float, float]]) -> bool:
    """True for a quarter beside a town that the text names: the same name is a quarter of many towns elsewhere."""
    place = entry.place
    return any(abs(place.latitude - lat) <= _QUARTER_DEGREES and abs(place.longitude - lon) <= _QUARTER_DEGREES for lat, lon in cities)


def _codified(entry: Entry) -> bool:
    return entry.place.identifier.startswith("katottg:")


def of_type(entries: tuple[Entry, ...], wanted: str) -> tuple[Entry, ...]:
    """The entries that a type word allows: those of the first class that has any; all of them where no class has."""
    if wanted == "quarter":
        return tuple(e for e in entries if e.sort == "quarter")
    if wanted in {"", "settlement"}:  # an adjective alone names no community and no district of a city: "у Вільнянську" is the town
        entries = tuple(e for e in entries if not (e.kind == BARE and _codified(e)))
    for classes in _FITTING.get(wanted, ()):
        fitting = tuple(e for e in entries if e.sort in classes)
        if fitting:
            return fitting
    return entries


def _container(tokens: Sequence[Token], names: Sequence[Name], i: int, starts: dict[int, int]) -> int | None:
    """The index of the name that follows as container: "Pokrovsk, Donetsk region", "Sudzha in Kursk region", "Athens (Georgia)"."""
    at = names[i].last
    words = context()
    if at < len(tokens) and tokens[at].lower in words.types:
        at += 1
    if at >= len(tokens) or tokens[at].text not in {",", "("} and tokens[at].lower not in {"in", "of"}:
        return None
    at += 1
    for _ in range(_FORWARD):
        if at >= len(tokens):
            return None
        if at in starts:
            return starts[at]
        lower = tokens[at].lower
        if lower in words.directions and at + 1 < len(tokens) and tokens[at + 1].lower == "of":
            return None  # "Desna, north of Kyiv" lies outside Kyiv
        if lower in {"in", "the", "of"} or lower in words.directions or lower in demonyms():
            at += 1
            continue
        return None
    return None


def _genitive(tokens: Sequence[Token], names: Sequence[Name], i: int, starts: dict[int, int], types: Sequence[str]) -> int | None:
    """A Cyrillic name that follows without a mark: "Шевченківський район Харкова", "Гроза Куп'янського району"."""
    at = names[i].last
    if not "Ѐ" <= tokens[names[i].first].text[0] <= "ӿ":
        return None
    typed = at < len(tokens) and tokens[at].lower in context().types
    following = starts.get(at + 1 if typed else at)
    return following if following is not None and (typed or types[following] in {"adm1", "adm2", "adm3"}) else None


def _opens_report(reading: Reading, name: Name) -> bool:
    sentence = reading.sentences[name.sentence]
    if name.first - sentence.first > 2:
        return False
    return _DATELINE.match(reading.text, reading.tokens[name.last - 1].end) is not None


def _filed_again(reading: Reading, name: Name) -> bool:
    """True for the second of two datelines: "LIMA, 3 MAY 90 -- [TEXT] CUSCO -- ..."."""
    start, end = reading.tokens[name.first].start, reading.tokens[name.last - 1].end
    again = _FILED_AGAIN.match(reading.text, end) is not None
    return again and _BRACKETED.search(reading.text, max(0, start - 60), start) is not None


def hints_of(reading: Reading) -> Hints:
    """Votes of the adjectives and peoples in the text; half a mention each."""
    votes: dict[str, float] = {}
    table = demonyms()
    for token in [t for t in reading.tokens if t.lower in table]:
        if token.text[0].isupper():
            iso = table[token.lower].iso
            votes[iso] = votes.get(iso, 0.0) + 0.5
    return Hints(votes)
