"""The file of a lent class and the file that comes back: a plain frame around sealed content.

Frame: a first line that names the format, the length of a head, the head (JSON), the sealed content, and a SHA-256
over all of it. The digest tells a damaged file from a wrong password; what is secret and true is decided by the seal
alone (AES-256-GCM), into which the head is bound. The file that goes out is sealed under its own password
(argon2id), the one that comes back under a key that only the lender and this file know.

No account number, phone or address is in either: names, births, numbers and the class's records only.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

from regional_desk.errors import FileRejected

LENT_SUFFIX, RETURNED_SUFFIX = ".rdlent", ".rdback"
MOST_BYTES = 32 * 1024 * 1024  # a class of 600 for a month stays under 2 MB
_MOST_HEAD = 4096
_MOST_MEMORY_KIB = 256 * 1024
_MOST_PASSES = 64
_MOST_LANES = 16
_FORMAT = 1
_MAGIC = b"REGIONAL DESK LEASE\n"
_LENGTH, _DIGEST = 4, 32
_SALT = 16


class PackKind(StrEnum):
    """Which way a file goes."""

    LENT = "lent"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Kdf:
    """argon2id's cost and salt: passes, memory in KiB, lanes."""

    passes: int
    memory_kib: int
    lanes: int
    salt: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """What stands in the clear: the way, the lease, and what its seal needs.

    `kdf` only of what is lent; `content` only of what comes back, the digest by which the same return is known again.
    """

    kind: PackKind
    lease: UUID
    kdf: Kdf | None = None
    content: bytes = b""

    def as_bytes(self) -> bytes:
        """The head as written; the seal binds exactly these bytes."""
        told: dict[str, Any] = {"format": _FORMAT, "kind": self.kind.value, "lease": str(self.lease)}
        if self.kdf is not None:
            told |= {
                "passes": self.kdf.passes,
                "memory_kib": self.kdf.memory_kib,
                "lanes": self.kdf.lanes,
                "salt": self.kdf.salt.hex(),
            }
        if self.content:
            told["content"] = self.content.hex()
        return json.dumps(told, sort_keys=True, separators=(",", ":")).encode()


@dataclass(frozen=True, slots=True)
class Pack:
    """A file read: its head, the head's bytes as they stood, and the sealed content."""

    head: Head
    bound: bytes
    sealed: bytes


def frame(head: Head, sealed: bytes) -> bytes:
    """The whole file."""
    told = head.as_bytes()
    body = _MAGIC + len(told).to_bytes(_LENGTH, "big") + told + sealed
    return body + hashlib.sha256(body).digest()


def read_pack(path: Path, kind: PackKind) -> Pack:
    """Read a file of this kind; raise FileRejected where it is none, too large, damaged or of a newer program."""
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > MOST_BYTES:
                raise FileRejected(
                    f"파일이 너무 커서({size // 1024 // 1024:,} MB) 읽지 않았습니다. 반 대출·반납 파일이 맞는지 확인해 주십시오."
                )
            data = file.read(MOST_BYTES)
    except OSError as error:
        raise FileRejected(f"파일을 읽지 못했습니다: {path.name} ({error.strerror}).") from error
    pack = _parse(data, path.name)
    if pack.head.kind is not kind:
        wanted = "빌려 온 반" if kind is PackKind.LENT else "반납"
        other = "반납 파일" if kind is PackKind.LENT else "빌려 주는 파일"
        raise FileRejected(f"{path.name}은(는) {wanted} 파일이 아니라 {other}입니다. 다른 파일을 고르십시오.")
    return pack


def _parse(data: bytes, name: str) -> Pack:
    start = len(_MAGIC) + _LENGTH
    if not data.startswith(_MAGIC):
        raise FileRejected(f"{name}은(는) 반 대출·반납 파일이 아닙니다. 다른 파일을 고르십시오.")
    body, digest = data[:-_DIGEST], data[-_DIGEST:]
    if len(data) < start + _DIGEST or hashlib.sha256(body).digest() != digest:
        raise damaged(name)
    length = int.from_bytes(body[len(_MAGIC) : start], "big")
    if length > _MOST_HEAD or start + length > len(body):
        raise damaged(name)
    bound, sealed = body[start : start + length], body[start + length :]
    try:
        told = json.loads(bound)
        if told["format"] != _FORMAT:
            raise FileRejected(
                f"{name}은(는) 다른 판의 프로그램이 만든 파일이라 읽지 않았습니다. 두 PC의 프로그램을 같은 판으로 맞추십시오."
            )
        head = Head(
            PackKind(told["kind"]),
            UUID(told["lease"]),
            _kdf(told, name) if "salt" in told else None,
            bytes.fromhex(told.get("content", "")),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise damaged(name) from error
    if (head.kdf is None) == (head.kind is PackKind.LENT):
        raise damaged(name)
    return Pack(head, bound, sealed)


def _kdf(told: dict[str, Any], name: str) -> Kdf:
    """The cost of opening; one no program of ours wrote is refused, for a made-up file must not exhaust the PC."""
    kdf = Kdf(told["passes"], told["memory_kib"], told["lanes"], bytes.fromhex(told["salt"]))
    numbers = (kdf.passes, kdf.memory_kib, kdf.lanes)
    if not all(type(number) is int for number in numbers) or not (
        0 < kdf.passes <= _MOST_PASSES
        and 0 < kdf.lanes <= _MOST_LANES
        and 8 * kdf.lanes <= kdf.memory_kib <= _MOST_MEMORY_KIB
        and len(kdf.salt) == _SALT
    ):
        raise FileRejected(
            f"{name}의 암호 설정값이 정상 범위를 벗어나 열지 않았습니다. 사무소 PC에서 다시 빌려 온 파일로 여십시오."
        )
    return kdf


def damaged(name: str) -> FileRejected:
    """What is said of a file that is not as it was written; another sentence than that of a wrong password."""
    return FileRejected(
        f"{name} 파일이 손상되어 읽지 않았습니다. 비밀번호 문제가 아닙니다. 원래 있던 곳에서 다시 복사해 주십시오."
    )
