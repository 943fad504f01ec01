"""schema.org Claim and ClaimReview as JSON-LD. A ClaimReview is written only for what a person has reviewed; a rating is never made up."""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.publish.facts import Fact, Facts
from witnessmark.publish.schemes.base import Losses, Made, Scheme, text
from witnessmark.publish.schemes.phrases import description

FIELDS = (
    text("@type", "Claim, ClaimReview, or Dataset (the first entry, which stands for the whole)", "Dataset", "Claim", "ClaimReview", required=True), text("@id", "ours", required=True),
    text("appearance", "the works that make the claim"), text("firstAppearance", "the earliest of them"), text("claimInterpreter", "this program"),
    text("text", "a sentence made of the coded values"), text("creativeWorkStatus", "review label"), text("datePublished", "day of the first publication"),
    text("name", "of the Dataset"), text("description", "of the Dataset: how much of it is reviewed"),
    text("claimReviewed", "the sentence that was reviewed"), text("itemReviewed", "id of the Claim"),
)  # fmt: skip


def _rows(facts: Facts, losses: Losses) -> Iterator[Made]:
    yield {
        "@type": "Dataset",
        "@id": "urn:witnessmark:dataset",
        "name": "Incidents as reported",
        "description": facts.records.review_summary,
    }
    for fact in facts.incidents:
        yield _claim(fact, facts, losses)
        if fact.review.reviewed:
            losses.dropped(fact, "reviewRating", "a review here says what sources say, not whether it is true: no rating is given")
            yield {
                "@type": "ClaimReview", "@id": f"urn:witnessmark:{fact.identifier}:review", "claimReviewed": description(fact),
                "itemReviewed": {"@id": f"urn:witnessmark:{fact.identifier}"}, "creativeWorkStatus": fact.review.label,
            }  # fmt: skip
        else:
            losses.dropped(fact, "ClaimReview", "no person has reviewed it")


def _claim(fact: Fact, facts: Facts, losses: Losses) -> Made:
    works = [
        {"@type": "CreativeWork", "@id": f"urn:witnessmark:{s.identifier}", "identifier": f"sha256:{s.capture}",
         **({"headline": s.title} if s.title else {}), **({"publisher": {"@type": "Organization", "name": s.publisher}} if s.publisher else {}),
         **({"url": s.link} if s.link else {}), "inLanguage": s.language, **({"datePublished": s.published.isoformat()} if s.published else {})}
        for s in map(facts.source, fact.sources)
    ]  # fmt: skip
    dated = [(s.published, s.identifier) for s in map(facts.source, fact.sources) if s.published is not None]
    if fact.contradictions:
        losses.dropped(fact, "contradictions", "schema.org has no relation between claims")
    made: dict[str, object] = {
        "@type": "Claim", "@id": f"urn:witnessmark:{fact.identifier}", "text": description(fact), "appearance": works,
        "claimInterpreter": {"@type": "SoftwareApplication", "name": facts.records.producer}, "creativeWorkStatus": fact.review.label,
    }  # fmt: skip
    if dated:
        first = min(dated)
        made |= {"firstAppearance": {"@id": f"urn:witnessmark:{first[1]}"}, "datePublished": first[0].isoformat()}
    return made


SCHEME = Scheme(
    "claimreview", "schema.org Claim and ClaimReview", "schema.org 29", "schema.org vocabulary", "jsonld", FIELDS, _rows,
    file="schemes/claims.jsonld", note="No rating is given. Contradictions have no place in schema.org.",
)  # fmt: skip
