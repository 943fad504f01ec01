"""Text as it is sent and as quotes are looked up in it: what nobody sees taken out, every character with the way back to its offset."""

from __future__ import annotations

import bisect
import unicodedata
from dataclasses import dataclass

from witnessmark.model import Span

# Marks that a server may take for the frame of a conversation ("<|im_start|>", "[INST]", "</document>") go out as look-alikes, one for one.
_FRAME = str.maketrans("<>|[]｜", "‹›¦⟦⟧¦")
_SAME = str.maketrans({
    "‘": "'", "’": "'", "ʼ": "'", "‚": "'", "‛": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‟": '"',
    "–": "-", "—": "-", "‑": "-", "‐": "-", "−": "-", "‒": "-", "‹": "<", "›": ">", "¦": "|", "｜": "|", "⟦": "[", "⟧": "]",
})  # fmt: skip


def invisible(char: str) -> bool:
    """True for characters without a shape of their own: format and control characters, tags, private use, lone surrogates, variation selectors."""
    if char in "\n\t\r ":
        return False
    return (
        unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs", "Cn") or "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
    )


def visible(text: str) -> str:
    """``text`` without what nobody sees."""
    return text if text.isascii() and text.isprintable() else "".join(c for c in text if not invisible(c))


def framed(text: str) -> str:
    """``text`` as it is sent: only what is seen, and nothing that could close its frame."""
    return visible(text).translate(_FRAME)


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; character ``i`` stands for ``starts[i]`` .. ``ends[i]`` of the text it was made from."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def find(self, quote: str) -> tuple[Span, ...]:
        """Every place of ``quote`` (folded in the same way) that is no part of a longer word, in text order."""
        wanted = fold(quote).text.strip()
        if not any(c.isalnum() for c in wanted):
            return ()
        out: list[Span] = []
        at = self.text.find(wanted)
        while at >= 0:
            end = at + len(wanted)
            if self._whole(at, end):
                out.append(Span(self.starts[at], self.ends[end - 1]))
            at = self.text.find(wanted, at + 1)
        return tuple(out)

    def within(self, span: Span) -> Folded:
        """The part that was made from ``span``."""
        lo, hi = bisect.bisect_left(self.starts, span.start), bisect.bisect_left(self.starts, span.end)
        return Folded(self.text[lo:hi], self.starts[lo:hi], self.ends[lo:hi])

    def _whole(self, at: int, end: int) -> bool:
        before = at > 0 and self.text[at - 1].isalnum() and self.text[at].isalnum()
        after = end < len(self.text) and self.text[end].isalnum() and self.text[end - 1].isalnum()
        return not (before or after)


def fold(text: str, spans: tuple[Span, ...] | None = None) -> Folded:
    """``text`` (or ``spans`` of it, parted by line breaks) composed (NFC), with one space for each run of white space, one form for quotation
    marks and dashes, and without what nobody sees. Letters keep their case."""
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for number, span in enumerate(spans if spans is not None else (Span(0, len(text)),) if text else ()):
        if number:
            out.append("\n")
            starts.append(span.start)
            ends.append(span.start)
        at = span.start
        while at < span.end:
            stop = _cluster(text, at, span.end)
            for char in _folded(text[at:stop]):
                if char == " " and out and out[-1] in " \n":
                    continue
                out.append(char)
                starts.append(at)
                ends.append(stop)
            at = stop
    return Folded("".join(out), tuple(starts), tuple(ends))


def _cluster(text: str, at: int, end: int) -> int:
    """End of the character at ``at`` with the marks that combine with it, also over what nobody sees."""
    stop = look = at + 1
    while look < end and not text[at].isspace():
        if unicodedata.combining(text[look]):
            stop = look + 1
        elif not invisible(text[look]):
            break
        look += 1
    return stop


def _folded(cluster: str) -> str:
    seen = visible(cluster)
    if seen.isspace():
        return " "
    return unicodedata.normalize("NFC", seen).translate(_SAME)
