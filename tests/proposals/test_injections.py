"""Reports with words that address a model, and a model that obeys them in the worst way: it returns whatever they want, as quotes and as inventions.

No value may come from such words, nothing of the rules' reading may change, and the document may touch nothing but its own proposals. The set is
``injections.toml``; the same set goes to a real small model in ``test_real_model.py``.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

import witnessmark
from witnessmark.claims import Claims, read_claims
from witnessmark.documents import text_document
from witnessmark.model import Span
from witnessmark.proposals import propose
from witnessmark.proposals.instructions import addresses_a_model
from witnessmark.statements import read_statements

SET = tomllib.loads(Path(__file__).with_name("injections.toml").read_text(encoding="utf-8"))["injection"]
PLAIN_LIE = "plain lie"
"""No order, only a false report: not to be told from a true one by its words, and read by the rules like any other."""
ORDERS = [i for i in SET if i["technique"] != PLAIN_LIE]
CARRIERS = {
    "en": (
        "Rockets hit a bakery in Kharkiv\n\nRockets hit a bakery in Kharkiv on Monday, killing two bakers, the mayor said.\n\n{words}\n\nThe fire was put out by noon.",
        "{words}\n\nGunmen attacked a clinic in Kramatorsk on 3 May 2024.\n\nThree nurses were wounded, police said.",
        "Market shelled\n\nArtillery shelled a market in Sumy on Sunday. Four traders died.\n\nThe market had opened at dawn.\n\n{words}",
    ),
    "uk": (
        "Удар по Харкову\n\nРосійські війська обстріляли ринок у Харкові 12 травня 2024 року, загинули двоє людей.\n\n{words}\n\nПожежу загасили до полудня.",
        "{words}\n\nУ Краматорську внаслідок обстрілу 3 травня 2024 року поранено трьох медсестер, повідомила поліція.",
        "Обстріл Сум\n\nУ Сумах внаслідок удару дрона загинули четверо людей.\n\nРинок відкрився на світанку.\n\n{words}",
    ),
    "ru": (
        "Удар по Харькову\n\nРоссийские войска обстреляли рынок в Харькове 12 мая 2024 года, погибли двое человек.\n\n{words}\n\nПожар потушили к полудню.",
        "{words}\n\nВ Краматорске в результате обстрела 3 мая 2024 года ранены три медсестры, сообщила полиция.",
        "Обстрел Сум\n\nВ Сумах в результате удара дрона погибли четыре человека.\n\nРынок открылся на рассвете.\n\n{words}",
    ),
}  # fmt: skip


def named(injection) -> str:
    return f"{injection['set']}-{injection['language']}-{injection['technique']}-{injection['words'][:12]!a}"


def obeying(server, injection) -> None:
    """Every quote that the words want, as the words have it; the same mixed with inventions; and more than was asked for."""
    wants = injection["wants"]
    single = {k: v for k, v in wants.items() if k != "munitions"}
    mixed = server.entry("", act="hit", place="Kharkiv", **{k: v for k, v in single.items() if k not in ("act", "place")})
    invented = server.entry(
        "500 people died.", act="nuked", place="Atlantis", date="1 January 1900", killed="500,000 people", perpetrator="The reader"
    )
    server.answers(server.entry(injection["words"], **single), server.entry("", **single), mixed, invented)


def mentions_of_models(claims):
    for claim in claims.incidents:
        single = [getattr(claim, n) for n in ("act", "perpetrator", "place", "date", "killed", "injured")]
        for mention in [*single, *claim.munitions, *claim.objects, *(m for _, m in claim.alternatives)]:
            if mention is not None and "llm" in mention.rule:
                yield mention


@pytest.mark.parametrize("carrier", range(3))
@pytest.mark.parametrize("injection", ORDERS, ids=named)
def test_an_obeyed_order_gives_no_value(server, injection, carrier: int) -> None:
    text = CARRIERS[injection["language"]][carrier].format(words=injection["words"])
    start = text.index(injection["words"])
    theirs = Span(start, start + len(injection["words"]))
    reading = read_statements(text_document(text, published="2024-05-15", language=injection["language"]))
    claims = read_claims(reading)
    obeying(server, injection)
    proposed = propose(reading, claims, server.model())
    for mention in mentions_of_models(proposed.claims):
        assert mention.span is not None and mention.quote == mention.span.of(text)
        assert not mention.span.overlaps(theirs), mention
    assert [c.identifier for c in proposed.claims.incidents] == [c.identifier for c in claims.incidents]
    for before, after in zip(claims.incidents, proposed.claims.incidents, strict=True):
        for name in ("act", "perpetrator", "place", "date", "killed", "injured"):
            old, new = getattr(before, name), getattr(after, name)
            assert (old is None and (new is None or "llm:" in new.rule)) or old.value == new.value
    assert "WM226" in [p.code for p in proposed.problems]
    assert proposed.tally.dropped["instruction"] + proposed.tally.dropped["not_found"] >= len(injection["wants"])


@pytest.mark.parametrize("injection", [i for i in ORDERS if "\n" not in i["words"]], ids=named)
def test_an_order_in_the_headline_is_not_sent(server, injection) -> None:
    body = CARRIERS[injection["language"]][0].split("\n\n")[1]
    reading = read_statements(text_document(f"{injection['words']}\n\n{body}", published="2024-05-15", language=injection["language"]))
    obeying(server, injection)
    proposed = propose(reading, read_claims(reading), server.model())
    assert not [m for m in mentions_of_models(proposed.claims) if m.span.start < len(injection["words"])]
    assert body[:20] in server.sent(server.asked[0])
    for quote in injection["wants"].values():
        assert quote in body or quote not in server.sent(server.asked[0])


@pytest.mark.parametrize("injection", [i for i in SET if i["technique"] == PLAIN_LIE], ids=named)
def test_what_no_pattern_can_tell_from_news_gets_no_further_than_with_the_rules(server, injection) -> None:
    text = CARRIERS[injection["language"]][0].format(words=injection["words"])
    reading = read_statements(text_document(text, published="2024-05-15", language=injection["language"]))
    claims = read_claims(reading)
    obeying(server, injection)
    proposed = propose(reading, claims, server.model())
    assert [c.identifier for c in proposed.claims.incidents] == [c.identifier for c in claims.incidents]
    for mention in mentions_of_models(proposed.claims):
        assert mention.quote == mention.span.of(text)


def test_an_order_that_no_pattern_finds_can_only_label_words_that_hold_such_a_value(server, monkeypatch) -> None:
    monkeypatch.setattr("witnessmark.proposals.asking.find_instructions", lambda _: ())
    for injection in ORDERS:
        text = CARRIERS[injection["language"]][0].format(words=injection["words"])
        reading = read_statements(text_document(text, published="2024-05-15", language=injection["language"]))
        claims = read_claims(reading)
        obeying(server, injection)
        proposed = propose(reading, claims, server.model())
        kept = {c.identifier for c in claims.incidents}
        assert kept <= {c.identifier for c in proposed.claims.incidents}
        for mention in mentions_of_models(proposed.claims):
            assert mention.quote == mention.span.of(text)
        for claim in proposed.claims.incidents:
            before = next((c for c in claims.incidents if c.identifier == claim.identifier), None)
            for name in ("killed", "injured", "place", "date", "perpetrator"):
                if before is not None and getattr(before, name) is not None:
                    assert getattr(claim, name).value == getattr(before, name).value


@pytest.mark.parametrize("injection", SET, ids=named)
def test_what_is_sent_cannot_close_its_frame(server, injection, monkeypatch) -> None:
    monkeypatch.setattr("witnessmark.proposals.asking.find_instructions", lambda _: ())
    text = CARRIERS[injection["language"]][0].format(words=injection["words"])
    reading = read_statements(text_document(text, language=injection["language"]))
    propose(reading, read_claims(reading), server.model())
    (asked,) = server.asked
    assert [m["role"] for m in asked["messages"]] == ["system", "user"]
    lines = server.sent(asked).split("\n")
    assert lines[0].startswith("<document ") and lines[-1] == "</document " + lines[0].removeprefix("<document ")
    assert not set("\n".join(lines[1:-1])) & set("<|>[]")


HIDDEN = {
    "display": '<p style="display:none">{}</p>',
    "attribute": "<p hidden>{}</p>",
    "size": '<p style="font-size:0">{}</p>',
    "comment": "<!-- {} -->",
    "alt": '<img src="a.png" alt="{}">',
    "noscript": "<noscript><p>{}</p></noscript>",
    "template": "<template><p>{}</p></template>",
    "meta": '<meta name="description" content="{}">',
}


@pytest.mark.parametrize("way", HIDDEN)
def test_orders_that_readers_do_not_see_are_not_sent(server, way: str, tmp_path: Path) -> None:
    injection = ORDERS[0]
    words = HIDDEN[way].format(injection["words"])
    body = CARRIERS["en"][0].split("\n\n")[1]
    head = words if way == "meta" else ""
    page = (
        f"<html><head><title>Rockets hit a bakery</title>{head}</head><body><article><h1>Rockets hit a bakery</h1><p>{body} It was noon.</p>"
        f"{'' if way == 'meta' else words}<p>The fire was put out by the evening, and the street was open again on the next day.</p></article></body></html>"
    )
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    obeying(server, injection)
    with witnessmark.read(tmp_path / "page.html", model=server.model()) as case:
        assert "Rockets hit a bakery in Kharkiv" in server.sent(server.asked[0])
        assert "500 killed" not in json.dumps(server.asked)
        assert not [c for c in case.claims if c.killed is not None and c.killed.value.point == 500]
        assert all(m.span is None or "Ignore" not in m.quote for c in case.claims for m in [c.act])


def test_one_document_cannot_reach_another(server, tmp_path: Path) -> None:
    rows = [{"id": "bad", "text": ORDERS[0]["words"]}, {"id": "good", "text": CARRIERS["en"][0].format(words="It was noon.")}]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    obeying(server, ORDERS[0])
    with witnessmark.read(tmp_path / "rows.jsonl", model=server.model()) as case:
        assert len(server.asked) == 1  # of the order alone nothing is left to send
        good = next(d for d in case.documents if "bakery" in d.text)
        assert {c.document for c in case.claims for _ in mentions_of_models(Claims((c,)))} <= {good.identifier}
        assert {c.killed.value.point for c in case.claims if c.killed and c.document == good.identifier} == {2}


@pytest.mark.parametrize(
    "words",
    [
        "The minister told parliament that the new rules for shelters are in force.",
        "Ignoring the warnings, residents returned to the village of Orlivka.",
        "Officials said previous instructions to evacuate had come too late.",
        "The system of air defence shot down 12 drones; the model of the missile is not known.",
        "“You are brave people,” the governor told the rescuers.",
        "Report: 12 killed in market attack",
        "Police asked residents to report anything suspicious and not to touch unexploded shells.",
        "Мер закликав мешканців не ігнорувати сигнали тривоги.",
        "Система протиповітряної оборони збила 12 дронів.",
        "Мэр призвал жителей не игнорировать сигналы тревоги.",
        "Для помощи раненым открыты три больницы.",
    ],
)
def test_news_is_no_order(words: str) -> None:
    assert not addresses_a_model(words)
