from __future__ import annotations

import datetime as dt
from pathlib import Path
from uuid import UUID

import openpyxl
import pypdfium2
import pytest

from regional_desk.domain.attendance import Status
from regional_desk.domain.timetable import Entry
from regional_desk.errors import Refusal, UsageError
from regional_desk.services.attendance import attendance
from regional_desk.services.desk import Desk
from regional_desk.services.papers import papers
from regional_desk.services.papers.making import Wanted
from regional_desk.services.training import course_days, courses, instructors, timetable
from regional_desk.services.training.course_days import Change
from regional_desk.services.training.instructors import InstructorValues
from regional_desk.services.training.timetable import LessonChange

MONDAY = dt.date(2026, 8, 3)


@pytest.fixture
def course(desk: Desk) -> UUID:
    instructors.add(desk, InstructorValues("김가상", organisation="한빛기술", hourly_rate=50_000))
    found = courses.list_courses(desk)[0].id
    wanted = [LessonChange(MONDAY, period, Entry("PLC 기초", "김가상", "실습실 1")) for period in range(1, 9)]
    timetable.set_lessons(desk, found, wanted, title="시험")
    return found


def pages(desk: Desk, wanted: Wanted) -> list[str]:
    with pypdfium2.PdfDocument(papers.preview_pdf(desk, wanted)) as pdf:
        return [pdf[at].get_textpage().get_text_bounded() for at in range(len(pdf))]


def test_the_journal_has_a_page_a_day_and_counts_what_the_grid_counts(desk: Desk, course: UUID) -> None:
    found = pages(desk, Wanted("training-journal", course=course))
    assert len(found) == 19
    grid = attendance.grid(desk, course)
    at = [one.day for one in grid.days].index(MONDAY)
    absent = [row.name for row in grid.rows if (cell := row.cells[at]) and cell.status is Status.ABSENT]
    first = found[0]
    assert "2026. 8. 3. (월)" in first
    assert f"결석 {len(absent)}명: {', '.join(absent)}" in first
    assert first.count("PLC 기초") == 8
    assert first.count("김가상") == 8
    assert "PLC 기초" not in found[1]


def test_the_journal_changes_with_timetable_days_and_note(desk: Desk, course: UUID) -> None:
    timetable.set_lessons(desk, course, [LessonChange(MONDAY, 1, Entry("입과식"))], title="시험")
    timetable.set_note(desk, course, MONDAY, "장비 인도 확인")
    course_days.commit(desk, course, Change(last_periods={MONDAY: 4}), "오전만")
    (page,) = pages(desk, Wanted("training-journal", course=course, day=MONDAY))
    assert page.count("PLC 기초") == 3
    assert "입과식" in page
    assert "장비 인도 확인" in page
    course_days.commit(desk, course, Change(remove=(MONDAY,)), "휴강")
    with pytest.raises(Refusal, match="훈련일이 아니어서"):
        papers.preview_pdf(desk, Wanted("training-journal", course=course, day=MONDAY))


def test_the_timetable_has_a_page_a_week_with_days_off_marked(desk: Desk, course: UUID) -> None:
    found = pages(desk, Wanted("timetable", course=course))
    assert len(found) == 4
    assert "1주차" in found[0]
    assert found[0].count("PLC 기초") == 8
    assert found[2].count("–") == 8  # 17 August is a substitute holiday


def test_the_statement_shows_hours_and_won_of_each_instructor(
    desk: Desk, course: UUID, tmp_path: Path
) -> None:
    found = pages(desk, Wanted("instructor-statement", month="2026-08"))
    assert "금400,000원(금사십만원)" in found[0]
    assert "8시간 × 50,000원" in found[1]
    assert "1~8교시" in found[1]
    out = tmp_path / "출강.xlsx"
    papers.print_paper(desk, Wanted("instructor-statement", month="2026-08"), "xlsx", out, "강사료 지급")
    cells = [cell.value for row in openpyxl.load_workbook(out).active.iter_rows() for cell in row]
    assert 400_000 in cells
    with pytest.raises(Refusal, match="출강한 강사가 없어"):
        papers.preview_pdf(desk, Wanted("instructor-statement", month="2026-07"))
    with pytest.raises(UsageError, match="달을 정해야"):
        papers.preview_pdf(desk, Wanted("instructor-statement"))


def test_papers_that_guests_see_are_masked(desk: Desk, course: UUID) -> None:
    guests = desk.for_guests()
    assert "김*상" in pages(guests, Wanted("training-journal", course=course))[0]
    assert "김가상" not in "".join(pages(guests, Wanted("instructor-statement", month="2026-08")))
