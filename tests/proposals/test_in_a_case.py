"""A case that is read with a language model: totals, records, resuming, what leaves the machine and what is kept of it."""

from __future__ import annotations

import dataclasses
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

import witnessmark
from witnessmark.cli import run
from witnessmark.errors import UsageError
from witnessmark.ledger import Ledger
from witnessmark.pipeline import OUTCOMES

SENTENCE = "Shelling killed {n} people at a market in Kharkiv on {n} June 2020, doctors said."
KEY = "sk-canary-4711"


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    root = tmp_path / "in"
    root.mkdir()
    for n in range(3, 8):
        (root / f"{n}.txt").write_text(f"Shells hit a market\n\n{SENTENCE.format(n=n)}\n", encoding="utf-8")
    (root / "empty.txt").write_bytes(b"")
    (root / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    return root


@pytest.fixture
def obliging(server):
    """Proposes the toll of each document, and one that it does not tell."""

    def script(asked):
        text = server.sent(asked)
        n = next(n for n in range(3, 8) if f"killed {n} people" in text)
        return server.reply(server.incidents(server.entry(SENTENCE.format(n=n), act="Shelling", killed=f"{n} people", injured="90 people")))

    server.script = script
    return server


def tables(case: witnessmark.Case) -> list[tuple]:
    return sorted(case.query("SELECT document, field, start, rule, value FROM mentions"))


def asks(case: Path) -> list[dict]:
    with Ledger(case / "ledger.sqlite", tool_version="test", read_only=True) as ledger:
        return [payload for _, payload in ledger.payloads("ask")]


def adds_up(case: witnessmark.Case, inputs: Path) -> bool:
    return case.totals["inputs"] == sum(case.totals[o] for o in OUTCOMES) == len(list(inputs.iterdir()))


def test_a_case_says_who_proposed_what(obliging, inputs: Path, tmp_path: Path) -> None:
    model = obliging.model()
    with witnessmark.read(inputs, case=tmp_path / "case", model=model) as case:
        assert adds_up(case, inputs)
        assert case.totals["read"] == 5
        assert {c.killed.rule.endswith("+llm") for c in case.claims} == {True}
        assert {c.injured for c in case.claims} == {None}
        assert sorted(p.code for p in case.problems if p.code.startswith("WM22")) == ["WM225"] * 5
        assert case.verify().findings == []
        assert case.why(case.claims[0].identifier, "killed")[0].rule.endswith("+llm")
    manifest = json.loads((tmp_path / "case" / "manifest.json").read_text())
    assert [(p["name"], p["version"]) for p in manifest["producers"][1:-1]] == [("llm.loopback", "scripted")]
    assert len(obliging.asked) == 5
    (note,) = asks(tmp_path / "case")
    assert {k: note[k] for k in ("model", "endpoint", "documents")} == {"model": "scripted", "endpoint": "loopback", "documents": 5 + 1}


def test_one_document_goes_out_at_a_time_and_nothing_else(obliging, inputs: Path, tmp_path: Path) -> None:
    witnessmark.read(inputs, case=tmp_path / "case", model=obliging.model(), publisher="The Secret Gazette").close()
    for asked in obliging.asked:
        body = json.dumps(asked)
        assert sum(f"killed {n} people" in body for n in range(3, 8)) == 1
        for kept in ("Secret Gazette", str(tmp_path), ".txt", "witnessmark"):
            assert kept not in body


def test_with_workers_it_is_the_same(obliging, inputs: Path, tmp_path: Path) -> None:
    one = witnessmark.read(inputs, case=tmp_path / "a", model=obliging.model())
    two = witnessmark.read(inputs, case=tmp_path / "b", model=obliging.model(), workers=2)
    with one, two:
        assert tables(one) == tables(two)
        assert one.snapshot == two.snapshot


def test_the_same_again_asks_nothing(obliging, inputs: Path, tmp_path: Path) -> None:
    with witnessmark.read(inputs, case=tmp_path / "case", model=obliging.model()) as first:
        before = first.snapshot
    with witnessmark.read(inputs, case=tmp_path / "case", model=obliging.model()) as again:
        assert again.snapshot == before
    assert len(obliging.asked) == 5
    assert len(asks(tmp_path / "case")) == 1


def test_another_model_or_setting_asks_anew(obliging, inputs: Path, tmp_path: Path) -> None:
    for asked, changed in ((5, {}), (10, {"seed": 2}), (15, {"seed": 3})):
        witnessmark.read(inputs, case=tmp_path / "case", model=obliging.model(**changed)).close()
        assert len(obliging.asked) == asked


def test_the_rules_alone_read_as_if_nobody_had_been_asked_and_answers_are_spared(obliging, inputs: Path, tmp_path: Path) -> None:
    with witnessmark.read(inputs, case=tmp_path / "plain") as plain:
        expected = tables(plain)
        assert not any("llm" in row[3] for row in expected)
    with witnessmark.read(inputs, case=tmp_path / "case", model=obliging.model()) as asked:
        proposed = tables(asked)
    with witnessmark.read([], case=tmp_path / "case", rules_only=True) as rules:
        assert tables(rules) == expected
    with witnessmark.read([], case=tmp_path / "case", model=obliging.model()) as asked:
        assert tables(asked) == proposed
    assert len(obliging.asked) == 5


def test_what_was_proposed_stays_when_the_case_goes_on_without_the_model(obliging, inputs: Path, tmp_path: Path) -> None:
    with witnessmark.read(inputs, case=tmp_path / "case", model=obliging.model()) as asked:
        before, snapshot = tables(asked), asked.snapshot
    with witnessmark.read([], case=tmp_path / "case") as again:  # as the desk does after a decision
        assert (tables(again), again.snapshot) == (before, snapshot)
    (inputs / "new.txt").write_text(f"Shells hit a school\n\n{SENTENCE.format(n=6).replace('market', 'school')}\n", encoding="utf-8")
    with witnessmark.read(inputs, case=tmp_path / "case") as more:
        assert adds_up(more, inputs)
        assert set(before) <= set(tables(more))
        assert [(Path(p.origin).name, p.code) for p in more.problems if p.code == "WM229"] == [("new.txt", "WM229")]
        assert more.totals["partial"] == 1
    assert len(obliging.asked) == 5
    with witnessmark.read([], case=tmp_path / "case", model=obliging.model()) as asked:
        assert asked.totals["partial"] == 0
    assert len(obliging.asked) == 6


@pytest.mark.parametrize(
    ("reply", "code", "again"),
    [
        ({"words": "no JSON"}, "WM223", False),
        ({"words": '{"incidents": [{"killed": 3}]}'}, "WM223", False),
        ({"words": '{"incidents": [', "reason": "length"}, "WM223", False),
        ({"words": "x" * 300_000}, "WM223", False),
        ({"raw": b"x" * 2_100_000}, "WM223", False),
        ({"words": "", "refusal": "I cannot help with violence"}, "WM224", False),
        ({"status": 500}, "WM222", True),
        ({"status": 429}, "WM222", True),
        ({"status": 403}, "WM222", False),
        ({"status": 307, "headers": {"Location": "http://127.0.0.1:9/"}}, "WM222", False),
        ({"hang_up": True}, "WM222", True),
        ({"words": "{}", "wait": 1.5}, "WM221", True),
    ],
)
def test_whatever_the_server_does_the_rules_reading_is_kept(server, inputs: Path, tmp_path: Path, reply, code: str, again: bool) -> None:
    server.script = lambda _: server.reply(**reply)
    model = server.model(seconds=0.5 if "wait" in reply else 20.0, retries=1)
    with witnessmark.read(inputs / "3.txt", case=tmp_path / "case", model=model) as case:
        assert case.totals["partial"] == case.totals["inputs"] == 1
        assert [p.code for p in case.problems] == [code]
        assert case.documents[0].status == "partial"
        assert [c.killed.value.point for c in case.claims] == [3]
        assert case.verify().findings == []
    count = len(server.asked)
    witnessmark.read([], case=tmp_path / "case", model=model).close()
    assert (len(server.asked) > count) == again  # what was only away is asked again, what answered badly is not


def test_a_server_that_was_away_is_asked_again_and_a_good_answer_stays(obliging, inputs: Path, tmp_path: Path) -> None:
    good, obliging.script = obliging.script, lambda _: obliging.reply(status=503)
    model = obliging.model(retries=0)
    with witnessmark.read(inputs, case=tmp_path / "case", model=model) as case:
        assert adds_up(case, inputs)
        assert case.totals["partial"] == 5
    obliging.script = good
    with witnessmark.read([], case=tmp_path / "case", model=model) as case:
        assert case.totals["read"] == 5
        assert {c.killed.rule.endswith("+llm") for c in case.claims} == {True}
    count = len(obliging.asked)
    witnessmark.read([], case=tmp_path / "case", model=model).close()
    assert len(obliging.asked) == count


@pytest.mark.slow
def test_a_killed_run_goes_on_where_it_was(obliging, inputs: Path, tmp_path: Path) -> None:
    good = obliging.script

    def slow_after_two(asked):
        if len(obliging.asked) > 2:
            time.sleep(20)
        return good(asked)

    obliging.script = slow_after_two
    code = (
        "import sys, witnessmark\n"
        f"witnessmark.read(sys.argv[1], case=sys.argv[2], model=witnessmark.LanguageModel({obliging.url!r}, 'scripted', seconds=20.0)).close()"
    )
    child = subprocess.Popen([sys.executable, "-c", code, str(inputs), str(tmp_path / "case")])
    until = time.monotonic() + 60
    while len(obliging.asked) < 3 and time.monotonic() < until:
        time.sleep(0.05)
    child.send_signal(signal.SIGKILL)
    child.wait()
    obliging.script = good
    with witnessmark.read(inputs, case=tmp_path / "case", model=obliging.model()) as case:
        assert adds_up(case, inputs)
        assert {c.killed.rule.endswith("+llm") for c in case.claims} == {True}
        with witnessmark.read(inputs, case=tmp_path / "clean", model=obliging.model()) as clean:
            assert clean.snapshot == case.snapshot
    assert len(obliging.asked) == 3 + 3 + 5  # two answers were kept, the one under way was asked again
    assert len(asks(tmp_path / "case")) == 2


def test_the_key_is_nowhere(obliging, inputs: Path, tmp_path: Path, monkeypatch, capfd) -> None:
    monkeypatch.setenv("MODEL_KEY", KEY)
    case = tmp_path / "case"
    options = ["--case", str(case), "--reader", "llm", "--llm-url", obliging.url, "--llm-model", "scripted", "--llm-key-env", "MODEL_KEY"]
    assert run(["read", str(inputs), *options]) == 0
    obliging.script = lambda _: obliging.reply(raw=f"bad key {KEY}".encode(), status=401)
    assert run(["read", str(inputs), *options, "--llm-window", "600"]) == 0
    witnessmark.open_case(case).export(tmp_path / "export")
    assert obliging.headers[0]["Authorization"] == f"Bearer {KEY}"
    said = capfd.readouterr()
    assert KEY not in said.out + said.err
    for path in [*case.rglob("*"), *(tmp_path / "export").rglob("*")]:
        if path.is_file():
            assert KEY.encode() not in path.read_bytes(), path
    with sqlite3.connect(case / "work.sqlite") as database:
        assert KEY not in str(database.execute("SELECT * FROM inputs").fetchall())


def test_another_machine_is_asked_only_with_leave(inputs: Path, tmp_path: Path, capsys) -> None:
    remote = witnessmark.LanguageModel("https://model.example.org/v1", "big")
    with pytest.raises(UsageError, match="WM038.*--allow-network"):
        witnessmark.read(inputs, case=tmp_path / "case", model=remote)
    assert not (tmp_path / "case").exists()
    asked = ["--reader", "llm", "--llm-url", "https://model.example.org/v1", "--llm-model", "big"]
    assert run(["read", str(inputs), "--case", str(tmp_path / "case"), *asked]) == 2
    assert "WM038" in capsys.readouterr().err
    assert not (tmp_path / "case").exists()


def test_the_warning_names_what_leaves_and_where_it_goes(inputs: Path, tmp_path: Path, capsys, monkeypatch) -> None:
    from witnessmark.proposals import client

    def no_connection(*_: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(client, "connect", no_connection)
    asked = ["--reader", "llm", "--llm-url", "https://model.example.org/v1", "--llm-model", "big", "--allow-network"]
    assert run(["read", str(inputs), "--case", str(tmp_path / "case"), *asked]) == 0
    assert "readable text of every document goes to model.example.org (model big)" in capsys.readouterr().err
    (note,) = asks(tmp_path / "case")
    assert (note["endpoint"], note["host"]) == ("remote", "model.example.org")
    with witnessmark.open_case(tmp_path / "case") as case:
        assert case.totals["partial"] == 5 and adds_up(case, inputs)
        assert {p.code for p in case.problems} >= {"WM220"}


@pytest.mark.parametrize("options", [["--llm-window", "900"], ["--reader", "llm"], ["--reader", "llm", "--llm-url", "http://127.0.0.1"]])
def test_half_a_call_is_a_wrong_call(options, inputs: Path, monkeypatch) -> None:
    for name in ("WITNESSMARK_LLM_URL", "WITNESSMARK_LLM_MODEL"):
        monkeypatch.delenv(name, raising=False)
    assert run(["read", str(inputs), *options]) == 2


def test_hidden_text_is_never_sent(server, tmp_path: Path) -> None:
    page = (
        "<html><head><title>Shells hit a market</title></head><body><article><h1>Shells hit a market</h1>"
        f"<p>{SENTENCE.format(n=4)} The market had opened at dawn and was full of people.</p>"
        '<p style="display:none">Secret words: 700 people were killed in Lviv.</p><!-- Secret comment -->'
        '<p><span style="font-size:0">Secret size</span>Firefighters worked until the evening of the next day.</p></article></body></html>'
    )
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    server.answers(server.entry("", killed="700 people", place="Lviv", perpetrator="Secret words"))
    with witnessmark.read(tmp_path / "page.html", model=server.model()) as case:
        assert case.documents and case.claims
        assert not any("llm" in m[3] for m in tables(case))
    assert len(server.asked) == 1
    assert "killed 4 people" in server.sent(server.asked[0])
    assert "Secret" not in json.dumps(server.asked)


def test_asking_costs_nothing_when_nobody_asks(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE.format(n=3), encoding="utf-8")
    code = (
        "import sys, witnessmark\n"
        "assert 'witnessmark.proposals' not in sys.modules\n"
        "witnessmark.read(sys.argv[1]).close()\n"
        "assert not [m for m in sys.modules if m.startswith('witnessmark.proposals')]\n"
        "import witnessmark.cli.read\n"
        "assert not [m for m in sys.modules if m.startswith('witnessmark.proposals')]\n"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "a.txt")], check=True, env={**os.environ, "OMP_NUM_THREADS": "1"})


HIT = "Gunmen attacked a market in Kharkiv with a mortar on 3 June 2020, killing three people, doctors said."


@pytest.fixture
def proposed(server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A case with a weapon that a language model proposes; the rules do as if they did not know the word."""
    import witnessmark.proposals as package

    asked = package.propose

    def forgetful(reading, claims, model):
        bare = tuple(dataclasses.replace(c, munitions=()) for c in claims.incidents)
        return asked(reading, dataclasses.replace(claims, incidents=bare), model)

    monkeypatch.setattr(package, "propose", forgetful)
    (tmp_path / "story.txt").write_text(f"An attack on a market\n\n{HIT}\n", encoding="utf-8")
    server.answers(server.entry(HIT, act="attacked", killed="three people", munitions=["mortar"]))
    with witnessmark.read(tmp_path / "story.txt", case=tmp_path / "case", model=server.model()) as case:
        assert [[m.proposed for m in c.munitions] for c in case.claims] == [[True]]
    return tmp_path / "case"


@pytest.mark.parametrize(("language", "badge"), [("en", "language model"), ("uk", "мовна модель")])
def test_every_page_with_a_proposed_value_says_so(proposed: Path, language: str, badge: str) -> None:
    from starlette.testclient import TestClient

    from witnessmark.web.app import make_app
    from witnessmark.web.security import Access

    app, state = make_app(proposed, access=Access.at("127.0.0.1", 8765), name="anna")
    client = TestClient(app, base_url="http://127.0.0.1:8765", cookies={"witnessmark-language": language})
    client.get("/", params={"token": state.access.token})
    desk = witnessmark.Desk(proposed)
    (row,) = desk.listed(witnessmark.Filter())
    claim = desk.incident(row.identifier).claims[0]
    weapon = next(f for f in claim.fields if f.field == "munitions")
    desk.close()
    for page in (
        f"/incident/{row.identifier}",
        f"/document/{weapon.document}",
        f"/value/{weapon.claim}/munitions/{weapon.mention.span.start}",
        "/queue",
    ):
        assert f">{badge}</span>" in client.get(page).text, page
    assert 'class="word proposed"' in client.get(f"/document/{weapon.document}").text
    state.close()


def test_a_publication_says_which_values_were_proposed(proposed: Path, tmp_path: Path) -> None:
    with witnessmark.open_case(proposed) as case:
        case.publish(tmp_path / "out", without=("pdf", "figures"))
        case.export(tmp_path / "house")
    incidents = (tmp_path / "out/incidents.csv").read_text(encoding="utf-8")
    assert "machine-read, not reviewed; some values proposed by a language model" in incidents
    assert "munitions" in incidents.splitlines()[-1] and "language_model" in incidents
    assert "llm:" in (tmp_path / "out/values.csv").read_text(encoding="utf-8")
    for name, words in (("report.en.html", "Proposed by a language model"), ("report.uk.html", "Запропонувала мовна модель")):
        assert words in next((tmp_path / "out").rglob(name)).read_text(encoding="utf-8")
    schemes = [p for p in (tmp_path / "out/schemes").rglob("*.csv") if "losses" not in p.name]
    assert sum("proposed by a language model" in p.read_text(encoding="utf-8") for p in schemes) >= 3
    assert ">language model</span>" in (tmp_path / "house/report.html").read_text(encoding="utf-8")
