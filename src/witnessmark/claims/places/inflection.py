"""Base forms of Ukrainian and Russian place names, by their endings.

No dictionary: the endings of the oblique cases of each declension are replaced by those of the nominative, and the gazetteer decides which
form exists. Rules from the school grammars of both languages; vowel changes (Харкові - Харків, Львові - Львів) stand as endings of their own.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

_ENDINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    # longest first: ending of the case, endings of the nominative
    ("ському", ("ськ", "ське", "ський")), ("ського", ("ськ", "ське", "ський")), ("ським", ("ськ", "ське", "ський")), ("ській", ("ська",)),
    ("ської", ("ська",)), ("ською", ("ська",)), ("ську", ("ська", "ськ")), ("ськові", ("ськ",)),
    ("ском", ("ск", "ское", "ский")), ("ского", ("ское", "ский")), ("скому", ("ское", "ский")), ("ским", ("ск", "ское", "ский")), ("ской", ("ская",)), ("скую", ("ская",)),
    ("кові", ("ків", "ко", "к")), ("леві", ("лів", "ль")), ("кова", ("ків", "ков")), ("ковом", ("ков",)), ("ьвові", ("ьвів",)), ("ьвова", ("ьвів",)),
    ("иєві", ("иїв",)), ("иєва", ("иїв",)), ("иєвом", ("иїв",)), ("иєву", ("иїв",)), ("аєві", ("аїв",)), ("аєва", ("аїв",)), ("єва", ("їв",)), ("єві", ("їв",)),
    ("лова", ("лів", "лов")), ("лові", ("лів", "ло")), ("гова", ("гів", "гов")), ("гові", ("гів",)), ("нова", ("нів", "нов", "нове")), ("рова", ("рів", "ров", "рове")), ("рові", ("рів", "рове")),
    ("сового", ("сів", "сове", "совий")), ("сова", ("сов", "сове")), ("сову", ("сов",)), ("совом", ("сов",)), ("сових", ("сів",)),
    ("щі", ("ща", "ще")), ("івці", ("івка", "івці")), ("инці", ("инка", "инці")), ("вці", ("вка",)), ("ці", ("ка", "ець", "ця", "ці")), ("цем", ("ець", "ец")), ("ця", ("ець",)), ("цю", ("ця", "ець")), ("це", ("ец", "ца", "це")), ("ца", ("ец",)), ("цу", ("ец", "ца")), ("зі", ("га", "з")), ("сі", ("ха", "с")),
    ("івку", ("івка",)), ("івки", ("івка", "івки")), ("івкою", ("івка",)), ("овке", ("овка",)), ("овки", ("овка",)), ("овку", ("овка",)), ("овкой", ("овка",)), ("евке", ("евка",)), ("евки", ("евка",)), ("евку", ("евка",)),
    ("ового", ("ів", "ове", "овий", "овый", "овое")), ("овому", ("ів", "ове", "овий")), ("ом", ("", "о", "е")), ("ем", ("е", "ь")), ("єм", ("є", "й")), ("ям", ("і", "и", "я")), ("ам", ("и", "ы", "а")), ("ями", ("і",)), ("ами", ("и", "ы")), ("ах", ("и", "ы", "а")), ("ях", ("і", "и", "я")),
    ("ого", ("е", "ий", "ый", "ое")), ("ому", ("е", "ий", "ый", "ое")), ("его", ("ее", "ий")), ("ей", ("ь", "я")), ("ой", ("а", "ая")), ("ою", ("а",)), ("ею", ("я",)), ("єю", ("я",)),
    ("ою", ("а",)), ("ую", ("ая",)), ("ої", ("а",)), ("ій", ("а", "я", "ий")), ("ії", ("ія",)), ("ию", ("ия",)), ("ии", ("ия",)), ("ию", ("ий",)),
    ("ья", ("ье",)), ("ье", ("ье",)), ("ью", ("ье", "ь")), ("жя", ("жжя",)), ("жжі", ("жжя",)), ("жжю", ("жжя",)), ("і", ("", "а", "о", "ь", "е", "я")), ("и", ("", "а", "ь", "я")), ("ы", ("а", "")), ("у", ("", "а", "о", "е")),
    ("ю", ("ь", "я", "е", "й")), ("а", ("", "о", "е")), ("я", ("ь", "е", "й", "є")), ("е", ("", "а", "о", "я")), ("ї", ("я", "й")), ("є", ("",)), ("о", ("",)),
)  # fmt: skip
_SHORTEST_STEM = 3
_LONG_ENDING = 3
"""Letters from which on an ending is telling enough to be taken off a stem of any length ("Києві")."""
_MOST_FORMS = 24


def base_forms(words: Sequence[str]) -> Iterator[str]:
    """Thinkable nominatives of a name in lower-case ``words``, likeliest first; at most a few dozen, the given form left out."""
    shortest = (
        _SHORTEST_STEM if len(words) == 1 else _SHORTEST_STEM - 1
    )  # "Часового Яру": beside another word a stem of two letters will do
    choices = [tuple(dict.fromkeys((*_of_word(w, shortest), w))) for w in words]
    given = " ".join(words)
    for forms in itertools.islice(itertools.product(*choices), _MOST_FORMS):
        form = " ".join(forms)
        if form != given:
            yield form


def _of_word(word: str, shortest: int) -> Iterator[str]:
    for ending, replacements in _ENDINGS:
        if word.endswith(ending) and (len(word) - len(ending) >= shortest or (len(ending) >= _LONG_ENDING and len(word) > len(ending))):
            stem = word[: len(word) - len(ending)]
            for replacement in replacements:
                yield stem + replacement
