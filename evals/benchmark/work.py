"""One measured task, in a process of its own: prints a JSON object with what it did and the CPU seconds of the work without loading.

usage: work.py articles FILE.jsonl | pages FILE.jsonl | case FILE.jsonl FOLDER WORKERS
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import time
from pathlib import Path


def articles(texts: list[str]) -> dict[str, float]:
    """The whole way from words to claims and contradictions, text by text. The first one loads what is loaded lazily."""
    from witnessmark.evaluation.told import told

    incidents = 0
    _ = told(texts[0]).contradictions
    start = time.process_time()
    for text in texts:
        read = told(text, published="2024-06-03", publisher_type="national_media")
        _ = read.contradictions
        incidents += len(read.claims.incidents)
    return {
        "documents": len(texts),
        "words": sum(len(t.split()) for t in texts),
        "incidents": incidents,
        "cpu": time.process_time() - start,
    }


def pages(texts: list[str]) -> dict[str, float]:
    """Pages to documents, as a case reads them: parsed in a limited child process, agreement of two parsers, offsets back to the bytes."""
    from witnessmark.documents import read_item
    from witnessmark.model import Capture
    from witnessmark.sources import RawItem

    now = dt.datetime.now(dt.UTC)
    characters = 0

    def read(text: str) -> int:
        data = text.encode()
        item = RawItem(origin="page.html", method="file", media_type="text/html", data=data, received=now)
        capture = Capture("0" * 64, 1, "page.html", "file", now, "bench", len(data), "text/html")
        document = read_item(item, capture).document
        return len(document.text) if document else 0

    read(texts[0])
    start = time.process_time()
    for text in texts:
        characters += read(text)
    # The parsers' process is counted by the caller, who sees all children.
    return {"documents": len(texts), "characters": characters, "cpu": time.process_time() - start}


def case(path: Path, folder: str, workers: str) -> dict[str, float]:
    """A whole run from a file of texts into a case, with so many workers; nothing is printed of it."""
    import witnessmark

    with witnessmark.read([path], case=folder, workers=int(workers)) as read:
        return {"documents": read.totals["inputs"]}


def main() -> None:
    """Run the task that the command line names."""
    task, path = sys.argv[1], Path(sys.argv[2])
    if task == "case":
        print(json.dumps(case(path, *sys.argv[3:])))
        return
    texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    print(json.dumps({"articles": articles, "pages": pages}[task](texts)))


if __name__ == "__main__":
    main()
