"""Candidate names in a text: longest matches of capitalised words against the gazetteer, abbreviations, patterns and unknown names."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from witnessmark.claims.places.capitals import street_end, typed_name
from witnessmark.claims.places.demonyms import countries, demonyms
from witnessmark.claims.places.index import CAP, Entry, entries, fuzzy_entries, key_of_lower
from witnessmark.claims.places.inflection import base_forms
from witnessmark.claims.places.normalise import key_of, latin, latin_of_russian
from witnessmark.claims.places.pack import BARE, MAIN, default_gazetteer
from witnessmark.claims.places.words import ambiguity, context, is_given_name
from witnessmark.claims.words import words as word_set
from witnessmark.model import READABLE_PARTS
from witnessmark.statements.language.tokens import Token
from witnessmark.statements.reading import Reading, Sentence

HYPHENS = frozenset("-‑–")
_PARTICLES = frozenset(
    {"of", "de", "del", "della", "di", "da", "do", "dos", "du", "le", "la", "les", "las", "los", "el", "al", "an", "as", "az", "ez", "es", "ed",
     "the", "and", "und", "y", "e", "upon", "on", "in", "sur", "sous", "bei", "am", "der", "den", "ibn", "bin", "i"}
)  # fmt: skip
_WRITTEN_SMALL = word_set(
    "a about after against also although among an and are as at be because been before being between but by can could did do during each for "
    "from had has have he her his how if in into is it its may might more must nor not of on or our she should since so some such than that "
    "the their them then there these they this those through to under until was we were what when where which while who whom whose will with "
    "would you"
)
"""Words that have no capital inside a sentence: in text that is all capitals they begin no name, and those that are no particles end one."""
_PRONOUNS = frozenset({"us", "me"})
_SMALL_ARTICLES = frozenset({"al", "el", "ad", "ar", "as", "ash", "at", "az", "ed", "ein", "ez"})
_SHORTENED = frozenset({"st", "ste", "mt", "ft"})
_STREET_ENDS = frozenset({"st", "ave", "rd", "blvd"})
_LONGEST = 6
_LONGEST_UNKNOWN = 3
_WELL_KNOWN, _FAMOUS = 4.5, 5.0
"""Prominence from which on a name is not given up for a longer unknown one, or for an unknown pattern around it; set by hand."""
_ARTICLES = frozenset({"the", "a", "an"})
_APOSTROPHES = frozenset("'’")
_NAME_PARTICLES = frozenset({"al", "el", "ad", "as", "ash", "at", "an", "ar", "az", "ed", "es", "ez", "de", "da", "do", "du", "la", "le"})


class Found(NamedTuple):
    """A match that ends before token ``last``; ``sort`` as in :class:`Name`."""

    last: int
    key: str
    entries: tuple[Entry, ...]
    sort: str


@dataclass(slots=True)
class Name:
    """Tokens ``first`` .. ``last`` (excluded) that may name a place, with what the gazetteer has under ``key``.

    ``case``: normal, title (most words of the sentence have capitals) or upper. ``sort`` is name, abbreviation, inflected, pattern ("Wichita
    Drive"), or unknown (not in the gazetteer, but where names of places stand). ``opens`` is true at the start of a sentence.
    """

    first: int
    last: int
    key: str
    entries: tuple[Entry, ...]
    case: str
    opens: bool
    sort: str
    sentence: int


def names_in(reading: Reading) -> list[Name]:
    """All candidate names in the readable parts, in text order, not overlapping."""
    out: list[Name] = []
    for sentence in reading.sentences:
        if sentence.part in READABLE_PARTS:
            out.extend(_names_of(reading, sentence))
    return out


def _names_of(reading: Reading, sentence: Sentence) -> Iterator[Name]:
    tokens = reading.tokens
    first, stop = sentence.first, sentence.last
    starts = [
        i
        for i, token in enumerate(tokens[first:stop], first)
        if token.kind == "word"
        and (not token.text[0].islower() and _may_begin(token.text) or token.text in _SMALL_ARTICLES and _article(tokens, i, stop))
    ]
    if not starts:
        return
    words = [i for i in range(first, stop) if tokens[i].kind == "word"]
    case = _case(len(words), len(starts), tokens, words)
    if case == "upper":
        starts = [i for i in starts if tokens[i].lower not in _WRITTEN_SMALL]
    opening = words[0]
    plain = not any(t.kind == "number" for t in tokens[first:opening])  # after "19:15" a capital is no matter of the sentence's start
    done = first
    for at in starts:
        if at < done or tokens[at].lower == "the":
            continue
        if at + 1 < stop and f"{tokens[at].lower} {tokens[at + 1].lower}" in demonyms():
            done = at + 2
            continue
        found = (
            _abbreviation(reading.text, tokens, at, stop, case)
            or _pattern(tokens, at, stop, case)
            or _match(tokens, at, first, stop, case)
            or _part(tokens, at, first, stop, case)
            or _unknown(tokens, at, first, stop, case)
            or _typed(tokens, at, first, stop, case)
        )
        if found is not None:
            yield Name(at, found.last, found.key, found.entries, case, at == opening and plain, found.sort, sentence.index)
            done = found.last


def _article(tokens: Sequence[Token], at: int, stop: int) -> bool:
    """True for the small article of an Arabic name, "al-Bab": a hyphen and a capital follow without a blank."""
    return at + 2 < stop and tokens[at + 1].text in HYPHENS and tokens[at + 2].text[0].isupper() and _tight(tokens, at + 1, stop)


def _case(words: int, capitals: int, tokens: Sequence[Token], at: Sequence[int]) -> str:
    """How a sentence uses capitals: upper, title or normal."""
    if capitals * 2 <= words or words < 2:
        return "normal"
    long = [tokens[i].text for i in at if len(tokens[i].text) > 2]
    if len(long) > 1 and sum([w.isupper() for w in long]) > 0.6 * len(long):
        return "upper"
    if len(long) > 3 and sum([w[0].isupper() for w in long]) > 0.75 * len(long):
        return "title"
    return "normal"


def _may_begin(text: str) -> bool:
    """A capital, or a letter of a script without capitals."""
    first = text[0]
    return first.isupper() or (not first.isascii() and first.isalpha() and first.lower() == first.upper())


def _match(tokens: Sequence[Token], at: int, floor: int, stop: int, case: str) -> Found | None:
    ends = _window(tokens, at, stop, case)
    for last, words in reversed(ends):
        if last == at + 1 and not _sensible(tokens[at], case):
            return None
        key = key_of_lower(words)
        known = entries(key) if len(key) > 1 else ()
        if known and case == "upper":
            if _part_of_a_land(tokens, at, last):
                return None
            street = street_end(tokens, at, last, floor, stop)
            if street is not None:
                return Found(street, key_of_lower(f"{words} street"), (), "pattern")
        if known and not _misses_division(tokens, at, last, stop, known) and not _lone_adjective(tokens, last, stop, known):
            found = Found(last, key, known, "name")
            facility = _facility(tokens, found, stop)
            if facility is not None:
                return facility
            return _longer(tokens, at, floor, stop, case, found) or found
    return _inflected(tokens, at, ends, stop)


def _part_of_a_land(tokens: Sequence[Token], at: int, last: int) -> bool:
    """True for "EASTERN REGION", "NORTHERN PROVINCE" in text that is all in capitals: common words there, whatever division has the name."""
    return last == at + 2 and tokens[at].lower in context().directions and tokens[at + 1].lower in context().types


_FACILITIES = frozenset({"nuclear", "dam", "bridge", "hydroelectric", "power", "thermal"})
_FACILITY_WORDS = 4


def _facility(tokens: Sequence[Token], found: Found, stop: int) -> Found | None:
    """A known site that is written small after its town: "Zaporizhzhia nuclear power plant", "Kakhovka dam"."""
    if found.last >= stop or tokens[found.last].lower not in _FACILITIES:
        return None
    key, sites = found.key, []
    for last in range(found.last + 1, min(stop, found.last + _FACILITY_WORDS) + 1):
        key = f"{key} {tokens[last - 1].lower}"
        known = tuple(e for e in entries(key) if e.sort == "region")
        sites += [Found(last, key, known, "name")] if known else []
    return sites[-1] if sites else None


def _misses_division(tokens: Sequence[Token], at: int, last: int, stop: int, known: Sequence[Entry]) -> bool:
    """True for a Cyrillic name before the word of a division that is here the name of other things only: "Донецкой" the village, before "области"."""
    if last >= stop or not "Ѐ" <= tokens[at].text[0] <= "ӿ" or tokens[last].text[0].isupper():
        return False
    return not context().types.get(tokens[last].lower, frozenset()).isdisjoint(_DIVISIONS) and not _has_division(known)


def _lone_adjective(tokens: Sequence[Token], last: int, stop: int, known: Sequence[Entry]) -> bool:
    """True for a form that as a nominative is only the adjective of a community, without the community's word: "квартал Краматорська" is the town."""
    typed = last < stop and not context().types.get(tokens[last].lower, frozenset()).isdisjoint(_DIVISIONS)
    return not typed and all(e.sort == "adm3" and e.kind == BARE for e in known)


def _longer(tokens: Sequence[Token], at: int, floor: int, stop: int, case: str, found: Found) -> Found | None:
    """A longer unknown name that begins with a little-known one ("Abu Shok"): the whole is meant, not its first word."""
    if found.last != at + 1 or found.last >= stop:
        return None
    respelt = _respelt(tokens, at, stop, case)
    if respelt is not None or found.entries[0].prominence >= _WELL_KNOWN:
        return respelt
    following = tokens[found.last]
    if not (following.text in HYPHENS or following.text[0].isupper()) or context().after.get(following.lower):
        return None
    if found.last + 1 < stop and tokens[found.last + 1].lower in context().types and "Ѐ" <= following.text[0] <= "ӿ":
        return None  # "Гроза Куп'янського району": the second word goes with the third
    whole = _unknown(tokens, at, floor, stop, case)
    return whole if whole is not None and whole.last > found.last else None


def _respelt(tokens: Sequence[Token], at: int, stop: int, case: str) -> Found | None:
    """Two words that another spelling of a listed name of two words fits, whose first alone is a name too: "Ain Issa" is Ayn Isa, not the Ain."""
    last = at + 2
    pair = tokens[at:last]
    if case != "normal" or any(t.kind != "word" or not t.text[0].isupper() or t.shouted or not t.text.isascii() for t in pair):
        return None
    if ambiguity(pair[1].lower).level or is_given_name(pair[0].lower) or (last < stop and tokens[last].text[0].isupper()):
        return None
    key = key_of_lower(f"{pair[0].lower} {pair[1].lower}")
    known = tuple(e for e in fuzzy_entries(key) if e.sort == "settlement" and " " in key_of(e.place.name))
    return Found(last, key, known, "name") if known else None


def _part(tokens: Sequence[Token], at: int, floor: int, stop: int, case: str) -> Found | None:
    """A capitalised compass word before a name: "North Texas", "Eastern Ukraine"."""
    if case != "normal" or tokens[at].lower not in context().directions or at + 1 >= stop or not tokens[at + 1].text[0].isupper():
        return None
    base = _match(tokens, at + 1, floor, stop, case)
    if base is None or base.sort != "name":
        return None
    return Found(base.last, f"{tokens[at].lower} {base.key}", base.entries, "part")


def _inflected(tokens: Sequence[Token], at: int, ends: list[tuple[int, str]], stop: int) -> Found | None:
    """The name in another case: what the gazetteer has under any of its thinkable nominatives, best known first.

    Before a type word ("Донецьку область") only the forms that name a division count, where there are any.
    """
    if not "Ѐ" <= tokens[at].text[0] <= "ӿ":
        return None
    for last, words in reversed(ends):
        types = context().types.get(tokens[last].lower, frozenset()) if last < stop else frozenset()
        forms = list(base_forms(words.split(" ")))
        found = {key: known for form in forms if (known := entries(key := key_of_lower(form)))}
        if not types.isdisjoint(_DIVISIONS):
            divisions = {key: known for key, known in found.items() if _has_division(known)} or _romanised([words, *forms])
            if not divisions and words.endswith(ADJECTIVES):
                return Found(last, key_of_lower(words), (), "inflected")  # a district of some town, which the gazetteer lacks
            found = divisions or found
        if found:
            every = {e.place.index: e for known in found.values() for e in known}
            return Found(last, next(iter(found)), tuple(sorted(every.values(), key=lambda e: -e.prominence)[:CAP]), "inflected")
    return None


_DIVISIONS = frozenset({"adm1", "adm2", "adm3"})
ADJECTIVES = (
    "skyi", "skyy", "skiy", "skii", "sky", "ський", "цький", "ский", "цкий", "ського", "цького", "ского", "цкого", "ському", "ском", "цкому", "цком",
)  # fmt: skip
"""Endings of adjectives: "Shevchenkivskyi district" is a quarter of some town unless the gazetteer has a district of the name."""


def _has_division(known: Sequence[Entry]) -> bool:
    return any(e.place.feature.startswith("ADM") for e in known)


def _romanised(forms: Sequence[str]) -> dict[str, tuple[Entry, ...]]:
    """Divisions that the gazetteer lists in Latin letters only ("Шебекинский район" under "Shebekinskiy"), by form."""
    keys = {key_of_lower(form): key for form in forms for key in (key_of(latin(form)), key_of(latin_of_russian(form)))}
    found = {own: tuple(e for e in entries(key) if e.place.feature.startswith("ADM")) for own, key in keys.items()}
    return {own: known for own, known in found.items() if known}


def _window(tokens: Sequence[Token], at: int, stop: int, case: str) -> list[tuple[int, str]]:
    """Where a name at ``at`` may end (token after it), with its words so far in lower case, shortest first."""
    words = tokens[at].lower
    ends = [(at + 1, words)]
    here, count = at + 1, 1
    while here < stop and count < _LONGEST:
        token = tokens[here]
        if token.kind == "word":
            capital = _may_begin(token.text) or (token.text[1:2] in _APOSTROPHES and token.text[2:3].isupper())  # d'Ivoire
            if case == "upper" and token.lower in _WRITTEN_SMALL:
                capital = False
            if not capital and token.lower not in _PARTICLES:
                break
            words += " " + token.lower
            if capital:
                ends.append((here + 1, words))
        elif token.text in HYPHENS and _tight(tokens, here, stop):
            here += 1
            words += " " + tokens[here].lower
            ends.append((here + 1, words))
        elif token.text == "." and tokens[here - 1].lower in _SHORTENED:
            pass
        elif token.kind == "clitic" and here + 1 < stop and tokens[here + 1].text[0].isupper():
            words += "s"
        else:
            break
        count += 1
        here += 1
    return ends


def _tight(tokens: Sequence[Token], here: int, stop: int) -> bool:
    """True when the hyphen at ``here`` stands between two words without a space."""
    return here + 1 < stop and tokens[here + 1].kind == "word" and tokens[here - 1].end == tokens[here].start == tokens[here + 1].start - 1


def _sensible(token: Token, case: str) -> bool:
    """False for single words that are not looked up at all: words on the list, and in all-capital text every common word."""
    lower = token.lower
    if (
        lower in context().never
        or lower in context().directions
        or (len(lower) < 3 and not (token.text.isupper() and token.text.isalpha()))
    ):
        return False
    level = ambiguity(lower).level
    if len(lower) < 4 and lower.isascii() and not token.text.isupper() and 0 < level <= 35:
        return False
    return not (case == "upper" and 0 < level <= 50 and lower not in _country_names())


@functools.cache
def _country_names() -> frozenset[str]:
    return frozenset(n for c in countries() for n in (c.name.lower(), *c.names))


def _pattern(tokens: Sequence[Token], at: int, stop: int, case: str) -> Found | None:
    """One to three capitalised words and a generic word ("Kanawha River", "Wichita Drive"), or "Lake", "Fort" ... and one such word."""
    if case != "normal" or at + 1 >= stop or len(tokens[at].text) < 3:
        return None
    last = _pattern_end(tokens, at, stop)
    if last is None:
        return None
    key = _joined(tokens[at:last])
    known = entries(key)
    if not known and _better_inside(tokens, at, last):
        return None
    if (
        last < stop
        and tokens[last - 1].lower in _STREET_ENDS
        and tokens[last].text == "."
        or last < stop
        and tokens[last].kind == "number"
        and context().generic.get(tokens[last - 1].lower) == "street"
    ):
        last += 1
    return Found(last, key, known, "pattern")


def _pattern_end(tokens: Sequence[Token], at: int, stop: int) -> int | None:
    words = context()
    following = tokens[at + 1]
    if tokens[at].lower in words.generic_before and (following.kind == "number" or following.text[0].isupper()):
        return at + 2
    for here in range(at + 1, min(stop, at + 6)):
        token = tokens[here]
        if token.kind == "clitic" or (token.text in HYPHENS and _tight(tokens, here, stop)):
            continue
        if token.lower in _NAME_PARTICLES and here + 1 < stop and tokens[here + 1].text in HYPHENS:
            continue
        if token.kind != "word" or not token.text[0].isupper():
            return None
        if token.lower in words.generic:
            return None if tokens[at].lower in words.never and here == at + 1 else here + 1
    return None


def _better_inside(tokens: Sequence[Token], at: int, last: int) -> bool:
    """True when an unknown pattern hides a known one ("Decatur McLean County") or is a known place and a word that belongs elsewhere."""
    if len(tokens[at].text) > 2 and 0 < ambiguity(tokens[at].lower).level <= 20 and last > at + 2:
        return True
    if last > at + 2 and entries(_joined(tokens[at + 1 : last])):
        return True
    clitic = at + 1 if tokens[at + 1].kind == "clitic" else last - 1
    inner = entries(_joined(tokens[at:clitic]))
    return bool(inner) and inner[0].prominence >= _FAMOUS and context().generic.get(tokens[last - 1].lower) != "street"


def _joined(tokens: Sequence[Token]) -> str:
    return key_of_lower("".join("s" if t.kind == "clitic" else " " + t.lower for t in tokens if t.kind != "mark"))


def _unknown(tokens: Sequence[Token], at: int, floor: int, stop: int, case: str) -> Found | None:
    """Capitalised words that the gazetteer lacks, where a name of a place stands: after "in", "near", "the village of", before "district"."""
    if (
        case != "normal"
        or len(tokens[at].text) < 3
        or not (_unfamiliar(tokens[at].lower) or _of_a_type(tokens, at, floor) or _of_a_camp(tokens, at, stop))
    ):
        return None
    last = at + 1
    if last + 1 < stop and tokens[last].text in HYPHENS and tokens[last + 1].lower in _HELD and _tight(tokens, last, stop):
        return None
    while last < stop and last - at < 2 * _LONGEST_UNKNOWN - 1:
        token = tokens[last]
        if token.kind == "word" and token.text[0].isupper() and not (token.shouted and not tokens[at].shouted):
            last += 1
        elif token.text in HYPHENS and _tight(tokens, last, stop):
            last += 2
        elif (
            token.lower in _NAME_PARTICLES and last + 2 < stop and (tokens[last + 1].text in HYPHENS or tokens[last + 1].text[0].isupper())
        ):
            last += 1
        else:
            break
    if not _placed(tokens, at, last, floor, stop):
        return None
    key = key_of_lower(" ".join(t.lower for t in tokens[at:last] if t.kind == "word"))
    return Found(last, key, fuzzy_entries(key), "unknown")


def _typed(tokens: Sequence[Token], at: int, floor: int, stop: int, case: str) -> Found | None:
    """In text that is all in capitals: a name that the gazetteer lacks, beside a type word."""
    last = typed_name(tokens, at, floor, stop) if case == "upper" else None
    return None if last is None else Found(last, key_of_lower(" ".join(t.lower for t in tokens[at:last])), (), "unknown")


def _of_a_type(tokens: Sequence[Token], at: int, floor: int) -> bool:
    """True after "the village of": what follows is a name, however common its first word."""
    return at - 2 >= floor and tokens[at - 1].lower == "of" and "settlement" in context().types.get(tokens[at - 2].lower, ())


_HELD = word_set(
    "held controlled occupied run led ruled backed installed administered allied aligned majority speaking populated owned made born based style"
)
"""What stands behind the hyphen of "Kurdish-held town", which is no name."""
_CAMP_KINDS = frozenset({"refugee", "displacement", "transit", "idp"})
_NAMED_BEFORE = frozenset({"camp", "camps", "neighborhood", "neighbourhood"})


def _of_a_camp(tokens: Sequence[Token], at: int, stop: int) -> bool:
    """True for the words before a small "camp" or "neighbourhood" ("Abu Hadid camp", "Nur Alam refugee camp"): a name, however common its first word."""
    last = at
    while last < min(stop, at + _LONGEST_UNKNOWN) and tokens[last].kind == "word" and tokens[last].text[0].isupper():
        last += 1
    last += last < stop and tokens[last].lower in _CAMP_KINDS
    return last > at + 1 and last < stop and tokens[last].lower in _NAMED_BEFORE


def _unfamiliar(lower: str) -> bool:
    return (
        lower not in context().never and not 0 < ambiguity(lower).level <= 60 and not is_given_name(lower) and lower not in context().before
    )


def _placed(tokens: Sequence[Token], first: int, last: int, floor: int, stop: int) -> bool:
    words = context()
    before = first - 1
    while before > floor and tokens[before].lower in _ARTICLES:
        before -= 1
    if before >= floor:
        lower = tokens[before].lower
        if words.before.get(lower) in {"in", "near", "direction", "from"} and (before == floor or not tokens[before].text[0].isupper()):
            return True
        if lower in words.types or (tokens[before].text == "," and before > floor and tokens[before - 1].text[0].isupper()):
            return True
    after = tokens[last].lower if last < stop else ""
    return after in words.types or (after == "," and last + 1 < stop and tokens[last + 1].text[0].isupper())


@functools.cache
def _abbreviations() -> dict[str, list[tuple[str, Entry]]]:
    """First token -> (whole abbreviation, what it stands for), longest first."""
    gazetteer = default_gazetteer()
    table: dict[str, list[tuple[str, Entry]]] = {}

    def add(text: str, entry: Entry) -> None:
        head = text[0] if len(text) > 1 and text[1] == "." else text.split(".")[0].split(" ")[0]
        table.setdefault(head, []).append((text, entry))

    for text, code in context().abbreviations.items():
        place = gazetteer.division(code)
        if place is not None:
            add(text, Entry(place, MAIN, 6.0, "adm1"))
    for text, name in context().nicknames.items():
        found = next((e for e in entries(key_of_lower(name)) if e.place.feature.startswith("P")), None)
        if found is not None:
            add(text, found)
    for country in countries():
        place = gazetteer.country(country.iso)
        for name in country.names:
            if place is not None and ("." in name or len(name) <= 3):
                add(name.upper(), Entry(place, MAIN, 7.5, "country"))
    for texts in table.values():
        texts.sort(key=lambda x: -len(x[0]))
    return table


def _abbreviation(text: str, tokens: Sequence[Token], at: int, stop: int, case: str) -> Found | None:
    """An abbreviation that begins at ``at``. In text that is all in capitals an article or a small word is none: "LA PAZ", "BETWEEN US"."""
    if case == "upper" and tokens[at].lower in _PARTICLES | _WRITTEN_SMALL | _PRONOUNS and text[tokens[at].end : tokens[at].end + 1] != ".":
        return None
    start = tokens[at].start
    for whole, entry in _abbreviations().get(tokens[at].text, ()):
        end = start + len(whole)
        if text.startswith(whole, start) and not (whole[-1] != "." and text[end : end + 1].isalnum()):
            last = at
            while last < stop and tokens[last].start < end:
                last += 1
            return Found(last, whole, (entry,), "abbreviation")
    return None
