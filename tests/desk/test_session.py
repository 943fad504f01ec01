"""The desk: what it shows, what it saves, and that nothing is lost."""

import dataclasses
import multiprocessing
import os
from pathlib import Path

import pytest

import witnessmark
from witnessmark.desk import Desk, Filter
from witnessmark.desk.pages import FieldView
from witnessmark.errors import CaseError, UsageError
from witnessmark.ledger.verify import verify
from witnessmark.model import Quantity, Span


def toll(desk: Desk) -> FieldView:
    """A figure of killed of an incident that one source tells."""
    for row in desk.listed(Filter(), order="killed"):
        for claim in desk.incident(row.identifier).claims:
            for field in claim.fields:
                if field.field == "killed" and not field.alternative and row.documents == 1:
                    return field
    raise AssertionError("no toll in the case")


def accept(desk: Desk, field: FieldView, reviewer: str = "anna", kind: str = "accept", **more: object) -> int:
    decision = desk.decide(kind, [field.claim], reviewer=reviewer, role="reviewer", field=field.field, mention=field.mention.span, **more)  # type: ignore[arg-type]
    assert decision.position is not None
    return decision.position


def test_counts_agree_with_the_case(desk: Desk) -> None:
    with witnessmark.open_case(desk.path) as case:
        assert desk.counts["incidents"] == len(case.incidents)
        assert desk.counts["statements"] == sum(map(len, case.statements.values()))
        assert desk.overview(Filter()).total == len(case.incidents)


def test_each_incident_shows_its_claims_and_their_words(desk: Desk) -> None:
    with witnessmark.open_case(desk.path) as case:
        for incident in case.incidents:
            page = desk.incident(incident.identifier)
            assert page.record == incident
            assert [c.record.identifier for c in page.claims] == list(incident.claims)
            for claim in page.claims:
                text = desk.text(claim.record.document)
                assert all(f.mention.span is None or f.mention.span.of(text) == f.mention.quote for f in claim.fields)


def test_each_document_shows_what_was_read_from_it(desk: Desk) -> None:
    with witnessmark.open_case(desk.path) as case:
        for document in case.documents:
            page = desk.document(document.identifier)
            assert page.record == document
            said = case.statements[document.identifier]
            assert page.statements == tuple((s.span.start, s.span.end, s.modality, s.paragraph) for s in said)
            assert {c.record.identifier for c in page.claims} == {c.identifier for c in case.claims if c.document == document.identifier}


def test_unknown_ids_are_told(desk: Desk) -> None:
    for ask in (desk.incident, desk.document, desk.contradiction, desk.claim):
        with pytest.raises(UsageError, match="WM001"):
            ask("i-nothing")
    with pytest.raises(UsageError, match="WM001"):
        desk.incident_number(10**6)
    assert desk.find("i-") is None


def test_a_decision_is_on_disk_and_the_case_verifies(case_folder: Path) -> None:
    with Desk(case_folder) as desk:
        field = toll(desk)
        accept(desk, field, why="read twice")
        assert desk.standings().at(field.key).state == "reviewed"
    assert verify(case_folder).ok
    with Desk(case_folder) as again:
        (held,) = again.standings().at(field.key).decisions
        assert (held.reviewer, held.why, held.before) == ("anna", "read twice", field.mention.value)
        assert again.counts["decisions"] == 1
        assert again.listed(Filter(states=("started",)))[0].state == "started", "one value of several"


def test_two_desks_keep_both_decisions_side_by_side(case_folder: Path) -> None:
    with Desk(case_folder) as first, Desk(case_folder) as second:
        field = toll(first)
        accept(first, field, "anna")
        accept(second, field, "bohdan", "reject")
        first.refresh()
        for desk in (first, second):
            standing = desk.standings().at(field.key)
            assert standing.state == "disputed"
            assert {d.reviewer for d in standing.decisions} == {"anna", "bohdan"}
    assert verify(case_folder).ok


def decide_many(folder: str, reviewer: str, number: int) -> None:
    with Desk(folder) as desk:
        field = toll(desk)
        for n in range(number):
            accept(desk, field, reviewer, why=str(n))


@pytest.mark.slow
def test_concurrent_processes_lose_nothing(case_folder: Path) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=decide_many, args=(str(case_folder), f"r{n}", 20)) for n in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [w.exitcode for w in workers] == [0, 0, 0]
    with Desk(case_folder) as desk:
        told = [(d.reviewer, d.why) for d in desk.standings().all()]
    assert sorted(told) == sorted((f"r{n}", str(i)) for n in range(3) for i in range(20))
    assert verify(case_folder).ok


def decide_and_die(folder: str) -> None:
    desk = Desk(folder)
    accept(desk, toll(desk))
    os._exit(9)


def test_an_acknowledged_decision_outlives_a_killed_process(case_folder: Path) -> None:
    worker = multiprocessing.get_context("spawn").Process(target=decide_and_die, args=(str(case_folder),))
    worker.start()
    worker.join(60)
    assert worker.exitcode == 9
    with Desk(case_folder) as desk:
        assert desk.counts["decisions"] == 1
    assert verify(case_folder).ok


def test_documents_are_read_in_while_the_desk_is_open(desk: Desk, tmp_path: Path) -> None:
    before = desk.counts["incidents"]
    text = "On 4 May 2024 a drone strike killed three people in Kherson, the mayor said."
    (tmp_path / "new.txt").write_text(text, encoding="utf-8")
    field = toll(desk)
    with witnessmark.read(tmp_path / "new.txt", case=desk.path) as case:
        told = len(case.incidents)
    assert told == before + 1
    assert desk.counts["incidents"] == before, "the tables of before are shown"
    accept(desk, field)
    assert desk.newer() is None, "the index is not made yet"
    assert desk.renewal is not None
    desk.renewal.wait(120)
    newer = desk.newer()
    assert newer is not None and newer.tables["incidents"]["rows"] == told
    assert desk.turn() and not desk.turn()
    assert desk.counts["incidents"] == told
    assert desk.standings().at(field.key).state == "reviewed", "what was decided meanwhile counts"
    path = desk.path
    desk.close()
    assert verify(path).ok


def test_computing_anew_keeps_nobody_waiting(desk: Desk) -> None:
    field = toll(desk)
    accept(desk, field, kind="correct", value=Quantity(123, 123, "eq", "123"))
    home = desk.incident_id_of(field.claim)
    renewal = desk.renew()
    assert desk.renew() is renewal, "one at a time"
    number = 0
    while renewal.running:
        accept(desk, field, "bohdan", "comment", why=str(number))
        assert desk.incident(home).row.killed != (123, 123)
        number += 1
    assert number > 3
    renewal.wait()
    assert desk.turn()
    assert desk.incident(home).row.killed == (123, 123)
    assert sum(d.reviewer == "bohdan" for d in desk.standings().all()) == number, "nothing decided meanwhile was lost"
    path = desk.path
    desk.close()
    assert verify(path).ok


def test_a_computation_that_fails_is_told(desk: Desk) -> None:
    (desk.path / "work.sqlite").write_bytes(b"not a database, but long enough to look like one" * 100)
    renewal = desk.renew()
    with pytest.raises(CaseError, match="WM312"):
        renewal.wait(120)
    assert not desk.turn() and desk.listed(Filter())
    killed = desk.renew()
    killed.process.kill()
    with pytest.raises(CaseError, match="WM"):
        killed.wait(120)


def test_an_earlier_revision_shows_its_tables(desk: Desk) -> None:
    field = toll(desk)
    home, before = desk.incident_id_of(field.claim), desk.revision
    was = desk.incident(home)
    accept(desk, field, kind="correct", value=Quantity(123, 123, "eq", "123"))
    accept(desk, field, "bohdan", "comment", why="later")
    assert desk.recompute()
    other = next(r for r in desk.listed(Filter()) if r.identifier != home)
    then = desk.at(before)
    assert then.snapshot != desk.snapshot
    assert then.incident(home) == was
    assert [r.killed for r in then.listed(Filter()) if r.identifier == home] == [was.row.killed]
    assert then.incident(other.identifier) == desk.incident(other.identifier), "what did not change is shown from the present tables"
    assert then.document(other_document := desk.incident(other.identifier).claims[0].document.identifier) == desk.document(other_document)
    assert then.counts == {**desk.counts, "decisions": 0}
    assert desk.at(before + 1).incident(home).row.state == "started"
    assert desk.at(None) is desk and desk.at(desk.revision) is desk
    accept(desk, field, kind="reject")
    assert desk.recompute()
    assert desk.at(before).incident(home) == was, "through two later snapshots"


def test_tables_that_were_not_kept_are_not_made_up(desk: Desk) -> None:
    field = toll(desk)
    before, snapshot = desk.revision, desk.snapshot
    accept(desk, field, kind="correct", value=Quantity(123, 123, "eq", "123"))
    assert desk.recompute()
    (desk.path / "revisions" / f"{snapshot}.sqlite").unlink()
    then = desk.at(before)
    assert then.snapshot == desk.snapshot != desk.snapshot_at(before)
    assert then.incident(desk.incident_id_of(field.claim)).row.state == "unreviewed"


def test_undo_is_for_oneself_and_for_leads(desk: Desk) -> None:
    field = toll(desk)
    position = accept(desk, field)
    with pytest.raises(UsageError, match="WM702"):
        desk.decide("undo", [field.claim], reviewer="bohdan", role="reviewer", undoes=position)
    with pytest.raises(UsageError, match="WM702"):
        desk.decide("undo", [field.claim], reviewer="anna", role="reviewer", undoes=10**6)
    desk.decide("undo", [field.claim], reviewer="bohdan", role="lead", undoes=position)
    assert desk.standings().at(field.key).state == "unreviewed"
    assert desk.standings(position + 1).at(field.key).state == "reviewed", "an older revision shows what was seen then"


def test_what_cannot_be_decided_is_refused(desk: Desk) -> None:
    field = toll(desk)
    with pytest.raises(UsageError, match="WM702"):
        desk.decide("accept", [field.claim], reviewer="anna", role="reader", field="killed")
    with pytest.raises(UsageError, match="WM702"):
        desk.decide("accept", [field.claim], reviewer="anna", role="reviewer", field="killed", mention=Span(0, 1))
    with pytest.raises(UsageError, match="WM001"):
        desk.decide("accept", ["c-none"], reviewer="anna", role="reviewer", field="killed")
    with pytest.raises(UsageError, match="WM702"):
        desk.decide("accept", [field.claim], reviewer="anna", role="reviewer", field="killed", mention=field.mention.span, final=True)
    with pytest.raises(UsageError, match="WM702"):
        desk.decide("same", [field.claim], reviewer="anna", role="reviewer")
    with pytest.raises(UsageError, match="WM702"):
        accept(desk, field, kind="reanchor", span=Span(10**6, 10**6 + 4))
    assert desk.counts["decisions"] == 0


def test_a_correction_reaches_the_tables_and_the_history_tells_it(case_folder: Path) -> None:
    with Desk(case_folder) as desk:
        field = toll(desk)
        before = desk.revision
        accept(desk, field, kind="correct", value=Quantity(123, 123, "eq", "123"))
        home = desk.incident_id_of(field.claim)
        assert desk.recompute()
        row = desk.incident(home).row
        assert row.killed == (123, 123)
        assert row.state == "started"
        found = desk.difference(before, desk.revision)
        assert [s.decision.kind for s in found.steps if s.decision] == ["correct"]
        assert found.changed is not None
        assert [(c.identifier, c.changes[0][0], c.changes[0][2]) for c in found.changed] == [(home, "killed", "123, 123")]
        assert not desk.recompute(), "nothing is left to follow"
    assert verify(case_folder).ok
    with witnessmark.open_case(case_folder) as case:
        assert case.verify().ok


def test_a_disputed_value_is_left_as_the_program_read_it(desk: Desk) -> None:
    field = toll(desk)
    accept(desk, field, "anna", "correct", value=Quantity(123, 123, "eq", "123"))
    accept(desk, field, "bohdan")
    assert not desk.recompute()


def test_the_queue_goes_by_worth_and_leaves_out_what_was_decided(desk: Desk) -> None:
    items = desk.queue(reviewer="anna", size=40)
    assert [i.worth for i in items] == sorted((i.worth for i in items), reverse=True)
    first = next(i for i in items if i.kind == "field")
    field = next(f for f in desk.claim(first.subject).fields if f.key == first.key)
    accept(desk, field)
    assert first.n not in [i.n for i in desk.queue(reviewer="anna", size=40)]
    assert first.n not in [i.n for i in desk.queue(reviewer="bohdan", size=40)]
    assert items[1].n not in [i.n for i in desk.queue(reviewer="anna", size=40, skip=[items[1].n])]


def test_second_reviews_are_blind_and_disputes_wait_for_a_lead(desk: Desk) -> None:
    field = toll(desk)
    accept(desk, field, "anna")
    assert desk.queue(reviewer="anna", mode="second") == []
    (item,) = desk.queue(reviewer="bohdan", mode="second")
    assert item.blind and item.key == field.key
    accept(desk, field, "bohdan", "reject", blind=True)
    (item,) = desk.queue(reviewer="vira", mode="disputed")
    assert item.key == field.key
    desk.decide("accept", [field.claim], reviewer="vira", role="lead", field="killed", mention=field.mention.span, final=True)
    assert desk.queue(reviewer="vira", mode="disputed") == []
    with pytest.raises(UsageError, match="WM004"):
        desk.queue(reviewer="vira", mode="third")


def test_links_mark_their_incidents(desk: Desk) -> None:
    page = next(p for r in desk.listed(Filter()) if len((p := desk.incident(r.identifier)).claims) > 1)
    subjects = [c.record.identifier for c in page.claims[:2]]
    desk.decide("distinct", subjects, reviewer="anna", role="reviewer")
    again = desk.incident(page.record.identifier)
    assert again.row.state == "started"
    assert [d.kind for d in again.links] == ["distinct"]


def test_history_is_newest_first_and_without_captures(desk: Desk) -> None:
    accept(desk, toll(desk))
    steps = desk.history()
    assert [s.position for s in steps] == sorted((s.position for s in steps), reverse=True)
    assert {s.action for s in steps} >= {"create", "manifest", "decision"}
    assert "capture" not in {s.action for s in steps}
    assert desk.history(start=steps[0].position, size=1) == [steps[1]]
    for first, last in ((0, 1), (1, 10**6)):
        with pytest.raises(UsageError, match="WM004"):
            desk.difference(first, last)


def test_the_index_is_made_anew_when_it_is_gone_or_broken(case_folder: Path) -> None:
    told: list[str] = []
    with Desk(case_folder, tell=told.append):
        assert told == []
    (case_folder / "index.sqlite").write_bytes(b"not a database, but long enough to look like one" * 100)
    (case_folder / "seal.json").unlink()
    with Desk(case_folder, tell=told.append) as desk:
        assert told
        assert desk.listed(Filter())
    told.clear()
    os.remove(case_folder / "index.sqlite")
    with Desk(case_folder, tell=told.append):
        assert told


def test_a_folder_without_a_case_is_told(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="WM005"):
        Desk(tmp_path)


def test_pages_are_plain_records(desk: Desk) -> None:
    row = desk.listed(Filter())[0]
    assert dataclasses.asdict(row)["identifier"] == row.identifier
    assert desk.documents()[0].claims > 0
    assert {c.record.identifier for c in desk.contradictions()}


def accept_all(desk: Desk, incident: str, reviewer: str) -> None:
    for claim in desk.incident(incident).claims:
        for field in claim.fields:
            accept(desk, field, reviewer)


def test_an_incident_is_reviewed_when_each_of_its_values_is(desk: Desk) -> None:
    home = desk.incident_id_of(toll(desk).claim)
    accept_all(desk, home, "anna")
    assert desk.incident(home).row.state == "reviewed"
    accept(desk, toll(desk), "bohdan", "reject")
    assert desk.incident(home).row.state == "disputed"


def test_the_two_person_rule_holds_back_the_word_reviewed(case_folder: Path) -> None:
    with Desk(case_folder, two_persons=True) as desk:
        home = desk.incident_id_of(toll(desk).claim)
        accept_all(desk, home, "anna")
        assert desk.incident(home).row.state == "started"
        accept_all(desk, home, "bohdan")
        assert desk.incident(home).row.state == "reviewed"


def test_a_flag_calls_others_not_oneself(desk: Desk) -> None:
    field = toll(desk)
    accept(desk, field, "anna", "flag")
    assert desk.queue(reviewer="anna", mode="second") == []
    assert [i.key for i in desk.queue(reviewer="bohdan", mode="second")] == [field.key]
