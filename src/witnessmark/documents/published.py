"""Publication dates: from the user, from metadata, from a dateline in the text, from a URL. The first of these that gives a day counts."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from witnessmark.model import DateValue, Mention, Part, Span, mention

_ISO = re.compile(r"\s*(\d{4})-(\d{2})-(\d{2})(?![\d-])")
_COMPACT = re.compile(r"\s*(\d{4})(\d{2})(\d{2})(?!\d)")
_IN_URL = re.compile(r"(?<!\d)((?:19|20)\d{2})([/_.-]?)(\d{1,2})\2(\d{1,2})(?!\d)")
_MONTHS = (
    ("jan", "січ", "янв"), ("feb", "лют", "фев"), ("mar", "бер", "мар"), ("apr", "кві", "апр"), ("may", "тра", "мая"), ("jun", "чер", "июн"),
    ("jul", "лип", "июл"), ("aug", "сер", "авг"), ("sep", "вер", "сен"), ("oct", "жов", "окт"), ("nov", "лис", "ноя"), ("dec", "гру", "дек"),
)  # fmt: skip
_MONTH_OF = {stem: number for number, stems in enumerate(_MONTHS, 1) for stem in stems}
_NAME = (
    r"(?P<month>(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,7}|"
    r"(?:січ|лют|бер|кві|тра|чер|лип|сер|вер|жов|лис|гру|янв|фев|мар|апр|мая|июн|июл|авг|сен|окт|ноя|дек)[а-яі]{0,7})\.?"
)
_DAY_FIRST = re.compile(
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.? {_NAME},? (?P<year>\d{{4}}|\d{{2}}(?=\s*(?:--|[–—(]|$)))", re.IGNORECASE | re.MULTILINE
)
_MONTH_FIRST = re.compile(rf"{_NAME} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})", re.IGNORECASE)
_NUMERIC = re.compile(r"(?<![\d.])(?P<day>\d{1,2})\.(?P<month>\d{2})\.(?P<year>\d{4})(?![\d.])")
_ISO_LINE = re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)")
_PATTERNS = (_DAY_FIRST, _MONTH_FIRST, _NUMERIC, _ISO_LINE)
_DASH = re.compile(r"\s(?:[–—]|--?)\s|\)\s*[–—:-]|\.\s/|(?<=\d)\s?[–—]|--")
_AGENCY = re.compile(r"[\s,.]{0,3}(?:[(\[/][^()\[\]/]{1,40}[)\]/]?|[A-Z][A-Z-]{1,11})?[\s,.]{0,3}")
"""What may stand between the day and the dash: an agency in brackets or in capitals."""
_LEAD = 120
"""Code points at the start of a paragraph in which a dateline may end. The longest in wire texts (two towns, day, agency) take about 90."""
_TIME_ONLY = re.compile(r"[\s,.:|/\d–—-]{0,24}(?:(?:am|pm|gmt|utc|eet|eest|msk|[a-z]{2,4})\b[\s,.)]{0,3}){0,2}", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:published|posted|updated|date|опубліковано|оновлено|опубликовано|обновлено|дата)\b[\s:]{0,4}(?:on )?"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day,? |(?:понеділок|вівторок|середа|четвер|п.ятниця|субота|неділя),? ",
    re.IGNORECASE,
)
EARLIEST_YEAR = 1900


@dataclass(frozen=True, slots=True)
class Published:
    """A publication date and what it rests on."""

    mention: Mention[DateValue]
    basis: str


def day_value(day: dt.date) -> DateValue:
    """``day`` as the value of a publication date."""
    return DateValue(day, day, "T2", "stated")


def stated_day(day: dt.date, rule: str) -> Mention[DateValue]:
    """A publication date without words in the text. ``rule`` names where it is from."""
    return Mention(value=day_value(day), span=None, quote="", rule=rule)


def parse_day(raw: str) -> dt.date | None:
    """The day that a metadata value tells: ISO 8601, ``YYYYMMDD``, an HTTP or mail date, or a date in words; else None.

    The day is the one written, in the writer's own time zone.
    """
    match = _ISO.match(raw) or _COMPACT.match(raw)
    if match is not None:
        return _date(match[1], match[2], match[3])
    found = _mail_day(raw[:64]) if "," in raw[:6] else None
    if found is not None:
        return found
    written = next((m for p in _PATTERNS if (m := p.search(raw[:64]))), None)
    return _written_day(written) if written else _mail_day(raw[:64])


def published_day(
    *, user: dt.date | None = None, metadata: str | None = None, text: str = "", parts: tuple[Part, ...] = (), url: str | None = None
) -> Published | None:
    """The publication date by the best basis there is: user, metadata, dateline, url."""
    if user is not None:
        return Published(stated_day(user, "published.user"), "user")
    stated = parse_day(metadata) if metadata else None
    if stated is not None:
        return Published(stated_day(stated, "published.metadata"), "metadata")
    written = dateline(text, parts)
    if written is not None:
        return Published(written, "dateline")
    address = url_day(url) if url else None
    return Published(stated_day(address, "published.url"), "url") if address else None


def dateline(text: str, parts: tuple[Part, ...]) -> Mention[DateValue] | None:
    """The day of a dateline with a year ("KYIV, Feb. 3, 2023 (Agency) —"), or of a line near the top that is a date and no more.

    A dateline without a year gives no day here: the date finder reads it where it resolves relative dates.
    """
    for line in _top_lines(text, parts):
        words = line.of(text)
        for pattern in _PATTERNS:
            match = pattern.search(words[:_LEAD])
            if match is None or not (_is_dateline(words, match) or _is_date_line(words, match)):
                continue
            day = _written_day(match)
            if day is not None:
                span = Span(line.start + match.start(), line.start + match.end())
                return mention(day_value(day), span, text, "published.dateline")
    return None


def is_date_line(line: str) -> bool:
    """True when ``line`` is a date, perhaps with a clock time and a label, and no more."""
    words = line.strip()
    return len(words) <= 60 and any((m := p.search(words)) is not None and _is_date_line(words, m) for p in _PATTERNS)


def url_day(url: str) -> dt.date | None:
    """The day that a URL's path names, as in ``/2023/02/03/`` or ``-2023-02-03-``."""
    for match in _IN_URL.finditer(url[:2000]):
        if not match[2] and len(match[3] + match[4]) != 4:
            continue
        day = _date(match[1], match[3], match[4])
        if day is not None:
            return day
    return None


def _top_lines(text: str, parts: tuple[Part, ...]) -> list[Span]:
    """The first lines of what is not headline, up to the first of the lede included, at most four."""
    out: list[Span] = []
    for part in parts:
        if part.kind in ("headline", "hidden"):
            continue
        for match in re.finditer(r"[^\n]+", text[part.span.start : min(part.span.end, part.span.start + 400)]):
            out.append(Span(part.span.start + match.start(), part.span.start + match.end()))
            if len(out) >= 4:
                return out
    return out


def _is_dateline(line: str, match: re.Match[str]) -> bool:
    """True when the date stands between a place name and a dash at the very start of a paragraph."""
    before, after = line[: match.start()], line[match.end() : _LEAD]
    place = before.strip(" ,(/.[")
    if not place or len(place) > 60 or not place[0].isupper() or place.count(" ") > 6:
        return False
    dash = _DASH.search(after)
    return dash is not None and _AGENCY.fullmatch(after[: dash.end()].rstrip(" .:–—/-")) is not None


def _is_date_line(line: str, match: re.Match[str]) -> bool:
    before = line[: match.start()].strip()
    while before and (label := _LABEL.match(before + " ")):
        before = before[label.end() :].strip()
    return not before and _TIME_ONLY.fullmatch(line[match.end() :].strip()) is not None


def _written_day(match: re.Match[str]) -> dt.date | None:
    month = match["month"].lower()
    number = month if month.isdigit() else str(_MONTH_OF.get(month[:3], 0))
    year = match["year"]
    # Two-digit years stand only in old wire datelines ("3 JAN 90 --"); 30 parts the centuries.
    full = year if len(year) == 4 else str((1900 if int(year) >= 30 else 2000) + int(year))
    return _date(full, number, match["day"])


def _date(year: str, month: str, day: str) -> dt.date | None:
    try:
        found = dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if found.year >= EARLIEST_YEAR else None


def _mail_day(raw: str) -> dt.date | None:
    from email.utils import parsedate_tz

    parsed = parsedate_tz(raw)
    return _date(str(parsed[0]), str(parsed[1]), str(parsed[2])) if parsed else None
