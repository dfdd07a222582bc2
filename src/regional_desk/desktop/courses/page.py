"""교육과정: the courses, the days of each, and who belongs to it from when to when."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.courses.calendar import LEGEND, CourseCalendar, shown_days
from regional_desk.desktop.courses.course_dialog import CourseDialog
from regional_desk.desktop.courses.enrol_dialog import EnrolDialog
from regional_desk.desktop.reason_dialog import DayWanted, ReasonDialog
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.text import korean_date, korean_span
from regional_desk.errors import Refusal, UserError
from regional_desk.services import courses, policies
from regional_desk.services.courses import CourseDetail
from regional_desk.services.holidays import holidays_between
from regional_desk.store.courses import CourseRow, MemberRow

_LIST_WIDTHS = (160, 300)


class CoursesPage(QWidget):
    """Courses at the left, the chosen one at the right."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._desk = context, context.desk
        self.detail: CourseDetail | None = None
        self.notice = parts.Notice()
        self.table: Table[CourseRow] = Table(
            _course_columns(),
            context.colour,
            empty="아직 교육과정이 없습니다. [새 과정]으로 만드십시오.",
            name="교육과정",
            scale=context.theme.size,
            filtered=False,
        )
        self.table.setMinimumWidth(context.theme.size(_LIST_WIDTHS[0]))
        self.table.setMaximumWidth(context.theme.size(_LIST_WIDTHS[1]))
        self.heading, self.about = parts.heading(""), parts.muted()
        self.calendar = CourseCalendar(context.colour, context.theme.size, self)
        self.members: Table[MemberRow] = Table(
            _member_columns(context),
            context.colour,
            empty="아직 교육생이 없습니다. [교육생 등록]을 누르십시오.",
            name="교육생",
            scale=context.theme.size,
        )
        self._acts = [
            parts.button("교육생 등록…", self.enrol),
            parts.button("늦게 합류…", self.join, tip="고른 교육생이 나중에 들어온 날"),
            parts.button("나감…", self.leave, tip="고른 교육생이 마지막으로 속한 날"),
            parts.link("출석 →", lambda: self._open("attendance")),
            parts.link("훈련수당 →", lambda: self._open("allowance")),
            parts.link("출석 파일 가져오기 →", self._open_import),
        ]
        layout = parts.page_layout(
            self, [parts.title("교육과정"), None, parts.button("새 과정…", self.add, primary=True)]
        )
        layout.addWidget(self.notice)
        body = parts.row(self.table, self._detail_card())
        body.setStretch(0, 1)
        body.setStretch(1, 3)
        layout.addLayout(body, 1)
        self.setFocusProxy(self.table.view)
        self.table.chosen.connect(self._show)

    def refresh(self) -> None:
        """Read the courses again."""
        self.notice.hide()
        chosen = self.table.current()
        rows = courses.list_courses(self._desk)
        self.table.set_rows(rows)
        known = {row.id for row in rows}
        wanted = chosen.id if chosen is not None and chosen.id in known else rows[0].id if rows else None
        if wanted is None:
            self._show(None)
        else:
            self.go_to(wanted)

    def concerned(self, subjects: frozenset[str]) -> bool:
        """Courses and the names of their members."""
        return bool(subjects & {"courses", "people", "applicants", "policies"})

    def go_to(self, course: UUID) -> None:
        """Show a course."""
        self.table.choose(lambda row: row.id == course)
        self._show(self.table.current())

    def add(self) -> None:
        """새 과정."""
        made = CourseDialog.ask(self, self._desk)
        if made is not None:
            self.refresh()
            self.go_to(made.course.id)

    def enrol(self) -> None:
        """교육생 등록."""
        if self.detail is None:
            return
        self.notice.hide()
        try:
            EnrolDialog.ask(self, self._context, self.detail)
        except UserError as error:
            self.notice.show_error(error)

    def join(self) -> None:
        """늦게 합류: the chosen member begins on a later day."""
        self._move("늦게 합류", "들어온 날", courses.join)

    def leave(self) -> None:
        """나감: the chosen member's last day."""
        self._move("나감", "과정에 속한 마지막 날", courses.leave)

    def _move(self, title: str, label: str, act: Callable[..., dict[str, Any]]) -> None:
        member = self.members.current()
        if self.detail is None or member is None:
            self.notice.show_error(Refusal("교육생을 먼저 고르십시오."))
            return
        course = self.detail.course
        today = min(max(self._desk.clock.today(), course.start), course.end)
        answer = ReasonDialog.ask(
            self,
            title,
            f"{self._context.masking.show_name(member.name)} — {course.name} ({korean_span(course.start, course.end)})",
            act=title,
            day=DayWanted(label, course.start, course.end, today),
        )
        if answer is None:
            return
        self.notice.hide()
        try:
            act(self._desk, course.id, member.person, answer.day, answer.reason)
        except UserError as error:
            self.notice.show_error(error)

    def _detail_card(self) -> QWidget:
        inside = QVBoxLayout()
        inside.addLayout(parts.row(self.heading, None, self._acts[-1]))
        for widget in (self.about, self.calendar, parts.muted(LEGEND)):
            inside.addWidget(widget)
        inside.addLayout(parts.row(*self._acts[:3], None, *self._acts[3:-1]))
        inside.addWidget(self.members, 1)
        return parts.card(inside)

    def _show(self, row: CourseRow | None) -> None:
        self.detail = None if row is None else courses.course(self._context.reading, row.id)
        for button in self._acts:
            button.setEnabled(row is not None)
        if self.detail is None:
            self.heading.setText("과정을 고르면 여기에 보입니다.")
            self.about.setText("")
            self.calendar.set_days({})
            self.members.set_rows(())
            return
        course, units = self.detail.course, self.detail.units
        scheme = policies.shipped_scheme(course.scheme)
        self.heading.setText(f"{course.name} · {korean_span(course.start, course.end)}")
        counted = ", ".join(f"{unit.no}번째 {len(self.detail.days_of(unit))}일" for unit in units)
        self.about.setText(
            f"{course.track} · 소정훈련일 {len(self.detail.days)}일 · 단위기간 {len(units)}개({counted}) · "
            f"교육생 {len(self.detail.members)}명 · {scheme.name}"
        )
        self.calendar.set_days(shown_days(self.detail, holidays_between(course.start, course.end)))
        self.members.set_rows(self.detail.members)

    def _open(self, key: str) -> None:
        if self.detail is not None:
            self._context.open_page(key, course=self.detail.course.id)

    def _open_import(self) -> None:
        if self.detail is not None:
            self._context.open_page("import", kind="attendance", course=self.detail.course.id)


def _course_columns() -> tuple[Column[CourseRow], ...]:
    return (
        Column("과정", lambda row: row.name, width=110, tip=lambda row: row.name),
        Column(
            "기간",
            lambda row: korean_span(row.start, row.end),
            lambda row: row.start,
            width=180,
            tip=lambda row: korean_span(row.start, row.end),
        ),
    )


def _member_columns(context: Context) -> tuple[Column[MemberRow], ...]:
    return (
        Column("번호", lambda row: str(row.number), lambda row: row.number, "right", 50),
        Column("성명", lambda row: context.masking.show_name(row.name), lambda row: row.name, width=100),
        Column(
            "생년월일", lambda row: context.masking.show_birth(row.birth), lambda row: row.birth, width=110
        ),
        Column("들어온 날", lambda row: korean_date(row.joined), lambda row: row.joined, width=110),
        Column(
            "나간 날",
            lambda row: korean_date(row.left) if row.left else "",
            lambda row: row.left,
            width=110,
            tone=lambda row: "warn" if row.left else None,
        ),
        Column("사유", lambda row: row.left_reason or "", width=180, tip=lambda row: row.left_reason or ""),
    )
