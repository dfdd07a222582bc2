"""강사: the register, and what each taught and is paid in a month."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QLabel, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.courses.instructor_dialog import InstructorDialog
from regional_desk.desktop.courses.stepper import Stepper
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.calendar import monthly_return
from regional_desk.domain.masking import Masking
from regional_desk.domain.text import korean_date, won
from regional_desk.domain.timetable import hours_text
from regional_desk.errors import Refusal
from regional_desk.services.training import instructors
from regional_desk.services.training.instructors import InstructorMonth, PaidLesson
from regional_desk.store.timetable import InstructorRow

_SHARES = (3, 2)


class InstructorsPage(QWidget):
    """The register at the top, the chosen one's lessons of the month below."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._desk = context, context.desk
        self.first = context.desk.clock.today().replace(day=1)
        self._months: dict[object, InstructorMonth] = {}
        self.notice, self.month, self.total = parts.Notice(), Stepper(self, "달", self.turn), QLabel()
        self.table: Table[InstructorRow] = Table(
            self._columns(),
            context.colour,
            empty="아직 강사가 없습니다. [강사 등록]으로 올리십시오.",
            name="강사 명부",
            scale=context.theme.size,
        )
        self.taught = parts.heading("")
        self.lessons: Table[PaidLesson] = Table(
            _lesson_columns(),
            context.colour,
            empty="이달에 맡은 교시가 없습니다.",
            name="출강 내역",
            scale=context.theme.size,
            filtered=False,
        )
        self._edit = parts.button("고치기…", self.edit, tip="Enter")
        header = [
            parts.title("강사"),
            self.month,
            self.total,
            None,
            parts.link("← 교육과정", lambda: context.open_page("courses")),
            parts.button("출강 내역 출력", self.print_month),
            parts.button("강사 등록…", self.add, primary=True),
        ]
        layout = parts.page_layout(self, header)
        layout.addWidget(self.notice)
        layout.addWidget(parts.card(self.table), _SHARES[0])
        layout.addWidget(parts.card(parts.row(self.taught, None, self._edit), self.lessons), _SHARES[1])
        self.setFocusProxy(self.table.view)
        self.table.chosen.connect(lambda _row: self._show_lessons())
        self.table.opened.connect(lambda _row: self.edit())

    def refresh(self) -> None:
        """Read the register and the month again, the choice staying."""
        self.notice.hide()
        chosen = self.table.current()
        desk = self._context.reading
        found = instructors.month(desk, f"{self.first:%Y-%m}")
        self._months = {one.instructor.id: one for one in found}
        self.month.show_text(f"{self.first.year}. {self.first.month}.")
        minutes, fees = sum(one.minutes for one in found), sum(one.fee or 0 for one in found)
        self.total.setText(f"{len(found)}명 · {hours_text(minutes)} · 강사료 {won(fees)}원")
        self.table.set_rows(instructors.list_instructors(desk))
        if chosen is not None:
            self.table.choose(lambda row: row.id == chosen.id)
        self._show_lessons()

    def concerned(self, subjects: frozenset[str]) -> bool:
        """The register, and lessons of any course."""
        return bool(subjects & {instructors.SUBJECT, "timetable", "courses"})

    def turn(self, months: int) -> None:
        """Some months on or back."""
        self.first = monthly_return(self.first, months)
        self.refresh()

    def add(self) -> None:
        """강사 등록."""
        InstructorDialog.ask(self, self._desk, None)

    def edit(self) -> None:
        """고치기: the chosen instructor."""
        row = self.table.current()
        if row is None:
            self.notice.show_error(Refusal("강사를 먼저 고르십시오."))
        elif self._context.masking is not Masking.FULL:
            self.notice.show_error(
                Refusal("이름을 가려서 보는 동안에는 고치지 않습니다. 손님 모드를 끄고 다시 하십시오.")
            )
        else:
            InstructorDialog.ask(self, self._desk, row)

    def print_month(self) -> None:
        """강사 출강 내역 of the month."""
        from regional_desk.desktop.printing.preview import PreviewDialog
        from regional_desk.services.papers.making import Wanted

        PreviewDialog.ask(self._context, Wanted("instructor-statement", month=f"{self.first:%Y-%m}"))

    def _show_lessons(self) -> None:
        row = self.table.current()
        found = self._months.get(row.id) if row else None
        self._edit.setEnabled(row is not None)
        self.lessons.set_rows(found.lessons if found else ())
        if row is None:
            self.taught.setText("강사를 고르면 이달의 출강 내역이 보입니다.")
            return
        paid = f" · {hours_text(found.minutes)}" if found else ""
        if found and found.fee is not None:
            paid += f" × {won(row.hourly_rate or 0)}원 = {won(found.fee)}원"
        self.taught.setText(f"{row.name} {self.first.month}월 출강{paid}")

    def _columns(self) -> tuple[Column[InstructorRow], ...]:
        def minutes(row: InstructorRow) -> int:
            found = self._months.get(row.id)
            return found.minutes if found else 0

        def fee(row: InstructorRow) -> int | None:
            found = self._months.get(row.id)
            return found.fee if found else None

        return (
            Column("성명", lambda row: row.name, width=90),
            Column("구분", lambda row: instructors.KINDS[row.kind], width=60),
            Column("소속", lambda row: row.organisation or "", width=170),
            Column("분야", lambda row: row.field or "", width=130),
            Column("연락처", lambda row: self._context.masking.show_phone(row.phone), width=125),
            Column(
                "시간당(원)",
                lambda row: "없음" if row.hourly_rate is None else won(row.hourly_rate),
                lambda row: row.hourly_rate,
                "right",
                90,
            ),
            Column("이달 시간", lambda row: hours_text(minutes(row)), minutes, "right", 100),
            Column("이달 강사료(원)", lambda row: _won(fee(row)), fee, "right", 120),
            Column("상태", lambda row: "맡음" if row.active else "– 쉼", width=70),
        )


def _won(amount: int | None) -> str:
    return "" if amount is None else won(amount)


def _lesson_columns() -> tuple[Column[PaidLesson], ...]:
    def day(row: PaidLesson) -> dt.date:
        return row.lesson.day

    return (
        Column("날짜", lambda row: korean_date(row.lesson.day), day, width=100),
        Column("교시", lambda row: f"{row.lesson.period}교시", lambda row: row.lesson.period, "right", 60),
        Column("과정", lambda row: row.lesson.course_name, width=190),
        Column("과목", lambda row: row.lesson.subject, width=200),
        Column(
            "시간",
            lambda row: hours_text(row.minutes) if row.minutes else "! 겹침, 시간에서 뺌",
            lambda row: row.minutes,
            "right",
            130,
            tone=lambda row: None if row.minutes else "warn",
        ),
        Column("강의실", lambda row: row.lesson.room or "", width=110),
    )
