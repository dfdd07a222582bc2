"""Reading a submission package back: the signature first, and only then the zip (interfaces section 3)."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from regional_desk.errors import FileRejected, Item
from regional_desk.exchange.certificates import Signer
from regional_desk.exchange.package import (
    COVER,
    DESCRIPTOR,
    FORMAT,
    OTHER_FILES,
    SHA256,
    STATUSES,
    WORKBOOK,
    PackageContent,
    Table,
    content_hash,
    dangling,
)
from regional_desk.exchange.package_csv import MONTH, read_csv
from regional_desk.exchange.package_schema import TABLES, Kind
from regional_desk.exchange.package_table import Row, TableSchema
from regional_desk.exchange.signatures import DETACHED, SEALED, Signature, Trust, unseal, verify_detached

_LARGEST_FILE = 60_000_000
_LARGEST_PART = 30_000_000
_LARGEST_WHOLE = 100_000_000
_MOST_PARTS = 30
_ENCRYPTED = 0x1
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_SHOWN_FAULTS = 20
# What `zipfile` raises on damaged bytes; NotImplementedError for versions and flags that no zip of ours has.
_BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    EOFError,
    OSError,
    ValueError,
)
_AGAIN = "보낸 사업단에 다시 받으십시오."


@dataclass(frozen=True, slots=True)
class PackageSummary:
    """What a package holds: `sha256` of the zip, `replaces` that of the one it corrects, `changes` Korean lines."""

    file: str
    sha256: str
    content: PackageContent
    content_hash: str
    created: dt.datetime
    sequence: int
    replaces: str | None
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VerifiedPackage:
    """A package whose signature and every part hold."""

    package: PackageSummary
    signature: Signature


def verify_package(path: Path, trust: Trust, opener: Signer | None = None) -> VerifiedPackage:
    """Check a `.zip` with its `.zip.p7s` beside it, or a `.zip.p7m` with the `opener` it was encrypted for.

    The zip is opened only once its signature holds. Raise FileRejected, a Korean sentence that names the part.
    """
    data = _read(path)
    if path.suffix == SEALED:
        if opener is None:
            raise FileRejected(
                f"'{path.name}'은(는) 암호화되어 있습니다. 받는 기관의 인증서(PKCS#12)를 함께 지정하십시오."
            )
        data, signature = unseal(data, opener, trust)
    else:
        beside = path.with_name(path.name + DETACHED)
        if not beside.is_file():
            raise FileRejected(
                f"'{path.name}' 옆에 서명 파일 '{beside.name}'이(가) 없습니다. 두 파일을 한 폴더에 두십시오."
            )
        signature = verify_detached(data, _read(beside), trust)
    return VerifiedPackage(read_package(data, path.name), signature)


def read_package(data: bytes, name: str) -> PackageSummary:
    """Read a zip whose signature held, or the office's own; raise FileRejected naming the part that does not hold."""
    parts = _parts(data)
    descriptor = _descriptor(parts[DESCRIPTOR])
    try:
        heading = _heading(descriptor)
        made, sequence, replaces, changes = _edition(descriptor)
        resources = {str(resource["path"]): dict(resource) for resource in descriptor["resources"]}
    except (KeyError, TypeError, ValueError) as problem:
        raise _bad(DESCRIPTOR, "필요한 항목이 없거나 형식이 다릅니다.") from problem
    _check_names(parts, resources, descriptor)
    for path, resource in resources.items():
        _check_part(path, parts[path], resource)
    content = PackageContent(**heading, tables=_tables(heading["kind"], parts, resources))
    found = content_hash(content)
    if found != descriptor.get("content_hash"):
        raise _bad(DESCRIPTOR, "내용의 확인 값(content_hash)이 표와 맞지 않습니다.")
    sha256 = hashlib.sha256(data).hexdigest()
    return PackageSummary(name, sha256, content, found, made, sequence, replaces, changes)


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise FileRejected(
                f"'{path.name}'이(가) 너무 큽니다(60MB 초과). 제출 파일이 맞는지 확인하십시오."
            )
        return path.read_bytes()
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise FileRejected(
            f"'{path}'을(를) 읽지 못했습니다({reason}). 파일 위치를 확인하십시오."
        ) from problem


def _parts(data: bytes) -> dict[str, bytes]:
    """Every entry's bytes, read no further than the caps allow whatever the zip claims."""
    parts: dict[str, bytes] = {}
    part = "zip"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > _MOST_PARTS:
                raise _bad("zip", f"들어 있는 파일이 {len(entries)}개로 너무 많습니다.")
            for entry in entries:
                part = entry.filename
                odd = entry.flag_bits & _ENCRYPTED or entry.is_dir() or entry.compress_type not in _PACKINGS
                if part in parts or odd:
                    raise _bad(part, "같은 이름이 두 번 있거나 읽을 수 없는 항목입니다.")
                with archive.open(entry) as file:
                    parts[part] = file.read(_LARGEST_PART + 1)
                if len(parts[part]) > _LARGEST_PART or sum(map(len, parts.values())) > _LARGEST_WHOLE:
                    raise _bad(part, "풀었을 때 너무 큽니다.")
    except _BROKEN_ZIP as problem:
        raise _bad(part, "압축이 손상되었습니다.") from problem
    if DESCRIPTOR not in parts:
        raise _bad(DESCRIPTOR, "이 파일이 들어 있지 않습니다.")
    return parts


def _descriptor(data: bytes) -> dict[str, Any]:
    try:
        descriptor = json.loads(data.decode("utf-8"))
        # A lone surrogate passes the parser and would fail wherever the text is shown.
        json.dumps(descriptor, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as problem:
        raise _bad(DESCRIPTOR, "JSON으로 읽을 수 없습니다.") from problem
    if not isinstance(descriptor, dict):
        raise _bad(DESCRIPTOR, "JSON 객체가 아닙니다.")
    version = descriptor.get("version")
    if not isinstance(version, str) or version.rpartition(".")[0] != FORMAT:
        raise FileRejected(
            f"{DESCRIPTOR}: 이 프로그램이 읽는 형식({FORMAT})이 아닙니다(version {version}). 프로그램을 새 판으로 바꾸십시오."
        )
    return descriptor


def _heading(descriptor: dict[str, Any]) -> dict[str, Any]:
    """The content's fields but the tables; raise KeyError, TypeError or ValueError where one is missing or odd."""
    texts = {
        name: descriptor[name] for name in ("office_code", "office_name", "region", "period", "generator")
    }
    if not all(isinstance(text, str) for text in texts.values()) or not MONTH.fullmatch(texts["period"]):
        raise ValueError("heading")
    if descriptor["status"] not in STATUSES or not isinstance(descriptor["practice"], bool):
        raise ValueError("status")
    solo = descriptor.get("solo", [])
    if not isinstance(solo, list) or not all(isinstance(one, str) for one in solo):
        raise ValueError("solo")
    policies = tuple((str(one["policy"]), str(one["version"])) for one in descriptor["policy_versions"])
    return {
        **texts,
        "kind": Kind(descriptor["kind"]),
        "status": descriptor["status"],
        "practice": descriptor["practice"],
        "policy_versions": policies,
        "solo": tuple(solo),
    }


def _edition(descriptor: dict[str, Any]) -> tuple[dt.datetime, int, str | None, tuple[str, ...]]:
    """Created, sequence, `replaces` and changes; raise as `_heading` does."""
    made = dt.datetime.fromisoformat(descriptor["created"])
    sequence, replaces, changes = descriptor["sequence"], descriptor["replaces"], descriptor["changes"]
    if made.tzinfo is None or type(sequence) is not int or sequence < 1:
        raise ValueError("created, sequence")
    if not (replaces is None or SHA256.fullmatch(replaces)) or not all(
        isinstance(one, str) for one in changes
    ):
        raise ValueError("replaces, changes")
    return made, sequence, replaces, tuple(changes)


def _check_names(parts: dict[str, bytes], resources: dict[str, Any], descriptor: dict[str, Any]) -> None:
    named = {DESCRIPTOR, *resources}
    for name in sorted(named ^ set(parts)):
        message = (
            "목록(datapackage.json)에는 있으나 들어 있지 않습니다."
            if name in named
            else "목록에 없는 파일입니다."
        )
        raise _bad(name, message)
    for name in (WORKBOOK, COVER):
        if name not in parts:
            raise _bad(name, "이 파일이 들어 있지 않습니다.")
    if len(resources) != len(descriptor["resources"]):
        raise _bad(DESCRIPTOR, "같은 경로가 두 번 적혀 있습니다.")


def _check_part(path: str, data: bytes, resource: dict[str, Any]) -> None:
    if resource.get("bytes") != len(data):
        raise _bad(path, f"크기가 {len(data)}바이트로, 목록의 {resource.get('bytes')}바이트와 다릅니다.")
    if resource.get("hash") != "sha256:" + hashlib.sha256(data).hexdigest():
        raise _bad(path, "내용이 목록의 SHA-256과 다릅니다.")


def _tables(kind: Kind, parts: dict[str, bytes], resources: dict[str, dict[str, Any]]) -> tuple[Table, ...]:
    known = {f"data/{schema.name}.csv": schema for schema in TABLES[kind]}
    for path, resource in resources.items():
        if path in OTHER_FILES:
            continue
        if path not in known or resource.get("schema") != known[path].descriptor():
            raise _bad(
                path,
                "이 프로그램이 아는 표가 아닙니다. 프로그램을 새 판으로 바꾸거나 보낸 사업단에 알리십시오.",
            )
    tables = {
        schema.name: _rows(path, schema, parts[path]) for path, schema in known.items() if path in resources
    }
    for name, column, value in dangling(kind, tables):
        raise _bad(f"data/{name}.csv", f"{column} '{value}'이(가) 가리키는 표에 없습니다.")
    return tuple(Table(name, rows) for name, rows in tables.items())


def _rows(path: str, schema: TableSchema, data: bytes) -> tuple[Row, ...]:
    rows, faults = read_csv(schema, data)
    if not faults:
        return rows
    items = tuple(
        Item(f"{path} {fault.line}줄{f' {fault.column}' if fault.column else ''}", fault.message)
        for fault in faults[:_SHOWN_FAULTS]
    )
    raise FileRejected(f"{items[0].where}: {items[0].message} (모두 {len(faults)}건) {_AGAIN}", items=items)


def _bad(part: str, message: str) -> FileRejected:
    return FileRejected(f"{part}: {message} {_AGAIN}", items=(Item(part, message),))
