import datetime as dt

from witnessmark.engines import schema
from witnessmark.model import (
    ActorValue,
    Bound,
    BreakdownValue,
    Contradiction,
    DateValue,
    HarmValue,
    Incident,
    IncidentClaim,
    Mention,
    PlaceValue,
    Quantity,
    SeriesClaim,
    Span,
    Speaker,
    Statement,
    TollRange,
)
from witnessmark.model.serialise import to_data

AT = Span(3, 7)


def claim() -> IncidentClaim:
    place = PlaceValue("Eastfield", "XX", "North", 1.5, -2.5, "P3")
    day = DateValue(dt.date(2021, 3, 1), dt.date(2021, 3, 2), "T3", "stated")
    return IncidentClaim(
        "c1",
        "d1",
        Mention("shelling", AT, "word", "r"),
        "asserted",
        (AT,),
        place=Mention(place, AT, "word", "r"),
        date=Mention(day, AT, "word", "r"),
        killed=Mention(Quantity(3, None, "ge", "at least 3"), AT, "word", "r"),
        breakdown=(Mention(BreakdownValue("killed", "children", Quantity(1, 1, "eq", "a child")), AT, "word", "r"),),
        alternatives=(("killed", Mention(HarmValue("killed", "people", Quantity(4, 4, "eq", "4")), AT, "word", "r")),),
    )


def fits(table: str, row: schema.Row) -> None:
    kinds = {"text": str, "int": int, "float": float, "flag": bool}
    assert set(row) == set(schema.TABLES[table])
    for name, value in row.items():
        assert value is None or type(value) is kinds[schema.TABLES[table][name]], name


def test_a_claim_fills_its_row_and_one_row_for_each_value() -> None:
    data = to_data(claim())
    row = schema.claim_row(data)
    fits("incident_claims", row)
    assert (row["act"], row["place"], row["longitude"]) == ("shelling", "Eastfield", -2.5)
    assert (row["earliest"], row["latest"], row["killed_min"], row["killed_max"]) == ("2021-03-01", "2021-03-02", 3, None)
    assert row["injured_min"] is row["perpetrator"] is None
    rows = list(schema.mention_rows(data))
    for mention in rows:
        fits("mentions", mention)
    assert [m["field"] for m in rows] == ["act", "place", "date", "killed", "breakdown", "killed"]
    assert '"minimum":4' in rows[-1]["value"]


def test_a_value_without_words_has_no_offsets() -> None:
    day = Mention(DateValue(dt.date(2021, 3, 1), dt.date(2021, 3, 1), "TR", "publication"), None, "", "r")
    bare = IncidentClaim("c1", "d1", Mention("shelling", AT, "word", "r"), "asserted", (AT,), date=day)
    row = list(schema.mention_rows(to_data(bare)))[1]
    assert (row["start"], row["end"], row["quote"]) == (None, None, "")


def test_series_statement_contradiction_and_incident_fill_their_rows() -> None:
    series = SeriesClaim("s1", "d1", AT, "word", "strike", Quantity(5, 5, "eq", "five"), "day", "eq", "up", "asserted", "r")
    row = schema.series_row(to_data(series))
    fits("series_claims", row)
    assert (row["start"], row["minimum"], row["place"]) == (3, 5, None)
    statement = Statement(AT, 0, "body", "asserted", Speaker("the mayor", AT, "official"), negative=True)
    row = schema.statement_row(to_data(statement), "d1")
    fits("statements", row)
    assert (row["speaker"], row["negative"]) == ("the mayor", True)
    fits("statements", schema.statement_row(to_data(Statement(AT, 0, "body", "asserted")), "d1"))
    pair = Contradiction("x1", "killed", "within_body", ("d1", "d2"), (AT, Span(9, 11)), ("word", "no"), "note")
    row = schema.contradiction_row(to_data(pair))
    fits("contradictions", row)
    assert (row["document"], row["end"], row["other_document"], row["other_start"]) == ("d1", 7, "d2", 9)
    incident = Incident("i1", ("c1",), "shelling", TollRange(Bound(3, "c1"), None, None), TollRange(None, None, None), (("act", "c1"),))
    row = schema.incident_row(to_data(incident))
    fits("incidents", row)
    assert (row["claims"], row["killed_low"], row["killed_high"]) == (1, 3, None)


def test_an_alternative_actor_keeps_its_field() -> None:
    other = Mention(ActorValue("disputed"), AT, "word", "r")
    data = to_data(IncidentClaim("c1", "d1", Mention("a", AT, "word", "r"), "asserted", (AT,), alternatives=(("perpetrator", other),)))
    assert [m["field"] for m in schema.mention_rows(data)] == ["act", "perpetrator"]
