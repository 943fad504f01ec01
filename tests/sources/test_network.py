"""The guard of URLs, and fetching through it from a server of the test."""

from __future__ import annotations

import http.server
import socket
import threading
from collections.abc import Iterator

import pytest

from witnessmark.errors import SourceError
from witnessmark.sources.addresses import check_url, is_public
from witnessmark.sources.network import Fetcher, cut_off

PUBLIC = "93.184.216.34"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255",
        "240.0.0.1", "198.18.0.1", "192.0.2.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8",
        "::8.8.8.8", "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b:1::1", "2001::1", "2001:db8::1", "not an address", "",
    ],
)  # fmt: skip
def test_addresses_that_are_never_fetched(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", [PUBLIC, "8.8.8.8", "2606:4700:4700::1111"])
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://0/", "http://localhost/", "http://localhost./",
        "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://①②⑦.⓪.⓪.①/", "ftp://example.org/", "file:///etc/passwd", "gopher://example.org/",
        "http://user@example.org/", "http://user:word@example.org/", "http://example.org:22/", "http://example.org:99999/", "http:///path",
        "http://exa mple.org/", "http://example.org/\r\nHost: x", "javascript:alert(1)", "http://[fe80::1%25eth0]/", "http://\x00/",
    ],
)  # fmt: skip
def test_hostile_urls_reach_nothing(url: str) -> None:
    def resolver(host: str, port: int) -> list[str]:
        return (
            [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, flags=socket.AI_NUMERICHOST)] if host != "localhost" else ["::1"]
        )

    with pytest.raises(SourceError) as caught:
        check_url(url, resolver)
    assert caught.value.code in {"WM107", "WM108"}


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    with pytest.raises(SourceError) as caught:
        check_url("http://example.org/", lambda host, port: [PUBLIC, "10.0.0.1"])
    assert caught.value.code == "WM107"


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        answers = {
            "/page": (200, {"Content-Type": "text/html; charset=cp1251"}, b"<p>page"),
            "/moved": (302, {"Location": "/page"}, b""),
            "/loop": (302, {"Location": "/loop"}, b""),
            "/inward": (302, {"Location": "http://internal.example/secret"}, b""),
            "/large": (200, {"Content-Type": "text/html"}, b"x" * 5000),
            "/empty": (200, {}, b""),
            "/half": (200, {"Content-Type": "text/html"}, b"<p>the first half"),
        }
        status, headers, body = answers.get(self.path, (404, {}, b"no"))
        self.server.seen.append(dict(self.headers))  # type: ignore[attr-defined]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Set-Cookie", "a=b")
        self.send_header("Content-Length", str(len(body) * (2 if self.path == "/half" else 1)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        return


@pytest.fixture
def server() -> Iterator[http.server.HTTPServer]:
    """A server on this machine that stands in for a public one."""
    found = http.server.HTTPServer(("127.0.0.1", 0), _Handler)
    found.seen = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=found.serve_forever, daemon=True)
    thread.start()
    yield found
    found.shutdown()
    found.server_close()
    thread.join()


def fetcher(server: http.server.HTTPServer, connected: list[str]) -> Fetcher:
    """A fetcher whose public address leads to ``server``; every address asked for is noted."""

    def resolver(host: str, port: int) -> list[str]:
        return ["10.0.0.7"] if host.startswith("internal") else [PUBLIC]

    def connector(address: str, port: int, timeout: float) -> socket.socket:
        connected.append(address)
        return socket.create_connection(server.server_address[:2], timeout=timeout)  # type: ignore[arg-type]

    return Fetcher(resolver=resolver, connector=connector, max_bytes=1000, max_seconds=20)


def test_page_and_redirect(server: http.server.HTTPServer) -> None:
    connected: list[str] = []
    page = fetcher(server, connected).fetch("http://example.org/moved")
    assert (page.url, page.body) == ("http://example.org/page", b"<p>page")
    assert connected == [PUBLIC, PUBLIC]
    assert all("Cookie" not in h and h["Host"] == "example.org" for h in server.seen)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("path", "code"), [("inward", "WM107"), ("loop", "WM108"), ("large", "WM105"), ("none", "WM108"), ("empty", "WM104"), ("half", "WM108")]
)
def test_what_is_not_taken(server: http.server.HTTPServer, path: str, code: str) -> None:
    connected: list[str] = []
    with pytest.raises(SourceError) as caught:
        fetcher(server, connected).fetch(f"http://example.org/{path}")
    assert caught.value.code == code
    assert set(connected) == {PUBLIC}
    assert len(connected) <= 6


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0177.0.0.1/", "http://0x7f.1/", "http://[::1]/", "http://[::ffff:7f00:1]/",
        "http://[::ffff:127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://169.254.169.254/latest/meta-data/", "http://[fd00:ec2::254]/latest/",
        "http://100.100.100.200/", "http://user:word@example.org/", "http://example.org@127.0.0.1/", "file:///etc/passwd", "gopher://example.org/",
        "//127.0.0.1/", "http://example.org:8080/", "data:text/html,x",
    ],
)  # fmt: skip
def test_no_redirect_leads_inward(location: str) -> None:
    """Each hop is checked like the first address, whatever form the next one is written in."""
    connected: list[str] = []

    class Redirecting(_Handler):
        def do_GET(self) -> None:
            self.send_response(302)
            self.send_header("Location", location)
            self.send_header("Content-Length", "0")
            self.end_headers()

    def resolver(host: str, port: int) -> list[str]:
        return [PUBLIC] if host == "example.org" else [str(e[4][0]) for e in socket.getaddrinfo(host, port, flags=socket.AI_NUMERICHOST)]

    with http.server.HTTPServer(("127.0.0.1", 0), Redirecting) as found:
        threading.Thread(target=found.serve_forever, daemon=True).start()

        def connector(address: str, port: int, timeout: float) -> socket.socket:
            connected.append(address)
            return socket.create_connection(found.server_address[:2], timeout=timeout)  # type: ignore[arg-type]

        with pytest.raises(SourceError) as caught:
            Fetcher(resolver=resolver, connector=connector, max_seconds=20).fetch("http://example.org/")
        found.shutdown()
    assert caught.value.code in {"WM107", "WM108"}
    assert connected == [PUBLIC], "nothing was asked after the redirect"


def test_a_name_that_changes_its_address_gains_nothing(server: http.server.HTTPServer) -> None:
    """DNS rebinding: the address that was checked is the one that is connected to, and a hop that resolves anew is checked anew."""
    connected: list[str] = []
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    rebinding = fetcher(server, connected)
    rebinding._resolver = lambda host, port: next(answers)
    with pytest.raises(SourceError) as caught:
        rebinding.fetch("http://example.org/moved")
    assert (caught.value.code, connected) == ("WM107", [PUBLIC])


def test_a_connection_is_cut_off_in_time_even_when_its_socket_was_taken_over() -> None:
    ours, theirs = socket.socketpair()
    with theirs, pytest.raises(TimeoutError), cut_off(ours, 0.1), socket.socket(fileno=ours.detach()) as taken:  # as TLS does
        assert taken.recv(1) == b""


def test_a_connection_that_was_quick_is_not_cut_off() -> None:
    ours, theirs = socket.socketpair()
    with theirs, cut_off(ours, 5.0):
        theirs.sendall(b"x")
        assert ours.recv(1) == b"x"
    assert ours.fileno() == -1
