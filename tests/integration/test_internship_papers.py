"""협약서, 변경협약서 and 인턴 현황: what stands on them, for whom, and as of which day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from tests.agreed import agree, begin, complete, place, placed
from tests.integration.matching_office import as_somebody

from regional_desk.domain.clock import KST, FixedClock
from regional_desk.domain.internships import BreakKind, EndKind
from regional_desk.domain.rights import Role
from regional_desk.errors import Refusal, UsageError
from regional_desk.services.desk import Desk
from regional_desk.services.internships import agreements, internships, interruptions, reading
from regional_desk.services.internships.drafts import draft_of
from regional_desk.services.internships.internship_papers import MAKERS
from regional_desk.services.papers import papers
from regional_desk.services.papers.making import Wanted

FIRST = dt.date(2026, 9, 14)


def text_of(desk: Desk, wanted: Wanted) -> str:
    """A preview's words, on one line."""
    pages = pypdfium2.PdfDocument(papers.preview_pdf(desk, wanted))
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages)


def at(clock: FixedClock, day: str) -> None:
    clock.move_to(dt.datetime.combine(dt.date.fromisoformat(day), dt.time(10), KST))


def test_an_agreement_states_every_point_the_law_asks_for(desk: Desk) -> None:
    found = agree(desk, placed(place(desk))[0], FIRST)
    text = text_of(desk, Wanted("internship-agreement", internship=found.row.id))
    squeezed = text.replace(" ", "")
    for point in reading.policy().points:
        assert point.label.replace(" ", "") in squeezed
        assert point.proposal.replace(" ", "") in squeezed
    for words in (
        found.row.name,
        "2026. 9. 14. ~ 2026. 12. 13.",
        "김멘토",
        "월 209시간",
        "협약번호",
        "2026-1",
    ):
        assert words.replace(" ", "") in squeezed
    assert "금2,400,000원(금이백사십만원)" in squeezed
    assert "미확정" not in text


def test_an_agreement_that_cannot_be_signed_yet_is_marked(desk: Desk) -> None:
    found = internships.prepare(desk, placed(place(desk))[0])
    assert "미확정" in text_of(desk, Wanted("internship-agreement", internship=found.row.id))


def test_an_amendment_shows_old_beside_new_and_nothing_that_stayed(desk: Desk, clock: FixedClock) -> None:
    one = placed(place(desk))[0]
    at(clock, "2026-10-01")
    found = begin(desk, one, FIRST, dt.date(2026, 11, 13))
    key = found.row.id
    with pytest.raises(Refusal, match="변경협약이 없어"):
        text_of(desk, Wanted("internship-amendment", internship=key))
    before = draft_of(found.agreements[0])
    wanted = replace(before, effective_from=dt.date(2026, 10, 12), wage=2_500_000, end=dt.date(2026, 12, 13))
    agreements.amend(desk, key, wanted, "임금 인상과 연장")
    text = text_of(desk, Wanted("internship-amendment", internship=key))
    for words in (
        *("제1차 변경협약서", "2026. 10. 12.", "임금 인상과 연장"),
        *("2,400,000원", "2,500,000원", "2026. 11. 13.", "2026. 12. 13."),
    ):
        assert words in text
    assert "휴게" not in text
    with pytest.raises(Refusal, match="제2차"):
        text_of(desk, Wanted("internship-amendment", internship=key, number=2))


def test_the_list_is_masked_and_tells_each_state_as_of_its_day(desk: Desk, clock: FixedClock) -> None:
    made = place(desk)
    one, other = placed(made)
    at(clock, "2026-09-14")
    first = begin(desk, one, FIRST)
    second = begin(desk, other, FIRST)
    at(clock, "2026-10-05")
    interruptions.add(desk, second.row.id, BreakKind.INTERRUPTION, dt.date(2026, 10, 5), None, "부상")
    internships.end(desk, first.row.id, dt.date(2026, 10, 2), EndKind.EARLY, "개인 사정")
    text = text_of(desk, Wanted("internship-list"))
    assert first.row.name not in text
    assert second.row.name not in text
    for words in ("인턴 현황", "2026. 10. 5.", "조기종료", "중단 중", "중단·결근 1회"):
        assert words in text
    september = text_of(desk, Wanted("internship-list", month="2026-09"))
    assert "2026. 9. 30." in september
    assert "2026. 12. 13." in september  # the one that left in October still went on
    with desk.store.read() as connection:
        rows = reading.rows_of(connection, 2026, dt.date(2026, 9, 30))
        none = reading.rows_of(connection, 2026, dt.date(2026, 9, 13))
    assert [row.state.label for row in rows] == ["인턴 중", "인턴 중"]
    assert none == ()
    with pytest.raises(UsageError, match="달로 읽을 수 없습니다"):
        text_of(desk, Wanted("internship-list", month="구월"))


@pytest.mark.parametrize("document", sorted(MAKERS))
def test_each_is_also_a_workbook_and_needs_its_purpose(
    desk: Desk, clock: FixedClock, tmp_path: Path, document: str
) -> None:
    one = placed(place(desk))[0]
    at(clock, "2026-12-20")
    found = begin(desk, one, FIRST)
    wanted = replace(draft_of(found.agreements[0]), wage=2_500_000)
    drafted = agreements.amend(desk, found.row.id, wanted, "임금 인상")
    agreements.sign(desk, drafted.agreements[1].id, dt.date(2026, 9, 14), on_paper=True)
    complete(desk, found.row.id)
    asked = Wanted(document, internship=found.row.id)
    file = tmp_path / f"{document}.xlsx"
    with pytest.raises(Refusal, match="용도"):
        papers.print_paper(desk, asked, "xlsx", file, " ")
    papers.print_paper(desk, asked, "xlsx", file, "사업단 보관")
    cells = [cell.value for sheet in openpyxl.load_workbook(file) for row in sheet for cell in row]
    assert any("2026-1" in str(value) for value in cells)
    assert papers.print_paper(desk, asked, "pdf", tmp_path / f"{document}.pdf", "사업단 보관").pages >= 1


def test_whoever_may_not_unmask_prints_no_name(desk: Desk, office: Path, clock: FixedClock) -> None:
    found = agree(desk, placed(place(desk))[0], FIRST)
    wanted = Wanted("internship-agreement", internship=found.row.id)
    text = as_somebody(desk, office, clock, Role.VIEWER, lambda other: text_of(other, wanted))
    assert found.row.name not in text
    assert "김멘토" not in text
