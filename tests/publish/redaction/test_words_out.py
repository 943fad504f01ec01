"""Contacts, ages, links: what leads to a person or a door."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from witnessmark.model import Document
from witnessmark.publish.redaction import load_policy
from witnessmark.publish.redaction.ages import band_of, find_ages
from witnessmark.publish.redaction.contacts import find_contacts
from witnessmark.publish.redaction.links import published_link, published_publisher

BANDS = (0, 6, 12, 18, 30, 45, 60, 75)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("call +380 67 200 10 40 now", "phone"), ("call (050) 300-20-71 now", "phone"), ("write to a.b@host.example.org", "e-mail"),
        ("write to a.b [at] host [dot] org", "e-mail"), ("posted by @some_one_1", "handle"), ("see https://t.me/x/1", "link"), ("see t.me/x/1", "link"),
        ("the car AX 4100 BK burned", "plate"), ("picture IMG_1.jpg shows", "file name"), ("at 49.10000, 36.20000 it fell", "coordinates"),
        ("at 49°10'12\" N it fell", "coordinates"), ("at 37U CQ 12345 67890", "coordinates"), ("12 Zorvan Street burned", "address"),
        ("за адресою вул. Зорванська, 50 горить", "address"), ("in ward 12 of", "address"), ("hospital No. 5 was hit", "address"),
    ],
)  # fmt: skip
def test_contacts_are_found(text: str, kind: str) -> None:
    assert kind in {k for _, _, k in find_contacts(text)}


@pytest.mark.parametrize(
    "text",
    ["At least 120 people died on 14 March 2024.", "They fired 40 shells in 3 days.", "It is 20 km from the town.", "1,500 homes burned"],
)
def test_counts_and_dates_are_no_contacts(text: str) -> None:
    assert list(find_contacts(text)) == []


@pytest.mark.parametrize("piece", ["1", "a.", "@", "1 ", "A ", "+1 ", "вул. ", "12 "])
def test_patterns_are_linear(piece: str) -> None:
    """Ten times the text takes about ten times as long."""

    def spent(length: int) -> float:
        text = piece * (length // len(piece))
        began = time.process_time()
        list(find_contacts(text))
        return time.process_time() - began

    small, large = max(spent(4_000), 1e-3), spent(40_000)
    assert large < 40 * small + 0.5


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a 34-year-old nurse", "a 30–44-year-old nurse"), ("a nurse, 34, died", "a nurse, 30–44, died"), ("a girl of nine", "a girl of 6–11"),
        ("7-річна дівчинка", "6–11-річна дівчинка"), ("медсестра, 81 рік, загинула", "медсестра, 75+ рік, загинула"), ("a 3-month-old boy", "a 0–5-month-old boy"),
        ("a man born in May 1951", "a man born in [date of birth withheld]"), ("за 2 роки війни", "за 2 роки війни"), ("5 people died", "5 people died"),
    ],
)  # fmt: skip
def test_ages_become_bands(text: str, left: str) -> None:
    out = text
    for start, end, band in sorted(find_ages(text, BANDS), reverse=True):
        out = out[:start] + band + out[end:]
    assert out == left


def test_bands_cover_every_age() -> None:
    assert [band_of(n, BANDS) for n in (0, 5, 6, 17, 18, 75, 110)] == ["0–5", "0–5", "6–11", "12–17", "18–29", "75+", "75+"]


def source(**more: object) -> Document:
    """A document of a national outlet."""
    made = Document("doc-00", "ab", "", "text", "cd", (), "en", "read", "utf-8", "bom", "https://news.example.org/missile-attack-kharkiv")
    return replace(made, **{"publisher": "Example News", "publisher_type": "national_media", **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("origin", "link"),
    [
        ("https://news.example.org/missile-attack-kharkiv", "https://news.example.org/missile-attack-kharkiv"),
        ("https://news.example.org/story/zorvana-brimkova-killed?id=3", "https://news.example.org/"),
        ("https://news.example.org/2024/03/14/", "https://news.example.org/2024/03/14/"),
        ("https://t.me/some/1", ""), ("https://www.facebook.com/zorvana", ""), ("https://user:pw@news.example.org/x", ""), ("/home/zorvana/file.html", ""),
        ("ftp://news.example.org/x", ""), ("http://10.0.0.1/x", ""),
    ],
)  # fmt: skip
def test_links(origin: str, link: str) -> None:
    assert published_link(source(origin=origin), load_policy(), frozenset()) == link


def test_a_private_source_has_no_link_and_no_name() -> None:
    private = source(publisher_type="social_post_witness")
    assert published_link(private, load_policy(), frozenset()) == "" and published_publisher(private, frozenset()) is None
    assert published_publisher(source(), frozenset()) == "Example News"
    assert published_publisher(source(publisher="Zorvana Brimkova"), frozenset()) is None
