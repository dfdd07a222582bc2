"""A disk that is full, fails or lies: refused with a sentence, nothing lost, the day goes on."""

from __future__ import annotations

import shutil
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from tests.conftest import PASSWORD
from tests.faults.acts import cells_whole, import_whole
from tests.faults.conftest import Counts
from tests.faults.harness import check_whole, entries_of, opened, operations
from tests.faults.injection import Endured, Failure, endure

NO_BACKUP = "refused"  # the backup before an import failed, so the import was not begun
FULL = {"disk_full", NO_BACKUP}
BROKEN = {"store_unreadable", "store_damaged", NO_BACKUP}
UNOPENED = {*BROKEN, "store_read_only"}
SYNC = "fsync,fdatasync"
FAILURES = [
    pytest.param(Failure("pwrite64", "error=ENOSPC"), FULL, id="full", marks=pytest.mark.fault(4)),
    pytest.param(
        Failure("pwrite64", "error=ENOSPC", lasting=True), FULL, id="stays full", marks=pytest.mark.fault(4)
    ),
    pytest.param(Failure("pwrite64", "error=EIO"), BROKEN, id="write fails", marks=pytest.mark.fault(7)),
    pytest.param(Failure("pread64", "error=EIO"), BROKEN, id="read fails", marks=pytest.mark.fault(6)),
    pytest.param(Failure(SYNC, "error=EIO"), BROKEN, id="sync fails", marks=pytest.mark.fault(7)),
    pytest.param(
        Failure(SYNC, "error=EIO", lasting=True), BROKEN, id="no sync works", marks=pytest.mark.fault(7)
    ),
    pytest.param(Failure("openat", "error=EIO"), UNOPENED, id="open fails", marks=pytest.mark.fault(6)),
]


@pytest.mark.parametrize(("failure", "codes"), FAILURES)
def test_a_call_that_fails_is_told_and_loses_nothing(
    failure: Failure, codes: set[str], august: Path, tmp_path: Path, counts: Counts, tally: Counter[str]
) -> None:
    folders = [Path(shutil.copytree(august, tmp_path / f"office{number}")) for number in counts.nth]
    refused = 0
    with closing(endure(folders, failure, counts.nth, counts.seed)) as endured:
        for folder, one in zip(folders, endured, strict=False):
            assert one.heard[-1] == {"ended": True}, one.problem
            told = [words for words in one.heard if "refused" in words]
            assert {words["refused"] for words in told} <= codes, told
            assert all("니다." in words["message"] for words in told)
            refused += len(told)
            if codes is FULL:
                _stayed_readable(one)
            _compare(folder, one, tally)
            tally["injected errors"] += one.injected
            shutil.rmtree(folder)
    assert refused


@pytest.mark.fault(27)
@pytest.mark.parametrize(
    "failure",
    [
        pytest.param(Failure("pwrite64", "error=ENOSPC"), id="full"),
        pytest.param(Failure("pwrite64", "error=EIO"), id="write fails"),
        pytest.param(Failure(SYNC, "error=EIO"), id="sync fails"),
    ],
)
def test_a_disk_that_fails_during_a_new_key_leaves_one_key_that_opens_all(
    failure: Failure, august: Path, tmp_path: Path, counts: Counts, tally: Counter[str]
) -> None:
    """The call fails at spread places: a re-key writes each page twice."""
    nth = counts.nth if failure.call == SYNC else tuple(30 + number * 13 for number in counts.nth)
    folders = [Path(shutil.copytree(august, tmp_path / f"office{number}")) for number in nth]
    act = "endure a new key"
    with closing(endure(folders, failure, nth, counts.seed, act)) as endured:
        for folder, one in zip(folders, endured, strict=False):
            assert one.heard[-1] == {"ended": True}, one.problem
            told = [words for words in one.heard if "refused" in words]
            assert {words["refused"] for words in told} <= {"disk_full", "store_unreadable"}, told
            started = [words for words in one.heard if "start" in words]
            if started:  # after the refusal each act was done at its second try
                assert len(started) == sum("done" in words for words in one.heard)
            _compare(folder, one, tally)
            tally["injected errors"] += one.injected
            shutil.rmtree(folder)


def _stayed_readable(one: Endured) -> None:
    """On a full disk each refused act was followed by a reading that worked, and the sentence tells the space."""
    started = next((place for place, words in enumerate(one.heard) if "start" in words), len(one.heard))
    told = [words for words in one.heard[started:] if "refused" in words]
    assert len(told) == sum("readable" in words for words in one.heard)
    assert all("MB" in words["message"] for words in told)


def _compare(folder: Path, one: Endured, tally: Counter[str]) -> None:
    """What was told done is there; what was refused is not, unless it was said to be unknown."""
    entries = entries_of(one.heard)
    with opened(folder, PASSWORD) as desk:
        stored = operations(desk)
        lost = [entry for entry in entries if entry.done and entry.operation not in stored]
        tally["lost"] += len(lost)
        assert not lost
        if not any("확인하지 못했습니다" in words.get("message", "") for words in one.heard):
            assert not [entry for entry in entries if not entry.done and entry.operation in stored]
        cells_whole(desk, [entry for entry in entries if "cells" in entry.plan], stored)
        import_whole(desk, [entry for entry in entries if "first" in entry.plan], stored)
        check_whole(desk)
