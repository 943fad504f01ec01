from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from witnessmark.errors import DataError
from witnessmark.statements.encoding import Encoding, encoding_from, gelu, load_encoding, pieces_of
from witnessmark.statements.encoding.body import Norm


def english() -> Encoding:
    found = load_encoding("en")
    assert found is not None
    return found


def states(words: str) -> np.typing.NDArray[np.float32]:
    body = english().body
    pieces = [piece for word in words.split() for piece in pieces_of(word, body.pieces)]
    return body.states(pieces, [0] * len(pieces))


def test_a_layer_is_normalised_to_mean_zero_and_variance_one() -> None:
    rows = np.asarray([[1.0, 2.0, 3.0, 6.0], [-1.0, 0.0, 0.0, 9.0]], dtype=np.float32)
    out = Norm(np.ones(4, dtype=np.float32), np.zeros(4, dtype=np.float32))(rows)
    assert np.allclose(out.mean(axis=1), 0, atol=1e-6)
    assert np.allclose(out.var(axis=1), 1, atol=1e-5)


def test_gelu_is_the_input_times_the_chance_of_a_smaller_normal_number() -> None:
    values = np.linspace(-3, 3, 13, dtype=np.float32)
    expected = [value * 0.5 * (1 + math.erf(value / math.sqrt(2))) for value in values.tolist()]
    assert np.allclose(gelu(values), expected, atol=2e-3)


def test_a_word_has_another_state_in_another_sentence() -> None:
    bank, other = states("the bank lent money")[1], states("the river bank flooded")[2]
    assert not np.allclose(bank, other, atol=0.1)


def test_how_a_word_is_written_counts() -> None:
    body = english().body
    own = pieces_of("may", body.pieces)
    assert not np.allclose(body.states(own, [0]), body.states(own, [1]))


def test_a_language_without_an_encoder_has_none() -> None:
    assert load_encoding("uk") is None


def test_a_damaged_file_is_an_error_with_its_code(tmp_path: Path) -> None:
    import witnessmark.statements.encoding.model as module

    (tmp_path / "xx").mkdir()
    (tmp_path / "xx" / "voices.npz").write_bytes(b"no arrays")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module.resources, "files", lambda _: tmp_path)
        with pytest.raises(DataError) as caught:
            load_encoding.__wrapped__("xx")
    assert caught.value.code == "WM401"


def test_a_file_without_an_array_is_an_error() -> None:
    with pytest.raises(KeyError):
        encoding_from({})
