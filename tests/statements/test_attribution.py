"""Who says it: shallow grammar over made-up sentences."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.statements.attribution import Attribution, attributions
from witnessmark.statements.language.tokens import tokenise
from witnessmark.statements.lexicon import lexicon


def said(text: str, language: str = "en") -> list[tuple[str | None, str, str | None]]:
    """Source words, kind and source type of each attribution in ``text``."""
    tokens = tokenise(text)
    out = []
    for a in found(text, language):
        source = None if a.source is None else text[tokens[a.source[0]].start : tokens[a.source[1] - 1].end]
        out.append((source, a.kind, a.source_type))
    return out


def found(text: str, language: str) -> list[Attribution]:
    tokens = tokenise(text)
    words = lexicon(language)
    return attributions(tokens, 0, len(tokens), cues=words.find_cues(tokens, 0, len(tokens)), lexicon=words)


@pytest.mark.parametrize(
    ("text", "source", "kind", "source_type"),
    [
        ("Two men died, the regional governor said on Monday.", "the regional governor", "speech", "civil_official"),
        ("The air force said it had shot down nine drones.", "The air force", "speech", "military_official"),
        ("“We ran,” said a baker who lives next door.", "a baker", "speech", "eyewitness"),
        ("According to hospital staff, six were hurt.", "hospital staff", "according", "hospital_morgue"),
        ("On Tuesday the mayor told reporters that power was back.", "the mayor", "speech", "civil_official"),
        ("In a statement the rebels said they would stop.", "the rebels", "speech", "armed_group"),
        ("A clerk who saw the flash said he fell to the floor.", "A clerk who saw the flash", "speech", None),
        ("The report, a UN official added, is not final.", "a UN official", "speech", "UN_or_IGO"),
        ("Gen. Holt, the army commander, said the road was clear.", "Gen. Holt", "speech", "military_official"),
        ("Defence ministry: no missiles were fired", "Defence ministry", "label", "military_official"),
        ("Toll rises to nine — police", "police", "label", "civil_official"),
        ("THE MAYOR SAID THAT TWO BRIDGES WERE BLOWN UP.", "THE MAYOR", "speech", "civil_official"),
        ("Residents must leave, ordered the provincial governor.", "the provincial governor", "speech", "civil_official"),
    ],
)
def test_one_attribution(text: str, source: str, kind: str, source_type: str | None) -> None:
    assert any(s == source and k == kind and (source_type is None or t == source_type) for s, k, t in said(text))


@pytest.mark.parametrize(
    ("text", "language", "source"),
    [
        ("Двоє людей загинули, повідомила поліція.", "uk", "поліція"),
        ("За даними ДСНС, поранено сімох.", "uk", "ДСНС"),
        ("Погибли двое, сообщил губернатор.", "ru", "губернатор"),
        ("По словам мэра, ранены семеро.", "ru", "мэра"),
    ],
)
def test_slavic_attributions(text: str, language: str, source: str) -> None:
    assert source in [s for s, _, _ in said(text, language)]


@pytest.mark.parametrize(
    "text",
    [
        "Three explosions were reported in the port.",
        "The strike was recorded at dawn.",
        "Oldport: two bridges hit",
        "The river claims a life every year.",
        "Smoke rose over the mill.",
    ],
)
def test_no_speaker_where_nobody_speaks(text: str) -> None:
    assert [s for s, _, _ in said(text) if s is not None] == []


def test_a_verb_without_its_subject_has_no_source() -> None:
    assert said("The mayor said the bridge was closed, and added that the school was safe.")[-1] == (None, "speech", None)


def test_citing_gives_both_voices() -> None:
    voices = said("The news agency, citing a source in the police, said two men were held.")
    assert ("The news agency", "speech", "wire_agency") in voices
    assert any(k == "citing" and s is not None and "police" in s for s, k, _ in voices)


def test_words_inside_a_quotation_do_not_speak() -> None:
    assert [s for s, _, _ in said('"They told us to wait," the driver said.')] == ["the driver"]


def test_a_passive_with_an_agent_has_a_speaker() -> None:
    assert ("a nurse", "speech", "hospital_morgue") in said("The figure was confirmed by a nurse.")


_WORDS = [
    "said", "the", "mayor", ",", "who", "told", "reporters", ":", "—", "according to", "citing", "May", "and", "he", ".", '"', "was", "by",
    "reported", "Gen", "on", "Monday", "police", "that", "denied", "?", "THE", "ARMY", "SAID",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=14), st.sampled_from(["en", "uk", "ru"]))
def test_ranges_lie_inside_the_sentence_and_are_not_empty(words: list[str], language: str) -> None:
    text = " ".join(words)
    count = len(tokenise(text))
    for a in found(text, language):
        assert 0 <= a.cue[0] < a.cue[1] <= count
        assert a.source is None or 0 <= a.source[0] < a.source[1] <= count
