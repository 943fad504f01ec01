"""Reasons for and against a scene's joining a thread, each with its weight, so that the decision can be shown."""

from __future__ import annotations

from dataclasses import dataclass

from witnessmark.claims.assemble.opening import DAYS
from witnessmark.claims.assemble.scenes import Scene
from witnessmark.claims.assemble.thread import Thread, act_family, finest_dates, scene_date, scene_place
from witnessmark.claims.assemble.when import names_day
from witnessmark.model import DateValue, Mention, PlaceValue, Quantity
from witnessmark.model.comparing import bounds_meet, coarse, days_apart, place_relation

# Weights of the reasons. Chosen by hand on dev2 of the development reports and checked on dev; what matters is that a place or a day
# that differs outweighs all else together, and that nothing else can part what both place and day join.
WEIGHTS = {
    "same place": 3.0,
    "region holds place": 1.0,
    "neighbouring place": -3.0,
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
    "struck again": -8.0,
    "goes on": 1.5,
    "just told": 1.2,
    "main event": 0.4,
    "paragraph": -0.3,
    "headline": 1.0,
}
# "neighbouring place" parts two towns that one text names apart, however near. On the development sets 3, 0, -1.5, -3 and -7 differ by at most .001; on sentences
# written for it the first two towns fall together at -1.5 and stand apart at -3.
LEDE_PARAGRAPHS = 2
"""Paragraphs, the headline being 0, in which the event of the headline is told."""
_CLOSE = frozenset({"shooting", "ground", "killing", "property"})
_REMOTE = frozenset({"strike", "shelling", "explosion", "unknown", "chemical"})


@dataclass(frozen=True, slots=True)
class View:
    """A scene with what is the same for every thread that it is held against."""

    scene: Scene
    place: Mention[PlaceValue] | None
    referred: bool
    date: Mention[DateValue] | None
    days: tuple[Mention[DateValue], ...]
    families: frozenset[str]
    back: bool

    @classmethod
    def of(cls, scene: Scene, *, back: bool) -> View:
        place = scene_place(scene)
        referred = place is None and scene.place_anaphor is not None
        if referred:
            place = scene.setting
        return cls(scene, place, referred, scene_date(scene), tuple(finest_dates(scene)), act_family(scene), back)


def reasons(view: View, thread: Thread, *, main: Thread, just_told: Thread) -> list[tuple[str, float]]:
    """The reasons for and against the scene's joining the thread, by name of weight, with how often each counts."""
    scene = view.scene
    out = [*_place_reasons(view, thread), *_date_reasons(view, thread), *_toll_reasons(scene, thread), *_act_reasons(view, thread)]
    if thread.headline_only:
        out.append(("headline", 1.0 if scene.paragraph <= LEDE_PARAGRAPHS else -1.0))
        return out
    if _struck_again(scene):
        out.append(("struck again", 1.0))
    elif _other_entry(scene, thread) or scene.novel and (scene.harmed or scene.places or scene.dates):
        out.append(("further event", 1.0))
    elif scene.continues:
        out.append(("goes on", 1.0))
    if thread is just_told and not view.back:
        out.append(("just told", 1.0))
    if thread is main:
        out.append(("main event", 4.0 if view.back else 1.0))
    out.append(("paragraph", float(min(4, abs(scene.paragraph - thread.last_scene.paragraph)))))
    return out


def back_to_main(scene: Scene, main: Thread, last: Thread) -> bool:
    """True when "the attack" of a new paragraph follows upon events of another time: the text is back at what it is about."""
    if last is main or not scene.continues or scene.paragraph == last.last_scene.paragraph or scene.places or scene.dates:
        return False
    then, now = last.known_date, main.known_date
    return then is not None and now is not None and days_apart(then.value, now.value) > 1


def _struck_again(scene: Scene) -> bool:
    """ "Around noon aircraft struck again, hitting a clinic": a further blow with an hour, a day or a toll of its own."""
    return scene.again and (bool(scene.dates) or scene.toll)


def _other_entry(scene: Scene, thread: Thread) -> bool:
    """True when two entries of a live blog each give a toll: they tell of two places hit, be it in one city."""
    return scene.entry and scene.toll and any(s.entry and s.toll and s.paragraph != scene.paragraph for s in thread.scenes)


def _place_reasons(view: View, thread: Thread) -> list[tuple[str, float]]:
    mine, theirs = view.place, thread.known_place
    if mine is None or theirs is None:
        return []
    if mine.rule.endswith(":region"):
        return [("other place", 1.0)]  # "elsewhere in the region"
    known = theirs.value
    rivals = [mine] if coarse(known) else [mine, *(p for p in view.scene.places if not coarse(p.value))]
    relation = max((place_relation(p.value, known) for p in rivals), key=("apart", "contains", "same").index)
    name = {"same": "same place", "contains": "region holds place", "apart": "other place"}[relation]
    fired_at = bool(view.families & _REMOTE)  # of shootings in suburbs, mostly one is told of under two names (GVA)
    if relation == "same" and fired_at and all(_neighbours(p.value, known) for p in rivals):
        name = "neighbouring place"
    if relation == "apart" and coarse(mine.value) and mine.value.precision == "P8":
        return []
    if relation == "apart" and any(p.quote.casefold() == theirs.quote.casefold() for p in view.scene.places):
        return [("region holds place", 1.0)]  # one name, read as a town here and as its region there
    if relation == "apart" and thread.place is None and theirs.value.role == "dateline":
        return []  # where a report was filed is a guess, good enough for want of a better place and not to part
    if relation == "apart" and view.referred:
        return []  # which town "the town" means is a guess, good enough to join and not to part
    return [(name, 1.0)]


def _neighbours(a: PlaceValue, b: PlaceValue) -> bool:
    """True for two settlements that lie close together, each named as the place itself: a text that names both tells them apart."""
    named = a.gazetteer_id is not None and b.gazetteer_id is not None and a.gazetteer_id != b.gazetteer_id
    return named and a.precision == b.precision == "P3" and a.relation == b.relation == "in"


def _date_reasons(view: View, thread: Thread) -> list[tuple[str, float]]:
    mine, theirs = view.date, thread.known_date
    if mine is None or theirs is None:
        return []
    apart = min(days_apart(d.value, theirs.value) for d in view.days)
    if apart <= 1 and names_day(mine) != names_day(theirs):
        return [("same day", 0.2)]  # an hour alone is taken to be of the day of the text, and may be of the day before
    if apart == 0:
        return [("same day", 1.0 if mine.value.precision in DAYS and theirs.value.precision in DAYS else 0.2)]
    return [("other day", 0.5 if apart == 1 and "T3" in (mine.value.precision, theirs.value.precision) else 1.0)]


def _toll_reasons(scene: Scene, thread: Thread) -> list[tuple[str, float]]:
    out: list[tuple[str, float]] = []
    for harm, mine in scene.tolls.items():
        theirs = thread.tolls.get(harm)
        if not mine or not theirs:
            continue
        shared = max({_figure(a) for a in mine} & {_figure(b) for b in theirs}, default=0)
        if shared:
            out.append(("same toll", (1.0 if harm == "killed" else 0.5) * (1.0 if shared > FEW else 0.3)))
        elif not any(bounds_meet(a, b) or _may_be_part(a, b) for a in mine for b in theirs):
            out.append(("other toll", 0.7))
    return out


FEW = 2
"""Up to this figure equal tolls are common, and say little of two sentences' telling of one event."""


def _figure(quantity: Quantity) -> int:
    """The number of "13" and of "at least 13"; 0 where there is none."""
    return quantity.point or (quantity.minimum or 0 if quantity.comparator == "ge" else 0)


def _may_be_part(part: Quantity, total: Quantity) -> bool:
    """A smaller figure told later can be some of the dead or wounded."""
    return part.maximum is not None and part.maximum <= (total.minimum or 0)


def _act_reasons(view: View, thread: Thread) -> list[tuple[str, float]]:
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
