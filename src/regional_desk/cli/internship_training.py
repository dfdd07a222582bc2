"""`internship`: plan, journal, deliverable, evaluate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from regional_desk.cli.context import Call
from regional_desk.cli.internships import group
from regional_desk.cli.values import iso_date
from regional_desk.domain.internship_evaluation import Evaluator
from regional_desk.domain.internship_training import JournalState, JournalText, PlanText
from regional_desk.domain.text import korean_date, korean_span
from regional_desk.errors import Refusal, UsageError

if TYPE_CHECKING:
    from regional_desk.services.desk import Desk
    from regional_desk.services.internships.deliverables import DeliverableLine
    from regional_desk.services.internships.evaluations import Sheet
    from regional_desk.services.internships.journals import JournalLine
    from regional_desk.services.internships.plans import Plan
    from regional_desk.store.internship_training import JournalRow

_Intern = Annotated[str, typer.Argument(metavar="INTERN", help="협약번호(2026-3), 성명 또는 번호(id)")]
_Week = Annotated[int | None, typer.Option(help="주차(1부터)")]
_Text = Annotated[str | None, typer.Option()]
_File = Annotated[Path | None, typer.Option(help="파일(서명본, 결과물)")]
_Day = Annotated[str | None, typer.Option(help="날짜(2026-10-02)")]


@group.command("plan")
def plan(
    context: typer.Context,
    intern: _Intern,
    week: _Week = None,
    subject: Annotated[str | None, typer.Option(help="수행업무(OJT), 과제(PBL)")] = None,
    goal: Annotated[str | None, typer.Option(help="훈련목표")] = None,
    output: Annotated[str | None, typer.Option(help="산출물(PBL)")] = None,
    rename: Annotated[str | None, typer.Option(help="수행업무·과제의 새 이름")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="이 줄을 뺀다")] = False,
    copy_from: Annotated[str | None, typer.Option(help="이 인턴의 계획을 빈 주차에 가져온다")] = None,
) -> None:
    """훈련계획. --week와 --subject로 넣거나, 있는 줄이면 고치고, --remove는 뺀다. 없으면 보여 준다."""
    from regional_desk.services.internships import internships, plans

    call: Call = context.obj
    desk = call.open()
    found = internships.find_internship(desk, intern)
    if copy_from is not None:
        plans.copy_plan(desk, internships.find_internship(desk, copy_from), found)
    elif week is not None and subject is not None:
        rows = [
            row
            for one in plans.read_plan(desk, found).weeks
            for row in one.items
            if (row.week, row.subject) == (week, subject)
        ]
        if remove:
            if not rows:
                raise UsageError(f"{week}주차에 '{subject}' 줄이 없습니다. 바뀐 것이 없습니다.")
            plans.remove_item(desk, rows[0])
        elif rows:
            row = rows[0]
            text = PlanText(
                rename or subject,
                row.goal if goal is None else goal,
                row.output if output is None else output,
            )
            plans.edit_item(desk, row, week, text)
        else:
            plans.add_item(desk, found, week, PlanText(subject, goal or "", output))
    elif week is not None or subject is not None or remove:
        raise UsageError("--week 주차와 --subject 이름을 함께 적어 주십시오.")
    _tell_plan(call, plans.read_plan(desk, found))


@group.command("journal")
def journal(
    context: typer.Context,
    intern: Annotated[
        str | None, typer.Argument(metavar="[INTERN]", help="인턴(없으면 밀린 일지 모두)")
    ] = None,
    week: _Week = None,
    work: Annotated[str | None, typer.Option(help="수행업무(OJT), 과제(PBL)")] = None,
    guidance: Annotated[str | None, typer.Option(help="지도내용(OJT)")] = None,
    output: Annotated[str | None, typer.Option(help="산출물(PBL)")] = None,
    progress: Annotated[int | None, typer.Option(help="진척(PBL), 퍼센트")] = None,
    confirm: Annotated[bool, typer.Option("--confirm", help="멘토가 확인함")] = False,
    mentor: Annotated[str | None, typer.Option(help="확인한 멘토(없으면 협약의 멘토)")] = None,
    on: Annotated[str | None, typer.Option(help="확인일(없으면 오늘)")] = None,
    unconfirm: Annotated[str | None, typer.Option(help="확인을 거두는 까닭")] = None,
    file: _File = None,
    remove: Annotated[str | None, typer.Option(help="일지를 지우는 까닭")] = None,
) -> None:
    """인턴일지. --week의 일지를 적거나 고치고, --confirm은 멘토 확인을 적는다. 주차가 없으면 목록."""
    from regional_desk.services.internships import internships, journals

    call: Call = context.obj
    desk = call.open()
    if intern is None:
        _tell_open(call)
        return
    found = internships.find_internship(desk, intern)
    typed: dict[str, Any] = {"work": work, "guidance": guidance, "output": output, "progress": progress}
    said = {name: value for name, value in typed.items() if value is not None}
    if week is None:
        if said or confirm or file or unconfirm or remove:
            raise UsageError("--week로 주차를 적어 주십시오.")
        _tell_journals(call, journals.read_journals(desk, found).lines)
        return
    line = _line(journals.read_journals(desk, found).lines, week)
    row = line.row
    if said:
        before = JournalText(row.work, row.guidance, row.output, row.progress) if row else JournalText("")
        row = journals.write(desk, found, week, replace(before, **said), row.version if row else None)
    if row is not None and remove is not None:
        journals.remove(desk, row, remove)
    elif row is not None:
        _mark(
            desk, row, line.mentor if mentor is None else mentor, file, confirm=confirm, on=on, why=unconfirm
        )
    elif confirm or file or unconfirm or remove:
        raise Refusal(f"{week}주차의 일지를 아직 쓰지 않았습니다. 먼저 일지를 적으십시오.")
    _tell_journals(call, [_line(journals.read_journals(desk, found).lines, week)])


def _mark(
    desk: Desk,
    row: JournalRow,
    mentor: str,
    file: Path | None,
    *,
    confirm: bool,
    on: str | None,
    why: str | None,
) -> None:
    """Confirm a journal, take that back, or keep its page."""
    from regional_desk.services.internships import journals, training_files

    scan = training_files.read_file(file) if file is not None else None
    if why is not None:
        journals.unconfirm(desk, row, why)
    elif confirm:
        journals.confirm(desk, row, mentor, iso_date(on) if on else desk.clock.today(), scan)
    elif scan is not None:
        journals.attach(desk, row, scan)


@group.command("deliverable")
def deliverable(
    context: typer.Context,
    intern: _Intern,
    name: Annotated[str | None, typer.Argument(help="산출물(없으면 목록)")] = None,
    due: _Day = None,
    submitted: Annotated[str | None, typer.Option(help="제출일(2026-10-02)")] = None,
    memo: _Text = None,
    file: _File = None,
    remove: Annotated[str | None, typer.Option(help="빼는 까닭")] = None,
    from_plan: Annotated[bool, typer.Option("--from-plan", help="훈련계획의 산출물을 모두 넣는다")] = False,
) -> None:
    """산출물. 없는 이름은 넣고, 있는 이름은 고치며, 파일을 넣으면 오늘 제출한 것으로 적는다."""
    from regional_desk.services.internships import deliverables, internships, training_files
    from regional_desk.services.internships.deliverables import DeliverableText

    call: Call = context.obj
    desk = call.open()
    found = internships.find_internship(desk, intern)
    if from_plan:
        deliverables.take_proposed(desk, found)
    elif name is not None:
        lines = deliverables.read_deliverables(desk, found).lines
        rows = [one.row for one in lines if one.row.name == name]
        if remove is not None:
            if not rows:
                raise UsageError(f"'{name}' 산출물이 없습니다. 바뀐 것이 없습니다.")
            deliverables.remove(desk, rows[0], remove)
        else:
            scan = training_files.read_file(file) if file is not None else None
            before = rows[0] if rows else None
            handed_in = iso_date(submitted) if submitted else before.submitted_on if before else None
            text = DeliverableText(
                name,
                iso_date(due) if due else before.due if before else None,
                desk.clock.today() if scan and handed_in is None else handed_in,
                ((before.memo or "") if before else "") if memo is None else memo,
            )
            if before is None:
                deliverables.add(desk, found, text, scan)
            else:
                deliverables.edit(desk, before, text, scan)
    lines = deliverables.read_deliverables(desk, found).lines
    call.emit(
        {"deliverables": [_deliverable(one) for one in lines]},
        [
            f"{one.row.name} · {one.state.label}"
            + (f" · 기한 {korean_date(one.row.due)}" if one.row.due else "")
            + (f" · 제출 {korean_date(one.row.submitted_on)}" if one.row.submitted_on else "")
            for one in lines
        ]
        or ["산출물이 없습니다."],
    )


@group.command("evaluate")
def evaluate(
    context: typer.Context,
    intern: _Intern,
    by: Annotated[Evaluator | None, typer.Option(help="intern 인턴, company 기업, office 사업단")] = None,
    points: Annotated[
        list[str] | None,
        typer.Option(help="항목=점수(여러 번), 예: diligence=4. 점수 없이 diligence=는 비움"),
    ] = None,
    on: Annotated[str | None, typer.Option(help="평가일(없으면 오늘)")] = None,
    comment: Annotated[str | None, typer.Option(help="의견")] = None,
    file: _File = None,
    remove: Annotated[str | None, typer.Option(help="평가를 지우는 까닭")] = None,
) -> None:
    """인턴·기업·사업단의 평가. --by와 --points로 적고, 없으면 보여 준다."""
    from regional_desk.services.internships import evaluations, internships, training_files

    call: Call = context.obj
    desk = call.open()
    found = internships.find_internship(desk, intern)
    if by is None and (points or comment is not None or file or remove is not None):
        raise UsageError("누구의 평가인지 --by로 적어 주십시오: intern, company, office.")
    if by is not None:
        version = evaluations.read_evaluations(desk, found).sheet(by).version
        if remove is not None:
            evaluations.remove(desk, found, by, version, remove)
        elif points or comment is not None or file or on:
            evaluations.fill(
                desk,
                found,
                by,
                _points(points or []),
                version=version,
                on=iso_date(on) if on else None,
                comment=comment,
                file=training_files.read_file(file) if file else None,
            )
    every = evaluations.read_evaluations(desk, found)
    shown = [one for one in every.sheets if by in (None, one.by)]
    lines = [
        f"{one.by.label}({one.by.value}): {one.state.label}"
        + (f" · {one.score}점" if one.score is not None else "")
        + (f" · {korean_date(one.on)}" if one.on else "")
        for one in shown
    ]
    if by is not None:
        given = shown[0].answers
        lines += [f"  {a.label}({a.key}): {'-' if a.points is None else a.points}/{a.most}" for a in given]
    call.emit({"due": every.due.isoformat(), "evaluations": [_sheet(one) for one in shown]}, lines)


def _tell_plan(call: Call, found: Plan) -> None:
    data = [
        {
            "week": one.week.no,
            "start": one.week.start.isoformat(),
            "end": one.week.end.isoformat(),
            "items": [{"subject": row.subject, "goal": row.goal, "output": row.output} for row in one.items],
            "beyond": one.beyond,
        }
        for one in found.weeks
    ]
    lines = [
        f"{one.week.no}주차 {korean_span(one.week.start, one.week.end)}: "
        + (", ".join(row.subject for row in one.items) or "비어 있음")
        for one in found.weeks
    ]
    call.emit({"kind": found.basis.words.kind, "weeks": data, "empty": list(found.empty)}, lines)


def _tell_open(call: Call) -> None:
    from regional_desk.services.internships import journals

    desk = call.open()
    found = journals.survey_open(desk)
    data = [
        {
            "internship": str(one.basis.id),
            "number": one.basis.row.label,
            "company": one.basis.row.company_name,
            "missing": list(one.missing),
            "unconfirmed": list(one.unconfirmed),
        }
        for one in found
    ]
    lines = [
        f"{one.basis.row.label} {one.basis.row.company_name}: "
        + " · ".join(
            f"{word} {', '.join(f'{no}주' for no in weeks)}"
            for word, weeks in (("미제출", one.missing), ("확인 전", one.unconfirmed))
            if weeks
        )
        for one in found
    ]
    call.emit({"open": data}, lines or ["밀린 인턴일지가 없습니다."])


def _tell_journals(call: Call, rows: Sequence[JournalLine]) -> None:
    data = [_journal(one) for one in rows]
    told = [
        f"{one.week.no}주차 {korean_span(one.week.start, one.week.end)}: {one.state.label}"
        + (
            f" ({korean_date(one.due)}까지)"
            if one.state in (JournalState.WAITING, JournalState.MISSING)
            else ""
        )
        + (f" · {one.row.work.splitlines()[0]}" if one.row else "")
        for one in rows
    ]
    call.emit({"journals": data}, told)


def _line(lines: Sequence[JournalLine], week: int) -> JournalLine:
    for one in lines:
        if one.week.no == week:
            return one
    raise UsageError(f"{week}주차는 없습니다. 이 인턴십은 1주차에서 {len(lines)}주차까지입니다.")


def _journal(one: JournalLine) -> dict[str, Any]:
    row = one.row
    return {
        "week": one.week.no,
        "start": one.week.start.isoformat(),
        "end": one.week.end.isoformat(),
        "due": one.due.isoformat(),
        "state": one.state.value,
        "work": row and row.work,
        "guidance": row and row.guidance,
        "output": row and row.output,
        "progress": row and row.progress,
        "mentor": row.mentor if row else None,
        "confirmed_on": row.confirmed_on.isoformat() if row and row.confirmed_on else None,
        "file": bool(row and row.attachment_id),
    }


def _deliverable(one: DeliverableLine) -> dict[str, Any]:
    row = one.row
    return {
        "name": row.name,
        "state": one.state.value,
        "due": row.due.isoformat() if row.due else None,
        "submitted_on": row.submitted_on.isoformat() if row.submitted_on else None,
        "memo": row.memo,
        "file": bool(row.attachment_id),
    }


def _sheet(one: Sheet) -> dict[str, Any]:
    return {
        "by": one.by.value,
        "state": one.state.value,
        "score": None if one.score is None else str(one.score),
        "on": one.on.isoformat() if one.on else None,
        "points": {answer.key: answer.points for answer in one.answers},
        "comment": one.comment,
        "file": bool(one.attachment_id),
    }


def _points(texts: list[str]) -> dict[str, int | None]:
    found: dict[str, int | None] = {}
    for text in texts:
        key, sign, number = text.partition("=")
        if not sign or (number and not number.isdecimal()):
            raise UsageError(f"'{text}'은(는) 읽을 수 없습니다. 항목=점수로 적어 주십시오. 예: diligence=4")
        found[key.strip()] = int(number) if number else None
    return found
