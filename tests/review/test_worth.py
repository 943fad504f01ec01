"""What a decision is worth: order only, so only order is tested."""

from witnessmark.review.worth import FIELDS, contradiction_worth, field_worth, merge_worth


def test_doubt_reach_and_gravity_raise_the_worth() -> None:
    plain = field_worth("killed", 0.6, 1, 0)
    assert field_worth("killed", 0.3, 1, 0) > plain
    assert field_worth("killed", 0.6, 8, 0) > plain
    assert field_worth("killed", 0.6, 1, 90) > plain
    assert field_worth("killed", 1.0, 1, 0) > 0, "what the program is sure of is worth a look too"


def test_contradictions_come_before_single_values() -> None:
    assert all(contradiction_worth(field, 10) > field_worth(field, 0.5, 1, 10) for field in FIELDS)


def test_weak_links_come_before_strong_ones() -> None:
    assert merge_worth(1.0, 2) > merge_worth(6.0, 2)
    assert merge_worth(1.0, 9) > merge_worth(1.0, 2)
    assert merge_worth(1e6, 2) > 0


def test_fields_that_nobody_is_asked_about_are_worth_nothing() -> None:
    assert field_worth("speaker", 0.0, 9, 90) == 0.0
