"""Threads: scenes of one document that tell of one incident.

Scenes are taken in text order, the headline first. Each joins the thread that it fits best, or opens a new one. Every reason to join or
part is a number, so that the decision can be shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from witnessmark.claims.assemble.gate import PRESUPPOSING
from witnessmark.claims.assemble.scenes import NO_INCIDENT_MODALITIES, Scene
from witnessmark.claims.assemble.when import makes_exact, names_day
from witnessmark.model import DateValue, Mention, PlaceValue, Quantity, Span
from witnessmark.model.comparing import bounds_meet, coarse, days_apart, place_relation

# Weights of the reasons. Chosen by hand on dev2 of the development reports and checked on dev; what matters is that a place or a day
# that differs outweighs all else together, and that nothing else can part what both place and day join.
WEIGHTS = {
    "same place": 3.0,
    "region holds place": 1.0,
    "other place": -7.0,
    "same day": 3.0,
    "other day": -7.0,
    "same toll": 2.5,
    "other toll": -1.5,
    "same kind of act": 0.5,
    "other kind of act": -2.0,
    "same weapon": 0.8,
    "other weapon": -0.8,
    "other effect": -2.0,
    "further event": -3.0,
    "goes on": 1.5,
    "just told": 1.2,
    "main event": 0.4,
    "paragraph": -0.3,
    "headline": 1.0,
}
JOIN_AT = 0.3
LEDE_PARAGRAPHS = 2
"""Paragraphs, the headline being 0, in which the event of the headline is told."""
_FAMILY_BY_WEAPON = {
    "missile": "strike", "uav": "strike", "bomb": "strike", "rocket": "shelling", "gun": "shelling", "mortar": "shelling", "mlrs": "shelling",
    "shelling": "shelling", "rpg_agl": "explosion", "grenade": "explosion", "ied": "explosion", "vbied": "explosion", "suicide": "explosion",
    "mine": "explosion", "booby_trap": "explosion", "erw": "explosion", "small_arms": "shooting", "machine_gun": "shooting", "sniper": "shooting",
}  # fmt: skip
_CLOSE = frozenset({"shooting", "ground", "killing", "property"})
_REMOTE = frozenset({"strike", "shelling", "explosion", "unknown", "chemical"})


_DAYS = frozenset({"T0", "T1", "T2", "T3", "TR"})


@dataclass(slots=True)
class Thread:
    """Scenes held to tell of one incident, in the order in which they joined. ``day`` and ``place`` are the first that were named;
    ``inherited_*`` are taken over from the thread before when the opening scene names none."""

    scenes: list[Scene] = field(default_factory=list)
    place: Mention[PlaceValue] | None = None
    date: Mention[DateValue] | None = None
    inherited_place: Mention[PlaceValue] | None = None
    inherited_date: Mention[DateValue] | None = None
    headline_only: bool = True
    """True while no body scene has joined."""
    families: set[str] = field(default_factory=set)
    weapons: set[str] = field(default_factory=set)
    effects: set[str] = field(default_factory=set)
    tolls: dict[str, list[Quantity]] = field(default_factory=dict)
    """What its scenes tell together: see :class:`Scene`."""

    @property
    def known_place(self) -> Mention[PlaceValue] | None:
        """Named or taken over."""
        return self.place or self.inherited_place

    @property
    def known_date(self) -> Mention[DateValue] | None:
        """Named or taken over."""
        return self.date or self.inherited_date

    @property
    def last_scene(self) -> Scene:
        """The scene that joined last."""
        return self.scenes[-1]

    def add(self, scene: Scene) -> None:
        """Takes in a scene, with its place and date where the thread has none or only a wider one."""
        self.scenes.append(scene)
        self.headline_only = self.headline_only and scene.headline
        self.families |= act_family(scene)
        self.weapons |= scene.weapons
        self.effects |= scene.effects
        for harm, told in scene.tolls.items():
            self.tolls.setdefault(harm, []).extend(told)
        place = scene_place(scene)
        if place is not None and (self.place is None or self._headline_words(self.place) or _finer(place.value, self.place.value)):
            self.place = place
        day = scene_date(scene)
        if day is not None and (self.date is None or self._headline_words(self.date) or makes_exact(day, self.date)):
            self.date = day

    def _headline_words(self, item: Mention[PlaceValue] | Mention[DateValue]) -> bool:
        """The body's words for a place or day are kept before the headline's."""
        return item.span is not None and any(s.headline and s.span.contains(item.span) for s in self.scenes)


def _finer(a: PlaceValue, b: PlaceValue) -> bool:
    """True for a settlement after a region, and for a quarter or building after its settlement."""
    if coarse(b):
        return not coarse(a)
    return a.precision < b.precision == "P3" and place_relation(a, b) == "same"


def scene_place(scene: Scene) -> Mention[PlaceValue] | None:
    """The place of the scene's event: finer words before wider ones, what could be resolved before what could not, the nearer to the act before
    the farther. A quarter or street that the gazetteer does not know takes the point of the settlement named last; a country alone gives
    way to that settlement when it lies there."""
    if not scene.places:
        return None
    chosen = min(scene.places, key=lambda p: _place_rank(p, scene.focus))
    value = chosen.value
    quarter = chosen.rule.endswith(".quarter") or (not value.resolved and value.precision in ("P0", "P1", "P2", "P5"))
    town = scene.setting if scene.setting is not None and scene.span.contains(_words(scene.setting)) else scene.hub or scene.setting
    if quarter and town is not None:
        inside = replace(town.value, precision=min(value.precision, "P2"))
        return replace(chosen, value=inside, rule=f"{chosen.rule}:in_town")
    wide = value.precision == "P8" or (value.precision == "P7" and scene.place_anaphor is not None)
    if scene.setting is not None and wide and value.country == scene.setting.value.country:
        return None
    return chosen


def _words(place: Mention[PlaceValue]) -> Span:
    assert place.span is not None
    return place.span


def _place_rank(place: Mention[PlaceValue], focus: int) -> tuple[int, bool, bool, int]:
    assert place.span is not None
    breadth = ("P6", "P5", "P7", "P8", "P9").index(place.value.precision) + 1 if coarse(place.value) else 0
    aside = place.rule.endswith(".container") or place.value.relation != "in"
    return (breadth, aside, not place.value.resolved, abs(place.span.start - focus))


def scene_date(scene: Scene) -> Mention[DateValue] | None:
    """The date of the scene's event: a day before anything longer, the nearer to the act before the farther; of two in apposition ("on 13 June, a
    hot Monday") the first."""
    if not scene.dates:
        return None

    def rank(d: Mention[DateValue]) -> tuple[int, int]:
        assert d.span is not None
        breadth = 2 if d.value.precision in ("T5", "T6") else 1 if d.value.precision in ("T3", "T4") or not names_day(d) else 0
        return (breadth, abs(d.span.start - scene.focus))

    best = min(scene.dates, key=rank)
    for other in scene.dates:
        if other.span is None or best.span is None or rank(other)[0] > rank(best)[0]:
            continue
        if other.span.end < best.span.start <= other.span.end + APPOSITION:
            return other
    return best


APPOSITION = 12
"""Code points between two wordings of one day: a comma, an article and an adjective."""


def opens(scene: Scene, *, conflict: bool, by_weapon: bool = True) -> bool:
    """True when the scene alone tells of an incident: an attack word, or a toll or munition beside a weaker one, in a statement that
    is not a forecast, an order, an opinion. ``conflict``: the document speaks of armed violence at all. ``by_weapon``: a named weapon beside a
    place, a day or an object is enough, and an act on an object where the document names no settlement and nobody who did it."""
    if not _told_as_event(scene) or scene.statement.modality in ("denied", "negated"):
        return False
    if scene.apart and (scene.acts or scene.munitions):
        return conflict
    if not (scene.headline or scene.places or scene.dates or scene.toll or scene.place_anaphor or scene.objects or scene.novel):
        return False
    if not (by_weapon or scene.places or scene.dates or scene.toll or scene.hub or any(p.role == "perpetrator" for p in scene.parts)):
        return False
    if scene.strong and not _only_a_topic(scene):
        return conflict
    if presupposed(scene):
        return conflict
    weak = any(a.value.strength == "weak" for a in scene.acts)
    accused = any(p.role in ("perpetrator", "claimed", "accused") for p in scene.parts)
    if weak and (scene.munitions or scene.toll or scene.objects or (accused and scene.places)):
        return conflict
    if (
        by_weapon
        and scene.munitions
        and (scene.objects or scene.dates or scene.places)
        and any(m.value.weapon not in (None, "unknown") for m in scene.munitions)
    ):
        return conflict
    return conflict and scene.harmed and (bool(scene.munitions) or accused or bool(scene.places or scene.place_anaphor))


# Acts that reports also speak of in general ("preventing sexual violence", "looting is on the rise").
_TOPICS = frozenset({"sexual_violence", "torture", "siege", "abduction", "detention", "property", "deportation", "displacement", "killing"})


def _only_a_topic(scene: Scene) -> bool:
    """True when all that tells of an act is a noun for a kind of act, with nobody harmed, nobody named as the doer, and no day or settlement."""
    strong = [a.value for a in scene.acts if a.value.strength == "strong"]
    general = all(t.part == "noun" and t.act.split(".")[0] in _TOPICS for t in strong)
    settled = any(not coarse(p.value) for p in scene.places) and bool(scene.dates)
    return general and not (scene.harmed or scene.objects or settled or any(p.role != "denied" for p in scene.parts))


_UNREAL = frozenset({"hypothetical", "rhetorical", "negated", "denied", "quantified_pattern"})


def presupposed(scene: Scene) -> bool:
    """ "Who condemned the murder of the two nurses": whatever is thought of it, that it happened is taken for granted."""
    nouns = any(h.value.harm == "killed" and h.rule in PRESUPPOSING for h in scene.harms)
    return nouns and scene.statement.modality not in _UNREAL and bool(scene.acts)


def _told_as_event(scene: Scene) -> bool:
    """False for forecasts, orders, opinions, and for rates and totals that have no dead or wounded of a day or place of their own."""
    if scene.set_aside or (scene.statement.modality in NO_INCIDENT_MODALITIES and not presupposed(scene)):
        return False
    if scene.patterned and not (scene.harmed and (scene.dates or scene.places)):
        return False
    return scene.statement.modality != "quantified_pattern" or (scene.harmed and bool(scene.dates or scene.places))


def adds(scene: Scene) -> bool:
    """True when the scene can add to an incident that is already open."""
    if not _told_as_event(scene):
        return False
    told = any(p.role in ("claimed", "accused", "denied") for p in scene.parts)
    if scene.harms or scene.munitions or scene.objects or told:
        return True
    return bool(scene.acts) and (scene.strong or scene.continues or bool(scene.places or scene.dates))


def thread_scenes(scenes: Sequence[Scene], *, conflict: bool, posts: bool = False) -> list[Thread]:
    """Groups scenes into threads in text order. The first thread is the document's main event. With ``posts``, for languages in which most of
    what is told of attacks are posts, the first thread also takes what the body told before it ("24 загиблих. ... ЗСУ обстріляли центр міста"),
    and the name of a weapon without an act opens none ("День артилерії")."""
    threads: list[Thread] = []
    early: list[Scene] = []
    for scene in scenes:
        if not adds(scene):
            continue
        best, score = _best(scene, threads)
        alone = scene.apart and not (scene.places or scene.dates)
        if best is not None and score >= JOIN_AT and not alone:
            best.add(scene)
        elif opens(scene, conflict=conflict, by_weapon=not posts):
            threads.append(_opened(scene, threads))
            if posts and len(threads) == 1:
                _take_early(threads, early)
        elif not threads and not scene.headline:
            early.append(scene)
    return threads


def _take_early(threads: Sequence[Thread], early: Sequence[Scene]) -> None:
    """Lets the first thread have the scenes that were told before it, where nothing speaks against it."""
    for scene in early:
        if not scene.patterned and _best(scene, threads)[1] >= JOIN_AT - 1.5:
            threads[0].add(scene)


def _opened(scene: Scene, threads: Sequence[Thread]) -> Thread:
    thread = Thread()
    thread.add(scene)
    told = [t for t in threads if not t.headline_only] or threads
    if told:
        before = _last_told(told)
        if thread.place is None:
            thread.inherited_place = scene.setting or before.known_place
        if thread.date is None:
            same_paragraph = before.last_scene.paragraph == scene.paragraph
            thread.inherited_date = (before if same_paragraph else told[0]).known_date or scene.moment
    else:
        thread.inherited_place = scene.setting if thread.place is None else None
        thread.inherited_date = scene.moment if thread.date is None else None
    return thread


def _last_told(threads: Sequence[Thread]) -> Thread:
    return max(threads, key=lambda t: t.last_scene.order)


def _best(scene: Scene, threads: Sequence[Thread]) -> tuple[Thread | None, float]:
    best, top = None, float("-inf")
    if not threads:
        return best, top
    view = _View.of(scene)
    just_told = _last_told(threads)
    for thread in threads:
        total = sum(WEIGHTS[name] * times for name, times in _reasons(view, thread, main=threads[0], just_told=just_told))
        if total > top:
            best, top = thread, total
    return best, top


@dataclass(frozen=True, slots=True)
class _View:
    """A scene with what is the same for every thread that it is held against."""

    scene: Scene
    place: Mention[PlaceValue] | None
    date: Mention[DateValue] | None
    families: frozenset[str]

    @classmethod
    def of(cls, scene: Scene) -> _View:
        place = scene_place(scene)
        if place is None and scene.place_anaphor is not None:
            place = scene.setting
        return cls(scene, place, scene_date(scene), act_family(scene))


def _reasons(view: _View, thread: Thread, *, main: Thread, just_told: Thread) -> list[tuple[str, float]]:
    """The reasons for and against the scene's joining the thread, by name of weight, with how often each counts."""
    scene = view.scene
    out = [*_place_reasons(view, thread), *_date_reasons(view, thread), *_toll_reasons(scene, thread), *_act_reasons(view, thread)]
    if thread.headline_only:
        out.append(("headline", 1.0 if scene.paragraph <= LEDE_PARAGRAPHS else -1.0))
        return out
    if _other_entry(scene, thread) or scene.novel and (scene.harmed or scene.places or scene.dates):
        out.append(("further event", 1.0))
    elif scene.continues:
        out.append(("goes on", 1.0))
    if thread is just_told:
        out.append(("just told", 1.0))
    if thread is main:
        out.append(("main event", 1.0))
    out.append(("paragraph", float(min(4, abs(scene.paragraph - thread.last_scene.paragraph)))))
    return out


def _other_entry(scene: Scene, thread: Thread) -> bool:
    """True when two entries of a live blog each give a toll: they tell of two places hit, be it in one city."""
    return scene.entry and scene.harmed and any(s.entry and s.harmed and s.paragraph != scene.paragraph for s in thread.scenes)


def _place_reasons(view: _View, thread: Thread) -> list[tuple[str, float]]:
    mine, theirs = view.place, thread.known_place
    if mine is None or theirs is None:
        return []
    known = theirs.value
    rivals = [mine] if coarse(known) else [mine, *(p for p in view.scene.places if not coarse(p.value))]
    relation = max((place_relation(p.value, known) for p in rivals), key=("apart", "contains", "same").index)
    name = {"same": "same place", "contains": "region holds place", "apart": "other place"}[relation]
    if relation == "apart" and coarse(mine.value) and mine.value.precision == "P8":
        return []
    return [(name, 1.0)]


def _date_reasons(view: _View, thread: Thread) -> list[tuple[str, float]]:
    mine, theirs = view.date, thread.known_date
    if mine is None or theirs is None:
        return []
    apart = min(days_apart(d.value, theirs.value) for d in view.scene.dates)
    if apart <= 1 and names_day(mine) != names_day(theirs):
        return [("same day", 0.2)]  # an hour alone is taken to be of the day of the text, and may be of the day before
    if apart == 0:
        return [("same day", 1.0 if mine.value.precision in _DAYS and theirs.value.precision in _DAYS else 0.2)]
    return [("other day", 0.5 if apart == 1 and "T3" in (mine.value.precision, theirs.value.precision) else 1.0)]


def _toll_reasons(scene: Scene, thread: Thread) -> list[tuple[str, float]]:
    out: list[tuple[str, float]] = []
    for harm, mine in scene.tolls.items():
        theirs = thread.tolls.get(harm)
        if not mine or not theirs:
            continue
        if any(a.point is not None and a.point == b.point and a.point > 0 for a in mine for b in theirs):
            out.append(("same toll", 1.0 if harm == "killed" else 0.5))
        elif not any(bounds_meet(a, b) or _may_be_part(a, b) for a in mine for b in theirs):
            out.append(("other toll", 0.7))
    return out


def _may_be_part(part: Quantity, total: Quantity) -> bool:
    """A smaller figure told later can be some of the dead or wounded."""
    return part.maximum is not None and part.maximum <= (total.minimum or 0)


def act_family(scene: Scene) -> frozenset[str]:
    """Families of the acts told (strike, shelling, shooting ...), with those that the munitions imply."""
    out = {a.value.act.split(".")[0] for a in scene.acts if a.value.strength != "harm" and a.value.act != "unknown"}
    for m in scene.munitions:
        family = _FAMILY_BY_WEAPON.get((m.value.weapon or "").split(".")[0])
        if family:
            out.add(family)
    return frozenset(out)


def _act_reasons(view: _View, thread: Thread) -> list[tuple[str, float]]:
    out: list[tuple[str, float]] = []
    scene, mine, theirs = view.scene, view.families, thread.families
    if mine and theirs:
        if mine & theirs or (mine & _REMOTE and theirs & _REMOTE) or (mine & _CLOSE and theirs & _CLOSE):
            out.append(("same kind of act", 1.0))
        elif scene.strong or scene.apart:
            out.append(("other kind of act", 2.0 if scene.apart else 1.0))
    if scene.weapons and thread.weapons:
        out.append(("same weapon" if scene.weapons & thread.weapons else "other weapon", 1.0))
    if scene.effects and thread.effects and not scene.effects & thread.effects:
        out.append(("other effect", 1.0))
    return out
