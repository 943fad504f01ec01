"""Pairs of rows and the weight of the evidence, in plain SQL that DuckDB and Spark both run.

A Fellegi-Sunter sum with fixed weights, as for claims, but on a table's own columns. Every block is bounded (``WINDOW``), so that the work
grows with the rows and not with their square.
"""

from __future__ import annotations

WINDOW = 100
"""Neighbours on each side that a row is compared with in one block, sorted by tolls and munition."""

MERGE_AT = 1.0
"""Log2 of the odds at which two rows are held to tell of one incident. Made-up reports, seed 77: 0 to 3 gave a pair F1 within .006."""

SPAN_DAYS = 2
"""Days that the rows of one incident may lie apart: a report may be a day off on either side."""

# Weights in log2 of the odds that two rows tell of one incident. Set on made-up reports of one seed (77), where m and u of each level were counted, and
# checked on two other seeds and on lists of words that the rule had not seen.
_WEIGHT = """
  (case when a.place is null or b.place is null then 1.5 else 3.0 end)
  + (case when a.day is null or b.day is null then 0.0 when a.day = b.day then 2.5 when abs(a.day - b.day) = 1 then 0.7 else -1.5 end)
  + (case when a.munition is null or b.munition is null then 0.0 when a.munition = b.munition then 2.5 else coalesce(mw.weight, 0.0) end)
  + (case when a.target is null or b.target is null then 0.0 when a.target = b.target then 2.2 else coalesce(tw.weight, 0.0) end)
  + (case when a.latitude is null or b.latitude is null then 0.0
          when {km2} < 1 then 2.2 when {km2} < 4 then 1.2 when {km2} < 16 then -1.0 else -5.0 end)
  + (case when a.killed is null or b.killed is null then 0.0 when a.killed = b.killed then 1.0 else -0.7 end)
  + (case when a.injured is null or b.injured is null then 0.0 when a.injured <> b.injured then -0.5 when a.injured > 3 then 3.0 else 1.8 end)
  + (case when a.actor is null or b.actor is null then 0.0 when a.actor = b.actor then 0.5 else -0.4 end)
  - 3.0
""".format(km2="(power((a.latitude - b.latitude) * 111.2, 2) + power((a.longitude - b.longitude) * 111.2 * cos(radians(a.latitude)), 2))")

# Where nothing is stated comes last: left to themselves, the two engines would put it at different ends.
_RANKS = """
select *,
  row_number() over (partition by region, place, day order by killed nulls last, injured nulls last, munition nulls last, n) as day_rank,
  row_number() over (partition by region, place, killed, injured order by munition nulls last, day nulls last, n) as toll_rank,
  cast(floor(latitude * 10) as bigint) as north, cast(floor(longitude * 10) as bigint) as east
from claims
"""

_OFFSETS = "select * from (values (-2), (-1), (0), (1), (2)) as t(k)"

# A row that tells only its region meets those near its point; cells are a tenth of a degree, with their neighbours.
_REGIONAL = """
select r.*, r.day + d.k as other_day, r.north + y.k as other_north, r.east + x.k as other_east
from ranked r, offsets d, offsets y, offsets x
where r.place is null and r.day is not null and r.north is not null and abs(d.k) <= 1 and abs(y.k) <= 1 and abs(x.k) <= 1
"""

_MEETINGS = (
    f"""select {{columns}} from (select r.*, r.day + k as other_day from ranked r, offsets where day is not null and place is not null) a
        join ranked b on a.region = b.region and a.place = b.place and a.other_day = b.day
        {{weights}} where a.n < b.n and abs(a.day_rank - b.day_rank) <= {WINDOW}""",
    f"""select {{columns}} from ranked a
        join ranked b on a.region = b.region and a.place = b.place and a.killed = b.killed and a.injured = b.injured
        {{weights}} where a.n < b.n and (a.day is null or b.day is null) and abs(a.toll_rank - b.toll_rank) <= {WINDOW}""",
    f"""select {{columns}} from regional a
        join ranked b on a.region = b.region and a.other_day = b.day and a.other_north = b.north and a.other_east = b.east
        {{weights}} where a.n <> b.n and (b.place is not null or a.n < b.n) and abs(a.day_rank - b.day_rank) <= {WINDOW}""",
)
_JOINED = """
  left join munition_words mw on mw.one = least(a.munition, b.munition) and mw.other = greatest(a.munition, b.munition)
  left join target_words tw on tw.one = least(a.target, b.target) and tw.other = greatest(a.target, b.target)
"""

PREPARE = (("offsets", _OFFSETS), ("ranked", _RANKS), ("regional", _REGIONAL))
"""The tables that the two queries read, in the order of their making; ``claims`` has to be there."""

SEEDS = """
select least(a.{field}, b.{field}) as one, greatest(a.{field}, b.{field}) as other, count(*) as times
from ranked a join ranked b on a.region = b.region and a.place = b.place and a.day = b.day and a.killed = b.killed and a.injured = b.injured
where a.n < b.n and a.injured >= 3 and a.{field} is not null and b.{field} is not null and abs(a.day_rank - b.day_rank) <= {window}
group by 1, 2
"""
"""How often two words meet in rows of one place and day with equal tolls of three injured or more."""

PAIRS = (
    "select one, other, weight from ("
    + " union all ".join(m.format(columns=f"a.n as one, b.n as other, {_WEIGHT} as weight", weights=_JOINED) for m in _MEETINGS)
    + ") as scored where weight >= {merge_at} order by weight desc, least(one, other), greatest(one, other)"
)
"""Pairs of row numbers that weigh enough, heaviest first."""
