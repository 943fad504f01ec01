"""Parts of plain texts and publication dates in them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.documents.language import identify
from witnessmark.documents.parts import guess_headline, split_parts
from witnessmark.documents.published import dateline, is_date_line, parse_day, url_day

PARAGRAPH = "Rockets fell on the northern part of the town at night, and two people were taken to hospital, the mayor said on Tuesday."


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        (f"Rockets hit the town\n\n{PARAGRAPH}", "Rockets hit the town"),
        (f"ROCKETS HIT THE TOWN\n{PARAGRAPH}\n{PARAGRAPH}", "ROCKETS HIT THE TOWN"),
        (f"  Who fired at the bridge?\r\n\r\n{PARAGRAPH}", "Who fired at the bridge?"),
        (f"Two killed in the U.S.\n\n{PARAGRAPH}", "Two killed in the U.S."),
        (f"{PARAGRAPH}\n\n{PARAGRAPH}", None),
        (PARAGRAPH, None),
        ("Only one line", None),
        ("", None),
        (
            "Rockets fell on the northern part of the town at night, and two people\nwere taken to hospital, the mayor\nsaid on Tuesday.",
            None,
        ),
        (f"KYIV, Feb 3 (Agency) - rockets hit\n{PARAGRAPH}", None),
        (f"Read more: the week in review\n\n{PARAGRAPH}", None),
        (f"{'x' * 300}\n\n{PARAGRAPH}", None),
        (f"* * *\n\n{PARAGRAPH}", None),
    ],
)
def test_headline_by_its_looks(text: str, headline: str | None) -> None:
    found = guess_headline(text)
    assert (found.of(text) if found else None) == headline


def test_furniture_and_captions_are_set_apart() -> None:
    text = f"A headline here\n\n{PARAGRAPH}\n\nPhoto: the bridge\n\nRead more: other news\n\n{PARAGRAPH}\n\nПідписуйтесь на наш канал"
    kinds = [p.kind for p in split_parts(text)]
    assert kinds == ["headline", "lede", "caption", "boilerplate", "body", "boilerplate"]


def test_sentences_that_begin_like_furniture_stay() -> None:
    text = f"A headline here\n\n{PARAGRAPH}\n\nShare prices fell after the strike.\n\nMore than ten people were hurt."
    assert [p.kind for p in split_parts(text)] == ["headline", "lede", "body"]


@settings(max_examples=80)
@given(st.text(alphabet="ab. \n\r\t\u00a0Фі:", max_size=120))
def test_every_visible_character_is_in_exactly_one_part(text: str) -> None:
    covered = [0] * len(text)
    for part in split_parts(text):
        for at in range(part.span.start, part.span.end):
            covered[at] += 1
    assert all(n == 1 for n, c in zip(covered, text, strict=True) if not c.isspace())
    assert max(covered, default=0) <= 1


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("KYIV, Feb. 3, 2023 (Agency) — Two people were killed.", dt.date(2023, 2, 3)),
        ("Gaza City, 12 October 2023 – Two people were killed.", dt.date(2023, 10, 12)),
        ("BOGOTA, 7 JUL 89 -- [TEXT] TWO PEOPLE WERE KILLED.", dt.date(1989, 7, 7)),
        ("КИЇВ, 3 лютого 2023 — Двоє людей загинули.", dt.date(2023, 2, 3)),
        ("Published: Friday, 3 February 2023, 14:05", dt.date(2023, 2, 3)),
        ("03.02.2023, 14:05", dt.date(2023, 2, 3)),
        ("2023-02-03", dt.date(2023, 2, 3)),
        ("KYIV, Feb. 3 (Agency) — Two people were killed.", None),
        ("On 3 February 2023 two people were killed - a third died later.", None),
        ("The attack of 3 February 2023 was followed by others.", None),
        ("KYIV, Feb. 31, 2023 (Agency) — Two people were killed.", None),
    ],
)
def test_datelines(line: str, day: dt.date | None) -> None:
    text = f"A headline here\n\n{line}\n\n{PARAGRAPH}"
    found = dateline(text, split_parts(text))
    assert (found.value.earliest if found else None) == day
    if found is not None and found.span is not None:
        assert found.quote == found.span.of(text)


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("2023-02-03T23:30:00-05:00", dt.date(2023, 2, 3)),
        ("20230203", dt.date(2023, 2, 3)),
        ("Fri, 03 Feb 2023 10:00:00 GMT", dt.date(2023, 2, 3)),
        ("3 February 2023", dt.date(2023, 2, 3)),
        ("February 3, 2023", dt.date(2023, 2, 3)),
        ("2023-13-45", None),
        ("soon", None),
        ("", None),
    ],
)
def test_days_of_metadata(raw: str, day: dt.date | None) -> None:
    assert parse_day(raw) == day


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.org/2023/02/03/story.html", dt.date(2023, 2, 3)),
        ("https://example.org/story-2023-2-3", dt.date(2023, 2, 3)),
        ("https://example.org/20230203/x", dt.date(2023, 2, 3)),
        ("https://example.org/2023/02/", None),
        ("https://example.org/id/120230203991", None),
        ("https://example.org/2023/99/99/x", None),
    ],
)
def test_days_of_urls(url: str, day: dt.date | None) -> None:
    assert url_day(url) == day


def test_date_lines() -> None:
    assert is_date_line("February 6, 2023 10:15 am EST")
    assert not is_date_line("On February 6, 2023 the town was hit")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (PARAGRAPH, "en"),
        ("Уранці над містом збили дрон, уламки впали на дах школи. Є двоє поранених.", "uk"),
        ("Утром над городом сбили беспилотник, обломки упали на крышу школы, раненых двое.", "ru"),
        ("Des tirs ont visé la ville pendant la nuit, et deux personnes ont été tuées, selon le maire de la commune.", "fr"),
        ("Ракети паднаха върху северната част на града през нощта и двама души бяха откарани в болница.", "bg"),
        ("12:30", "und"),
    ],
)
def test_languages(text: str, language: str) -> None:
    assert identify(text) == language


def test_a_single_paragraph_broken_at_one_width_is_one_part() -> None:
    lines = [
        "A new attack on the pumping station of the town was carried out at",
        "dawn by men in two boats, who fled across the river when the army",
        "opened fire.",
    ]
    assert [p.kind for p in split_parts("\n".join(lines))] == ["lede"]
