"""SIGKILL at random moments: what was acknowledged is there, nothing is half done (promises 1 and 2)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from tests.faults.acts import seeded
from tests.faults.conftest import Counts
from tests.faults.harness import Trial
from tests.faults.internship_acts import ALL_ACTS

_KILLED = [
    pytest.param("save", marks=pytest.mark.fault(1)),
    pytest.param("import", marks=pytest.mark.fault(1)),
    pytest.param("confirm", marks=pytest.mark.fault(1)),
    pytest.param("backup", marks=pytest.mark.fault(23)),
    pytest.param("rekey", marks=pytest.mark.fault(27)),
    pytest.param("leave", marks=pytest.mark.fault(27)),
    pytest.param("password", marks=pytest.mark.fault(29)),
    pytest.param("upgrade", marks=pytest.mark.fault(20)),
    pytest.param("settle", marks=pytest.mark.fault(1)),
    pytest.param("result", marks=pytest.mark.fault(1)),
    pytest.param("close", marks=pytest.mark.fault(1)),
    pytest.param("bring back", marks=pytest.mark.fault(1)),
    pytest.param("place", marks=pytest.mark.fault(1)),
    pytest.param("claim", marks=pytest.mark.fault(1)),
    pytest.param("key back", marks=pytest.mark.fault(1)),
]


def test_every_act_is_killed() -> None:
    assert [param.values[0] for param in _KILLED] == list(ALL_ACTS)


@pytest.mark.parametrize("name", _KILLED)
def test_a_kill_loses_nothing_told_and_leaves_nothing_half_done(
    name: str, august: Path, tmp_path: Path, counts: Counts, tally: Counter[str]
) -> None:
    random = seeded(f"{counts.seed} {name}")
    Trial(name, august, tmp_path / "office", random, tally).run(counts.kills)
