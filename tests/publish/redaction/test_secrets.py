"""Five hundred secrets go in, none comes out, in any file of a publication."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from witnessmark.publish import as_json
from witnessmark.publish.publication import publish
from witnessmark.publish.redaction import load_policy, redact


def _beside(name: str) -> ModuleType:
    """A module of helpers beside this file: the tests are no package."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


planted, searching = _beside("planted"), _beside("searching")


def secrets() -> list[str]:
    """Everything that was planted: in sentences, in fields, and as points."""
    return [s.text for s in planted.SECRETS] + planted.field_secrets() + [repr(v) for p in planted.points() for v in p]


def test_there_are_five_hundred_and_the_case_holds_them_all() -> None:
    assert len(set(secrets())) >= 500
    held = json.dumps(as_json(planted.build()), ensure_ascii=False)
    assert [s for s in secrets() if s not in held] == []


@pytest.mark.slow
def test_no_secret_is_in_any_file_of_a_publication(tmp_path: Path) -> None:
    view = redact(planted.build(), load_policy())
    publish(view, tmp_path / "out")
    assert searching.found_in(tmp_path / "out", secrets()) == []


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    view = redact(planted.build(), load_policy())
    publish(view, tmp_path / "out", without=["pdf", "figures", "site"])
    files = {path for _, path in searching.found_in(tmp_path / "out", ["machine-read, not reviewed"])}
    assert {"incidents.xlsx", "incidents.gpkg", "incidents.parquet", "incidents.kml", "report/report.en.html"} <= files
