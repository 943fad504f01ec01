"""Whether two reports tell one story: the main incident of each is the same.

A boosted-trees model over what the reports share in words and what their incidents state, trained on labelled pairs
(``training/stories.py``; card in ``training/models/stories.md``).
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from witnessmark.claims.fillers.forest import Forest
from witnessmark.incidents.wording.bags import Wording
from witnessmark.incidents.wording.index import COLUMNS, Index, load_arrays
from witnessmark.model import DateValue, IncidentClaim
from witnessmark.model.comparing import points_apart_km

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

UNKNOWN = -1.0
"""Stands for what a side does not state: trees can tell it from every value."""
_FARTHEST_KM, _LONGEST_DAYS = 3000.0, 400.0
_DAYS = frozenset({"T0", "T1", "T2"})

FIELDS = (
    "nearest_km",
    "place_km",
    "same_division",
    "day_gap",
    "nearest_day_gap",
    "killed_gap",
    "injured_gap",
    "same_publisher",
    "published_gap",
)
"""What the incidents of two reports state, beside the words they share."""
FEATURES = (*COLUMNS, *FIELDS)


@dataclass(frozen=True, slots=True)
class Report:
    """One document: its wording, its incident claims with the main one first, its day of publication as an ordinal."""

    document: str
    wording: Wording
    claims: tuple[IncidentClaim, ...]
    day: int | None


@dataclass(frozen=True, slots=True)
class StoryPair:
    """Two documents (ids in order) and the log-odds (base e) that they tell one story; ``resemblance`` estimates the share of equal shingles."""

    one: str
    other: str
    odds: float
    resemblance: float


def reports(claims: Sequence[IncidentClaim], wordings: Mapping[str, Wording], days: Mapping[str, int | None]) -> tuple[Report, ...]:
    """The documents that have a wording, by id, with their claims."""
    of: dict[str, list[IncidentClaim]] = {}
    for claim in claims:
        of.setdefault(claim.document, []).append(claim)
    return tuple(
        Report(d, wordings[d], tuple(sorted(of.get(d, ()), key=lambda c: _rank(c, wordings[d]))), days.get(d)) for d in sorted(wordings)
    )


def _rank(claim: IncidentClaim, wording: Wording) -> tuple[bool, bool, int, int, str]:
    """News before background, civilian harm before military, then the claim with more of its fields told, then the earlier one."""
    stated = sum(f is not None for f in (claim.place, claim.date, claim.killed, claim.injured, claim.perpetrator))
    first = min((s.start for s in claim.evidence), default=0)
    headline = first < wording.headline_end
    return claim.modality == "background.historical", claim.scope != "civilian", -(stated + 2 * headline), first, claim.identifier


def story_pairs(listed: Sequence[Report], *, at_least: float) -> tuple[StoryPair, ...]:
    """Pairs of ``listed`` documents of one language whose log-odds are ``at_least``, in the order of their ids.

    Raises:
        DataError: WM401 when the model is missing or cannot be read.
    """
    out: list[StoryPair] = []
    for language in sorted({r.wording.language for r in listed}):
        some = [r for r in listed if r.wording.language == language]
        if len(some) > 1:
            out += _pairs(some, at_least)
    return tuple(sorted(out, key=lambda p: (p.one, p.other)))


def _pairs(some: Sequence[Report], at_least: float) -> list[StoryPair]:
    one, other, rows = pair_features(some)
    if not len(one):
        return []
    odds = odds_of(rows)
    kept = odds >= at_least
    shown = zip(one[kept].tolist(), other[kept].tolist(), odds[kept].tolist(), rows[kept, _RESEMBLANCE].tolist(), strict=True)
    return [StoryPair(some[a].document, some[b].document, round(o, 4), round(r, 4)) for a, b, o, r in shown]


_RESEMBLANCE = FEATURES.index("resemblance")
_SCORED = 1000
"""Pairs scored at a time: the trees hold some kilobytes for each."""


def odds_of(rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """The model's log-odds (base e) for rows of FEATURES."""
    import numpy as np

    parts = [model().scores(rows[i : i + _SCORED]) for i in range(0, len(rows), _SCORED)]
    return np.concatenate(parts) if parts else np.zeros(0, np.float32)


def pair_features(some: Sequence[Report]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.float32]]:
    """The pairs that are worth comparing (two columns of numbers into ``some``) and their features (pairs x FEATURES)."""
    index = Index.of([r.wording for r in some])
    return features_of(index, [Side.of(r) for r in some], *index.candidates([r.day or 0 for r in some]))


def features_of(
    index: Index, sides: Sequence[Side], one: npt.NDArray[np.int64], other: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.float32]]:
    """Those of the given pairs (numbers into ``index`` and ``sides``, the lower first) whose bodies are alike, and their features."""
    import numpy as np

    alike = index.alike(one, other)
    one, other = one[alike], other[alike]
    fields = [sides[a].against(sides[b]) for a, b in zip(one.tolist(), other.tolist(), strict=True)]
    told = np.array(fields, np.float64).reshape(-1, len(FIELDS))
    return one, other, np.column_stack([index.shared(one, other), told]).astype(np.float32)


@functools.cache
def model() -> Forest:
    """The trained model.

    Raises:
        DataError: WM401 when the file is missing or cannot be read.
    """
    arrays = load_arrays("stories.npz")
    depth, base = int(arrays.pop("depth")), float(arrays.pop("base"))
    return Forest(**arrays, depth=depth, base=base)


@dataclass(frozen=True, slots=True)
class Main:
    """What is compared of the main incident of a report: ``point`` in degrees, ``days`` as ordinals (first, last), least figures; None = not stated."""

    point: tuple[float, float] | None
    division: str | None
    days: tuple[int, int] | None
    killed: int | None
    injured: int | None


@dataclass(frozen=True, slots=True)
class Side:
    """What is compared of one report besides its words: ``day`` of publication, the ``points`` and stated ``days`` of all its incidents."""

    publisher: str | None
    day: int | None
    points: tuple[tuple[float, float], ...]
    days: tuple[tuple[int, int], ...]
    main: Main | None

    @classmethod
    def of(cls, report: Report) -> Side:
        """The side of ``report``."""
        stated = [c.date.value for c in report.claims if c.date is not None]
        return cls(
            report.wording.publisher,
            report.day,
            tuple(point for c in report.claims if (point := _point(c)) is not None),
            tuple(_ordinals(d) for d in stated if d.basis != "publication" and d.precision in _DAYS),
            _main(report.claims[0]) if report.claims else None,
        )

    def against(self, other: Side) -> tuple[float, ...]:
        """The values of FIELDS for two reports."""
        published = UNKNOWN if self.day is None or other.day is None else min(float(abs(self.day - other.day)), _LONGEST_DAYS)
        nearest = min((points_apart_km(p, q) for p in self.points for q in other.points), default=math.inf)
        gap = min((_apart(p, q) for p in self.days for q in other.days), default=None)
        return (
            UNKNOWN if nearest == math.inf else min(nearest, _FARTHEST_KM),
            *_of_main(self.main, other.main),
            UNKNOWN if gap is None else min(float(gap), _LONGEST_DAYS),
            *(_figure_gap(getattr(self.main, f, None), getattr(other.main, f, None)) for f in ("killed", "injured")),
            UNKNOWN if self.publisher is None or other.publisher is None else float(self.publisher == other.publisher),
            published,
        )


def _main(claim: IncidentClaim) -> Main:
    killed, injured = (m.value.minimum if m is not None else None for m in (claim.killed, claim.injured))
    division = claim.place.value.adm1 if claim.place else None
    return Main(_point(claim), division, _ordinals(claim.date.value) if claim.date else None, killed, injured)


def _point(claim: IncidentClaim) -> tuple[float, float] | None:
    place = claim.place.value if claim.place else None
    return None if place is None or place.latitude is None or place.longitude is None else (place.latitude, place.longitude)


def _ordinals(value: DateValue) -> tuple[int, int]:
    return value.earliest.toordinal(), value.latest.toordinal()


def _apart(a: tuple[int, int], b: tuple[int, int]) -> int:
    """Days between two intervals; 0 when they share one."""
    return max(a[0] - b[1], b[0] - a[1], 0)


def _of_main(mine: Main | None, theirs: Main | None) -> tuple[float, float, float]:
    """Distance, same division, gap of days between the main incidents."""
    if mine is None or theirs is None:
        return UNKNOWN, UNKNOWN, UNKNOWN
    km = math.inf if mine.point is None or theirs.point is None else points_apart_km(mine.point, theirs.point)
    known = mine.division is not None and theirs.division is not None
    day = min(float(_apart(mine.days, theirs.days)), _LONGEST_DAYS) if mine.days and theirs.days else UNKNOWN
    return UNKNOWN if km == math.inf else min(km, _FARTHEST_KM), float(mine.division == theirs.division) if known else UNKNOWN, day


def _figure_gap(a: int | None, b: int | None) -> float:
    return UNKNOWN if a is None or b is None else float(abs(a - b))


GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("words in common", ("body", "lead", "resemblance", "rarest", "rare_5")),
    ("headline", ("headline",)),
    ("names in common", ("names", "name_1", "name_2", "name_3", "names_shared")),
    ("numbers in common", ("numbers",)),
    ("place", ("nearest_km", "place_km", "same_division")),
    ("day", ("day_gap", "nearest_day_gap")),
    ("toll", ("killed_gap", "injured_gap")),
    ("publisher and day of publication", ("same_publisher", "published_gap")),
)
"""The features by what they are about, for people. The lengths of the texts are taken as they are."""


def waterfall(some: Sequence[Report]) -> tuple[tuple[str, float], ...] | None:
    """What speaks for and against two reports telling one story, by group, in log2 of the odds; the parts add up to the weight. The first is that of two
    reports of these lengths that share nothing and state nothing. None when the two share too few words to be compared.

    The others are Shapley values over the groups (Shapley 1953; Lundberg and Lee 2017), computed exactly: what a group adds, on average over all orders in
    which the groups could be looked at.
    """
    import numpy as np

    _, _, rows = pair_features(some)
    if len(rows) != 1:
        return None
    blank = np.array([0.0] * len(COLUMNS) + [UNKNOWN] * len(FIELDS), np.float32)
    columns = [[FEATURES.index(f) for f in features] for _, features in GROUPS]
    grouped = {c for group in columns for c in group}
    tried = np.tile(np.where([n in grouped for n in range(len(FEATURES))], blank, rows[0]), (1 << len(GROUPS), 1))
    for number, group in enumerate(columns):
        with_it = np.arange(1 << len(GROUPS)) >> number & 1 == 1
        tried[np.ix_(with_it, group)] = rows[0][group]
    weights = model().scores(tried).astype(np.float64) / math.log(2.0)
    parts = [(name, _shapley(weights, number, len(GROUPS))) for number, (name, _) in enumerate(GROUPS)]
    return (("two reports that share nothing", float(weights[0])), *parts)


def _shapley(weights: npt.NDArray[np.float64], number: int, groups: int) -> float:
    """The value of group ``number``; ``weights`` by the set of groups looked at, as bits."""
    total = 0.0
    for held in range(1 << groups):
        if not held >> number & 1:
            size = held.bit_count()
            share = math.factorial(size) * math.factorial(groups - size - 1) / math.factorial(groups)
            total += share * float(weights[held | 1 << number] - weights[held])
    return total
