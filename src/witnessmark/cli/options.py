"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def case_option(function: F) -> F:
    """``--case DIR``: an existing case; the current folder when not given."""
    return click.option(
        "--case",
        "folder",
        type=click.Path(path_type=Path),
        default=Path(),
        envvar="WITNESSMARK_CASE",
        show_envvar=True,
        metavar="DIR",
        help="Case folder. [default: the current folder]",
    )(function)


def open_below_option(function: F) -> F:
    """``--open-below P``: the confidence under which a value is left open."""
    return click.option(
        "--open-below",
        type=click.FloatRange(0.0, 1.0),
        envvar="WITNESSMARK_OPEN_BELOW",
        show_envvar=True,
        metavar="P",
        help="Show values less likely than P to be right as left open for the reviewer. [default: 0.5]",
    )(function)


def json_option(function: F) -> F:
    """``--json``: one JSON object on standard output instead of tables."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of tables.")(function)


def engine_option(function: F) -> F:
    """``--engine``: where the work is done."""
    return click.option(
        "--engine",
        type=click.Choice(["local", "spark"]),
        default="local",
        show_default=True,
        envvar="WITNESSMARK_ENGINE",
        help="Where the work is done; the result is the same. Spark needs: pip install 'witnessmark[spark]', and Java.",
    )(function)
