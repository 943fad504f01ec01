"""Cases that several test folders look at. Made once, copied by whoever writes."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import witnessmark

HOSTILE = '"><img src=x onerror="window.pwned=1"><script>window.pwned=1</script>{{7*7}}\u202e'
"""Breaks out of text, attributes and script blocks wherever it is not escaped."""


@pytest.fixture(scope="session")
def case_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of the bundled reports and of one whose every text is hostile."""
    from witnessmark.corpus import inputs

    root = tmp_path_factory.mktemp("template")
    rows = [dict(row) for row in inputs()]
    text = (
        f"{HOSTILE} Shelling kills four in Kramatorsk\n\nRussian forces shelled Kramatorsk on 2 June 2022, killing four people {HOSTILE}, "
        f"the governor {HOSTILE} said. Five people were killed, the mayor said."
    )
    rows.append(
        {
            "id": f"h{HOSTILE}",
            "text": text,
            "publisher": f"Outlet {HOSTILE}",
            "published": "2022-06-03",
            "url": f"https://example.org/{HOSTILE}",
        }
    )
    source = root / "reports.jsonl"
    source.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    witnessmark.read(source, case=root / "case").close()
    with witnessmark.Desk(root / "case"):
        pass  # the index is made once here
    return root / "case"


@pytest.fixture
def case_folder(case_template: Path, tmp_path: Path) -> Path:
    """A copy of the case that the test may change."""
    return Path(shutil.copytree(case_template, tmp_path / "case"))


@pytest.fixture
def desk(case_folder: Path) -> Iterator[witnessmark.Desk]:
    """A desk on a copy of the case."""
    with witnessmark.Desk(case_folder) as opened:
        yield opened
