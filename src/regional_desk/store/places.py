"""Where an office's folder may lie: a live database on a share or in a synchronised folder gets lost or torn."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

_SYNCHRONISED = (
    "onedrive",
    "dropbox",
    "google drive",
    "googledrive",
    "icloud",
    "mybox",
    "naver mybox",
    "nextcloud",
)
_SYNCHRONISED_ROOTS = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_SHARED = frozenset({"cifs", "smbfs", "smb3", "nfs", "nfs4", "afpfs", "fuse.sshfs", "9p", "davfs", "remote"})
_FAT = frozenset({"vfat", "fat", "fat32", "exfat", "msdos"})


@dataclass(frozen=True, slots=True)
class Volume:
    """One mounted volume: `options` are the system's words, such as `rw,fixed` or `rw,removable`."""

    mount: str
    kind: str
    options: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said of a folder: `refused` where no office may lie there, else a warning."""

    refused: bool
    message: str


def volumes() -> tuple[Volume, ...]:
    """The volumes of this PC."""
    import psutil  # noqa: PLC0415 - only asked when an office is made or opened

    return tuple(Volume(part.mountpoint, part.fstype, part.opts) for part in psutil.disk_partitions(all=True))


def examine(
    folder: Path, mounted: Callable[[], Sequence[Volume]] = volumes, environment: dict[str, str] | None = None
) -> Verdict | None:
    """What speaks against a folder for an office; None where nothing does."""
    path = folder.absolute()
    if _is_share(path):
        return _shared(folder)
    if _is_synchronised(path, dict(os.environ) if environment is None else environment):
        return Verdict(
            refused=True,
            message=f"동기화 폴더(OneDrive 등)에는 사무소를 둘 수 없습니다: {folder}. 동기화 프로그램이 쓰는 중인 자료를 옮기면 "
            "자료가 깨지거나 개인정보가 외부 서버로 올라갑니다. 이 PC의 다른 폴더(예: C:\\사업단)를 고르십시오.",
        )
    volume = _volume_of(path, mounted())
    return _of_volume(folder, volume) if volume else None


def _of_volume(folder: Path, volume: Volume) -> Verdict | None:
    kind, options = volume.kind.lower(), volume.options.lower().split(",")
    if kind in _SHARED or "remote" in options:
        return _shared(folder)
    if kind in _FAT:
        return Verdict(
            refused=False,
            message=f"이 드라이브({volume.mount})는 FAT 형식이라 정전 때 파일이 깨지기 쉽고 누구나 읽을 수 있습니다. "
            "NTFS로 된 이 PC의 디스크에 두십시오.",
        )
    if "removable" in options:
        return Verdict(
            refused=False,
            message=f"이동식 디스크({volume.mount})입니다. 쓰는 중에 뽑히면 자료를 잃을 수 있으니 이 PC의 디스크에 두고, USB는 백업에 쓰십시오.",
        )
    return None


def _shared(folder: Path) -> Verdict:
    return Verdict(
        refused=True,
        message=f"네트워크 공유 폴더에는 사무소를 둘 수 없습니다: {folder}. 공유 폴더에서는 두 PC가 동시에 쓰면 자료가 깨집니다. "
        "이 PC의 디스크에 두고, 공유 폴더는 [관리 → 백업]의 둘째 백업 장소로 쓰십시오.",
    )


def _is_share(path: Path) -> bool:
    return str(path).startswith(("\\\\", "//")) and not str(path).startswith("\\\\?\\")


def _is_synchronised(path: Path, environment: dict[str, str]) -> bool:
    names = [part.lower() for part in path.parts]
    if any(name == one or name.startswith((one + " ", one + "-")) for name in names for one in _SYNCHRONISED):
        return True
    roots = [Path(environment[name]) for name in _SYNCHRONISED_ROOTS if environment.get(name)]
    return any(path.is_relative_to(root) for root in roots)


def _volume_of(path: Path, mounted: Sequence[Volume]) -> Volume | None:
    """The volume with the longest mount point above the folder."""
    above = [volume for volume in mounted if path.is_relative_to(volume.mount)]
    return max(above, key=lambda volume: len(volume.mount), default=None)
