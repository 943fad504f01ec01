"""Which scenes open an incident, and which can add to one that is open."""

from __future__ import annotations

from witnessmark.claims.assemble.gate import PRESUPPOSING
from witnessmark.claims.assemble.pieces import TOLL_HARMS
from witnessmark.claims.assemble.scenes import NO_INCIDENT_MODALITIES, Scene
from witnessmark.claims.kinds import harm_act
from witnessmark.model.comparing import coarse

DAYS = frozenset({"T0", "T1", "T2", "T3", "TR"})
"""Precisions of dates that name days."""


def opens(scene: Scene, *, conflict: bool, by_weapon: bool = True) -> bool:
    """True when the scene alone tells of an incident: an attack word, or a toll or munition beside a weaker one, in a statement that
    is not a forecast, an order, an opinion. ``conflict``: the document speaks of armed violence at all. ``by_weapon``: a named weapon beside a
    place, a day or an object is enough, and an act on an object where the document names no settlement and nobody who did it."""
    weak = any(a.value.strength == "weak" for a in scene.acts)
    acted = scene.strong or (weak and (bool(scene.munitions) or bool(scene.objects and scene.places)))
    spared = acted and any(
        h.value.quantity.is_zero for h in scene.harms
    )  # "a shell hit the clinic, nobody was killed" denies the toll alone
    negated = scene.statement.modality == "negated" and not (spared or _others_harmed(scene))
    if not _told_as_event(scene) or scene.statement.modality == "denied" or negated:
        return False
    if scene.apart and (scene.acts or scene.munitions):
        return conflict
    done = scene.strong and any(p.role == "perpetrator" and p.actor.rule.endswith((":by", ":subject")) for p in scene.parts)
    if not (scene.headline or scene.places or scene.dates or scene.toll or scene.place_anaphor or scene.objects or scene.novel or done):
        return False
    if not (by_weapon or scene.places or scene.dates or scene.toll or scene.hub or any(p.role == "perpetrator" for p in scene.parts)):
        return False
    if scene.strong and not _only_a_topic(scene):
        return conflict
    if presupposed(scene) or any(harm_act(h) in _TAKEN for h in scene.harms):
        return conflict
    accused = any(p.role in ("perpetrator", "claimed", "accused") for p in scene.parts)
    if weak and _carried_out(scene):
        return conflict
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


def _others_harmed(scene: Scene) -> bool:
    """ "The envoy was unharmed, but two guards were killed in Oldwell": what did not happen is told beside what did."""
    counted = any(h.value.harm in TOLL_HARMS and h.score >= SURE_TOLL and h.value.quantity.point for h in scene.harms)
    return counted and bool(scene.places or scene.dates)


def _carried_out(scene: Scene) -> bool:
    """True for an attack in a town on a day of its own ("an attack was carried out in Oldwell this morning")."""
    settled = any(not coarse(p.value) for p in scene.places)
    dated = any(d.value.precision in DAYS and d.rule not in _PERIODS for d in scene.dates)
    attack = any(a.value.strength == "weak" and a.value.part == "noun" and a.value.definite is False for a in scene.acts)
    return attack and settled and dated


_TAKEN = frozenset({"abduction", "sexual_violence"})
"""Acts that a harm to people tells of on its own."""

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
    if scene.set_aside:
        return False
    if scene.statement.modality in NO_INCIDENT_MODALITIES and not (presupposed(scene) or _plainly_told(scene)):
        return False
    if scene.patterned or (scene.statement.modality == "quantified_pattern" and not _plainly_told(scene)):
        harmed = scene.harmed or (not scene.patterned and any(harm_act(h) in _TAKEN for h in scene.harms))
        return harmed and (
            any(d.value.precision in DAYS and d.rule not in _PERIODS for d in scene.dates) or any(not coarse(p.value) for p in scene.places)
        )
    return True


_PERIODS = frozenset({"date.span_now"})
"""Rules of dates that name the time that a count is of ("in the past 24 hours"), and no day of an event."""

SURE_TOLL = 0.9
"""From this score on the finder of harm takes a toll for a counted fact."""


def _plainly_told(scene: Scene) -> bool:
    """True for an act with its dead or wounded counted and a day or place of its own, whatever the model took the sentence for: "On Tuesday a drone
    strike on the market killed eight people". Words of forecasts and wishes are sure signs, and stand."""
    counted = any(h.value.harm in TOLL_HARMS and h.score >= SURE_TOLL and h.value.quantity.point for h in scene.harms)
    guessed = scene.statement.rule == "model" and not scene.statement.cue
    return (
        guessed
        and counted
        and not scene.patterned
        and bool(scene.dates or scene.places)
        and any(a.value.strength != "harm" for a in scene.acts)
    )


_GUESSED = frozenset({"opinion", "directive"})
"""What a model takes short plain sentences for that have no word of either."""


def _counts_on(scene: Scene) -> bool:
    """True for dead or wounded that are counted on ("put the number of wounded at 31", "Six people were injured") and that no series took, where a
    model guessed at a pattern, or without any word for it at an opinion."""
    tolls = [h for h in scene.harms if h.value.harm in TOLL_HARMS]
    if scene.statement.rule != "model" or scene.patterned or scene.set_aside:
        return False
    if scene.statement.modality == "quantified_pattern":
        return any(h.rule.startswith("harm.count") for h in tolls) and not any(d.rule in _PERIODS for d in scene.dates)
    plain = any(h.score >= SURE_TOLL and h.value.quantity.point for h in tolls) or any(p.role == "accused" for p in scene.parts)
    return plain and scene.statement.modality in _GUESSED and not scene.statement.cue


def adds(scene: Scene) -> bool:
    """True when the scene can add to an incident that is already open."""
    if not (_told_as_event(scene) or _counts_on(scene)):
        return False
    if scene.statement.modality == "negated" and not scene.toll:
        return False  # what did not happen, or a general remark, gives an incident neither act nor weapon
    told = any(p.role in ("claimed", "accused", "denied", "disputed") or p.actor.rule.endswith(":by") for p in scene.parts)
    if scene.harms or scene.munitions or scene.objects or told or scene.left_behind:
        return True
    return bool(scene.acts) and (scene.strong or scene.continues or bool(scene.places or scene.dates))
