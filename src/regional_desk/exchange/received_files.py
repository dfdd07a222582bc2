"""Files people hand in: what they really are, told by their bytes and not by their name."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

from regional_desk.errors import FileRejected

_HEADS = (
    (b"%PDF-", "application/pdf", ".pdf"),
    (b"\xff\xd8\xff", "image/jpeg", ".jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", ".png"),
    (b"II*\x00", "image/tiff", ".tif"),
    (b"MM\x00*", "image/tiff", ".tif"),
)
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HWP = b"HWP Document File"
_HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1")
_PDF_WITHIN = 1024  # readers take a PDF whose head stands a little further on
_TYPES = {
    "application/hwp+zip": ".hwpx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}
_HWP_TYPE, _HEIC_TYPE = "application/x-hwp", "image/heic"
_SUFFIXES = {
    **{media_type: suffix for _, media_type, suffix in _HEADS},
    **_TYPES,
    _HWP_TYPE: ".hwp",
    _HEIC_TYPE: ".heic",
}
TAKEN = "PDF, JPG, PNG, TIFF, HEIC, HWP, HWPX, DOCX, XLSX"


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A file read whole; the name is the one it came with, the media type what its bytes are."""

    name: str
    content: bytes
    media_type: str


def read_received(file: Path, largest: int) -> ReceivedFile:
    """A file of at most `largest` bytes of a kind an office takes; raise FileRejected saying why not, with nothing kept."""
    megabytes = largest // (1024 * 1024)
    try:
        if file.stat().st_size > largest:
            raise FileRejected(
                f"파일이 {megabytes} MB보다 커서 넣지 않았습니다: {file.name}. 해상도를 낮추거나 나누어 주십시오."
            )
        content = file.read_bytes()
    except OSError as error:
        raise FileRejected(f"파일을 읽지 못해 넣지 않았습니다: {file.name} ({error.strerror}).") from error
    if not content:
        raise FileRejected(f"빈 파일이라 넣지 않았습니다: {file.name}.")
    media_type = _kind(content)
    if media_type is None:
        raise FileRejected(
            f"내용이 {TAKEN} 가운데 하나가 아니어서 넣지 않았습니다: {file.name}. 파일 이름의 확장자가 아니라 내용으로 봅니다."
        )
    return ReceivedFile(file.name, content, media_type)


def suffix_of(media_type: str) -> str:
    """The ending a file of this type is opened by; nothing for a type never taken."""
    return _SUFFIXES.get(media_type, "")


def _kind(content: bytes) -> str | None:
    for head, media_type, _ in _HEADS:
        if content.startswith(head):
            return media_type
    if b"%PDF-" in content[:_PDF_WITHIN] and not content.startswith((b"MZ", b"PK", b"#!")):
        return "application/pdf"
    if content[4:12] in _HEIC:
        return _HEIC_TYPE
    if content.startswith(_COMPOUND):
        return _HWP_TYPE if _HWP in content else None
    return _zipped(content) if content.startswith(b"PK\x03\x04") else None


def _zipped(content: bytes) -> str | None:
    """The kind of a zipped document by the names inside it; one that carries macros is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                return None
            if "mimetype" in names and archive.getinfo("mimetype").file_size < len(content):
                told = archive.read("mimetype").decode("ascii", "replace").strip()
                return told if told in _TYPES else None
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return None
    if "[Content_Types].xml" not in names:
        return None
    words, sheets = list(_TYPES)[1:]
    return words if "word/document.xml" in names else sheets if "xl/workbook.xml" in names else None
