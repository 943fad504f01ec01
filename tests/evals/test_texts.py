"""The benchmark's texts: long enough, the same for one seed, with attacks where they are asked for."""

from __future__ import annotations

import importlib.util
import json
import random
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def texts() -> ModuleType:
    path = Path(__file__).parents[2] / "evals" / "benchmark" / "texts.py"
    spec = importlib.util.spec_from_file_location("benchmark_texts", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_articles_are_long_enough_and_hang_on_the_seed(texts: ModuleType) -> None:
    first, again, other = (list(texts.mixed(6, seed=s)) for s in (1, 1, 2))
    assert first == again != other
    assert all(texts.WORDS <= len(text.split()) < 3 * texts.WORDS for text in first)


def test_shares_of_attacks_are_as_asked(texts: ModuleType) -> None:
    reports = texts.reports()
    assert all(any(r in text for r in reports) for text in texts.mixed(4, share=1.0))
    assert not any(r in text for r in reports for text in texts.mixed(4, share=0.0))


def test_a_folder_gives_text_and_json_lines(texts: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one", encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(json.dumps({"text": "two"}) + "\n\n", encoding="utf-8")
    (tmp_path / "c.bin").write_bytes(b"\xff")
    assert list(texts.from_folder(tmp_path)) == ["one", "two"]


def test_pages_are_as_heavy_as_news_pages_and_keep_the_words(texts: ModuleType) -> None:
    page = texts.page("A <title>\n\nFirst & last.", random.Random(1))
    assert 40_000 < len(page) < 90_000
    assert "<h1>A &lt;title&gt;</h1>" in page
    assert "<p>First &amp; last.</p>" in page
