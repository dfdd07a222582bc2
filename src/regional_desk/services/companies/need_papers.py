"""The values of 훈련수요 조사 결과, and its charts for the screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from regional_desk.domain.training_need import QuestionSummary
from regional_desk.services import codes
from regional_desk.services.companies import training_needs
from regional_desk.services.companies.need_survey import survey
from regional_desk.services.papers.making import Maker, Making

if TYPE_CHECKING:
    from regional_desk.documents.paper import Paper


def question_svg(found: QuestionSummary, width: float, colours: Mapping[str, int] | None = None) -> str:
    """A question's answers beside the country's, drawn as SVG of `width` pixels.

    `colours` are 0xRRGGBB by the name of the chart's part; without them those of paper.
    """
    from regional_desk.documents import charts  # noqa: PLC0415 - ReportLab only where a chart is drawn
    from regional_desk.documents.training_need_summary import chart_of  # noqa: PLC0415 - as above

    palette = charts.PAPER if colours is None else charts.Palette(**colours)
    return charts.bars_svg(chart_of(found), width, palette)


def bar_at(found: QuestionSummary, share: float) -> int | None:
    """Which choice's bars stand at a share of the drawing's height from its top, None where none do."""
    from regional_desk.documents import charts  # noqa: PLC0415 - as above
    from regional_desk.documents.training_need_summary import chart_of  # noqa: PLC0415 - as above

    return charts.bar_at(chart_of(found), share)


def _summary(making: Making) -> Paper:
    """Of the programme year named by the paper's number, the office's without one."""
    from regional_desk.documents import training_need_summary as paper  # noqa: PLC0415 - only where it is made

    desk = making.desk
    year = making.wanted.number or desk.office.programme_year
    values = paper.TrainingNeedSummary(
        office=desk.office.name,
        region=codes.region_names().get(desk.office.region, desk.office.region),
        year=year,
        companies=len(training_needs.list_needs(desk, year)),
        survey=survey(),
        summary=training_needs.summary(desk, year),
        approval=desk.office.approval,
    )
    return paper.to_paper(values, making.stamp())


MAKERS: dict[str, Maker] = {"training-need-summary": _summary}
