"""협약서, 변경협약서 and 인턴 현황 as papers: long texts stay inside, blanks are told, lists go on over pages."""

from __future__ import annotations

import datetime as dt

import pytest

from regional_desk.documents import internship_agreement, internship_amendment, internship_list
from regional_desk.documents.paper import Stamp, Table
from regional_desk.documents.pdf import pdf_bytes
from regional_desk.domain.masking import Masking

from .conftest import APPROVAL, ReadPdf

FIRST, LAST = dt.date(2026, 9, 14), dt.date(2026, 12, 13)


def parties() -> internship_agreement.Parties:
    return internship_agreement.Parties(
        *("경남권 사업단", "2026-1", "대성기공", "111-22-33333", "박대표", "경상남도 창원시 성산구 공단로 1"),
        *("홍길동", "1999. 3. 5.", "010-1234-5678", "경상남도 김해시", "Track1"),
    )


def contract(text: str, signed_on: dt.date | None) -> internship_agreement.InternshipAgreement:
    points = (
        internship_agreement.Stated("휴일", text, "제17조①3호"),
        internship_agreement.Stated("기숙사 규칙", "", ""),
    )
    return internship_agreement.InternshipAgreement(
        *(parties(), FIRST, LAST, "창원시 성산구", "공정 데이터 분석", "김멘토"),
        *(2_400_000, "주 40시간", 209, points, signed_on),
    )


def flat(pages: list[str]) -> str:
    return "".join("".join(pages).split())


def test_a_contract_tells_what_does_not_apply_and_leaves_the_day_open(
    stamp: Stamp, read_pdf: ReadPdf
) -> None:
    paper = internship_agreement.to_paper(contract("매주 일요일", None), stamp)
    text = flat(read_pdf(pdf_bytes(paper)[0]))
    for words in ("해당없음", "매주일요일", "년월일", "홍길동", "대표자박대표", "경남권사업단장"):
        assert words in text
    signed = internship_agreement.to_paper(contract("매주 일요일", dt.date(2026, 9, 1)), stamp)
    assert "2026.9.1." in flat(read_pdf(pdf_bytes(signed)[0]))


def test_a_long_point_is_told_to_its_end(stamp: Stamp, read_pdf: ReadPdf) -> None:
    words = " ".join(f"{at}번째로 쉬는 날을 적은 문장입니다" for at in range(1, 61))
    changes = (("휴일", "일요일", words), ("휴게", "가" * 400, ""))
    amended = internship_amendment.InternshipAmendment(parties(), 1, "협약서", FIRST, "변경", changes, None)
    for paper in (
        internship_agreement.to_paper(contract(words, None), stamp),
        internship_amendment.to_paper(amended, stamp),
    ):
        text = flat(read_pdf(pdf_bytes(paper)[0]))
        assert text.count("문장입니다") == 60
        assert "…" not in text
    cells = [row[2] for block in paper.blocks if isinstance(block, Table) for row in block.rows]
    assert "".join(str(cell) for cell in cells).count("가") == 400


def test_an_amendment_without_an_old_or_new_text_says_none(stamp: Stamp) -> None:
    changes = (("기숙사 규칙", "", "기숙사 규칙에 따름"), ("그 밖의 사항", "있음", ""))
    values = internship_amendment.InternshipAmendment(
        parties(), 2, "제1차 변경협약서", FIRST, "기숙사 이용", changes, None
    )
    paper = internship_amendment.to_paper(values, stamp)
    table = next(block for block in paper.blocks if isinstance(block, Table))
    assert table.rows == (
        (1, "기숙사 규칙", "없음", "기숙사 규칙에 따름"),
        (2, "그 밖의 사항", "있음", "없음"),
    )
    assert paper.title == "인턴십 제2차 변경협약서"


@pytest.mark.parametrize("people", [0, 1, 60])
def test_the_list_adds_up_whatever_its_length(stamp: Stamp, read_pdf: ReadPdf, people: int) -> None:
    line = internship_list.InternLine(
        *("2026-1", "Track1", "홍*동", "1999. *. *.", "대성기공", "공정 데이터 분석", "창원시 성산구"),
        *(FIRST, LAST, "2차", "인턴 중", "교체로 들어옴, 중단·결근 2회"),
    )
    counts = (("Track1", (0, 0, people, 0, 0, 0, 0, 0)),) if people else ()
    values = internship_list.InternshipList(
        "경남권 사업단", 2026, dt.date(2026, 10, 31), counts, (line,) * people, APPROVAL
    )
    paper = internship_list.to_paper(values, stamp)
    assert internship_list.KIND.names is Masking.MASKED
    assert paper.landscape
    pages = read_pdf(pdf_bytes(paper)[0])
    assert "".join(pages).count("홍*동") == people
    sums = next(block for block in paper.blocks if isinstance(block, Table))
    assert [row.cells[-1] for row in sums.foot] == ([people] if people else [])
