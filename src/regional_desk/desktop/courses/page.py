"""교육과정: the courses, the days of each, and who belongs to it from when to when."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.courses.acts import CourseActs, place_words
from regional_desk.desktop.courses.calendar import LEGEND, CourseCalendar, shown_days
from regional_desk.desktop.courses.course_dialog import CourseDialog
from regional_desk.desktop.courses.members import MembersPanel
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.text import korean_span
from regional_desk.services import policies
from regional_desk.services.holidays import holidays_between
from regional_desk.services.training import courses
from regional_desk.services.training.courses import CourseDetail
from regional_desk.store.courses import CourseRow

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
        self.trainees = MembersPanel(context, self.notice)
        self.course_acts = CourseActs(context, self.notice)
        self._acts = [
            parts.link("출석 →", lambda: self._open("attendance")),
            parts.link("훈련수당 →", lambda: self._open("allowance")),
        ]
        layout = parts.page_layout(
            self,
            [
                parts.title("교육과정"),
                None,
                parts.button("교육 달력", lambda: context.open_page("calendar")),
                parts.button("강사", lambda: context.open_page("instructors")),
                parts.button("상담 예정", lambda: context.open_page("counselling")),
                parts.button("새 과정…", self.add, primary=True),
            ],
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
        return bool(subjects & {"courses", "people", "applicants", "policies", "attendance"})

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

    def _detail_card(self) -> QWidget:
        inside = QVBoxLayout()
        inside.addLayout(parts.row(self.heading, None, self.course_acts, *self._acts))
        for widget in (self.about, self.calendar, parts.muted(LEGEND)):
            inside.addWidget(widget)
        inside.addWidget(self.trainees, 1)
        return parts.card(inside)

    def _show(self, row: CourseRow | None) -> None:
        self.detail = None if row is None else courses.course(self._context.reading, row.id)
        for button in self._acts:
            button.setEnabled(row is not None)
        self.trainees.show_course(self.detail)
        self.course_acts.show_course(self.detail)
        if self.detail is None:
            self.heading.setText("과정을 고르면 여기에 보입니다.")
            self.about.setText("")
            self.calendar.set_days({})
            return
        course, units = self.detail.course, self.detail.units
        scheme = policies.shipped_scheme(course.scheme)
        self.heading.setText(course.name)
        counted = ", ".join(f"{unit.no}번째 {len(self.detail.days_of(unit))}일" for unit in units)
        self.about.setText(
            f"{korean_span(course.start, course.end)} · {course.track} · 소정훈련일 {len(self.detail.days)}일 · 단위기간 {len(units)}개({counted}) · "
            f"교육생 {len(self.detail.members)}명 · {scheme.name} · {place_words(course)}"
        )
        self.calendar.set_days(shown_days(self.detail, holidays_between(course.start, course.end)))

    def _open(self, key: str) -> None:
        if self.detail is not None:
            self._context.open_page(key, course=self.detail.course.id)


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
