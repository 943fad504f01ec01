"""Which of the places and days that a Ukrainian or Russian report names can be those of an event, and where a sentence is cut."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import replace

from witnessmark.claims.slavic.words import adjectival, matcher
from witnessmark.claims.words import words
from witnessmark.model import DateValue, Mention, MunitionValue, PlaceValue, Span, Statement
from witnessmark.model.comparing import coarse
from witnessmark.statements.language.matching import PhraseMatcher
from witnessmark.statements.reading import Reading

CUTS = re.compile(
    r";|, (?:а|але|но|тоді як|тогда как|водночас|затем|потім)\b|,? (?:і|та|й|и|а також|а ще|а также|а ещё) (?=(?:у|в|на|по|біля|возле|під|под) )"
)
"""Where a second event with a place, a day or hands of its own may begin."""

_LOCATIVE = words("у в на по біля поблизу під коло навколо возле около под над за")
_SPEECH = r"(?:повідоми|заяви|сказа|розпові|додав|додала|написа|зазначи|уточни|поясни|сообщи|рассказа|добави|отмети)\w*"
_SPEECH_BEFORE = re.compile(rf"\b{_SPEECH}\s+(?:(?:у|в|во|об)\s+)?$", re.IGNORECASE)
_TOLD_AFTER = re.compile(r"[^.;\n]{0,40}?\b(?:йшлося|повідомлял\w*|писали|написали|сообщал\w*|речь шла|шла речь)\b", re.IGNORECASE)
_SPEECH_AFTER = re.compile(rf"[^.;,\n]{{1,50}}?\b{_SPEECH},? (?:що|что)\b", re.IGNORECASE)
_AS_OF = re.compile(r"\b(?:станом|дані|данные|состоянию|інформація|информация|оновлено|обновлено) на $", re.IGNORECASE)
_AS_OF_WORDS = re.compile(r"\A(?:на )?(?:ранок|утро|вечір|вечер|полудень|полдень)\b", re.IGNORECASE)
_BIRTH_AFTER = re.compile(r"(?:\s+(?:року|года))?\s+(?:народження|рождения|р\.\s?н|г\.\s?р)", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:до|к) $", re.IGNORECASE)
_SINCE = re.compile(r"\b(?:від|от|з|із|с|со|починаючи з|начиная с) $", re.IGNORECASE)
_STILL = re.compile(r"\b(?:залиша\w+|перебува\w+|остают\w*|остаёт\w*|остает\w*|находят\w*|тривают|продолжа\w+)[^.;]{0,40}$", re.IGNORECASE)
_LONG = frozenset({"T4", "T5", "T6"})
LISTED_TOWNS = 3
_OLDEST = 1900
_LAUNCH = re.compile(r"\b(?:запус|запущ|випус|випущ|выпус|выпущ|пуск|летів|летіл|летел|стартува|стартова)\w*", re.IGNORECASE)
_VOICE_AFTER = re.compile(
    r"\s+(?:[\w'’]+\s+)?(?:заяв|сообщ|повідом|запереч|отверг|відкин|відкид|назв|обвин|звинува|возл[оа]|поклал|поклада|осуд|засуд|опроверг|спросту"
    r"|считают|вважають|отрица|призна[лю]|визна|пояснил|пообіця|пообеща|закли|призва)\w*",
    re.IGNORECASE,
)
"""What a government does in whose seat things are said ("в Киеве отвергли")."""
_FROM = words("з із зі с со из")
_CARE = re.compile(
    r"\b(?:достав|госпітал|госпитал|перевез|перевоз|евакую|евакуй|эваку|направлен|лікую|лечат|помер|скончал|умер|похова|похорон)\w*"
    r"[^.;,]{0,60}\b(?:до|в|у|на|во) $",
    re.IGNORECASE,
)
_STREET = r"(?:вулиц|вул\.|набережн|проспект|просп\.|площ|бульвар|провул|шосе|улиц|ул\.|площад|переул|шоссе|мікрорайон|микрорайон)\w*"
_STREET_AFTER = re.compile(rf"\s+{_STREET}", re.IGNORECASE)
_STREET_BEFORE = re.compile(rf"\b{_STREET}\s+$", re.IGNORECASE)


def event_places(reading: Reading, places: Sequence[Mention[PlaceValue]]) -> tuple[Mention[PlaceValue], ...]:
    """The places where something can have happened: not a seat that speaks, a country that is only named, an origin of fire, nor where the
    wounded were taken. Streets that no gazetteer knows get the precision of streets."""
    tests = (_speaks, _only_named, _origin, _care, _direction)
    kept = [p for p in places if p.span is not None and p.value.role == "event" and not any(t(reading, p, p.span) for t in tests)]
    return tuple(_street(reading, p, p.span) for p in kept if p.span is not None)


def _before(reading: Reading, span: Span) -> str:
    first, _ = reading.token_range(span)
    return reading.tokens[first - 1].lower if first else ""


def _speaks(reading: Reading, place: Mention[PlaceValue], span: Span) -> bool:
    """ "Київ заявив", "за даними Києва", "в Киеве отрицают": the government, not the city."""
    if place.value.feature != "PPLC":
        return False
    statement = reading.statement_at(span.start)
    if (
        statement is not None
        and statement.speaker is not None
        and statement.speaker.span is not None
        and statement.speaker.span.overlaps(span)
    ):
        return True
    if _VOICE_AFTER.match(reading.text, span.end):
        return True
    return not _opens_line(reading, span) and _before(reading, span) not in _LOCATIVE


def _opens_line(reading: Reading, span: Span) -> bool:
    """True for the place that heads an entry: "Київ. Двоє поранених ...", "17:55 Київ: ..."."""
    line = reading.text.rfind("\n", 0, span.start) + 1
    before = reading.text[line : span.start]
    return reading.text[span.end : span.end + 1] in {".", ":", "-", "–", "—", "", "\n"} and not any(c.isalpha() for c in before)


def _only_named(reading: Reading, place: Mention[PlaceValue], span: Span) -> bool:
    """A country is a place of an event only behind a preposition of place."""
    if place.value.precision != "P8":
        return False
    first, _ = reading.token_range(span)
    at = first - 2 if first > 1 and adjectival(reading.tokens[first - 1]) else first - 1
    return at < 0 or reading.tokens[at].lower not in ("у", "в", "на", "по")


def _origin(reading: Reading, place: Mention[PlaceValue], span: Span) -> bool:
    """ "запущені з Курської області": where the fire came from."""
    first, _ = reading.token_range(span)
    if not any(t.lower in _FROM for t in reading.tokens[max(0, first - 3) : first]):
        return False
    sentence = reading.sentence_at(span.start)
    return sentence is not None and _LAUNCH.search(reading.text, sentence.span.start, span.start) is not None


def _care(reading: Reading, place: Mention[PlaceValue], span: Span) -> bool:
    """ "доставлені до лікарні Балаклії", "похоронили в Сумах": where the wounded went and the dead were buried."""
    start = max(0, span.start - 110)
    return _CARE.search(reading.text[start : span.start]) is not None or _in_hospital(reading, span, start)


def _in_hospital(reading: Reading, span: Span, start: int) -> bool:
    words = reading.text[start : span.start].lower()
    return (
        re.search(
            r"(?:достав|госпітал|госпитал|оста[юё]|находят|лечат|лікую|перебува|залиша)\w*[^.;,]{0,60}(?:лікарн|больниц|медзаклад|медучрежд)\w*\s+$",
            words,
        )
        is not None
    )


def _direction(reading: Reading, place: Mention[PlaceValue], span: Span) -> bool:
    """ "на Бахмутському напрямку": a stretch of the front."""
    _, last = reading.token_range(span)
    following = [t.lower for t in reading.tokens[last : last + 3]]
    return any(w.startswith(("напрямк", "напрямо", "направлени")) for w in following)


def many_towns(places: Sequence[Mention[PlaceValue]]) -> bool:
    """True for a list of three settlements or more, which no single attack is told with."""
    return len({p.value.gazetteer_id or p.value.name for p in places if not coarse(p.value)}) >= LISTED_TOWNS


def _street(reading: Reading, place: Mention[PlaceValue], span: Span) -> Mention[PlaceValue]:
    """A name that belongs to a street or quarter and is tied to no point is that of a part of the town named beside it."""
    if place.value.resolved or place.value.precision != "P3":
        return place
    near = _STREET_AFTER.match(reading.text, span.end) or _STREET_BEFORE.search(reading.text[max(0, span.start - 20) : span.start])
    return replace(place, value=replace(place.value, precision="P1"), rule=f"{place.rule}:street") if near else place


def event_dates(reading: Reading, dates: Sequence[Mention[DateValue]]) -> tuple[Mention[DateValue], ...]:
    """Leaves out the day on which something was said, from or until which something held, as of which figures are, and the stamps of a live blog."""
    return tuple(
        d for d in dates if d.span is not None and not d.rule.endswith(".reporting") and not _not_of_event(reading, d.span, d.value)
    )


def _not_of_event(reading: Reading, span: Span, value: DateValue) -> bool:
    text, before = reading.text, reading.text[max(0, span.start - 60) : span.start]
    if _BIRTH_AFTER.match(text, span.end):
        return True
    if _AS_OF.search(before) or (_AS_OF_WORDS.match(text[span.start : span.end]) and _AS_OF.search(f"{before}на ")):
        return True
    if _SPEECH_BEFORE.search(before) or _STILL.search(before) or _UNTIL.search(before):
        return True
    if _SPEECH_AFTER.match(text, span.end) or _TOLD_AFTER.match(text, span.end):
        return True
    if value.precision in _LONG and (_SINCE.search(before) or value.open_end):
        return True
    if value.precision == "T6" and value.latest.year < _OLDEST:
        return True
    line = text.rfind("\n", 0, span.start) + 1
    stamped = not any(c.isalpha() for c in text[line : span.start])
    return stamped and value.precision == "T0" and value.clock is not None and len(span) <= 10


@functools.cache
def _table(language: str, key: str) -> PhraseMatcher[str]:
    return matcher(language, "scenes", key)


def not_done(reading: Reading, position: int) -> bool:
    """True behind a word for what was planned, tried, threatened or turned away ("спроба теракту", "загроза обстрілу")."""
    first, _ = reading.token_range(Span(position, position + 1))
    return bool(_table(reading.language, "undone").find(reading.tokens, max(0, first - 3), first))


def struck_itself(reading: Reading, munition: Span, start: int) -> bool:
    """True for a weapon that was itself destroyed, seized or found ("вилучили гранатомет")."""
    first, _ = reading.token_range(munition)
    low, _ = reading.token_range(Span(start, start + 1))
    return bool(_table(reading.language, "struck").find(reading.tokens, max(low, first - 4), first))


def told_as(statement: Statement, *, acted: bool, unharmed: bool) -> Statement:
    """``statement`` with the modality of what it tells first: "обстріляли ферму, обійшлося без жертв" denies the harm and not the attack."""
    if statement.modality != "negated" or not (acted and unharmed):
        return statement
    return replace(statement, modality="attributed" if statement.speaker is not None else "asserted")


def taken_back(reading: Reading, span: Span) -> bool:
    """True for what a correction says was written before ("ми написали, що влучив безпілотник")."""
    first, last = reading.token_range(span)
    return bool(matcher(reading.language, "harm", "words", "earlier").find(reading.tokens, first, last))


def not_weapons(places: Sequence[Mention[PlaceValue]], munitions: Sequence[Mention[MunitionValue]]) -> tuple[Mention[PlaceValue], ...]:
    """Leaves out the places whose words name a weapon ("из «Града»")."""
    spans = [m.span for m in munitions if m.span is not None]
    return tuple(p for p in places if p.span is None or not any(p.span.overlaps(s) for s in spans))
