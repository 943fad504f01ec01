"""Publication dates: from the user, from metadata, from a dateline in the text, from a URL."""

from __future__ import annotations

import datetime as dt
import re

from witnessmark.model import DateValue, Mention

_ISO = re.compile(r"\s*(\d{4})-(\d{2})-(\d{2})(?![\d-])")
_COMPACT = re.compile(r"\s*(\d{4})(\d{2})(\d{2})(?!\d)")


def day_value(day: dt.date) -> DateValue:
    """``day`` as the value of a publication date."""
    return DateValue(day, day, "T2", "stated")


def stated_day(day: dt.date, rule: str) -> Mention[DateValue]:
    """A publication date without words in the text. ``rule`` names where it is from."""
    return Mention(value=day_value(day), span=None, quote="", rule=rule)


def parse_day(raw: str) -> dt.date | None:
    """The day that a metadata value begins with: ISO 8601, ``YYYYMMDD``, or the date of an HTTP or mail header; else None.

    The day is the one written, in the writer's own time zone.
    """
    match = _ISO.match(raw) or _COMPACT.match(raw)
    if match is None:
        return _mail_day(raw)
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _mail_day(raw: str) -> dt.date | None:
    from email.utils import parsedate_tz

    parsed = parsedate_tz(raw[:64])
    if parsed is None:
        return None
    try:
        return dt.date(*parsed[:3])
    except ValueError:
        return None
