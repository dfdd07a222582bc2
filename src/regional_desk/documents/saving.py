"""Writes a finished file in one step: whoever opens it sees the old one or the new one, whole."""

from __future__ import annotations

from pathlib import Path

from regional_desk.errors import UserError


class NotSaved(UserError):
    """The file could not be written where it was asked for."""

    code = "not_saved"


def save(path: Path, data: bytes) -> None:
    """Write `data` to `path`; raise NotSaved with the old file kept where the place refuses."""
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise NotSaved(
            f"'{path}'에 저장하지 못했습니다({error.strerror}). 있던 파일과 자료는 그대로입니다. "
            "같은 파일이 다른 프로그램에 열려 있으면 닫고, 저장할 수 있는 폴더인지 확인한 뒤 다시 하십시오."
        ) from error
