"""The frame of the files of a lease: what is damaged, foreign, too large or too costly is told apart."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from regional_desk.errors import FileRejected
from regional_desk.exchange import lease_content, lease_pack
from regional_desk.exchange.lease_content import LateEntry, ReturnedClass
from regional_desk.exchange.lease_pack import Head, Kdf, PackKind, frame, read_pack

LEASE, TRAINEE = UUID(int=7), UUID(int=8)
DAY = dt.date(2026, 8, 25)
PRESENT = (1, 0, None, None, None, 0, None)


def head(**changed: int) -> Head:
    """A head as the program writes it."""
    cost = {"passes": 3, "memory_kib": 65536, "lanes": 4, **changed}
    return Head(PackKind.LENT, LEASE, Kdf(**cost, salt=b"s" * 16))


def written(tmp_path: Path, data: bytes) -> Path:
    """A file with this content."""
    path = tmp_path / "class.rdlent"
    path.write_bytes(data)
    return path


def framed(told: bytes, sealed: bytes = b"sealed") -> bytes:
    """A frame around any head, its digest true: what somebody could make who means harm."""
    body = b"REGIONAL DESK LEASE\n" + len(told).to_bytes(4, "big") + told + sealed
    return body + hashlib.sha256(body).digest()


def test_a_frame_is_read_as_it_was_written(tmp_path: Path) -> None:
    pack = read_pack(written(tmp_path, frame(head(), b"sealed")), PackKind.LENT)
    assert (pack.head, pack.bound, pack.sealed) == (head(), head().as_bytes(), b"sealed")


def test_every_flipped_byte_is_told_as_damage_or_as_no_such_file(tmp_path: Path) -> None:
    whole = frame(head(), b"sealed content")
    for at in range(len(whole)):
        broken = whole[:at] + bytes([whole[at] ^ 0x20]) + whole[at + 1 :]
        with pytest.raises(FileRejected, match=r"손상|아닙니다"):
            read_pack(written(tmp_path, broken), PackKind.LENT)


@pytest.mark.parametrize("length", [0, 10, 23, 24, 60, -1])
def test_a_cut_file_is_refused(tmp_path: Path, length: int) -> None:
    with pytest.raises(FileRejected):
        read_pack(written(tmp_path, frame(head(), b"sealed")[:length]), PackKind.LENT)


def test_a_file_larger_than_any_class_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease_pack, "MOST_BYTES", 100)
    with pytest.raises(FileRejected, match="너무 커서"):
        read_pack(written(tmp_path, frame(head(), b"x" * 100)), PackKind.LENT)


@pytest.mark.parametrize(
    "cost",
    [
        {"passes": 65},
        {"passes": 0},
        {"memory_kib": 256 * 1024 + 1},
        {"memory_kib": 31},
        {"lanes": 17},
        {"lanes": 0},
    ],
)
def test_a_cost_that_would_exhaust_the_pc_is_refused(tmp_path: Path, cost: dict[str, int]) -> None:
    with pytest.raises(FileRejected, match="암호 설정값"):
        read_pack(written(tmp_path, frame(head(**cost), b"sealed")), PackKind.LENT)


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told.pop("salt"),
        lambda told: told.update(lease="nobody"),
        lambda told: told.update(kind="given"),
        lambda told: told.update(salt="zz"),
        lambda told: told.update(lease=5),
    ],
)
def test_a_head_of_another_shape_is_refused(
    tmp_path: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    told = json.loads(head().as_bytes())
    change(told)
    with pytest.raises(FileRejected, match="손상"):
        read_pack(written(tmp_path, framed(json.dumps(told).encode())), PackKind.LENT)


@pytest.mark.parametrize("told", [b"[" * 4000, b"[]", b"5", b"\xff", b"x" * 4097])
def test_a_head_that_is_none_is_refused(tmp_path: Path, told: bytes) -> None:
    with pytest.raises(FileRejected, match="손상"):
        read_pack(written(tmp_path, framed(told)), PackKind.LENT)


def test_a_format_of_another_program_is_told_as_such(tmp_path: Path) -> None:
    told = json.loads(head().as_bytes()) | {"format": 2}
    with pytest.raises(FileRejected, match="다른 판의 프로그램"):
        read_pack(written(tmp_path, framed(json.dumps(told).encode())), PackKind.LENT)


def returned() -> ReturnedClass:
    """A small return."""
    late = LateEntry(TRAINEE, DAY, None, PRESENT, "", dt.datetime(2026, 8, 26, 9, tzinfo=dt.UTC))
    return ReturnedClass(LEASE, ((TRAINEE, DAY, None, PRESENT),), (late,), ((TRAINEE, DAY, "늦게 옴"),))


def test_a_return_is_read_as_it_was_written_and_has_one_form() -> None:
    plain = lease_content.returned_bytes(returned())
    assert lease_content.read_returned(plain) == returned()
    assert plain == lease_content.returned_bytes(returned())


@pytest.mark.parametrize(
    "record",
    [
        [0, 0, None, None, None, 0, None],
        [4, 0, None, None, None, 0, None],
        [2, 1, None, None, None, 0, None],
        [1, 8, None, None, None, 0, None],
        [1, 0, 1441, None, None, 0, None],
        [1, 0, None, None, None, 3, None],
        [1, 0, None, None, "x" * 4001, 0, None],
        [1, 0, None, None, None, 0, "Q1-2"],
        [True, 0, None, None, None, 0, None],
        [1, 0],
        "출석",
    ],
)
def test_a_record_out_of_its_bounds_is_refused(record: object) -> None:
    told = json.loads(lease_content.returned_bytes(returned()))
    told["changes"][0][3] = record
    with pytest.raises((ValueError, TypeError)):
        lease_content.read_returned(json.dumps(told).encode())


@pytest.mark.parametrize("plain", [b"", b"[]", b"[" * 100_000, b'{"lease": 5}'])
def test_content_of_another_shape_is_refused(plain: bytes) -> None:
    with pytest.raises((ValueError, TypeError)):
        lease_content.read_returned(plain)
