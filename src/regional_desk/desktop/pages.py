"""The pages, those of the navigation in the order of the work. A subject not built yet has no page here."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from regional_desk.desktop.shell import Context, PageSpec
from regional_desk.services.desk import Desk


def _attendance(context: Context) -> QWidget:
    from regional_desk.desktop.attendance.page import AttendancePage

    return AttendancePage(context)


def _check_in(context: Context) -> QWidget:
    from regional_desk.desktop.attendance.check_in_page import CheckInPage

    return CheckInPage(context)


def _call_list(context: Context) -> QWidget:
    from regional_desk.desktop.attendance.call_list_page import CallListPage

    return CallListPage(context)


def _second_entry(context: Context) -> QWidget:
    from regional_desk.desktop.attendance.second_entry_page import SecondEntryPage

    return SecondEntryPage(context)


def _closing(context: Context) -> QWidget:
    from regional_desk.desktop.attendance.closing_page import ClosingPage

    return ClosingPage(context)


def _lending(context: Context) -> QWidget:
    from regional_desk.desktop.attendance.lending_page import LendingPage

    return LendingPage(context)


def _return(context: Context) -> QWidget:
    from regional_desk.desktop.attendance.return_page import ReturnPage

    return ReturnPage(context)


def _allowance(context: Context) -> QWidget:
    from regional_desk.desktop.allowance.page import AllowancePage

    return AllowancePage(context)


def _pay_files(context: Context) -> QWidget:
    from regional_desk.desktop.allowance.pay_files_page import PayFilesPage

    return PayFilesPage(context)


def _accounts(context: Context) -> QWidget:
    from regional_desk.desktop.allowance.accounts_page import AccountsPage

    return AccountsPage(context)


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


def _benefits(context: Context) -> QWidget:
    from regional_desk.desktop.allowance.benefits_page import BenefitsPage

    return BenefitsPage(context)


def _corrections(context: Context) -> QWidget:
    from regional_desk.desktop.attendance.corrections_page import CorrectionsPage

    return CorrectionsPage(context)


def _recoveries(context: Context) -> QWidget:
    from regional_desk.desktop.allowance.recoveries_page import RecoveriesPage

    return RecoveriesPage(context)


def _budget(context: Context) -> QWidget:
    from regional_desk.desktop.allowance.budget_page import BudgetPage

    return BudgetPage(context)


def _companies(context: Context) -> QWidget:
    from regional_desk.desktop.companies.page import CompaniesPage

    return CompaniesPage(context)


def _survey(context: Context) -> QWidget:
    from regional_desk.desktop.companies.survey_page import SurveyPage

    return SurveyPage(context)


def _matching(context: Context) -> QWidget:
    from regional_desk.desktop.matching.page import MatchingPage

    return MatchingPage(context)


def _internships(context: Context) -> QWidget:
    from regional_desk.desktop.internships.page import InternshipsPage

    return InternshipsPage(context)


def _claims(context: Context) -> QWidget:
    from regional_desk.desktop.claims.page import ClaimsPage

    return ClaimsPage(context)


def _outcomes(context: Context) -> QWidget:
    from regional_desk.desktop.outcomes.page import OutcomesPage

    return OutcomesPage(context)


def _visits(context: Context) -> QWidget:
    from regional_desk.desktop.visits.page import VisitsPage

    return VisitsPage(context)


def _company_selection(context: Context) -> QWidget:
    from regional_desk.desktop.companies.selection_page import CompanySelectionPage

    return CompanySelectionPage(context)


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
    PageSpec("import", "가져오기", _imports, under="people"),
    PageSpec("courses", "교육과정", _courses),
    PageSpec("timetable", "시간표", _timetable, under="courses"),
    PageSpec("instructors", "강사", _instructors, under="courses"),
    PageSpec("calendar", "교육 달력", _calendar, under="courses"),
    PageSpec("counselling", "상담 예정", _counselling, under="courses"),
    PageSpec("attendance", "출석", _attendance),
    PageSpec("check_in", "출석 체크", _check_in, under="attendance"),
    PageSpec("call_list", "미확인 전화표", _call_list, under="attendance"),
    PageSpec("second_entry", "서명부 대조", _second_entry, under="attendance"),
    PageSpec("closing", "출석 마감", _closing, under="attendance"),
    PageSpec("lending", "반 대출·반납", _lending, under="attendance"),
    PageSpec("corrections", "정정", _corrections, under="attendance"),
    PageSpec("allowance", "훈련수당", _allowance),
    PageSpec("pay_files", "이체 파일", _pay_files, under="allowance"),
    PageSpec("accounts", "계좌 확인", _accounts, under="allowance"),
    PageSpec("benefits", "지급 제외 확인", _benefits, under="allowance"),
    PageSpec("recoveries", "환수", _recoveries, under="allowance"),
    PageSpec("budget", "예산·정산", _budget, under="allowance"),
    PageSpec("companies", "기업", _companies),
    PageSpec("company_selection", "참여기업 선정", _company_selection, under="companies"),
    PageSpec("survey", "훈련수요 조사", _survey, under="companies"),
    PageSpec("matching", "연계", _matching),
    PageSpec("internships", "인턴십", _internships),
    PageSpec("claims", "인턴지원금", _claims, under="internships"),
    PageSpec("outcomes", "성과", _outcomes, under="internships"),
    PageSpec("visits", "방문", _visits, under="internships"),
    PageSpec("reports", "보고·제출", _reports),
    PageSpec("admin", "관리", _admin),
)

LENT_PAGES: tuple[PageSpec, ...] = (
    PageSpec("attendance", "출석", _attendance),
    PageSpec("check_in", "출석 체크", _check_in, under="attendance"),
    PageSpec("return", "반납", _return),
)
"""The pages of a class lent to a laptop: only what belongs to its attendance."""


def pages_of(desk: Desk) -> tuple[PageSpec, ...]:
    """The pages of this office."""
    return PAGES if desk.lent is None else LENT_PAGES
