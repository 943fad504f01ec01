"""From text to statements with modality, speaker, polarity, hedge and cue."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.documents import text_document
from witnessmark.model import Statement
from witnessmark.statements import read_statements
from witnessmark.vocabulary import identifiers


def statements(text: str, *, title: str = "Shells hit Oldport", **options: str) -> list[Statement]:
    document = text_document(text, title=title, published="2023-05-10", **{"language": "en", **options})  # type: ignore[arg-type]
    return [s for s in read_statements(document).statements if s.part != "headline"]


LABELLED = [
    ("attributed", "A shell hit the mill and killed two men, the mayor said."),
    ("denied", "The defence ministry denied that its forces had fired on the town."),
    ("claimed_responsibility", "A rebel group claimed responsibility for the bombing of the barracks."),
    ("prediction", "Power will be restored by Friday."),
    ("directive", "Please stay away from the river."),
    ("directive", "The council called on residents to leave the town at once."),
    ("hypothetical", "Had the alarm failed, dozens would have died."),
    ("rhetorical", "How many more bridges must fall?"),
    ("negated", "No one was hurt in the attack."),
    ("background.historical", "In March 2014 a bomb destroyed the same bridge, killing nine people."),
    ("quantified_pattern", "The town has come under fire four times a week since the winter, twice as often as last year."),
    ("asserted", "A crater ten metres wide cut the road beside the mill."),
    ("inferred", "The angle of the crater suggests that the shell came from the north."),
]


@pytest.mark.parametrize(("modality", "text"), LABELLED)
def test_modality_of_plain_cases(modality: str, text: str) -> None:
    assert [s.modality for s in statements(text)] == [modality]


@pytest.mark.parametrize(("modality", "text"), [c for c in LABELLED if c[0] in ("attributed", "denied", "prediction", "negated")])
def test_upper_case_takes_the_same_path(modality: str, text: str) -> None:
    assert [s.modality for s in statements(text.upper())] == [modality]


@pytest.mark.parametrize(
    ("modality", "text", "language"),
    [
        ("attributed", "Двоє людей загинули внаслідок удару, повідомила поліція.", "uk"),
        ("denied", "Міноборони заперечує удар по мосту.", "uk"),
        ("negated", "Обійшлося без постраждалих.", "uk"),
        ("directive", "Просимо не виходити з укриття.", "uk"),
        ("attributed", "Два человека погибли, сообщил губернатор.", "ru"),
        ("denied", "Минобороны отрицает удар по мосту.", "ru"),
        ("rhetorical", "Сколько ещё мостов должно упасть?", "ru"),
        ("negated", "Жертв нет.", "ru"),
    ],
)
def test_slavic_modality(modality: str, text: str, language: str) -> None:
    assert [s.modality for s in statements(text, language=language)] == [modality]


def test_a_pronoun_points_back_to_the_last_speaker() -> None:
    read = statements("Two men died, the district governor said. He said the bridge was closed.")
    assert [s.speaker.text for s in read if s.speaker] == ["the district governor", "the district governor"]
    assert read[1].speaker is not None
    assert read[1].speaker.kind == "civil_official"


def test_a_short_name_keeps_the_type_of_the_full_one() -> None:
    read = statements("The defence ministry said it fired no missiles. Two jets came back, the ministry added.")
    assert read[1].speaker is not None
    assert read[1].speaker.kind == "military_official"


def test_nested_voices_are_kept_outermost_first() -> None:
    (read,) = statements("A news agency, citing a source in the police, said two men were held.")
    assert read.speaker is not None
    assert read.speaker.text == "A news agency"
    assert [s.text for s in read.chain] == ["a source in the police"]


def test_an_officials_own_post_has_no_speaker() -> None:
    (read,) = statements("A rocket fell on the market this morning and damaged six stalls.", publisher_type="civil_official")
    assert (read.modality, read.speaker) == ("asserted", None)


def test_a_publisher_that_cites_itself_speaks_in_its_own_voice() -> None:
    (read,) = statements("Soldiers burned ten homes in the valley, Valley Rights Watch said.", publisher="Valley Rights Watch")
    assert read.speaker is None


def test_a_sentence_is_cut_where_its_speaker_turns_to_deny() -> None:
    text = "The ministry said its jets hit a depot, and denied that a school was struck."
    read = statements(text)
    assert [s.span.of("Shells hit Oldport\n\n" + text) for s in read] == [
        "The ministry said its jets hit a depot,",
        "and denied that a school was struck.",
    ]
    assert read[0].sentence == read[1].sentence
    assert read[1].modality == "denied"
    assert read[1].speaker is not None
    assert read[1].speaker.text == "The ministry"


def test_hedge_cue_and_polarity_are_marked() -> None:
    text = "The shell was probably fired from the ridge."
    (read,) = statements(text)
    assert read.hedge is not None
    assert read.hedge.of("Shells hit Oldport\n\n" + text) == "probably"
    assert not read.negative
    (denied,) = statements("The army did not fire on the town, a spokesman said.")
    assert denied.negative


def test_a_document_without_words() -> None:
    reading = read_statements(text_document("", language="en"))
    assert (reading.sentences, reading.statements) == ((), ())


def test_labels_do_not_depend_on_which_party_is_named() -> None:
    text = (
        "{0}'s defence ministry said {1} had shelled the town of Oldport. {1}'s army denied it. Two people died, the mayor said. "
        "{0} must stop, the {1} president said. In 2015 {0} bombed the same town, killing nine people."
    )
    one, other = (statements(text.format(*pair)) for pair in (("Russia", "Ukraine"), ("Ukraine", "Russia")))
    assert [(s.modality, s.speaker.kind if s.speaker else None) for s in one] == [
        (s.modality, s.speaker.kind if s.speaker else None) for s in other
    ]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([text for _, text in LABELLED]), min_size=1, max_size=6))
def test_statements_lie_inside_sentences_and_use_the_closed_lists(texts: list[str]) -> None:
    document = text_document(" ".join(texts), title="Shells hit Oldport", language="en", published="2023-05-10")
    reading = read_statements(document)
    for left, right in itertools.pairwise(reading.statements):
        assert left.span.end <= right.span.start
    for s in reading.statements:
        assert reading.sentences[s.sentence].span.contains(s.span)
        assert s.modality in identifiers("modality")
        assert 0 < s.score <= 1
        assert s.speaker is None or s.speaker.kind in identifiers("source_type")
        assert s.speaker is None or s.speaker.span is None or s.speaker.span.of(document.text) == s.speaker.text
    assert {s.sentence for s in reading.statements} == {s.index for s in reading.sentences}


@pytest.mark.parametrize("text", ["the mayor said , " * 4000, "mayor" + "," * 200 + " said so", "• a. " * 3000, "no word; " * 3000])
def test_endless_runs_are_read(text: str) -> None:
    assert statements(text)


@pytest.mark.parametrize(
    ("language", "text", "modality"),
    [
        ("uk", "Кількість загиблих внаслідок удару по ринку зросла до семи, повідомив мер.", "attributed"),
        ("ru", "Число погибших при обстреле рынка увеличилось до семи, сообщил мэр.", "attributed"),
        ("uk", "Кількість поранених за тиждень зросла до 40.", "quantified_pattern"),
        ("uk", "Кількість обстрілів зросла вдвічі.", "quantified_pattern"),
    ],
)
def test_a_toll_that_rose_is_no_pattern(language: str, text: str, modality: str) -> None:
    assert [s.modality for s in statements(text, title="", language=language)] == [modality]


@pytest.mark.parametrize(
    "text",
    [
        "On Monday it denied having fired on the mill and accused the other side of using the town as a shield.",
        "It denied on Monday that it had shelled the mill.",
    ],
)
def test_what_a_pronoun_denies_is_denied(text: str) -> None:
    assert statements(text)[0].modality == "denied"


@pytest.mark.parametrize(
    "text", ["The military has not commented.", "Moscow has not responded to the allegations.", "The ministry has yet to comment."]
)
def test_who_has_not_commented_denies_nothing(text: str) -> None:
    assert statements(text)[0].modality == "negated"


def test_a_press_office_gives_no_order() -> None:
    assert statements("The press office reported that five soldiers died.")[0].modality == "attributed"


@pytest.mark.parametrize(
    "text",
    ["Aid workers were denied access to the camp for two days.", "The council denied bail to two men who had burned the mill."],
)
def test_what_is_withheld_is_no_denial(text: str) -> None:
    assert all(s.modality != "denied" for s in statements(text))
