"""What has to hold before a word is sent."""

from __future__ import annotations

import pytest

from witnessmark.errors import UsageError
from witnessmark.proposals import LanguageModel


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.10", "[::1]", "localhost", "LOCALHOST"])
def test_this_machine_needs_no_leave(host: str) -> None:
    model = LanguageModel(f"http://{host}:8080/v1", "m")
    model.check(allow_network=False)
    assert model.kind == "loopback"


@pytest.mark.parametrize(
    "host",
    ["example.org", "192.168.1.5", "10.0.0.1", "0.0.0.0", "127.1", "2130706433", "0x7f000001", "localhost.example.org", "127.0.0.1.nip.io",
     "[::ffff:8.8.8.8]", "169.254.169.254"],
)  # fmt: skip
def test_everything_else_needs_leave(host: str) -> None:
    model = LanguageModel(f"http://{host}/v1", "m")
    assert model.kind == "remote"
    with pytest.raises(UsageError, match="WM038"):
        model.check(allow_network=False)
    model.check(allow_network=True)


@pytest.mark.parametrize(
    "url",
    ["", "x", "file:///etc/passwd", "ftp://127.0.0.1", "http://", "http://user:secret@127.0.0.1", "http://127.0.0.1/?key=secret",
     "http://127.0.0.1/#secret", "http://127.0.0.1:notaport", "http://[::1"],
)  # fmt: skip
def test_addresses_that_are_none_are_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        LanguageModel(url, "m").check(allow_network=True)
    assert caught.value.code == "WM037"
    assert "secret" not in str(caught.value)


def test_a_key_does_not_go_to_another_machine_in_the_clear(monkeypatch) -> None:
    monkeypatch.setenv("MODEL_KEY", "sk-secret")
    LanguageModel("https://example.org/v1", "m", key_env="MODEL_KEY").check(allow_network=True)
    LanguageModel("http://127.0.0.1/v1", "m", key_env="MODEL_KEY").check(allow_network=False)
    with pytest.raises(UsageError, match="https only"):
        LanguageModel("http://example.org/v1", "m", key_env="MODEL_KEY").check(allow_network=True)


@pytest.mark.parametrize("changed", [{"name": ""}, {"name": "a\nb"}, {"window": 10}, {"seconds": 0.0}, {"windows": 0}, {"retries": -1}])
def test_settings_that_cannot_work_are_refused(changed) -> None:
    with pytest.raises(UsageError, match="WM037"):
        LanguageModel(**{"url": "http://127.0.0.1", "name": "m", **changed}).check(allow_network=False)


def test_the_producer_changes_with_what_can_change_an_answer() -> None:
    first = LanguageModel("http://127.0.0.1:1", "m")
    assert first.producer == LanguageModel("http://127.0.0.1:2/v1", "m", seconds=5.0, key_env="K").producer
    for other in (
        LanguageModel("http://127.0.0.1:1", "n"),
        LanguageModel("http://127.0.0.1:1", "m", seed=2),
        LanguageModel("http://127.0.0.1:1", "m", window=5_000),
        LanguageModel("https://example.org", "m"),
    ):
        assert other.producer.identifier != first.producer.identifier
