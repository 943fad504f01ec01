from __future__ import annotations

import pytest

from witnessmark.claims.fillers import Fillers, find, find_fillers
from witnessmark.claims.fillers.model import ROLES, TYPES
from witnessmark.documents import text_document
from witnessmark.statements import read_statements

ATTACK = (
    "Bogota, 3 May 90 -- Guerrillas of the National Liberation Army attacked the police station in the town of Arauquita last night. "
    "The guerrillas threw dynamite at the police station and killed the mayor, Pedro Ruiz Caldera. "
    "A spokesman said the National Liberation Army has claimed responsibility for the murder of Pedro Ruiz Caldera."
)
TALKS = "The ministers of finance met in Lima on Monday. They discussed the price of coffee and signed an agreement on trade in textiles."


def fillers_of(text: str) -> Fillers:
    return find_fillers(read_statements(text_document(text, language="en")))


def roles_of(found: Fillers) -> dict[str, set[str]]:
    out: dict[str, set[str]] = {}
    for filler in found.fillers:
        out.setdefault(filler.role, set()).add(filler.quote.lower())
    return out


def test_an_attack_report_fills_its_roles() -> None:
    found = fillers_of(ATTACK)
    roles = roles_of(found)
    assert found.relevant > 0.5
    assert "pedro ruiz caldera" in roles["Victim"]
    assert "dynamite" in roles["Weapon"]
    assert "police station" in roles["Target"]
    assert roles["PerpOrg"] == {"national liberation army"}


def test_case_makes_no_difference() -> None:
    assert roles_of(fillers_of(ATTACK.upper())) == roles_of(fillers_of(ATTACK))


def test_trade_talks_fill_nothing() -> None:
    found = fillers_of(TALKS)
    assert found.fillers == ()
    assert found.relevant < 0.5


def test_a_document_below_the_gate_is_not_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    relevant = fillers_of(ATTACK).relevant
    monkeypatch.setattr(find, "GATE", 20.0)
    found = fillers_of(ATTACK)
    assert (found.fillers, found.together) == ((), ())
    assert 0 < found.relevant != relevant
    assert len(found.types) == len(TYPES)


def test_quotes_stand_where_the_spans_say() -> None:
    document = text_document(ATTACK, language="en")
    for filler in find_fillers(read_statements(document)).fillers:
        assert document.text[filler.span.start : filler.span.end].split() == filler.quote.split()
        assert filler.span in filler.mentions
        assert 0.0 < filler.score < 1.0


def test_a_possessor_is_quoted_without_its_ending() -> None:
    document = text_document(ATTACK.replace("the murder of Pedro Ruiz Caldera", "Pedro Ruiz Caldera's murder"), language="en")
    victims = [filler for filler in find_fillers(read_statements(document)).fillers if filler.role == "Victim"]
    quotes = {document.text[span.start : span.end] for filler in victims for span in filler.mentions}
    assert quotes == {"Pedro Ruiz Caldera"}
    assert len(victims[0].mentions) == 2


def test_a_text_without_words_fills_nothing() -> None:
    assert fillers_of("...").fillers == ()


def test_every_filler_has_a_chance_to_belong_with_every_other() -> None:
    found = fillers_of(ATTACK)
    count = len(found.fillers)
    assert count > 1
    assert [len(row) for row in found.together] == [count] * count
    for one in range(count):
        assert found.together[one][one] == 1.0
        assert all(found.together[one][two] == found.together[two][one] for two in range(count))
    assert fillers_of(TALKS).together == ()


def test_fillers_stand_by_role_and_by_falling_score() -> None:
    order = [(ROLES.index(filler.role), -filler.score) for filler in fillers_of(ATTACK).fillers]
    assert order == sorted(order)
