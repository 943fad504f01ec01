"""Leads lines of extracted text back to where they stand in the page's source."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from witnessmark.documents.encodings import Decoded
from witnessmark.documents.offsets import encoded_segments
from witnessmark.model import OffsetSegment

_TOKEN = re.compile(r"<!--.*?-->|</?[A-Za-z!?][^>]*>|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});?|[^<&]+|[<&]", re.DOTALL)
_WORD_OR_SPACE = re.compile(r"[ \t\n\r\f]+|[^ \t\n\r\f]+")
_PROBE = re.compile(r"[^\W_]{2,}|[^\W_]")
_NEAR = 20_000
"""Characters after the last line found in which a short line is looked for first."""
_SHORT = 30
_MOST_TRIES = 12


@dataclass(frozen=True, slots=True)
class _Run:
    """``length`` code points of a line from ``at`` on stand at ``start`` .. ``end`` of the source; ``exact`` when letter by letter."""

    at: int
    length: int
    start: int
    end: int
    exact: bool


@dataclass(slots=True)
class SourceMap:
    """Finds lines in the source of a page of ``size`` bytes, in the order of the page where it can."""

    source: str
    decoded: Decoded
    size: int
    cursor: int = 0
    exact: bool = True
    _at: int = field(default=0)
    _byte: int = field(default=0)

    def __post_init__(self) -> None:
        self._byte = self.decoded.start
        self.exact = not self.decoded.replaced

    def find(self, line: str) -> list[OffsetSegment]:
        """Segments of ``line``, with positions counted from its start."""
        runs = self._locate(line) if self.exact else []
        return [s for run in runs for s in self._segments(run)] or self.whole(line)

    def _locate(self, line: str) -> list[_Run]:
        near = self.cursor + _NEAR if len(line) < _SHORT else len(self.source)
        for first, last, moves in ((self.cursor, near, True), (0, len(self.source), len(line) >= _SHORT)):
            runs = self._search(line, first, last)
            if runs:
                if moves:
                    self.cursor = runs[-1].end
                return runs
        return []

    def _search(self, line: str, first: int, last: int) -> list[_Run]:
        at = self.source.find(line, first, last)
        if at >= 0:
            return [_Run(0, len(line), at, at + len(line), exact=True)]
        probe = _PROBE.search(line)
        if probe is None:
            return []
        position = first
        for _ in range(_MOST_TRIES):
            position = self.source.find(probe.group(), position, last)
            if position < 0:
                return []
            start = position if probe.start() == 0 else self.source.rfind(">", 0, position) + 1
            runs = self._walk(line, start)
            if runs:
                return runs
            position += len(probe.group())
        return []

    def _walk(self, line: str, start: int) -> list[_Run]:
        """The runs of ``line`` when the source says just this from ``start`` on, whatever tags, entities and line breaks stand between."""
        runs: list[_Run] = []
        i, at = 0, start
        while i < len(line):
            match = _TOKEN.match(self.source, at)
            if match is None:
                return []
            token, at = match.group(), match.end()
            if token[0] == "<" and len(token) > 1:
                at = self._past_element(token, at)
                continue
            i = _text(line, i, token, match.start(), runs)
            if i < 0:
                return []
        return runs

    def _past_element(self, tag: str, at: int) -> int:
        """Past the contents of a script or style element, else ``at``."""
        name = tag[1:9].lower()
        for skipped in ("script", "style"):
            if name.startswith(skipped):
                end = self.source.find(f"</{skipped}", at)
                return at if end < 0 else end
        return at

    def _segments(self, run: _Run) -> list[OffsetSegment]:
        first, last = self._position(run.start), self._position(run.end)
        if not run.exact:
            return [OffsetSegment(run.at, run.length, first, last)]
        piece = self.source[run.start : run.end]
        return encoded_segments(piece, self.decoded.encoding, text_start=run.at, byte_start=first)

    def whole(self, line: str) -> list[OffsetSegment]:
        """``line`` led back to the capture as a whole: it was not found word for word, or positions are not known to the byte."""
        return [OffsetSegment(0, len(line), self.decoded.start, self.size)]

    def _position(self, at: int) -> int:
        """The byte that code point ``at`` of the source begins at."""
        if at < self._at:
            self._at, self._byte = 0, self.decoded.start
        piece = self.source[self._at : at]
        encoding = self.decoded.encoding
        wide = encoding.startswith(("utf-16", "utf-32"))
        self._byte += len(piece) if not wide and (encoding != "utf-8" or piece.isascii()) else len(piece.encode(encoding, "surrogatepass"))
        self._at = at
        return self._byte


def _text(line: str, i: int, token: str, start: int, runs: list[_Run]) -> int:
    """The position in ``line`` after a piece of text of the source; -1 when the two part ways. Whole pieces first, words only where they differ."""
    if i == 0 and token[0].isspace():
        lead = len(token) - len(token.lstrip(" \t\n\r\f"))
        token, start = token[lead:], start + lead
    if token[:1] == "&" or not token:
        return _consume(line, i, token, start, runs) if token else i
    if line.startswith(token, i):
        _add(runs, _Run(i, len(token), start, start + len(token), exact=True))
        return i + len(token)
    if token.startswith(line[i:]):
        _add(runs, _Run(i, len(line) - i, start, start + len(line) - i, exact=True))
        return len(line)
    for piece in _WORD_OR_SPACE.finditer(token):
        i = _consume(line, i, piece.group(), start + piece.start(), runs)
        if i < 0 or i >= len(line):
            break
    return i


def _consume(line: str, i: int, token: str, start: int, runs: list[_Run]) -> int:
    """The position in ``line`` after ``token`` of the source; -1 when the two part ways."""
    if token[0] in " \t\n\r\f":
        return _space(line, i, token, start, runs)
    meant = html.unescape(token) if token[0] == "&" else token
    while i < len(line) and not line.startswith(meant, i) and line[i] in " \t":
        i += 1  # a break between table cells or lines that the extractor put in
    if line.startswith(meant, i):
        _add(runs, _Run(i, len(meant), start, start + len(token), exact=meant == token))
        return i + len(meant)
    rest = line[i:]
    if meant == token and rest and token.startswith(rest):
        _add(runs, _Run(i, len(rest), start, start + len(rest), exact=True))
        return len(line)
    return -1


def _space(line: str, i: int, token: str, start: int, runs: list[_Run]) -> int:
    """White space: any run in the source is one space in the line, or none at the edges of elements."""
    if i == 0 or i >= len(line) or line[i] not in " \t":
        return i
    _add(runs, _Run(i, 1, start, start + len(token), exact=token == line[i]))
    return i + 1


def _add(runs: list[_Run], run: _Run) -> None:
    last = runs[-1] if runs else None
    if last and last.exact and run.exact and last.end == run.start and last.at + last.length == run.at:
        runs[-1] = _Run(last.at, last.length + run.length, last.start, run.end, exact=True)
    else:
        runs.append(run)
