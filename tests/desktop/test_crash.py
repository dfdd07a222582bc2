"""The last-resort handler keeps the person's data out of its log and never fails itself."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox

from regional_desk.desktop import crash


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REGIONAL_DESK_DATA", str(tmp_path))
    return tmp_path


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    monkeypatch.setattr(QMessageBox, "critical", lambda _parent, _title, text: found.append(text))
    return found


def fail() -> None:
    try:
        int("홍길동 010-1234-5678")
    except ValueError:
        crash.handle(*sys.exc_info())


@pytest.mark.usefixtures("qapp")
def test_the_log_names_the_place_and_never_the_person(
    data: Path, said: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    fail()
    log = (data / crash.LOG_NAME).read_text(encoding="utf-8")
    assert "ValueError" in log
    assert "test_crash.py" in log
    assert "홍길동" not in log
    assert "모두 남아 있습니다" in said[0]
    assert "홍길동" not in said[0]
    assert "ValueError" in capsys.readouterr().err


@pytest.mark.usefixtures("qapp")
def test_a_log_that_cannot_be_written_still_tells_the_person(
    data: Path, said: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (data / crash.LOG_NAME).mkdir()
    fail()
    assert len(said) == 1
    assert "ValueError" in capsys.readouterr().err


@pytest.mark.usefixtures("qapp")
def test_a_long_log_is_set_aside(
    data: Path, said: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(crash, "_MOST_LOG_BYTES", 10)
    fail()
    fail()
    assert (data / "errors.old.log").exists()
    assert len((data / crash.LOG_NAME).read_text(encoding="utf-8").splitlines()) == 1
    assert capsys.readouterr().err
