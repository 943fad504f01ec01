"""Where a phrase that fills a role begins and ends: with or without its title, its number, its "of" phrase."""

from __future__ import annotations

from witnessmark.claims.fillers.features import Clusters
from witnessmark.claims.fillers.phrases import Extent, Phrase


def extent_features(phrase: Phrase, extent: Extent, clusters: Clusters) -> list[str]:
    """What speaks for or against cutting ``phrase`` at ``extent``."""
    words, tags, (first, last, end) = phrase.words, phrase.tags, phrase.chunk
    at, stop = extent
    opening, depth, of = clusters.get(words[at], -1), min(last - at, 4), stop > last
    out = [f"full{at == first}", f"of{of}{end > last}", f"n{min(stop - at, 6)}", f"f={words[at]}", f"fc={opening}", f"ft={tags[at]}"]
    out += [f"m={depth}", f"m={depth}of{of}", f"lastc={clusters.get(words[stop - 1], -1)}"]
    if at > first:
        before = clusters.get(words[at - 1], -1)
        out += [f"b={words[at - 1]}", f"bc={before}", f"bt={tags[at - 1]}{tags[at]}", f"bcf={before} {opening}"]
    else:
        out.append("b=<")
    if at > first + 1:
        out.append(f"b2c={clusters.get(words[at - 2], -1)}")
    out += [f"in={word}" for word in words[at : min(stop, last)]]
    if of:
        out += [f"ofw={clusters.get(words[stop - 1], -1)}", f"hof={clusters.get(words[last - 1], -1)}"]
    return out
