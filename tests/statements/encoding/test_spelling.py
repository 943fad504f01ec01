from __future__ import annotations

import pytest

from witnessmark.statements.encoding import pieces_of
from witnessmark.statements.encoding.spelling import UNKNOWN

KNOWN = {piece: at for at, piece in enumerate([UNKNOWN, "shell", "##ing", "##ed", "-", "cafe", "café", "t", "##72"])}


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("shell", ["shell"]),
        ("shelling", ["shell", "##ing"]),
        ("t-72", ["t", "-", UNKNOWN]),
        ("t72", ["t", "##72"]),
        ("café", ["café"]),
        ("cafés", [UNKNOWN]),
        ("", [UNKNOWN]),
    ],
)
def test_a_word_is_spelt_in_the_longest_pieces_that_are_known(word: str, pieces: list[str]) -> None:
    assert pieces_of(word, KNOWN) == [KNOWN[piece] for piece in pieces]
