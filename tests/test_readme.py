"""Every command and every Python example in the README and in the guide runs as it stands, one after the other, in an empty folder."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from witnessmark.cli import group

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^```(console|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAGES = ("README.md", "docs/guide.md", "docs/evaluation.md")


def examples(page: str) -> list[tuple[str, str]]:
    """Blocks of a page as (language, content)."""
    return BLOCK.findall((ROOT / page).read_text(encoding="utf-8"))


def lines(content: str) -> list[str]:
    """The commands of a console block; the rest is what they print."""
    return [line.removeprefix("$ ") for line in content.splitlines() if line.startswith("$ ")]


def script(page: str) -> str:
    """All examples of a page as one shell script that stops at the first that fails. Calls of make are tested apart."""
    steps = ["set -eux"]
    for language, content in examples(page):
        if language == "python":
            steps.append(f"python - <<'PYTHON'\n{content}PYTHON")
        else:
            steps += [line for line in lines(content) if not line.startswith("make ")]
    return "\n".join(steps)


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_the_examples_run(page: str, tmp_path: Path) -> None:
    # The interpreter of this run comes first, so that "python" and "witnessmark" are those under test.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        ["bash", "-c", script(page)],
        cwd=tmp_path,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-3000:]


def test_the_readme_begins_with_demo_and_test() -> None:
    first = next(content for language, content in examples("README.md") if language == "console")
    assert lines(first) == ["make demo", "make test"]


def test_every_make_target_that_is_named_can_be_made() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8") + (ROOT / "docs/evaluation.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"make ([a-z][a-z-]*)`", text)) | {"demo", "test"}
    assert {"setup", "lint", "evals", "bench", "docs"} <= targets
    for target in sorted(targets):
        done = subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def test_every_command_is_told_of_in_the_readme_or_the_guide() -> None:
    told = (ROOT / "README.md").read_text(encoding="utf-8") + (ROOT / "docs/guide.md").read_text(encoding="utf-8")
    for name in group.list_commands(click.Context(group)):
        assert f"witnessmark {name}" in told or f"`{name}" in told or f"make {name}" in told, name
