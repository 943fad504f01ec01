"""The finder of places: every toponym of a reading, recognised and resolved jointly."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence

from witnessmark.claims.places.demonyms import Country, demonyms
from witnessmark.claims.places.features import features_of
from witnessmark.claims.places.index import entries, key_of_lower
from witnessmark.claims.places.models import models
from witnessmark.claims.places.pack import FUZZY, default_gazetteer
from witnessmark.claims.places.queries import hints_of, queries_of, type_of
from witnessmark.claims.places.relations import related
from witnessmark.claims.places.resolve import resolve
from witnessmark.claims.places.spans import HYPHENS, Name, names_in
from witnessmark.claims.places.unresolved import settle
from witnessmark.claims.places.values import mention_of
from witnessmark.claims.places.words import ambiguity, context
from witnessmark.claims.words import words
from witnessmark.model import Mention, PlaceValue, Span
from witnessmark.statements.reading import Reading

THRESHOLD = 0.4
"""Probability from which on a name counts as a place; chosen on LGL and GeoVirus by cross-validation among .3, .4, .45, .5 and .6."""

UNKNOWN_THRESHOLD = 0.15
"""The same for a name that the gazetteer lacks, after a word that places are named after. Lower, because the sets that the recogniser was
trained on leave out most places that their own gazetteers lack, so that their share of such names is too small."""
TYPED_UNKNOWN_THRESHOLD = 0.1
"""The same beside a type word: "the village of X" is a place whatever its name."""
_TYPE_BESIDE = frozenset({"p:oftype", "p:type"})
CYRILLIC_THRESHOLD = 0.2
"""The same for names in Cyrillic: the Ukrainian training set leaves out the countries inside names of organisations. Set by hand."""
CYRILLIC_AGAIN = 0.1
"""The same for a name in Cyrillic that is a place elsewhere in the document. Set by hand."""
CYRILLIC_UNKNOWN_THRESHOLD = 0.35
"""The same for a Cyrillic name that the gazetteer lacks: ministries and armies stand where places do. Set by hand."""
TYPED = 0.9
"""Least probability of a name of a division with its type word."""
ATTACKED = 0.05
"""The same for a town that is the object of a verb of attack, or of two words in another spelling behind "in". Set by hand: the training sets tell of few attacks, and of
few towns that the gazetteer has no population for."""
PERSON = 0.3
"""Factor for a given name before a surname; the training sets have few foreign ones. Set by hand."""
COMMON_SURNAME = 5
"""Bearers per 100,000 people from which on a surname that is also a town is read as a surname after a given name. Set by hand."""
SURE = 0.6
"""Least probability of a name that is hardly anything else: "The Hague" with its article, "Херсонщина", a known site. Set by hand."""
_LONG_NAME = 6
ARTICLE = 0.2
"""Factor for a town's name after "the" that belongs to no noun: "the Moskva" is a ship. Set by hand."""
_WITHOUT_ARTICLE = frozenset({"settlement", "quarter", "adm1", "adm2", "adm3"})
STRONG = frozenset({"p:in", "p:near", "p:oftype", "n:type", "the+p:in", "p:type"})


def find_places(reading: Reading) -> tuple[Mention[PlaceValue], ...]:
    """All toponyms in the readable parts of ``reading``, in text order, not overlapping.

    A name that no gazetteer row fits, or only the pattern of its words ("the village of X"), is given unresolved: its coordinates are
    None; country and division are then those of the container or of the document. The span marks the name, with a type word only where it
    is written as part of the name ("Laurel County", "Donetsk Oblast", but "Donetsk" of "Donetsk region"). Adjectives and peoples are no places (see :func:`find_demonyms`). ``rule`` is ``gazetteer`` with an ending: ``.container`` for
    a name that only says where the name before it lies, ``.abbreviation``, ``.inflected``, ``.part``
    ("North Texas"), ``.pattern``, ``.unknown``, and ``.quarter`` for a quarter that stands for its town.
    """
    names, weights = recognise(reading)
    queries = queries_of(reading, names, weights)
    scored = resolve(queries, hints_of(reading), models().resolver)
    containers = {q.inside for q in queries if q.inside is not None}
    mentions = [
        mention_of(reading, name, query, ranked, weight, container=i in containers)
        for i, (name, query, ranked, weight) in enumerate(zip(names, queries, scored, weights, strict=True))
    ]
    settled = [m if m.value.resolved else settle(m, mentions, i, queries[i]) for i, m in enumerate(mentions)]
    return tuple(related(settled, names, reading.tokens))


def recognise(reading: Reading, *, threshold: float = THRESHOLD) -> tuple[list[Name], list[float]]:
    """The names that are places, with their probabilities."""
    names = names_in(reading)
    for name in names:
        _held_to_country(reading, name)
    kept: list[Name] = []
    weights: list[float] = []
    doubted: list[tuple[Name, float]] = []
    model = models()
    for name, features in zip(names, features_of(reading, names), strict=True):
        probability = model.probability(features)
        if "n:type" in features and _of_that_type(reading, name):
            probability = max(probability, TYPED)
        elif (
            name.sort == "unknown"
            and name.case == "upper"
            or _sure(reading, name, features)
            or probability >= ATTACKED
            and _plain_town(reading, name, features)
        ):
            probability = max(probability, SURE)
        elif _names_a_person(reading, name, features):
            probability *= PERSON
        elif _has_article(reading, name, features):
            rivers = tuple(e for e in entries(f"{name.key} river") if e.place.feature == "STM")
            name.entries = rivers or tuple(e for e in name.entries if e.sort not in _WITHOUT_ARTICLE)
            probability *= 1.0 if name.entries else ARTICLE
        if probability >= _limit(name, features, threshold):
            kept.append(name)
            weights.append(probability)
        elif "cyrillic" in features and name.entries and probability >= CYRILLIC_AGAIN:
            doubted.append((name, probability))
    _told_again(kept, weights, doubted)
    return kept, weights


_WIDE_SORTS = frozenset({"country", "adm1", "region"})


def _held_to_country(reading: Reading, name: Name) -> None:
    """ "Central Mali", "northern Guatemala": behind a word for its part, a country's name is no town of that name."""
    before = name.first - 1
    if before < reading.sentences[name.sentence].first or reading.tokens[before].lower not in context().directions:
        return
    if name.sort == "name" and any(e.sort == "country" for e in name.entries):
        name.entries = tuple(e for e in name.entries if e.sort in _WIDE_SORTS)


def _told_again(kept: list[Name], weights: list[float], doubted: Sequence[tuple[Name, float]]) -> None:
    """Takes up the names in doubt that the document uses as a place elsewhere ("удар по Золочеву ... центр Золочева"), each at its place in the text."""
    keys = {name.key for name in kept}
    for name, probability in doubted:
        if name.key in keys:
            at = bisect.bisect([n.first for n in kept], name.first)
            kept.insert(at, name)
            weights.insert(at, probability)


def _limit(name: Name, features: set[str], threshold: float) -> float:
    if name.sort == "unknown" and "cyrillic" in features:
        return CYRILLIC_UNKNOWN_THRESHOLD
    if name.sort == "unknown" and not _TYPE_BESIDE.isdisjoint(features):
        return min(threshold, TYPED_UNKNOWN_THRESHOLD)
    if name.sort == "unknown" and not STRONG.isdisjoint(features):
        return min(threshold, UNKNOWN_THRESHOLD)
    return min(threshold, CYRILLIC_THRESHOLD) if "cyrillic" in features else threshold


_ATTACKS = words(
    "attacked attacking attacks shelled shelling shells bombed bombing bombs bombarded bombarding stormed storming raided raiding pounded pounding besieged "
    "besieging overran retook recaptured"
)

_SHELLINGS = ("обстріл", "обстрел", "бомбардуванн", "бомбардировк", "бомбежк", "бомбёжк", "штурм", "облог", "осад")
"""Stems of nouns of attack that take the town that is attacked without a preposition, in Ukrainian and Russian."""


def _plain_town(reading: Reading, name: Name, features: set[str]) -> bool:
    """True for a settlement right behind a verb of attack ("militants attacked Djibo") or a noun that takes it so, and for a respelt one of two words behind "in" or "near", where its words are no name of persons nor part of a longer name."""
    doubtful = {"given", "n:capital", "n:place", "short"}
    if (
        features & doubtful
        or any(f.startswith(("surname", "level")) for f in features)
        or not any(e.sort == "settlement" for e in name.entries)
    ):
        return False
    before = reading.tokens[name.first - 1].lower if name.first > reading.sentences[name.sentence].first else ""
    if "cyrillic" in features and before.startswith(_SHELLINGS):
        return True  # "внаслідок обстрілу Охтирки": what is shelled stands in the genitive, without a preposition
    if "p:verb" in features:
        return before in _ATTACKS
    respelt = name.sort == "name" and all(e.kind == FUZZY for e in name.entries)
    return respelt and not features.isdisjoint({"p:in", "p:near"})


def _names_a_person(reading: Reading, name: Name, features: set[str]) -> bool:
    """True for a given name before a surname ("Sydney Carter"), where no word says that a place is meant."""
    if "given" not in features or not STRONG.isdisjoint(features):
        return False
    following = reading.tokens[name.last].lower if name.last < len(reading.tokens) else ""
    if "n:capital" in features:
        return ambiguity(following).surname > 0 or not entries(key_of_lower(following))
    return "n:place" in features and ambiguity(following).surname >= COMMON_SURNAME


def _sure(reading: Reading, name: Name, features: set[str]) -> bool:
    """True for a name that is written with a capital article within a sentence, and for a long Cyrillic name of divisions, regions or countries only."""
    before = reading.tokens[name.first - 1] if name.first else None
    if _filed_at(reading, name):
        return True
    if before is not None and before.text == "The" and name.first - 1 > reading.sentences[name.sentence].first:
        return bool(entries("the " + name.key))
    if name.entries and all(e.sort == "region" for e in name.entries) and reading.tokens[name.last - 1].text[0].islower():
        return True  # a site found by its small words: "Zaporizhzhia nuclear plant"
    if (
        name.sort == "inflected"
        and "p:in" in features
        and len(name.key) >= _LONG_NAME
        and any(e.sort == "settlement" for e in name.entries)
    ):
        return True  # "у Костянтинівці FPV-дрон влучив": the case of the word and the preposition leave no doubt
    wide = {"adm1", "country", "region"}
    return "cyrillic" in features and len(name.key) >= _LONG_NAME and bool(name.entries) and all(e.sort in wide for e in name.entries)


_FILED = re.compile(
    r"(?:,? \([^)\n]{2,20}\))?, (?:\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? \d{1,2}\b)",
    re.IGNORECASE,
)


def _filed_at(reading: Reading, name: Name) -> bool:
    """True for a settlement in capitals that opens a line, with the day behind it: "SANTIAGO, 5 SEP 90 -- ". No person heads a report so."""
    start, end = reading.tokens[name.first].start, reading.tokens[name.last - 1].end
    if not reading.text[start:end].isupper() or reading.text[reading.text.rfind("\n", 0, start) + 1 : start].strip():
        return False
    return _FILED.match(reading.text, end) is not None and any(e.sort == "settlement" for e in name.entries)


def _has_article(reading: Reading, name: Name, features: set[str]) -> bool:
    """True for "the Dnipro": an article, one word that is listed without it, and no noun after it that the article could belong to."""
    tokens, sentence = reading.tokens, reading.sentences[name.sentence]
    if name.last != name.first + 1 or name.first <= sentence.first or tokens[name.first - 1].lower != "the" or name.sort != "name":
        return False
    if not any(e.sort in _WITHOUT_ARTICLE for e in name.entries) or entries("the " + name.key):
        return False
    after = tokens[name.last] if name.last < sentence.last else None
    if after is not None and after.lower in _LISTING and name.last + 1 < sentence.last and tokens[name.last + 1].text[0].isupper():
        return False  # "the Chernihiv, Kharkiv and Sumy regions": the noun comes at the end
    return after is None or (after.kind == "mark" and after.text not in HYPHENS) or after.lower in _VERBS_AFTER


_LISTING = frozenset({",", "and", "or"})
_VERBS_AFTER = frozenset(
    [
        "was",
        "were",
        "is",
        "are",
        "had",
        "has",
        "have",
        "sank",
        "sunk",
        "flooded",
        "burst",
        "flows",
        "flowed",
        "froze",
        "rose",
        "and",
        "or",
        "in",
        "on",
        "at",
        "near",
        "to",
        "from",
        "with",
        "by",
        "after",
        "before",
        "between",
    ]
)
"""Words after which no noun can follow that an article before the name would belong to."""


def _of_that_type(reading: Reading, name: Name) -> bool:
    """True when the gazetteer has a place of the class that the type word after the name asks for ("Donetsk region")."""
    wanted = type_of(reading.tokens, name)
    return wanted in {"adm1", "adm2", "adm3"} and any(
        e.sort == wanted or wanted == "adm2" and e.sort in {"adm3", "quarter"} for e in name.entries
    )


def find_demonyms(reading: Reading) -> tuple[Mention[Country], ...]:
    """Adjectives and names of peoples of countries ("Russian", "Sri Lankans"), with their country, in text order."""
    table = demonyms()
    tokens = reading.tokens
    out = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        step = 1
        if token.kind == "word" and token.text[0].isupper():
            pair = f"{token.lower} {tokens[at + 1].lower}" if at + 1 < len(tokens) else ""
            country = table.get(pair)
            step = 2 if country else 1
            country = country or table.get(token.lower)
            if country is not None:
                span = Span(token.start, tokens[at + step - 1].end)
                out.append(Mention(country, span, span.of(reading.text), "demonym"))
        at += step
    return tuple(out)


def adjectives_as_places(reading: Reading) -> list[Mention[PlaceValue]]:
    """The adjectives and peoples of :func:`find_demonyms` as mentions of their countries, with role ``other``.

    They are no places of events; but some toponym corpora (LGL) count them.
    """
    gazetteer = default_gazetteer()
    out = []
    for m in find_demonyms(reading):
        place = gazetteer.country(m.value.iso)
        if place is not None:
            value = PlaceValue(
                m.value.name, m.value.iso, None, place.latitude, place.longitude, "P8", place.identifier, place.feature, role="other"
            )
            out.append(Mention(value, m.span, m.quote, m.rule))
    return out
