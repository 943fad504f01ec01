"""Trains the recogniser and the resolver of places and writes ``data/models.json``.

    python training/places/train.py GOLD_FOLDER [--report] [--out FILE]

GOLD_FOLDER holds ``geo/`` (LGL, GeoVirus), ``ner_uk/train.jsonl.gz`` and ``factrueval_ru/dev.jsonl.gz``. The recogniser is a logistic regression
over yes/no features (label: the candidate's span is a gold toponym); the resolver a conditional logit over the candidates of a name (label: the
candidates within 25 km of the gold point, or the nearest within 600 km). ``--report`` trains on one English set and scores on the other, both
ways, and prints accuracies by cross-validation instead of writing. C and the penalty were chosen by four- and five-fold cross-validation over
documents of LGL and GeoVirus among .1, .3, 1 and .003, .01, .03; differences were under half a point.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from witnessmark.claims.places.features import features_of, pairs_of
from witnessmark.claims.places.geometry import distance_km
from witnessmark.claims.places.queries import hints_of, queries_of
from witnessmark.claims.places.resolve import Hints, Query, first_state, next_state, resolve, sense_features, senses_of
from witnessmark.claims.places.spans import names_in
from witnessmark.claims.places.words import context
from witnessmark.documents import text_document
from witnessmark.statements.language.tokens import Token, tokenise
from witnessmark.statements.reading import Reading
from witnessmark.statements.segment import sentences

C, PENALTY, ROUNDS = 0.3, 0.003, 3
START = {"prominence": 1.0, "inside": 3.0, "country": 1.0, "division": 1.5}
SETS = {
    "lgl": ("geo/lgl_first_half.jsonl.gz", "en"),
    "geovirus": ("geo/geovirus.jsonl.gz", "en"),
    "factrueval": ("factrueval_ru/dev.jsonl.gz", "ru"),
    "ner_uk": ("ner_uk/train.jsonl.gz", "uk"),
}


class Told(NamedTuple):
    """A document with its gold toponyms by span."""

    reading: Reading
    toponyms: dict[tuple[int, int], dict[str, Any]]


def load(folder: Path, name: str) -> list[Told]:
    """The documents of one set."""
    path, language = SETS[name]
    out = []
    for line in gzip.decompress((folder / path).read_bytes()).decode().split("\n"):
        if not line:
            continue
        row = json.loads(line)
        document = text_document(row["text"], language=language)
        tokens = tuple(tokenise(document.text))
        named = row.get("toponyms") or [
            {"start": s, "end": e} for s, e, kind in row.get("entities", ()) if kind in {"LOC", "Location", "LocOrg"}
        ]
        spans = {_bare(tokens, t["start"], t["end"]): t for t in named} | {(t["start"], t["end"]): t for t in named}
        toponyms = spans if language != "en" else {(t["start"], t["end"]): t for t in named}
        out.append(Told(Reading(document, tokens, sentences(document, tokens), ()), toponyms))
    return out


def _bare(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    """The span without type words at its ends: the two Slavic sets mark "Донецької області", we mark "Донецької"."""
    inside = [t for t in tokens if start <= t.start and t.end <= end]
    while len(inside) > 1 and (inside[-1].text == "." or inside[-1].lower in context().types):
        inside.pop()
    while len(inside) > 1 and (inside[0].text == "." or inside[0].lower in context().types):
        inside.pop(0)
    return (inside[0].start, inside[-1].end) if inside else (start, end)


def recogniser_rows(told: Iterable[Told]) -> tuple[list[dict[str, int]], list[bool], int]:
    """Features and labels of every candidate, and the number of gold toponyms."""
    rows, labels, gold = [], [], 0
    for reading, toponyms in told:
        names = names_in(reading)
        gold += len({id(t) for t in toponyms.values()})
        for name, own in zip(names, features_of(reading, names), strict=True):
            rows.append(dict.fromkeys([*own, *(f"{a}|{b}" for a, b in pairs_of(own))], 1))
            labels.append((reading.tokens[name.first].start, reading.tokens[name.last - 1].end) in toponyms)
    return rows, labels, gold


def train_recogniser(told: Iterable[Told]) -> tuple[DictVectorizer, LogisticRegression]:
    """The fitted vectoriser and regression."""
    rows, labels, _ = recogniser_rows(told)
    vectoriser = DictVectorizer()
    matrix = vectoriser.fit_transform(rows)
    return vectoriser, LogisticRegression(C=C, max_iter=3000).fit(matrix, labels)


def recogniser(told: Sequence[Told]) -> dict[str, Any]:
    """The weights of one recogniser, as they are shipped."""
    vectoriser, regression = train_recogniser(told)
    weights = {f: round(float(regression.coef_[0][i]), 3) for f, i in vectoriser.vocabulary_.items()}
    kept = dict(sorted((f, w) for f, w in weights.items() if abs(w) > 0.02))
    return {"bias": round(float(regression.intercept_[0]), 4), "weights": kept}


def f1(model: tuple[DictVectorizer, LogisticRegression], told: Iterable[Told], threshold: float) -> float:
    """F1 of exact spans."""
    rows, labels, gold = recogniser_rows(told)
    kept = model[1].predict_proba(model[0].transform(rows))[:, 1] >= threshold
    right = int(kept[np.array(labels)].sum())
    return 2 * right / (int(kept.sum()) + gold)


class Case(NamedTuple):
    """The gold names of a document as queries, with their gold toponyms."""

    queries: list[Query]
    hints: Hints
    gold: list[dict[str, Any]]


def cases(told: Iterable[Told]) -> list[Case]:
    """Queries for the candidates whose span is a gold toponym."""
    out = []
    for reading, toponyms in told:
        names, gold = [], []
        for name in names_in(reading):
            found = toponyms.get((reading.tokens[name.first].start, reading.tokens[name.last - 1].end))
            if found is not None:
                names.append(name)
                gold.append(found)
        out.append(Case(queries_of(reading, names, [1.0] * len(names)), hints_of(reading), gold))
    return out


def right_candidates(query: Query, gold: dict[str, Any]) -> list[int]:
    """Indexes of the candidates that are the gold place."""
    if gold.get("lat") is None or not query.entries:
        return []
    kms = [distance_km(e.place.latitude, e.place.longitude, gold["lat"], gold["lon"]) for e in query.entries]
    limit = max(25.0, min(kms) + 1)
    return [n for n, km in enumerate(kms) if km <= limit] if min(kms) <= 600 else []


def train_resolver(told: Sequence[Case]) -> dict[str, float]:
    """Weights of the candidates' features, refitted as the choices of the last fit change the features."""
    weights = dict(START)
    for _ in range(ROUNDS):
        groups = [g for case in told for g in _groups(case, weights)]
        weights = _fit(groups, weights)
    return weights


def _groups(case: Case, weights: dict[str, float]) -> Iterable[tuple[list[dict[str, float]], list[int]]]:
    queries, hints, gold = case
    scored = resolve(queries, hints, weights)
    for state in (first_state(queries, hints), next_state(queries, hints, [s[0].entry if s else None for s in scored])):
        for members in senses_of(queries):
            right = right_candidates(queries[members[0]], gold[members[0]])
            if right and len(right) < len(queries[members[0]].entries):
                yield sense_features(queries, members, state), right


def _fit(groups: Sequence[tuple[list[dict[str, float]], list[int]]], start: dict[str, float]) -> dict[str, float]:
    names: dict[str, int] = {}
    rows, columns, values, right, starts = [], [], [], [], []
    for candidates, correct in groups:
        starts.append(len(right))
        for n, features in enumerate(candidates):
            for f, v in features.items():
                rows.append(len(right))
                columns.append(names.setdefault(f, len(names)))
                values.append(v)
            right.append(n in correct)
    x = csr_matrix((values, (rows, columns)), shape=(len(right), len(names)))
    y, at = np.array(right), np.array(starts)
    group = np.repeat(np.arange(len(at)), np.diff(np.append(at, len(right))))

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        s = x @ w
        e = np.exp(s - np.maximum.reduceat(s, at)[group])
        every, good = np.add.reduceat(e, at), np.add.reduceat(e * y, at)
        gradient = x.T @ (e * y / good[group] - e / every[group])
        return -np.log(good / every).sum() / len(at) + PENALTY / 2 * w @ w, -gradient / len(at) + PENALTY * w

    first = np.array([start.get(n, 0.0) for n in names])
    fitted = minimize(loss, first, jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return {n: float(fitted[i]) for n, i in names.items()}


def accuracy(told: Sequence[Case], weights: dict[str, float]) -> float:
    """Share within 161 km, of the gold names that have candidates."""
    near = every = 0
    for queries, hints, gold in told:
        for scored, g in zip(resolve(queries, hints, weights), gold, strict=True):
            if g.get("lat") is None or not scored:
                continue
            p = scored[0].entry.place
            every += 1
            near += distance_km(p.latitude, p.longitude, g["lat"], g["lon"]) <= 161
    return near / max(1, every)


def report(sets: dict[str, list[Told]]) -> None:
    """Cross-corpus figures."""
    for one, other in (("lgl", "geovirus"), ("geovirus", "lgl")):
        model = train_recogniser(sets[one])
        weights = train_resolver(cases(sets[one]))
        print(
            f"trained on {one}, scored on {other}: recognition F1 {f1(model, sets[other], 0.4):.3f} (on {one} itself {f1(model, sets[one], 0.4):.3f}); "
            f"accuracy at 161 km {accuracy(cases(sets[other]), weights):.3f} (on {one} itself {accuracy(cases(sets[one]), weights):.3f})"
        )


def main(arguments: list[str] | None = None) -> int:
    """Train and write, or report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--report", action="store_true")
    parser.add_argument("--out", type=Path, default=Path("src/witnessmark/claims/places/data/models.json"))
    options = parser.parse_args(arguments)
    names = ("lgl", "geovirus") if options.report else tuple(SETS)
    sets = {name: load(options.gold, name) for name in names}
    if options.report:
        report(sets)
        return 0
    recognisers = {
        script: recogniser([t for name in SETS if (SETS[name][1] == "en") == (script == "latin") for t in sets[name]])
        for script in ("latin", "cyrillic")
    }
    resolver = train_resolver(cases([*sets["lgl"], *sets["geovirus"]]))
    packed = {
        "recognisers": recognisers,
        "resolver": {f: round(w, 3) for f, w in sorted(resolver.items())},
    }
    options.out.write_text(json.dumps(packed, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
