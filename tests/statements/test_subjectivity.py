from __future__ import annotations

from witnessmark.documents import text_document
from witnessmark.statements import read_statements
from witnessmark.statements.subjectivity import subjectivities


def judged(text: str, language: str = "en") -> list[float | None]:
    return subjectivities(read_statements(text_document(text, title="Head", language=language)))


def test_each_sentence_is_judged_by_itself() -> None:
    told, scorned = "The council met on Tuesday and approved the budget.", "What a shameful and ridiculous farce this so-called budget is!"
    both = judged(f"{told} {scorned}")[-2:]
    assert both == [judged(told)[-1], judged(scorned)[-1]]
    assert both[0] is not None and both[1] is not None and both[0] < 0.5 < both[1]


def test_a_language_without_a_model_is_not_judged() -> None:
    assert set(judged("Рада зібралася у вівторок.", "uk")) == {None}
