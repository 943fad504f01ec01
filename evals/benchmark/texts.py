"""Texts for the benchmark: articles of about 600 words, in the project's own words.

Reports of attacks come from the bundled corpus, ordinary news from sentence patterns. Nothing is random twice the same way by accident:
everything hangs on the seed.
"""

from __future__ import annotations

import html
import json
import random
from collections.abc import Iterator
from pathlib import Path

from witnessmark.corpus import inputs

WORDS = 600
"""Length of an article, in words; the corpus of the peers' figures has this mean."""
CONFLICT_SHARE = 0.35
"""Share of articles in the mixed set that are reports of attacks."""

_PLACES = ("Porto", "Leeds", "Tampere", "Graz", "Lyon", "Gdansk", "Bergen", "Aarhus", "Toledo", "Ghent", "Izmir", "Busan", "Cork", "Turin")
_WHO = ("The city council", "The regional museum", "A committee of parents", "The bus company", "The university", "The harbour authority")
_DID = ("approved", "postponed", "reviewed", "announced", "criticised", "extended", "published", "withdrew")
_WHAT = (
    "a plan for new cycle lanes",
    "the budget for school meals",
    "its timetable for the winter",
    "a report on rents",
    "the summer festival",
)
_WHY = (
    "after months of debate",
    "despite the rain",
    "to the relief of shopkeepers",
    "for the third year in a row",
    "with a narrow majority",
)
_WHEN = ("on Monday", "last week", "in March", "on 12 June", "this morning", "two years ago", "at the end of the season")
_MORE = (
    "Tickets sold out within {n} minutes, the organisers said.",
    "About {n} people took part in the walk along the river.",
    "Prices rose by {n} percent over the year, according to the statistics office.",
    "The home side won {n} to 1 and goes to the top of the table.",
    "Forecasters expect {n} millimetres of rain in the hills by the evening.",
    "The library keeps {n} volumes from the collection of its founder.",
    "Residents have until the end of the month to object to the {n} proposals.",
    "A spokeswoman said that the work would cost {n} million and take two summers.",
)


def reports() -> tuple[str, ...]:
    """The English reports of the bundled corpus, title and text."""
    return tuple(f"{r['title']}\n\n{r['text']}" for r in inputs() if r["lang"] == "en")


def _ordinary(rng: random.Random) -> str:
    if rng.random() < 0.5:
        return (
            f"{rng.choice(_WHO)} of {rng.choice(_PLACES)} {rng.choice(_DID)} {rng.choice(_WHAT)} {rng.choice(_WHEN)}, {rng.choice(_WHY)}."
        )
    return rng.choice(_MORE).format(n=rng.randint(2, 90))


def ordinary(rng: random.Random) -> str:
    """News without an attack in it."""
    paragraphs = [f"{rng.choice(_PLACES)}: {rng.choice(_WHAT).capitalize()} {rng.choice(_WHY)}", ""]
    words = 0
    while words < WORDS:
        paragraph = " ".join(_ordinary(rng) for _ in range(rng.randint(2, 5)))
        words += len(paragraph.split())
        paragraphs += [paragraph, ""]
    return "\n".join(paragraphs).strip()


def conflict(rng: random.Random) -> str:
    """Reports of attacks, one after the other, up to the length."""
    texts: list[str] = []
    while sum(len(t.split()) for t in texts) < WORDS:
        texts.append(rng.choice(reports()))
    return "\n\n".join(texts)


def mixed(count: int, *, seed: int = 1, share: float = CONFLICT_SHARE) -> Iterator[str]:
    """``count`` articles, of which ``share`` tell of attacks."""
    rng = random.Random(seed)
    for _ in range(count):
        yield conflict(rng) if rng.random() < share else ordinary(rng)


def from_folder(folder: Path) -> Iterator[str]:
    """The texts of a folder: .txt files, and .jsonl files with a "text" in each line."""
    for path in sorted(folder.iterdir()):
        if path.suffix == ".txt":
            yield path.read_text(encoding="utf-8")
        elif path.suffix == ".jsonl":
            yield from (json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def page(text: str, rng: random.Random) -> str:
    """``text`` as a news page of about 60 kB with menus, scripts, styles, cards and comments around it."""

    def line(length: int) -> str:
        return html.escape(" ".join(rng.choice(_WHAT).split()[-1] for _ in range(length)))

    title, _, body = text.partition("\n\n")
    paragraphs = "".join(f"<p>{html.escape(p)}</p>\n" for p in body.split("\n\n"))
    menu = "".join(f'<li><a href="/{i}">{line(3)}</a></li>' for i in range(120))
    cards = "".join(f'<div class="card"><a href="/c/{i}"><h3>{line(9)}</h3></a><p>{line(25)}</p></div>' for i in range(60))
    comments = "".join(f'<li class="comment"><b>reader{i}</b><p>{line(rng.randint(8, 50))}</p></li>' for i in range(60))
    script = "".join(f"queue.push({{slot:{i},size:'{rng.randint(100, 999)}x{rng.randint(100, 999)}'}});" for i in range(300))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)}</title>'
        f"<script>{script}</script><style>{'.box{margin:0 auto}' * 300}</style></head><body>"
        f"<header><nav><ul>{menu}</ul></nav></header><main><article><h1>{html.escape(title)}</h1>\n{paragraphs}</article>"
        f"<section>{cards}</section><section><h2>Comments</h2><ul>{comments}</ul></section></main><footer><ul>{menu}</ul></footer></body></html>"
    )
