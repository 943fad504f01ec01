"""A humanitarian table with HXL hashtags in its second row."""

from __future__ import annotations

from witnessmark.publish.facts import Fact, Facts
from witnessmark.publish.redaction.places import divisions_of
from witnessmark.publish.schemes.base import Losses, Made, Scheme, each, integer, joined, number, text
from witnessmark.publish.schemes.phrases import publishers
from witnessmark.vocabulary import label

FIELDS = (
    text("#date+occurred+start", "first day"), text("#date+occurred+end", "last day"), text("#date+reported", "day of the first publication"),
    text("#country+code+iso2", "country"), text("#adm1+name", "first-order division"), text("#adm1+code", "P-code (Ukraine), else ISO 3166-2"),
    text("#adm2+name", "second-order division"),
    text("#adm2+code", "P-code (Ukraine)"), text("#adm3+name", "third-order division (Ukraine)"), text("#adm3+code", "P-code (Ukraine)"), text("#loc+name", "settlement"), number("#geo+lat", "degrees north"), number("#geo+lon", "degrees east"),
    text("#geo+precision", "P3 settlement ... P8 country"), text("#event+id", "ours", required=True), text("#event+type", "act", required=True),
    text("#cause+weapon", "weapons and effects"), text("#subject+damaged", "what was hit"), integer("#affected+killed+min", "least figure"),
    integer("#affected+killed+max", "greatest figure"), text("#affected+killed+state", "stated, zero, vague, unknown or not_stated"),
    integer("#affected+injured+min", "least figure"), integer("#affected+injured+max", "greatest figure"),
    text("#affected+injured+state", "the same for the injured"), integer("#affected+killed+f", "women killed, where stated"),
    integer("#affected+killed+children", "children killed, where stated"), text("#meta+source", "publishers"),
    text("#meta+grade", "credibility 1 to 6 of the Admiralty code, by rule"), text("#meta+review", "review label"),
)  # fmt: skip


def _row(fact: Fact, facts: Facts, losses: Losses) -> Made | None:
    published = [d for d in (facts.source(n).published for n in fact.sources) if d is not None]
    if fact.parties:
        losses.dropped(fact, "perpetrator", "left out of the humanitarian table on purpose")
    for harm, figure in (("killed", fact.killed), ("injured", fact.injured)):
        if figure.words:
            losses.dropped(fact, harm, "vague words; the state column says that there were some")
    where, lies = fact.where, divisions_of(fact.where.gazetteer_id if fact.where else None)
    return {
        "#date+occurred+start": fact.when.earliest.isoformat() if fact.when else None, "#date+occurred+end": fact.when.latest.isoformat() if fact.when else None,
        "#date+reported": min(published).isoformat() if published else None, "#country+code+iso2": where.country if where else None,
        "#adm1+name": where.adm1 if where else None, "#adm1+code": lies.code_1, "#adm2+name": lies.name_2,
        "#adm2+code": lies.code_2, "#adm3+name": lies.name_3, "#adm3+code": lies.code_3,
        "#loc+name": where.name if where and where.precision < "P5" and where.feature != "ADM3" else None, "#geo+lat": where.latitude if where else None,
        "#geo+lon": where.longitude if where else None, "#geo+precision": where.precision if where else None, "#event+id": fact.identifier,
        "#event+type": label("act", fact.act),
        "#cause+weapon": joined([*(label("weapon", w) for w in fact.weapons), *(label("effect", e) for e in fact.effects)]),
        "#subject+damaged": joined(label("object", k) for k in fact.kinds), "#affected+killed+min": fact.killed.least, "#affected+killed+max": fact.killed.most,
        "#affected+killed+state": fact.killed.state, "#affected+injured+min": fact.injured.least, "#affected+injured+max": fact.injured.most,
        "#affected+injured+state": fact.injured.state, "#affected+killed+f": _killed(fact, "women"), "#affected+killed+children": _killed(fact, "children"),
        "#meta+source": joined(publishers(fact, facts)), "#meta+grade": str(facts.assessment(fact).credibility), "#meta+review": fact.review.label,
    }  # fmt: skip


def _killed(fact: Fact, group: str) -> int | None:
    return next((p.quantity.minimum for p in fact.parts if p.group == group and p.harm == "killed"), None)


SCHEME = Scheme(
    "hxl", "HXL humanitarian table", "HXL 1.1", "HXL default schema; the combinations of attributes are ours", "csv", FIELDS, each(_row), file="schemes/hxl.csv",
    note="The header is the row of hashtags. Parties are left out on purpose. Outside Ukraine ISO 3166-2 codes stand in for P-codes.",
)  # fmt: skip
