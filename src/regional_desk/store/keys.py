"""Key slots: the root key of a store wrapped once per user and once for the printed recovery key.

`keyslots.json` lies beside the database. A slot holds a key pair of its own: the private key wrapped under the
password (argon2id, AES-256-GCM), and the root key sealed to the public key (HPKE, RFC 9180). So a new root can be
given to everybody who stays without their passwords, and nobody who left can open it with what they once knew.
Each slot binds its id, its owner and the store into the authenticated data, so it cannot be moved to another person
or office. A digest over the whole file tells a damaged file from a wrong password.

A slot of the first format wraps the root key itself; it is written anew when its owner next unlocks.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
import time
import unicodedata
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from regional_desk.errors import StoreDamaged, StoreMissing, WrongPassword
from regional_desk.store import sealing
from regional_desk.store.files import write_safely
from regional_desk.store.ids import new_id

FILE_NAME = "keyslots.json"
RECOVERY = "recovery"
_USER = "user"
_FORMAT = 2
_FIRST_FORMAT = 1
_HPKE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_SEALED = ("wrapped", "public", "root", "next_root")
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
    """One person's way to the root key; `public` is empty in a slot of the first format.

    `wrapped` is the slot's private key under the password. `root` is the root key sealed to the slot, `next_root` the
    one a re-key under way brings; a person who is leaving has none.
    """

    slot: str
    kind: str
    login: str
    cost: KdfCost
    salt: bytes
    wrapped: bytes
    public: bytes = b""
    root: bytes = b""
    next_root: bytes = b""


@dataclass(frozen=True, slots=True, repr=False)
class KeyFile:
    """The content of keyslots.json."""

    store_id: UUID
    cipher_salt: bytes
    slots: tuple[Slot, ...]

    def logins(self) -> tuple[str, ...]:
        """The users who have a slot, in the order they were added."""
        return tuple(slot.login for slot in self.slots if slot.kind == _USER)

    @property
    def rekeying(self) -> bool:
        """Whether a re-key was begun and not settled."""
        return any(slot.next_root for slot in self.slots)

    def with_slot(self, slot: Slot) -> KeyFile:
        """The file with this slot in place of its owner's, or after the others."""
        owners = [(one.kind, one.login) for one in self.slots]
        if (slot.kind, slot.login) not in owners:
            return replace(self, slots=(*self.slots, slot))
        at = owners.index((slot.kind, slot.login))
        return replace(self, slots=(*self.slots[:at], slot, *self.slots[at + 1 :]))

    def with_next_root(self, root: bytes, leaving: Collection[str] = ()) -> KeyFile:
        """The file that also gives `root` to everybody but those who leave."""
        return replace(
            self,
            slots=tuple(
                slot
                if not slot.public or (slot.kind == _USER and slot.login in leaving)
                else replace(slot, next_root=_seal_root(self.store_id, slot.slot, slot.public, root))
                for slot in self.slots
            ),
        )

    def settled(self, *, renewed: bool) -> KeyFile:
        """The file after a re-key: with the new root only, or as it was before."""
        if not renewed:
            return replace(self, slots=tuple(replace(slot, next_root=b"") for slot in self.slots))
        return replace(
            self,
            slots=tuple(
                replace(slot, root=slot.next_root, next_root=b"") for slot in self.slots if slot.next_root
            ),
        )


@dataclass(frozen=True, slots=True, repr=False)
class Unlocked:
    """A slot that was opened: its private key, and the root keys it leads to, the newest first."""

    slot: Slot
    private: bytes
    roots: tuple[bytes, ...]

    def root_of(self, keys: KeyFile) -> bytes | None:
        """The root key inside another key file of this office, through the same slot; None where it has none."""
        for slot in keys.slots:
            if self.private and slot.public == self.slot.public:
                return _open_root(keys.store_id, slot.slot, self.private, slot.root)
        return None


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
    """A new slot for a user's password."""
    return _new_slot(store_id, _USER, login, unicodedata.normalize("NFC", password), root, cost)


def recovery_slot(store_id: UUID, key: str, root: bytes, cost: KdfCost) -> Slot:
    """A new slot for the printed recovery key."""
    return _new_slot(store_id, RECOVERY, RECOVERY, normal_recovery_key(key), root, cost)


def with_password(keys: KeyFile, unlocked: Unlocked, password: str, cost: KdfCost) -> KeyFile:
    """The file in which the opened slot answers to another password; its key pair stays, so old backups still open."""
    old = unlocked.slot
    salt = os.urandom(16)
    secret = _stretch(unicodedata.normalize("NFC", password), salt, cost)
    wrapped = sealing.seal(secret, unlocked.private, _context(keys.store_id, old.slot, old.kind, old.login))
    return keys.with_slot(replace(old, cost=cost, salt=salt, wrapped=wrapped))


def unlock_by_password(keys: KeyFile, login: str, password: str) -> Unlocked:
    """Open a user's slot; raise WrongPassword when the login is unknown or the password does not open its slot."""
    for slot in keys.slots:
        if slot.kind == _USER and slot.login == login:
            unlocked = _unlock(keys.store_id, slot, unicodedata.normalize("NFC", password))
            if unlocked is not None:
                return unlocked
    raise WrongPassword(
        "사용자 이름 또는 비밀번호가 맞지 않습니다. 자료는 그대로입니다. 다시 입력하거나 복구 키로 여십시오."
    )


def password_key(password: str, salt: bytes, cost: KdfCost) -> bytes:
    """The key (32 bytes) that a password leads to, for a file with a password of its own."""
    return _stretch(unicodedata.normalize("NFC", password), salt, cost)


def unlock_by_recovery_key(keys: KeyFile, typed: str) -> Unlocked:
    """Open the recovery slot; raise WrongPassword when the printed recovery key does not open it."""
    key = normal_recovery_key(typed)
    for slot in keys.slots:
        if slot.kind == RECOVERY:
            unlocked = _unlock(keys.store_id, slot, key)
            if unlocked is not None:
                return unlocked
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
    """Save the slots atomically, then their copy: at each moment one of the two is whole and current."""
    path, data = folder / FILE_NAME, key_file_bytes(keys)
    write_safely(path, data)
    write_safely(path.with_suffix(".json.bak"), data)


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
                **{
                    name: base64.b64encode(value).decode()
                    for name in _SEALED
                    if (value := getattr(slot, name))
                },
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
        if digest != _digest(content) or content["format"] not in {_FIRST_FORMAT, _FORMAT}:
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
        **{name: base64.b64decode(entry.get(name, ""), validate=True) for name in _SEALED},
    )


def _digest(content: dict[str, Any]) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _new_slot(store_id: UUID, kind: str, login: str, secret: str, root: bytes, cost: KdfCost) -> Slot:
    slot, salt, pair = str(new_id()), os.urandom(16), X25519PrivateKey.generate()
    public = pair.public_key().public_bytes_raw()
    wrapped = sealing.seal(
        _stretch(secret, salt, cost), pair.private_bytes_raw(), _context(store_id, slot, kind, login)
    )
    return Slot(slot, kind, login, cost, salt, wrapped, public, _seal_root(store_id, slot, public, root))


def _unlock(store_id: UUID, slot: Slot, secret: str) -> Unlocked | None:
    slot.cost.check()
    try:
        key = _stretch(secret, slot.salt, slot.cost)
        opened = sealing.unseal(key, slot.wrapped, _context(store_id, slot.slot, slot.kind, slot.login))
    except sealing.SealBroken:
        return None
    if not slot.public:
        return Unlocked(slot, b"", (opened,))
    sealed = (slot.next_root, slot.root) if slot.next_root else (slot.root,)
    return Unlocked(slot, opened, tuple(_open_root(store_id, slot.slot, opened, one) for one in sealed))


def _seal_root(store_id: UUID, slot: str, public: bytes, root: bytes) -> bytes:
    return _HPKE.encrypt(root, X25519PublicKey.from_public_bytes(public), _root_context(store_id, slot))


def _open_root(store_id: UUID, slot: str, private: bytes, sealed: bytes) -> bytes:
    try:
        return _HPKE.decrypt(
            sealed, X25519PrivateKey.from_private_bytes(private), _root_context(store_id, slot)
        )
    except InvalidTag as error:
        raise StoreDamaged(
            "열쇠 파일(keyslots.json)의 열쇠가 서로 맞지 않아 열지 않았습니다. 자료는 그대로입니다. 백업의 열쇠 파일로 되돌려 주십시오."
        ) from error


def _root_context(store_id: UUID, slot: str) -> bytes:
    return "\n".join((str(store_id), slot, "root")).encode()


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
