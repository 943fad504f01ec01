"""A case that was read from two short reports, once for all tests of the command line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from witnessmark import cli

STRIKE = """\
Missile strike on Lozova kills seven

A Russian missile hit an apartment block in Lozova, Kharkiv region, on 14 March 2024, the regional governor said. At least 5 people were \
killed and 18 were injured.

More attacks are expected this week. Shelling of the border villages is growing exponentially.
"""

QUIET = """\
Council opens new library

The town council opened a library on Monday. Children read poems.
"""


@dataclass(frozen=True)
class Outcome:
    """What a call gave."""

    code: int
    out: str
    err: str


def call(*arguments: str, given: str | None = None, env: dict[str, str] | None = None) -> Outcome:
    """Run the command line in this process as the console script does."""
    runner = CliRunner(env={"WITNESSMARK_CASE": None, **(env or {})})
    with runner.isolation(input=given) as (out, err, _):
        code = cli.run(list(arguments))
        return Outcome(code, out.getvalue().decode(), err.getvalue().decode())


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two reports and an empty file."""
    folder = tmp_path_factory.mktemp("reports")
    (folder / "strike.txt").write_text(STRIKE, encoding="utf-8")
    (folder / "quiet.txt").write_text(QUIET, encoding="utf-8")
    (folder / "nothing.txt").write_text("")
    return folder


@pytest.fixture(scope="session")
def case(reports: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The case made from them by ``witnessmark read``."""
    folder = tmp_path_factory.mktemp("cases") / "case"
    outcome = call("read", str(reports), "--case", str(folder))
    assert outcome.code == 0, outcome.err
    return str(folder)
