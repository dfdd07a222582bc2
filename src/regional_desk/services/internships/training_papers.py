"""The values of 훈련계획서, 인턴일지 and 인턴십 평가표."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regional_desk.domain.internship_evaluation import Evaluator
from regional_desk.domain.internship_training import short_span
from regional_desk.errors import Refusal
from regional_desk.services.internships import evaluations, journals, plans
from regional_desk.services.internships.evaluations import Sheet
from regional_desk.services.internships.journals import JournalLine
from regional_desk.services.internships.training_basis import Basis, shown
from regional_desk.services.papers.making import Maker, Making

if TYPE_CHECKING:
    from regional_desk.documents import internship_evaluation_sheet, internship_journal
    from regional_desk.documents.internship_plan import InternHead
    from regional_desk.documents.paper import Paper


def _plan(making: Making) -> Paper:
    from regional_desk.documents import internship_plan as paper  # noqa: PLC0415 - only where it is made

    with making.desk.store.read() as connection:
        found = plans.survey_plan(connection, making.internship, making.desk.clock.today())
    basis = _seen(making, found.basis)
    lines = []
    for one in found.weeks:
        week, days = f"{one.week.no}주", short_span(one.week)
        rows = [] if one.beyond else [(row.subject, row.goal, row.output or "") for row in one.items]
        if not rows and not one.beyond:
            rows = [("", "", "")]
        lines += [paper.PlanLine(week, days, *row) for row in rows]
    values = paper.InternshipPlan(
        _head(making, basis), basis.words.work, basis.words.output, tuple(lines), making.desk.office.approval
    )
    return paper.to_paper(values, making.stamp(provisional=bool(found.empty)))


def _journal(making: Making) -> Paper:
    from regional_desk.documents import internship_journal as paper  # noqa: PLC0415 - only where it is made

    desk, number = making.desk, making.wanted.number
    with desk.store.read() as connection:
        read = journals.survey_journals(connection, making.internship, desk.clock.today())
        plan = plans.survey_plan(connection, making.internship, desk.clock.today())
    found = journals.as_seen(desk, read)
    wanted = [
        one for one in found.lines if (one.row is not None if number is None else one.week.no == number)
    ]
    if not wanted:
        words = "적은 인턴일지가 없습니다. 빈 양식은 주차를 정하여(--number) 출력합니다."
        raise Refusal(words if number is None else f"{number}주차는 없습니다.")
    planned = {one.week.no: ", ".join(row.subject for row in one.items) for one in plan.weeks}
    basis = _seen(making, found.basis)
    pages = tuple(_journal_page(basis, one, planned.get(one.week.no, "")) for one in wanted)
    values = paper.InternshipJournal(_head(making, basis), len(found.lines), pages, desk.office.approval)
    open_ones = any(one.row is None or one.row.confirmed_on is None for one in wanted)
    return paper.to_paper(values, making.stamp(provisional=open_ones and number is None))


def _journal_page(basis: Basis, line: JournalLine, planned: str) -> internship_journal.JournalPage:
    from regional_desk.documents import internship_journal as paper  # noqa: PLC0415 - as above

    row, words = line.row, basis.words
    parts = [(words.work, row.work if row else "")]
    if words.guidance:
        parts.append((words.guidance, (row.guidance or "") if row else ""))
    if words.output:
        parts.append((words.output, (row.output or "") if row else ""))
    progress = None
    if words.progress:
        progress = f"{row.progress}%" if row and row.progress is not None else "        %"
    return paper.JournalPage(
        week=line.week.no,
        start=line.week.start,
        end=line.week.end,
        planned=planned,
        parts=tuple(parts),
        progress=progress,
        mentor=(row.mentor if row else None) or line.mentor,
        confirmed_on=row.confirmed_on if row else None,
    )


def _evaluation(making: Making) -> Paper:
    from regional_desk.documents import internship_evaluation_sheet as paper  # noqa: PLC0415 - only where it is made

    desk, number = making.desk, making.wanted.number
    if number is not None and not 1 <= number <= len(Evaluator):
        raise Refusal("평가표는 1(인턴), 2(기업), 3(사업단)입니다. 번호가 없으면 모두 출력합니다.")
    with desk.store.read() as connection:
        read = evaluations.survey_evaluations(connection, making.internship, desk.clock.today())
    found = evaluations.as_seen(desk, read)
    basis = _seen(making, found.basis)
    sheets = found.sheets if number is None else (found.sheets[number - 1],)
    pages = tuple(_evaluation_page(basis, one) for one in sheets)
    values = paper.InternshipEvaluation(_head(making, basis), pages, desk.office.approval)
    return paper.to_paper(values, making.stamp())


def _evaluation_page(basis: Basis, sheet: Sheet) -> internship_evaluation_sheet.EvaluationPage:
    from regional_desk.documents import internship_evaluation_sheet as paper  # noqa: PLC0415 - as above

    signs = {
        Evaluator.INTERN: f"인턴  {basis.row.name}",
        Evaluator.COMPANY: f"{basis.row.company_name}  멘토  {basis.row.mentor}",
        Evaluator.OFFICE: "사업단 담당",
    }
    return paper.EvaluationPage(
        sheet.by.label,
        signs[sheet.by],
        tuple(paper.EvaluationLine(one.label, one.about, one.most, one.points) for one in sheet.answers),
        sheet.score,
        sheet.on,
        sheet.comment,
    )


def _seen(making: Making, basis: Basis) -> Basis:
    """The internship as whoever may not unmask sees it in a preview; whom it shows is noted with the print."""
    making.people.append(basis.row.trainee)
    return shown(making.desk, basis)


def _head(making: Making, basis: Basis) -> InternHead:
    from regional_desk.documents.internship_plan import InternHead  # noqa: PLC0415 - as above

    row = basis.row
    return InternHead(
        office=making.desk.office.name,
        number=row.label,
        name=row.name,
        birth=making.desk.masking.show_birth(row.birth),
        company=row.company_name,
        track=row.track,
        kind=basis.words.kind,
        duties=row.position_name,
        place=row.place,
        mentor=row.mentor,
        start=row.start,
        end=row.end,
    )


MAKERS: dict[str, Maker] = {
    "internship-plan": _plan,
    "internship-journal": _journal,
    "internship-evaluation": _evaluation,
}
