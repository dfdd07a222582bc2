"""기업 평가 집계표, 선정 결과 공고 and the letters: what stands on them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from regional_desk.documents import company_selection_letter, company_selection_notice, company_tally
from regional_desk.documents.paper import Stamp
from regional_desk.documents.pdf import pdf_bytes
from regional_desk.documents.xlsx import xlsx_bytes
from regional_desk.domain.company_selection import ParticipationState

from .conftest import APPROVAL, ReadPdf, ReadXlsx

OFFICE = "경남권 사업단"
DAY = dt.date(2026, 3, 6)
NOTE = "동점 2곳, '고용 연계 가능성' 점수 기준으로 앞"
CRITERIA = (("스마트제조 역량", 40), ("취업매력도", 30), ("고용 연계 가능성", 30))


def flat(pages: list[str]) -> str:
    """A paper's words with single spaces, wherever its lines break."""
    return " ".join(" ".join(pages).split())


def packed(text: str) -> str:
    return text.replace(" ", "")


def tally(raters: int, lines: int = 2) -> company_tally.CompanyTally:
    score = Decimal("81.250")
    given = (*(score,) * (raters - 1), None)
    rows = tuple(
        company_tally.CompanyLine(
            at, f"한빛정밀{at}", given, (Decimal("32.500"),) * 3, score, "예비 1번", NOTE if at == 1 else ""
        )
        for at in range(1, lines + 1)
    )
    kind = company_tally.CompanyTallyKind(
        "제조", "60곳 · 선정 0곳", "60점", CRITERIA, rows, ("늦은회사 — 점수 없음",)
    )
    names = tuple(f"평가위원{at}" for at in range(1, raters + 1))
    return company_tally.CompanyTally(2026, "신청일 빠른 순", "공고", names, (kind,), APPROVAL)


def letters(state: ParticipationState, result: str) -> company_selection_letter.CompanyLetters:
    one = company_selection_letter.LetterCompany("한빛정밀", "190-40-74816", "제조", state, result, DAY)
    return company_selection_letter.CompanyLetters(OFFICE, 2026, (one,) * 3)


@pytest.mark.parametrize("raters", [1, 3, 7, 9, 12])
def test_the_tally_shows_every_rater_and_what_decided_a_tie(
    raters: int, stamp: Stamp, read_pdf: ReadPdf
) -> None:
    text = flat(read_pdf(pdf_bytes(company_tally.to_paper(tally(raters), stamp))[0]))
    assert f"평가위원{raters}" in text
    assert packed(NOTE) in packed(text)
    assert "순위 없음: 늦은회사 — 점수 없음" in text
    assert "–" in text  # the rater who gave nothing
    assert "평가위원 확인" in text


def test_a_long_tally_repeats_its_heading(stamp: Stamp, read_pdf: ReadPdf) -> None:
    data, pages = pdf_bytes(company_tally.to_paper(tally(4, lines=60), stamp))
    found = read_pdf(data)
    assert pages == len(found) >= 3
    assert all("항목별 평균" in page for page in found if "한빛정밀" in page)
    assert "한빛정밀60" in flat(found)


def test_the_tally_is_a_workbook_with_numbers(stamp: Stamp, read_xlsx: ReadXlsx) -> None:
    sheet = read_xlsx(xlsx_bytes(company_tally.to_paper(tally(3), stamp)))
    rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    line = next(row for row in rows if "한빛정밀1" in row)
    assert line[2:8] == [81.25, 81.25, "–", 32.5, 32.5, 32.5]


def test_the_notice_names_companies_and_no_person(stamp: Stamp, read_pdf: ReadPdf) -> None:
    lines = (
        company_selection_notice.NoticeCompany("한빛정밀", "경상남도 창원시", "선정"),
        company_selection_notice.NoticeCompany("누리테크", "경상남도 김해시", "예비 1번"),
    )
    kind = company_selection_notice.NoticeKind("제조", 60, 1, 1, lines)
    values = company_selection_notice.CompanySelectionNotice(OFFICE, 2026, DAY, (kind,))
    text = flat(read_pdf(pdf_bytes(company_selection_notice.to_paper(values, stamp))[0]))
    assert "제조기업 — 목표 60곳, 선정 1곳, 예비 1곳" in text
    assert "누리테크 경상남도 김해시 예비 1번" in text
    assert "2026. 3. 6." in text


@pytest.mark.parametrize(
    ("state", "result", "words"),
    [
        (ParticipationState.SELECTED, "선정", "참여기업(제조기업)으로 선정되셨습니다"),
        (ParticipationState.RESERVE, "예비 3번", "제조기업 예비 3번 순번을 받으셨습니다"),
        (ParticipationState.REJECTED, "미선정", "모시지 못하게 되었음을"),
    ],
)
def test_each_company_gets_a_letter_of_its_own(
    state: ParticipationState, result: str, words: str, stamp: Stamp, read_pdf: ReadPdf
) -> None:
    data, pages = pdf_bytes(company_selection_letter.to_paper(letters(state, result), stamp))
    text = flat(read_pdf(data))
    assert pages == 3
    assert packed(words) in packed(text)
    assert text.count("한빛정밀 귀중") == 3
