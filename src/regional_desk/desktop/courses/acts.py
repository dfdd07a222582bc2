"""What can be done with the chosen course beside its members: timetable, papers, days, copy, 폐강."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.shell import Context
from regional_desk.domain.text import korean_date
from regional_desk.errors import UserError
from regional_desk.services import codes
from regional_desk.services.training.courses import CourseDetail
from regional_desk.store.courses import CourseRow


class CourseActs(QWidget):
    """A way to the timetable and a menu; refusals are shown on the page."""

    def __init__(self, context: Context, notice: parts.Notice) -> None:
        super().__init__()
        self._context, self._notice = context, notice
        self._detail: CourseDetail | None = None
        self.menu = QMenu(self)
        for text, act in (
            ("고치기…(이름·장소·강의실·수당 기준)", self.edit),
            ("복사해서 새 과정…", self.copy),
            ("훈련일 바꾸기…", self.change_days),
            ("폐강…", self.close_course),
            ("출석 파일 가져오기…", self.bring_attendance),
            ("훈련일지 출력", lambda: self._print("training-journal")),
            ("시간표 출력", lambda: self._print("timetable")),
        ):
            self.menu.addAction(text, act)
        self._button = parts.button("과정 관리 ▾", lambda: None, tip="고치기, 복사, 훈련일, 폐강, 훈련일지")
        self._button.setMenu(self.menu)
        self._timetable = parts.link("시간표 →", self.open_timetable)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._button)
        layout.addWidget(self._timetable)
        self.show_course(None)

    def show_course(self, detail: CourseDetail | None) -> None:
        """The course that is meant from now on."""
        self._detail = detail
        for button in (self._button, self._timetable):
            button.setEnabled(detail is not None)

    def open_timetable(self) -> None:
        """시간표."""
        if self._detail is not None:
            self._context.open_page("timetable", course=self._detail.course.id)

    def edit(self) -> None:
        """고치기."""
        from regional_desk.desktop.courses.course_edit_dialog import CourseEditDialog

        self._ask(lambda detail: CourseEditDialog.ask(self, self._context.desk, detail.course))

    def copy(self) -> None:
        """복사."""
        from regional_desk.desktop.courses.course_edit_dialog import CourseCopyDialog

        def ask(detail: CourseDetail) -> None:
            made = CourseCopyDialog.ask(self, self._context.desk, detail)
            if made is not None:
                self._context.open_page("courses", course=made.course.id)

        self._ask(ask)

    def change_days(self) -> None:
        """훈련일 바꾸기."""
        from regional_desk.desktop.courses.days import DaysDialog

        self._ask(lambda detail: DaysDialog.ask(self, self._context, detail))

    def close_course(self) -> None:
        """폐강."""
        from regional_desk.desktop.courses.closing_dialog import ClosingDialog

        self._ask(lambda detail: ClosingDialog.ask(self, self._context, detail))

    def bring_attendance(self) -> None:
        """출석 파일 가져오기."""
        if self._detail is not None:
            self._context.open_page("import", kind="attendance", course=self._detail.course.id)

    def _ask(self, dialog: Callable[[CourseDetail], None]) -> None:
        if self._detail is None:
            return
        self._notice.hide()
        try:
            dialog(self._detail)
        except UserError as error:
            self._notice.show_error(error)

    def _print(self, document: str) -> None:
        from regional_desk.desktop.printing.preview import PreviewDialog
        from regional_desk.services.papers.making import Wanted

        if self._detail is None:
            return
        today = self._context.desk.clock.today()
        units = self._detail.units
        unit = next((one for one in reversed(units) if one.start <= today), units[0])
        PreviewDialog.ask(self._context, Wanted(document, course=self._detail.course.id, unit_no=unit.no))


def place_words(course: CourseRow) -> str:
    """`경상남도 밀양시(인구감소지역) · 본관 301호`, and that a course was closed."""
    place = codes.place_names().get(course.region, course.region)
    words = [f"{place}({codes.region_of(course.region).value})"]
    if course.room:
        words.append(course.room)
    if course.closed_on is not None:
        words.append(f"■ 폐강({korean_date(course.closed_on)}까지)")
    return " · ".join(words)
