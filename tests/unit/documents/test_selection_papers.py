"""선발 결과 공고, 심사 집계표 and the letters: what stands on them, and what never does."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from regional_desk.documents import screening_tally, selection_letter, selection_notice
from regional_desk.documents.layout import lay_out
from regional_desk.documents.paper import Stamp
from regional_desk.documents.pdf import pdf_bytes
from regional_desk.documents.xlsx import xlsx_bytes
from regional_desk.domain.masking import Masking

from .conftest import APPROVAL, ReadPdf, ReadXlsx

OFFICE = "경남권 스마트제조 사업단"
DAY = dt.date(2026, 8, 31)


def flat(text: str) -> str:
    return " ".join(text.split())


def notice(people: int = 3, on: dt.date | None = DAY) -> selection_notice.SelectionNotice:
    lines = tuple(
        selection_notice.NoticeLine("홍*동", "1999. *. *.", "010-****-5678", "선발" if at else "예비 1번")
        for at in range(people)
    )
    track = selection_notice.NoticeTrack("Track1", 20, people - 1, 1, lines)
    return selection_notice.SelectionNotice(OFFICE, "1차 모집", DAY, DAY, on, (track,))


def tally(raters: int, people: int = 3) -> screening_tally.ScreeningTally:
    names = tuple(f"심사{at}" for at in range(raters))
    score = Decimal("31.250")
    lines = tuple(
        screening_tally.TallyLine(
            at + 1,
            "홍길동",
            "1999. 3. 5.",
            ((score,) * (raters + 1), (score,) * (raters + 1)),
            Decimal("83.050"),
            "예비 1번",
            "동점 2명, 면접 점수 기준으로 앞",
        )
        for at in range(people)
    )
    track = screening_tally.TallyTrack(
        "Track1",
        20,
        5,
        "서류 지원동기 40%(10점) · 면접 의사소통 60%(20점)",
        (screening_tally.TallyStep("서류", 40, names), screening_tally.TallyStep("면접", 60, names)),
        lines,
        ("김길동 — 면접 점수 없음(심사1)",),
    )
    return screening_tally.ScreeningTally(
        "1차 모집",
        "60점",
        "면접 점수 → 서류 점수",
        (track, track),
        tuple(("서류", name) for name in names),
        APPROVAL,
    )


def letters(kind: str, people: int = 2, on: dt.date | None = DAY) -> selection_letter.SelectionLetters:
    kinds = {
        one.key: one
        for one in (
            selection_letter.SELECTED_KIND,
            selection_letter.RESERVE_KIND,
            selection_letter.REJECTED_KIND,
        )
    }
    found = tuple(
        selection_letter.LetterPerson(f"홍길{at}", "1999. 3. 5.", "Track1", "예비 2번")
        for at in range(people)
    )
    return selection_letter.SelectionLetters(kinds[kind], OFFICE, "1차 모집", on, found)


def test_the_posted_notice_is_masked_and_counts(stamp: Stamp, read_pdf: ReadPdf) -> None:
    text = flat(" ".join(read_pdf(pdf_bytes(selection_notice.to_paper(notice(), stamp))[0])))
    for words in (
        "선발 2명 · 예비 1명",
        "Track1 — 모집 20명",
        "홍*동",
        "010-****-5678",
        "2026. 8. 31.",
        OFFICE,
    ):
        assert words in text
    assert selection_notice.KIND.names is Masking.MASKED
    early = flat(" ".join(read_pdf(pdf_bytes(selection_notice.to_paper(notice(on=None), stamp))[0])))
    assert "아직 발표하지 않음" in early


@pytest.mark.parametrize("raters", [1, 3, 8])
def test_the_tally_holds_every_raters_score_whatever_their_number(
    stamp: Stamp, raters: int, read_pdf: ReadPdf
) -> None:
    paper = screening_tally.to_paper(tally(raters), stamp)
    pages = read_pdf(pdf_bytes(paper)[0])
    text = flat(" ".join(pages))
    for words in ("83.050", "31.250", "예비 1번", "순위 없음: 김길동", "심사위원 확인", "서류 (40점)"):
        assert words in text
    assert all(f"심사{at}" in text for at in range(raters))
    assert len(pages) >= 2  # each track begins a page


def test_the_tally_is_landscape_and_asks_for_approval(stamp: Stamp, read_xlsx: ReadXlsx) -> None:
    paper = screening_tally.to_paper(tally(2, people=40), stamp)
    assert paper.landscape
    assert paper.approval == APPROVAL
    values = {cell.value for row in read_xlsx(xlsx_bytes(paper)).iter_rows() for cell in row}
    assert {"담당", "팀장", "단장", "심사0", "동점 처리"} <= values


@pytest.mark.parametrize(
    ("kind", "title", "words"),
    [
        ("selection-letter", "합 격 통 지 서", "선발되셨습니다"),
        ("reserve-letter", "예 비 합 격 통 지 서", "예비 2번 순번"),
        ("rejection-letter", "불 합 격 통 지 서", "깊이 감사드립니다"),
    ],
)
def test_each_letter_is_one_page_with_one_name(
    stamp: Stamp, kind: str, title: str, words: str, read_pdf: ReadPdf
) -> None:
    pages = [
        flat(page) for page in read_pdf(pdf_bytes(selection_letter.to_paper(letters(kind, 3), stamp))[0])
    ]
    assert len(pages) == 3
    for at, page in enumerate(pages):
        assert title in page
        assert words in page
        assert [other for other in range(3) if f"홍길{other}" in page] == [at]


def test_letters_before_the_publishing_say_so(stamp: Stamp) -> None:
    paper = selection_letter.to_paper(letters("selection-letter", 1, on=None), stamp)
    assert len(lay_out(paper).pages) == 1
    assert "아직 발표하지 않음" in repr(paper.blocks)
