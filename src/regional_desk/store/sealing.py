"""Wrapping of values inside the store: AES-256-GCM with bound context, and HMAC for exact look-up."""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC

KEY_BYTES = 32
_NONCE_BYTES = 12


class SealBroken(Exception):
    """The sealed value does not open with this key and context."""


def new_key() -> bytes:
    """32 random bytes."""
    return os.urandom(KEY_BYTES)


def seal(key: bytes, plain: bytes, context: bytes) -> bytes:
    """Encrypt `plain` bound to `context`; the nonce stands in front."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, context)


def seal_many(key: bytes, values: Sequence[tuple[bytes, bytes]]) -> list[bytes]:
    """`seal` of many (plain, context) under one key, its cipher set up once."""
    cipher = AESGCM(key)
    return [
        nonce + cipher.encrypt(nonce, plain, context)
        for nonce, (plain, context) in zip(_nonces(len(values)), values, strict=True)
    ]


def seal_each(values: Sequence[tuple[bytes, bytes, bytes]]) -> list[bytes]:
    """`seal` of many (key, plain, context)."""
    return [
        nonce + AESGCM(key).encrypt(nonce, plain, context)
        for nonce, (key, plain, context) in zip(_nonces(len(values)), values, strict=True)
    ]


def new_keys(count: int) -> list[bytes]:
    """Many new keys, drawn at once."""
    drawn = os.urandom(KEY_BYTES * count)
    return [drawn[at : at + KEY_BYTES] for at in range(0, len(drawn), KEY_BYTES)]


def _nonces(count: int) -> list[bytes]:
    drawn = os.urandom(_NONCE_BYTES * count)
    return [drawn[at : at + _NONCE_BYTES] for at in range(0, len(drawn), _NONCE_BYTES)]


def unseal(key: bytes, sealed: bytes, context: bytes) -> bytes:
    """Decrypt what `seal` wrote; raise SealBroken where key, context or a byte differs."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], context)
    except (InvalidTag, ValueError) as error:
        raise SealBroken from error


def derive(root: bytes, purpose: str) -> bytes:
    """A key of its own for one purpose out of the root key (HMAC-SHA256 as a key derivation function)."""
    return hmac.digest(root, b"regional-desk:" + purpose.encode(), hashlib.sha256)


def fingerprint(key: bytes, value: str) -> bytes:
    """A keyed hash of a value, for exact look-up without showing it."""
    return hmac.digest(key, value.encode(), hashlib.sha256)


def fingerprints(key: bytes, values: Iterable[str | None]) -> list[bytes | None]:
    """`fingerprint` of many values, its key set up once; None stays None."""
    keyed, found = HMAC(key, SHA256()), list[bytes | None]()
    for value in values:
        if value is None:
            found.append(None)
            continue
        one = keyed.copy()
        one.update(value.encode())
        found.append(one.finalize())
    return found


@dataclass(frozen=True, slots=True, repr=False)
class DataKeys:
    """The store's inner keys; they live in the database wrapped under the root key, so a re-key stays cheap.

    `attachments` has one key more after each re-key, the newest first: files added since do not open with what
    somebody who left may have kept.
    """

    persons: bytes
    lookup: bytes
    attachments: tuple[bytes, ...]
