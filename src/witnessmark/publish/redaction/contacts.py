"""What leads to a private person or a door: telephone numbers, addresses of every kind, handles, plates, file names, numbers of papers.

Patterns, on purpose wide: in a text about an attack hardly anything else looks like these, and a number too many withheld costs little.
Each is linear: no pattern holds a quantifier inside a quantifier over the same characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_PATTERNS: tuple[tuple[str, str], ...] = (
    ("link", r"(?:\b[a-z][a-z0-9+.-]{1,15}://|\bwww\.)[^\s<>\"'“”«»]+"),
    ("link", r"\b[\w-]{1,40}\.(?:com|org|net|info|ua|ru|io|me|co|uk|su|tv|gg|to|il|ps|sd|mm|sy|ye|onion)\b(?:/[^\s<>\"'“”«»]*)?"),
    ("e-mail", r"[\w.+%-]{1,64}\s?(?:@|\[at\]|\(at\))\s?[\w-]{1,64}(?:\.|\s?\[dot\]\s?|\s?\(dot\)\s?)[\w.-]{2,64}"),
    ("handle", r"(?<![\w@])@[\w.]{2,64}"),
    ("handle", (r"\b(?:telegram|viber|whatsapp|signal|instagram|tiktok|facebook|vk|skype|телеграм|вайбер|вотсап|інстаграм|инстаграм)\b"
               r"\s?(?:id|user|username|нік|ник|:)\s?:?\s?[\w.]{3,40}")),
    ("file name", r"[\w.()-]{1,80}\.(?:jpe?g|png|gif|heic|webp|mp4|mov|avi|mkv|mp3|ogg|wav|pdf|docx?|xlsx?|csv|txt|zip|html?)\b"),
    ("coordinates", r"-?\b\d{1,3}[.,]\d{3,8}\s?°?\s?[NSEWПнСхЗд]{0,2}\s?[,;/ ]\s?-?\d{1,3}[.,]\d{3,8}\b"),
    ("coordinates", r"\b\d{1,3}\s?°\s?\d{1,2}\s?['′’]\s?(?:\d{1,2}(?:[.,]\d{1,4})?\s?[\"″”])?\s?[NSEW]?"),
    ("coordinates", r"\b\d{1,2}[C-HJ-NP-X]\s?[A-HJ-NP-Z]{2}\s?\d{2,5}\s?\d{2,5}\b"),
    ("coordinates", r"-?\b\d{1,3}\.\d{4,8}\b"),
    ("phone", r"(?<![\w.])\+\s?\d[\d\s().\u2010-\u2015-]{6,20}\d"),
    ("phone", r"(?<![\w.])\(?0\d{2}\)?[\s.\u2010-\u2015-]?\d{3}[\s.\u2010-\u2015-]?\d{2}[\s.\u2010-\u2015-]?\d{2}(?!\d)"),
    ("phone", r"(?<![\w.])\d{3}[\s.\u2010-\u2015-]\d{3}[\s.\u2010-\u2015-]\d{3,4}(?!\d)"),
    ("phone", r"(?<![\w.])\(?\d{3}\)?[\s.\u2010-\u2015-]\d{2,3}[\u2010-\u2015-]\d{2}[\u2010-\u2015-]\d{2,3}(?!\d)"),
    ("phone", r"(?<![\w.,])\d{9,15}(?![\w.,]\d)"),
    ("plate", r"\b[A-ZА-ЯІЇЄ]{2}\s?[- ]?\d{4}\s?[- ]?[A-ZА-ЯІЇЄ]{2}\b"),
    ("plate", r"\b[АВЕКМНОРСТУХABEKMHOPCTYX]\s?\d{3}\s?[АВЕКМНОРСТУХABEKMHOPCTYX]{2}\s?\d{0,3}\b"),
    ("plate", r"\b[A-Z]{1,3}[- ]\d{3,4}[- ]?[A-Z]{1,3}\b"),
    ("document number", r"\b(?:passport|паспорт\w{0,3}|id card|ID|ІПН|ИНН|СНИЛС|РНОКПП)\s?(?:no\.?|number|№|n°|:)?\s?[A-ZА-ЯІЇЄ]{0,3}\s?\d{4,12}\b"),
    ("address", (r"\b\d{1,4}[A-Za-zА-Яа-яІЇЄіїє]?,?\s(?:[A-ZА-ЯІЇЄҐ][\w'’ʼ-]+\s){1,3}"
                r"(?:Street|St\.?|Avenue|Ave\.?|Road|Rd\.?|Lane|Boulevard|Blvd\.?|Square|Drive)\b")),
    ("address", r"\b(?:[A-ZА-ЯІЇЄҐ][\w'’ʼ-]+\s){1,3}(?:Street|St\.|Avenue|Ave\.|Road|Lane|Boulevard|Blvd\.?|Drive)(?:,?\s\d{1,4}\w?)?"),
    ("address", (r"\b(?:вул\.|вулиц[іяюею]{1,2}|просп\.|проспект[іу]?|пров\.|провул\w{2,4}|бульвар[іу]?|ул\.|улиц[аеуы]|переул\w{2,4})\s?"
                r"[A-ZА-ЯІЇЄҐ][\w'’ʼ.-]*(?:\s[A-ZА-ЯІЇЄҐ][\w'’ʼ-]*)?(?:,?\s?(?:буд\.?|будинок|д\.|дом)?\s?\d{1,4}\w?)?")),
    ("address", (r"\b(?:apartment|apt\.?|flat|room|ward|кв\.|квартир\w{1,3}|кімнат\w{1,3}|палат\w{1,3}|комнат\w{1,3}|shelter|укритт\w{1,2})"
                r"\s?(?:[Nn]o\.?|number|№)?\s?\d{1,4}\b")),
    ("address", (r"\b(?:hospital|school|clinic|kindergarten|лікарн\w{1,3}|школ\w{1,3}|больниц\w{1,3}|ліце\w{1,3}|гімназі\w{1,3}|садок|садк\w{1,2})"
                r"\s?(?:[Nn]o\.?|number|№)\s?\d{1,4}\b")),
)  # fmt: skip
# What a text must hold so that a kind is searched for at all: most texts hold none of it, and are passed over quickly.
_DIGITS = {"coordinates": 4, "phone": 7, "plate": 3, "document number": 4}
_HINTS = {
    "link": re.compile(r"://|www\.|\w\.[a-z]{2}", re.IGNORECASE),
    "e-mail": re.compile(r"@|\[at\]|\(at\)"),
    "handle": re.compile(
        r"@|\b(?:telegram|viber|whatsapp|signal|instagram|tiktok|facebook|vk|skype|телеграм|вайбер|вотсап|інстаграм|инстаграм)\b",
        re.IGNORECASE,
    ),
    "file name": re.compile(r"\w\.[a-z]", re.IGNORECASE),
    "address": re.compile(
        r"Street|St\.|\bSt\b|Avenue|Ave\b|Road|Rd\b|Lane|Boulevard|Blvd|Square|Drive|вул|просп|пров|бульв|ул\.|улиц|переул|apartment|apt|flat|room|ward|кв\.|"
        r"квартир|кімнат|палат|комнат|shelter|укритт|hospital|school|clinic|kindergarten|лікарн|школ|больниц|ліце|гімназі|сад"
    ),
}
_COMPILED = tuple(
    (kind, re.compile(pattern, re.IGNORECASE if kind in {"link", "handle", "file name"} else 0)) for kind, pattern in _PATTERNS
)
_DIGIT = re.compile(r"\d")


def find_contacts(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, kind) of everything in ``text`` that leads to a person or a door; matches may overlap."""
    digits = len(_DIGIT.findall(text))
    wanted = {kind for kind, least in _DIGITS.items() if digits >= least} | {kind for kind, hint in _HINTS.items() if hint.search(text)}
    for kind, pattern in _COMPILED:
        if kind in wanted:
            for found in pattern.finditer(text):
                yield found.start(), found.end(), kind
