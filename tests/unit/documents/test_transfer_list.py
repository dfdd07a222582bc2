"""이체명세 on paper: every payment with its account, sums on every page, and what a copy may show."""

from __future__ import annotations

import datetime as dt
import io

import pypdfium2

from regional_desk.documents.paper import Stamp
from regional_desk.documents.pdf import pdf_bytes
from regional_desk.documents.transfer_list import KIND, TransferList, TransferRow, to_paper
from regional_desk.domain.clock import KST
from regional_desk.domain.masking import Masking

STAMP = Stamp("지급 결재", "김담당", dt.datetime(2026, 9, 10, 9, tzinfo=KST), "GN-2609-ABCDEF")


def values(rows: int, *, whole: bool = True) -> TransferList:
    return TransferList(
        office="경남권 사업단",
        year=2026,
        number=3,
        template="하나은행 다건이체",
        made_on=dt.date(2026, 9, 10),
        made_by="김담당",
        file_name="이체.xls",
        digest="0123456789abcdef",
        rows=tuple(
            TransferRow(
                at,
                "홍길동",
                "Track1 3기",
                "1단위기간",
                "국민은행",
                f"0{at:011}",
                "홍길동",
                340_000,
                "결과 대기",
                "",
            )
            for at in range(1, rows + 1)
        ),
        approval=("담당", "팀장", "단장"),
        whole=whole,
    )


def texts(paper_values: TransferList) -> tuple[str, ...]:
    data, _ = pdf_bytes(to_paper(paper_values, STAMP))
    document = pypdfium2.PdfDocument(io.BytesIO(data))
    found = tuple(page.get_textpage().get_text_range() for page in document)
    document.close()
    return found


def test_accounts_are_whole_only_on_this_paper() -> None:
    assert (KIND.names, KIND.accounts, KIND.landscape) == (Masking.FULL, Masking.FULL, True)


def test_every_page_carries_its_sum_and_the_last_one_the_total() -> None:
    pages = texts(values(40))
    assert len(pages) > 1
    for page in pages:
        assert "쪽" in page
        assert "누" in page
    assert "13,600,000" in pages[-1]
    assert "금13,600,000원(금일천삼백육십만원)" in pages[0]
    assert "000000000040" in pages[-1]


def test_a_copy_with_last_digits_says_so() -> None:
    assert "계좌번호가 모두 적힌 문서" in texts(values(1))[0]
    assert "끝 네 자리만" in texts(values(1, whole=False))[0]
