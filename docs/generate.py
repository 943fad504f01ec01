"""Writes the pages that are made from the code: data dictionary, error codes, commands. A test holds them in step.

usage: generate.py [--check]
"""

from __future__ import annotations

import dataclasses
import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

import witnessmark.model
from witnessmark.cli import group
from witnessmark.errors import CATALOGUE
from witnessmark.evaluation.floors import read_floors
from witnessmark.vocabulary import LISTS, Term, terms

HERE = Path(__file__).parent

_NOTE = "<!-- Made by docs/generate.py from the code. Change the code and run `make docs`. -->"
_SCHEMES = {
    "acled": "ACLED (sub-event type, or the code of the scale)", "airwars": "Airwars", "aoav": "AOAV", "bellingcat": "Bellingcat",
    "plover": "PLOVER", "ucdp": "UCDP GED", "viina": "VIINA",
}  # fmt: skip
_SCORES = "<!-- scores: made by docs/generate.py from evals/floors.json -->"
_SHOWN = (
    ("incidents detected, F1, English", "reports/dev2/en/incident_f1"),
    ("killed exact, on aligned incidents, English", "reports/dev2/en/killed_exact"),
    ("place within 25 km, English", "reports/dev2/en/place_25km"),
    ("accused party, English", "reports/dev2/en/perpetrator"),
    ("statement modality, macro F1, English", "reports/bundled/en/statement_macro_f1"),
    ("series, F1", "reports/dev2/series_f1"),
    ("contradictions, F1, English", "reports/dev2/en/contradiction_f1"),
    ("false alarms per 100 documents without incident (a ceiling)", "reports/dev2/false_alarms_per_100"),
    ("MUC-4 role fillers, micro F1", "muc4/dev/ree_f1"),
    ("MUC-4 templates, micro F1", "muc4/dev/template_f1"),
    ("Gun Violence Archive, day", "gva/dev/date"),
    ("Gun Violence Archive, killed", "gva/dev/killed"),
    ("Gun Violence Archive, injured", "gva/dev/injured"),
    ("LGL, toponyms found, F1", "geo/lgl_first_half/recognition_f1"),
    ("LGL, placed within 161 km, end to end", "geo/lgl_first_half/end_to_end_161km"),
    ("GeoVirus, placed within 161 km, end to end", "geo/geovirus/end_to_end_161km"),
    ("AQUAINT, time values, F1", "time/aquaint/value_f1"),
    ("WikiWars, time values, F1, English", "time/wikiwars_en_01_16/value_f1"),
    ("WikiWars, time values, F1, Ukrainian", "time/wikiwars_uk_01_16/value_f1"),
    ("Fake News Challenge, score", "fnc1/train_stances/challenge_score"),
    ("Fake News Challenge, headline contradicted, F1", "fnc1/train_stances/disagree_f1"),
)
_WIDTH = 100
_GROUPS = (
    ("0", "Usage"), ("1", "Sources"), ("2", "Documents"), ("3", "Cases"), ("4", "Data"), ("5", "Evaluation"), ("6", "Publication"),
    ("7", "Desk and review"),
)  # fmt: skip


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(_cell(c) for c in row) + " |"
    yield ""


def _plain(docstring: str | None) -> str:
    """A docstring for readers: roles and double backticks become Markdown."""
    text = re.sub(r":\w+:`~?([^`]+)`", r"`\1`", inspect.cleandoc(docstring or ""))
    return text.replace("``", "`")


def _records() -> Iterator[str]:
    for name in witnessmark.model.__all__:
        record = getattr(witnessmark.model, name)
        if not (isinstance(record, type) and dataclasses.is_dataclass(record)):
            continue
        yield f"### {name}\n"
        yield _plain(record.__doc__) + "\n"
        shown = [f for f in dataclasses.fields(record) if not f.name.startswith("_")]
        yield from _table(("field", "type", "required"), ((f"`{f.name}`", f"`{f.type}`", _required(f)) for f in shown))


def _required(field: dataclasses.Field[object]) -> str:
    missing = dataclasses.MISSING
    return "yes" if field.default is missing and field.default_factory is missing else ""


def _lists() -> Iterator[str]:
    for name in LISTS:
        listed = terms(name)
        yield f"### {name}\n"
        schemes = sorted({s for t in listed for s in t.crosswalk})
        head = ("id", "English", "українською", "по-русски", "meaning", *schemes)
        yield from _table(head, (_term(t, schemes) for t in listed))


def _term(term: Term, schemes: list[str]) -> tuple[str, ...]:
    labels = tuple(term.label(language) for language in ("en", "uk", "ru"))
    return (f"`{term.identifier}`", *labels, term.definition, *(term.crosswalk.get(s, "") for s in schemes))


def data_dictionary() -> str:
    """Every record with its fields, every closed list with its terms."""
    intro = (
        "# Data dictionary\n",
        _NOTE + "\n",
        (
            "What a record may hold. Spans are half-open, in code points of the document's text. See [the codebook](codebook.md) for what "
            "counts as what, and [the case format](case-format.md) for where the records lie.\n"
        ),
        "## Records\n",
    )
    schemes = [f"- `{k}`: {v}" for k, v in _SCHEMES.items()]
    lists = (
        "## Closed lists\n",
        (
            "An id is never given another meaning. Where another scheme has a counterpart, its code stands in the column of that scheme; an "
            "empty cell means that it has none, or that it was not checked:\n"
        ),
        *schemes,
        "",
    )
    return "\n".join((*intro, *_records(), *lists, *_lists())).rstrip() + "\n"


def error_codes() -> str:
    """Every code with cause, outcome and advice."""
    lines = [
        "# Error codes\n",
        _NOTE + "\n",
        "A code is never used for something else. `witnessmark` prints them in brackets, one line each.\n",
    ]
    for digit, title in _GROUPS:
        lines.append(f"## WM{digit}xx: {title.lower()}\n")
        entries = (e for e in CATALOGUE.values() if e.code[2] == digit)
        head = ("code", "what happened", "outcome of the input", "what to do")
        lines += _table(head, ((e.code, e.cause, "" if e.outcome == "none" else e.outcome, e.advice) for e in entries))
    return "\n".join(lines).rstrip() + "\n"


def commands() -> str:
    """The help of every command."""
    lines = ["# Commands\n", _NOTE + "\n"]
    # A fixed width: the page must not depend on the terminal that it was made in.
    context = group.make_context("witnessmark", [], resilient_parsing=True, terminal_width=_WIDTH)
    lines += ["```", group.get_help(context), "```\n"]
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is not None:
            lines += _help(command, f"witnessmark {name}", context)
    return "\n".join(lines).rstrip() + "\n"


def _help(command: click.Command, path: str, context: click.Context) -> list[str]:
    """The help of a command, and of those under it."""
    inner = click.Context(command, info_name=path.rpartition(" ")[2], parent=context, terminal_width=_WIDTH)
    lines = [f"## {path}\n", "```", command.get_help(inner), "```\n"]
    for name, sub in command.commands.items() if isinstance(command, click.Group) else ():
        lines += _help(sub, f"{path} {name}", inner)
    return lines


def readme() -> str:
    """The README with the table of scores made anew."""
    text = (HERE.parent / "README.md").read_text(encoding="utf-8")
    begin, end = text.index(_SCORES), text.index("<!-- end of scores -->")
    return text[: begin + len(_SCORES)] + "\n" + scores() + text[end:]


def scores() -> str:
    """The floors of the measures in :data:`_SHOWN`, one row each; empty while there are none."""
    floors = read_floors(HERE.parent / "evals" / "floors.json").values
    rows = ((what, key.split("/")[0], key.split("/")[1], f"{floors[key]:g}") for what, key in _SHOWN if key in floors)
    return "\n".join(_table(("measure", "set", "part", "floor"), rows))


PAGES = {"data-dictionary.md": data_dictionary, "errors.md": error_codes, "commands.md": commands, "../README.md": readme}
"""File name to the function that makes it."""


def main() -> int:
    """Write the pages; with ``--check`` only say which are out of step."""
    stale = [name for name, make in PAGES.items() if not _in_step(HERE / name, make())]
    if "--check" in sys.argv:
        sys.stderr.writelines(f"out of step: {(HERE / name).resolve().name}; run make docs\n" for name in stale)
        return bool(stale)
    for name in stale:
        (HERE / name).write_text(PAGES[name](), encoding="utf-8")
    return 0


def _in_step(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    sys.exit(main())
