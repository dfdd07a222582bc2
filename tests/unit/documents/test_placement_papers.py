"""연계 papers: what stands on them, and what never does."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from regional_desk.documents import (
    matching_explanation,
    matching_minutes,
    placement_letter,
    placement_list,
    placement_notice,
)
from regional_desk.documents.paper import Stamp
from regional_desk.documents.pdf import pdf_bytes
from regional_desk.documents.xlsx import xlsx_bytes
from regional_desk.domain.clock import KST
from regional_desk.domain.masking import Masking

from .conftest import APPROVAL, ReadPdf, ReadXlsx

OFFICE = "경남권 스마트제조 사업단"
ROUND = "2차 연계"
DAY = dt.date(2026, 9, 4)
JOB = placement_letter.Job(
    "한빛정밀 주식회사",
    "사출 공정 데이터 분석",
    "경남 창원시 성산구",
    "월 2,400,000원",
    "주 40시간",
    "2026. 9. 14.",
    "기숙사 제공, 2교대",
    "이담당 055-123-4567",
)


def flat(text: str) -> str:
    return " ".join(text.split())


def notice(people: int = 3, on: dt.date | None = DAY) -> placement_notice.PlacementNotice:
    line = placement_notice.NoticeLine("홍*동", "1999. *. *.", "010-****-5678", JOB.company, JOB.position)
    track = placement_notice.NoticeTrack("Track1", people + 2, people + 5, (line,) * people)
    return placement_notice.PlacementNotice(OFFICE, ROUND, on, (track,))


def letters(job: placement_letter.Job | None, people: int = 1) -> placement_letter.PlacementLetters:
    person = placement_letter.LetterPerson("홍길동", "1999. 3. 5.", "Track1", job)
    return placement_letter.PlacementLetters(OFFICE, ROUND, DAY, (person,) * people)


def company_letters(*known: bool) -> placement_letter.CompanyLetters:
    people = tuple(
        placement_letter.CompanyPerson(
            JOB.position, "홍길동", "1999. 3. 5.", "010-1234-5678" if one else "", one
        )
        for one in known
    )
    company = placement_letter.LetterCompany(JOB.company, JOB.contact, ((JOB.position, 3),), people)
    return placement_letter.CompanyLetters(OFFICE, ROUND, DAY, (company,))


def placements(people: int) -> placement_list.PlacementList:
    line = placement_list.PlacedLine(
        ROUND,
        "Track1",
        "홍*동",
        "1999. *. *.",
        JOB.company,
        JOB.position,
        JOB.place,
        "1",
        "안정 배정",
        DAY,
        "2026. 9. 20. 취소 — 개인 사정",
    )
    sums = (
        placement_list.TrackSum("Track1", 20, 24, 40, 30, 27, 1),
        placement_list.TrackSum("Track2", 0, 0, 0, 0, 0, 0),
    )
    return placement_list.PlacementList(OFFICE, "2026년", DAY, sums, (line,) * people, APPROVAL)


def explanation(people: int, positions: int, wishes: int = 1) -> matching_explanation.MatchingExplanation:
    outcomes = (
        matching_explanation.Outcome("안정 배정", 27, 3, (15, 6, 3, 2, 1), Decimal("1.8"), 0, chosen=True),
        matching_explanation.Outcome("최다 배정", 30, 0, (12,), None, 7, chosen=False),
    )
    person = matching_explanation.ExplainedPerson(
        "홍길동",
        "1999. 3. 5.",
        f"{JOB.company} {JOB.position}",
        "2",
        tuple(
            f"{at}순위 대성기공 조립: 자리 2개가 면접 순위가 앞선 사람으로 찼습니다."
            for at in range(1, wishes + 1)
        ),
    )
    position = matching_explanation.ExplainedPosition(
        JOB.company, JOB.position, 3, 2, ("남은 자리를 희망한 사람이 모두 더 앞선 희망에 배정되었습니다.",)
    )
    return matching_explanation.MatchingExplanation(
        OFFICE,
        ROUND,
        "안정 배정",
        DAY,
        20260901,
        1,
        outcomes,
        (person,) * people,
        (position,) * positions,
        APPROVAL,
    )


def minutes(lines: int) -> matching_minutes.MatchingMinutes:
    line = matching_minutes.MinuteLine(
        1,
        dt.datetime(2026, 9, 3, 14, 5, tzinfo=KST),
        "홍길동",
        "미배정",
        f"{JOB.company} {JOB.position}",
        "김철수",
        "기업이 전공을 이유로 다시 요청함",
        "박담당",
    )
    return matching_minutes.MatchingMinutes(OFFICE, ROUND, "안정 배정", None, (line,) * lines, APPROVAL)


def test_the_posted_notice_is_masked_and_counts(stamp: Stamp, read_pdf: ReadPdf) -> None:
    text = flat(" ".join(read_pdf(pdf_bytes(placement_notice.to_paper(notice(), stamp))[0])))
    for words in (
        "대상 5명 · 배정 3명",
        "Track1 — 대상 5명",
        "홍*동",
        "010-****-5678",
        "2026. 9. 4.",
        OFFICE,
    ):
        assert words in text
    assert placement_notice.KIND.names is Masking.MASKED
    early = flat(" ".join(read_pdf(pdf_bytes(placement_notice.to_paper(notice(on=None), stamp))[0])))
    assert "아직 공개하지 않음" in early


def test_a_letter_tells_the_placed_their_job_and_nothing_that_is_not_known(
    stamp: Stamp, read_pdf: ReadPdf
) -> None:
    pages = read_pdf(pdf_bytes(placement_letter.to_paper(letters(JOB, people=2), stamp))[0])
    assert len(pages) == 2
    text = flat(pages[0])
    for words in ("홍길동 님", "배 정 통 지 서", JOB.company, JOB.wage, JOB.hours, JOB.starts, JOB.contact):
        assert words in text
    bare = replace(JOB, wage="", starts="", conditions="")
    text = flat(read_pdf(pdf_bytes(placement_letter.to_paper(letters(bare), stamp))[0])[0])
    assert not [
        label
        for label in ("임금", "시작일", "조건 ")
        if label in text.replace("근로조건", "").replace("모집 조건", "")
    ]


def test_the_unplaced_get_a_letter_without_a_company(stamp: Stamp, read_pdf: ReadPdf) -> None:
    text = flat(read_pdf(pdf_bytes(placement_letter.to_paper(letters(None), stamp))[0])[0])
    assert "미배정" in text
    assert "다음 차수에서 다시 연계" in text
    assert "배정 기업" not in text


def test_a_company_reads_only_those_who_agreed_to_be_named(stamp: Stamp, read_pdf: ReadPdf) -> None:
    text = flat(
        read_pdf(pdf_bytes(placement_letter.company_paper(company_letters(True, False), stamp))[0])[0]
    )
    for words in ("한빛정밀 주식회사 귀중", "모집 3명 · 배정 2명", "010-1234-5678", "동의 확인 전"):
        assert words in text
    assert "'동의 확인 전'인 1명" in text
    every = flat(read_pdf(pdf_bytes(placement_letter.company_paper(company_letters(True), stamp))[0])[0])
    assert "동의 확인 전" not in every


def test_a_company_that_gets_nobody_is_told_so(stamp: Stamp, read_pdf: ReadPdf) -> None:
    text = flat(read_pdf(pdf_bytes(placement_letter.company_paper(company_letters(), stamp))[0])[0])
    assert "배정된 교육생이 없음" in text
    assert "명단" not in text


@pytest.mark.parametrize("people", [0, 1, 60])
def test_the_list_is_landscape_masked_and_adds_up(stamp: Stamp, people: int, read_xlsx: ReadXlsx) -> None:
    paper = placement_list.to_paper(placements(people), stamp)
    assert paper.landscape
    assert placement_list.KIND.names is Masking.MASKED
    values = [cell.value for row in read_xlsx(xlsx_bytes(paper)).iter_rows() for cell in row]
    assert values.count("홍*동") == people
    assert values.count(90) == 2  # of the track and of both together


def test_the_explanation_shows_both_ways_and_every_reason(stamp: Stamp, read_pdf: ReadPdf) -> None:
    paper = matching_explanation.to_paper(explanation(30, 12), stamp)
    text = flat(" ".join(read_pdf(pdf_bytes(paper)[0])))
    for words in ("안정 배정 (채택)", "최다 배정", "1.8", "20260901", "3. 기업마다의 설명", "수동 변경 1건"):
        assert words in text
    assert text.count("1순위 대성기공") == 30


def test_a_long_explanation_loses_none_of_its_lines(stamp: Stamp, read_pdf: ReadPdf) -> None:
    paper = matching_explanation.to_paper(explanation(1, 0, wishes=13), stamp)
    text = flat(" ".join(read_pdf(pdf_bytes(paper)[0])))
    assert all(f"{at}순위 대성기공 조립:" in text for at in range(1, 14))
    assert text.count("홍길동") == 1


def test_a_copy_for_one_person_holds_no_other(stamp: Stamp, read_pdf: ReadPdf) -> None:
    paper = matching_explanation.to_paper(explanation(1, 0), stamp)
    assert "기업마다" not in flat(" ".join(read_pdf(pdf_bytes(paper)[0])))


@pytest.mark.parametrize("lines", [0, 3])
def test_the_minutes_name_who_was_displaced_and_have_room_to_sign(
    stamp: Stamp, lines: int, read_pdf: ReadPdf
) -> None:
    text = flat(" ".join(read_pdf(pdf_bytes(matching_minutes.to_paper(minutes(lines), stamp))[0])))
    assert text.count("김철수") == lines
    for words in ("연 계 조 정 회 의 록", f"수동 변경 {lines}건", "서명"):
        assert words in text
