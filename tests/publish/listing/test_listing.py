from dataclasses import dataclass

import pytest

from witnessmark.errors import UsageError
from witnessmark.publish.listing import Listing, Piece, explain, overview, show
from witnessmark.publish.view import CaseView


@dataclass(frozen=True)
class Held:
    """A case that holds a view."""

    held: CaseView

    def view(self) -> CaseView:
        return self.held


def words(listing: Listing) -> str:
    cells = [f"{c.text} {c.note}" for g in listing.grids for r in g.rows for c in r]
    return "\n".join([listing.heading, *cells, *listing.closing])


def marked(listing: Listing) -> list[Piece]:
    return [p for passage in listing.passages for _, pieces in passage.lines for p in pieces if p.kind]


def test_the_overview_has_a_row_for_every_record_by_date(view: CaseView) -> None:
    made = overview(Held(view))
    incidents, series, contradictions, documents = made.grids
    assert [r[0].text for r in incidents.rows] == ["incident-2", "incident-1", "incident-3"]
    assert (len(series.rows), len(contradictions.rows), len(documents.rows)) == (2, 2, 3)
    assert made.closing[-1] == "4 inputs = 2 read + 1 partial + 1 empty + 0 blocked + 0 failed"
    assert "16 statements, 3 incidents, 2 contradictions, 2 series" in made.heading


def test_a_range_names_its_claims_and_the_states_stay_apart(view: CaseView) -> None:
    rows = {r[0].text: r for r in overview(Held(view)).grids[0].rows}
    killed = {name: row[5] for name, row in rows.items()}
    assert (killed["incident-1"].text, killed["incident-1"].note) == ("5–7", "claim-local-1, claim-uk-1")
    assert (killed["incident-2"].text, killed["incident-2"].state) == ("0", "zero")
    assert killed["incident-3"].state == "not_stated"
    assert rows["incident-3"][6].state == "unknown"


@pytest.mark.parametrize(
    "identifier", ["incident-1", "claim-wire-1", "series-1", "clash-1", "clash-2", "doc-local", "doc-uk"],
)  # fmt: skip
def test_any_record_is_shown_with_its_words_marked(view: CaseView, identifier: str) -> None:
    made = show(Held(view), identifier)
    assert identifier in made.heading
    pieces = marked(made)
    assert pieces
    texts = "\n".join(d.text for d in view.documents)
    assert all(p.text in texts for p in pieces)


def test_marks_carry_the_name_of_their_field_once(view: CaseView) -> None:
    labels = [p.label for p in marked(show(Held(view), "claim-wire-1")) if p.label]
    assert "killed" in ", ".join(labels)
    assert "place" in ", ".join(labels)
    assert sum("injured" in label for label in labels) == 1


def test_a_whole_document_is_shown_word_for_word(view: CaseView) -> None:
    made = show(Held(view), "doc-wire")
    shown = " ".join("".join(p.text for p in pieces) for _, pieces in made.passages[0].lines)
    assert shown.split() == view.document_by_id["doc-wire"].text.split()


def test_an_id_may_be_cut_short_but_not_ambiguous(view: CaseView) -> None:
    assert "claim-uk-1" in show(Held(view), "claim-u").heading
    for unclear in ("claim", "nothing", ""):
        with pytest.raises(UsageError, match="WM001"):
            show(Held(view), unclear)


def test_why_gives_words_rule_candidates_and_runner_up(view: CaseView) -> None:
    made = explain(Held(view), "claim-local-1", "place")
    text = words(made)
    for part in ("Lozova, Kharkiv, UA", "“Lozova, Kharkiv region”", "test", "Lozova, Sumy", "runner-up"):
        assert part in text
    assert [p.label for p in marked(made)] == ["place"]


def test_why_of_an_incident_begins_with_the_claim_it_was_taken_from(view: CaseView) -> None:
    made = explain(Held(view), "incident-1", "place")
    assert made.grids[0].title == "place of claim-wire-1"


def test_why_lists_alternatives_too(view: CaseView) -> None:
    values = [g.rows[0][1].text for g in explain(Held(view), "claim-local-1", "killed").grids if g.title.startswith("killed of")]
    assert values == ["at least 5", "7"]


def test_why_of_a_series_and_of_nothing(view: CaseView) -> None:
    assert "40" in words(explain(Held(view), "series-1", "quantity"))
    with pytest.raises(UsageError, match="WM004"):
        explain(Held(view), "claim-local-3", "killed")
    with pytest.raises(UsageError, match="WM004"):
        explain(Held(view), "doc-uk", "text")
