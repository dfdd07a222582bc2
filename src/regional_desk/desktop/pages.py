"""The pages, those of the navigation in the order of the work. A subject not built yet has no page here."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from regional_desk.desktop.shell import Context, PageSpec


def _attendance(context: Context) -> QWidget:
    from regional_desk.desktop.attendance.page import AttendancePage

    return AttendancePage(context)


def _allowance(context: Context) -> QWidget:
    from regional_desk.desktop.allowance.page import AllowancePage

    return AllowancePage(context)


def _people(context: Context) -> QWidget:
    from regional_desk.desktop.people.page import PeoplePage

    return PeoplePage(context)


def _screening(context: Context) -> QWidget:
    from regional_desk.desktop.screening.page import ScreeningPage

    return ScreeningPage(context)


def _courses(context: Context) -> QWidget:
    from regional_desk.desktop.courses.page import CoursesPage

    return CoursesPage(context)


def _counselling(context: Context) -> QWidget:
    from regional_desk.desktop.courses.follow_ups import FollowUpsPage

    return FollowUpsPage(context)


def _timetable(context: Context) -> QWidget:
    from regional_desk.desktop.courses.timetable_page import TimetablePage

    return TimetablePage(context)


def _instructors(context: Context) -> QWidget:
    from regional_desk.desktop.courses.instructors import InstructorsPage

    return InstructorsPage(context)


def _calendar(context: Context) -> QWidget:
    from regional_desk.desktop.courses.calendar_page import CalendarPage

    return CalendarPage(context)


def _companies(context: Context) -> QWidget:
    from regional_desk.desktop.companies.page import CompaniesPage

    return CompaniesPage(context)


def _imports(context: Context) -> QWidget:
    from regional_desk.desktop.imports.page import ImportPage

    return ImportPage(context)


def _today(context: Context) -> QWidget:
    from regional_desk.desktop.today.page import TodayPage

    return TodayPage(context)


def _reports(context: Context) -> QWidget:
    from regional_desk.desktop.reports.page import ReportsPage

    return ReportsPage(context)


def _admin(context: Context) -> QWidget:
    from regional_desk.desktop.admin.page import AdminPage

    return AdminPage(context)


PAGES: tuple[PageSpec, ...] = (
    PageSpec("today", "오늘", _today),
    PageSpec("people", "모집", _people),
    PageSpec("screening", "심사·선발", _screening, under="people"),
    PageSpec("courses", "교육과정", _courses),
    PageSpec("timetable", "시간표", _timetable, under="courses"),
    PageSpec("instructors", "강사", _instructors, under="courses"),
    PageSpec("calendar", "교육 달력", _calendar, under="courses"),
    PageSpec("counselling", "상담 예정", _counselling, under="courses"),
    PageSpec("attendance", "출석", _attendance),
    PageSpec("allowance", "훈련수당", _allowance),
    PageSpec("companies", "기업", _companies),
    PageSpec("import", "가져오기", _imports),
    PageSpec("reports", "보고·제출", _reports),
    PageSpec("admin", "관리", _admin),
)
