"""Comparisons and trends: "майже вдвічі більше", "зменшилась на 30 %", "кількість обстрілів зросла"."""

from __future__ import annotations

from collections.abc import Sequence

from witnessmark.claims.series.comparisons import Change
from witnessmark.claims.slavic.series.clauses import Clause, listed_words, table
from witnessmark.claims.slavic.words import matcher
from witnessmark.statements.language.lexicons import lexicon
from witnessmark.statements.language.matching import Match

VERB_REACH = 8


_PLURAL_VERB = ("ли", "лись", "лися", "ють", "ют", "уть", "ут")


_OF_CHANGE = frozenset({"person_killed", "person_injured", "attack", "strike_or_impact", "munition_fired", "shell", "alert", "incident"})


def find_changes(clause: Clause) -> list[Change]:
    """Every comparison and trend of the sentence; ``unit`` is None where the sentence names none."""
    trends = table(clause.language, "trends").find(clause.tokens, clause.sentence.first, clause.sentence.last)
    found = _factors(clause, trends) + _shares(clause, trends)
    return found or _bare(clause, trends)


def _unit_near(clause: Clause, at: int) -> str | None:
    near = [(abs(n.first - at), n.payload) for n in clause.nouns if n.payload in _OF_CHANGE and abs(n.first - at) <= VERB_REACH]
    harms = matcher(clause.language, "harm", "people").find(clause.tokens, clause.sentence.first, clause.sentence.last)
    near += [(abs(h.first - at), f"person_{h.payload}") for h in harms if h.payload in {"killed", "injured"}]
    return min(near)[1] if near else None


def _direction(trends: Sequence[Match[str]], at: int) -> str:
    near = [(abs(t.first - at), t.payload) for t in trends if t.payload in {"up", "down"} and abs(t.first - at) <= VERB_REACH]
    return min(near)[1] if near else "up"


def _factors(clause: Clause, trends: Sequence[Match[str]]) -> list[Change]:
    """ "майже вдвічі більше", "зросла втричі" """
    out: list[Change] = []
    for hit in table(clause.language, "factors").find(clause.tokens, clause.sentence.first, clause.sentence.last):
        unit = _unit_near(clause, hit.first)
        factor, direction = float(hit.payload), _direction(trends, hit.first)
        follows = next((t for t in trends if t.first == hit.last), None)
        out.append(
            Change(
                hit.first, follows.last if follows is not None else hit.last, factor if direction == "up" else round(1 / factor, 2), direction, unit,
                "series.factor",
            )
        )  # fmt: skip
    return out


def _shares(clause: Clause, trends: Sequence[Match[str]]) -> list[Change]:
    """ "на 40 відсотків більше", "зменшилась на 30 %" """
    out: list[Change] = []
    percent = listed_words(clause.language, "percent")
    for at in range(clause.sentence.first + 1, clause.sentence.last - 1):
        hit = percent.match_at(clause.tokens, at + 1, clause.sentence.last)
        text = clause.tokens[at].text.replace(",", ".")
        if hit is None or clause.tokens[at].kind != "number" or clause.tokens[at - 1].lower != "на" or text.count(".") > 1:
            continue
        if not any(abs(t.first - at) <= VERB_REACH and t.payload in {"up", "down"} for t in trends):
            continue
        direction, share = _direction(trends, at), float(text) / 100
        factor = 1 + share if direction == "up" else 1 - share
        if factor >= 0:
            out.append(Change(at, hit.last, round(factor, 2), direction, _unit_near(clause, at), "series.share"))
    return out


def _bare(clause: Clause, trends: Sequence[Match[str]]) -> list[Change]:
    """Trends without a number: "кількість обстрілів зросла", "атаки почастішали"."""
    for hit in trends:
        if hit.payload == "exponential":
            return [Change(hit.first, hit.last, None, "exponential", _unit_near(clause, hit.first), "series.trend")]
        word = clause.tokens[hit.first].lower
        verb = len(word) > 6 and hit.payload in {"up", "down"} and (word.endswith(_PLURAL_VERB) or _counts_something(clause))
        subject = [n for n in clause.nouns if abs(n.first - hit.first) <= 3 and n.payload in {"attack", "strike_or_impact", "alert"}]
        if verb and subject and not any(t.kind == "number" for t in clause.tokens[hit.first : hit.last + 4]):
            return [Change(hit.first, hit.last, None, hit.payload, subject[0].payload, "series.trend")]
    return []


def _counts_something(clause: Clause) -> bool:
    """ "кількість", "інтенсивність": what a bare trend is the trend of."""
    heads = tuple(lexicon(clause.language, "series")["words"]["heads"])
    return any(t.lower.startswith(heads) for t in clause.tokens[clause.sentence.first : clause.sentence.last])
