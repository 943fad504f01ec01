"""How many incidents several sources tell of, and how many there may be that none of them tells."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

from witnessmark.assess.patterns import statistics
from witnessmark.assess.patterns.events import Event
from witnessmark.model.patterns import Estimate, Overlap, Undercount

MOST_LISTS = 5
"""Sources that are told apart; of more, those with the most incidents. Each further one doubles the cells of the table."""
LEAST_SHARED = 7
"""Incidents that two sources have to share: with fewer, Chapman's estimate is biased (Robson and Regier 1964)."""
LEAST_SEEN = 30
MOST_FACTOR = 10.0
"""An upper end so many times what was seen says that the data cannot tell."""
ASSUMPTIONS = (
    "no incident began or ceased to count while the sources were gathered",
    "reports of one incident were merged, and no others",
    "whether one source tells of an incident does not hang on what another tells, beyond what the model allows for",
    "incidents are alike in how likely they are to be told; small ones seldom are, which makes the estimate too low",
)


def overlaps(events: Sequence[Event]) -> tuple[Overlap, ...]:
    """How many incidents each set of sources, and no other source, tells of; the most first."""
    found = Counter(tuple(sorted(e.sources)) for e in events if e.sources)
    return tuple(Overlap(sources, number) for sources, number in sorted(found.items(), key=lambda item: (-item[1], item[0])))


def undercount(events: Sequence[Event]) -> Undercount:
    """The table of overlaps, and an estimate of all incidents where the table allows one: Chapman's for two sources, the log-linear model with the
    least AIC for three to five (Fienberg 1972). Sources are publishers; copies of one text have to be one source before.

    Raises:
        UsageError: WM007 when the statistical libraries are not installed.
    """
    statistics.require()
    seen = sum(1 for e in events if e.sources)
    table = overlaps(events)
    lists = [source for source, _ in Counter(s for e in events for s in e.sources).most_common(MOST_LISTS)]
    kept = [e.sources & set(lists) for e in events if e.sources & set(lists)]
    refusal = _refusal(kept, lists)
    if refusal:
        return Undercount(seen, table, None, "", ASSUMPTIONS, refusal)
    estimate, method = _two(kept, lists) if len(lists) == 2 else _log_linear(kept, lists)
    if not math.isfinite(estimate.high) or estimate.high > MOST_FACTOR * len(kept):
        return Undercount(
            seen, table, None, method, ASSUMPTIONS, f"the interval ends above {MOST_FACTOR:g} times what was seen: the data cannot tell"
        )
    return Undercount(seen, table, estimate, method, ASSUMPTIONS)


def _refusal(kept: Sequence[frozenset[str]], lists: Sequence[str]) -> str:
    if len(lists) < 2:
        return "there is one source; overlap needs two"
    if len(kept) < LEAST_SEEN:
        return f"{len(kept)} incidents have a source; {LEAST_SEEN} are needed"
    shared = sum(len(sources) > 1 for sources in kept)
    if shared < LEAST_SHARED:
        return f"{shared} incidents are told by more than one source; {LEAST_SHARED} are needed"
    alone = [name for name in lists if not any(name in sources and len(sources) > 1 for sources in kept)]
    return f"{', '.join(alone)} shares no incident with another source" if alone else ""


def _two(kept: Sequence[frozenset[str]], lists: Sequence[str]) -> tuple[Estimate, str]:
    """Chapman (1951), with the interval of Sadinle (2009), which holds for small samples too."""
    first, second = (sum(name in sources for sources in kept) for name in lists)
    both = sum(len(sources) == 2 for sources in kept)
    value = (first + 1) * (second + 1) / (both + 1) - 1
    only_first, only_second = first - both, second - both
    spread = math.sqrt(
        1 / (both + 0.5) + 1 / (only_second + 0.5) + 1 / (only_first + 0.5) + (both + 0.5) / ((only_first + 0.5) * (only_second + 0.5))
    )
    seen, base = only_first + only_second + both, (only_first + 0.5) * (only_second + 0.5) / (both + 0.5)
    low, high = (seen - 0.5 + base * math.exp(sign * 1.959964 * spread) for sign in (-1, 1))
    return Estimate(value, max(low, float(seen)), high), "Chapman's estimate from two sources, Sadinle's interval"


def _log_linear(kept: Sequence[frozenset[str]], lists: Sequence[str]) -> tuple[Estimate, str]:
    """The best of all models with independent sources or with one to all pairs dependent; the cell that nobody sees is what the model expects there."""
    cells = [c for c in itertools.product((0, 1), repeat=len(lists)) if any(c)]
    found = Counter(tuple(int(name in sources) for name in lists) for sources in kept)
    counts = [found[c] for c in cells]
    pairs = list(itertools.combinations(range(len(lists)), 2))
    models = (
        [chosen for size in range(len(pairs)) for chosen in itertools.combinations(pairs, size)]
        if len(lists) <= 4
        else [(), *((p,) for p in pairs)]
    )
    fits = [(fit, chosen) for chosen in models if (fit := _fit(cells, counts, chosen)) is not None]
    best, chosen = min(fits, key=lambda item: float(item[0].aic))
    error = float(best.bse[0])
    unseen = math.exp(float(best.params[0]))
    estimate = Estimate(
        len(kept) + unseen,
        len(kept) + unseen * math.exp(-1.959964 * error),
        len(kept) + unseen * math.exp(min(1.959964 * error, 700.0)),
    )
    told = ", ".join(f"{lists[a]} with {lists[b]}" for a, b in chosen) or "no source on another"
    return estimate, f"log-linear model of {len(lists)} sources; dependent: {told}"


def _fit(cells: Sequence[tuple[int, ...]], counts: Sequence[int], pairs: Sequence[tuple[int, int]]) -> Any:
    import numpy as np
    import statsmodels.api as sm

    rows = np.asarray([[1.0, *map(float, c), *(float(c[a] * c[b]) for a, b in pairs)] for c in cells])
    if rows.shape[1] >= len(cells) or np.linalg.matrix_rank(rows) < rows.shape[1]:
        return None
    with statistics.quiet():
        fit = sm.GLM(np.asarray(counts, float), rows, family=sm.families.Poisson()).fit()
    return fit if bool(np.isfinite(fit.bse).all()) else None
