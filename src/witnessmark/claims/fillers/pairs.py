"""Whether two fillers of a document belong to one incident: a row of numbers for each pair, which trees read."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from witnessmark.claims.fillers.entities import log_odds
from witnessmark.claims.fillers.model import ROLES
from witnessmark.claims.fillers.scene import Scene, kind_of
from witnessmark.claims.fillers.views import Mark, Spot, View

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_FAR = -60.0
"""Stands for the distance to a mark where there is none."""
_SAID = 4
"""Words before a mention in which a word for "another" is looked for."""
_ANOTHER = frozenset({"another", "other", "others", "also", "second"})
_OPENERS = frozenset({"meanwhile", "in", "on", "another", "also", "earlier", "later", "two"})
"""Words at the beginning of a sentence that often tell of another incident."""
_UNKNOWN = -1.0
_MAIN = 3
"""Types whose chances stand in the rows on their own: attack, bombing, kidnapping."""


class _Shown(NamedTuple):
    """A view with what its sentence shows."""

    view: View
    numbers: list[float]


def pair_rows(views: Sequence[View], scene: Scene, topics: Sequence[float]) -> npt.NDArray[np.float32]:
    """A row for each pair of ``views`` (first and second, first and third, ...); ``topics`` is what is said of the document."""
    import numpy as np

    shown = [_Shown(view, _shown(view, scene)) for view in views]
    whole = _document(views, scene, topics)
    out = []
    for one, two in itertools.combinations(shown, 2):
        # By role, then by place, so that a pair has one row whatever the order of the views.
        first, second = sorted((one, two), key=lambda own: (own.view.candidate.role, own.view.best.first))
        out.append([float(value) for value in [*_row(first, second, views, scene), *whole]])
    rows: npt.NDArray[np.float32] = np.asarray(out, dtype=np.float32)
    return rows


def _shown(view: View, scene: Scene) -> list[float]:
    """What the sentence of the best mention shows: where it stands, the marks near it, words for another incident or an earlier one."""
    best, spots = view.best, view.spots
    first, last = scene.bounds[best.sentence]
    said = scene.words[max(first, best.first - _SAID) : best.first + 1]
    return [
        best.sentence / len(scene.bounds),
        min(spot.sentence for spot in spots),
        len(spots),
        *(_FAR if mark is None else mark[0] for mark in (view.day, view.place, view.event)),
        len(scene.news.between(first, last)),
        len(scene.news.between(first, best.first)),
        not _ANOTHER.isdisjoint(said),
        len(scene.same.between(first, last)),
        "had" in scene.words[first : best.first],
        scene.words[first] in _OPENERS,
        len({spot.paragraph for spot in spots}),
    ]


def _document(views: Sequence[View], scene: Scene, topics: Sequence[float]) -> list[float]:
    roles = [view.candidate.role for view in views]
    best = [view.best for view in views]
    return [
        len(views),
        *(roles.count(role) for role in range(len(ROLES))),
        len(scene.bounds),
        scene.paragraphs[-1] + 1,
        len(set(scene.days.says)),
        len(set(scene.places.says)),
        *(len(marks.at) for marks in (scene.news, scene.items, scene.events)),
        len({spot.sentence for spot in best}),
        len({spot.paragraph for spot in best}),
        *(max(chances) for chances in zip(*(view.kinds for view in views), strict=True)),
        *topics,
    ]


def _row(one: _Shown, two: _Shown, views: Sequence[View], scene: Scene) -> list[float]:
    first, second = one.view, two.view
    left, right = first.candidate, second.candidate
    ours, theirs = set(left.words), set(right.words)
    return [
        *(left.role, right.role, left.role == right.role, left.role * len(ROLES) + right.role),
        *(first.score, second.score, min(first.score, second.score), max(first.score, second.score)),
        *_types(first.kinds, second.kinds),
        *_distances(first, second),
        *_between(first, second, views, scene),
        *(_agree(first.day, second.day), _agree(first.place, second.place), _agree(first.event, second.event)),
        _same_event(first.event, second.event),
        len(_verbs(first) & _verbs(second)),
        _alike(first, second, scene),
        float(first.inner @ second.inner),
        left.words[-1] == right.words[-1],
        len(ours & theirs) / min(len(ours), len(theirs)),
        left.key == right.key,
        *one.numbers,
        *two.numbers,
    ]


def _types(one: tuple[float, ...], two: tuple[float, ...]) -> list[float]:
    """How far the incident types of two fillers agree."""
    products = [p * q for p, q in zip(one, two, strict=True)]
    gaps = [abs(log_odds(p) - log_odds(q)) for p, q in zip(one, two, strict=True)]
    first, second = one.index(max(one)), two.index(max(two))
    cosine = sum(products) / math.sqrt(sum(p * p for p in one) * sum(q * q for q in two))
    every = [first == second, first, second, cosine, max(products), max(gaps)]
    return [*every, *products[:_MAIN], *gaps[:_MAIN], *one[:_MAIN], *two[:_MAIN]]


def _distances(one: View, two: View) -> list[float]:
    pairs = list(itertools.product(one.spots, two.spots))
    sentences = [abs(p.sentence - q.sentence) for p, q in pairs]
    ours, theirs = {spot.sentence for spot in one.spots}, {spot.sentence for spot in two.spots}
    shared = len(ours & theirs)
    ahead = two.best.sentence - one.best.sentence
    return [
        *(ahead, abs(ahead), abs(two.best.paragraph - one.best.paragraph), abs(two.best.first - one.best.first)),
        *(
            min(abs(p.first - q.first) for p, q in pairs),
            min(sentences),
            min(abs(p.paragraph - q.paragraph) for p, q in pairs),
            max(sentences),
        ),
        *(shared, shared / min(len(ours), len(theirs)), len(ours), len(theirs)),
        min(ours) - min(theirs),
    ]


def _between(one: View, two: View, views: Sequence[View], scene: Scene) -> list[float]:
    """What stands between the nearest mentions, and before the later one in its sentence."""
    near, far = min(itertools.product(one.spots, two.spots), key=lambda pair: (abs(pair[0].first - pair[1].first), pair[0].first))
    early, late = sorted((near, far), key=lambda spot: spot.first)
    start, stop = early.last, max(early.last, late.first)
    begun = start if late.sentence == early.sentence else scene.bounds[late.sentence][0]
    words = scene.words[start:stop]
    news = scene.news.between(begun, late.last)
    said = set().union(*news)
    events = [kind_of(says) for says in scene.events.between(start, stop)]
    others = [view for view in views if view is not one and view is not two and _any_between(view.spots, start, stop)]
    marks = (scene.days, scene.places, scene.events, scene.news, scene.same, scene.items)
    return [
        *(len(own.between(start, stop)) for own in marks),
        *(len(own.between(begun, stop)) for own in (scene.days, scene.places)),
        len(news),
        *(not said.isdisjoint({"another", "other", "others"}), "also" in said, "meanwhile" in said),
        *(early.sentence == late.sentence, "and" in words, "," in words, ";" in words, len(words) <= 2),
        *(len(others), sum(view.candidate.role == two.candidate.role for view in others), near.first <= far.first),
        sum(first != second for first, second in itertools.pairwise(events)),
    ]


def _any_between(spots: Sequence[Spot], start: int, stop: int) -> bool:
    return any(start <= spot.first < stop for spot in spots)


def _agree(one: Mark, two: Mark) -> float:
    """How much of the shorter of two marks the other says; unknown where one is missing."""
    return _UNKNOWN if one is None or two is None else len(one[1] & two[1]) / min(len(one[1]), len(two[1]))


def _same_event(one: Mark, two: Mark) -> float:
    return _UNKNOWN if one is None or two is None else float(kind_of(one[1]) == kind_of(two[1]))


def _verbs(view: View) -> frozenset[str]:
    """The verbs beside the best mention, left and right."""
    return frozenset(name for group in view.candidate.best.phrase.features for name in group if name.startswith(("lv=", "rv=")))


def _alike(one: View, two: View, scene: Scene) -> float:
    """How many of the longer words of the shorter of two sentences stand in the other."""
    ours, theirs = ({word for word in scene.words[slice(*scene.bounds[view.best.sentence])] if len(word) > 3} for view in (one, two))
    return len(ours & theirs) / max(1, min(len(ours), len(theirs)))
