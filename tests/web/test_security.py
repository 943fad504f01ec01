"""What stands between the desk and other pages of the same browser."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from witnessmark.desk import Desk, Filter
from witnessmark.web.app import ACTIONS, FORM_BYTES, TRIES, UPLOAD_BYTES, State, make_app
from witnessmark.web.security import HEADERS, Access, local_path

BASE = "http://127.0.0.1:8765"
SAME = {"Origin": BASE, "Sec-Fetch-Site": "same-origin"}
PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def served(case_template: Path) -> Iterator[tuple[TestClient, State]]:
    """One server for all tests of this file that change nothing."""
    app, state = make_app(case_template, access=Access.at("127.0.0.1", 8765), name="anna")
    yield TestClient(app, base_url=BASE, follow_redirects=False), state
    state.close()


@pytest.fixture
def client(served: tuple[TestClient, State]) -> TestClient:
    """A client with the start's token and nothing else."""
    held, state = served
    held.cookies.clear()
    held.get("/", params={"token": state.access.token})
    return held


def test_every_answer_carries_the_headers(client: TestClient) -> None:
    for path in ("/", "/static/desk.css", "/static/none", "/incident/none", "/nothing/at/all", "/login"):
        answer = client.get(path)
        for name, value in HEADERS.items():
            if name != "Cache-Control":
                assert answer.headers[name] == value, (path, name)
    assert client.get("/").headers["Cache-Control"] == "no-store"
    assert "unsafe" not in HEADERS["Content-Security-Policy"]


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example:8765", "127.0.0.1:9999", "localhost", "", "[::1]", "127.1:8765", "0:8765"]
)
def test_names_that_are_not_ours_are_refused(client: TestClient, host: str) -> None:
    """DNS rebinding: a foreign name that points at this machine."""
    assert client.get("/", headers={"Host": host}).status_code == 403


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "[::1]:8765", "LOCALHOST:8765"])
def test_our_own_names_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/keys", headers={"Host": host}).status_code in (200, 403)  # the cookie belongs to one name
    assert "name is not" not in client.get("/keys", headers={"Host": host}).text


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "http://localhost:8765", "Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": BASE, "Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"},
        {"Referer": BASE + "/"},
    ],
)
@pytest.mark.parametrize("path", [*ACTIONS, "/settings", "/logout", "/login"])
def test_forms_of_other_sites_are_refused(client: TestClient, path: str, headers: dict[str, str]) -> None:
    assert client.post(path, data={"kind": "accept"}, headers=headers).status_code == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(client: TestClient, method: str) -> None:
    assert client.request(method, "/", headers=SAME).status_code == 403


def test_reading_never_changes_anything(client: TestClient) -> None:
    for path in {*ACTIONS, "/settings", "/logout"} - {"/sheet"}:  # that is the address of a page as well
        assert client.get(path).status_code == 405


def test_without_the_token_nothing_is_shown(client: TestClient, served: tuple[TestClient, State]) -> None:
    state = served[1]
    stranger = TestClient(client.app, base_url=BASE, follow_redirects=False)
    for path in ("/", "/document/x", "/search?q=killed", "/queue"):
        answer = stranger.get(path)
        assert answer.status_code == 403
        assert "witnessmark desk" in answer.text
    assert stranger.get("/?token=wrong").status_code == 403
    assert stranger.post("/decide", data={"kind": "accept"}, headers=SAME).status_code == 403
    cookie = stranger.get(f"/?token={state.access.token}").headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie


def test_a_sheet_is_taken_whole_or_not_at_all(client: TestClient) -> None:
    def give(data: bytes, **more: Any) -> int:
        return client.post("/sheet", files={"sheet": ("../../etc/x.xlsx", data)}, headers=SAME, **more).status_code

    assert give(b"") == 400 and give(b"PK\x03\x04 no workbook") == 400
    assert client.post("/sheet", data={"sheet": "text"}, headers=SAME).status_code == 400
    assert give(b"x" * UPLOAD_BYTES) == 413
    broken = client.post("/sheet", content=b"--x\r\nnot a form", headers={**SAME, "Content-Type": "multipart/form-data; boundary=x"})
    assert broken.status_code in (400, 413)
    many = {f"f{n}": (f"{n}.xlsx", b"x") for n in range(3)}
    assert client.post("/sheet", files=many, headers=SAME).status_code == 413
    assert client.get("/sheet?plan=../../etc/passwd").status_code == 404
    assert client.post("/sheet/save", data={"plan": "none"}, headers=SAME).status_code == 404


def test_the_sheet_is_a_download_without_formulas(client: TestClient) -> None:
    answer = client.get("/sheet/out")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        cells = b"".join(archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/"))
    assert b"<f>" not in cells and b"<f " not in cells


def test_each_start_has_its_own_token() -> None:
    first, second = Access.at("127.0.0.1", 1), Access.at("127.0.0.1", 1)
    assert first.token != second.token and len(first.token) >= 40
    assert first.token not in repr(first)


def test_large_forms_are_refused(client: TestClient) -> None:
    assert client.post("/decide", data={"why": "x" * (FORM_BYTES + 1)}, headers=SAME).status_code == 413


@pytest.mark.parametrize(
    "path, expected",
    [
        ("/queue?mode=first", "/queue?mode=first"),
        ("//evil.example", "/"),
        ("https://evil.example", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/x\r\nSet-Cookie: a=b", "/"),
        ("", "/"),
    ],
)
def test_forms_lead_to_our_own_pages_only(path: str, expected: str) -> None:
    assert local_path(path) == expected


NAMES = [
    "../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "....//....//etc/passwd", "..\\..\\windows\\win.ini", "desk.css%00.png",
    "/etc/passwd", "C:\\boot.ini", "\\\\server\\share", "con", "aux.txt", "desk.css/", ".", "..", "", "locale", "../templates/base.html.j2", "../app.py",
    "\u202edesk.css", "a" * 4096, "desk.css;.js", "./desk.css", "%c0%ae%c0%ae/etc/passwd", "static/desk.css", "~root/.ssh/id_rsa",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("place", ["/static/{}", "/document/{}", "/document/{}/original", "/incident/{}", "/value/{}/killed/0"])
def test_paths_lead_to_no_file(client: TestClient, place: str, name: str) -> None:
    answer = client.get(place.format(name))
    plain = answer.url.path in ("/", "/static/desk.css")  # the client takes dots out itself
    assert plain or answer.status_code in (303, 307, 400, 404), (place, name)
    assert "root:x" not in answer.text and "import " not in answer.text


def test_the_original_is_a_download_and_never_a_page(client: TestClient, case_template: Path) -> None:
    with Desk(case_template) as desk:
        row = desk.documents()[0]
    answer = client.get(f"/document/{row.identifier}/original")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_no_page_holds_a_script_or_style_of_its_own(client: TestClient, case_template: Path) -> None:
    with Desk(case_template) as desk:
        row = next(r for r in desk.documents() if "<script>" in r.publisher)
    for path in (
        "/",
        "/documents",
        f"/document/{row.identifier}",
        "/search?q=shelling",
        "/queue",
        "/contradictions",
        "/sheet",
        "/job",
        "/patterns",
    ):
        page = client.get(path).text
        assert len(re.findall(r"<script\b", page)) == len(re.findall(r'<script src="/static/[\w.]+\?v=\w+" defer></script>', page))
        assert "<style" not in page and not re.search(r"<[^>]+\sstyle=", page)
        assert not re.search(r"<[a-z][^>]*\son[a-z]+=", page)
        assert not re.search(r'(?:src|href)="(?:https?:)?//', page)


@pytest.fixture
def shared(case_folder: Path) -> Iterator[TestClient]:
    """A client of a desk with accounts, not logged in."""
    with Desk(case_folder) as desk:
        for name, role in (("anna", "reviewer"), ("rosa", "reader"), ("vira", "lead")):
            desk.accounts.add(name, role, PASSWORD)
    app, state = make_app(case_folder, access=Access.at("127.0.0.1", 8765), name="nobody", accounts=True)
    yield TestClient(app, base_url=BASE, follow_redirects=False)
    state.close()


def log_in(client: TestClient, name: str, password: str = PASSWORD) -> int:
    return client.post("/login", data={"name": name, "password": password}, headers=SAME).status_code


def test_accounts_ask_for_a_password(shared: TestClient) -> None:
    assert shared.get("/").headers["location"] == "/login"
    assert log_in(shared, "anna", "wrong password!") == 403
    assert log_in(shared, "nobody") == 403
    assert log_in(shared, "anna") == 303
    assert "anna" in shared.get("/").text
    assert shared.post("/logout", headers=SAME).status_code == 303
    assert shared.get("/").headers["location"] == "/login"


def test_strangers_learn_nothing_of_the_case(shared: TestClient, case_folder: Path) -> None:
    with Desk(case_folder) as desk:
        told = (desk.path.name, f"rev={desk.revision}", f"revision {desk.revision}", desk.listed(Filter())[0].place or "")
    for page in (shared.get("/login"), shared.get("/login?rev=1")):
        body = page.text.partition("<body")[2]
        assert not [words for words in told if words and words in body]
        assert "/queue" not in body and 'id="job"' not in body


def test_guessing_has_to_wait(shared: TestClient) -> None:
    assert [log_in(shared, "anna", f"wrong {n}") for n in range(TRIES)] == [403] * TRIES
    assert log_in(shared, "anna") == 429


def test_roles_do_what_they_may(shared: TestClient, case_folder: Path) -> None:
    form = {"kind": "accept", "subject": "c-none"}
    assert log_in(shared, "rosa") == 303
    assert shared.post("/decide", data=form, headers=SAME).status_code == 400
    assert 'name="kind"' not in shared.get("/queue").text
    for path in ("/recompute", "/turn", "/sheet", "/sheet/save"):
        assert shared.post(path, data={}, headers=SAME).status_code == 400
    assert 'action="/recompute"' not in shared.get("/").text and 'action="/recompute"' not in shared.get("/job").text
    assert shared.post("/accounts", data={"name": "eve", "role": "lead", "password": PASSWORD}, headers=SAME).status_code == 400
    assert log_in(shared, "vira") == 303
    assert shared.post("/accounts", data={"name": "oleh", "role": "reader", "password": PASSWORD}, headers=SAME).status_code == 303
    assert log_in(shared, "oleh") == 303
