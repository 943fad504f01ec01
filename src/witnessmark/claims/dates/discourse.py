"""Where the reading of a text has got to: its last dates, the story's years, the setting of each expression."""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field

from witnessmark.claims.dates.forms import Expression, Form
from witnessmark.claims.dates.moments import Moment, on

NARRATIVE_AGE_YEARS = 2
"""A text is a narrative when the median of its stated years is at least this much older than its publication. This and the next two were
chosen on the odd documents of AQUAINT, WikiWars and the reports: 1 gives the same, 5 costs 2.7 points of value F1 on WikiWars."""

NARRATIVE_MIN_YEARS = 4
"""And when it states at least so many years: a report with one look back stays news (2 and 8 within 0.4)."""

NEWSY_SHARE = 3
"""And when weekdays, "today", "two days ago" are fewer than one in so many stated years (1 costs 0.9 on AQUAINT, 6 gains 0.4)."""

OUTLIER_YEARS = 3
"""In a narrative, one stated year further than this from the last few is an aside; two in a row move the story there. Chosen on the odd
WikiWars documents (1 to 30 tried, with windows of 5 and 9: all within 0.3 value F1)."""

OUTLIER_WINDOW = 5
"""So many of the last dates are compared ..."""

OUTLIER_MIN = 3
"""... once so many have been read."""

DAYS_KEPT = 30
"""So many of the last days mentioned can be meant by "that Friday"."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """An expression with what it means.

    ``moment`` is None when it could not be anchored. ``anchor`` is the day that a relative expression was counted from. ``relative``
    says that the words alone do not give the date. ``others`` are further readings with their reason, best first.
    """

    expression: Expression
    moment: Moment | None
    anchor: dt.date | None
    relative: bool
    others: tuple[tuple[Moment, str], ...] = ()

    @property
    def form(self) -> Form:
        """The form of the expression."""
        return self.expression.form


@dataclass(frozen=True, slots=True)
class Setting:
    """Where an expression stands.

    ``forward``: its clause looks ahead; ``backward``: it cannot ("since June"); ``reporting``: it dates the saying ("he said on Monday");
    ``paragraph``: the number of its paragraph; ``background``: its statement tells of an earlier event. ``opening``: its clause says that a war
    began; ``leaning``: it counts from the date that follows it ("three days before the truce of 10 January").
    """

    forward: bool = False
    backward: bool = False
    reporting: bool = False
    paragraph: int = 0
    background: bool = False
    opening: bool = False
    leaning: bool = False


@dataclass(slots=True)
class Discourse:
    """The state of a reading. ``reference`` is the last moment mentioned and ``reference_at`` its token; ``day`` the day being told of and
    ``main_day`` that of the report's own event; ``days`` all days so far; ``years`` and ``outlier`` serve to tell asides in a narrative;
    ``before_christ``: bare numbers are years BC; ``words`` is the text and ``wars`` its
    weights, once a day of a war was met; ``war_start`` the first day of the war that the text itself gives."""

    published: dt.date | None
    narrative: bool
    reference: Moment | None = None
    reference_at: int = -1
    day: dt.date | None = None
    before_christ: bool = False
    years: list[int] = field(default_factory=list)
    outlier: int | None = None
    days: list[dt.date] = field(default_factory=list)
    words: str = ""
    wars: tuple[int, ...] | None = None
    main_day: dt.date | None = None
    war_start: dt.date | None = None

    @property
    def now(self) -> Moment | None:
        """The publication day as a moment."""
        return None if self.published is None else on(self.published)

    @property
    def text(self) -> Moment | None:
        """The last moment mentioned, else the publication day."""
        return self.reference if self.reference is not None else self.now


def is_narrative(found: Sequence[Expression], published: dt.date | None) -> bool:
    """True when the text tells of years well before its publication, or has no publication day."""
    if published is None:
        return True
    years = [e.form.year * (1 if e.form.era > 0 else -1) for e in found if e.form.kind == "date" and e.form.year is not None]
    newsy = sum(e.form.kind == "weekday" or (e.form.kind == "shift" and e.form.base == "now" and e.form.unit == "day") for e in found)
    if newsy * NEWSY_SHARE >= len(years):
        return False
    return len(years) >= NARRATIVE_MIN_YEARS and statistics.median(years) <= published.year - NARRATIVE_AGE_YEARS


def look_ahead(state: Discourse, found: Sequence[Expression]) -> None:
    """Without a publication day, the first full date of the text gives the year to the dates before it."""
    for e in found:
        if e.form.kind == "date" and e.form.year is not None and e.form.month is not None and e.form.era > 0:
            state.reference = Moment("year", e.form.year)
            return


def remember(one: Resolved, state: Discourse, setting: Setting) -> None:
    """Moves the discourse on past a resolved expression."""
    moment = one.moment
    if moment is None or one.form.kind in ("duration", "set", "vague"):
        return
    if state.reference is not None and (setting.reporting or one.form.kind == "war_day"):
        return
    same = one.form.kind == "unit" and one.form.base == "text" and one.form.direction == 0 and moment.month is None
    if not same and not (state.narrative and _aside(one, moment, state)):
        state.reference, state.reference_at = moment, one.expression.first
    if (day := moment.civil) is not None and moment.grain == "day":
        state.war_start = day if setting.opening else state.war_start
        state.day = day
        recent = state.published is not None and 0 <= (state.published - day).days <= 7
        state.days = [*state.days[-DAYS_KEPT:], day]
        if not setting.background and (recent or state.main_day is None):
            state.main_day = day


def _aside(one: Resolved, moment: Moment, state: Discourse) -> bool:
    """True for a look aside that does not move a narrative: "two decades earlier", "the year before", one year far from the rest."""
    form = one.form
    if form.kind == "shift" and (form.base == "now" or form.unit in ("year", "decade", "century")):
        return True
    if form.kind == "unit" and form.unit in ("year", "decade", "century") and (form.direction or 0) < 0:
        return True
    if form.decade is not None or form.century is not None:
        return True
    recent = state.years[-OUTLIER_WINDOW:]
    state.years.append(moment.year)
    if form.kind != "date" or form.year is None:
        return False
    far = len(recent) >= OUTLIER_MIN and abs(moment.year - statistics.median(recent)) > OUTLIER_YEARS
    again = state.outlier is not None and abs(moment.year - state.outlier) <= OUTLIER_YEARS
    state.outlier = moment.year if far else None
    return far and not again
