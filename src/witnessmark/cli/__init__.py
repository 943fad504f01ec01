"""The command line: parse, call the façade, draw. Each command loads what it needs when it runs.

Exit codes: 0 all is well; 1 the run met a problem (verification failed, nothing could be read, the case is damaged or missing, a score
fell below its floor); 2 the call is wrong; 130 stopped with Ctrl-C.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any, NoReturn

import click

import witnessmark

EXIT_PROBLEM, EXIT_USAGE, EXIT_STOPPED = 1, 2, 130

_COMMANDS = {
    "read": ("witnessmark.cli.read", "read_command", "Read reports and print the record: incidents, series, contradictions."),
    "gather": ("witnessmark.cli.gather", "gather_command", "Put cases that were read apart together in one."),
    "show": ("witnessmark.cli.show", "show_command", "Show one record with its words marked; without ID, list all."),
    "why": ("witnessmark.cli.show", "why_command", "Say where a value comes from, or why two claims were merged or kept apart."),
    "weigh": ("witnessmark.cli.weigh", "weigh_command", "Say who is behind an incident's claims and what they are worth."),
    "merge": ("witnessmark.cli.merge", "merge_command", "Merge a table of claims to incidents."),
    "verify": ("witnessmark.cli.verify", "verify_command", "Check every stored byte, the ledger and every value."),
    "export": ("witnessmark.cli.export", "export_command", "Write JSON lines, CSV, Parquet, GeoJSON and the HTML report."),
    "patterns": ("witnessmark.cli.patterns", "patterns_command", "Hold stated rates, trends and comparisons against counts."),
    "desk": ("witnessmark.cli.desk", "desk_command", "Open a case in the browser: map, reader, review, search."),
    "sheet": ("witnessmark.cli.sheet", "sheet_command", "Write the values as a sheet to decide in, or take a filled one back."),
    "publish": ("witnessmark.cli.publish", "publish_command", "Redact the case by a policy and write a publication for others."),
    "diff": ("witnessmark.cli.publish", "diff_command", "Say what changed between two publications, and why."),
    "demo": ("witnessmark.cli.demo", "demo_command", "Build a case from the bundled reports and show what is in it."),
    "gazetteer": ("witnessmark.cli.gazetteer", "gazetteer_command", "Build a gazetteer pack, say what is in one, look a name up."),
    "eval": ("witnessmark.cli.evaluation", "eval_command", "Measure the reader on gold sets and print one table."),
}
"""Name: module, attribute, the line that ``--help`` prints. The module is imported when the command runs."""


class LazyGroup(click.Group):
    """A group that knows the names and help lines of its commands without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the work."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return the command."""
        if cmd_name not in _COMMANDS:
            return None
        module, attribute, _ = _COMMANDS[cmd_name]
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from the table above."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, _, line) in _COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(witnessmark.__version__, prog_name="witnessmark")
def group() -> None:
    """Read reports of attacks and make the record that can be checked: every value leads back to its words."""


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and exit with a documented code."""
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    try:
        result: Any = group.main(args=arguments, prog_name="witnessmark", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        return EXIT_STOPPED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read our output went away: let the last flush go nowhere
        return 0
    except witnessmark.WitnessmarkError as error:
        return _told(error)


def _told(error: witnessmark.WitnessmarkError) -> int:
    from witnessmark.cli.terminal import safe
    from witnessmark.errors import UsageError

    click.echo(safe(str(error)), err=True)
    return EXIT_USAGE if isinstance(error, UsageError) else EXIT_PROBLEM
