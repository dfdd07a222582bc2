"""Putting a whole store under a new root key, so that what somebody who left once knew opens nothing new."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import closing
from dataclasses import replace

import sqlalchemy as sa

from regional_desk.errors import Refusal, StoreDamaged, StoreError
from regional_desk.store import keys, sealing
from regional_desk.store.engine import connect, raw_key
from regional_desk.store.office import store_key
from regional_desk.store.store import ATTACHMENTS, NEXT, Opening, Store, wrapped_rows
from regional_desk.store.trouble import full, has_no_room, telling, unreadable


def rekey(store: Store, staying: Collection[str]) -> None:
    """Give the store a new root key that only `staying` and the recovery key lead to.

    It may be cut off anywhere: until the pages are rewritten (one transaction of the engine) the old root opens the
    store, afterwards the new one; the key file leads to both until this function, or the next opening, settles it.
    Other threads wait meanwhile. Raises Refusal on a store opened to be read only, StoreError where the disk fails: the
    store then goes on under whichever key its pages bear.
    """
    if store.read_only:
        raise Refusal("읽기 전용으로 연 자료라 열쇠를 바꾸지 않았습니다.")
    with store.gate.alone(), telling(store.folder, files=True):
        store.end_rekey()
        _rekey(store, staying)


def _rekey(store: Store, staying: Collection[str]) -> None:
    old, root = store.opening, sealing.new_key()
    leaving = [login for login in old.keys.logins() if login not in staying]
    key_file = old.keys.with_next_root(root, leaving)
    unlocked = old.unlocked and replace(old.unlocked, roots=(root, old.root))
    upcoming = replace(old, keys=key_file, root=root, unlocked=unlocked)
    inner = _inner_keys(store)
    keys.write_key_file(store.folder, key_file)
    with store.write() as connection:
        connection.execute(sa.delete(store_key).where(store_key.c.purpose.startswith(NEXT)))
        connection.execute(sa.insert(store_key), wrapped_rows(inner, upcoming.wrapping_key, NEXT))
    store.checkpoint()
    store.engine.dispose()
    _rewrite_pages(store, upcoming)
    store.use(upcoming)
    store.settle_rekey()
    store.checkpoint()


def _rewrite_pages(store: Store, upcoming: Opening) -> None:
    """Put every page under the new key, or none; the engine keeps silent where it failed, so the pages are asked."""
    old, met = store.opening, None
    try:
        with (
            telling(store.folder),
            closing(connect(store.database, old.database_key, old.keys.cipher_salt)) as raw,
        ):
            raw.execute(f'PRAGMA rekey = "{raw_key(upcoming.database_key, old.keys.cipher_salt)}"')
    except StoreError as error:
        met = error
    try:
        connect(store.database, upcoming.database_key, old.keys.cipher_salt).close()
    except StoreDamaged as error:
        raise met or (full(store.folder) if has_no_room(store.folder) else unreadable()) from error


def renew_recovery_key(store: Store, cost: keys.KdfCost) -> str:
    """Replace the recovery slot; return the new recovery key, which is shown this once."""
    store.end_rekey()
    recovery_key = keys.new_recovery_key()
    opening = store.opening
    slot = keys.recovery_slot(opening.keys.store_id, recovery_key, opening.root, cost)
    store.save_slots(opening.keys.with_slot(slot))
    return recovery_key


def _inner_keys(store: Store) -> dict[str, bytes]:
    """The inner keys by purpose, with one more for the attachments to come."""
    inner = store.inner_keys
    oldest_first = (*reversed(inner.attachments), sealing.new_key())
    generations = {
        f"{ATTACHMENTS}:{number:04}" if number else ATTACHMENTS: key
        for number, key in enumerate(oldest_first)
    }
    return {"persons": inner.persons, "lookup": inner.lookup, **generations}
