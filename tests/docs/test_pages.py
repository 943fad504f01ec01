"""The documents: generated pages are in step with the code, everything is in them, links lead somewhere."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

import witnessmark.model
from witnessmark.errors import CATALOGUE
from witnessmark.vocabulary import LISTS, terms

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", ["data-dictionary.md", "errors.md", "commands.md", "../README.md"])
def test_generated_pages_are_in_step(generator: ModuleType, page: str) -> None:
    assert (DOCS / page).read_text(encoding="utf-8") == generator.PAGES[page](), "run make docs"


def test_every_term_is_in_the_data_dictionary() -> None:
    text = (DOCS / "data-dictionary.md").read_text(encoding="utf-8")
    for name in LISTS:
        section = text.split(f"\n### {name}\n", 1)[1].split("\n### ", 1)[0]
        for term in terms(name):
            assert f"| `{term.identifier}` |" in section, (name, term.identifier)


def test_every_record_is_in_the_data_dictionary() -> None:
    text = (DOCS / "data-dictionary.md").read_text(encoding="utf-8")
    for name in witnessmark.model.__all__:
        if isinstance(getattr(witnessmark.model, name), type):
            assert f"### {name}\n" in text


def test_every_code_is_explained() -> None:
    text = (DOCS / "errors.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| (WM\d{3}) \|", text, re.MULTILINE) == list(CATALOGUE)


def test_every_modality_has_an_example_in_the_codebook() -> None:
    text = (DOCS / "codebook.md").read_text(encoding="utf-8")
    for term in terms("modality"):
        assert re.search(rf"^\| `{re.escape(term.identifier)}` \| \S.* \| \S.* \|$", text, re.MULTILINE), term.identifier


@pytest.mark.parametrize("page", sorted(p.relative_to(ROOT).as_posix() for p in [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]))
def test_links_between_pages_lead_somewhere(page: str) -> None:
    path = ROOT / page
    for target in LINK.findall(path.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (path.parent / target).exists(), target
