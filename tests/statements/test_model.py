"""The modality model as data: what it knows, and what it does with names that it does not know."""

from __future__ import annotations

import hashlib
from importlib import resources
from pathlib import Path

import numpy as np
import pytest

from witnessmark.statements.model import load_model, model_of
from witnessmark.vocabulary import identifiers

SMALL = model_of(
    ["asserted", "denied"],
    ["k:denial", "w:mill"],
    np.array([[-1.0, 2.0], [0.5, 0.0]], dtype=np.float32),
    np.array([0.25, 0.0], dtype=np.float32),
)


def test_scores_are_sums_of_rows() -> None:
    (label, probability), (other, _) = SMALL.predict([{"k:denial"}, {"w:mill"}])
    assert (label, other) == ("denied", "asserted")
    assert probability == pytest.approx(1 / (1 + np.exp(-0.75 - 2.0)))


def test_unknown_names_count_for_nothing() -> None:
    assert SMALL.predict([set(), {"w:unheard"}]) == SMALL.predict([{"w:unheard"}, set()])
    assert SMALL.predict([set()])[0][0] == "asserted"


def test_no_statements_no_labels() -> None:
    assert SMALL.predict([]) == []


def test_the_order_of_names_changes_nothing() -> None:
    assert SMALL.predict([["w:mill", "k:denial"]]) == SMALL.predict([["k:denial", "w:mill"]])


def test_the_shipped_model_has_the_closed_list_and_no_names() -> None:
    model = load_model("en")
    assert model is not None
    assert set(model.labels) == identifiers("modality")
    words = {name.partition(":")[2] for name in model.rows if name.startswith(("w:", "w0:"))}
    assert words.isdisjoint({"russia", "ukraine", "israel", "hamas", "kyiv", "moscow", "sudan", "russian", "ukrainian", "israeli"})


def test_a_language_without_a_model() -> None:
    assert load_model("uk") is None


def test_a_label_that_lacks_its_evidence_gives_way_to_the_next() -> None:
    names = {"k:denial"}
    assert SMALL.predict([names])[0][0] == "denied"
    assert SMALL.predict([names], needs={"denied": ("k:negation",)})[0][0] == "asserted"
    assert SMALL.predict([names], needs={"denied": ("k:denial",)})[0][0] == "denied"


@pytest.mark.parametrize(
    ("card", "package", "file"),
    [
        ("modality_en", "witnessmark.statements.language.en", "modality.npz"),
        ("voices_en", "witnessmark.statements.language.en", "voices.npz"),
        ("stance_en", "witnessmark.assess.stance", "stance.npz"),
        ("confidence", "witnessmark.assess.confidence", "confidence.json"),
    ],
)
def test_the_card_names_the_file_that_is_shipped(card: str, package: str, file: str) -> None:
    content = resources.files(package).joinpath(file).read_bytes()
    text = (Path(__file__).parents[2] / "training" / "models" / f"{card}.md").read_text(encoding="utf-8")
    assert hashlib.sha256(content).hexdigest() in text
