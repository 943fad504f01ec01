"""The client against a real server on loopback that does everything wrong."""

from __future__ import annotations

import json
import socket
import time

import pytest

from witnessmark.errors import UsageError
from witnessmark.proposals import LanguageModel
from witnessmark.proposals.client import MAX_BYTES, AskError, Endpoint, content


def ask(server, **changed):
    return Endpoint(server.model(**changed)).ask("Shells hit a market in Oldbridge.")


def fault(server, **changed) -> AskError:
    with pytest.raises(AskError) as caught:
        ask(server, **changed)
    return caught.value


def test_a_question_is_one_request_with_the_document_as_data(server) -> None:
    assert json.loads(ask(server)) == {"incidents": []}
    (asked,) = server.asked
    assert (asked["temperature"], asked["seed"], asked["stream"], asked["model"]) == (0, 1, False, "scripted")
    assert "tools" not in asked and "functions" not in asked
    assert asked["response_format"]["json_schema"]["strict"] is True
    assert [m["role"] for m in asked["messages"]] == ["system", "user"]
    assert server.paths == ["/v1/chat/completions"]
    assert "Authorization" not in server.headers[0] and "Cookie" not in server.headers[0]


@pytest.mark.parametrize("end", ["", "/", "/v1", "/v1/", "/v1/chat/completions"])
def test_the_address_may_be_given_in_part(end: str) -> None:
    assert LanguageModel(f"http://127.0.0.1:8080{end}", "m").endpoint == "http://127.0.0.1:8080/v1/chat/completions"


def test_the_key_goes_into_one_header_and_nowhere_else(server, monkeypatch) -> None:
    monkeypatch.setenv("MODEL_KEY", "sk-secret-123")
    model = server.model(key_env="MODEL_KEY")
    Endpoint(model).ask("text")
    assert server.headers[0]["Authorization"] == "Bearer sk-secret-123"
    assert "sk-secret" not in json.dumps(server.asked) + repr(model) + json.dumps(model.note()) + repr(model.producer)
    assert "MODEL_KEY" not in json.dumps(model.note())


@pytest.mark.parametrize("key", ["", "  ", "two words", "line\nbreak", "ключ", "\x7f"])
def test_a_key_that_is_none_is_never_shown(key: str, monkeypatch) -> None:
    monkeypatch.setenv("MODEL_KEY", key)
    with pytest.raises(UsageError) as caught:
        LanguageModel("http://127.0.0.1:1", "m", key_env="MODEL_KEY").check(allow_network=False)
    assert caught.value.code == "WM037"
    assert not key.strip() or key.strip() not in str(caught.value)


@pytest.mark.parametrize("refused", [1, 2, 3])
def test_a_server_that_refuses_a_form_is_asked_with_a_looser_one(server, refused: int) -> None:
    server.script = lambda _: server.reply(status=400) if len(server.asked) <= refused else server.reply('{"incidents": []}')
    endpoint = Endpoint(server.model())
    endpoint.ask("text")
    assert len(server.asked) == refused + 1
    assert endpoint.loose == (refused >= 2)
    endpoint.ask("text")
    assert len(server.asked) == refused + 2  # it is remembered
    assert (server.asked[-1].get("response_format") is None) == (refused == 3)


def test_a_text_that_is_refused_in_every_form_loosens_nothing(server) -> None:
    endpoint = Endpoint(server.model())
    server.script = lambda _: server.reply(status=400)
    with pytest.raises(AskError, match="WM222 status 400"):
        endpoint.ask("too long a text")
    assert not endpoint.loose


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_busy_server_is_asked_again(server, status: int) -> None:
    server.script = lambda _: server.reply(status=status) if len(server.asked) < 3 else server.reply('{"incidents": []}')
    ask(server)
    assert len(server.asked) == 3


def test_a_server_that_stays_busy_is_left(server) -> None:
    server.script = lambda _: server.reply(status=503)
    found = fault(server)
    assert (found.code, found.again, len(server.asked)) == ("WM222", True, 3)


def test_a_wait_that_the_server_asks_for_is_kept_within_the_time(server) -> None:
    server.script = lambda _: server.reply(status=429, headers={"Retry-After": "25"})
    began = time.monotonic()
    assert fault(server, seconds=3.0).code == "WM222"
    assert time.monotonic() - began < 3 and len(server.asked) == 1
    server.script = lambda _: server.reply(status=429, headers={"Retry-After": "1"}) if len(server.asked) < 3 else server.reply("{}")
    began = time.monotonic()
    ask(server)
    assert time.monotonic() - began >= 1


@pytest.mark.parametrize("status", [401, 403, 404, 418])
def test_a_server_that_refuses_is_told_by_its_status_alone(server, status: int) -> None:
    server.script = lambda _: server.reply(raw=b"your key sk-secret-123 is wrong", status=status)
    found = fault(server)
    assert (found.code, found.again) == ("WM222", False)
    assert "secret" not in str(found)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_refused(server, status: int) -> None:
    server.script = lambda _: server.reply(status=status, headers={"Location": f"{server.url}/elsewhere"})
    assert fault(server).code == "WM222"
    assert server.paths == ["/v1/chat/completions"]


@pytest.mark.parametrize("reply", [{"wait": 3.0}, {"drip": 0.2}])
def test_a_slow_server_is_left_when_the_time_is_up(server, reply) -> None:
    server.script = lambda _: server.reply('{"incidents": []}', **reply)
    began = time.monotonic()
    found = fault(server, seconds=0.6)
    assert (found.code, found.again) == ("WM221", True)
    assert time.monotonic() - began < 2.5


def test_headers_that_never_end_are_left_when_the_time_is_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(5)
        import threading

        def drip() -> None:
            held, _ = listening.accept()
            with held:
                held.sendall(b"HTTP/1.1 200 OK\r\n")
                try:
                    for at in range(100):
                        held.sendall(f"X-{at}: y\r\n".encode())
                        time.sleep(0.1)
                except OSError:
                    pass

        threading.Thread(target=drip, daemon=True).start()
        began = time.monotonic()
        with pytest.raises(AskError) as caught:
            Endpoint(LanguageModel(f"http://127.0.0.1:{listening.getsockname()[1]}", "m", seconds=0.7)).ask("text")
        assert caught.value.code == "WM221"
        assert time.monotonic() - began < 3


def test_a_huge_answer_is_not_taken(server) -> None:
    server.script = lambda _: server.reply(raw=b" " * (MAX_BYTES + 10))
    assert fault(server).code == "WM223"


def test_a_server_that_hangs_up_is_told(server) -> None:
    server.script = lambda _: server.reply(hang_up=True)
    assert (fault(server).code, fault(server).again) == ("WM222", True)


def test_a_server_that_is_not_there_is_not_tried_for_ever() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    endpoint = Endpoint(LanguageModel(f"http://127.0.0.1:{port}", "m"))
    details = []
    for _ in range(5):
        with pytest.raises(AskError) as caught:
            endpoint.ask("text")
        assert (caught.value.code, caught.value.again) == ("WM220", True)
        details.append(caught.value.detail)
    assert details[:3] == ["ConnectionRefusedError"] * 3
    assert details[3:] == ["not asked any more after 3 attempts"] * 2


def test_words_of_a_completion() -> None:
    def body(**choice) -> bytes:
        return json.dumps({"choices": [{"finish_reason": "stop", "message": {"content": "words"}, **choice}]}).encode()

    assert content(body()) == "words"
    for raw, code in [
        (b"", "WM223"),
        (b"<html>", "WM223"),
        (b"{}", "WM223"),
        (b'{"choices": []}', "WM223"),
        (b'{"choices": [7]}', "WM223"),
        (b"[" * 200_000, "WM223"),
        (body(finish_reason="length"), "WM223"),
        (body(message={"content": None}), "WM223"),
        (body(message={"content": " "}), "WM223"),
        (body(message={"content": None, "tool_calls": [{"function": {"name": "read_file"}}]}), "WM223"),
        (body(message={"content": "no", "refusal": "I will not"}), "WM224"),
        (body(finish_reason="content_filter"), "WM224"),
    ]:
        with pytest.raises(AskError) as caught:
            content(raw)
        assert caught.value.code == code
