from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import openpyxl
import pypdfium2
import pytest

from regional_desk.documents.allowance_statement import AllowanceStatement, StatementRow
from regional_desk.documents.attendance_register import AttendanceRegister, RegisterRow
from regional_desk.documents.monthly_report import (
    CourseLine,
    GoalRow,
    MonthlyReport,
    OutcomeLine,
    RecruitLine,
    RoundLine,
)
from regional_desk.documents.paper import Stamp
from regional_desk.documents.report_internships import ClaimLine, InternshipLine, StepLine, VisitLine
from regional_desk.documents.report_money import PayLine

APPROVAL = ("담당", "팀장", "단장")
PRINTED = dt.datetime(2026, 8, 31, 14, 3, tzinfo=dt.timezone(dt.timedelta(hours=9)))
NAMES = ("홍길동", "김똠쀍", "이서연", "남궁민수", "제갈공명")

MakeStatement = Callable[..., AllowanceStatement]
MakeRegister = Callable[..., AttendanceRegister]
ReadPdf = Callable[[bytes], list[str]]
ReadXlsx = Callable[[bytes], Any]


@pytest.fixture
def stamp() -> Stamp:
    return Stamp("월 정산", "이담당", PRINTED, "GN-2608-K3F9Q")


@pytest.fixture
def marked_stamp() -> Stamp:
    return Stamp("월 정산", "이담당", PRINTED, "GN-2608-K3F9Q", practice=True, provisional=True, solo=True)


def statement_row(number: int, amount: int = 340_000) -> StatementRow:
    return StatementRow(
        number=number,
        name=NAMES[number % len(NAMES)],
        birth="1999. 3. 5.",
        training_days=19,
        attended_days=17,
        rate=Decimal("89.5"),
        amount=amount,
        bank="카카오뱅크",
        account="****3444",
        holder=NAMES[number % len(NAMES)],
        remark="",
    )


@pytest.fixture
def make_statement() -> MakeStatement:
    def make(people: int = 3, **changes: Any) -> AllowanceStatement:
        values: dict[str, Any] = {
            "course": "생산기술 기초 3기",
            "track": "Track1",
            "unit_no": 1,
            "start": dt.date(2026, 8, 3),
            "end": dt.date(2026, 8, 28),
            "state": "확정",
            "policy": "2026 스마트제조 훈련수당",
            "source": "국민내일배움카드 운영규정 준용",
            "reference": "지역기업정책과-1234",
            "rows": tuple(statement_row(number) for number in range(1, people + 1)),
            "held": 0,
            "approval": APPROVAL,
            "office": "경남권 스마트제조 사업단",
        }
        return AllowanceStatement(**{**values, **changes})

    return make


@pytest.fixture
def make_register() -> MakeRegister:
    def make(people: int = 3, days: int = 19, **changes: Any) -> AttendanceRegister:
        dates = tuple(dt.date(2026, 7, 15) + dt.timedelta(place) for place in range(days))
        rows = tuple(
            RegisterRow(
                number=number,
                name=NAMES[number % len(NAMES)],
                birth="1999. 3. 5.",
                signs=tuple("○△×◎·"[(number + place) % 5] for place in range(days)),
                attended_days=17,
                absences=2,
                rate=Decimal("89.5"),
                converted=1,
                absences_left=1,
            )
            for number in range(1, people + 1)
        )
        values: dict[str, Any] = {
            "course": "생산기술 기초 3기",
            "track": "Track1",
            "unit_no": 1,
            "start": dt.date(2026, 7, 15),
            "end": dt.date(2026, 8, 14),
            "days": dates,
            "rows": rows,
            "approval": APPROVAL,
        }
        return AttendanceRegister(**{**values, **changes})

    return make


@pytest.fixture
def report() -> MonthlyReport:
    return MonthlyReport(
        office="경남권 스마트제조 사업단",
        region="경상남도",
        month="2026-08",
        goals=(
            GoalRow("모집 Track1", 57, 12, 58),
            GoalRow("모집 Track2", 29, 3, 20),
            GoalRow("상담", None, 14, 88),
        ),
        courses=(
            CourseLine(
                "생산기술 기초 3기",
                "Track1",
                dt.date(2026, 8, 3),
                dt.date(2026, 8, 28),
                40,
                "89.5",
                3,
                "종료",
            ),
        ),
        pay=(
            PayLine("생산기술 기초 3기", 1, 40, 28, 9_720_000, "확정"),
            PayLine("생산기술 기초 2기", 1, 38, 36, 13_300_000, "지급"),
        ),
        approval=APPROVAL,
        recruitment=(RecruitLine("Track1", (12, 80), (10, 60), (9, 58), (7, 30)),),
        rounds=(
            RoundLine(
                "3차 모집",
                dt.date(2026, 7, 1),
                dt.date(2026, 7, 20),
                "Track1",
                40,
                61,
                40,
                6,
                38,
                "결과 발표",
            ),
        ),
        outcomes=(OutcomeLine("생산기술 기초 3기", 39, 33, 1, 2, 2, 1, 1, "84.6"),),
        internships=(
            InternshipLine("Track1", 31, (12, 40), (3, 5), (1, 4), (2, 3)),
            InternshipLine("Track2", 6, (0, 7), (0, 0), (1, 1), (0, 0)),
        ),
        claims=(
            ClaimLine("Track1", 33, 33, 31, 1, 61_733_330, "확정"),
            ClaimLine("Track2", 6, 6, 6, 0, 12_000_000, "확정"),
        ),
        visits=(
            VisitLine("Track1", (35, 80), (33, 77), (1, 2), 1, (4, 9), 3, 1),
            VisitLine("Track2", (6, 12), (6, 12), (0, 0), 0, (1, 1), 0, 0),
        ),
        steps=(
            StepLine("수료", 77, 7, 63, 0, 0),
            StepLine("연계", None, 2, 55, 55, 63),
            StepLine("정규직 전환", 40, 2, 3, 3, 10),
        ),
    )


@pytest.fixture
def read_pdf() -> ReadPdf:
    """The text of each page."""

    def read(data: bytes) -> list[str]:
        document = pypdfium2.PdfDocument(data)
        texts = []
        for index in range(len(document)):
            page = document[index]
            text = page.get_textpage()
            texts.append(text.get_text_range())
            text.close()
            page.close()
        document.close()
        return texts

    return read


@pytest.fixture
def read_xlsx() -> ReadXlsx:
    return lambda data: openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


def values_of(sheet: Any) -> list[Any]:
    return [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]


@pytest.fixture
def cell_values() -> Callable[[Any], list[Any]]:
    return values_of


@pytest.fixture
def zip_times() -> Callable[[bytes], set[tuple[int, ...]]]:
    return lambda data: {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(data)).infolist()}
