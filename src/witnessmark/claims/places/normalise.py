"""Keys of names: the one form in which the gazetteer stores a name and a text is looked up."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "ə": "a", "ǝ": "a", "æ": "ae", "œ": "oe", "þ": "th", "ß": "ss", "ё": "е", "ґ": "г",
        "'": "", "’": "", "ʼ": "", "‘": "", "ʻ": "", "ʿ": "", "ʾ": "", "`": "", "´": "", "ʹ": "", "ʺ": "", "′": "", "″": "",
        "-": " ", "‑": " ", "–": " ", "—": " ", "/": " ", ".": " ", ",": " ", "(": " ", ")": " ", "ـ": "", "أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه",
    }
)  # fmt: skip
_SHORT = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}
_PLAIN = re.compile("[a-z0-9 ]*")
"""What needs no translation, as most names in English texts."""
_COMBINING_LATIN = range(0x0300, 0x0370)
_CYRILLIC = range(0x0400, 0x0530)


_CYRILLIC_FORM, _LATIN_FORM = "авекмнорстухіѕј", "abekmhopctyxisj"
"""Letters of the two scripts that look alike, at least as capitals, in lower case."""
_TO_LATIN, _TO_CYRILLIC = str.maketrans(_CYRILLIC_FORM, _LATIN_FORM), str.maketrans(_LATIN_FORM, _CYRILLIC_FORM)
_CYRILLIC_LETTERS, _LATIN_LETTERS = re.compile("[\u0400-\u052f]"), re.compile("[a-z]")


def _in_one_script(words: str) -> str:
    """Lower-case ``words``, where each one that mixes Latin and Cyrillic look-alikes is written in one script.

    The script is the one that has a letter without a look-alike in the word, else the one with more letters; a word that has such letters of both
    stays as it is.
    """
    return " ".join(_one_word(w) if _LATIN_LETTERS.search(w) and _CYRILLIC_LETTERS.search(w) else w for w in words.split(" "))


def _one_word(word: str) -> str:
    latin, cyrillic = word.translate(_TO_LATIN), word.translate(_TO_CYRILLIC)
    choices = [w for w, foreign in ((latin, _CYRILLIC_LETTERS), (cyrillic, _LATIN_LETTERS)) if not foreign.search(w)]
    if len(choices) == 2:
        return latin if len(_LATIN_LETTERS.findall(word)) >= len(_CYRILLIC_LETTERS.findall(word)) else cyrillic
    return choices[0] if choices else word


def key_of(name: str) -> str:
    """The key of ``name``: lower case, no diacritics on Latin letters, no apostrophes, hyphens as spaces, "St" written out.

    Cyrillic й and ї keep their marks (they are letters of their own there); ё is е and ґ is г, as most texts write them. A word that mixes
    Latin and Cyrillic letters that look alike is read in one script. A key is its own key.
    """
    low = name.lower()
    while not low.isascii() and not unicodedata.is_normalized("NFKC", low):
        low = unicodedata.normalize("NFKC", low).lower()  # letters drawn as signs ("𝕬", "🄐") give capitals
    key = _written_out(low)
    while not key.isascii() and (again := _written_out(key)) != key:
        key = again
    return key


def _written_out(low: str) -> str:
    if not _PLAIN.fullmatch(low):
        if _LATIN_LETTERS.search(low) and _CYRILLIC_LETTERS.search(low):
            low = _in_one_script(low)
        low = low.translate(_LETTERS)
        if not low.isascii():
            low = _strip_marks(low)
    words = low.split()
    return " ".join(words) if _SHORT.keys().isdisjoint(words) else " ".join([_SHORT.get(w, w) for w in words])


def _strip_marks(text: str) -> str:
    out: list[str] = []
    for letter in text:
        if ord(letter) in _CYRILLIC or ord(letter) < 128:
            out.append(letter)
            continue
        out.extend(c for c in unicodedata.normalize("NFKD", letter) if ord(c) not in _COMBINING_LATIN and not unicodedata.combining(c))
    return "".join(out).translate(_LETTERS)


_UKRAINIAN = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z", "и": "y", "і": "i", "ї": "i", "й": "i", "к": "k",
    "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ь": "", "ю": "iu", "я": "ia", "'": "", "’": "", "ʼ": "",
}  # fmt: skip
_UKRAINIAN_INITIAL = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_RUSSIAN = _UKRAINIAN | {
    "г": "g", "е": "e", "ё": "e", "и": "i", "й": "y", "ы": "y", "э": "e", "ю": "yu", "я": "ya", "ъ": "",
}  # fmt: skip


def latin(name: str) -> str:
    """The official transliteration of a Ukrainian name (Cabinet of Ministers, resolution 55 of 2010)."""
    out: list[str] = []
    for word in re.split(r"([ -])", name):
        for at, letter in enumerate(word):
            low = letter.lower()
            if at and low == "г" and word[at - 1].lower() == "з":
                piece = "gh"
            else:
                piece = (_UKRAINIAN_INITIAL.get(low) if at == 0 else None) or _UKRAINIAN.get(low, letter)
            out.append(piece.capitalize() if letter.isupper() else piece)
    return "".join(out)


def latin_of_russian(name: str) -> str:
    """The transliteration that gazetteers use for Russian names (BGN/PCGN, without its "ye" and apostrophes), in lower case."""
    return "".join(_RUSSIAN.get(letter, letter) for letter in name.lower())


_ARTICLES = ("al ", "el ", "ad ", "as ", "ash ", "at ", "an ", "ar ", "az ", "ed ", "es ", "et ", "ez ", "er ")
_SOUNDS = (
    ("tch", "c"), ("sch", "s"), ("kh", "h"), ("gh", "g"), ("sh", "s"), ("ch", "c"), ("zh", "z"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("ts", "c"), ("tz", "c"),
    ("ck", "k"), ("dj", "j"), ("oo", "u"), ("ou", "u"), ("ow", "o"), ("ee", "i"), ("ea", "i"), ("ie", "i"), ("ei", "i"), ("ey", "i"), ("ai", "i"), ("ay", "i"),
    ("iy", "i"), ("yi", "i"), ("ii", "i"), ("yy", "i"), ("ia", "a"), ("ya", "a"), ("yu", "u"), ("iu", "u"), ("yo", "o"), ("io", "o"), ("ye", "i"), ("aa", "a"), ("uu", "u"),
)  # fmt: skip
_LONE = str.maketrans({"q": "k", "c": "k", "w": "v", "y": "i", "j": "i", "e": "i", "o": "u", "x": "k"})


def skeleton_of(key: str) -> str:
    """What is left of a Latin key when the ways of transcribing one sound are made one: "khan sheikhoun" and "khan shaykhun" agree.

    "" for keys that are too short (under four letters) or not in the Latin alphabet: nothing should be compared then.
    """
    if not key.isascii() or len(key) < 5:
        return ""
    for article in _ARTICLES:
        if key.startswith(article) and len(key) > len(article) + 3:
            key = key[len(article) :]
            break
    for article in _ARTICLES:
        key = key.replace(" " + article, " ")
    for sound, letter in _SOUNDS:
        if sound in key:
            key = key.replace(sound, letter.upper() if letter in "cj" else letter)
    key = key.translate(_LONE).lower()
    out: list[str] = []
    for letter in key:
        if letter != " " and (not out or out[-1] != letter):
            out.append(letter)
    while len(out) > 4 and out[-1] == "h":
        out.pop()
    return "".join(out) if len(out) >= 4 else ""
