"""A thread: the scenes that are held to tell of one incident, with the place and the day of a scene's event."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from witnessmark.claims.assemble.scenes import Scene
from witnessmark.claims.assemble.when import makes_exact, names_day
from witnessmark.model import DateValue, Mention, PlaceValue, Quantity, Span
from witnessmark.model.comparing import coarse, place_relation

_FAMILY_BY_WEAPON = {
    "missile": "strike", "uav": "strike", "bomb": "strike", "rocket": "shelling", "gun": "shelling", "mortar": "shelling", "mlrs": "shelling",
    "shelling": "shelling", "rpg_agl": "explosion", "grenade": "explosion", "ied": "explosion", "vbied": "explosion", "suicide": "explosion",
    "mine": "explosion", "booby_trap": "explosion", "erw": "explosion", "small_arms": "shooting", "machine_gun": "shooting", "sniper": "shooting",
}  # fmt: skip


@dataclass(slots=True)
class Thread:
    """Scenes held to tell of one incident, in the order in which they joined. ``day`` and ``place`` are the first that were named;
    ``inherited_*`` are taken over from the thread before when the opening scene names none."""

    scenes: list[Scene] = field(default_factory=list)
    place: Mention[PlaceValue] | None = None
    date: Mention[DateValue] | None = None
    inherited_place: Mention[PlaceValue] | None = None
    inherited_date: Mention[DateValue] | None = None
    follows: Thread | None = None
    """The thread whose target is struck again."""
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
        if not scene.headline:  # a headline's effect is what the body may contradict
            self.effects |= scene.effects
        for harm, told in scene.tolls.items():
            self.tolls.setdefault(harm, []).extend(told)
        place = scene_place(scene)
        if place is not None and (self.place is None or self._headline_words(self.place) or _finer(place.value, self.place.value)):
            self.place = place
        day = scene_date(scene)
        if day is not None and (self.date is None or self._headline_words(self.date) or makes_exact(day, self.date)):
            self.date = day

    def headed(self, head: Thread) -> Thread:
        """The same with the headline's scenes before its own."""
        for scene in head.scenes:
            self.add(scene)
        self.scenes = [*head.scenes, *self.scenes[: -len(head.scenes)]]
        return self

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
    first = min(scene.places, key=lambda p: _place_rank(p, scene.focus))
    chosen = _quarter_of(first, scene) or first
    value = chosen.value
    if chosen.rule.endswith(".site") and chosen is not first:
        return replace(chosen, value=replace(first.value, precision="P1"), rule=f"{chosen.rule}:in_town")
    quarter = (chosen.rule.endswith(".quarter") and not _town_named(chosen, scene)) or (
        not value.resolved and value.precision in ("P0", "P1", "P2", "P5")
    )
    town = scene.setting if scene.setting is not None and scene.span.contains(_words(scene.setting)) else scene.hub or scene.setting
    if quarter and town is not None:
        inside = replace(town.value, precision=min(value.precision, "P2"))
        return replace(chosen, value=inside, rule=f"{chosen.rule}:in_town")
    if chosen.rule.endswith(".site"):
        return None  # in no town that the text names
    wide = value.precision == "P8" or (value.precision == "P7" and scene.place_anaphor is not None)
    if scene.setting is not None and wide and value.country == scene.setting.value.country:
        return None
    return chosen


def _quarter_of(town: Mention[PlaceValue], scene: Scene) -> Mention[PlaceValue] | None:
    """The one quarter or site of the town that the same scene names ("a bank in Oldwell was bombed, in the Millgate neighbourhood")."""
    if town.value.precision != "P3" or town.value.gazetteer_id is None:
        return None
    inside = [
        p
        for p in scene.places
        if p.rule.endswith(".site") or (p.rule.endswith(".quarter") and p.value.gazetteer_id == town.value.gazetteer_id)
    ]
    return inside[0] if len({p.quote.casefold() for p in inside}) == 1 else None


def _town_named(quarter: Mention[PlaceValue], scene: Scene) -> bool:
    """True when the scene names the town that the quarter was put in."""
    return any(p is not quarter and p.value.gazetteer_id == quarter.value.gazetteer_id for p in scene.places)


def _words(place: Mention[PlaceValue]) -> Span:
    assert place.span is not None
    return place.span


def _place_rank(place: Mention[PlaceValue], focus: int) -> tuple[int, bool, bool, int]:
    assert place.span is not None
    breadth = ("P5", "P6", "P7", "P8", "P9").index(place.value.precision) + 1 if coarse(place.value) else 0
    aside = place.rule.endswith(".container") or place.value.relation != "in"
    return (breadth, aside, not place.value.resolved, abs(place.span.start - focus))


def scene_date(scene: Scene) -> Mention[DateValue] | None:
    """The date of the scene's event: a day before anything longer, the nearer to the act before the farther; of two in apposition ("on 13 June, a
    hot Monday") the first."""
    finest = finest_dates(scene)
    if not finest:
        return None
    best = min(finest, key=lambda d: abs(_start(d) - scene.focus))
    for other in finest:
        if other.span is not None and other.span.end < _start(best) <= other.span.end + APPOSITION:
            return other
    return best


def finest_dates(scene: Scene) -> list[Mention[DateValue]]:
    """The dates of the scene that name days, failing these those that name weeks or an hour, failing these the months and years. "The second time
    this year: on 24 April ..." tells of the day, and the year sets it no nearer to any other event of that year."""
    least = min((_breadth(d) for d in scene.dates), default=0)
    return [d for d in scene.dates if _breadth(d) == least]


def _breadth(date: Mention[DateValue]) -> int:
    return 2 if date.value.precision in ("T5", "T6") else 1 if date.value.precision in ("T3", "T4") or not names_day(date) else 0


def _start(date: Mention[DateValue]) -> int:
    assert date.span is not None
    return date.span.start


APPOSITION = 12
"""Code points between two wordings of one day: a comma, an article and an adjective."""


def act_family(scene: Scene) -> frozenset[str]:
    """Families of the acts told (strike, shelling, shooting ...), with those that the munitions imply."""
    out = {a.value.act.split(".")[0] for a in scene.acts if a.value.strength != "harm" and a.value.act != "unknown"}
    for m in scene.munitions:
        family = _FAMILY_BY_WEAPON.get((m.value.weapon or "").split(".")[0])
        if family:
            out.add(family)
    return frozenset(out)
