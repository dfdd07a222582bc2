from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest

from regional_desk.documents import (
    allowance_statement,
    attendance_register,
    monthly_report,
    recovery_sheet,
    registry,
    submission_cover,
)
from regional_desk.documents.paper import PageBreak, Paper, Stamp, Table
from regional_desk.documents.pdf import pdf_bytes
from regional_desk.documents.report_companies import CompanyLine, PlacementLine
from regional_desk.domain.masking import Masking

from .conftest import APPROVAL, MakeRegister, MakeStatement, ReadPdf, statement_row


def tables_of(paper: Paper) -> list[Table]:
    return [block for block in paper.blocks if isinstance(block, Table)]


def flat(text: str) -> str:
    return " ".join(text.split())


def test_the_statement_says_the_sum_in_words_the_policy_and_who_is_left_out(
    make_statement: MakeStatement, stamp: Stamp, read_pdf: ReadPdf
) -> None:
    rows = (statement_row(1, 234_580), statement_row(2, 0))
    paper = allowance_statement.to_paper(make_statement(rows=rows, held=3), stamp)
    text = flat(read_pdf(pdf_bytes(paper)[0])[0])
    for words in (
        "금234,580원(금이십삼만사천오백팔십원)",
        "대상 2명 · 지급 1명 · 보류 3명(이 조서에서 제외)",
        "2026 스마트제조 훈련수당 (지역기업정책과-1234)",
        "근거: 국민내일배움카드 운영규정 준용",
        "1 (2026. 8. 3. ~ 2026. 8. 28.)",
        "위와 같이 훈련수당을 지급하고자 합니다.",
        "****3444",
    ):
        assert words in text
    assert paper.approval == APPROVAL


def test_nobody_held_is_not_mentioned(make_statement: MakeStatement, stamp: Stamp, read_pdf: ReadPdf) -> None:
    paper = allowance_statement.to_paper(make_statement(held=0, office=""), stamp)
    text = read_pdf(pdf_bytes(paper)[0])[0]
    assert "보류" not in text
    assert "지급하고자" not in text


def test_the_register_counts_each_day(make_register: MakeRegister, stamp: Stamp) -> None:
    base = make_register(4, 3)
    signs = (("○", "×", ""), ("△▽", "×", "○"), ("◎", "·", "·"), ("×", "○", "◇"))
    rows = tuple(replace(row, signs=own) for row, own in zip(base.rows, signs, strict=True))
    (table,) = tables_of(attendance_register.to_paper(replace(base, rows=rows), stamp))
    attended, absent = table.foot
    assert attended.cells[:3] == (3, 1, 2)
    assert absent.cells[:3] == (1, 2, 0)


def test_the_register_shows_conversion_and_what_is_left(make_register: MakeRegister, stamp: Stamp) -> None:
    base = make_register(2, 5)
    rows = (replace(base.rows[0], absences_left=-1), replace(base.rows[1], converted=0))
    (table,) = tables_of(attendance_register.to_paper(replace(base, rows=rows), stamp))
    assert table.rows[0][8:12] == (17, "2(1)", Decimal("89.5"), "불가")
    assert table.rows[1][8:12] == (17, 2, Decimal("89.5"), 1)


@pytest.mark.parametrize("days", [0, 1, 5, 19, 23, 31])
@pytest.mark.parametrize("blank", [False, True])
def test_a_register_of_any_length_fills_the_width(
    days: int, blank: bool, make_register: MakeRegister, stamp: Stamp
) -> None:
    paper = attendance_register.to_paper(make_register(2, days, blank=blank), stamp)
    for table in tables_of(paper):
        assert sum(column.weight for column in table.columns) <= 262.01
        assert all(len(row) == len(table.columns) for row in table.rows)
        assert all(len(foot.cells) == len(table.columns) - 3 for foot in table.foot)
    assert pdf_bytes(paper)[1] >= 1


def test_a_register_to_sign_has_room_for_every_signature(make_register: MakeRegister, stamp: Stamp) -> None:
    paper = attendance_register.to_paper(make_register(2, 31, blank=True), stamp)
    tables = tables_of(paper)
    assert len(tables) == 2
    assert sum(isinstance(block, PageBreak) for block in paper.blocks) == 1
    days = [column for table in tables for column in table.columns if column.group]
    assert [column.heading.split()[0] for column in days] == [
        str(day.day) for day in make_register(2, 31).days
    ]
    assert min(column.weight for column in days) >= 9
    assert not any(value for table in tables for row in table.rows for value in row[3:])


def test_days_stand_under_their_month(make_register: MakeRegister, stamp: Stamp) -> None:
    (table,) = tables_of(attendance_register.to_paper(make_register(1, 31), stamp))
    groups = [column.group for column in table.columns if column.group]
    assert groups == ["7월"] * 17 + ["8월"] * 14
    changes = [pair for pair in pairwise(groups) if pair[0] != pair[1]]
    assert changes == [("7월", "8월")]


def test_the_report_sets_results_against_goals(
    report: monthly_report.MonthlyReport, stamp: Stamp, read_pdf: ReadPdf
) -> None:
    paper = monthly_report.to_paper(report, stamp)
    text = flat("".join(read_pdf(pdf_bytes(paper)[0])))
    for words in (
        "2026년 8월 운영실적보고",
        "모집 Track1 57 12 58 101.8",
        "상담 14 88",
        "합 계 78 64 23,020,000",
        "58 (101.8%)",
        "끝.",
    ):
        assert words in text


def test_companies_and_placements_stand_in_the_report_with_their_totals(
    report: monthly_report.MonthlyReport, stamp: Stamp, read_pdf: ReadPdf
) -> None:
    values = replace(
        report,
        goals=(*report.goals, monthly_report.GoalRow("참여기업 선정 제조", 20, 2, 10, "곳")),
        companies=(
            CompanyLine("제조", 20, (2, 15), (2, 10), 3, 9),
            CompanyLine("공급", None, (0, 1), (0, 0), 0, 1),
        ),
        placements=(
            PlacementLine("Track1", 10, 12, 24, 30, (5, 21), 1),
            PlacementLine("Track2", 0, 0, 0, 0, (0, 0), 0),
        ),
    )
    text = flat("".join(read_pdf(pdf_bytes(monthly_report.to_paper(values, stamp))[0])))
    for words in (
        "참여기업 선정 제조 (곳) 20 2 10 50.0",
        "(단위: 명·곳)",
        "제조 20 2 15 2 10 50.0 3 9",
        "합 계 20 2 16 2 10 50.0 3 10",
        "Track1 10 12 24 30 5 21 1 70.0",
        "합 계 10 12 24 30 5 21 1 70.0",
    ):
        assert words in text


def test_a_report_of_an_empty_month_stands(stamp: Stamp, read_pdf: ReadPdf) -> None:
    empty = monthly_report.MonthlyReport("사업단", "경상남도", "2026-01", (), (), (), APPROVAL)
    text = read_pdf(pdf_bytes(monthly_report.to_paper(empty, stamp))[0])[0]
    assert text.count("이하 빈칸") == 3


def test_the_recovery_sheet_shows_every_group_of_the_key(stamp: Stamp, read_pdf: ReadPdf) -> None:
    key = "ASEV-47MT-VXMY-YYCJ-HD82-C0G9-VNSW-2PA9"
    paper = recovery_sheet.to_paper(recovery_sheet.RecoverySheet("사업단", "01992f3a", key), stamp)
    text = flat(read_pdf(pdf_bytes(paper)[0])[0])
    assert "ASEV 47MT VXMY YYCJ HD82 C0G9 VNSW 2PA9" in text
    assert "01992f3a" in text


@pytest.mark.parametrize("replaces", [None, "9f86d081884c7d65"])
def test_the_cover_names_what_it_hands_in(replaces: str | None, stamp: Stamp, read_pdf: ReadPdf) -> None:
    cover = submission_cover.SubmissionCover(
        office="경남권 스마트제조 사업단",
        region="경상남도",
        month="2026-08",
        kind="summary",
        sequence=2,
        status="provisional",
        replaces=replaces,
        tables=(("recruitment", 24), ("unheard_of", 1)),
        totals=(("훈련수당 지급액", "23,020,000원"),),
        approval=APPROVAL,
    )
    text = flat(read_pdf(pdf_bytes(submission_cover.to_paper(cover, stamp))[0])[0])
    for words in (
        "2026년 8월 운영실적 자료 제출",
        "2차",
        "미확정",
        "모집 (recruitment.csv) 24",
        "unheard_of 1",
    ):
        assert words in text
    assert ("정정" in text) == bool(replaces)
    assert "23,020,000원" in text


def test_every_registered_paper_has_its_own_name_and_is_found_by_it() -> None:
    for names in ([kind.key for kind in registry.DOCUMENTS], [kind.title for kind in registry.DOCUMENTS]):
        assert len(names) == len(set(names))
    for kind in registry.DOCUMENTS:
        assert registry.find_document(kind.key) is kind
        assert registry.find_document(f" {kind.title} ") is kind
    assert registry.find_document("없는 문서") is None


def test_names_are_full_only_where_people_sign_or_are_paid() -> None:
    shown = {kind.key: (kind.names, kind.accounts) for kind in registry.DOCUMENTS}
    assert shown["attendance-register"][0] is Masking.FULL
    assert shown["allowance-statement"] == (Masking.FULL, Masking.MASKED)
    assert shown["monthly-report"][0] is Masking.MASKED
    for posted in ("trainee-list", "completion-list", "placement-notice", "placement-list"):
        assert shown[posted][0] is Masking.MASKED
    for received in (
        "completion-certificate",
        "dismissal-notice",
        "counselling-log",
        "placement-letter",
        "placement-company-letter",
    ):
        assert shown[received][0] is Masking.FULL
