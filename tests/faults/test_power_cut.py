"""A power cut during commits loses none that was acknowledged (promise 1)."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest
from tests.conftest import PASSWORD
from tests.faults.acts import COMMITS, seeded
from tests.faults.conftest import Counts
from tests.faults.harness import check_whole, opened, operations
from tests.faults.power_cut import image, record

from regional_desk.errors import StoreError
from regional_desk.store.store import DATABASE


def told_but_lost(place: Path, told: list[str]) -> set[str]:
    """The acknowledged operations that an image does not hold, all of them where it does not open."""
    try:
        with opened(place, PASSWORD) as desk:
            return set(told) - operations(desk)
    except StoreError:
        return set(told)


def test_the_model_loses_commits_that_were_never_synced(august: Path, tmp_path: Path, counts: Counts) -> None:
    random = seeded(counts.seed)
    office = Path(shutil.copytree(august, tmp_path / "office"))
    base = {DATABASE: (office / DATABASE).read_bytes()}
    events = [event for event in record(office, tmp_path / "calls", counts.seed) if event.kind != "sync"]
    lost = set()
    for number in range(5):
        files, told = image(base, events, random)
        place = Path(shutil.copytree(august, tmp_path / f"image{number}"))
        for name, data in files.items():
            (place / name).write_bytes(data)
        lost |= told_but_lost(place, told)
    assert lost


@pytest.mark.fault(2)
def test_every_image_of_a_power_cut_opens_with_all_that_was_told(
    august: Path, tmp_path: Path, counts: Counts, tally: Counter[str]
) -> None:
    random = seeded(counts.seed)
    office = Path(shutil.copytree(august, tmp_path / "office"))
    base = {DATABASE: (office / DATABASE).read_bytes()}
    events = record(office, tmp_path / "calls", counts.seed)
    assert sum(event.kind == "told" for event in events) == COMMITS
    assert any(event.kind == "write" and event.file == DATABASE for event in events)
    for number in range(counts.images):
        files, told = image(base, events[: random.randint(0, len(events))], random)
        place = Path(shutil.copytree(august, tmp_path / f"image{number}"))
        for name, data in files.items():
            (place / name).write_bytes(data)
        with opened(place, PASSWORD) as desk:
            lost = set(told) - operations(desk)
            tally["lost"] += len(lost)
            assert not lost
            check_whole(desk)
        tally["power-cut images"] += 1
        shutil.rmtree(place)
