"""The row that every source is brought to."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Row:
    """A place on its way into the pack. ``names`` are further names, ``main`` those of them that rank with ``name``, ``bare`` names of a
    division without its type word. ``unit`` is the number in its code of the Ukrainian codifier (17 digits), 0 without one; ``official`` are
    the names that the codifier gives.
    ``fuzzy``: the place may also be found by the skeletons of its names (places of countries whose names are transcribed).

    ``number`` is the GeoNames id, 0 for rows of our own; ``adm1`` and ``adm2`` are codes as in :class:`witnessmark.claims.places.pack.Place`.
    """

    number: int
    name: str
    country: str
    adm1: str
    adm2: str
    feature: str
    population: int
    latitude: float
    longitude: float
    names: set[str] = field(default_factory=set)
    bare: set[str] = field(default_factory=set)
    fuzzy: bool = False
    main: set[str] = field(default_factory=set)
    unit: int = 0
    official: frozenset[str] = frozenset()
