"""Tables of claims merged to incidents."""

from __future__ import annotations

import csv
import datetime as dt
import random
from pathlib import Path

import pytest

from witnessmark.errors import UsageError
from witnessmark.incidents.tables import merge_table
from witnessmark.incidents.tables.alike import learn
from witnessmark.incidents.tables.keys import names_region, skeleton, weapon_class

HEAD = ["report_id", "date", "place", "region", "lat", "lon", "killed", "injured", "munition", "target", "actor"]
BASE = {
    "date": "2024-05-03",
    "place": "Lysohirka",
    "region": "Ostriv",
    "killed": "2",
    "injured": "9",
    "munition": "mortar",
    "target": "school",
}


def _merge(path: Path, rows: list[dict[str, str]]) -> dict[str, str]:
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, HEAD)
        writer.writeheader()
        writer.writerows({"report_id": str(n)} | row for n, row in enumerate(rows))
    merged = merge_table(path)
    return dict(zip(merged.reports, merged.incidents, strict=True))


@pytest.mark.parametrize(
    "names", [("Kherson", "Herson"), ("Lysohirka", "Lisogirka"[:4] + "hirka"), ("Ochakiv", "Ochakiw"), ("Lutsk", "Lutsk'")]
)
def test_spellings_of_one_name_have_one_skeleton(names: tuple[str, str]) -> None:
    assert skeleton(names[0].lower()) == skeleton(names[1].lower())


def test_other_names_have_other_skeletons_and_regions_are_known() -> None:
    assert skeleton("kupiansk") != skeleton("kramatorsk")
    assert names_region("sumy region", ()) and names_region("sumy", {"sumy"}) and not names_region("sumy", {"odesa"})
    assert weapon_class("mortar shells") == weapon_class("mortar") and weapon_class("an unheard-of thing") is None


def test_one_attack_in_other_words_and_a_day_off_is_one_incident(tmp_path: Path) -> None:
    homes = _merge(tmp_path / "t.csv", [BASE, BASE | {"date": "2024-05-04", "place": "Lisohirka", "munition": "", "killed": ""}])
    assert homes["0"] == homes["1"]


@pytest.mark.parametrize(
    "other",
    [{"munition": "cruise missile"}, {"target": "hospital"}, {"date": "2024-05-09"}, {"place": "Novosilka"}, {"region": "Zakhid"}],
)
def test_what_clashes_is_kept_apart(tmp_path: Path, other: dict[str, str]) -> None:
    homes = _merge(tmp_path / "t.csv", [BASE, BASE | other])
    assert homes["0"] != homes["1"]


def test_a_bridge_between_two_that_clash_joins_one_of_them(tmp_path: Path) -> None:
    homes = _merge(tmp_path / "t.csv", [BASE, BASE | {"munition": "cruise missile"}, BASE | {"munition": ""}])
    assert homes["0"] != homes["1"]
    assert homes["2"] in (homes["0"], homes["1"])


def test_the_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    rng = random.Random(3)
    rows = [
        {"report_id": f"r{n:03}"}
        | BASE
        | {
            "date": (dt.date(2024, 5, 1) + dt.timedelta(days=rng.randrange(6))).isoformat(),
            "place": rng.choice(["Lysohirka", "Lisohirka", "Novosilka", "Ostriv region"]),
            "munition": rng.choice(["mortar", "drone", "", "zorb", "blick"]),
            "killed": rng.choice(["0", "2", ""]),
            "lat": rng.choice(["", "49.1"]),
            "lon": "36.2",
        }
        for n in range(120)
    ]
    first = _merge(tmp_path / "a.csv", rows)
    assert _merge(tmp_path / "b.csv", rng.sample(rows, len(rows))) == first
    assert len(set(first.values())) > 5


def test_words_that_no_vocabulary_has_are_learned_from_the_table() -> None:
    counts = {"zorb": 300, "blick": 300, "quann": 300}
    met = {("blick", "zorb"): 60, ("quann", "quann"): 60}
    alike = learn(counts, met, lambda _: None)
    assert alike.group["zorb"] == alike.group["blick"] != alike.group["quann"]
    assert (alike.group["zorb"], alike.group["quann"]) in alike.apart
    unsure = learn({"zorb": 3, "blick": 3}, {}, lambda _: None)
    assert unsure.group["zorb"] != unsure.group["blick"] and not unsure.apart


def test_json_lines_and_parquet_give_the_same_as_csv(tmp_path: Path) -> None:
    import duckdb

    rows = [BASE, BASE | {"killed": ""}, BASE | {"place": "Novosilka"}]
    expected = _merge(tmp_path / "t.csv", rows)
    for name, form in (("t.parquet", "parquet"), ("t.jsonl", "json")):
        duckdb.sql(f"copy (select * from read_csv('{tmp_path / 't.csv'}')) to '{tmp_path / name}' (format {form})")
        merged = merge_table(tmp_path / name)
        assert dict(zip(merged.reports, merged.incidents, strict=True)) == expected


@pytest.mark.parametrize(("name", "content"), [("t.csv", "a,b\n1,2\n"), ("t.xlsx", "date,place\n"), ("t.parquet", "no parquet")])
def test_a_table_that_cannot_be_merged_is_told_by_its_code(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match="WM031"):
        merge_table(tmp_path / name)


def test_a_row_without_an_id_is_not_lost(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("date,place\n2024-05-03,Lysohirka\nnonsense,\n", encoding="utf-8")
    assert merge_table(tmp_path / "t.csv").reports == ("line 1", "line 2")
