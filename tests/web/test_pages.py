"""Every page answers, says what is in the case, and saves what is decided."""

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest
from starlette.routing import Match, Route
from starlette.testclient import TestClient

from witnessmark.desk import Desk, Filter
from witnessmark.ledger.verify import verify
from witnessmark.web.app import PAGES, State

SAME = {"Origin": "http://127.0.0.1:8765", "Sec-Fetch-Site": "same-origin"}


def _site() -> ModuleType:
    spec = importlib.util.spec_from_file_location("desk_site", Path(__file__).with_name("site.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["desk_site"] = module
    spec.loader.exec_module(module)
    return module


site = _site()
addresses = site.addresses


def test_no_page_is_forgotten(case_folder: Path) -> None:
    """The addresses that other tests look at (both languages, accessibility, hostile words) hold one of each page."""
    with Desk(case_folder) as desk:
        found = [address.split("?")[0] for address in addresses(desk).values()]
    for url in PAGES.keys() - site.NO_PAGES:
        route = Route(url, lambda request: None)
        assert any(route.matches({"type": "http", "method": "GET", "path": path})[0] == Match.FULL for path in found), url


def test_every_page_answers_in_both_languages(served: tuple[TestClient, State]) -> None:
    client, state = served
    found = state.thread.submit(lambda: addresses(state.opened())).result()
    for language in ("en", "uk"):
        client.cookies.set("witnessmark-language", language)
        for name, address in found.items():
            answer = client.get(address)
            assert answer.status_code == (404 if name == "error" else 200), name
            assert f'<html lang="{language}"' in answer.text
            assert "<script>window" not in answer.text and "<img src=x" not in answer.text, name


def test_hostile_words_are_shown_as_words(client: TestClient, case_folder: Path) -> None:
    with Desk(case_folder) as desk:
        address = addresses(desk)["document"]
    page = client.get(address).text
    assert "&lt;script&gt;window.pwned=1&lt;/script&gt;" in page
    assert "U+202E" in page and "\u202e" not in page
    assert "{{7*7}}" in page


def test_the_first_page_is_small(client: TestClient) -> None:
    import gzip

    total = 0
    page = client.get("/")
    for address in ["/", *re.findall(r'(?:src|href|data-world)="(/static/[^"]+)"', page.text)]:
        total += len(gzip.compress(client.get(address).content, 5))
    assert total < 200_000


def value_form(desk: Desk) -> dict[str, str]:
    claim = next(c for r in desk.listed(Filter(), order="killed") for c in desk.incident(r.identifier).claims if c.record.killed)
    field = next(f for f in claim.fields if f.field == "killed")
    assert field.mention.span is not None
    return {"subject": field.claim, "field": "killed", "mention": f"{field.mention.span.start}-{field.mention.span.end}"}


def test_decisions_are_saved_and_offered_for_undoing(client: TestClient, case_folder: Path, served: tuple[TestClient, State]) -> None:
    with Desk(case_folder) as desk:
        form = value_form(desk)
    start = form["mention"].split("-")[0]
    address = f"/value/{form['subject']}/killed/{start}"
    answer = client.post("/decide", data={**form, "kind": "accept", "why": "read <b>twice</b>", "back": address}, headers=SAME)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(address + "?saved=")
    page = client.get(answer.headers["location"]).text
    assert "read &lt;b&gt;twice&lt;/b&gt;" in page
    position = re.search(r'name="undoes" value="(\d+)"', page)
    assert position is not None
    undone = client.post("/decide", data={"kind": "undo", "subject": form["subject"], "undoes": position[1], "back": address}, headers=SAME)
    assert undone.status_code == 303
    assert "not reviewed" in client.get(address).text
    assert "not reviewed" not in client.get(f"{address}?rev={int(position[1]) + 1}").text, "the older revision keeps its picture"
    history = client.get("/history").text
    assert history.count("undone") >= 1 and "twice" in history
    served[1].close()
    assert verify(case_folder).ok


def test_values_are_corrected_and_re_anchored(client: TestClient, case_folder: Path) -> None:
    with Desk(case_folder) as desk:
        form = value_form(desk)
        document = desk.claim(form["subject"]).record.document
        words = desk.text(document).split()[0]
    sent = {**form, "kind": "correct", "value": "at least 7", "back": "/"}
    assert client.post("/decide", data=sent, headers=SAME).status_code == 303
    assert client.post("/decide", data={**sent, "value": "many"}, headers=SAME).status_code == 400
    assert client.post("/decide", data={**form, "kind": "reanchor", "words": words}, headers=SAME).status_code == 303
    missing = client.post("/decide", data={**form, "kind": "reanchor", "words": "not in there"}, headers=SAME)
    assert missing.status_code == 400 and "WM702" in missing.text
    told = client.post("/decide", data={**form, "kind": "reject"}, headers={**SAME, "Accept": "application/json"})
    assert told.json()["kind"] == "reject"
    wrong = client.post("/decide", data={**form, "kind": "wish"}, headers={**SAME, "Accept": "application/json"})
    assert wrong.status_code == 400 and wrong.json()["code"] == "WM702"


def test_the_queue_leads_on(client: TestClient) -> None:
    page = client.get("/queue").text
    item = re.search(r'name="item" value="(\d+)"', page)
    subjects = re.findall(r'name="subject" value="([^"]+)"', page)
    assert item is not None and subjects
    hidden = dict(re.findall(r'name="(field|mention)" value="([^"]*)"', page))
    sent = {**hidden, "kind": "accept", "subject": subjects[0], "item": item[1], "mode": "first", "skip": "", "back": "/queue"}
    answer = client.post("/decide", data=sent, headers=SAME)
    assert answer.headers["location"].startswith("/queue?mode=first&saved=")
    following = re.search(r'name="item" value="(\d+)"', client.get(answer.headers["location"]).text)
    assert following is not None and following[1] != item[1]
    later = client.post("/decide", data={**sent, "kind": "flag", "item": following[1]}, headers=SAME)
    assert f"skip={following[1]}" in later.headers["location"]


def test_merging_and_splitting_go_by_claims(client: TestClient, case_folder: Path) -> None:
    with Desk(case_folder) as desk:
        pages = [desk.incident(r.identifier) for r in desk.listed(Filter())]
    merged = max(pages, key=lambda p: len(p.claims))
    other = next(p for p in pages if len(p.claims) == 1)
    own = [c.record.identifier for c in merged.claims]
    assert client.post("/decide", data={"kind": "split", "subject": own[0], "back": "/"}, headers=SAME).status_code == 303
    assert (
        client.post(
            "/decide", data={"kind": "merge", "subject": own[0], "other": other.record.identifier, "back": "/"}, headers=SAME
        ).status_code
        == 303
    )
    assert client.post("/decide", data={"kind": "merge", "subject": own[0], "other": "i-none"}, headers=SAME).status_code == 404
    page = client.get(f"/incident/{merged.record.identifier}").text
    assert "distinct incidents" in page and "same incident" in page


def test_links_lead_to_records(client: TestClient, case_folder: Path) -> None:
    with Desk(case_folder) as desk:
        row = desk.listed(Filter())[0]
        claim = desk.incident(row.identifier).claims[0].record.identifier
    assert client.get(f"/i/{row.n}").headers["location"] == f"/incident/{row.identifier}"
    assert client.get("/i/99999999").status_code == 404
    assert client.get(f"/search?q={row.identifier[:9]}").headers["location"] == f"/incident/{row.identifier}"
    assert client.get(f"/search?q={claim}").headers["location"] == f"/incident/{row.identifier}#{claim}"


@pytest.mark.parametrize(
    "query", ["?rev=0", "?rev=x", "?rev=999999999", "?from=never&to=2024-99-99&view=a,b&page=-1&order=no&lane=no&act=%00", "?view=1,2,3"]
)
def test_addresses_that_make_no_sense_are_told_or_passed_over(client: TestClient, query: str) -> None:
    assert client.get("/" + query).status_code in (200, 400)


def test_settings_stay_in_cookies(client: TestClient) -> None:
    for name, value in (("language", "uk"), ("theme", "dark"), ("keys", "off")):
        answer = client.post("/settings", data={name: value, "back": "/keys"}, headers=SAME)
        assert answer.status_code == 303 and f"witnessmark-{name}={value}" in answer.headers["set-cookie"]
    assert 'lang="uk" data-theme="dark" data-keys="off"' in client.get("/keys").text
    assert "set-cookie" not in client.post("/settings", data={"theme": "pink"}, headers=SAME).headers


def test_places_are_offered_by_name(client: TestClient) -> None:
    found = client.get("/places?name=Pokrovsk").json()
    assert len(found) > 1 and all("#" in value for value, _ in found)


def computed(client: TestClient, state: State) -> str:
    """The first page once computing anew has ended."""
    assert client.post("/recompute", data={"back": "/"}, headers=SAME).status_code == 303
    running = state.thread.submit(lambda: state.opened().renewal).result()
    assert running is not None and "data-running" in client.get("/job").text
    running.wait(120)
    return client.get("/").text


def test_tables_are_computed_anew_while_pages_are_answered(client: TestClient, case_folder: Path, served: tuple[TestClient, State]) -> None:
    with Desk(case_folder) as desk:
        form = value_form(desk)
        before = desk.revision
        home = desk.incident_id_of(form["subject"])
    client.post("/decide", data={**form, "kind": "correct", "value": "321"}, headers=SAME)
    page = computed(client, served[1])
    assert "Newer tables are ready" in page and 'action="/turn"' in page
    assert ">321<" not in client.get("/?order=killed").text, "nothing changes under the reader's hands"
    assert client.post("/turn", data={"back": "/"}, headers=SAME).status_code == 303
    page = client.get("/?order=killed").text
    assert ">321<" in page and "Newer tables" not in page
    assert "computed the tables" in client.get("/history").text
    past = client.get(f"/?order=killed&rev={before}").text
    assert ">321<" not in past and f"stood at revision {before}" in past
    assert f'href="/incident/{home}?rev={before}"' in past, "links stay in the revision"
    then = client.get(f"/incident/{home}?rev={before}").text
    assert 'action="/decide"' not in then and ">321<" not in then
    assert f'data-now href="/incident/{home}"' in then, "one link leads out of the revision"
    assert f'href="/patterns?rev={before}"' in then and f'href="/queue?rev={before}"' in then, "the others stay, and say what they show"
    assert client.get(f"/i/0?rev={before}").headers["location"].endswith(f"?rev={before}")
    assert "nothing changed" in computed(client, served[1])
    assert "nothing changed" not in client.get("/").text, "told once"


def test_pages_of_a_revision_show_it_or_say_that_they_do_not(
    client: TestClient, case_folder: Path, served: tuple[TestClient, State]
) -> None:
    with Desk(case_folder) as desk:
        form, before = value_form(desk), desk.revision
    client.post("/decide", data={**form, "kind": "correct", "value": "321", "why": "zealously"}, headers=SAME)
    for language, told in (("en", "stood at revision"), ("uk", "вони були на ревізії")):
        client.cookies.set("witnessmark-language", language)
        for page in ("patterns", "review", "history", "search?q=killed", "documents", "contradictions"):
            text = client.get(f"/{page}{'&' if '?' in page else '?'}rev={before}").text
            assert told in text and "zealously" not in text, page
    assert "zealously" in client.get("/review").text
    client.cookies.set("witnessmark-language", "en")
    assert "shows the newest state" in client.get(f"/queue?rev={before}").text
    computed(client, served[1])
    client.post("/turn", data={"back": "/"}, headers=SAME)
    told_then = f"stood at revision {before}"
    then = client.get(f"/search?q=killed&rev={before}").text
    assert told_then in then and f"?rev={before}" in then, "the search is of its revision, too, when the tables are others"
    chart = re.search(r'src="(/pattern/\d+/chart\?rev=\d+)"', client.get(f"/patterns?rev={before}").text)
    assert chart is None or client.get(chart[1]).status_code == 200


def test_readings_that_were_considered_can_be_taken(client: TestClient, case_folder: Path) -> None:
    with Desk(case_folder) as desk:
        fields = [f for r in desk.listed(Filter()) for c in desk.incident(r.identifier).claims for f in c.fields]
    field = next(f for f in fields if f.field == "act" and len(f.mention.candidates) > 1 and f.mention.span)
    start = field.mention.span.start if field.mention.span else 0
    page = client.get(f"/value/{field.claim}/act/{start}").text
    other = next(c.label for c in field.mention.candidates if c.label != field.mention.value)
    assert f'name="value" value="{other}"' in page and 'data-key="2"' in page


def test_the_link_in_the_footer_keeps_the_page_and_names_the_revision(client: TestClient) -> None:
    page = client.get("/?act=strike.air").text
    link = re.search(r'id="permalink" href="([^"]+)"', page)
    assert link is not None and "act=strike.air" in link[1] and "rev=" in link[1]
    assert 'class="bar" role="status"' not in client.get(link[1].replace("&amp;", "&")).text, "nothing newer exists yet"
    assert "tables of revision 1 were not kept" in client.get("/?rev=1").text
    assert "made at revision 1" in client.get("/queue?rev=1").text
