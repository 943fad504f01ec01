"""The finder of places: every toponym of a reading, recognised and resolved jointly."""

from __future__ import annotations

from witnessmark.claims.places.demonyms import Country, demonyms
from witnessmark.claims.places.features import features_of
from witnessmark.claims.places.index import entries, key_of_lower
from witnessmark.claims.places.models import models
from witnessmark.claims.places.pack import default_gazetteer
from witnessmark.claims.places.queries import hints_of, queries_of, type_of
from witnessmark.claims.places.resolve import resolve
from witnessmark.claims.places.spans import Name, names_in
from witnessmark.claims.places.unresolved import settle
from witnessmark.claims.places.values import mention_of
from witnessmark.claims.places.words import ambiguity
from witnessmark.model import Mention, PlaceValue, Span
from witnessmark.statements.reading import Reading

THRESHOLD = 0.4
"""Probability from which on a name counts as a place; chosen on LGL and GeoVirus by cross-validation among .3, .4, .45, .5 and .6."""

UNKNOWN_THRESHOLD = 0.15
"""The same for a name that the gazetteer lacks, after a word that places are named after. Lower, because the sets that the recogniser was
trained on leave out most places that their own gazetteers lack, so that their share of such names is too small."""
CYRILLIC_THRESHOLD = 0.2
"""The same for names in Cyrillic: the Ukrainian training set leaves out the countries inside names of organisations. Set by hand."""
TYPED = 0.9
"""Least probability of a name of a division with its type word."""
PERSON = 0.3
"""Factor for a given name before a surname; the training sets have few foreign ones. Set by hand."""
COMMON_SURNAME = 5
"""Bearers per 100,000 people from which on a surname that is also a town is read as a surname after a given name. Set by hand."""
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
    return tuple(m if m.value.resolved else settle(m, mentions, i, queries[i]) for i, m in enumerate(mentions))


def recognise(reading: Reading, *, threshold: float = THRESHOLD) -> tuple[list[Name], list[float]]:
    """The names that are places, with their probabilities."""
    names = names_in(reading)
    kept: list[Name] = []
    weights: list[float] = []
    model = models()
    for name, features in zip(names, features_of(reading, names), strict=True):
        probability = model.probability(features)
        if "n:type" in features and _of_that_type(reading, name):
            probability = max(probability, TYPED)
        elif _names_a_person(reading, name, features):
            probability *= PERSON
        if probability >= _limit(name, features, threshold):
            kept.append(name)
            weights.append(probability)
    return kept, weights


def _limit(name: Name, features: set[str], threshold: float) -> float:
    if name.sort == "unknown" and not STRONG.isdisjoint(features):
        return min(threshold, UNKNOWN_THRESHOLD)
    return min(threshold, CYRILLIC_THRESHOLD) if "cyrillic" in features else threshold


def _names_a_person(reading: Reading, name: Name, features: set[str]) -> bool:
    """True for a given name before a surname ("Sydney Carter"), where no word says that a place is meant."""
    if "given" not in features or not STRONG.isdisjoint(features):
        return False
    following = reading.tokens[name.last].lower if name.last < len(reading.tokens) else ""
    if "n:capital" in features:
        return ambiguity(following).surname > 0 or not entries(key_of_lower(following))
    return "n:place" in features and ambiguity(following).surname >= COMMON_SURNAME


def _of_that_type(reading: Reading, name: Name) -> bool:
    """True when the gazetteer has a place of the class that the type word after the name asks for ("Donetsk region")."""
    wanted = type_of(reading.tokens, name)
    return wanted in {"adm1", "adm2"} and any(e.sort == wanted for e in name.entries)


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
