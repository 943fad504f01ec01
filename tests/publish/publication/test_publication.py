"""A publication as a whole: complete, the same on every run, checked by its own verifier, replaced as a whole."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from witnessmark.errors import UsageError
from witnessmark.publish.publication import compare, publish
from witnessmark.publish.redaction import PublicView, RestrictedView, load_policy, parse_policy, redact
from witnessmark.publish.view import CaseView, Review

LATER = dt.date(2026, 1, 1)
SLOW_PARTS = ["pdf", "figures"]


def shared(view: CaseView, policy: str = "") -> PublicView | RestrictedView:
    """``view``, redacted long after."""
    return redact(view, parse_policy(policy, "p") if policy else load_policy(), as_of=LATER)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.slow
def test_two_runs_give_the_same_bytes_and_the_verifier_agrees(view: CaseView, tmp_path: Path) -> None:
    publish(shared(view), tmp_path / "a")
    publish(shared(view), tmp_path / "b")
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    run = subprocess.run(
        [sys.executable, str(tmp_path / "a" / "verify.py"), str(tmp_path / "a")], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0 and run.stdout.startswith("OK"), run.stdout


def test_a_changed_byte_is_found(view: CaseView, tmp_path: Path) -> None:
    publish(shared(view), tmp_path / "a", without=SLOW_PARTS)
    file = tmp_path / "a" / "schemes" / "acled.csv"
    file.write_bytes(file.read_bytes().replace(b"20", b"21", 1))
    run = subprocess.run(
        [sys.executable, str(tmp_path / "a" / "verify.py"), str(tmp_path / "a")], capture_output=True, text=True, check=False
    )
    assert run.returncode == 1 and "schemes/acled.csv" in run.stdout


def test_every_file_says_for_whom_it_is_and_that_nobody_reviewed_it(view: CaseView, tmp_path: Path) -> None:
    publish(shared(view), tmp_path / "a", without=SLOW_PARTS)
    files = contents(tmp_path / "a")
    manifest = json.loads(files["manifest.json"])
    assert manifest["policy"]["sha256"] == load_policy().digest and manifest["audience"] == "public" and manifest["as_of"] == "2026-01-01"
    for name in (
        "incidents.csv",
        "incidents.jsonl",
        "incidents.geojson",
        "incidents.kml",
        "README.md",
        "report/report.en.html",
        "site/index.html",
    ):
        assert b"machine-read, not reviewed" in files[name], name
    assert load_policy().digest.encode() in files["README.md"] and load_policy().digest.encode() in files["report/report.uk.html"]


def test_an_earlier_publication_is_replaced_and_nothing_else_is(view: CaseView, tmp_path: Path) -> None:
    target = tmp_path / "a"
    publish(shared(view), target, without=SLOW_PARTS)
    publish(shared(view), target, without=[*SLOW_PARTS, "site"])
    assert not (target / "site").exists() and not (tmp_path / "a.partial").exists()
    (target / "mine.txt").write_text("keep", encoding="utf-8")
    with pytest.raises(UsageError, match="WM605"):
        publish(shared(view), target, without=SLOW_PARTS)
    assert (target / "mine.txt").exists()


def test_an_unknown_part_is_refused(view: CaseView, tmp_path: Path) -> None:
    for part in ("pfd", "data"):
        with pytest.raises(UsageError, match="WM607"):
            publish(shared(view), tmp_path / "a", without=[part])
    assert not (tmp_path / "a").exists()


def test_the_datapackage_describes_every_csv_by_its_header(view: CaseView, tmp_path: Path) -> None:
    publish(shared(view), tmp_path / "a", without=SLOW_PARTS)
    package = json.loads((tmp_path / "a" / "datapackage.json").read_bytes())
    listed = {r["path"]: r for r in package["resources"]}
    assert set(listed) == {p.relative_to(tmp_path / "a").as_posix() for p in (tmp_path / "a").rglob("*.csv")}
    for path, resource in listed.items():
        header = (tmp_path / "a" / path).read_text(encoding="utf-8-sig").splitlines()[0]
        assert header == ",".join(f["name"] for f in resource["schema"]["fields"]), path


def test_nothing_changed_nothing_told(view: CaseView, tmp_path: Path) -> None:
    for name in "ab":
        publish(shared(view), tmp_path / name, without=[*SLOW_PARTS, "site"])
    found = compare(tmp_path / "a", tmp_path / "b")
    assert found.changes == () and found.totals == ()


def test_a_change_names_the_decision_that_caused_it(view: CaseView, tmp_path: Path) -> None:
    publish(shared(view), tmp_path / "a", without=[*SLOW_PARTS, "site"])
    first = view.incidents[0]
    decided = replace(
        view,
        incidents=(replace(first, act="strike.drone"), *view.incidents[1:]),
        reviews={first.identifier: Review(reviewed=True, decisions=(12, 15))},
    )
    publish(shared(decided), tmp_path / "b", without=[*SLOW_PARTS, "site"])
    (change,) = compare(tmp_path / "a", tmp_path / "b").changes
    assert change.kind == "changed" and change.cause == "decision #12, #15"
    assert {f for f, _, _ in change.fields} == {"act", "review"}


def test_added_removed_merged_and_policy(view: CaseView, tmp_path: Path) -> None:
    publish(shared(view), tmp_path / "a", without=[*SLOW_PARTS, "site"])
    first, second, *rest = view.incidents
    merged = replace(first, claims=(*first.claims, *second.claims), former=(second.identifier,))
    publish(shared(replace(view, incidents=(merged, *rest))), tmp_path / "b", without=[*SLOW_PARTS, "site"])
    found = compare(tmp_path / "a", tmp_path / "b")
    (gone,) = found.of("removed")
    assert gone.cause.startswith("merged into ")
    assert found.of("changed")[0].cause == "sources added, removed or read again"
    (back,) = compare(tmp_path / "b", tmp_path / "a").of("added")
    assert back.cause.startswith("split from ")
    publish(
        shared(view, '[places]\nsensitive = ["residential", "health", "education", "humanitarian", "water", "energy"]'),
        tmp_path / "c",
        without=[*SLOW_PARTS, "site"],
    )
    other = compare(tmp_path / "a", tmp_path / "c")
    assert other.changes and {c.cause for c in other.changes} == {"another policy"} and any(n == "policy" for n, _, _ in other.totals)


def test_what_is_no_publication_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="WM606"):
        compare(tmp_path, tmp_path)
