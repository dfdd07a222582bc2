"""성과: whether the company kept the intern on, the checks of 고용유지 with their days, and the evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from regional_desk.desktop import parts
from regional_desk.desktop.internships.record_tabs import InternshipTab
from regional_desk.desktop.internships.rooms import give_way
from regional_desk.desktop.outcomes.conversion_dialog import ConversionDialog
from regional_desk.desktop.outcomes.due_pane import SIGNS
from regional_desk.desktop.outcomes.retention_dialog import RetentionDialog
from regional_desk.desktop.reason_dialog import ReasonDialog
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.internships import EndKind
from regional_desk.domain.outcomes import CheckSpan, CheckState
from regional_desk.domain.rights import Right
from regional_desk.domain.text import korean_date, won
from regional_desk.services.internships.reading import InternshipRow
from regional_desk.services.outcomes import conversions, records, retention_checks
from regional_desk.services.outcomes.records import Check, InternOutcome
from regional_desk.store.outcome_records import ConversionRow

_BEFORE = "시작한 인턴십에 적습니다. 협약을 취소했거나 아직 시작하지 않은 인턴십에는 적을 것이 없습니다."
_WORDS = "줄을 고르고 Enter로 적거나 고칩니다. 고용유지는 전환을 적으면 6개월, 12개월 줄이 생깁니다."


@dataclass(frozen=True, slots=True)
class _Line:
    """전환 (`check` None) or one check of 고용유지."""

    title: str
    span: CheckSpan | None
    state: CheckState
    words: str
    told: str
    file: str
    check: Check | None = None

    @property
    def months(self) -> int | None:
        return None if self.check is None else self.check.months


class OutcomeTab(InternshipTab):
    """A line for the conversion and one a check."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.found: InternOutcome | None = None
        self.told = parts.muted(_WORDS)
        self.table: Table[_Line] = Table(
            _columns(),
            context.colour,
            empty="아직 적을 것이 없습니다.",
            name="전환과 고용유지",
            scale=context.theme.size,
            filtered=False,
        )
        self.record_button = parts.button("적기…", self.record, tip="Enter")
        self.open_button = parts.button("증빙 열기", self.open_evidence)
        self.remove_button = parts.button("지우기…", self.remove, tip="잘못 적은 것을 사유와 함께 지움")
        self.lines.addWidget(self.told)
        self.lines.addWidget(self.table, 1)
        give_way(self.table, context.theme.size)
        buttons = (self.record_button, self.open_button, self.remove_button)
        self.lines.addLayout(parts.row(*buttons, None, spacing=6))
        self.table.chosen.connect(lambda _line: self._enable())
        self.table.opened.connect(lambda _line: self.record())
        self.setFocusProxy(self.table.view)

    def read(self, internship: InternshipRow) -> None:
        """The conversion and the checks, as they stand today."""
        begun = internship.started_on is not None and internship.end_kind is not EndKind.WITHDRAWN
        self.found = records.read(self.context.reading, internship.id) if begun else None
        self.told.setText(_WORDS if begun else _BEFORE)
        self.table.set_rows(tuple(_lines(self.found)) if self.found else ())
        if self.table.current() is None:
            self.table.view.selectRow(0)
        self._enable()

    def record(self) -> None:
        """Write down the conversion or the check under the cursor."""
        line, found = self.table.current(), self.found
        if line is None or found is None or not self.record_button.isEnabled():
            return
        if line.check is None:
            ConversionDialog.ask(self, self.context, found)
        else:
            RetentionDialog.ask(self, self.context, found, line.check)

    def open_evidence(self) -> None:
        """The evidence, in the program that shows such files."""
        line, found = self.table.current(), self.found
        if line is not None and found is not None and self.open_button.isEnabled():
            self.act(
                lambda: QDesktopServices.openUrl(
                    QUrl.fromLocalFile(str(records.open_evidence(self.desk, found.row.id, line.months)))
                )
            )

    def remove(self) -> None:
        """Take away what was written down by mistake."""
        line, found = self.table.current(), self.found
        if line is None or found is None or not self.remove_button.isEnabled():
            return
        answer = ReasonDialog.ask(
            self,
            f"{line.title} 지우기",
            "잘못 적은 기록과 붙인 증빙을 지웁니다. 지웠다는 기록은 남습니다.",
            label="지우는 까닭",
            act="지우기",
        )
        if answer is None:
            return
        kept, check = found.row.conversion, line.check
        if check is not None and check.row is not None:
            version = check.row.version
            self.act(
                partial(
                    retention_checks.remove, self.desk, found.row.id, check.months, version, answer.reason
                )
            )
        elif kept is not None:
            self.act(partial(conversions.remove, self.desk, found.row.id, kept.version, answer.reason))

    def _enable(self) -> None:
        line = self.table.current()
        written = line is not None and bool(line.told)
        self.record_button.setEnabled(self.may_write and line is not None)
        self.record_button.setText("고치기…" if written else "적기…")
        self.remove_button.setEnabled(self.may_write and written)
        self.open_button.setEnabled(line is not None and bool(line.file) and self.desk.may(Right.UNMASK))


def _lines(found: InternOutcome) -> Iterator[_Line]:
    kept = found.row.conversion
    file = (kept.file_name or "") if kept else ""
    told = _decision(kept) if kept else ""
    told = f"! {found.clash} {told}" if found.clash else told
    yield _Line("정규직 전환", found.asked, found.state, found.words, told, file)
    for check in found.checks:
        row = check.row
        answered = f"{korean_date(row.checked_on)} {row.source}" if row else ""
        if row is not None and row.left_on is not None:
            answered += f" · 마지막 근무 {korean_date(row.left_on)}"
        if row is not None and row.memo:
            answered += f" · {row.memo}"
        file = (row.file_name or "") if row else ""
        title = f"고용유지 {check.months}개월"
        yield _Line(title, check.span, check.state, check.words, answered, file, check)


def _decision(kept: ConversionRow) -> str:
    words = [f"{korean_date(kept.decided_on)} 정함"]
    if kept.employed_from is not None:
        words.append(f"{korean_date(kept.employed_from)}부터 {kept.employment}")
    if kept.wage is not None:
        words.append(f"월 {won(kept.wage)}")
    if kept.reason:
        words.append(kept.reason)
    return " · ".join(words)


def _columns() -> tuple[Column[_Line], ...]:
    return (
        Column("구분", lambda line: line.title, width=120),
        Column(
            "상태",
            lambda line: f"{SIGNS[line.state][0]} {line.words}",
            width=95,
            tone=lambda line: SIGNS[line.state][1],
        ),
        Column("언제부터", lambda line: korean_date(line.span.on) if line.span else "", width=95),
        Column("기한", lambda line: korean_date(line.span.until) if line.span else "", width=95),
        Column("내용", lambda line: line.told, width=260, tip=lambda line: line.told),
        Column("증빙", lambda line: line.file, width=110, tip=lambda line: line.file),
    )
