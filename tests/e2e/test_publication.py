"""A publication in a real browser, opened from the folder: accessible in both themes, as wide as the screen, asking nobody for anything."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

import witnessmark

AXE = Path(__file__).parents[2] / "build/axe/package/axe.min.js"
RUN = "const done = arguments[0]; axe.run(document, {preload: false}).then((r) => done(JSON.stringify(r.violations)))"


@pytest.fixture(scope="module")
def folder(case_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A publication of the bundled reports and of one whose every text is hostile."""
    root = tmp_path_factory.mktemp("published")
    with witnessmark.open_case(shutil.copytree(case_template, root / "case")) as case:
        case.publish(root / "out", without=["pdf", "figures", "workbook"])
    return root / "out"


@pytest.fixture(scope="module")
def reader() -> Iterator[webdriver.Chrome]:
    """Headless Chromium that may open files and nothing else."""
    binary, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if binary is None or driver is None:
        pytest.skip("no browser: install chromium and chromium-driver to run these tests")
    options = Options()
    for flag in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-sync",
        "--no-first-run",
        "--disable-dev-shm-usage",
    ):
        options.add_argument(flag)
    options.binary_location = binary
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    opened = webdriver.Chrome(options=options, service=Service(driver))
    yield opened
    opened.quit()


def _screen(reader: Any, width: int) -> None:
    reader.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False})


def _pages(folder: Path) -> list[str]:
    incident = min((folder / "site/incidents").glob("*.html")).name.partition(".")[0]
    names = ("site/index", "site/list/1", f"site/incidents/{incident}")
    return [f"{name}{suffix}.html" for name in names for suffix in ("", ".uk")] + ["report/report.en.html", "report/report.uk.html"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pages_are_accessible_and_fit_and_ask_nobody(folder: Path, reader: Any, theme: str) -> None:
    if not AXE.exists():
        pytest.skip("no axe-core: 'make test' gets it from npm")
    reader.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": theme}]})
    faults: list[str] = []
    for page in _pages(folder):
        _screen(reader, 1280)
        reader.get((folder / page).as_uri())
        foreign = reader.execute_script("return performance.getEntriesByType('resource').map((e) => e.name)")
        faults += [f"{page}: asked {url}" for url in foreign if not url.startswith(folder.as_uri())]
        if reader.execute_script("return typeof window.pwned") != "undefined":
            faults.append(f"{page}: a hostile text ran as script")
        faults += [f"{page}: {line['message']}" for line in reader.get_log("browser")]
        reader.execute_script(AXE.read_text(encoding="utf-8"))
        faults += [f"{page}: {v['id']}: {v['nodes'][0]['html'][:200]}" for v in json.loads(reader.execute_async_script(RUN))]
        _screen(reader, 320)
        wide = reader.execute_script("return document.documentElement.scrollWidth")
        faults += [f"{page}: {wide} px wide on a screen of 320"] if wide > 320 else []
    assert faults == []


def test_the_map_is_drawn_and_the_list_follows_the_search(folder: Path, reader: Any) -> None:
    reader.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "light"}]})
    _screen(reader, 1280)
    reader.get((folder / "site/index.html").as_uri())
    colours = reader.execute_async_script(
        "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => { const m = document.getElementById('map');"
        " const d = m.getContext('2d').getImageData(0, 0, m.width, m.height).data, seen = new Set();"
        " for (let i = 0; i < d.length; i += 4) seen.add(d[i] << 16 | d[i + 1] << 8 | d[i + 2]); done([...seen]); }))"
    )
    assert {0xEEF1F2, 0xDEDBD0} <= set(colours), "sea and land"
    shown = len(reader.find_elements("css selector", "#hits li"))
    reader.find_element("id", "search").send_keys("kramatorsk")
    assert 0 < len(reader.find_elements("css selector", "#hits li")) < shown
    reader.find_element("css selector", "#hits a").click()
    assert "/site/incidents/" in reader.current_url and reader.find_elements("css selector", ".tree li")
