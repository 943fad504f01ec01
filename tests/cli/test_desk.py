"""``witnessmark desk``: starts, answers, stops, and leaves the case sealed."""

import http.client
import importlib.util
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from witnessmark.cli import group
from witnessmark.desk import Desk
from witnessmark.errors import UsageError
from witnessmark.ledger.verify import verify

RUN = [sys.executable, "-c", "import sys; from witnessmark.cli import main; main(sys.argv[1:])", "desk"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals differ")
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_the_desk_answers_until_it_is_stopped(case_folder: Path, ending: signal.Signals) -> None:
    process = subprocess.Popen([*RUN, str(case_folder), "--port", "0", "--as", "anna"], stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    address = next(found for line in process.stderr if (found := re.search(r"http://127\.0\.0\.1:(\d+)(/\?token=\S+)", line)))
    connection = http.client.HTTPConnection("127.0.0.1", int(address[1]), timeout=30)
    connection.request("GET", address[2])
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 303
    connection.request("GET", "/", headers={"Cookie": (answer.getheader("set-cookie") or "").split(";")[0]})
    page = connection.getresponse()
    assert page.status == 200 and "anna" in page.read().decode()
    connection.close()
    process.send_signal(ending)
    assert process.wait(30) == 0
    process.stderr.close()
    assert verify(case_folder).ok


def test_elsewhere_than_on_loopback_needs_accounts(case_folder: Path) -> None:
    found = CliRunner().invoke(group, ["desk", str(case_folder), "--host", "0.0.0.0", "--port", "0"])
    assert isinstance(found.exception, UsageError) and found.exception.code == "WM704"


def test_a_port_that_is_taken_is_told(case_folder: Path) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        found = CliRunner().invoke(group, ["desk", str(case_folder), "--port", str(taken.getsockname()[1])])
    assert isinstance(found.exception, UsageError) and found.exception.code == "WM708"


def test_accounts_are_made_from_the_command_line(case_folder: Path) -> None:
    typed = "correct horse battery\n" * 2
    found = CliRunner().invoke(group, ["desk", str(case_folder), "--add-account", "anna", "--role", "reviewer"], input=typed)
    assert found.exit_code == 0 and "anna: reviewer" in found.output
    with Desk(case_folder) as desk:
        assert desk.accounts.check("anna", "correct horse battery").role == "reviewer"


def test_without_the_extra_it_says_what_to_install(case_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "uvicorn" else real(name))
    found = CliRunner().invoke(group, ["desk", str(case_folder)])
    assert isinstance(found.exception, UsageError)
    assert found.exception.code == "WM701" and "uvicorn" in str(found.exception) and "witnessmark[web]" in str(found.exception)
