"""Names of places in another language than the gazetteer's: official Ukrainian names of places in Ukraine, countries in Ukrainian.

The list is made by ``training/ukrainian_names.py``. A name that is not in it stays as it is.
"""

from __future__ import annotations

import functools
import gzip
from collections.abc import Mapping
from importlib import resources

from witnessmark.errors import DataError


def place_name(name: str, adm1: str, country: str, language: str) -> str:
    """The place ``name`` of the division ``adm1`` (gazetteer names) in ``language``, or ``name``."""
    return _ukrainian().get((adm1, name), name) if language == "uk" and country == "UA" else name


def division_name(name: str, country: str, language: str) -> str:
    """The first-order division ``name`` in ``language``, or ``name``."""
    return place_name(name, name, country, language)


def country_name(name: str, language: str) -> str:
    """The country that English calls ``name`` in ``language``, or ``name``; also for parties that are named by their country."""
    return _ukrainian().get(("", name), name) if language == "uk" else name


@functools.cache
def _ukrainian() -> Mapping[tuple[str, str], str]:
    """(division, gazetteer name) -> Ukrainian name.

    Raises:
        DataError: WM403 when the list is missing or damaged.
    """
    try:
        packed = resources.files(__package__).joinpath("ukrainian_names.tsv.gz").read_bytes()
        rows = (line.split("\t") for line in gzip.decompress(packed).decode().splitlines())
        return {(division, name): ukrainian for division, name, ukrainian in rows}
    except (OSError, EOFError, ValueError) as error:
        raise DataError("WM403", str(error), origin="ukrainian_names") from error
