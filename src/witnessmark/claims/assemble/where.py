"""Where: which of the places that a document names can be the place of an event."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from witnessmark.claims.phrases import FUNCTION_WORDS
from witnessmark.claims.places.cues import around
from witnessmark.claims.roles import Part
from witnessmark.claims.slavic import LANGUAGES as SLAVIC
from witnessmark.claims.slavic import setting as slavic
from witnessmark.claims.words import words
from witnessmark.model import Mention, PlaceValue, Span
from witnessmark.model.comparing import coarse, place_relation
from witnessmark.statements import Reading
from witnessmark.statements.language.lexicons import lexicon

# Words right before a seat of government that make it a place and not a voice ("in Kyiv", against "Kyiv said", "held by Kyiv").
_LOCATIVE = frozenset(
    {"in", "at", "near", "outside", "around", "over", "across", "inside", "hit", "struck", "on", "of", "to", "towards", "toward", "from"}
)


@functools.cache
def _seats() -> frozenset[str]:
    return frozenset(lexicon("en", "actors")["metonyms"])


def event_places(reading: Reading, places: Sequence[Mention[PlaceValue]]) -> tuple[Mention[PlaceValue], ...]:
    """The places where something can have happened: not an origin of fire, a dateline, a speaker's seat, a capital that speaks, a river, nor a
    country that is only named."""
    if reading.language in SLAVIC:
        return tuple(_held_to_region(reading, p, places) for p in slavic.event_places(reading, places))
    tests = (_dateline, _speaks, _river, _only_named, _origin, _home, _care, _unit)
    roles = (
        ("event",) if any(p.value.role == "event" for p in places) else ("event", "home")
    )  # "abducted 14 residents of Goris", and no other place
    kept = [
        p
        for p in places
        if p.span is not None
        and (p.value.role in roles or _struck_seat(reading, p, p.span))
        and not any(t(reading, p, p.span) for t in tests)
    ]
    return tuple(_held_to_region(reading, _as_town(reading, p), places) for p in kept)


_DIVISION = re.compile(
    r"\W{0,2}(?:district|raion|county|governorate|region|municipality|province|prefecture|department|township|oblast|commune)\b",
    re.IGNORECASE,
)
_DIVISION_OF = re.compile(
    r"\b(?:district|raion|county|governorate|municipality|province|prefecture|department|township|commune) of (?:the )?$", re.IGNORECASE
)
_SUFFIX = re.compile(r" (?:Raion|District|County|Governorate|Municipality|Prefecture|Department|Township)$")


def _as_town(reading: Reading, place: Mention[PlaceValue]) -> Mention[PlaceValue]:
    """A bare name of a district is that of the town it is named for ("in Deir al-Balah"), which stands within it."""
    if place.value.precision != "P5" or place.span is None:
        return place
    named = _DIVISION.match(reading.text, place.span.end) or _DIVISION_OF.search(
        reading.text, max(0, place.span.start - 30), place.span.start
    )
    if named or _SUFFIX.search(place.quote):
        return place
    value = replace(place.value, name=_SUFFIX.sub("", place.value.name), precision="P3", radius_km=max(place.value.radius_km or 0.0, 15.0))
    return replace(place, value=value, rule=f"{place.rule}:town")


_IN_REGION = re.compile(r",? (?:in |of |в |у |на )?(?:the |[A-Z][\w’']+ )?\Z")


def _held_to_region(reading: Reading, place: Mention[PlaceValue], places: Sequence[Mention[PlaceValue]]) -> Mention[PlaceValue]:
    """A village that the gazetteer knows only elsewhere ("Murom, in Russia's Belgorod region") is left unresolved, in the region that is named."""
    value, span = place.value, place.span
    if span is None or coarse(value) or not value.resolved:
        return place
    for wider in places:
        if wider.span is None or wider.value.precision not in ("P5", "P6") or not 0 <= wider.span.start - span.end <= 30:
            continue
        if place_relation(value, wider.value) == "apart" and _IN_REGION.match(reading.text, span.end, wider.span.start):
            open_value = replace(
                value,
                name=place.quote,
                country=wider.value.country,
                adm1=wider.value.adm1,
                latitude=None,
                longitude=None,
                gazetteer_id=None,
            )
            return replace(place, value=open_value, rule=f"{place.rule}:not_in_region")
    return place


_PARTS_OF_TOWNS = words(
    "northern southern eastern western central northeastern northwestern southeastern southwestern north south east west downtown inner outer greater old"
)
"""Words that tell which part of a town is meant; no government is called by them."""


def _speaks(reading: Reading, place: Mention[PlaceValue], span: Span) -> bool:
    """ "Kyiv said", "held by Kyiv", "the Moscow-installed head": the government, not the city."""
    capital = place.value.feature == "PPLC" and place.value.precision == "P3"
    if not (capital or place.quote.lower() in _seats()) or _opens_line(reading, span):
        return False
    first, _ = reading.token_range(span)
    before = reading.tokens[first - 1].lower if first else ""
    installed = reading.text[span.end : span.end + 1] == "-"
    if before in ("a", "an") or before in _PARTS_OF_TOWNS:
        return False  # "a Kyiv apartment building", "in southern Kyiv"
    return installed or before not in _LOCATIVE or (before == "to" and first > 1 and reading.tokens[first - 2].lower == "according")


_STAMP = re.compile(r"[\d\W]*(?:[ap]\.?m\.?\W*)?\Z", re.IGNORECASE)


def _opens_line(reading: Reading, span: Span) -> bool:
    """True for the place that heads an entry: "Kyiv. Two adults ...", "17:55 Kyiv: ..."."""
    line = reading.text.rfind("\n", 0, span.start) + 1
    following = reading.text[span.end : span.end + 1]
    return following in (".", ",", ":", "-", "–", "—", "") and _STAMP.match(reading.text, line, span.start) is not None


def _river(reading: Reading, place: Mention[PlaceValue], span: Span) -> bool:
    """ "the Dnipro" is the river, "Dnipro" the city."""
    if place.value.precision != "P3" and place.value.feature != "STM":
        return False
    first, last = reading.token_range(span)
    after = reading.tokens[last].lower if last < len(reading.tokens) else ""
    alone = place.value.feature == "STM" or not after.isalpha() or after in FUNCTION_WORDS or after == "river"
    return first > 0 and reading.tokens[first - 1].text == "the" and alone


def _only_named(reading: Reading, place: Mention[PlaceValue], span: Span) -> bool:
    """A country is a place of an event only behind a preposition of place ("in northern Yemen"); else it is a party, an owner, an adjective."""
    if place.value.precision != "P8":
        return False
    first, last = reading.token_range(span)
    if last < len(reading.tokens) and (reading.tokens[last].kind == "clitic" or _attributive(reading, first, last)):
        return True
    if (
        last < len(reading.tokens)
        and place.quote.replace(".", "").isupper()
        and place.rule.endswith(".abbreviation")
        and _goes_on(reading, last)
    ):
        return True
    return not any(t.lower in _LOCATIVE or t.lower in ("throughout", "within", "into") for t in reading.tokens[max(0, first - 3) : first])


def _goes_on(reading: Reading, last: int) -> bool:
    """ "At the U.S. embassy": an abbreviation stands for the adjective too, where a noun follows."""
    after = reading.tokens[last]
    return after.kind == "word" and after.lower not in FUNCTION_WORDS and after.lower not in _AFTER_PLACES


_AFTER_PLACES = words("today yesterday tonight last early late killed left said monday tuesday wednesday thursday friday saturday sunday")


def _attributive(reading: Reading, first: int, last: int) -> bool:
    """ "the Kuwait crossroads": a country that names a street or a square, which stands elsewhere."""
    after = reading.tokens[last]
    noun = (
        after.kind == "word" and after.text.islower() and after.lower not in FUNCTION_WORDS and not after.lower.endswith(("ed", "ly", "s"))
    )
    crossing = noun or after.lower in ("crossroads", "crossings")
    return crossing and first > 0 and reading.tokens[first - 1].text == "the" and reading.tokens[first].lower != "the"


_LAUNCH = re.compile(r"\b(?:launch|fired?|took off|taken off|flew|flown|came from)", re.IGNORECASE)


def _origin(reading: Reading, place: Mention[PlaceValue], span: Span) -> bool:
    """ "launched ... from the Kursk region", "from Russia's Kursk region": where the fire came from."""
    at = reading.token_range(span)[0] - 1
    while at >= 0 and (reading.tokens[at].kind == "clitic" or reading.tokens[at].lower == "the" or reading.tokens[at].capitalised):
        at -= 1
    if at < 0 or reading.tokens[at].lower != "from":
        return False
    sentence = reading.sentence_at(span.start)
    return sentence is not None and _LAUNCH.search(reading.text, sentence.span.start, span.start) is not None


_DATELINE = re.compile(r"[^\n.;]{0,40}?\s(?:—|–|--|-)\s")


def _dateline(reading: Reading, place: Mention[PlaceValue], span: Span) -> bool:
    """ "KYIV, September 9 — ...": where the report was filed."""
    line = reading.text.rfind("\n", 0, span.start) + 1
    return line == span.start and place.quote.isupper() and _DATELINE.match(reading.text, span.end) is not None


# Offices of a region or a state, which speak of many places. A town's police, mayor or prosecutor speaks of the town.
_OFFICE = (
    r"(?:governors?|head|commander|ministry|minister|leader|administration|spokes(?:man|woman|person)|broadcaster|television|media|president"
    r"|embassy|ombudsman|military|army)"
)
_OFFICE_OF = re.compile(
    _OFFICE + r"(?: (?:of|for|in) )(?:the )?(?:[A-Z][\w-]+['’]s )?(?:(?:neighbou?ring|southern|northern|eastern|western|central) )?$"
)
_OFFICE_AFTER = re.compile(
    r"(?:['’]s)?(?: (?:region|oblast|province|state|county|city|regional|district|provincial)(?:['’]s)?)?(?: [a-z-]+){0,2}? "
    + _OFFICE
    + r"\b(?!['’]s)"
)
_SAYS_AFTER = re.compile(
    r"[^.;\n]{0,60}?\b(?:said|says|say|told|wrote|writes|reported|reports|announced|confirmed|added|posted|put|counted|gave|gives|called|claimed|claims)\b"
)
_SAYS_BEFORE = re.compile(r"\b(?:according to|said|says|told by|confirmed by|reported by|quoted)\s(?:the |a |an )?[^.;\n]{0,40}$")


_WARD = re.compile(r"\b(?:hospital|clinic|infirmary|medical cent(?:er|re))\b", re.IGNORECASE)


def of_speaker(reading: Reading, place: Mention[PlaceValue]) -> bool:
    """True in "the governor of Russia's Belgorod region said" and "Belgorod's mayor wrote": the place tells who speaks, and only failing all others
    where it happened."""
    if place.span is None:
        return False
    text, span = reading.text, place.span
    statement = reading.statement_at(span.start)
    speaker = statement.speaker.span if statement is not None and statement.speaker is not None else None
    if speaker is not None and speaker.contains(span) and not place.value.resolved and _WARD.search(place.quote):
        return True  # "according to a doctor at Maridi hospital"; any other place of a speaker is often that of the event
    before = _OFFICE_OF.search(text, max(0, span.start - 70), span.start)
    after = None if before else _OFFICE_AFTER.match(text, span.end)
    if before is None and after is None:
        return False
    end = after.end() if after else span.end
    start = before.start() if before else span.start
    return _SAYS_AFTER.match(text, end) is not None or _SAYS_BEFORE.search(text, max(0, start - 60), start) is not None


_STRUCK_SEAT = re.compile(
    r"\b(?:attack\w*|bomb\w*|explo\w+|blasts?|struck|hit|destroy\w*|damag\w+|shot|fired|storm\w*|raid\w*|ransack\w*|shell\w*|burn\w*|blew up)\b[^.;]{0,60}"
    r"\b(?:offices?|headquarters|embassy|consulate|courthouse|court) in (?:the (?:\w+ )?(?:city|town|village|capital) of )?$",
    re.IGNORECASE,
)


def _struck_seat(reading: Reading, place: Mention[PlaceValue], span: Span) -> bool:
    """ "Attacked the embassy in Lima": the seat of a speaker that is what was hit."""
    return place.value.role == "speaker_seat" and _STRUCK_SEAT.search(reading.text, max(0, span.start - 120), span.start) is not None


_UNITS = frozenset(
    {"regiment", "brigade", "battalion", "division", "regime", "squadron", "fighters", "militia", "gang", "cartel", "gunmen"}
)


def _unit(reading: Reading, place: Mention[PlaceValue], span: Span) -> bool:
    """ "the Azov regiment": a place that names a unit."""
    _, last = reading.token_range(span)
    if place.value.precision == "P8" or last >= len(reading.tokens):
        return False
    return reading.tokens[last].lower in _UNITS or _NAMED_BODY.match(reading.text, span.end) is not None


_NAMED_BODY = re.compile(
    r" (?:[A-Z][\w’'-]+ ){0,2}(?:(?:Armed|Defen[cs]e|Liberation|Popular) Forces?|Front|Battalion|Brigade|Regiment|Command|Cartel|Bloc"
    r"|ARMED FORCES|(?:DEFENSE|LIBERATION|POPULAR) FORCES?|FRONT|BATTALION|BRIGADE|REGIMENT|COMMAND|CARTEL|BLOC)\b"
)
"""Behind a place that opens the name of an armed body ("the Oldwell Liberation Front")."""

_AGED_OF = re.compile(r"(?:,\s*|\()\d{1,3},? of(?: the)? $")


def _home(reading: Reading, place: Mention[PlaceValue], span: Span) -> bool:
    """ "a sergeant, 42, of Woodbridge": where somebody came from."""
    return _AGED_OF.search(reading.text, max(0, span.start - 20), span.start) is not None


_TAKEN = re.compile(
    r"\b(?:taken|brought|rushed|reached|evacuated|transferred|airlifted|flown|treated|admitted|hospitali[sz]ed|buried)\b(?:(?! after | when | following )[^.;]){0,60}\b(?:in|to|at)(?: the)? $",
    re.IGNORECASE,
)


def _care(reading: Reading, place: Mention[PlaceValue], span: Span) -> bool:
    """ "were taken to hospitals in Kaya": where the wounded went and the dead were buried."""
    return _TAKEN.search(reading.text, max(0, span.start - 100), span.start) is not None


def acts_as_party(place: Mention[PlaceValue], parts: Sequence[Part]) -> bool:
    """True for a country that is the party and not the place ("Russia launched 38 missiles")."""
    return any(p.actor.span is not None and place.span is not None and p.actor.span.overlaps(place.span) for p in parts)


def hub_of(reading: Reading, places: Sequence[Mention[PlaceValue]]) -> Mention[PlaceValue] | None:
    """The settlement that the document names most often, the first of several."""
    named = [p for p in settings_of(reading, places) if p.value.precision == "P3" and p.value.gazetteer_id]
    counts = Counter(p.value.gazetteer_id for p in named)
    return max(named, key=lambda p: counts[p.value.gazetteer_id], default=None)


def settings_of(reading: Reading, places: Sequence[Mention[PlaceValue]]) -> tuple[Mention[PlaceValue], ...]:
    """The settlements that can be the place of an event that names none, in text order; a dateline counts, a speaker's seat does not, nor a
    headline that lists several."""
    settled = [p for p in places if p.value.resolved and not coarse(p.value)]
    filed = [p for p in settled if p.value.role == "dateline" or (p.span is not None and _dateline(reading, p, p.span))]
    told = list(event_places(reading, settled))
    within = [p for p in told if p.value.relation == "in" and not p.rule.endswith(".container")]
    named = filed + (within or told)  # "a camp south of El Fasher" is set in the camp, where the camp is known
    firm = [p for p in named if not of_speaker(reading, p)]
    named = firm or named
    in_headline = [p for p in named if p.span is not None and reading.document.in_headline(p.span)]
    if len({p.value.gazetteer_id for p in in_headline}) > 1:
        named = [p for p in named if p not in in_headline]
    return tuple(sorted((p for p in named if p.span is not None), key=lambda p: p.span.start if p.span else 0))


def in_town(settings: Sequence[Mention[PlaceValue]], hub: Mention[PlaceValue] | None) -> tuple[Mention[PlaceValue], ...]:
    """``settings`` with the quarters as parts of ``hub``: a quarter's name is found in many towns, and the text's own is meant."""
    if hub is None:
        return tuple(settings)
    return tuple(replace(p, value=replace(hub.value, precision="P2")) if p.rule.endswith(".quarter") else p for p in settings)


def setting_of(settings: Sequence[Mention[PlaceValue]], before: int) -> Mention[PlaceValue] | None:
    """The last of ``settings`` that is named before ``before``; a dateline may open the very sentence."""
    named = (p for p in reversed(settings) if p.span is not None)
    return next((p for p in named if p.span and p.span.start < before + (p.value.role == "dateline")), None)


def region_at(hub: Mention[PlaceValue] | None, words: Span | None, text: str) -> tuple[Mention[PlaceValue], ...]:
    """ "elsewhere in the region": the first-order division of the settlement that the document names most."""
    if words is None or hub is None or hub.value.adm1 is None:
        return ()
    value = replace(hub.value, name=hub.value.adm1, precision="P6", gazetteer_id=None, feature="ADM1", role="event")
    return (replace(hub, value=value, span=words, quote=words.of(text), rule=f"{hub.rule}:region"),)


def capital_at(reading: Reading, settings: Sequence[Mention[PlaceValue]], words: Span | None) -> tuple[Mention[PlaceValue], ...]:
    """ "the capital", as the capital that the document names most, when it names one."""
    if words is None or around(reading.tokens, reading.token_range(words)[0], 0).relation != "in":
        return ()  # "190 km north of this capital"
    named = [p for p in settings if p.value.feature == "PPLC"]
    if not named:
        return ()
    counts = Counter(p.value.gazetteer_id for p in named)
    chosen = max(named, key=lambda p: counts[p.value.gazetteer_id])
    value = replace(chosen.value, role="event")
    return (replace(chosen, value=value, span=words, quote=words.of(reading.text), rule=f"{chosen.rule}:capital"),)
