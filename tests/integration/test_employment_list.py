"""취업·고용유지 현황: masked, with goals and everybody's way, as of today or of a month's end, in every format."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook
from tests.outcome_office import ENDED, Made, answer, keep_on, make_interns, move_to

from regional_desk.domain.outcomes import Employment, Retention, Step
from regional_desk.domain.people import Track
from regional_desk.errors import Refusal, UsageError
from regional_desk.services.desk import Desk
from regional_desk.services.outcomes import employment, goals, records
from regional_desk.services.outcomes.employment import Situation
from regional_desk.services.outcomes.retention_checks import Finding
from regional_desk.services.papers import papers
from regional_desk.services.papers.making import Wanted

D = dt.date
LIST = Wanted("employment-list")


@pytest.fixture
def made(desk: Desk) -> Made:
    """One of three kept on and checked, one 취업상황 answered, on a day of the next summer."""
    found = make_interns(desk)
    move_to(desk, ENDED)
    keep_on(desk, found.internships[0])
    goals.set_goals(desk, {(Step.CONVERTED, Track.TRACK1): 4})
    move_to(desk, D(2027, 6, 10))
    answer(desk, found.internships[0], 6, Finding(Retention.KEPT, D(2027, 6, 5), "재직증명서"))
    line = next(one for one in employment.list_lines(desk) if one.row.person == found.completed[0])
    given = Situation(Employment.EMPLOYED, D(2027, 4, 1), "고용보험 가입 이력", "두루미기계")
    employment.record(desk, line.row.membership, given)
    return found


def text_of(desk: Desk, wanted: Wanted) -> str:
    pdf = pypdfium2.PdfDocument(io.BytesIO(papers.preview_pdf(desk, wanted)))
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in pdf)
    finally:
        pdf.close()


def test_it_masks_everybody_and_tells_the_whole_way(made: Made) -> None:
    text = text_of(made.desk, LIST)
    row = records.read(made.desk, made.internships[0]).row
    assert row.name not in text
    assert f"{row.name[0]}*{row.name[-1]}" in text
    for words in ("정규직 전환", "25.0", "두루미기계", "2026. 12. 1.", "유지", "Track1 3기 생산기술"):
        assert words in text


def test_a_month_before_shows_what_was_known_then(made: Made) -> None:
    text = text_of(made.desk, Wanted("employment-list", month="2027-03"))
    assert "2027. 3. 31." in text
    assert "두루미기계" not in text
    august = text_of(made.desk, Wanted("employment-list", month="2026-08"))
    assert "2026. 12. 1." not in august
    with pytest.raises(UsageError, match="달이 아닙니다"):
        text_of(made.desk, Wanted("employment-list", month="팔월"))


def test_the_workbook_has_the_same_figures_and_a_chart(made: Made, tmp_path: Path) -> None:
    done = papers.print_paper(made.desk, LIST, "xlsx", tmp_path / "list.xlsx", "점검")
    sheet = load_workbook(done.file).worksheets[0]
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]
    assert "두루미기계" in cells
    assert len(sheet._charts) == 1


def test_a_year_without_anybody_has_no_list(made: Made) -> None:
    with pytest.raises(Refusal, match="2020년에는"):
        text_of(made.desk, Wanted("employment-list", number=2020))
