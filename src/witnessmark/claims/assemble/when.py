"""When: which of the days that a document names can be the day of an event."""

from __future__ import annotations

import bisect
import datetime as dt
import re
from collections.abc import Sequence

from witnessmark.claims.acts import Trigger
from witnessmark.claims.slavic import LANGUAGES as SLAVIC
from witnessmark.claims.slavic import setting as slavic
from witnessmark.model import DateValue, Mention, Span
from witnessmark.model.comparing import days_apart
from witnessmark.statements import Reading

_HOUR_RULES = frozenset({"date.clock", "date.part"})
"""Rules of words that name an hour and no day ("around 2 a.m.", "early in the morning"); the day they are resolved to is the document's."""
_WIDE = frozenset({"T4", "T5", "T6"})
_DAYS = frozenset({"T0", "T1", "T2", "T3"})


def names_day(date: Mention[DateValue]) -> bool:
    """False for words that name an hour alone."""
    return date.rule not in _HOUR_RULES


def makes_exact(new: Mention[DateValue], old: Mention[DateValue]) -> bool:
    """True when ``new`` is a day inside the month or season of ``old``, or a named day where ``old`` is an hour."""
    if new.value.precision not in _DAYS:
        return False
    if old.value.precision in _WIDE:
        return old.value.earliest <= new.value.earliest and new.value.latest <= old.value.latest
    return names_day(new) and not names_day(old)


BESIDE_DAYS = 7
"""Days before the publication in which a day named beside the event can be the event's."""


def day_beside(
    days: Sequence[Mention[DateValue]], spans: Sequence[Span], published: Mention[DateValue] | None
) -> Mention[DateValue] | None:
    """The first of ``days`` after the first of ``spans``, where the event is told: "Officers were called to a house at about 3 p.m. Monday." """
    if published is None or not spans:
        return None
    start = min(s.start for s in spans)
    for day in days:
        late = day.value.earliest > published.value.latest or days_apart(day.value, published.value) > BESIDE_DAYS
        if day.span is not None and day.span.start > start and day.value.precision in _DAYS and names_day(day) and not late:
            return day
    return None


_ATTACKS = r"(?:shootings?|killings?|murders?|slayings?|attacks?|ambush|blasts?|bombings?|explosions?|massacre|strikes?|shelling|raid|homicides?|rampage|shoot-?out|shooting death)"
_NAMED_FOR_DAY = re.compile(rf"(?:['’]s)?,?\s+(?:(?!and |or |after |in |on |at |the )[\w-]+ ){{0,3}}?{_ATTACKS}\b", re.IGNORECASE)
"""Behind a day that an attack is called by ("Friday's deadly attack", "the March 9 ambush")."""
_CALLED_BY_DAY = re.compile(
    r"(?:['’]s)?\s+(?:(?:deadly|fatal|accidental|double|triple|quadruple|mass|drive-by|early|late|night|morning|evening|afternoon|terrorist|bomb|car|suicide|"
    rf"drone|missile|rocket|air|party|school)\s+){{0,3}}{_ATTACKS}\b",
    re.IGNORECASE,
)
"""The same with nothing between but words that describe an attack, so that even behind "charged" the day is the attack's ("charged in the March 20 shooting")."""
_ACT_BEFORE_DAY = re.compile(
    r"\b(?:shot|shots? (?:were )?fired|opened fire|gunfire|killed|stabbed|murdered|gunned down|attacked|exploded|shelled|bombed|ambushed|"
    rf"(?:{_ATTACKS} )?(?:happened|occurred|took place))\b[^.;]{{0,60}}$",
    re.IGNORECASE,
)
"""Before the day of an act, in one clause."""
_OF_PURSUIT = re.compile(
    r"\b(?:arrested|taken into custody|took (?:\w+ ){1,3}into custody|charged|indicted|arraigned|pronounced (?:\w+ )?dead|plead(?:ed|s)? guilty|pleas|ordered|"
    r"remember|mourn\w*|vigil|visited|showed up|surrendered|booked|jailed|declared|sentenced|convicted|captured|identified)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
"""Before a day of what followed, where a clause may also tell of the act."""


def of_pursuit(reading: Reading, day: Mention[DateValue]) -> bool:
    """True for a day that the words before it make one of an arrest, a court, a death in hospital, a vigil."""
    return day.span is not None and _OF_PURSUIT.search(reading.text, max(0, day.span.start - 90), day.span.start) is not None


def day_of_act(reading: Reading, days: Sequence[Mention[DateValue]], *, within: DateValue | None = None) -> Mention[DateValue] | None:
    """The first of ``days`` that an attack is called by ("the March 9 ambush"), failing that the first that stands behind a word for an attack in its
    clause, and not behind one for what followed. ``within``: an interval that it must lie in."""
    text = reading.text
    named = [
        d
        for d in days
        if d.span is not None
        and d.value.precision in ("T0", "T1", "T2")
        and names_day(d)
        and (within is None or (within.earliest <= d.value.earliest and d.value.latest <= within.latest))
    ]
    for day in named:
        if day.span is not None and _NAMED_FOR_DAY.match(text, day.span.end):
            return day
    for day in named:
        if (
            day.span is not None
            and _ACT_BEFORE_DAY.search(text, max(0, day.span.start - 100), day.span.start)
            and not of_pursuit(reading, day)
        ):
            return day
    return None


def moment_of(dates: Sequence[Mention[DateValue]], before: int) -> Mention[DateValue] | None:
    """The last of ``dates`` that is a matter of days and named before ``before``."""
    exact = (d for d in reversed(dates) if d.span is not None and d.span.start < before)
    return next((d for d in exact if d.value.precision in ("T0", "T1", "T2", "T3")), None)


_SPEECH_BEFORE = re.compile(
    r"\b(?:said|says|told|wrote|announced|reported|added|stated|confirmed|blam(?:e|ed|ing)|accus(?:e|ed|ing)|den(?:y|ied|ies|ying)|reject(?:s|ed|ing)?|dismiss(?:ed|es)|condemn(?:s|ed|ing)?|insisted|vowed|urged|demanded|released|published|issued|charged|indicted|arraigned|sentenced|convicted|pleaded|pled|testified|in court|(?:rose|risen|climbed|grew|reached|increased)(?: to)? [\w-]+)\b[^.;,]{0,40}$",
    re.IGNORECASE,
)
_STATE_BEFORE = re.compile(r"\b(?:still|remain(?:s|ed)?|being treated|being held|discharged)\b[^.;]{0,50}$", re.IGNORECASE)
_SPEECH_NEXT = re.compile(
    r"\s+(?:rejected|denied|dismissed|accused|blamed|condemned|said|announced|confirmed|claimed|reported|vowed|urged|called|warned|told|demanded|published|released|identified|charged|sentenced|convicted|mourned|buried)\b",
    re.IGNORECASE,
)
_AS_OF = re.compile(r"\b(?:by|as of|until)\s(?:late |early |midday |noon |the (?:evening|morning|night) of )?$", re.IGNORECASE)
"""Before a day: a count had come to a figure by then, a state held until then."""
_COUNTED_AS_OF = re.compile(
    r"\b(?:as (?:of|at)|by|станом на|по состоянию на)\s(?:late |early |midday |noon |the (?:evening|morning|afternoon|night) of |(?:the )?end of |ранок |вечір |утро |вечер )?$",
    re.IGNORECASE,
)
"""Before the day that a figure is of ("as of 6 p.m. on Monday", "by Tuesday evening")."""


def as_of(reading: Reading, dates: Sequence[Mention[DateValue]]) -> dt.date | None:
    """The day that the figures of a sentence are of, where it tells one of its ``dates`` as such; the last of several."""
    told = (d for d in dates if d.span is not None and d.value.precision in _DAYS)
    days = [
        d.value.latest for d in told if d.span is not None and _COUNTED_AS_OF.search(reading.text, max(0, d.span.start - 40), d.span.start)
    ]
    return days[-1] if days else None


_STAMP = re.compile(r"\b(?:posted|updated?|published|modified|created|photos?)\W{0,3}(?:on |at )?$", re.IGNORECASE)
"""Before the day on which a page was put up or changed ("Updated: Monday, 2 March 2020")."""
_PURSUIT_BEFORE = re.compile(
    r"\b(?:identified|surrendered|turned (?:him|her|them)sel(?:f|ves) in|booked|appear(?:ed|ance) (?:in|before)|jailed|interviewed|arraignment|stable condition"
    r"|continu(?:e|ed|ing) (?:to investigate|their investigation)|(?:are|were) (?:searching|looking)|spoke (?:to|with|exclusively)|pictured|face[sd]? a judge|plea"
    r"|filed (?:in|charges)|it emerged|(?:search|investigation|manhunt) continued|(?:in|of) a story on)\b[^.;,]{0,40}$",
    re.IGNORECASE,
)
"""Before the day of what followed: an inquiry, a court."""
_OCCASION_BEFORE = re.compile(r"\b(?:hearing|court|judge|bond|vigil|funeral|autopsy|surgery)\b[^.;,]{0,40}$", re.IGNORECASE)
"""Before the day of an occasion, which may follow on an attack, or be attacked ("a blast at a funeral on Friday")."""
OCCASION_REACH = 60
"""Code points before an occasion within which an act makes it the target; not tuned."""
_PURSUIT_AFTER = re.compile(
    r"(?:\s+(?:autopsy|hearing|arraignment|funeral|vigil)|,?\s+(?:(?:a|the|[A-Z]?[a-z]+) ){0,4}(?:announced|ordered|remembered|mourned)(?! by))\b"
)
"""Behind the day of what followed ("an 8 August autopsy", "On Friday, a judge ordered")."""
_OF_THE_EVENT = re.compile(
    r"\s+of the (?:attack|strike|blast|explosion|shelling|bombing|raid|massacre|shooting|incident|killing)", re.IGNORECASE
)
_SPEECH_AFTER = re.compile(r"[^.;,\n]{1,70}?\b(?:said|announced|reported|declared|confirmed|told [^.;,\n]{1,40}) that\b", re.IGNORECASE)
_FILED_AFTER = re.compile(r"\s\([A-Z][\w./-]{1,30}(?: [A-Z][\w./-]+)?\)\s?(?:--?|–|—)\s")
"""Behind the day of a dateline that does not open its line ("By Roe LIMA, July 18 (Agency) - ")."""
_DASH_AFTER = re.compile(r"[^\n.]{0,25}?(?:\s-{1,2}\s|\s?[–—])")


_AGE = re.compile(r"\bin (?:his|her|their) (?:early |mid[ -]?|late )?$", re.IGNORECASE)
"""Before the decade of somebody's life ("a man in his 20s")."""
_HOUSE_NUMBER = re.compile(r"\s+(?:block|hundred)\b", re.IGNORECASE)
_OLDEST = 1900
"""Years before this one are numbers of another kind far more often than years of an attack: house numbers, clock times."""


def event_dates(
    reading: Reading, dates: Sequence[Mention[DateValue]], acts: Sequence[Mention[Trigger]] = ()
) -> tuple[Mention[DateValue], ...]:
    """Leaves out the day on which something was said ("the governor said on Monday") or a toll rose, on which something still held, the day of a dateline, the time at which
    an entry of a live blog was posted, and "the night of the attack", which says nothing new. A day behind a verb of saying is the event's where one of
    ``acts`` stands between ("accused them of shelling the town on Monday")."""
    if reading.language in SLAVIC:
        return slavic.event_dates(reading, dates)
    starts = sorted(a.span.start for a in acts if a.span is not None)
    return tuple(
        d for d in dates if d.span is not None and not d.rule.endswith(".reporting") and not _not_of_event(reading, d.span, d.value, starts)
    )


def _followed(text: str, span: Span, acts: Sequence[int]) -> bool:
    """True for the day of an inquiry, a court, a funeral, where no act stands between, nor an occasion is itself what was attacked."""
    pursued = _PURSUIT_BEFORE.search(text, max(0, span.start - 60), span.start)
    occasion = _OCCASION_BEFORE.search(text, max(0, span.start - 60), span.start)
    upto = bisect.bisect_left(acts, span.start)
    if pursued is not None and bisect.bisect_left(acts, pursued.start()) == upto:
        return True
    return occasion is not None and bisect.bisect_left(acts, occasion.start() - OCCASION_REACH) == upto


def _not_of_event(reading: Reading, span: Span, value: DateValue, acts: Sequence[int]) -> bool:
    text = reading.text
    if value.precision in _DAYS and _CALLED_BY_DAY.match(text, span.end):
        return False
    said = _SPEECH_BEFORE.search(text, max(0, span.start - 60), span.start)
    if said is not None and bisect.bisect_left(acts, said.start()) == bisect.bisect_left(acts, span.start):
        return True
    if (
        _FILED_AFTER.match(text, span.end)
        or _OF_THE_EVENT.match(text, span.end)
        or _STAMP.search(text, max(0, span.start - 30), span.start)
    ):
        return True
    if _PURSUIT_AFTER.match(text, span.end) or _AGE.search(text, max(0, span.start - 16), span.start) or _followed(text, span, acts):
        return True
    if _STATE_BEFORE.search(text, max(0, span.start - 70), span.start) or _AS_OF.search(text, max(0, span.start - 40), span.start):
        return True
    if value.precision == "T6" and (value.latest.year < _OLDEST or _HOUSE_NUMBER.match(text, span.end)):
        return True
    if _SPEECH_NEXT.match(text, span.end) or _SPEECH_AFTER.match(text, span.end) or (value.precision == "T6" and value.open_end):
        return True
    line = text.rfind("\n", 0, span.start) + 1
    before = text[line : span.start].strip()
    if not before and value.precision == "T0" and value.clock is not None and len(span) <= 10:
        return True
    return len(before) <= 40 and before.upper() == before and bool(before) and _DASH_AFTER.match(text, span.end) is not None
