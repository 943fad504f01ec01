"""What a noun phrase shows of the role that it fills: its words, its neighbours, the verb that governs it, the sentence that it stands in.

All features are names made of lower-cased words, so that upper-case wire copy and modern text are alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from witnessmark.claims.fillers.chunks import Chunk

_REACH = 12
"""Words between a phrase and the verb that may govern it, at most."""
_CONTENT = frozenset("NVEGJ")
_STEM = 6
"""Letters of a verb that count, so that its forms fall together."""

Clusters = Mapping[str, int]


def sentence_features(words: Sequence[str], tags: Sequence[str], clusters: Clusters) -> list[str]:
    """Features that all phrases of a sentence share."""
    content = dict.fromkeys(word for word, tag in zip(words, tags, strict=True) if tag in _CONTENT)
    out = ["s=" + word[:_STEM] for word in content]
    out += [f"sc={clusters[word]}" for word in content if word in clusters]
    return list(dict.fromkeys(out))  # In text order, so that sums are the same on every run.


def chunk_features(words: Sequence[str], tags: Sequence[str], chunk: Chunk, clusters: Clusters) -> list[list[str]]:
    """Features of one phrase of a sentence in four groups: its words, what stands before it, what after it, and the verbs beside it."""
    first, last, _ = chunk
    head = words[last - 1]
    group = clusters.get(head, -1)
    own = [f"h={head}", f"hc={group}", f"h3={head[-3:]}", f"t={tags[first]}{tags[last - 1]}{min(last - first, 5)}"]
    own += [f"w={word}" for word in words[first : last - 1]]
    own += [f"wc={clusters[word]}" for word in words[first : last - 1] if word in clusters]
    return [
        own,
        _before(words, tags, first, group, clusters),
        _after(words, chunk, group, clusters),
        _verbs(words, tags, chunk, group, clusters),
    ]


def _before(words: Sequence[str], tags: Sequence[str], first: int, group: int, clusters: Clusters) -> list[str]:
    at = first - 1
    out = []
    if at >= 0 and tags[at] == "D":
        out.append("det=" + words[at])
        at -= 1
    near = words[at] if at >= 0 else "<"
    far = words[at - 1] if at >= 1 else "<"
    third = words[at - 2] if at >= 2 else "<"
    out += [f"p1={near}", f"p2={far} {near}", f"p1h={near} {group}", f"b={far}", f"b={third}"]
    out += [f"pc={clusters.get(far, -1)} {near}", f"p1c={clusters.get(near, -1)}", f"p3={third} {far} {near}"]
    return out


def _after(words: Sequence[str], chunk: Chunk, group: int, clusters: Clusters) -> list[str]:
    _, last, end = chunk
    near = words[last] if last < len(words) else ">"
    far = words[last + 1] if last + 1 < len(words) else ">"
    third = words[last + 2] if last + 2 < len(words) else ">"
    out = [f"n1={near}", f"n2={near} {far}", f"a={far}", f"a={third}", f"nc={near} {clusters.get(far, -1)}", f"n3={near} {far} {third}"]
    if end > last:
        whole = clusters.get(words[end - 1], -1)
        out += [f"of={words[end - 1]}", f"ofc={whole}", f"hof={group} {whole}"]
    return out


def _verbs(words: Sequence[str], tags: Sequence[str], chunk: Chunk, group: int, clusters: Clusters) -> list[str]:
    out = []
    left = _verb(tags, range(chunk.first - 1, max(-1, chunk.first - 1 - _REACH), -1))
    if left is not None:
        verb = words[left][:_STEM]
        mark = _voice(tags, left) + _link(words, tags, left, chunk.first)
        kind = clusters.get(words[left], -1)
        out += [f"lv={verb}", f"lvp={verb} {mark}", f"lvh={verb} {group}", f"lc={kind} {mark}", f"lch={kind} {mark} {group}"]
    right = _verb(tags, range(chunk.last, min(len(words), chunk.last + _REACH)))
    if right is not None:
        verb = words[right][:_STEM]
        mark = _voice(tags, right) + ("n" if right - chunk.last <= 2 else "f")
        kind = clusters.get(words[right], -1)
        out += [f"rv={verb}", f"rvp={verb} {mark}", f"rvh={verb} {mark} {group}", f"rc={kind} {mark}", f"rch={kind} {mark} {group}"]
    return out


def _verb(tags: Sequence[str], places: range) -> int | None:
    for at in places:
        if tags[at] in "VEG":
            return at
    return None


def _voice(tags: Sequence[str], at: int) -> str:
    return "p" if "B" in tags[max(0, at - 3) : at] else "a"


def _link(words: Sequence[str], tags: Sequence[str], verb: int, first: int) -> str:
    for at in range(first - 1, verb, -1):
        if tags[at] in "IT":
            return words[at]
    return "-"
