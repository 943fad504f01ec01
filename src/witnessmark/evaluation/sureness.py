"""The printed table of confidence: how far it is from what is right, and what is left when the unsure values are left open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from witnessmark.evaluation.metrics.reliability import COVERAGES, Judged, kept_above, reliability
from witnessmark.evaluation.running import Scored
from witnessmark.evaluation.table import aligned
from witnessmark.publish import OPEN_BELOW

_HEAD = (
    "set", "field", "n", "right", "ECE", "Brier", "kept", "right of kept", *(f"best {share:.0%}" for share in COVERAGES[:-1]),
    "confidence > right (n), by tenths",
)  # fmt: skip


def sureness_table(run: Sequence[Scored]) -> str:
    """A line for each set and field, and one for all fields of a set. Empty when nothing carries a confidence.

    The weights were fitted on most of these sets: figures for values that were held out stand in ``docs/evaluation.md``.
    """
    rows = [row for scored in run if scored.outcome.judged for row in _rows(scored.key, scored.outcome.judged)]
    if not rows:
        return ""
    title = f"Confidence (kept: at least {OPEN_BELOW:g}; the weights were fitted on development sets, so these figures are not held out)"
    return f"{title}\n{aligned([_HEAD, *rows], left=(0, 1, len(_HEAD) - 1))}"


def _rows(key: str, judged: Iterable[Judged]) -> Iterator[tuple[str, ...]]:
    fields: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        fields[one.field].append(one)
        fields["all"].append(one)
    for name, held in sorted(fields.items(), key=lambda item: (item[0] == "all", item[0])):
        made = reliability(held)
        share, right = kept_above(held, OPEN_BELOW)
        bins = "  ".join(f"{sure:.2f}>{ok:.2f} ({size})" for _, sure, ok, size in made.rows)
        kept = "-" if right is None else f"{right:.3f}"
        figures = (f"{made.right:.3f}", f"{made.error:.3f}", f"{made.brier:.3f}", f"{share:.3f}", kept)
        yield (key, name, str(made.count), *figures, *(f"{p:.3f}" for p in made.precision[:-1]), bins)
