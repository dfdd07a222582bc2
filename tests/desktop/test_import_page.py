from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from tests.desktop.conftest import FILES

from regional_desk.desktop.imports.history import HistoryDialog
from regional_desk.desktop.imports.page import ImportPage
from regional_desk.desktop.shell import Shell
from regional_desk.domain.people import Track
from regional_desk.domain.rounds import Goal
from regional_desk.services.companies import companies
from regional_desk.services.desk import Desk
from regional_desk.services.importing import import_layouts, import_undo
from regional_desk.services.recruitment import people, rounds
from regional_desk.services.training import courses


def _page(shell: Shell, **where: object) -> ImportPage:
    shell.open_page("import", **where)
    page = shell.current_page()
    assert isinstance(page, ImportPage)
    return page


@pytest.fixture
def settle(qtbot: QtBot) -> Callable[[Shell], None]:
    """Wait until every job ended and was shown."""

    def wait(shell: Shell) -> None:
        qtbot.waitUntil(lambda: not shell.jobs.running, timeout=20_000)

    return wait


@pytest.fixture
def fresh(make_shell: Callable[[Desk], Shell], empty_office: Desk) -> Shell:
    return make_shell(empty_office)


Settle = Callable[[Shell], None]


def test_the_preview_counts_what_committing_then_does(fresh: Shell, files: Path, settle: Settle) -> None:
    page = _page(fresh, kind="applicants")
    page.open_file(files / "applicants.xlsx")
    settle(fresh)
    previewed = page.results.counts()
    assert int(previewed["read"]) > 0
    assert int(previewed["new"]) > 0
    assert people.list_people(fresh.desk) == ()
    page.commit()
    settle(fresh)
    assert page.results.counts() == previewed
    assert len(people.list_people(fresh.desk)) == int(previewed["new"])
    assert "가져왔습니다" in page.state.text()


def test_what_was_brought_in_cannot_be_brought_in_twice_by_the_same_button(
    fresh: Shell, files: Path, settle: Settle
) -> None:
    page = _page(fresh, kind="companies")
    page.open_file(files / "companies.xlsx")
    settle(fresh)
    assert page.commit_button.isEnabled()
    page.commit()
    settle(fresh)
    assert not page.commit_button.isEnabled()
    assert companies.list_companies(fresh.desk)
    page.preview()
    settle(fresh)
    assert page.results.counts()["new"] == "0"


def test_bad_rows_are_listed_with_row_column_value_and_reason(
    fresh: Shell, files: Path, settle: Settle
) -> None:
    page = _page(fresh, kind="applicants")
    page.open_file(files / "applicants.xlsx")
    settle(fresh)
    assert page.result is not None
    errors = page.results.errors.model.rows
    assert errors == page.result.errors
    assert errors
    assert all(error.row and error.column and error.message for error in errors)


def test_a_changed_mapping_asks_for_another_preview(fresh: Shell, files: Path, settle: Settle) -> None:
    page = _page(fresh, kind="applicants")
    page.open_file(files / "applicants.xlsx")
    settle(fresh)
    heading = next(text for text, field in page.table.mapping().items() if field == "bank")
    page.table.choose(heading, "")
    assert page.result is None
    assert not page.commit_button.isEnabled()
    page.preview()
    settle(fresh)
    assert page.table.mapping()[heading] == ""
    assert page.commit_button.isEnabled()


def test_a_field_belongs_to_the_column_that_took_it_last(fresh: Shell, files: Path, settle: Settle) -> None:
    page = _page(fresh, kind="applicants")
    page.open_file(files / "applicants.xlsx")
    settle(fresh)
    mapping = page.table.mapping()
    before = next(text for text, field in mapping.items() if field == "phone")
    other = next(text for text, field in mapping.items() if field == "bank")
    page.table.choose(other, "phone")
    assert page.table.mapping()[before] == ""
    assert page.table.mapping()[other] == "phone"


def test_columns_with_strange_names_are_matched_by_hand(fresh: Shell, tmp_path: Path, settle: Settle) -> None:
    strange = tmp_path / "strange.csv"
    strange.write_text("누구,태어난 날,메모\n홍길동,1999-03-05,첫째\n", encoding="utf-8")
    page = _page(fresh, kind="applicants")
    page.open_file(strange)
    settle(fresh)
    assert not page.commit_button.isEnabled()
    assert set(page.table.mapping()) == {"누구", "태어난 날", "메모"}
    page.table.choose("누구", "name")
    page.table.choose("태어난 날", "birth")
    page.preview()
    settle(fresh)
    assert page.results.counts()["new"] == "1"
    page.commit()
    settle(fresh)
    assert [row.name for row in people.list_people(fresh.desk)] == ["홍길동"]
    page.open_file(strange)
    settle(fresh)
    assert page.table.mapping()["누구"] == "name", "the office's choice is remembered"


def test_a_file_that_is_no_table_is_refused_on_the_page(fresh: Shell, tmp_path: Path, settle: Settle) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    page = _page(fresh, kind="applicants")
    page.open_file(broken)
    settle(fresh)
    assert "broken.xlsx" in page.notice.text()
    assert not page.commit_button.isEnabled()


def test_a_dropped_file_is_read(fresh: Shell, files: Path, settle: Settle) -> None:
    page = _page(fresh, kind="companies")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(files / "companies.xlsx"))])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.zone.dropEvent(event)
    settle(fresh)
    assert page.zone.file.text() == "companies.xlsx"
    assert page.result is not None
    assert page.result.new > 0


def test_an_attendance_sheet_shows_its_words_and_goes_to_its_course(
    shell: Shell, files: Path, settle: Settle
) -> None:
    course = courses.list_courses(shell.desk)[0]
    page = _page(shell, kind="attendance", course=course.id)
    assert page.course.isVisible()
    page.open_file(files / "attendance.xlsx")
    settle(shell)
    assert page.result is not None
    assert page.result.unchanged > 0
    assert page.result.legend
    assert set(page.table.mapping().values()) >= {"name"}
    assert not any(heading[:1].isdecimal() for heading in page.table.mapping())


def test_another_kind_forgets_the_file(fresh: Shell, files: Path, settle: Settle) -> None:
    page = _page(fresh, kind="companies")
    page.open_file(files / "companies.xlsx")
    settle(fresh)
    page.go_to(kind="applicants")
    assert page.opened is None
    assert page.table.mapping() == {}
    assert page.results.counts()["read"] == "–"


def test_the_answer_to_an_earlier_question_is_void(shell: Shell, files: Path, settle: Settle) -> None:
    page = _page(shell, kind="applicants")
    page.open_file(files / "applicants.csv")
    page.go_to(kind="companies")
    page.open_file(files / "companies.xlsx")
    settle(shell)
    assert page.opened is not None
    assert page.opened.path == page.path == files / "companies.xlsx"
    assert page.opened.kind == "companies"


def test_another_sheet_of_the_file_is_read_when_chosen(fresh: Shell, tmp_path: Path, settle: Settle) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for name, person in (("1차", "홍길동"), ("2차", "김영희")):
        sheet = book.create_sheet(name)
        sheet.append(["성명", "생년월일"])
        sheet.append([person, "1999-03-05"])
    book.remove(book.worksheets[0])
    book.save(tmp_path / "two.xlsx")
    page = _page(fresh, kind="applicants")
    page.open_file(tmp_path / "two.xlsx")
    settle(fresh)
    assert page.sheet.isVisible()
    page.sheet.setCurrentText("2차")
    settle(fresh)
    page.commit()
    settle(fresh)
    assert [row.name for row in people.list_people(fresh.desk)] == ["김영희"]


def test_guests_see_no_value_of_a_file(fresh: Shell, files: Path, settle: Settle) -> None:
    page = _page(fresh, kind="applicants")
    page.open_file(files / "applicants.xlsx")
    settle(fresh)
    fresh._on_guests()
    settle(fresh)
    errors = page.results.errors.model
    shown = [column.show(row) for column in errors.columns[2:] for row in errors.rows]
    assert shown
    assert set(shown) == {"***", "손님 모드에서는 보이지 않습니다."}
    assert set(page.table.samples()) == {"***"}


def test_going_elsewhere_while_a_file_comes_in_leaves_the_page_usable(
    fresh: Shell, files: Path, settle: Settle
) -> None:
    page = _page(fresh, kind="applicants")
    page.open_file(files / "applicants.xlsx")
    settle(fresh)
    page.commit()
    page.go_to(kind="companies")
    settle(fresh)
    assert people.list_people(fresh.desk)
    assert page.kind.isEnabled()
    assert page.opened is None


def _every_file() -> list[tuple[str, str]]:
    return [
        (path.stem, path.name)
        for path in sorted(FILES.iterdir())
        if path.stem in ("applicants", "companies", "attendance")
    ]


@pytest.mark.parametrize(("kind", "name"), _every_file())
def test_each_file_an_office_gets_goes_through_the_window(
    make_shell: Callable[[Desk], Shell],
    open_copy: Callable[[Path], Desk],
    empty_folder: Path,
    month_folder: Path,
    files: Path,
    settle: Settle,
    kind: str,
    name: str,
) -> None:
    opened = make_shell(open_copy(month_folder if kind == "attendance" else empty_folder))
    if kind == "attendance":
        import_undo.undo(opened.desk)  # the month's own records, so that the sheet has something to say
    page = _page(opened, kind=kind)
    page.open_file(files / name)
    settle(opened)
    previewed, result = page.results.counts(), page.result
    assert result is not None
    assert int(previewed["new"]) > 0
    assert page.opened is not None
    assert all(error.column in page.opened.layout.headings for error in result.errors)
    page.commit()
    settle(opened)
    assert page.results.counts() == previewed
    assert page.committed
    assert "가져왔습니다" in page.state.text()


def _lines(tmp_path: Path, name: str, *lines: str) -> Path:
    file = tmp_path / name
    file.write_text("\n".join(["성명,생년월일,연락처,트랙", *lines]), encoding="utf-8")
    return file


def test_the_next_file_of_a_sender_is_shown_beside_the_last(
    fresh: Shell, tmp_path: Path, settle: Settle
) -> None:
    page = _page(fresh, kind="applicants")
    first = ("홍길동,1999-03-05,010-1111-2222,Track1", "김영희,1998-01-02,,Track2")
    page.open_file(_lines(tmp_path, "1차.csv", *first))
    settle(fresh)
    page.choices.choose_sender("고용센터")
    settle(fresh)
    page.commit()
    settle(fresh)
    page.open_file(_lines(tmp_path, "2차.csv", "홍길동,1999-03-05,010-9999-2222,Track1"))
    settle(fresh)
    assert page.choices.sent_by.currentText() == "고용센터", "remembered with the layout"
    shown = page.results.compared.toPlainText()
    assert "빠짐 (자료는 바꾸지 않습니다) 1\n  김영희 (1998. 1. 2.)" in shown
    assert "홍길동: 연락처 바뀜" in shown
    fresh._on_guests()
    settle(fresh)
    assert "김영희" not in page.results.compared.toPlainText()


def test_an_import_is_taken_back_from_its_result(
    fresh: Shell, files: Path, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("regional_desk.desktop.imports.page.sure", lambda *_: True)
    page = _page(fresh, kind="applicants")
    page.open_file(files / "applicants.xlsx")
    settle(fresh)
    assert not page.results.undo_button.isVisible()
    page.commit()
    settle(fresh)
    assert page.results.undo_button.isVisible()
    page.results.undo_button.click()
    settle(fresh)
    assert people.list_people(fresh.desk) == ()
    assert "되돌렸습니다" in page.results.notices.toPlainText()
    assert "되돌렸습니다" in page.state.text()
    assert not page.commit_button.isEnabled()


def test_an_undo_asked_about_and_not_wanted_changes_nothing(
    fresh: Shell, files: Path, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("regional_desk.desktop.imports.page.sure", lambda *_: False)
    page = _page(fresh, kind="applicants")
    page.open_file(files / "applicants.xlsx")
    settle(fresh)
    page.commit()
    settle(fresh)
    page.results.undo_button.click()
    settle(fresh)
    assert people.list_people(fresh.desk)


def test_refused_rows_are_written_to_a_file_from_the_page(
    fresh: Shell, files: Path, tmp_path: Path, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "오류.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    page = _page(fresh, kind="applicants")
    page.open_file(files / "applicants.xlsx")
    settle(fresh)
    page.results.failures_button.click()
    settle(fresh)
    assert out.exists()
    assert "적었습니다" in page.state.text()
    page.open_file(out)
    settle(fresh)
    assert page.results.counts()["new"] == "0"
    assert int(page.results.counts()["errors"]) > 0


def test_the_list_of_imports_takes_one_back(
    shell: Shell, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("regional_desk.desktop.imports.history.sure", lambda *_: True)
    page = _page(shell, kind="applicants")
    dialog = HistoryDialog(page, shell.context)
    rows = dialog.imports.table.model.rows
    assert [row.kind for row in rows] == ["attendance", "companies", "applicants"]
    dialog.imports.table.choose(lambda row: row.kind == "applicants")
    dialog.imports.take_back()
    settle(shell)
    told = dialog.imports.told.text()
    assert "남김 40" in told
    assert "출결 기록이 있음 — 2026. 8. 31." in told
    assert dialog.imports.table.model.rows[2].undone
    dialog.imports.table.choose(lambda row: row.undone)
    assert not dialog.imports.undo_button.isEnabled()


def test_a_saved_mapping_is_changed_and_forgotten_in_its_list(shell: Shell) -> None:
    page = _page(shell, kind="applicants")
    layouts = HistoryDialog(page, shell.context).layouts
    kinds = [row.kind for row in import_layouts.list_layouts(shell.desk)]
    layouts.list.setCurrentRow(kinds.index("applicants"))
    row = import_layouts.list_layouts(shell.desk)[kinds.index("applicants")]
    heading = next(text for text, field in row.mapping.items() if field == "bank")
    needed = next(text for text, field in row.mapping.items() if field == "name")
    layouts.choose(heading, "")
    layouts.sent_by.setText("고용센터")
    layouts.save()
    kept = import_layouts.list_layouts(shell.desk)[kinds.index("applicants")]
    assert (kept.mapping[heading], kept.sender) == ("", "고용센터")
    layouts.choose(needed, "")
    layouts.save()
    assert import_layouts.list_layouts(shell.desk)[kinds.index("applicants")] == kept
    layouts.forget()
    assert "applicants" not in [row.kind for row in import_layouts.list_layouts(shell.desk)]


def test_new_applicants_go_into_the_chosen_round(fresh: Shell, files: Path, settle: Settle) -> None:
    made = rounds.add_round(
        fresh.desk, dt.date(2026, 8, 1), dt.date(2026, 8, 31), [Goal(Track.TRACK1, 10, 2)]
    ).row
    page = _page(fresh, kind="applicants")
    page.choices.round.setCurrentIndex(page.choices.round.findText(made.name))
    page.open_file(files / "applicants.xlsx")
    settle(fresh)
    page.commit()
    settle(fresh)
    assert {row.round for row in people.list_people(fresh.desk)} == {made.id}
