"""The seals of the files of a lease, and writing them."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from regional_desk.errors import Refusal
from regional_desk.exchange import lease_content, lease_pack
from regional_desk.exchange.lease_content import ReturnedClass
from regional_desk.exchange.lease_pack import Head, Kdf, PackKind
from regional_desk.store import keys, sealing
from regional_desk.store.files import write_safely

_Content = TypeVar("_Content")


def pack_key(password: str, kdf: Kdf) -> bytes:
    """The key that a pack's password leads to."""
    return keys.password_key(password, kdf.salt, keys.KdfCost(kdf.passes, kdf.memory_kib, kdf.lanes))


def seal_content(secret: bytes, plain: bytes, head: Head) -> bytes:
    """Content sealed under a key, its head bound into the seal."""
    return sealing.seal(secret, plain, head.as_bytes())


def returned_file(key: bytes, returned: ReturnedClass) -> bytes:
    """The file that goes back, whole."""
    plain = lease_content.returned_bytes(returned)
    head = Head(PackKind.RETURNED, returned.lease, content=hashlib.sha256(plain).digest())
    return lease_pack.frame(head, seal_content(key, plain, head))


def read_content(read: Callable[[bytes], _Content], plain: bytes, name: str) -> _Content:
    """Content that was opened; raise FileRejected where it is not of the shape it must have."""
    try:
        return read(plain)
    except (ValueError, TypeError, AttributeError) as error:
        raise lease_pack.damaged(name) from error


def write_file(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; raise Refusal where the disk refuses."""
    with told_of_files(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_safely(path, data)


@contextlib.contextmanager
def told_of_files(path: Path) -> Iterator[None]:
    """Tell what the disk refuses as a Refusal."""
    try:
        yield
    except OSError as error:
        raise Refusal(
            f"파일을 쓰지 못했습니다: {path} ({error.strerror}). 자리와 쓰기 권한을 확인하고 다시 하십시오."
        ) from error
