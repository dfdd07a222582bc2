"""방문 순회표 and 방문점검표: in the order of the route, blank to be filled in or as they were keyed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from uuid import UUID

import openpyxl
import pypdfium2
import pytest
from tests.visited import add_internships

from regional_desk.domain.clock import KST, FixedClock
from regional_desk.domain.visits import FindingKind
from regional_desk.errors import Refusal, UsageError
from regional_desk.services.desk import Desk
from regional_desk.services.papers import papers
from regional_desk.services.papers.making import Wanted
from regional_desk.services.visits import findings, plans, routes, visits
from regional_desk.services.visits.findings import Found
from regional_desk.services.visits.visits import Seen

START, DAY = dt.date(2026, 9, 1), dt.date(2026, 9, 23)
GOOD = dict.fromkeys(("attendance", "interview", "safety", "wage", "journal"), "good")


@pytest.fixture
def interns(desk: Desk) -> list[UUID]:
    """Three interns whose first visits are planned for one day."""
    made = add_internships(desk, [START] * 3)
    plans.make(desk, START, dt.date(2026, 9, 30), visitor="박담당")
    return made


def pages_of(desk: Desk, wanted: Wanted) -> list[str]:
    """Each page's words on one line."""
    pages = pypdfium2.PdfDocument(papers.preview_pdf(desk, wanted))
    return [" ".join(page.get_textpage().get_text_range().split()) for page in pages]


def test_a_route_stands_in_the_order_made_by_hand(desk: Desk, interns: list[UUID]) -> None:
    assert interns
    order = [one.id for one in routes.route(desk, start=DAY, end=DAY)][::-1]
    routes.reorder(desk, DAY, order)
    (text,) = pages_of(desk, Wanted("visit-route", number=1))
    towns = [text.index(part) for part in ("중앙대로 151", "중앙대로 9", "본산로 12")]
    assert towns == sorted(towns)
    assert "2026. 9. 23. (수)" in text
    assert "기업 3곳, 인턴 3명" in text
    assert "박담당" in text


def test_a_blank_sheet_has_the_digits_to_circle_and_what_to_mind(
    desk: Desk, interns: list[UUID], clock: FixedClock
) -> None:
    findings.add(
        desk,
        interns[1],
        Found(FindingKind.GRIEVANCE, dt.date(2026, 8, 31), "임금이 늦음", deadline=DAY),
    )
    clock.move_to(dt.datetime(2026, 9, 22, 9, tzinfo=KST))
    pages = pages_of(desk, Wanted("visit-sheet", day=DAY))
    assert len(pages) == 3
    assert all("1 적정 2 미흡 3 확인 못함" in page for page in pages)
    assert "김해시" in pages[0]
    assert "고충 2026. 8. 31. 임금이 늦음 (기한 2026. 9. 23.)" in pages[0]
    assert "인턴일지 없는 주" in pages[0]
    assert "임금이 늦음" not in pages[1]


def test_a_keyed_sheet_says_what_was_found(desk: Desk, interns: list[UUID], clock: FixedClock) -> None:
    clock.move_to(dt.datetime(2026, 9, 23, 18, tzinfo=KST))
    (row,) = visits.list_visits(desk, internship=interns[0])
    visits.do(desk, row.id, row.version, Seen(DAY, "박담당", GOOD | {"safety": "bad"}, "적응 중", "양호"))
    findings.add(desk, interns[0], Found(FindingKind.FINDING, DAY, "보안경 없음"), visit=row.id)
    (text,) = pages_of(desk, Wanted("visit-sheet", internship=interns[0]))
    for part in ("미흡", "적응 중", "양호", "보안경 없음", "2026. 9. 23. (수)", "완료"):
        assert part in text
    assert "1 적정" not in text


def test_sheets_of_a_cancelled_visit_are_not_made(desk: Desk, interns: list[UUID]) -> None:
    for row in visits.list_visits(desk):
        visits.cancel(desk, row.id, row.version, "기업 휴무")
    with pytest.raises(Refusal, match="순회표에 올릴"):
        papers.preview_pdf(desk, Wanted("visit-route", day=DAY))
    with pytest.raises(Refusal, match="점검표를 만들"):
        papers.preview_pdf(desk, Wanted("visit-sheet", internship=interns[0]))


def test_without_a_plan_a_route_says_what_to_do(desk: Desk) -> None:
    with pytest.raises(UsageError, match="먼저 방문을 계획"):
        papers.preview_pdf(desk, Wanted("visit-route"))
    with pytest.raises(UsageError, match="방문계획 '7'"):
        papers.preview_pdf(desk, Wanted("visit-route", number=7))


@pytest.mark.parametrize("document", ["visit-route", "visit-sheet"])
def test_the_workbook_says_the_same(desk: Desk, interns: list[UUID], tmp_path: Path, document: str) -> None:
    assert interns
    out = tmp_path / "paper.xlsx"
    papers.print_paper(desk, Wanted(document, number=1), "xlsx", out, "방문")
    cells = [
        str(cell)
        for sheet in openpyxl.load_workbook(out)
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if cell is not None
    ]
    assert any("본산로 12" in cell for cell in cells)
    assert any("중앙대로 151" in cell for cell in cells)
