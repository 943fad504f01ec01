"""One document and a model that answers well, badly or falsely: only what the words bear gets in, and nothing of the rules is lost."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from witnessmark.assess import with_confidence
from witnessmark.claims import Claims, read_claims
from witnessmark.documents import text_document
from witnessmark.model import IncidentClaim, Mention
from witnessmark.proposals import propose
from witnessmark.proposals.records import REASONS, Proposed
from witnessmark.statements import read_statements

HIT = "Russian rockets hit a market in Kharkiv on Monday, killing three people and wounding five, the mayor said."
UNREAD = "The settlement of Sumy saw the worst of it on Sunday: a clinic was set ablaze and four nurses perished."
STORY = f"Rockets hit a market in Kharkiv\n\n{HIT}\n\nThe school year began as planned."


def both(server, text: str, *entries, language: str = "en", published: str = "2024-05-15") -> tuple[Claims, Proposed]:
    reading = read_statements(text_document(text, published=published, language=language))
    claims = with_confidence(reading, read_claims(reading))
    server.answers(*entries)
    proposed = propose(reading, claims, server.model())
    for claim in proposed.claims.incidents:
        assert claim.document == reading.document.identifier
        for mention in mentions(claim):
            assert mention.span is None or mention.quote == mention.span.of(text)
    return claims, proposed


def mentions(claim: IncidentClaim) -> list[Mention]:
    single = [getattr(claim, n) for n in ("act", "perpetrator", "place", "date", "killed", "injured", "speaker")]
    return [m for m in [*single, *claim.munitions, *claim.objects, *claim.breakdown, *(m for _, m in claim.alternatives)] if m is not None]


def unmarked(claims: Claims) -> Claims:
    """``claims`` without the marks of agreement."""

    def plain(mention):
        return dataclasses.replace(mention, rule=mention.rule.removesuffix("+llm"))

    def bare(claim: IncidentClaim) -> IncidentClaim:
        single = {n: plain(m) for n in ("act", "perpetrator", "place", "date", "killed", "injured") if (m := getattr(claim, n)) is not None}
        several = {n: tuple(map(plain, getattr(claim, n))) for n in ("munitions", "objects")}
        return dataclasses.replace(claim, **single, **several, alternatives=tuple((n, plain(m)) for n, m in claim.alternatives))

    return dataclasses.replace(claims, incidents=tuple(map(bare, claims.incidents)))


def test_agreement_is_marked_and_changes_nothing_else(server) -> None:
    claims, proposed = both(
        server,
        STORY,
        server.entry(HIT, act="hit", place="Kharkiv", date="on Monday", killed="three people", injured="five", munitions=["rockets"]),
    )
    assert unmarked(proposed.claims) == claims
    (claim,) = proposed.claims.incidents
    assert claim.killed.rule.endswith("+llm") and claim.place.rule.endswith("+llm")
    assert claim.killed.confidence == claims.incidents[0].killed.confidence is not None
    assert (proposed.tally.kept, proposed.tally.dropped) == ({"agreed": 6}, {})
    assert proposed.problems == ()


@pytest.mark.parametrize(
    ("quotes", "reason"),
    [
        ({"killed": "five hundred people"}, "not_found"),
        ({"killed": "Three people"}, "not_found"),
        ({"killed": "five"}, "other_harm"),
        ({"killed": "on Monday"}, "no_value"),
        ({"killed": "three people and wounding five"}, ""),
        ({"injured": "three people"}, "other_harm"),
        ({"date": "Monday, 13 May 2022"}, "not_found"),
        ({"date": "the mayor"}, "no_value"),
        ({"place": "market"}, "ambiguous"),
        ({"place": "the mayor"}, "no_value"),
        ({"perpetrator": "mayor"}, "no_value"),
        ({"munitions": ["cluster bombs"]}, "not_found"),
        ({"munitions": ["the mayor"]}, "no_value"),
        ({"objects": ["Kharkiv on Monday"]}, "no_value"),
        ({"act": "the mayor said"}, "no_value"),
        ({"act": ", "}, "not_found"),
    ],
)
def test_a_value_that_the_words_do_not_bear_is_dropped_and_counted(server, quotes, reason: str) -> None:
    claims, proposed = both(server, STORY, server.entry("", **quotes))
    assert unmarked(proposed.claims) == claims
    assert proposed.tally.dropped == ({reason: 1} if reason else {})
    assert not reason or reason in REASONS
    assert [p.code for p in proposed.problems] == (["WM225"] if reason else [])
    assert all(reason in p.message and "1 of 1" in p.message for p in proposed.problems)


def test_the_quoted_sentence_tells_which_of_several_places_is_meant(server) -> None:
    _, without = both(server, STORY, server.entry("Nothing like it.", place="Kharkiv"))
    assert without.tally.dropped == {"ambiguous": 1}
    _, within = both(server, STORY, server.entry(HIT, place="Kharkiv"))
    assert within.tally.kept == {"agreed": 1}


def test_the_value_is_that_of_the_words_and_not_of_the_model(server) -> None:
    _, proposed = both(server, UNREAD, server.entry(UNREAD, act="set ablaze", place="Sumy", date="on Sunday", killed="four nurses"))
    (claim,) = proposed.claims.incidents
    assert claim.date.value.earliest == dt.date(2024, 5, 12)
    assert (claim.place.value.name, claim.killed.value.point) == ("Sumy", 4)


def test_what_the_rules_left_empty_is_filled_and_says_who_proposed_it(server) -> None:
    text = "Gunmen attacked Oldbridge market on 3 May 2024. Officials in Kharkiv said so. Two traders were killed."
    reading = read_statements(text_document(text, published="2024-05-15", language="en"))
    claims = read_claims(reading)
    bare = dataclasses.replace(claims, incidents=tuple(dataclasses.replace(c, killed=None, objects=()) for c in claims.incidents))
    server.answers(server.entry("", act="attacked", killed="Two traders", objects=["market"]))
    (claim,) = propose(reading, bare, server.model()).claims.incidents
    assert claim.killed.value.point == 2
    assert claim.killed.rule.startswith("llm:harm.")
    assert claim.killed.confidence is None
    assert [o.rule.partition(":")[0] for o in claim.objects] == ["llm"]


def test_where_the_two_differ_the_rules_keep_the_field(server) -> None:
    text = STORY.replace("The school", "The toll later stood at four people killed in Kharkiv, the governor said. The school")
    claims, proposed = both(server, text, server.entry(HIT, act="hit", killed="four people", objects=["school"]))
    (before, *_), (after, *_) = claims.incidents, proposed.claims.incidents
    assert after.killed.value == before.killed.value
    assert before.killed.value.point == 3
    assert [m.value.quantity.point for n, m in after.alternatives if n == "killed"] == [4]  # known to the rules too, and marked
    assert [m.rule.endswith("+llm") for n, m in after.alternatives if n == "killed"] == [True]
    assert [m.value.kind for m in after.objects] == [m.value.kind for m in before.objects]


def test_people_that_are_only_counted_are_for_review(server) -> None:
    text = "A missile struck Kramatorsk on 2 May 2024. Twelve residents were taken to a theatre, rescuers said."
    _, proposed = both(server, text, server.entry("", act="struck", killed="Twelve residents"))
    (claim,) = proposed.claims.incidents
    assert claim.killed is None
    assert [(n, m.value.quantity.point, m.rule) for n, m in claim.alternatives if m.rule.startswith("llm:")] == [
        ("killed", 12, "llm:people")
    ]


def test_a_party_that_is_only_named_is_for_review(server) -> None:
    text = "Shells hit a clinic in Kramatorsk on 2 May 2024, killing two nurses. Ukraine and Russia exchanged prisoners that day."
    _, proposed = both(server, text, server.entry("", act="hit", perpetrator="Ukraine"))
    (claim,) = proposed.claims.incidents
    assert claim.perpetrator is None
    assert ("perpetrator", "Ukraine") in [(n, m.value.name) for n, m in claim.alternatives if n == "perpetrator"]


@pytest.mark.parametrize(
    ("text", "act", "reason"),
    [
        ("The minister warned that Russia could bomb Odesa next week and kill hundreds.", "bomb", "not_told"),
        ("If they shelled Odesa, the whole port would burn.", "shelled", "not_told"),
        ("Since 2022, 11,000 civilians have been killed in Ukraine, an average of 12 a day.", "killed", "series"),
    ],
)
def test_forecasts_and_totals_make_no_claim(server, text: str, act: str, reason: str) -> None:
    claims, proposed = both(server, text, server.entry(text, act=act, place="Odesa", killed="11,000 civilians"))
    assert proposed.claims == claims
    assert proposed.tally.dropped[reason] >= 1


def test_an_attack_that_the_rules_missed_is_a_claim_of_its_own(server) -> None:
    text = f"{HIT}\n\n{UNREAD}"
    reading = read_statements(text_document(text, published="2024-05-15", language="en"))
    claims = read_claims(reading)
    first = dataclasses.replace(claims, incidents=claims.incidents[:1])
    answer = server.entry(UNREAD, act="set ablaze", place="Sumy", date="on Sunday", killed="four nurses", objects=["a clinic"])
    server.answers(answer, answer)
    proposed = propose(reading, first, server.model())
    assert [c.place.value.name for c in proposed.claims.incidents] == ["Kharkiv", "Sumy"]
    added = proposed.claims.incidents[1]
    assert added.identifier not in {c.identifier for c in first.incidents}
    assert all(m.rule.startswith("llm:") for m in mentions(added))
    assert added.evidence
    assert (proposed.tally.kept["added"], proposed.tally.kept["agreed"]) == (5, 5)  # the second time it is known


def test_a_match_stays_a_match(server) -> None:
    text = "Giants win cup final\n\nThe striker struck twice in the final on Monday and killed off the visitors before 12,000 people in Kharkiv."
    claims, proposed = both(server, text, server.entry("", act="struck", place="Kharkiv", killed="12,000 people"))
    assert proposed.claims.incidents == claims.incidents == ()


@pytest.mark.parametrize(
    ("language", "text", "quotes", "name"),
    [
        ("uk", "2 травня 2024 року російські війська обстріляли ринок у Харкові, загинули троє людей.", {"act": "обстріляли", "place": "Харкові", "killed": "троє людей", "date": "2 травня 2024 року"}, "Kharkiv"),
        ("ru", "2 мая 2024 года российские войска обстреляли рынок в Харькове, погибли трое человек.", {"act": "обстреляли", "place": "Харькове", "killed": "трое человек", "date": "2 мая 2024 года"}, "Kharkiv"),
    ],
)  # fmt: skip
def test_ukrainian_and_russian_words_are_read_by_their_own_resolvers(server, language: str, text: str, quotes, name: str) -> None:
    reading = read_statements(text_document(text, published="2024-05-15", language=language))
    server.answers(server.entry(text, **quotes))
    (claim,) = propose(reading, Claims(), server.model()).claims.incidents
    assert (claim.place.value.name, claim.killed.value.point, claim.date.value.earliest) == (name, 3, dt.date(2024, 5, 2))


def test_a_long_document_goes_out_in_whole_paragraphs(server) -> None:
    paragraphs = [f"Shells hit a bakery in Kharkiv on {day} May 2024, killing {day} people. It rained." for day in range(2, 12)]
    reading = read_statements(text_document("\n\n".join(paragraphs), published="2024-05-15", language="en"))
    server.answers()
    proposed = propose(reading, Claims(), server.model(window=500))
    sent = [server.sent(a) for a in server.asked]
    assert 1 < len(sent) < 10
    assert [p for p in paragraphs if sum(p in s for s in sent) == 1] == paragraphs
    assert proposed.problems == ()
    limited = propose(reading, Claims(), server.model(window=500, windows=1))
    assert [p.code for p in limited.problems] == ["WM228"]


def test_one_request_that_fails_costs_its_own_part_only(server) -> None:
    paragraphs = [f"{HIT} " + "It rained all day long. " * 15, UNREAD + " It snowed all day long." * 15]
    reading = read_statements(text_document("\n\n".join(paragraphs), published="2024-05-15", language="en"))
    good = server.incidents(server.entry(UNREAD, act="set ablaze", place="Sumy", killed="four nurses"))
    server.script = lambda asked: server.reply(good if "Sumy" in server.sent(asked) else "no JSON")
    proposed = propose(reading, Claims(), server.model(window=600))
    assert [c.place.value.name for c in proposed.claims.incidents] == ["Sumy"]
    assert [p.code for p in proposed.problems] == ["WM223"]
    assert not proposed.again


def test_a_document_without_readable_text_is_not_asked_about(server) -> None:
    reading = read_statements(text_document("***\n", language="en"))
    assert propose(reading, Claims(), server.model()).claims == Claims()
    assert server.asked == []
