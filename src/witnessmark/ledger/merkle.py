"""Merkle tree over event hashes, after RFC 6962 section 2.1.

A leaf is ``SHA-256(0x00 || bytes)``, a node ``SHA-256(0x01 || left || right)``; a tree of n leaves splits at the largest power of two
below n. Functions take leaf hashes in order and give 32-byte digests; proofs are lists of digests from the leaf upwards.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

EMPTY = hashlib.sha256(b"").digest()
"""Root of the tree without leaves."""


def leaf_hash(data: bytes) -> bytes:
    """Hash of one leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """Root over ``leaves``; time linear in their number.

    Level by level: a node without a right neighbour goes up as it is, which gives the tree that splits at the largest power of two.
    """
    level = list(leaves)
    sha256 = hashlib.sha256
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        level = [sha256(b"\x01" + left + right).digest() for left, right in pairs] + level[len(level) & ~1 :]
    return level[0] if level else EMPTY


def _split(size: int) -> int:
    """The largest power of two below ``size`` (at least 2)."""
    return 1 << ((size - 1).bit_length() - 1)


def inclusion_proof(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """The digests that lead from leaf ``index`` to the root over ``leaves``.

    Raises:
        IndexError: when there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(f"no leaf {index} in a tree of {len(leaves)}")
    if len(leaves) == 1:
        return []
    middle = _split(len(leaves))
    if index < middle:
        return [*inclusion_proof(index, leaves[:middle]), root(leaves[middle:])]
    return [*inclusion_proof(index - middle, leaves[middle:]), root(leaves[:middle])]


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], expected: bytes) -> bool:
    """True when ``proof`` shows that ``leaf`` stands at ``index`` in the tree of ``size`` leaves with root ``expected``."""
    if not 0 <= index < size:
        return False
    position, last, digest = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if position & 1 or position == last:
            digest = node_hash(sibling, digest)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            digest = node_hash(digest, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and digest == expected


def consistency_proof(old_size: int, leaves: Sequence[bytes]) -> list[bytes]:
    """The digests that show that the tree over the first ``old_size`` leaves is a prefix of the tree over ``leaves``.

    Raises:
        IndexError: unless ``0 < old_size <= len(leaves)``.
    """
    if not 0 < old_size <= len(leaves):
        raise IndexError(f"no tree of {old_size} in a tree of {len(leaves)}")
    return _consistency(old_size, leaves, whole=True)


def _consistency(old_size: int, leaves: Sequence[bytes], *, whole: bool) -> list[bytes]:
    if old_size == len(leaves):
        return [] if whole else [root(leaves)]
    middle = _split(len(leaves))
    if old_size <= middle:
        return [*_consistency(old_size, leaves[:middle], whole=whole), root(leaves[middle:])]
    return [*_consistency(old_size - middle, leaves[middle:], whole=False), root(leaves[:middle])]


def verify_consistency(old_size: int, old_root: bytes, new_size: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """True when ``proof`` shows that the tree (``old_size``, ``old_root``) only grew into (``new_size``, ``new_root``)."""
    if not 0 < old_size <= new_size:
        return False
    if old_size == new_size:
        return not proof and old_root == new_root
    path = list(proof)
    if old_size & (old_size - 1) == 0:
        path.insert(0, old_root)
    if not path:
        return False
    position, last = old_size - 1, new_size - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    old = new = path[0]
    for digest in path[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            old, new = node_hash(digest, old), node_hash(digest, new)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            new = node_hash(new, digest)
        position, last = position >> 1, last >> 1
    return last == 0 and old == old_root and new == new_root
