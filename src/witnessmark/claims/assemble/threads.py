"""Threads: scenes of one document that tell of one incident.

Scenes are taken in text order, the headline first. Each joins the thread that it fits best, or opens a new one. Every reason to join or
part is a number, so that the decision can be shown.
"""

from __future__ import annotations

from collections.abc import Sequence

from witnessmark.claims.assemble.opening import adds, opens
from witnessmark.claims.assemble.reasons import LEDE_PARAGRAPHS, WEIGHTS, View, back_to_main, reasons
from witnessmark.claims.assemble.scenes import Scene
from witnessmark.claims.assemble.thread import Thread
from witnessmark.model.comparing import coarse, heads_region, place_relation

JOIN_AT = 0.3
"""Total weight from which on a scene joins. Chosen on reports dev2 with the weights."""


def thread_scenes(scenes: Sequence[Scene], *, conflict: bool, posts: bool = False) -> list[Thread]:
    """Groups scenes into threads in text order. The first thread is the document's main event. What a report opens with and cannot open an incident, a
    denial of what is told after it, waits for the incident to be opened. With ``posts``, for languages in which most of what is told of attacks are
    posts, all that the body told before it waits, and joins more easily ("24 загиблих. ... ЗСУ обстріляли центр міста"), and the name of a weapon
    without an act opens none ("День артилерії")."""
    threads: list[Thread] = []
    early: list[Scene] = []
    for scene in scenes:
        if not adds(scene):
            continue
        if _joined(scene, threads):
            continue
        if opens(scene, conflict=conflict, by_weapon=not posts):
            threads.append(_opened(scene, threads))
            if len(threads) == 2 and threads[0].headline_only and _may_head(threads[0], threads[1], scenes):
                threads[:] = [threads[1].headed(threads[0])]
            if posts:
                _take_early(threads, early if len(threads) == 1 else ())
            else:
                early = [s for s in early if scene.headline or not _joined(s, threads)]
        elif posts:
            early += [scene] if not (threads or scene.headline) else []
        elif scene.paragraph <= LEDE_PARAGRAPHS and not any(not t.headline_only for t in threads):
            early.append(scene)
    return threads


def _take_early(threads: Sequence[Thread], early: Sequence[Scene]) -> None:
    """Lets the first thread have the scenes that were told before it, where nothing speaks against it."""
    for scene in early:
        if not scene.patterned and _best(scene, threads)[1] >= JOIN_AT - 1.5:
            threads[0].add(scene)


def _joined(scene: Scene, threads: Sequence[Thread]) -> bool:
    """Adds the scene to the thread that it fits best; False when it fits none."""
    best, score = _best(scene, threads)
    alone = scene.apart and not (scene.places or scene.dates)
    if best is None or score < JOIN_AT or alone:
        return False
    best.add(scene)
    return True


def _may_head(head: Thread, lede: Thread, scenes: Sequence[Scene]) -> bool:
    """True when a headline that the lede did not join is its headline all the same, since nothing but the headline's words speaks against it:
    headlines get the place, the weapon or the toll wrong, and rarely are about another event than the text. Where the text tells of the
    headline's place further down, the headline is kept apart."""
    here, there = head.place, lede.known_place
    if lede.scenes[0].paragraph > LEDE_PARAGRAPHS:
        return False
    if here is None or there is None or place_relation(here.value, there.value) != "apart":
        return True
    if coarse(here.value) and here.value.precision >= "P7" and here.value.country in (there.value.country, None):
        return True  # "attack in central Mali" over a village that the gazetteer lacks
    if heads_region(here.value, there.value) or any(place_relation(here.value, p.value) != "apart" for p in lede.scenes[0].places):
        return True
    later = (p for s in scenes if not s.headline and s.order > lede.scenes[0].order for p in s.places)
    if coarse(here.value) or any(place_relation(here.value, p.value) != "apart" for p in later):
        return False
    harmed = any(s.harmed for s in head.scenes) and any(s.harmed for s in lede.scenes)
    return harmed and bool(_hands(head) & _hands(lede))


def _hands(thread: Thread) -> set[str]:
    return {p.actor.value.name for s in thread.scenes for p in s.parts if p.role != "denied"}


def _opened(scene: Scene, threads: Sequence[Thread]) -> Thread:
    thread = Thread()
    thread.add(scene)
    told = [t for t in threads if not t.headline_only] or threads
    if told:
        before = _last_told(told)
        thread.follows = before if scene.again else None
        if thread.place is None:
            thread.inherited_place = before.known_place if scene.again else scene.setting or before.known_place
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
    just_told = _last_told(threads)
    view = View.of(scene, back=back_to_main(scene, threads[0], just_told))
    for thread in threads:
        total = sum(WEIGHTS[name] * times for name, times in reasons(view, thread, main=threads[0], just_told=just_told))
        if total > top:
            best, top = thread, total
    return best, top
