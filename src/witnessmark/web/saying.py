"""Sentences that records and errors carry in English, said in the reader's language where their pattern is known."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping

from witnessmark.errors import WitnessmarkError, describe
from witnessmark.vocabulary.telling import Told
from witnessmark.vocabulary.texts import translations

Translate = Callable[[str], str]


def note(text: str, language: str) -> str:
    """What the note of a contradiction says. The quoted words in it stay as they are."""
    for pattern, frame in _notes(language):
        found = pattern.fullmatch(text)
        if found:
            return frame % found.groups()
    return text


@functools.cache
def _notes(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    _ = translations(language).gettext
    # The last one matches most: the others have to be tried before it.
    frames = (
        ("%s is accused and denies", _("%s is accused and denies")),
        ("%s in the headline, %s in the body", _("%s in the headline, %s in the body")),
        ("%s is given as an example of %s", _("%s is given as an example of %s")),
        ("%s hit, against %s", _("%s hit, against %s")),
        ("%s against %s", _("%s against %s")),
    )
    return tuple((re.compile(english.replace("%s", "(.+)"), re.DOTALL), frame) for english, frame in frames)


def reason(name: str, language: str) -> str:
    """What spoke for a reading of a place; other reasons are names of rules and stay as they are."""
    distance = re.fullmatch(r"within (\d+) km", name)
    if distance:
        return translations(language).gettext("another place of the text within %s km") % distance[1]
    if re.fullmatch(r"(best|behind) support \d", name):
        return _reasons(language)[name.split(" ")[0]]
    return _reasons(language).get(name, name)


@functools.cache
def _reasons(language: str) -> Mapping[str, str]:
    _ = translations(language).gettext
    return {
        "prominence": _("size"), "behind": _("behind the best supported"), "seat": _("seat of a division"), "inside": _("inside the place named with it"),
        "not inside": _("not inside the place named with it"), "country": _("its country is named elsewhere"),
        "country share": _("share of its country among the names"), "division": _("its region is named elsewhere"),
        "division count": _("how often its region is named"), "county": _("its district is named elsewhere"), "sole support": _("the only one supported"),
        "nearest": _("nearest to the others"), "prominence alone": _("size, without support"), "closeness": _("closeness to the others"),
        "best": _("best supported"),
    }  # fmt: skip


def fault(error: WitnessmarkError, language: str) -> str:
    """The one line of an error, with its cause and advice in ``language`` where the catalogue has them."""
    return said(error.code, error.detail, language, origin=error.origin)


def said(code: str, detail: str, language: str, *, origin: str = "") -> str:
    """The line of a coded error, as :func:`witnessmark.errors.describe` says it in English."""
    _ = translations(language).gettext
    told = detail.said(language, _) if isinstance(detail, Told) else detail
    known = _faults(_).get(code)
    if language == "en" or known is None:
        return describe(code, told, origin=origin)
    where = f" {origin}:" if origin else ""
    return f"[{code}]{where} {known[0]}{f' ({told})' if told else ''}. {known[1]}."


def _faults(_: Translate) -> Mapping[str, tuple[str, str]]:
    """Cause and advice of the codes that a page may have to tell; in English they are those of the catalogue (a test holds the two equal)."""
    return {
        "WM001": (_("no such incident, claim, series, contradiction or document"), _("List what there is with 'witnessmark show'")),
        "WM004": (_("no such field"), _("Name one of the fields that 'witnessmark show ID' prints")),
        "WM007": (_("an optional library is not installed"), _("Install it as named, or leave out what needs it")),
        "WM301": (_("a stored original does not match its hash"), _("Restore it from a copy; nothing derived from it can be trusted")),
        "WM302": (_("the ledger's chain is broken"), _("Restore the ledger from a copy; compare its root with a published one")),
        "WM303": (_("a table does not match its manifest"), _("Run 'witnessmark read' on the case again to rebuild it")),
        "WM305": (_("another process is writing to the case"), _("Wait for it to end, or stop it")),
        "WM307": (_("the case folder cannot be written"), _("Check rights and free space")),
        "WM308": (_("a file of the case is missing"), _("Restore it from a copy")),
        "WM603": (_("not a workbook of ours"), _("Give back the workbook that was published, with its sheets 'about' and 'decisions'")),
        "WM604": (_("lines of the workbook cannot be used"), _("Correct the rows named; nothing was taken from the file")),
        "WM611": (_("a library of an extra is not installed"), _("Install it: 'pip install witnessmark[sheets]', '[pdf]' or '[charts]'")),
        "WM702": (_("this decision cannot be taken"), _("Nothing was saved; see what the message says it lacks")),
        "WM703": (_("the value cannot be understood"), _("Nothing was saved; write it as the field's hint says")),
        "WM706": (_("the index of the desk is damaged"), _("Remove index.sqlite; the desk makes it anew")),
        "WM707": (
            _("the account cannot be made"),
            _("Use 1-64 letters, digits, . - _ @ for the name and 12 characters or more for the password"),
        ),
        "WM709": (_("computing anew did not come to its end"), _("Nothing is lost; start it again, or run 'witnessmark read --case CASE'")),
    }
