"""The application with a signed-in client."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from witnessmark.web.app import State, make_app
from witnessmark.web.security import Access

BASE = "http://127.0.0.1:8765"
SAME_ORIGIN = {"Origin": BASE, "Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def served(case_folder: Path) -> Iterator[tuple[TestClient, State]]:
    """A client that holds the start's token, and the state of the server."""
    app, state = make_app(case_folder, access=Access.at("127.0.0.1", 8765), name="anna")
    client = TestClient(app, base_url=BASE, follow_redirects=False)
    answer = client.get("/", params={"token": state.access.token})
    assert answer.status_code == 303
    yield client, state
    state.close()


@pytest.fixture
def client(served: tuple[TestClient, State]) -> TestClient:
    """A client that holds the start's token."""
    return served[0]
