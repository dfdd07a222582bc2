from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QFileDialog, QInputDialog
from pytestqt.qtbot import QtBot

from regional_desk.desktop.printing import printer as printing
from regional_desk.desktop.printing.asking import ask_file, ask_purpose
from regional_desk.desktop.printing.pages import Pages
from regional_desk.desktop.printing.preview import PreviewDialog
from regional_desk.desktop.shell import Shell
from regional_desk.services.desk import Desk
from regional_desk.services.papers import papers
from regional_desk.services.papers.making import Wanted
from regional_desk.services.safety import logs
from regional_desk.services.training import courses

MakeShell = Callable[[Desk], Shell]
Open = Callable[[Wanted], PreviewDialog]


@pytest.fixture
def register(office: Desk) -> Wanted:
    """A register of two landscape pages or more."""
    return Wanted("attendance-register", courses.list_courses(office)[0].id, 1)


@pytest.fixture
def preview(shell: Shell, qtbot: QtBot) -> Open:
    """Opens a preview and lets its paper be made."""

    def open_one(wanted: Wanted) -> PreviewDialog:
        dialog = PreviewDialog(shell.context, wanted)
        qtbot.addWidget(dialog, before_close_func=lambda one: one.close_pages())
        dialog.show()
        dialog.load()
        qtbot.waitUntil(lambda: dialog.pages is not None or bool(dialog.notice.text()))
        return dialog

    return open_one


def _pages(dialog: PreviewDialog) -> Pages:
    assert dialog.pages is not None
    return dialog.pages


def _prints(desk: Desk) -> list[str]:
    return [line.detail for line in logs.read_log(desk, access=True) if line.action in ("print", "export")]


def _coarse(page: Any) -> list[int]:
    """A page in grey squares of about 5 mm: what stands where, whatever the dots."""
    return list(page.render(scale=1).to_pil().convert("L").resize((60, 42)).tobytes())


def _say(monkeypatch: pytest.MonkeyPatch, purpose: str, *, sure: bool = True) -> None:
    monkeypatch.setattr(QInputDialog, "getItem", lambda *_args: (purpose, sure))


def _choose(monkeypatch: pytest.MonkeyPatch, file: Path | None) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(file or ""), ""))


def test_a_preview_shows_every_page_of_the_paper_and_records_nothing(
    preview: Open, register: Wanted, office: Desk
) -> None:
    dialog = preview(register)
    expected = pypdfium2.PdfDocument(papers.preview_pdf(office, register))
    assert len(_pages(dialog)) == len(expected)
    expected.close()
    assert dialog._where.text() == f"1 / {len(_pages(dialog))}쪽"
    assert not _prints(office)


def test_pages_are_turned_and_stop_at_both_ends(preview: Open, register: Wanted) -> None:
    dialog = preview(register)
    last = len(_pages(dialog)) - 1
    assert last > 0
    dialog.turn(-1)
    assert dialog.at == 0
    for _ in range(last + 2):
        dialog.turn(1)
    assert dialog.at == last
    assert not dialog._turns[1].isEnabled()


def test_a_page_is_drawn_with_as_many_dots_as_the_size_needs(preview: Open, register: Wanted) -> None:
    dialog = preview(register)
    pages = _pages(dialog)
    size = pages.size(0)
    for percent in (100, 200):
        dialog.set_zoom(percent)
        picture = dialog._sheet.pixmap()
        assert abs(picture.width() - size.width() * 96 / 72 * percent / 100) <= 2
        assert abs(picture.height() - size.height() * 96 / 72 * percent / 100) <= 2


def test_the_size_is_remembered_for_the_next_paper(preview: Open, register: Wanted, shell: Shell) -> None:
    preview(register).set_zoom(150)
    assert preview(register)._zoomed.text() == "150%"
    assert shell.preferences.get("preview_zoom", 0) == 150


def test_a_fitted_page_lies_wholly_inside_its_place(preview: Open, register: Wanted) -> None:
    dialog = preview(register)
    dialog.set_zoom(300)
    dialog.set_zoom(0)
    room, picture = dialog._area.viewport().size(), dialog._sheet.pixmap()
    assert picture.width() <= room.width()
    assert picture.height() <= room.height()


@pytest.mark.parametrize("file_format", ["pdf", "xlsx"])
def test_saving_asks_for_what_and_records_it(
    preview: Open,
    register: Wanted,
    office: Desk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    file_format: str,
) -> None:
    _choose(monkeypatch, tmp_path / f"출석부.{file_format}")
    _say(monkeypatch, "내부 결재")
    dialog = preview(register)
    file = dialog.save(file_format)
    assert file == tmp_path / f"출석부.{file_format}"
    assert file.exists()
    assert "저장됨: 출석부" in dialog._saved.text()
    assert "내부 결재" in _prints(office)[0]


def test_nothing_is_written_without_a_purpose(
    preview: Open, register: Wanted, office: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _choose(monkeypatch, tmp_path / "출석부.pdf")
    _say(monkeypatch, "  ")
    dialog = preview(register)
    assert dialog.save("pdf") is None
    assert not list(tmp_path.glob("*.pdf"))
    assert not _prints(office)


def test_an_ending_is_added_where_none_was_typed(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _choose(monkeypatch, tmp_path / "출석부")
    assert ask_file(shell, "출석부", "xlsx") == tmp_path / "출석부.xlsx"
    _choose(monkeypatch, None)
    assert ask_file(shell, "출석부", "xlsx") is None
    _say(monkeypatch, "내부 결재", sure=False)
    assert ask_purpose(shell) is None


def test_without_a_printer_a_sentence_says_what_to_do(
    preview: Open, register: Wanted, office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    dialog = preview(register)
    dialog.print_out()
    assert "프린터가 없어" in dialog.notice.text()
    assert "PDF로 저장" in dialog.notice.text()
    assert not _prints(office)


def test_a_printed_paper_is_whole_each_page_the_way_up_it_is_and_recorded(
    shell: Shell, office: Desk, register: Wanted, tmp_path: Path
) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setResolution(150)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printing.send(shell.context, register, printer, "내부 결재")
    printed = pypdfium2.PdfDocument(tmp_path / "printed.pdf")
    expected = pypdfium2.PdfDocument(papers.preview_pdf(office, register))
    assert len(printed) == len(expected)
    for at in range(len(printed)):
        for got, meant in zip(printed.get_page_size(at), expected.get_page_size(at), strict=True):
            assert abs(got - meant) <= 2
        assert _coarse(printed[at]) == pytest.approx(_coarse(expected[at]), abs=24)
    printed.close()
    expected.close()
    assert '"format":"printer"' in _prints(office)[0]


def test_guests_see_a_paper_that_cannot_be_printed(
    shell: Shell, register: Wanted, preview: Open, office: Desk
) -> None:
    shell._on_guests()
    dialog = preview(register)
    assert dialog.pages is not None
    assert not any(button.isEnabled() for button in dialog._buttons)
    dialog.print_out()
    assert dialog.notice.text()
    assert _prints(office) == []


def test_a_paper_that_cannot_be_made_says_why(preview: Open, office: Desk) -> None:
    dialog = preview(Wanted("allowance-statement", courses.list_courses(office)[0].id, 1))
    assert dialog.pages is None
    assert dialog.notice.text()


def test_asking_shows_the_paper_until_it_is_closed(
    shell: Shell, register: Wanted, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def closed_at_once(dialog: PreviewDialog) -> int:
        qtbot.waitUntil(lambda: dialog.pages is not None)
        seen.append(dialog.windowTitle())
        return 0

    monkeypatch.setattr(PreviewDialog, "exec", closed_at_once)
    PreviewDialog.ask(shell.context, register)
    assert seen == ["미리보기 — 출석부"]
