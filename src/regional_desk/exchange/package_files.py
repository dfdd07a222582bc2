"""Writing a package's files whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from regional_desk.errors import Refusal


def write_whole(path: Path, data: bytes) -> Path:
    """Write beside, fsync, move into place; raise Refusal with no part left and an older file kept."""
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise Refusal(
            f"'{path}'에 쓰지 못했습니다({reason}). 기존 파일은 그대로입니다. "
            "폴더의 쓰기 권한과 남은 용량을 확인한 뒤 다시 하십시오."
        ) from problem
    return path
