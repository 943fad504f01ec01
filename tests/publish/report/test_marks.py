from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from selectolax.lexbor import LexborHTMLParser

from witnessmark.model import Span
from witnessmark.publish.report.marks import Mark, visible, weave

TEXT = "abcdefghij <&> klmnopqrst"


def mark(start: int, end: int, name: str) -> Mark:
    opening = Markup('<i id="{}">').format(name)
    return Mark(Span(start, end), opening, Markup("<i>"), Markup("</i>"), Markup("<sup>{}</sup>").format(name))


spans = st.tuples(st.integers(0, 24), st.integers(1, 25)).filter(lambda p: p[0] < p[1])


@given(st.lists(spans, max_size=8, unique=True), spans)
def test_marked_text_is_well_formed_and_complete(marks: list[tuple[int, int]], within: tuple[int, int]) -> None:
    window = Span(*within)
    made = [mark(a, b, f"m{n}") for n, (a, b) in enumerate(marks)]
    html = str(weave(TEXT, made, window))
    depth = 0
    for piece in html.split("<")[1:]:
        depth += 1 if piece.startswith("i") else -1 if piece.startswith("/i") else 0
        assert depth >= 0
    assert depth == 0
    tree = LexborHTMLParser(f"<p>{html}</p>")
    for sup in tree.css("sup"):
        sup.decompose()
    assert tree.css_first("p").text() == window.of(TEXT)


@given(st.lists(spans, max_size=8, unique=True))
def test_every_mark_opens_once_and_ends_once(marks: list[tuple[int, int]]) -> None:
    html = str(weave(TEXT, [mark(a, b, f"m{n}") for n, (a, b) in enumerate(marks)], Span(0, len(TEXT))))
    for n in range(len(marks)):
        assert html.count(f'id="m{n}"') == 1
        assert html.count(f"<sup>m{n}</sup>") == 1


@given(st.lists(spans, max_size=6, unique=True))
def test_all_words_of_a_mark_are_inside_pieces_of_it(marks: list[tuple[int, int]]) -> None:
    made = [Mark(Span(a, b), Markup(f"[{n}:"), Markup(f"[{n}:"), Markup("]"), Markup("")) for n, (a, b) in enumerate(marks)]
    covered: dict[int, set[int]] = {n: set() for n in range(len(marks))}
    stack: list[int] = []
    at, text = 0, str(weave("x" * 25, made, Span(0, 25)))
    position = 0
    while at < len(text):
        if text[at] == "[":
            end = text.index(":", at)
            stack.append(int(text[at + 1 : end]))
            at = end
        elif text[at] == "]":
            stack.pop()
        else:
            for n in stack:
                covered[n].add(position)
            position += 1
        at += 1
    assert covered == {n: set(range(a, b)) for n, (a, b) in enumerate(marks)}


def test_signs_that_hide_or_turn_text_are_shown() -> None:
    assert "U+202E" in visible("a\u202eb")
    assert "U+001B" in visible("a\x1b[31mb")
    assert visible("plain & <b>") == "plain &amp; &lt;b&gt;"
    assert visible("tab\tand\nline") == "tab\tand\nline"
