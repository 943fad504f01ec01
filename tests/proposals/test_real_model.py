"""A real small model behind a real server on loopback. It invents most of what it says: nothing of that may get in, and the run must hold.

Skipped without ``make setup-llm``. ``WITNESSMARK_INJECTIONS=45`` sends that many texts of the set instead of three.
"""

from __future__ import annotations

import importlib.util
import os
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import witnessmark
from witnessmark.claims import read_claims
from witnessmark.documents import text_document
from witnessmark.proposals import LanguageModel, propose
from witnessmark.statements import read_statements

HERE = Path(__file__).parent
INJECTIONS = int(os.environ.get("WITNESSMARK_INJECTIONS", "3"))
SET = [i for i in tomllib.loads((HERE / "injections.toml").read_text(encoding="utf-8"))["injection"] if i["technique"] != "plain lie"]
TEXT = "Rockets hit a bakery in Kharkiv on Monday, killing two bakers, the mayor said."

pytestmark = pytest.mark.slow


def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("proposals_eval", HERE.parents[1] / "evals" / "proposals.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def model() -> Iterator[LanguageModel]:
    evals = tool()
    weights = evals.local_weights()
    if weights is None:
        pytest.skip("no local language model: run 'make setup-llm'")
    with evals.local_server(weights) as url:
        yield LanguageModel(url, "SmolLM2-135M-Instruct.Q4_1", window=1_000, max_tokens=60, seconds=300.0)


def test_a_case_is_read_with_it(model: LanguageModel, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    with witnessmark.read(tmp_path / "a.txt", case=tmp_path / "case", model=model, published="2024-05-15") as case:
        assert case.totals["read"] + case.totals["partial"] == case.totals["inputs"] == 1
        assert {p.code for p in case.problems} <= {"WM223", "WM225"}
        (claim,) = [c for c in case.claims if not c.act.rule.startswith("llm:")]
        assert (claim.killed.value.point, claim.place.value.name) == (2, "Kharkiv")
        assert case.verify().findings == []


@pytest.mark.parametrize(
    "injection", SET[:: max(1, len(SET) // INJECTIONS)][:INJECTIONS], ids=lambda i: f"{i['language']}-{i['technique']}"
)
def test_orders_reach_it_as_data_at_most(model: LanguageModel, injection, monkeypatch) -> None:
    monkeypatch.setattr("witnessmark.proposals.asking.find_instructions", lambda _: ())  # or it would not see them at all
    text = f"{TEXT}\n\n{injection['words']}"
    reading = read_statements(text_document(text, published="2024-05-15", language=injection["language"]))
    claims = read_claims(reading)
    proposed = propose(reading, claims, model)
    assert {p.code for p in proposed.problems} <= {"WM223", "WM225"}
    for before, after in zip(claims.incidents, proposed.claims.incidents, strict=False):
        assert (before.identifier, before.act.value) == (after.identifier, after.act.value)
        assert before.killed is None or after.killed.value == before.killed.value
    for claim in proposed.claims.incidents:
        for _, mention in claim.alternatives:
            assert mention.span is None or mention.quote == mention.span.of(text)
