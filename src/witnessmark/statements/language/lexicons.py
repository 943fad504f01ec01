"""Where lexicons come from: TOML files in the folder of each language."""

from __future__ import annotations

import functools
import tomllib
from importlib import resources
from typing import Any

from witnessmark.errors import DataError


@functools.cache
def lexicon(language: str, name: str) -> dict[str, Any]:
    """The parsed TOML file ``name`` of ``language``; callers must not change it.

    Raises:
        DataError: WM403 when the file is missing or is not TOML.
    """
    source = resources.files("witnessmark.statements.language").joinpath(language, f"{name}.toml")
    try:
        return tomllib.loads(source.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataError("WM403", str(error), origin=f"{language}/{name}") from error
