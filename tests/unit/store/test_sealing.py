"""Sealing and hashing many values gives what one by one gives."""

from __future__ import annotations

import pytest

from regional_desk.store import sealing

VALUES = [("1234567890123", b"first"), ("", b"second"), ("가나다", b"third")]


def test_many_values_open_one_by_one() -> None:
    key = sealing.new_key()
    sealed = sealing.seal_many(key, [(plain.encode(), context) for plain, context in VALUES])
    opened = [sealing.unseal(key, one, context) for one, (_, context) in zip(sealed, VALUES, strict=True)]
    assert opened == [plain.encode() for plain, _ in VALUES]
    assert sealing.seal_many(key, []) == []


def test_each_value_opens_with_its_own_key_alone() -> None:
    keys = sealing.new_keys(len(VALUES))
    assert len(set(keys)) == len(VALUES)
    sealed = sealing.seal_each(
        [(key, plain.encode(), context) for key, (plain, context) in zip(keys, VALUES, strict=True)]
    )
    for key, one, (plain, context) in zip(keys, sealed, VALUES, strict=True):
        assert sealing.unseal(key, one, context) == plain.encode()
        with pytest.raises(sealing.SealBroken):
            sealing.unseal(sealing.new_key(), one, context)


def test_no_nonce_is_drawn_twice() -> None:
    sealed = sealing.seal_many(sealing.new_key(), [(b"same", b"same")] * 1000)
    assert len({one[:12] for one in sealed}) == 1000


def test_many_fingerprints_are_those_of_each() -> None:
    key = sealing.new_key()
    accounts = ["1234567890123", None, "110222333444"]
    one_by_one = [None if one is None else sealing.fingerprint(key, one) for one in accounts]
    assert sealing.fingerprints(key, accounts) == one_by_one
