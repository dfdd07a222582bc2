"""Key slots: the root key of a store wrapped once per user and once under the printed recovery key.

`keyslots.json` lies beside the database. Each slot binds its id, its owner and the store into the
authenticated data, so a slot cannot be moved to another person or office. A digest over the whole file
tells a damaged file from a wrong password.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
import time
import unicodedata
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from argon2.low_level import Type, hash_secret_raw

from regional_desk.errors import StoreDamaged, StoreMissing, WrongPassword
from regional_desk.store import sealing
from regional_desk.store.files import write_safely
from regional_desk.store.ids import new_id

FILE_NAME = "keyslots.json"
RECOVERY = "recovery"
_USER = "user"
_FORMAT = 1
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U
_LOOK_ALIKES = str.maketrans("OIL", "011", "- ")
_RECOVERY_LENGTH = 28
_CHECK_LENGTH = 4
_MOST_MEMORY_KIB = 1024 * 1024
_MOST_PASSES = 64
_MOST_LANES = 16


@dataclass(frozen=True, slots=True)
class KdfCost:
    """argon2id's cost: passes, memory in KiB, lanes."""

    passes: int = 3
    memory_kib: int = 64 * 1024
    lanes: int = 4

    def check(self) -> None:
        """Raise StoreDamaged for a cost no program of ours wrote; an edited slot must not exhaust the PC."""
        within = (
            0 < self.passes <= _MOST_PASSES
            and 8 * self.lanes <= self.memory_kib <= _MOST_MEMORY_KIB
            and 0 < self.lanes <= _MOST_LANES
        )
        if not within:
            raise StoreDamaged(
                "열쇠 파일(keyslots.json)의 암호 설정값이 정상 범위를 벗어나 열지 않았습니다. 백업의 열쇠 파일로 되돌려 주십시오."
            )


@dataclass(frozen=True, slots=True, repr=False)
class Slot:
    """One wrapping of the root key."""

    slot: str
    kind: str
    login: str
    cost: KdfCost
    salt: bytes
    wrapped: bytes


@dataclass(frozen=True, slots=True, repr=False)
class KeyFile:
    """The content of keyslots.json."""

    store_id: UUID
    cipher_salt: bytes
    slots: tuple[Slot, ...]

    def logins(self) -> tuple[str, ...]:
        """The users who have a slot, in the order they were added."""
        return tuple(slot.login for slot in self.slots if slot.kind == _USER)


def calibrated_cost(seconds: float = 0.5) -> KdfCost:
    """A cost that takes about `seconds` on this PC, never below the default."""
    cost = KdfCost()
    started = time.perf_counter()
    _stretch("measure", b"\0" * 16, cost)
    once = max(time.perf_counter() - started, 0.001)
    return replace(cost, passes=min(_MOST_PASSES, max(cost.passes, round(cost.passes * seconds / once))))


def new_recovery_key() -> str:
    """28 random Crockford characters and 4 check characters, in groups of four."""
    body = "".join(secrets.choice(_ALPHABET) for _ in range(_RECOVERY_LENGTH))
    return _grouped(body + _check_characters(body))


def normal_recovery_key(typed: str) -> str:
    """The key without separators, look-alikes put right; raise WrongPassword where the check characters disagree."""
    text = typed.upper().translate(_LOOK_ALIKES)
    body, check = text[:_RECOVERY_LENGTH], text[_RECOVERY_LENGTH:]
    if len(text) != _RECOVERY_LENGTH + _CHECK_LENGTH or check != _check_characters(body):
        raise WrongPassword(
            "복구 키를 잘못 옮겨 적었습니다. 인쇄된 복구 키 32자를 다시 확인하여 입력해 주십시오. 자료는 그대로입니다."
        )
    return text


def user_slot(store_id: UUID, login: str, password: str, root: bytes, cost: KdfCost) -> Slot:
    """Wrap the root key for a user's password."""
    return _wrap(store_id, _USER, login, unicodedata.normalize("NFC", password), root, cost)


def recovery_slot(store_id: UUID, key: str, root: bytes, cost: KdfCost) -> Slot:
    """Wrap the root key for the printed recovery key."""
    return _wrap(store_id, RECOVERY, RECOVERY, normal_recovery_key(key), root, cost)


def root_by_password(keys: KeyFile, login: str, password: str) -> bytes:
    """The root key; raise WrongPassword when the login is unknown or the password does not open its slot."""
    for slot in keys.slots:
        if slot.kind == _USER and slot.login == login:
            root = _unwrap(keys.store_id, slot, unicodedata.normalize("NFC", password))
            if root is not None:
                return root
    raise WrongPassword(
        "사용자 이름 또는 비밀번호가 맞지 않습니다. 자료는 그대로입니다. 다시 입력하거나 복구 키로 여십시오."
    )


def root_by_recovery_key(keys: KeyFile, typed: str) -> bytes:
    """The root key by the printed recovery key; raise WrongPassword when it opens no slot."""
    key = normal_recovery_key(typed)
    for slot in keys.slots:
        if slot.kind == RECOVERY:
            root = _unwrap(keys.store_id, slot, key)
            if root is not None:
                return root
    raise WrongPassword(
        "이 사무소의 복구 키가 아닙니다. 자료는 그대로입니다. 가장 최근에 인쇄한 복구 키인지 확인해 주십시오."
    )


def read_key_file(folder: Path) -> KeyFile:
    """Read keyslots.json; raise StoreMissing where there is no office, StoreDamaged where file and copy are unreadable."""
    path = folder / FILE_NAME
    found = [candidate for candidate in (path, path.with_suffix(".json.bak")) if candidate.exists()]
    if not found:
        raise StoreMissing(
            f"이 폴더에는 사무소 자료가 없습니다: {folder}. 폴더를 다시 고르거나 새 사무소를 만드십시오."
        )
    for candidate in found:
        keys = parse_key_file(candidate.read_bytes())
        if keys is not None:
            return keys
    raise StoreDamaged(
        "열쇠 파일(keyslots.json)이 손상되어 열 수 없습니다. 자료 파일은 건드리지 않았습니다. 백업 안의 열쇠 파일로 되돌려 주십시오."
    )


def write_key_file(folder: Path, keys: KeyFile) -> None:
    """Save the slots atomically and keep the file before it as .bak."""
    path = folder / FILE_NAME
    if path.exists() and parse_key_file(path.read_bytes()) is not None:
        write_safely(path.with_suffix(".json.bak"), path.read_bytes())
    write_safely(path, key_file_bytes(keys))
    if not path.with_suffix(".json.bak").exists():
        write_safely(path.with_suffix(".json.bak"), path.read_bytes())


def key_file_bytes(keys: KeyFile) -> bytes:
    """The file as written: JSON with a digest over its content."""
    body = {
        "format": _FORMAT,
        "store": str(keys.store_id),
        "cipher_salt": keys.cipher_salt.hex(),
        "slots": [
            {
                "slot": slot.slot,
                "kind": slot.kind,
                "login": slot.login,
                "kdf": {"name": "argon2id", **asdict(slot.cost)},
                "salt": slot.salt.hex(),
                "wrapped": base64.b64encode(slot.wrapped).decode(),
            }
            for slot in keys.slots
        ],
    }
    return json.dumps({**body, "sha256": _digest(body)}, ensure_ascii=False, indent=1).encode()


def parse_key_file(data: bytes) -> KeyFile | None:
    """The key file, or None where it is torn or edited."""
    try:
        content: dict[str, Any] = json.loads(data)
        digest = content.pop("sha256")
        if digest != _digest(content) or content["format"] != _FORMAT:
            return None
        return KeyFile(
            store_id=UUID(content["store"]),
            cipher_salt=bytes.fromhex(content["cipher_salt"]),
            slots=tuple(_parse_slot(entry) for entry in content["slots"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _parse_slot(entry: dict[str, Any]) -> Slot:
    kdf = entry["kdf"]
    return Slot(
        slot=entry["slot"],
        kind=entry["kind"],
        login=entry["login"],
        cost=KdfCost(int(kdf["passes"]), int(kdf["memory_kib"]), int(kdf["lanes"])),
        salt=bytes.fromhex(entry["salt"]),
        wrapped=base64.b64decode(entry["wrapped"], validate=True),
    )


def _digest(content: dict[str, Any]) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _wrap(store_id: UUID, kind: str, login: str, secret: str, root: bytes, cost: KdfCost) -> Slot:
    slot, salt = str(new_id()), os.urandom(16)
    wrapped = sealing.seal(_stretch(secret, salt, cost), root, _context(store_id, slot, kind, login))
    return Slot(slot, kind, login, cost, salt, wrapped)


def _unwrap(store_id: UUID, slot: Slot, secret: str) -> bytes | None:
    slot.cost.check()
    try:
        key = _stretch(secret, slot.salt, slot.cost)
        return sealing.unseal(key, slot.wrapped, _context(store_id, slot.slot, slot.kind, slot.login))
    except sealing.SealBroken:
        return None


def _context(store_id: UUID, slot: str, kind: str, login: str) -> bytes:
    return "\n".join((str(store_id), slot, kind, login)).encode()


def _stretch(secret: str, salt: bytes, cost: KdfCost) -> bytes:
    return hash_secret_raw(
        secret.encode(), salt, cost.passes, cost.memory_kib, cost.lanes, sealing.KEY_BYTES, Type.ID
    )


def _check_characters(body: str) -> str:
    number = int.from_bytes(hashlib.sha256(body.encode()).digest()[:4], "big")
    return "".join(_ALPHABET[(number >> (5 * place)) & 31] for place in range(_CHECK_LENGTH))


def _grouped(text: str) -> str:
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))
