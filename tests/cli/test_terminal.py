import io
import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.cli import terminal
from witnessmark.publish.listing import Cell, Grid, Listing, Passage, Piece

EVIL = "\x1b]0;owned\x07\x1b[31mred\x9b2J\u202egnol\u2028[bold]x[/bold]\ud800\r\b"


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def drawn(listing: Listing, stream: io.StringIO) -> str:
    terminal.draw(listing, terminal.console(stream))
    return stream.getvalue()


def listing(text: str) -> Listing:
    return Listing(
        text,
        (Grid(text, (text, "id"), ((Cell(text, "stated", text), Cell(text, "zero")),)), Grid("none", ("a",), (), text)),
        (Passage(text, ((text, (Piece(text), Piece(text, "field", text), Piece(text, "clash"))),)),),
        (text,),
    )


@given(st.text(max_size=30))
def test_no_control_character_gets_through(text: str) -> None:
    assert not any(ord(c) < 32 and c not in "\t\n" or 127 <= ord(c) < 160 or c in "\u202e\u2066\u2028" for c in terminal.safe(text))


def test_plain_words_are_left_alone() -> None:
    assert terminal.safe("Ракета, 5 людей\n\t“так”") == "Ракета, 5 людей\n\t“так”"


def test_a_hostile_text_cannot_steer_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    shown = drawn(listing(EVIL), Screen())
    assert "owned" in shown
    assert "\x1b]0;owned" not in shown
    assert "\x1b[31mred" not in shown
    assert "\x07" not in shown
    assert "\x9b" not in shown
    assert "\u202e" not in shown
    assert "[bold]x[/bold]".replace("[", "") in shown.replace("[", "").replace("\n", "")


def test_output_that_is_not_a_terminal_is_plain() -> None:
    shown = drawn(listing("words"), io.StringIO())
    assert "\x1b" not in shown
    assert "⟦words⟧(words)" in shown


def test_no_color_is_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    shown = drawn(listing("words"), Screen())
    assert "\x1b[3" not in shown
    assert "⟦words⟧" in shown


def test_long_tables_say_how_much_was_left_out() -> None:
    rows = tuple((Cell(str(n)),) for n in range(terminal.MAX_ROWS + 7))
    shown = drawn(Listing("many", (Grid("many", ("n",), rows),)), io.StringIO())
    assert "7 more" in shown


def test_json_is_safe_for_terminals_and_exact(capsys: pytest.CaptureFixture[str]) -> None:
    value = {"text": "\x9b2J \u202e ціль"}
    terminal.dump(value)
    out = capsys.readouterr().out
    assert "\x9b" not in out
    assert "ціль" in out
    assert json.loads(out) == value


def test_progress_is_silent_off_a_terminal_and_in_the_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    ticker = terminal.Ticker(lambda: now[0])
    now[0] = 60.0
    ticker("reading", 1, 10, "a.txt")
    ticker.close()
    assert stream.getvalue() == ""
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    ticker = terminal.Ticker(lambda: now[0])
    ticker("reading", 1, 10, "a.txt")
    assert screen.getvalue() == ""
    now[0] = 62.0
    ticker("reading", 5, 10, "evil\x1b[2J.txt")
    assert "reading 5 of 10" in screen.getvalue()
    assert "\x1b[2J" not in screen.getvalue()
    ticker("reading", 6, 10, "b.txt")
    assert "6 of 10" not in screen.getvalue()
    ticker.close()
    assert screen.getvalue().endswith("\r\x1b[K")


@pytest.mark.parametrize(
    "value",
    [{}, {"a": 1, "list": [], "b": {"c": [1]}}, {"list": [{"n": n, "text": "a\u202eb"} for n in range(1201)], "z": None}, [1, "x"], "é"],
)
def test_dumped_json_reads_back_and_has_a_line_for_each_record(value: object, capsys: pytest.CaptureFixture[str]) -> None:
    terminal.dump(value)
    out = capsys.readouterr().out
    assert json.loads(out) == value
    assert "\u202e" not in out
    if isinstance(value, dict) and value.get("list"):
        assert sum(line.startswith('  {"n"') for line in out.splitlines()) == 1201
