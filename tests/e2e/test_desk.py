"""The desk in a real browser: accessibility, keys, hostile words, narrow screens, no request to elsewhere."""

import importlib.util
import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from witnessmark.desk import Desk, Filter
from witnessmark.model import Decision, TermValue

pytestmark = pytest.mark.slow
T = TypeVar("T")
AXE = Path(__file__).parents[2] / "build/axe/package/axe.min.js"


def site_pages(desk: Desk) -> dict[str, str]:
    spec = importlib.util.spec_from_file_location("desk_site", Path(__file__).parents[1] / "web/site.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: dict[str, str] = module.addresses(desk)
    return found


HOSTILE = '"><img src=x onerror="window.pwned=1"><script>window.pwned=1</script>'


def hostile_decisions(desk: Desk) -> None:
    """Decisions whose every text is hostile, on the claim of the report whose every text is."""
    document = next(r for r in desk.documents() if "<script>" in r.publisher)
    claim = desk.document(document.identifier).claims[0]
    field = next(f for f in claim.fields if f.mention.span)
    for kind in ("comment", "reject"):
        desk.decide(kind, [field.claim], reviewer=HOSTILE, role="reviewer", field=field.field, mention=field.mention.span, why=HOSTILE)
    speaker = TermValue(HOSTILE)
    desk.decide("correct", [field.claim], reviewer="bohdan", role="reviewer", field=field.field, mention=field.mention.span, value=speaker)


@pytest.fixture(scope="module")
def pages(site: Any) -> dict[str, str]:
    """One page of each kind."""
    asked(site, hostile_decisions)
    return asked(site, site_pages)


def asked(site: Any, question: Callable[[Desk], T]) -> T:
    """What the desk answers, in its own thread."""
    return site.state.thread.submit(lambda: question(site.state.opened())).result()  # type: ignore[no-any-return]


def decisions(site: Any) -> list[Decision]:
    return list(asked(site, lambda desk: desk.standings().all()))


def settings(browser: webdriver.Chrome, *, theme: str, language: str) -> None:
    for name, value in (("theme", theme), ("language", language)):
        browser.add_cookie({"name": f"witnessmark-{name}", "value": value, "path": "/"})


def narrow(browser: webdriver.Chrome, width: int) -> None:
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False})


@pytest.mark.parametrize("language", ["en", "uk"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_page_is_accessible_safe_and_fits(
    site: Any, browser: webdriver.Chrome, pages: dict[str, str], theme: str, language: str
) -> None:
    if not AXE.exists():
        pytest.skip("no axe-core: 'make test' gets it from npm")
    axe = AXE.read_text(encoding="utf-8")
    settings(browser, theme=theme, language=language)
    faults: list[str] = []
    for name, address in pages.items():
        narrow(browser, 1280)
        browser.get(site.base + address)
        browser.execute_script(axe)
        found = browser.execute_async_script("const done = arguments[0]; axe.run(document).then((r) => done(JSON.stringify(r.violations)))")
        faults += [
            f"{name}: {v['id']}: {v['nodes'][0]['html'][:200]} {v['nodes'][0].get('failureSummary', '')[:300]}" for v in json.loads(found)
        ]
        if browser.execute_script("return typeof window.pwned") != "undefined":
            faults.append(f"{name}: a hostile text ran as script")
        foreign = browser.execute_script("return performance.getEntriesByType('resource').map((e) => e.name)")
        faults += [f"{name}: asked {url}" for url in foreign if not url.startswith(site.base)]
        narrow(browser, 320)
        wide = browser.execute_script("return document.documentElement.scrollWidth")
        if wide > 320:
            faults.append(f"{name}: {wide} px wide on a screen of 320")
        faults += [f"{name}: {line['message']}" for line in browser.get_log("browser") if "404" not in line["message"]]
    narrow(browser, 1280)
    assert faults == []


def press(browser: webdriver.Chrome, *keys: str) -> None:
    """Press keys where the focus is, as a person without a mouse does."""
    ActionChains(browser).send_keys(*keys).perform()


def until(browser: webdriver.Chrome, condition: Callable[[webdriver.Chrome], object]) -> None:
    WebDriverWait(browser, 20, poll_frequency=0.05).until(condition)


def saved(site: Any, browser: webdriver.Chrome, number: int) -> Decision:
    """The newest decision once there are ``number``."""
    until(browser, lambda _: len(decisions(site)) >= number)
    return decisions(site)[-1]


def item(browser: webdriver.Chrome) -> str:
    return browser.find_element(By.CSS_SELECTOR, "input[name=item]").get_attribute("value") or ""


def start(browser: webdriver.Chrome, site: Any, address: str) -> None:
    settings(browser, theme="light", language="en")
    browser.get(site.base + address)


def test_the_queue_is_worked_by_keys_alone(site: Any, browser: webdriver.Chrome) -> None:
    start(browser, site, "/queue")
    seen = []
    number = len(decisions(site))
    for key, kind in (("a", "accept"), ("x", "reject"), ("u", "cannot_tell"), ("f", "flag")):
        while browser.find_elements(By.CSS_SELECTOR, "button[data-key='=']"):
            press(browser, "n")
            until(browser, lambda b: not b.find_elements(By.CSS_SELECTOR, "button[data-key='=']"))
        before = item(browser)
        seen.append(before)
        press(browser, key)
        number += 1
        assert saved(site, browser, number).kind == kind
        until(browser, lambda b, held=before: item(b) != held)  # type: ignore[misc]
    assert len(set(seen)) == 4, "one question after the other"
    press(browser, "z")
    undone = saved(site, browser, number + 1)
    assert undone.kind == "undo" and undone.undoes == decisions(site)[-2].position


def field_page(site: Any, name: str) -> str:
    def question(desk: Desk) -> str:
        for row in desk.listed(Filter()):
            for claim in desk.incident(row.identifier).claims:
                for f in claim.fields:
                    if f.field == name and f.mention.span and f.standing.state == "unreviewed":
                        return f"/value/{f.claim}/{f.field}/{f.mention.span.start}"
        raise AssertionError(f"no {name} waits")

    return asked(site, question)


def test_values_are_corrected_re_anchored_and_commented_by_keys(site: Any, browser: webdriver.Chrome) -> None:
    number = len(decisions(site))
    start(browser, site, field_page(site, "killed"))
    press(browser, "e")
    press(browser, "at least 7", Keys.ENTER)
    corrected = saved(site, browser, number + 1)
    assert corrected.kind == "correct" and corrected.value is not None and corrected.value.minimum == 7  # type: ignore[union-attr]
    start(browser, site, field_page(site, "place"))
    words = browser.find_element(By.CSS_SELECTOR, "#evidence mark").text
    press(browser, "s")
    press(browser, words, Keys.ENTER)
    moved = saved(site, browser, number + 2)
    assert moved.kind == "reanchor" and moved.span is not None
    until(browser, lambda b: b.find_elements(By.CSS_SELECTOR, ".saved"))
    press(browser, "c")
    press(browser, "seen on the map", Keys.ESCAPE)
    press(browser, "c")
    assert saved(site, browser, number + 3).why == "seen on the map"
    until(browser, lambda b: "seen on the map" in b.page_source)
    press(browser, "o")
    until(browser, lambda b: "/document/" in b.current_url)


def test_a_long_document_comes_in_parts(site: Any, browser: webdriver.Chrome, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("witnessmark.desk.reading.SECTION", 150)

    def longest(desk: Desk) -> tuple[str, int, int]:
        pages = [desk.document(r.identifier) for r in desk.documents()]
        page = max((p for p in pages if "<script>" not in p.row.publisher), key=lambda p: (len(p.claims) > 0, p.row.characters))
        spans = [f.mention.span for c in page.claims for f in c.fields if f.mention.span]
        return page.row.identifier, sum(len(c.fields) for c in page.claims), max(s.start for s in spans)

    document, fields, last = asked(site, longest)
    start(browser, site, f"/document/{document}#at{last}")
    until(browser, lambda b: f"at={last}" in b.current_url and b.find_elements(By.CSS_SELECTOR, f"#at{last}.flash, .flash #at{last}"))
    start(browser, site, f"/document/{document}?find=the")
    if AXE.exists():
        browser.execute_script(AXE.read_text(encoding="utf-8"))
        found = browser.execute_async_script("const done = arguments[0]; axe.run(document).then((r) => done(JSON.stringify(r.violations)))")
        assert json.loads(found) == []
    # The page is short: the next parts come by themselves until there is none.
    until(browser, lambda b: not b.find_elements(By.CSS_SELECTOR, "nav.turn[data-turn=next]"))
    starts = browser.execute_script(
        "return [...document.querySelectorAll('#words .part')].map((p) => [Number(p.dataset.start), Number(p.dataset.end)])"
    )
    assert len(starts) > 2 and all(a[1] == b[0] for a, b in itertools.pairwise(starts)) and starts[0][0] == 0
    ids = browser.execute_script("return [...document.querySelectorAll('[id]')].map((e) => e.id)")
    assert len(ids) == len(set(ids)), "no part brings what is there already"
    for _ in range(fields):
        press(browser, "n")
    assert browser.find_element(By.CSS_SELECTOR, ".field.at").get_attribute("id") == browser.execute_script(
        "return [...document.querySelectorAll('.field[data-field]')].pop().id"
    )
    start(browser, site, f"/document/{document}?at={starts[-1][0]}")
    press(browser, "[")
    until(browser, lambda b: len(b.find_elements(By.CSS_SELECTOR, "#words .part")) == 2)
    assert browser.execute_script("return document.activeElement.className").endswith("partname")
    press(browser, "l")
    press(browser, "the", Keys.ENTER)
    until(browser, lambda b: b.find_elements(By.CSS_SELECTOR, ".finds li") and b.find_elements(By.CSS_SELECTOR, "mark.found"))


def test_merging_is_decided_by_keys(site: Any, browser: webdriver.Chrome) -> None:
    before = asked(site, lambda desk: [i.n for i in desk.queue(reviewer="anna", size=2000) if i.kind != "merge"])
    start(browser, site, "/queue?skip=" + ",".join(map(str, before[:500])))
    number = len(decisions(site))
    press(browser, "=")
    assert saved(site, browser, number + 1).kind == "same"


def test_the_reader_is_walked_by_keys(site: Any, browser: webdriver.Chrome) -> None:
    document = asked(site, lambda desk: next(desk.incident(r.identifier).claims[0].document.identifier for r in desk.listed(Filter())[5:]))
    start(browser, site, f"/document/{document}")
    number = len(decisions(site))
    press(browser, "n")
    assert browser.find_elements(By.CSS_SELECTOR, ".field.at") and browser.find_elements(By.CSS_SELECTOR, ".word.on")
    press(browser, "o")
    assert browser.find_elements(By.CSS_SELECTOR, ".words .flash")
    press(browser, "a")
    assert saved(site, browser, number + 1).kind == "accept"
    until(browser, lambda b: "f0-1" in (b.find_element(By.CSS_SELECTOR, ".field.at").get_attribute("id") or ""))
    press(browser, "z")
    assert saved(site, browser, number + 2).kind == "undo"
    until(browser, lambda b: b.find_element(By.CSS_SELECTOR, ".field.at").get_attribute("id") == "f0-0")
    press(browser, "w")
    until(browser, lambda b: "/value/" in b.current_url)


def test_the_case_page_filters_by_keys(site: Any, browser: webdriver.Chrome) -> None:
    start(browser, site, "/")
    counted = "return document.querySelector('#counts b').textContent"
    total = browser.execute_script(counted)
    box = browser.find_element(By.CSS_SELECTOR, ".facet input[name=act]")
    browser.execute_script("arguments[0].focus()", box)
    press(browser, " ")
    until(browser, lambda b: b.execute_script(counted) != total and not b.find_elements(By.CSS_SELECTOR, ".busy"))
    assert "act=" in browser.current_url
    assert browser.switch_to.active_element.get_attribute("name") == "act", "the focus stays"
    canvas = browser.find_element(By.ID, "map-canvas")
    browser.execute_script("arguments[0].focus()", canvas)
    press(browser, "+", Keys.ARROW_LEFT)
    until(browser, lambda b: "view=" in b.current_url)
    filtered = browser.current_url
    browser.get(filtered)
    assert browser.find_element(By.CSS_SELECTOR, ".facet input[name=act]:checked"), "the address holds the filter"


def test_pages_are_reached_by_keys(site: Any, browser: webdriver.Chrome) -> None:
    start(browser, site, "/")
    for keys, end in (
        (("g", "h"), "/history"),
        (("g", "x"), "/contradictions"),
        (("g", "p"), "/patterns"),
        (("g", "r"), "/review"),
        (("?",), "/keys"),
        (("g", "q"), "/queue"),
        (("g", "c"), "/"),
    ):
        press(browser, *keys)
        until(browser, lambda b, goal=end: b.current_url.split("?")[0] == site.base + goal)  # type: ignore[misc]
    press(browser, "/")
    press(browser, "killed", Keys.ENTER)
    until(browser, lambda b: "/search?q=killed" in b.current_url)


def test_letter_keys_can_be_turned_off(site: Any, browser: webdriver.Chrome) -> None:
    browser.add_cookie({"name": "witnessmark-keys", "value": "off", "path": "/"})
    start(browser, site, field_page(site, "date"))
    number = len(decisions(site))
    press(browser, "a", "x", "?")
    assert "/value/" in browser.current_url and len(decisions(site)) == number
    browser.delete_cookie("witnessmark-keys")


def test_everything_is_reached_with_tab(site: Any, browser: webdriver.Chrome) -> None:
    """Every control of the page of a value gets the focus, in order, and shows it."""
    start(browser, site, field_page(site, "act"))
    script = "return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary')].filter((e) => e.checkVisibility()).length"
    number = browser.execute_script(script)
    reached = set()
    for _ in range(number + 4):
        press(browser, Keys.TAB)
        focused = browser.switch_to.active_element
        if focused.tag_name == "body":
            continue  # past the last control, once round
        reached.add(focused.id)
        outline = browser.execute_script("return getComputedStyle(arguments[0]).outlineStyle", focused)
        assert outline != "none", focused.get_attribute("outerHTML")
    assert len(reached) >= number
