"""KML 2.2: a placemark for each placed incident, with its span of days and its values; the others are counted in the description."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape

from witnessmark.publish.facts import Fact, Facts
from witnessmark.publish.formats.flat import INCIDENTS, incident_row
from witnessmark.publish.schemes.phrases import description


def encode(facts: Facts) -> bytes:
    """The KML of ``facts``."""
    return b"".join(pieces(facts))


def pieces(facts: Facts) -> Iterator[bytes]:
    """The same, piece by piece."""
    placed = [f for f in facts.incidents if f.where is not None and f.where.resolved]
    about = (
        f"{facts.records.review_summary}. Audience: {facts.view.policy.audience}. Points are those of the settlement or division, not of the site. "
        f"{len(facts.incidents) - len(placed)} incidents have no point and are not drawn."
    )
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Witnessmark incidents</name>'
        f"<description>{_text(about)}</description>\n"
    )
    yield head.encode("utf-8", "replace")
    for fact in placed:
        yield _placemark(fact, facts).encode("utf-8", "replace")
    yield b"</Document></kml>\n"


def _placemark(fact: Fact, facts: Facts) -> str:
    assert fact.where is not None  # only placed ones are drawn
    span = f"<TimeSpan><begin>{fact.when.earliest}</begin><end>{fact.when.latest}</end></TimeSpan>" if fact.when else ""
    values = zip(INCIDENTS, incident_row(fact, facts), strict=True)
    data = "".join(f'<Data name="{c.name}"><value>{_text(str(v))}</value></Data>' for c, v in values if v is not None)
    return (
        f'<Placemark id="{_text(fact.identifier)}"><name>{_text(fact.where.name)}</name><description>{_text(description(fact))}</description>{span}'
        f"<ExtendedData>{data}</ExtendedData><Point><coordinates>{fact.where.longitude},{fact.where.latitude}</coordinates></Point></Placemark>\n"
    )


_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _text(words: str) -> str:
    """``words`` as XML text: characters that XML cannot hold are left out."""
    return escape(words if words.isprintable() else _NO_XML.sub("", words), {'"': "&quot;"})
