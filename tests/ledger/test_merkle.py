import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.ledger import merkle
from witnessmark.ledger.verify import merkle_root


def leaves(count: int) -> list[bytes]:
    return [merkle.leaf_hash(str(i).encode()) for i in range(count)]


def naive(rows: list[bytes]) -> bytes:
    """RFC 6962 section 2.1, word by word."""
    if not rows:
        return hashlib.sha256(b"").digest()
    if len(rows) == 1:
        return rows[0]
    k = 1
    while k * 2 < len(rows):
        k *= 2
    return hashlib.sha256(b"\x01" + naive(rows[:k]) + naive(rows[k:])).digest()


@pytest.mark.parametrize("size", [*range(35), 64, 65, 100])
def test_three_ways_to_the_same_root(size: int) -> None:
    assert merkle.root(leaves(size)) == naive(leaves(size)) == merkle_root(leaves(size))


def test_known_roots_of_the_certificate_transparency_test_vectors() -> None:
    inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    rows = [merkle.leaf_hash(bytes.fromhex(i)) for i in inputs]
    assert merkle.root([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert merkle.root(rows[:1]).hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert merkle.root(rows).hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 13, 32, 33])
def test_every_inclusion_proof_holds_and_no_other_leaf_passes(size: int) -> None:
    rows = leaves(size)
    root = merkle.root(rows)
    for index in range(size):
        proof = merkle.inclusion_proof(index, rows)
        assert merkle.verify_inclusion(rows[index], index, size, proof, root)
        assert not merkle.verify_inclusion(merkle.leaf_hash(b"other"), index, size, proof, root)
        assert not merkle.verify_inclusion(rows[index], index, size, [*proof, rows[0]], root)
        if proof:
            assert not merkle.verify_inclusion(rows[index], index, size, proof[:-1], root)


@pytest.mark.parametrize("size", [1, 2, 3, 6, 8, 13, 21])
def test_every_consistency_proof_holds_and_a_rewritten_past_fails(size: int) -> None:
    rows = leaves(size)
    for old in range(1, size + 1):
        proof = merkle.consistency_proof(old, rows)
        before, after = merkle.root(rows[:old]), merkle.root(rows)
        assert merkle.verify_consistency(old, before, size, after, proof)
        rewritten = merkle.root([merkle.leaf_hash(b"rewritten"), *rows[1:old]])
        assert not merkle.verify_consistency(old, rewritten, size, after, proof)
        assert not merkle.verify_consistency(old, before, size, merkle.leaf_hash(b"x"), proof)


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 60), st.data())
def test_a_changed_digest_in_a_proof_is_found(size: int, data: st.DataObject) -> None:
    rows = leaves(size)
    index = data.draw(st.integers(0, size - 1))
    proof = merkle.inclusion_proof(index, rows)
    at = data.draw(st.integers(0, len(proof) - 1))
    proof[at] = bytes([proof[at][0] ^ 1]) + proof[at][1:]
    assert not merkle.verify_inclusion(rows[index], index, size, proof, merkle.root(rows))


def test_outside_the_tree() -> None:
    with pytest.raises(IndexError):
        merkle.inclusion_proof(3, leaves(3))
    with pytest.raises(IndexError):
        merkle.consistency_proof(0, leaves(3))
    assert not merkle.verify_inclusion(leaves(1)[0], 1, 1, [], merkle.root(leaves(1)))
    assert not merkle.verify_consistency(3, b"", 2, b"", [])
    assert not merkle.verify_consistency(3, b"", 5, b"", [])
