"""The policy: default, faults told all at once, digest."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from witnessmark.errors import UsageError
from witnessmark.publish.redaction import default_policy_text, load_policy, parse_policy


def test_the_default_is_public_and_strict() -> None:
    policy = load_policy()
    assert policy.public and policy.names == "withhold" and policy.contacts and policy.embargo_days == 7 and policy.smallest == 3
    assert set(policy.sensitive) >= {"health", "humanitarian", "water", "energy"}


def test_the_default_names_every_key_that_there_is() -> None:
    """A key that is not in the documented default could be set by nobody who reads it."""
    from witnessmark.publish.redaction.policy import _KEYS, _flat

    assert set(dict(_flat(tomllib.loads(default_policy_text())))) == set(_KEYS)
    assert default_policy_text().count("#") >= len(_KEYS) - 1


def test_a_file_changes_what_it_names_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "p.toml"
    file.write_text('id = "mine"\n[embargo]\ndays = 30\n', encoding="utf-8")
    policy = load_policy(file)
    assert (policy.identifier, policy.embargo_days, policy.bands) == ("mine", 30, load_policy().bands)


def test_the_digest_is_of_the_settings_not_of_the_file() -> None:
    one = parse_policy("# a remark\n[embargo]\ndays = 9\n", "a")
    two = parse_policy("[embargo]\ndays=9", "b")
    assert one.digest == two.digest != load_policy().digest


def test_all_faults_are_told_at_once() -> None:
    text = 'audience = "everybody"\n[names]\nprivate = 3\nknwon = ["x"]\n[places]\nsensitive = ["castle"]\n[embargo]\ndays = -1\n[ages]\nbands = [5, 3]\n'
    with pytest.raises(UsageError) as caught:
        parse_policy(text, "p.toml")
    told = str(caught.value)
    assert caught.value.code == "WM602"
    for part in ("audience", "names.private", "did you mean names.known", "castle", "embargo.days", "ages.bands"):
        assert part in told


@pytest.mark.parametrize(
    "text",
    [
        '[names]\nprivate = "keep"',
        "[contacts]\nwithhold = false",
        "[ages]\nbands = []",
        '[places]\nfinest = "as_placed"',
        '[links]\nsources = "full"',
    ],
)
def test_public_cannot_be_made_lax(text: str) -> None:
    with pytest.raises(UsageError, match="restricted publications only"):
        parse_policy(text, "p.toml")
    assert not parse_policy(f'audience = "restricted"\n{text}', "p.toml").public


def test_a_missing_file_is_coded(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="WM601"):
        load_policy(tmp_path / "none.toml")
    with pytest.raises(UsageError, match="WM602"):
        parse_policy("= 3", "p.toml")
