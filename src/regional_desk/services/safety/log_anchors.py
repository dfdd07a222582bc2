"""Anchors vouch for the lines of the access log that were let go: signed by the office, and sealed by the store.

The office's certificate signs where one is registered; besides, the store's own key makes every anchor one that nobody
without the store could have written. The certificate's authority lies inside, so an anchor outlives a renewal.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import replace

from regional_desk.errors import FileRejected, Refusal
from regional_desk.exchange.certificates import load_certificates
from regional_desk.exchange.signatures import Trust, sign_bytes, verify_detached
from regional_desk.services.desk import Desk
from regional_desk.services.papers import submission
from regional_desk.store import sealing
from regional_desk.store.audit import Anchor
from regional_desk.store.metadata import canonical, to_microseconds

STORE = "store"
_PURPOSE = "log anchor"


def signed(desk: Desk, anchor: Anchor) -> Anchor:
    """The anchor with who signs it and the signature."""
    anchor = replace(anchor, user_id=desk.actor.user_id, at=desk.clock.now())
    signer = submission.current_signer(desk)
    if signer is not None:
        by_office = replace(anchor, signer=signer.name)
        try:
            cms = sign_bytes(_payload(desk, by_office), signer, anchor.at)
        except Refusal:  # the certificate ran out: the store's own seal has to do
            return _sealed(desk, replace(anchor, signer=STORE), b"", "")
        return _sealed(desk, by_office, cms, submission.authority(desk))
    return _sealed(desk, replace(anchor, signer=STORE), b"", "")


def holds(desk: Desk, anchor: Anchor) -> bool:
    """Whether an anchor is what was signed."""
    try:
        kept = json.loads(anchor.signature)
        cms, authority = base64.b64decode(kept["cms"]), str(kept["authority"])
        mac = bytes.fromhex(kept["mac"])
    except (ValueError, KeyError, TypeError):
        return False
    payload = _payload(desk, anchor)
    if not hmac.compare_digest(mac, _mac(desk, payload, cms, authority)):
        return False
    if anchor.signer == STORE:
        return True
    try:
        verify_detached(payload, cms, Trust(load_certificates(authority.encode()), anchor.at))
    except FileRejected:
        return False
    return True


def _sealed(desk: Desk, anchor: Anchor, cms: bytes, authority: str) -> Anchor:
    mac = _mac(desk, _payload(desk, anchor), cms, authority)
    kept = {"cms": base64.b64encode(cms).decode(), "authority": authority, "mac": mac.hex()}
    return replace(anchor, signature=canonical(kept).encode())


def _mac(desk: Desk, payload: bytes, cms: bytes, authority: str) -> bytes:
    """By a key that a re-key leaves as it is."""
    key = sealing.derive(desk.store.inner_keys.lookup, _PURPOSE)
    parts = (payload, cms, authority.encode())
    return hmac.digest(key, b"".join(hashlib.sha256(part).digest() for part in parts), hashlib.sha256)


def _payload(desk: Desk, anchor: Anchor) -> bytes:
    told = {
        "office": str(desk.office.id),
        "chain": anchor.chain,
        "seq": anchor.seq,
        "hash": anchor.hash.hex(),
        "lines": anchor.lines,
        "first_at": to_microseconds(anchor.first_at),
        "last_at": to_microseconds(anchor.last_at),
        "signer": anchor.signer,
        "user": str(anchor.user_id),
        "at": to_microseconds(anchor.at),
    }
    return canonical(told).encode()
