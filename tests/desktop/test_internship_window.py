"""One whole internship at the window: from the published placement to the sixth month as an employee, each step by its page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog, QInputDialog
from tests.claims_office import ready_company
from tests.placements import make_round, publish_round

from regional_desk.desktop.admin.claim_adopt_dialog import ClaimAdoptDialog
from regional_desk.desktop.claims.month_dialog import MonthDialog
from regional_desk.desktop.claims.paper_dialog import PaperDialog
from regional_desk.desktop.claims.payslip_dialog import PayslipDialog
from regional_desk.desktop.internships.agreement_dialog import AgreementDialog
from regional_desk.desktop.internships.end_dialog import EndDialog
from regional_desk.desktop.internships.evaluation_dialog import EvaluationDialog
from regional_desk.desktop.internships.journal_dialog import JournalDialog
from regional_desk.desktop.internships.prepare_dialog import PrepareDialog
from regional_desk.desktop.internships.sign_dialog import SignDialog
from regional_desk.desktop.outcomes.conversion_dialog import ConversionDialog
from regional_desk.desktop.outcomes.retention_dialog import RetentionDialog
from regional_desk.desktop.reason_dialog import Answer, ReasonDialog
from regional_desk.desktop.screening.day_dialog import DayDialog
from regional_desk.desktop.shell import Shell
from regional_desk.desktop.visits.keyed_back import KeyBackDialog
from regional_desk.desktop.visits.plan_dialog import PlanDialog
from regional_desk.domain.clock import KST, FixedClock
from regional_desk.domain.internships import EndKind, InternState
from regional_desk.domain.outcomes import CheckState, Retention
from regional_desk.services.claims import runs
from regional_desk.services.desk import Desk
from regional_desk.services.internships import evaluations, events, internships, journals
from regional_desk.services.outcomes import records
from regional_desk.services.outcomes.retention_checks import SOURCES
from regional_desk.services.visits import visits

D = dt.date
START, END = D(2026, 9, 14), D(2026, 12, 13)
OCTOBER = D(2026, 10, 1)
PDF = b"%PDF-1.4\n%%EOF\n"
FULL = 2_000_000


def move(desk: Desk, day: dt.date) -> None:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.move_to(dt.datetime(day.year, day.month, day.day, 10, tzinfo=KST))


def filled(monkeypatch: pytest.MonkeyPatch, dialog: type[QDialog], fill: Callable[[Any], None]) -> list[Any]:
    """Stands for a person at a dialog that opens: fills it in and presses its button; those that opened."""
    opened: list[Any] = []

    def run(self: Any) -> int:
        opened.append(self)
        self.show()
        fill(self)
        if self.isVisible() and hasattr(self, "ok"):
            self.ok.click()
            assert not self.isVisible(), self.notice.text()
        return int(self.result())

    monkeypatch.setattr(dialog, "exec", run)
    return opened


class Window:
    """The office's window as one officer uses it: a page or a tab of the record at a time."""

    def __init__(self, shell: Shell, desk: Desk) -> None:
        self.shell, self.desk = shell, desk
        self.internship: UUID | None = None

    def page(self, key: str, **where: Any) -> Any:
        """A page in front, read on the day it is."""
        self.shell.open_page(key, **where)
        found: Any = self.shell.current_page()
        found.refresh()
        return found

    def tab(self, key: str) -> Any:
        """A tab of the record."""
        page = self.page("internships", internship=self.internship, tab=key)
        assert page.beside.internship == self.internship
        return page.beside.tab(key)

    def next_step(self, word: str) -> None:
        """Press the record's one accent button, which says what comes next."""
        button = self.page("internships", internship=self.internship).beside.steps.button
        assert word in button.text()
        button.click()


@pytest.fixture
def scan(tmp_path: Path) -> str:
    """A signed paper, scanned."""
    file = tmp_path / "서명본.pdf"
    file.write_bytes(PDF)
    return str(file)


@pytest.fixture
def window(shell: Shell, desk: Desk) -> Window:
    """The window after a round of 연계 was published."""
    publish_round(make_round(desk))
    return Window(shell, desk)


def test_one_internship_from_the_placement_to_the_sixth_month_of_employment(
    window: Window, desk: Desk, scan: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    agree_and_begin(window, desk, scan, monkeypatch)
    assert window.internship is not None
    key_a_journal(window, desk, monkeypatch)
    plan_and_make_a_visit(window, desk, monkeypatch)
    claim_a_month(window, desk, scan, monkeypatch)
    pay_the_company(window, desk, tmp_path, monkeypatch)
    evaluate_and_end(window, desk, scan, monkeypatch)
    convert_and_keep(window, desk, scan, monkeypatch)
    told = [(one.kind.value, one.label, one.words) for one in events.timeline(desk, window.internship)]
    assert ("claim", "1차 지원금 2,000,000원", "대사") in told
    assert next(words for kind, _, words in told if kind == "retention") == "유지"
    assert {words for kind, _, words in told if kind == "visit"} >= {"완료"}


def agree_and_begin(window: Window, desk: Desk, scan: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def prepare(dialog: Any) -> None:
        dialog.table.view.selectRow(0)
        dialog.make_one()

    filled(monkeypatch, PrepareDialog, prepare)
    filled(monkeypatch, AgreementDialog, lambda one: one.terms.fields["mentor"].setText("한지도"))
    filled(monkeypatch, SignDialog, lambda one: one.scan.line.setText(scan))
    monkeypatch.setattr(DayDialog, "ask", lambda *_args: START)
    page = window.page("internships")
    page.prepare_button.click()
    row = page.list.current()
    window.internship = row.id
    window.next_step("서명 받음")
    move(desk, START)
    window.next_step("시작")
    begun = internships.read(desk, row.id).row
    assert (begun.state, begun.start, begun.end) == (InternState.ACTIVE, START, END)


def key_a_journal(window: Window, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def write(dialog: Any) -> None:
        for field in dialog.texts.values():
            field.setPlainText("라인 3호기 점검")

    move(desk, D(2026, 9, 21))
    filled(monkeypatch, JournalDialog, write)
    tab = window.tab("journals")
    tab.table.view.selectRow(0)
    tab.write_button.click()
    assert window.internship is not None
    assert journals.read_journals(desk, window.internship).lines[0].row is not None


def plan_and_make_a_visit(window: Window, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def key(dialog: Any) -> None:
        for point in dialog.form.points:
            point.put("good")
        dialog.form.opinion.setPlainText("잘 적응함")
        dialog.save_button.click()
        assert dialog.notice.text() == ""

    filled(monkeypatch, PlanDialog, lambda one: one.end.setDate(one.start.date().addDays(30)))
    page = window.page("visits")
    page.plan_button.click()
    planned = visits.list_visits(desk)
    assert planned
    day = planned[0].planned_on
    assert day is not None
    move(desk, day)
    filled(monkeypatch, KeyBackDialog, key)
    tab = window.tab("visits")
    tab.table.view.selectRow(0)
    tab.key_button.click()
    assert visits.read(desk, planned[0].id).done_on == day


def claim_a_month(window: Window, desk: Desk, scan: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert window.internship is not None
    ready_company(desk, internships.read(desk, window.internship).row.company)
    move(desk, D(2026, 10, 14))

    def slip(dialog: Any) -> None:
        dialog.start.setDate(START)
        dialog.end.setDate(D(2026, 10, 13))
        dialog.wage.put(2_500_000)
        dialog.sent.put(2_200_000)
        dialog.slip.line.setText(scan)
        dialog.transfer.line.setText(scan)

    def paper(dialog: Any) -> None:
        dialog.file.line.setText(scan)
        dialog.verified.setChecked(True)

    def month(dialog: Any) -> None:
        dialog.pane.add_button.click()
        for kind in ("application", "insurance_roll"):
            dialog.pane.choose_paper(kind)
            dialog.pane.receive_button.click()
        dialog.accept()

    filled(monkeypatch, PayslipDialog, slip)
    filled(monkeypatch, PaperDialog, paper)
    filled(monkeypatch, MonthDialog, month)
    filled(monkeypatch, ClaimAdoptDialog, lambda one: one.reference.setText("경남-2026-31"))
    window.page("claims", month=OCTOBER).bar.actions_by_key["policy"].trigger()
    window.page("admin", tab="policies").tabs.currentWidget().adopt()
    page = window.page("claims", month=OCTOBER)
    page.bar.buttons["draft"].click()
    page.table.view.selectRow(0)
    page.open_month()
    for step in ("draft", "check", "confirm"):
        assert page.bar.buttons[step].isEnabled()
        page.bar.buttons[step].click()
        assert page.notice.text() == ""
    assert runs.show(desk, OCTOBER).total == FULL


def pay_the_company(window: Window, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "이체.xls"
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_args, **_named: Answer("10월 인턴지원금"))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_named: (str(place), ""))
    monkeypatch.setattr(QInputDialog, "getText", lambda *_args, **_named: ("통장 확인", True))
    window.page("claims", month=OCTOBER).bar.buttons["file"].click()
    page: Any = window.shell.current_page()
    page.send.make_button.click()
    assert page.notice.text() == ""
    assert place.exists()
    page.made.buttons["paid"].click()
    assert runs.show(desk, OCTOBER).state.value == "reconciled"


def evaluate_and_end(window: Window, desk: Desk, scan: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert window.internship is not None

    def give(dialog: Any) -> None:
        for field in dialog.fields.values():
            field.buttons[-1].click()
        dialog.file.line.setText(scan)

    move(desk, END)
    filled(monkeypatch, EvaluationDialog, give)
    tab = window.tab("evaluations")
    tab.table.view.selectRow(0)
    tab.fill_button.click()
    assert evaluations.read_evaluations(desk, window.internship).sheets[0].score is not None

    def end(dialog: Any) -> None:
        assert dialog.kind.currentData() == EndKind.COMPLETED

    filled(monkeypatch, EndDialog, end)
    window.next_step("종료")
    done = internships.read(desk, window.internship).row
    assert (done.state, done.months_served) == (InternState.COMPLETED, 3)


def convert_and_keep(window: Window, desk: Desk, scan: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert window.internship is not None
    move(desk, D(2026, 12, 16))
    filled(monkeypatch, ConversionDialog, lambda one: one.file.line.setText(scan))

    def keep(dialog: Any) -> None:
        assert Retention(dialog.answer.currentData()) is Retention.KEPT
        dialog.source.setCurrentText(SOURCES[0])
        dialog.file.line.setText(scan)

    filled(monkeypatch, RetentionDialog, keep)
    tab = window.tab("outcome")
    tab.table.view.selectRow(0)
    tab.record_button.click()
    found = records.read(desk, window.internship)
    assert found.row.conversion is not None
    assert found.row.conversion.converted
    move(desk, D(2027, 6, 20))
    tab = window.tab("outcome")
    tab.table.choose(lambda line: line.months == 6)
    tab.record_button.click()
    six, twelve = records.read(desk, window.internship).checks
    assert (six.months, six.state, twelve.months) == (6, CheckState.DONE, 12)
    assert twelve.state is not CheckState.DONE
