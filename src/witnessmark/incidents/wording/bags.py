"""The wording of a document: which words it has and how often, as numbers, without its text.

Words are hashed (Weinberger et al. 2009, feature hashing), so that a wording is a few kilobytes and holds no readable name.
"""

from __future__ import annotations

import base64
import functools
import struct
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from witnessmark.statements.language.tokens import Token, tokenise

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from witnessmark.model import Document

BUCKETS = 1 << 18
"""Hash buckets of words."""
LEAD = 700
"""Characters of the text, the headline included, that count as its lead."""
SKETCH = 64
"""Numbers of the sketch; the share that two sketches have in common estimates the resemblance of the texts (standard error at most .06)."""
SHINGLE = 4
"""Words of a shingle."""
NAME, NUMBER = 1, 2
"""Flags of a word."""
_MOST = 255
_HEAD = struct.Struct("<III")


@dataclass(frozen=True, slots=True)
class Wording:
    """Hashed words in the order of their buckets, in columns of bytes: a case holds very many of them.

    ``buckets`` are 32-bit numbers, little-endian; ``times``, ``in_headline`` and ``in_lead`` say how often each word stands there (255 at most);
    ``flags`` whether it is written like a name (1) or a number (2). ``sketch`` is a MinHash of the shingles (Broder 1997), 32-bit numbers too,
    empty for a text of fewer words than one. ``headline_end`` is where the headline ends in the text, 0 without one.
    """

    language: str
    publisher: str | None
    headline_end: int
    buckets: bytes
    times: bytes
    in_headline: bytes
    in_lead: bytes
    flags: bytes
    sketch: bytes

    def pack(self) -> str:
        """The wording as a short text, for the working store."""
        head = _HEAD.pack(self.headline_end, len(self.times), len(self.sketch))
        names = f"{self.language}\0{self.publisher or ''}".encode()
        body = b"".join((head, self.buckets, self.times, self.in_headline, self.in_lead, self.flags, self.sketch, names))
        return base64.b64encode(zlib.compress(body, 6)).decode("ascii")

    @classmethod
    def unpack(cls, packed: str) -> Wording:
        """The wording that :meth:`pack` wrote."""
        raw = zlib.decompress(base64.b64decode(packed))
        headline_end, words, sketch = _HEAD.unpack_from(raw)
        columns: list[bytes] = []
        at = _HEAD.size
        for size in (4 * words, words, words, words, words, sketch):
            columns.append(raw[at : at + size])
            at += size
        language, publisher = raw[at:].decode().split("\0")
        return cls(language, publisher or None, headline_end, *columns)


def wording_of(document: Document) -> Wording:
    """The wording of the readable parts of ``document``."""
    headline = document.headline
    tokens: list[Token] = []
    for part in document.readable():
        tokens += [t for t in tokenise(document.text, part.span.start, part.span.end) if t.kind in ("word", "number")]
    head = headline.end if headline else 0
    sketch = sketch_of([t.lower for t in tokens])
    return Wording(document.language, document.publisher, head, *_columns(tokens, head), sketch=struct.pack(f"<{len(sketch)}I", *sketch))


def sketched(document: Document) -> Wording:
    """The sketch of the readable parts of ``document`` alone: enough for :func:`resemblance`, at half the time and a tenth of the size."""
    words = [
        t.lower
        for part in document.readable()
        for t in tokenise(document.text, part.span.start, part.span.end)
        if t.kind in ("word", "number")
    ]
    sketch = sketch_of(words)
    return Wording(document.language, document.publisher, 0, b"", b"", b"", b"", b"", struct.pack(f"<{len(sketch)}I", *sketch))


def _columns(tokens: Sequence[Token], head: int) -> tuple[bytes, bytes, bytes, bytes, bytes]:
    times: Counter[int] = Counter()
    heads: Counter[int] = Counter()
    leads: Counter[int] = Counter()
    flags: dict[int, int] = {}
    for token in tokens:
        bucket = bucket_of(token.lower)
        times[bucket] += 1
        heads[bucket] += token.start < head
        leads[bucket] += token.start < LEAD
        if token.kind == "number" and len(token.text) < 5:
            flags[bucket] = flags.get(bucket, 0) | NUMBER
        elif token.capitalised and len(token.text) > 2:
            flags[bucket] = flags.get(bucket, 0) | NAME
    order = sorted(times)
    all_times, all_heads, all_leads = (bytes(min(column[b], _MOST) for b in order) for column in (times, heads, leads))
    return struct.pack(f"<{len(order)}I", *order), all_times, all_heads, all_leads, bytes(flags.get(b, 0) for b in order)


def bucket_of(word: str) -> int:
    """The bucket of a lower-case word."""
    return zlib.crc32(word.encode()) % BUCKETS


def sketch_of(words: Sequence[str]) -> tuple[int, ...]:
    """MinHash of the shingles of ``words``: the least value of each of SKETCH hash functions."""
    import numpy as np

    if len(words) < SHINGLE:
        return ()
    shingles = sorted({zlib.crc32(" ".join(words[i : i + SHINGLE]).encode()) for i in range(len(words) - SHINGLE + 1)})
    values = np.array(shingles, np.uint64)
    factors, shifts = _functions()
    hashed = (values[:, None] * factors[None, :] + shifts[None, :]) >> np.uint64(32)
    return tuple(int(v) for v in hashed.min(axis=0))


@functools.cache
def _functions() -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    """Multiply-shift hash functions (Dietzfelbinger et al. 1997) from a fixed seed."""
    import numpy as np

    state = np.random.Generator(np.random.PCG64(20260101)).integers(1, 1 << 63, size=(2, SKETCH), dtype=np.uint64)
    return state[0] | np.uint64(1), state[1]


def resemblance(one: Wording, other: Wording) -> float:
    """Estimated share of shingles that two texts have in common, 0 to 1."""
    if not one.sketch or not other.sketch:
        return 0.0
    a, b = (struct.unpack(f"<{SKETCH}I", w.sketch) for w in (one, other))
    return float(sum(x == y for x, y in zip(a, b, strict=True))) / SKETCH
