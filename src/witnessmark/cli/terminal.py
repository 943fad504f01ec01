"""Drawing listings in a terminal. Texts come from documents that may be hostile, so no control character of theirs gets through."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from typing import IO, TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from witnessmark import Listing
    from witnessmark.publish.listing import Cell, Grid, Passage, Piece

MAX_ROWS = 200
"""Rows of a table that are printed; the rest is counted. ``--json``, ``show`` and the report have them all."""

_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_STYLES = {"zero": "bold", "vague": "italic", "unknown": "yellow", "not_stated": "dim", "stated": ""}
_MARKS = {"field": "bold underline", "evidence": "underline", "clash": "bold yellow underline"}
_WIDE = 200
"""Columns of a table when the output is not a terminal."""


def safe(text: str) -> str:
    """``text`` with control, direction and surrogate characters written as \\u{XX}, so that it cannot steer the terminal."""
    return _UNSAFE.sub(lambda m: f"\\u{{{ord(m.group()):x}}}", text)


def dump(value: object) -> None:
    """Print ``value`` as JSON, each record of an object's lists on a line of its own. Control and direction characters are JSON escapes, so a
    terminal is safe from them too."""
    for piece in _pieces(value):
        click.echo(_UNSAFE.sub(lambda m: f"\\u{ord(m.group()):04x}", piece), nl=False)


_ENCODE = json.JSONEncoder(ensure_ascii=False).encode  # without indents: those are written by an encoder that takes twenty times as long
_RECORDS = 500
"""Records that are printed at once."""


def _pieces(value: object) -> Iterator[str]:
    if not isinstance(value, dict):
        yield _ENCODE(value) + "\n"
        return
    yield "{"
    for number, (key, held) in enumerate(value.items()):
        yield f"{',' if number else ''}\n {_ENCODE(key)}: "
        if not isinstance(held, list):
            yield _ENCODE(held)
            continue
        yield "["
        for start in range(0, len(held), _RECORDS):
            records = [_ENCODE(record) for record in held[start : start + _RECORDS]]
            yield (",\n  " if start else "\n  ") + ",\n  ".join(records)
        yield "]"
    yield "\n}\n"


def console(stream: IO[str] | None = None) -> Console:
    """A console for ``stream`` (standard output): with colours on a terminal, plain where NO_COLOR is set or output is piped."""
    from rich.console import Console

    target = stream or sys.stdout
    plain = not target.isatty() or bool(os.environ.get("NO_COLOR"))
    width = None if target.isatty() else int(os.environ.get("COLUMNS") or _WIDE)

    class Piped(Console):
        """A console that leaves a closed pipe to the command line."""

        def on_broken_pipe(self) -> None:
            """Whoever read our output went away."""
            raise BrokenPipeError

    made = Piped(file=target, width=width, color_system=None if plain else "auto", highlight=False, emoji=False, markup=False)
    if plain:
        made._force_terminal = False
    return made


def draw(listing: Listing, out: Console) -> None:
    """Print a listing."""
    from rich.text import Text

    out.print(Text(safe(listing.heading), style="bold"))
    for grid in listing.grids:
        out.print()
        _grid(grid, out)
    for passage in listing.passages:
        out.print()
        _passage(passage, out)
    if listing.closing:
        out.print()
    for line in listing.closing:
        out.print(Text(safe(line)), soft_wrap=not out.is_terminal)


def _grid(grid: Grid, out: Console) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    if not grid.rows:
        out.print(Text(safe(grid.empty), style="dim"))
        return
    out.print(Text(safe(grid.title), style="bold"))
    table = Table(
        box=box.SIMPLE_HEAD if out.is_terminal else None,
        pad_edge=False,
        padding=(0, 2, 0, 0),
        header_style="bold",
    )
    for name in grid.columns:
        table.add_column(Text(safe(name)), overflow="fold", no_wrap=name in {"id", "date", "field"})
    for row in grid.rows[:MAX_ROWS]:
        table.add_row(*(_cell(c) for c in row))
    out.print(table)
    if len(grid.rows) > MAX_ROWS:
        out.print(Text(f"… and {len(grid.rows) - MAX_ROWS} more; --json or the report has them all", style="dim"))


def _cell(cell: Cell) -> Text:
    from rich.text import Text

    text = Text(safe(cell.text), style=_STYLES.get(cell.state, ""))
    if cell.note:
        text.append(f" ({safe(cell.note)})", style="dim")
    return text


def _passage(passage: Passage, out: Console) -> None:
    from rich.text import Text

    out.print(Text(safe(passage.title), style="bold"))
    for modality, pieces in passage.lines:
        line = Text("  ")
        if modality:
            line.append(f"[{safe(modality)}] ", style="cyan")
        for piece in pieces:
            _piece(line, piece, plain=out.color_system is None)
        out.print(line, soft_wrap=not out.is_terminal)


def _piece(line: Text, piece: Piece, *, plain: bool) -> None:
    """Marked words: styled in colour, in brackets without; the field's name follows its last words."""
    words = safe(" ".join(piece.text.splitlines()) if "\n" in piece.text else piece.text)
    bracket = plain and piece.kind in {"field", "clash"}
    line.append(f"⟦{words}⟧" if bracket else words, style=_MARKS.get(piece.kind, ""))
    if piece.label:
        line.append(f"({safe(piece.label)})", style="dim")


class Ticker:
    """Progress on standard error: one line that is written over, only on a terminal and only when the work takes long."""

    def __init__(self, clock: Callable[[], float], *, after: float = 0.8, every: float = 0.1) -> None:
        """``clock`` gives seconds; nothing is shown in the first ``after`` seconds, then at most every ``every`` seconds."""
        self._clock = clock
        self._next = clock() + after
        self._every = every
        self._active = sys.stderr.isatty()
        self._shown = False

    def __call__(self, stage: str, done: int, total: int | None, origin: str) -> None:
        """Show that ``done`` of ``total`` is done."""
        now = self._clock()
        if not self._active or now < self._next:
            return
        self._next = now + self._every
        self._shown = True
        amount = f"{done} of {total}" if total else str(done)
        room = max(20, shutil.get_terminal_size().columns - 40)
        sys.stderr.write(f"\r\x1b[K{stage} {amount}  {safe(origin)[-room:]}")
        sys.stderr.flush()

    def close(self) -> None:
        """Clear the line."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
