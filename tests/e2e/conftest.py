"""A real browser on a real server. Without Debian's chromium and its driver these tests say so and are skipped."""

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

from witnessmark.web.app import State, make_app
from witnessmark.web.security import Access
from witnessmark.web.server import _listen

FLAGS = """--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync --no-first-run
 --disable-extensions --disable-dev-shm-usage --force-device-scale-factor=1"""


@dataclass
class Site:
    """A running desk."""

    base: str
    state: State
    folder: Path


@pytest.fixture(scope="session")
def site(case_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A desk on a copy of the case, served by uvicorn in a thread."""
    folder = Path(shutil.copytree(case_template, tmp_path_factory.mktemp("e2e") / "case"))
    listening = _listen("127.0.0.1", 0)
    port = listening.getsockname()[1]
    app, state = make_app(folder, access=Access.at("127.0.0.1", port), name="anna")
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield Site(f"http://127.0.0.1:{port}", state, folder)
    server.should_exit = True
    thread.join(10)
    state.close()
    listening.close()


@pytest.fixture(scope="session")
def browser(site: Site) -> Iterator[webdriver.Chrome]:
    """Headless Chromium, signed in."""
    binary, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if binary is None or driver is None:
        pytest.skip("no browser: install chromium and chromium-driver to run these tests")
    options = Options()
    for flag in FLAGS.split():
        options.add_argument(flag)
    options.binary_location = binary
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    opened = webdriver.Chrome(options=options, service=Service(driver))
    opened.set_window_size(1280, 900)
    opened.get(f"{site.base}/?token={site.state.access.token}")
    yield opened
    opened.quit()
