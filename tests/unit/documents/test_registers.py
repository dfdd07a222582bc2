"""파기대장, 직인날인대장 and 분실 신고서: what stands on them, and what never does."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest

from regional_desk.documents import disposal_register, loss_notice, seal_register
from regional_desk.documents.paper import Paper, Stamp
from regional_desk.documents.pdf import pdf_bytes
from regional_desk.documents.xlsx import xlsx_bytes
from regional_desk.domain.masking import Masking

from .conftest import APPROVAL, PRINTED, ReadPdf

OFFICE = "경남권 스마트제조 사업단"
ITEMS = "성명, 생년월일, 연락처, 주소, 계좌, 증빙 첨부"


def flat(text: str) -> str:
    return " ".join(text.split())


def disposals(count: int) -> disposal_register.DisposalRegister:
    rows = tuple(
        disposal_register.DisposalLine(
            number=f"2026-{number}",
            on=dt.date(2026, 8, 31),
            basis="보존기간 만료",
            items=ITEMS,
            people=18,
            method="열쇠를 없애고 덮어씀",
            backups_until=dt.date(2028, 8, 31),
            approved="단장 박단장 (2026. 8. 31.)",
        )
        for number in range(1, count + 1)
    )
    return disposal_register.DisposalRegister(OFFICE, 2026, rows, APPROVAL)


def seals(count: int) -> seal_register.SealRegister:
    rows = tuple(
        seal_register.SealLine(
            number, dt.date(2026, 8, 31), "협약서", "가온정밀", 2, "GN-2608-K3F9Q", "이담당", "김담당", "등기"
        )
        for number in range(1, count + 1)
    )
    return seal_register.SealRegister(OFFICE, 2026, rows, APPROVAL)


def notice(memo: str = "", reported: dt.datetime | None = None) -> loss_notice.LossNotice:
    return loss_notice.LossNotice(
        office=OFFICE,
        number=3,
        kind="노트북·PC",
        description="출장 가방째, 창원역",
        lost_on=dt.date(2026, 8, 30),
        noticed_at=PRINTED,
        deadline=PRINTED + dt.timedelta(hours=72),
        state="접수",
        reported_at=reported,
        data_until=PRINTED,
        groups=(("교육생", 40), ("지원자", 18), ("사무소 사용자", 3)),
        fields=(("성명·생년월일", 58), ("연락처", 57)),
        encryption=("AES-256으로 암호화되어 있습니다.",),
        steps=("열쇠를 바꾼다.", "비밀번호를 바꾼다."),
        memo=memo,
        source="개인정보 보호법 제34조",
        filed_by="이담당",
        approval=APPROVAL,
    )


def test_the_disposal_register_says_what_how_many_and_until_when(stamp: Stamp, read_pdf: ReadPdf) -> None:
    paper = disposal_register.to_paper(disposals(2), stamp)
    text = flat(read_pdf(pdf_bytes(paper)[0])[0])
    for words in (
        "개인정보 파기대장",
        "2건 36명",
        "2026-2",
        "보존기간 만료",
        "2028. 8. 31.",
        "단장 박단장",
        "이하 빈칸",
        "직접 만든 백업",
    ):
        assert words in text
    assert paper.approval == APPROVAL
    assert disposal_register.KIND.names is Masking.MASKED


def test_the_seal_register_counts_its_copies(stamp: Stamp, read_pdf: ReadPdf) -> None:
    text = flat(read_pdf(pdf_bytes(seal_register.to_paper(seals(3), stamp))[0])[0])
    for words in ("직인날인대장", "3건 6부", "가온정밀", "GN-2608-K3F9Q", "김담당"):
        assert words in text


def test_the_notice_counts_people_and_lists_what_to_do(stamp: Stamp, read_pdf: ReadPdf) -> None:
    text = flat(read_pdf(pdf_bytes(loss_notice.to_paper(notice(), stamp))[0])[0])
    for words in (
        "제3호",
        "2026. 9. 3. 14:03",
        "아직 하지 않음",
        "교육생 40 사무소 사용자 3",
        "지원자 18",
        "AES-256",
        "□ 열쇠를 바꾼다.",
        "제34조",
        "끝.",
    ):
        assert words in text
    assert "처리 내용" not in text


def test_the_notice_tells_what_was_done(stamp: Stamp, read_pdf: ReadPdf) -> None:
    done = loss_notice.to_paper(notice("58명에게 통지", PRINTED), stamp)
    text = flat(read_pdf(pdf_bytes(done)[0])[0])
    assert "처리 내용 58명에게 통지" in text
    assert "아직 하지 않음" not in text


@pytest.mark.parametrize("count", [0, 1, 60])
def test_registers_of_any_length_stand_on_whole_pages(count: int, stamp: Stamp, read_pdf: ReadPdf) -> None:
    for paper in (
        disposal_register.to_paper(disposals(count), stamp),
        seal_register.to_paper(seals(count), stamp),
    ):
        pages = read_pdf(pdf_bytes(paper)[0])
        assert "이하 빈칸" in pages[-1]
        assert all(f"/ {len(pages)}" in flat(page) for page in pages)


def test_the_papers_are_workbooks_too(stamp: Stamp) -> None:
    made: tuple[tuple[Paper, str], ...] = (
        (disposal_register.to_paper(disposals(2), stamp), "2026-2"),
        (seal_register.to_paper(seals(2), stamp), "가온정밀"),
        (loss_notice.to_paper(notice(), stamp), "출장 가방째, 창원역"),
    )
    for paper, words in made:
        sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(paper))).active
        assert sheet is not None
        assert words in {cell.value for row in sheet.iter_rows() for cell in row}
