"""훈련계획서, 인턴일지 and 평가표 as they are printed of an internship."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import openpyxl
import pypdfium2
import pytest
from tests.interns import MENTOR, START, start_intern

from regional_desk.domain.clock import FixedClock
from regional_desk.domain.companies import CompanyKind
from regional_desk.domain.internship_evaluation import Evaluator
from regional_desk.domain.internship_training import JournalText, PlanText
from regional_desk.errors import Refusal
from regional_desk.services.desk import Desk
from regional_desk.services.internships import evaluations, journals, plans
from regional_desk.services.papers import papers
from regional_desk.services.papers.making import Wanted
from regional_desk.services.training.counselling import HIDDEN

Read = Callable[..., list[str]]


@pytest.fixture
def intern(desk: Desk, clock: FixedClock) -> UUID:
    """Somebody on Track1 with a line of a plan and a confirmed journal."""
    found = start_intern(desk, clock)
    plans.add_item(desk, found, 1, PlanText("라인 안전 교육", "위험 요소를 말한다"))
    row = journals.write(desk, found, 1, JournalText("컨베이어 점검을 도왔다", "점검표 쓰는 법을 지도함"))
    journals.confirm(desk, row, MENTOR, START)
    return found


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Prints a paper as PDF; the words of each page on one line, without spaces."""

    def once(desk: Desk, wanted: Wanted) -> list[str]:
        done = papers.print_paper(desk, wanted, "pdf", tmp_path / "paper.pdf", "시험")
        document = pypdfium2.PdfDocument(done.file)
        texts = ["".join(page.get_textpage().get_text_range().split()) for page in document]
        document.close()
        assert done.pages == len(texts)
        return texts

    return once


def test_a_plan_names_every_week_and_who_signs(desk: Desk, intern: UUID, read: Read) -> None:
    name = plans.read_plan(desk, intern).basis.row.name
    text = "".join(read(desk, Wanted("internship-plan", internship=intern)))
    for word in ("훈련계획서(OJT)", name, MENTOR, "라인안전교육", "13주", "12.7.~12.13.", "(서명)"):
        assert word in text
    assert "미확정" in text  # weeks are still without a line


def test_a_pbl_plan_has_its_outputs(desk: Desk, clock: FixedClock, read: Read) -> None:
    found = start_intern(desk, clock, CompanyKind.SUPPLIER, at=1)
    plans.add_item(desk, found, 1, PlanText("불량 예측", "자료를 안다", "데이터 명세서"))
    text = "".join(read(desk, Wanted("internship-plan", internship=found)))
    assert "훈련계획서(PBL)" in text
    assert "데이터명세서" in text


def test_journals_are_a_page_a_week_and_an_empty_week_is_a_form(desk: Desk, intern: UUID, read: Read) -> None:
    (page,) = read(desk, Wanted("internship-journal", internship=intern))
    for word in (
        "1주차/13주",
        "컨베이어점검을도왔다",
        "점검표쓰는법을지도함",
        "라인안전교육",
        MENTOR,
        "2026.9.14.",
    ):
        assert word in page
    assert "(서명)" not in page
    (form,) = read(desk, Wanted("internship-journal", internship=intern, number=2))
    assert "2주차/13주" in form
    assert form.count("(서명)") == 2
    with pytest.raises(Refusal, match="14주차"):
        read(desk, Wanted("internship-journal", internship=intern, number=14))


def test_without_any_journal_a_week_has_to_be_chosen(desk: Desk, clock: FixedClock, read: Read) -> None:
    found = start_intern(desk, clock, at=2)
    with pytest.raises(Refusal, match="--number"):
        read(desk, Wanted("internship-journal", internship=found))


def test_evaluations_are_three_pages_with_score_or_to_sign(desk: Desk, intern: UUID, read: Read) -> None:
    sheet = evaluations.read_evaluations(desk, intern).sheet(Evaluator.COMPANY)
    points = {one.key: 4 for one in sheet.answers}
    evaluations.fill(desk, intern, Evaluator.COMPANY, points, version=0, comment="빠르게 배움")
    pages = read(desk, Wanted("internship-evaluation", internship=intern))
    assert len(pages) == 3
    assert "80.0" in pages[1]
    assert "빠르게배움" in pages[1]
    assert "80.0" not in pages[0] + pages[2]
    assert all("(서명)" in page for page in pages)
    (one,) = read(desk, Wanted("internship-evaluation", internship=intern, number=2))
    assert "빠르게배움" in one
    with pytest.raises(Refusal, match="인턴"):
        read(desk, Wanted("internship-evaluation", internship=intern, number=4))


def test_a_workbook_holds_the_same(desk: Desk, intern: UUID, tmp_path: Path) -> None:
    for document in ("internship-plan", "internship-journal", "internship-evaluation"):
        done = papers.print_paper(
            desk, Wanted(document, internship=intern), "xlsx", tmp_path / f"{document}.xlsx", "시험"
        )
        book = openpyxl.load_workbook(io.BytesIO(done.file.read_bytes()))
        cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
        assert any(MENTOR in text for text in cells), document


def test_guests_preview_without_names_or_texts(desk: Desk, intern: UUID) -> None:
    name = plans.read_plan(desk, intern).basis.row.name
    for document in ("internship-plan", "internship-journal", "internship-evaluation"):
        data = papers.preview_pdf(desk.for_guests(), Wanted(document, internship=intern))
        text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))
        assert name not in text
        assert MENTOR not in text
        assert "컨베이어" not in text
        if document == "internship-journal":
            assert HIDDEN in text
