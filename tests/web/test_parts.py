"""Long documents in parts."""

import re
from pathlib import Path

import pytest
from markupsafe import Markup
from starlette.testclient import TestClient

import witnessmark
from witnessmark.desk import Desk, Filter, reading
from witnessmark.desk.pages import Section
from witnessmark.web.language import Words
from witnessmark.web.marking import field_items


@pytest.fixture
def long(case_folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Address of a document of several parts."""
    monkeypatch.setattr(reading, "SECTION", 150)
    with Desk(case_folder) as desk:
        sizes = {d.identifier: d.characters for r in desk.listed(Filter()) for c in desk.incident(r.identifier).claims if (d := c.document)}
    return f"/document/{max(sizes, key=lambda d: sizes[d])}"


def words(page: str) -> str:
    found = re.search(r'<div class="part".*?</div></div>', page, re.DOTALL)
    assert found is not None
    return found[0]


def walk(client: TestClient, address: str) -> list[str]:
    """The pages of a document, from part to part by the links alone."""
    pages = [client.get(address).text]
    while link := re.search(r'rel="next" href="([^"]+)"', pages[-1]):
        pages.append(client.get(link[1].replace("&amp;", "&")).text)
        assert len(pages) < 100
    return pages


def test_the_parts_are_the_document(client: TestClient, long: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = walk(client, long)
    assert len(pages) > 2 and "Previous part" not in pages[0] and "Next part" not in pages[-1]
    assert f"Part 2 of {len(pages)}" in pages[1]
    starts = [n for page in pages for n in re.findall(r'class="line[^"]*" data-start="(\d+)"', page)]
    claims = {c for page in pages for c in re.findall(r'class="claim" id="(c-\w+)"', page)}
    marked = {f for page in pages for fields in re.findall(r'data-fields="([^"]+)"', page) for f in fields.split()}
    monkeypatch.undo()
    whole = client.get(long).text
    assert "Next part" not in whole
    assert set(starts) >= set(re.findall(r'class="line[^"]*" data-start="(\d+)"', whole))
    assert claims == set(re.findall(r'class="claim" id="(c-\w+)"', whole))
    assert marked == {f for fields in re.findall(r'data-fields="([^"]+)"', whole) for f in fields.split()}


def test_a_part_lists_what_its_words_say_and_links_to_words_elsewhere(client: TestClient, long: str) -> None:
    for page in walk(client, long):
        start, end = map(int, re.search(r'class="part" data-start="(\d+)" data-end="(\d+)"', page).groups())  # type: ignore[union-attr]
        for there, at in re.findall(r'class="from" href="(\?at=\d+)?#at(\d+)"', page.partition('id="beside-series"')[0]):
            assert bool(there) != (start <= int(at) < end)
            assert f'id="at{at}"' in client.get(f"{long}{there or f'?at={start}'}").text


def test_values_said_again_in_other_parts_are_counted(tmp_path: Path) -> None:
    told = "Shells hit a market in Kherson on 3 May 2022. Two people were killed and four wounded, the mayor said."
    (tmp_path / "log.txt").write_text("\n\n".join([told, *["Nothing else happened in the town that day."] * 5, told]), encoding="utf-8")
    witnessmark.read([tmp_path / "log.txt"], case=tmp_path / "case", published="2022-05-04").close()
    with Desk(tmp_path / "case") as desk:
        (document,) = desk.documents()
        (claim,) = desk.document(document.identifier).claims

    def items(section: Section) -> str:
        return str(field_items(claim, section, Words("en"), lambda *_: Markup(""), lambda *_: Markup(""), Markup("")))

    whole, first = items(Section(0, 1, 0, 10_000)), items(Section(0, 2, 0, 150))
    assert "elsewhere" not in whole
    more = re.search(r'class="elsewhere note">more values in other parts: (\d+)</li>', first)
    assert more is not None
    assert first.count('<li class="field"') == whole.count('<li class="field"') - int(more[1]) > 0


def test_links_from_other_pages_lead_to_the_part(client: TestClient, long: str, case_folder: Path) -> None:
    with Desk(case_folder) as desk:
        field = [f for c in desk.document(long.removeprefix("/document/")).claims for f in c.fields if f.mention.span][-1]
    start = field.mention.span.start if field.mention.span else 0
    page = client.get(f"/value/{field.claim}/{field.field}/{start}").text
    assert f'href="{long}?at={start}#at{start}"' in page
    assert f'id="at{start}"' in client.get(f"{long}?at={start}").text


def test_words_are_found_in_all_parts(client: TestClient, long: str) -> None:
    page = client.get(f"{long}?find=the").text
    links = re.findall(r'<li><a href="([^"]+)"', page.partition('class="finds"')[2].partition("</ol>")[0])
    assert links and f"{len(links)} place" in page
    for link in links:
        address, _, anchor = link.replace("&amp;", "&").partition("#")
        assert f'class="found" id="{anchor}"' in words(client.get(address).text) or f'id="{anchor}"' in words(client.get(address).text)
    assert "places found" in client.get(f"{long}?find=zzqq").text
    assert client.get(f"{long}?find=%28%5B").status_code == 200
    assert client.get(f"{long}?at=999999999").status_code == 200
