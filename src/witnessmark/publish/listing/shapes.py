"""The shapes that a listing is made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """``state`` is one of the five states of a value (see ``wording.STATES``), or empty for plain text; ``note`` is set off."""

    text: str
    state: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A titled table. ``empty`` is what to say when there are no rows."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text. ``kind``: empty, field, evidence or clash; ``label`` names the field, and stands after its last words."""

    text: str
    kind: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a document: ``title`` names it, each line is a modality ("" where none) and its pieces."""

    title: str
    lines: tuple[tuple[str, tuple[Piece, ...]], ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """What to print, in order: ``heading``, ``grids``, ``passages``, then ``closing`` lines."""

    heading: str
    grids: tuple[Grid, ...] = ()
    passages: tuple[Passage, ...] = ()
    closing: tuple[str, ...] = ()
