"""Where an office may lie."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import CHEAP, LOGIN, PASSWORD, settings

from regional_desk.domain.clock import FixedClock
from regional_desk.errors import Refusal
from regional_desk.services.safety import opening
from regional_desk.store.places import Volume, examine, volumes

_MOUNTED = (
    Volume("/", "ext4", "rw"),
    Volume("/mnt/share", "cifs", "rw"),
    Volume("/media/stick", "vfat", "rw"),
    Volume("/media/disk", "NTFS", "rw,removable"),
    Volume("/net", "", "rw,remote"),
)


@pytest.mark.parametrize(
    ("folder", "words"),
    [
        ("/mnt/share/office", "네트워크 공유"),
        ("/net/office", "네트워크 공유"),
        ("//server/office", "네트워크 공유"),
        ("/home/kim/OneDrive/office", "동기화"),
        ("/home/kim/OneDrive - 사업단/office", "동기화"),
        ("/home/kim/Dropbox/office", "동기화"),
        ("/home/kim/synchronised/office", "동기화"),
    ],
)
@pytest.mark.fault(19)
def test_a_shared_or_synchronised_folder_is_refused(folder: str, words: str) -> None:
    found = examine(Path(folder), lambda: _MOUNTED, {"OneDriveCommercial": "/home/kim/synchronised"})
    assert found is not None
    assert found.refused
    assert words in found.message


@pytest.mark.parametrize(
    ("folder", "words"), [("/media/stick/office", "FAT"), ("/media/disk/office", "이동식")]
)
@pytest.mark.fault(19)
def test_a_stick_is_warned_about(folder: str, words: str) -> None:
    found = examine(Path(folder), lambda: _MOUNTED, {})
    assert found is not None
    assert not found.refused
    assert words in found.message


@pytest.mark.parametrize("folder", ["/home/kim/office", "/home/kim/onedrivers/office", "/media/other"])
def test_an_ordinary_folder_is_fine(folder: str) -> None:
    assert examine(Path(folder), lambda: _MOUNTED, {}) is None


def test_this_machines_own_volumes_are_read() -> None:
    assert any(Path("/").is_relative_to(volume.mount) for volume in volumes())


def test_no_office_is_made_in_a_synchronised_folder(tmp_path: Path, clock: FixedClock) -> None:
    folder = tmp_path / "OneDrive" / "office"
    with pytest.raises(Refusal, match="동기화"):
        opening.new_office(folder, settings(), LOGIN, PASSWORD, clock, CHEAP)
    assert not folder.exists()
