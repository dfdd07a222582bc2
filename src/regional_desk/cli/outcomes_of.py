"""`outcome`: show, due, convert, retention, employment, goal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from regional_desk.cli.context import Call
from regional_desk.cli.values import iso_date
from regional_desk.domain.outcomes import By, Employment, Retention, Step
from regional_desk.domain.people import Track
from regional_desk.domain.text import korean_date
from regional_desk.errors import UsageError

if TYPE_CHECKING:
    from uuid import UUID

    from regional_desk.exchange.received_files import ReceivedFile
    from regional_desk.services.desk import Desk
    from regional_desk.services.outcomes.employment import EmploymentLine
    from regional_desk.services.outcomes.outcomes import Outcomes

T = TypeVar("T")
_group = typer.Typer(help="성과: 정규직 전환, 고용유지, 취업상황, 목표.", no_args_is_help=True)
_Intern = Annotated[str, typer.Argument(metavar="INTERNSHIP", help="id, 번호(2026-3)나 교육생")]
_On = Annotated[str | None, typer.Option(help="날짜(없으면 오늘)")]
_File = Annotated[Path | None, typer.Option(help="증빙 파일")]
_Remove = Annotated[str | None, typer.Option(help="잘못 적은 것을 지우는 사유")]
_Year = Annotated[int | None, typer.Option(help="사업연도(없으면 올해)")]
_BY = {by.label: by for by in By}
_RESULTS = {one.label: one for one in Retention}
_SITUATIONS = {one.label: one for one in Employment}
_STEPS = {step.label: step for step in Step} | {step.value: step for step in Step}


def add_commands(app: typer.Typer) -> None:
    """Put this module's commands into the program."""
    app.add_typer(_group, name="outcome")


@_group.command("show")
def show(
    context: typer.Context,
    by: Annotated[str, typer.Option(help="과정, 트랙, 기업, 달")] = By.COURSE.label,
    year: _Year = None,
    until: Annotated[str | None, typer.Option(help="이날까지(없으면 오늘)")] = None,
) -> None:
    """수료부터 12개월 유지까지의 사람 수를 목표와 함께, 과정·트랙·기업·달별로 보여 준다."""
    from regional_desk.services.outcomes import outcomes

    call: Call = context.obj
    wanted = _chosen(_BY, by, "나누는 기준")
    found = outcomes.outcomes(call.open(), year, iso_date(until) if until else None)
    rows = [
        {"label": found.label(wanted, group.key), **{step.value: group.count(step) for step in Step}}
        for group in found.groups(wanted)
    ]
    steps = [_step(found, step) for step in Step]
    lines = [_told(one) for one in steps]
    lines += [
        f"  {row['label']}: " + " · ".join(f"{step.label} {row[step.value]}" for step in Step) for row in rows
    ]
    data = {"year": found.year, "until": found.until.isoformat(), "by": wanted.value}
    call.emit({**data, "steps": steps, "rows": rows}, lines)


@_group.command("due")
def due(
    context: typer.Context,
    coming: Annotated[bool, typer.Option("--coming", help="아직 때가 안 된 것도")] = False,
) -> None:
    """지금 확인할 전환 여부, 고용유지, 취업상황."""
    from regional_desk.services.outcomes.due import list_due

    call: Call = context.obj
    found = list_due(call.open(), coming=coming)
    data = [
        {
            "kind": one.kind.value,
            "id": str(one.id),
            "months": one.months,
            "name": one.name,
            "birth": one.birth.isoformat(),
            "about": one.about,
            "on": one.span.on.isoformat(),
            "until": one.span.until.isoformat(),
            "state": one.state.value,
        }
        for one in found
    ]
    lines = [
        f"{one.label} {one.name} {one.about} {korean_date(one.span.on)}부터 {korean_date(one.span.until)}까지 · "
        f"{one.state.label} · {one.id}"
        for one in found
    ]
    call.emit({"due": data}, lines or ["지금 확인할 것이 없습니다."])


@_group.command("convert")
def convert(
    context: typer.Context,
    internship: _Intern,
    start: Annotated[str | None, typer.Option("--from", help="전환일(전환할 때)")] = None,
    no: Annotated[bool, typer.Option("--no", help="전환하지 않음")] = False,
    on: _On = None,
    employment: Annotated[str, typer.Option(help="고용 형태(없으면 정규직)")] = "",
    wage: Annotated[int | None, typer.Option(help="월 임금(원)")] = None,
    reason: Annotated[str, typer.Option(help="사유나 메모(전환하지 않으면 반드시)")] = "",
    file: _File = None,
    remove: _Remove = None,
) -> None:
    """정규직 전환 여부를 적거나 고친다."""
    from regional_desk.services.internships.reading import find_internship
    from regional_desk.services.outcomes import conversions, records
    from regional_desk.services.outcomes.conversions import Decision

    call: Call = context.obj
    desk = call.open()
    if (start is None) != no and remove is None:
        raise UsageError("전환했으면 --from 전환일을, 하지 않았으면 --no를 적어 주십시오.")
    wanted = find_internship(desk, internship)
    before = records.read(desk, wanted).row.conversion
    if remove is not None:
        conversions.remove(desk, wanted, before.version if before else 0, remove)
    else:
        given = Decision(
            start is not None,
            iso_date(on) if on else desk.clock.today(),
            iso_date(start) if start else None,
            employment,
            wage,
            reason,
        )
        version = before.version if before else None
        conversions.record(desk, wanted, given, version=version, file=_received(file))
    _emit_intern(call, desk, wanted)


@_group.command("retention")
def retention(
    context: typer.Context,
    internship: _Intern,
    months: Annotated[int, typer.Option(help="6이나 12")],
    result: Annotated[str | None, typer.Argument(metavar="RESULT", help="유지, 퇴사, 미확인")] = None,
    source: Annotated[str, typer.Option(help="무엇으로 확인했는지")] = "",
    on: _On = None,
    left: Annotated[str | None, typer.Option(help="퇴사한 사람의 마지막 근무일")] = None,
    memo: Annotated[str, typer.Option(help="메모")] = "",
    file: _File = None,
    remove: _Remove = None,
) -> None:
    """전환 6개월·12개월 뒤의 고용유지 확인을 적거나 고친다."""
    from regional_desk.services.internships.reading import find_internship
    from regional_desk.services.outcomes import records, retention_checks
    from regional_desk.services.outcomes.retention_checks import Finding

    call: Call = context.obj
    desk = call.open()
    wanted = find_internship(desk, internship)
    check = records.read(desk, wanted).check(months)
    version = check.row.version if check and check.row else None
    if remove is not None:
        retention_checks.remove(desk, wanted, months, version or 0, remove)
    else:
        given = Finding(
            _chosen(_RESULTS, result or "", "결과"),
            iso_date(on) if on else desk.clock.today(),
            source,
            iso_date(left) if left else None,
            memo,
        )
        retention_checks.record(desk, wanted, months, given, version=version, file=_received(file))
    _emit_intern(call, desk, wanted)


@_group.command("employment")
def employment(
    context: typer.Context,
    course: Annotated[str | None, typer.Argument(metavar="[COURSE]", help="과정")] = None,
    person: Annotated[str | None, typer.Argument(metavar="[PERSON]", help="교육생")] = None,
    result: Annotated[str | None, typer.Argument(metavar="[RESULT]", help="취업, 미취업, 미확인")] = None,
    source: Annotated[str, typer.Option(help="무엇으로 확인했는지")] = "",
    employer: Annotated[str, typer.Option(help="취업한 곳")] = "",
    since: Annotated[str | None, typer.Option("--from", help="취업일")] = None,
    on: _On = None,
    memo: Annotated[str, typer.Option(help="메모")] = "",
    remove: _Remove = None,
    year: _Year = None,
) -> None:
    """과정이 끝나고 7개월 뒤의 취업상황을 적거나, 교육생 없이 목록을 본다."""
    from regional_desk.services.outcomes import employment as service
    from regional_desk.services.outcomes.employment import Situation
    from regional_desk.services.recruitment.people import find_person
    from regional_desk.services.training.courses import find_course

    call: Call = context.obj
    desk = call.open()
    of_course = find_course(desk, course) if course else None
    if person is None:
        lines = [line for line in service.list_lines(desk, year) if of_course in (None, line.row.course)]
        call.emit({"employment": [_situation(line) for line in lines]}, [_line(line) for line in lines])
        return
    who = find_person(desk, person)
    line = next(
        (one for one in service.survey_lines(desk) if (one.row.course, one.row.person) == (of_course, who)),
        None,
    )
    if line is None:
        raise UsageError(f"'{person}'은(는) 이 과정을 수료했거나 조기취업한 교육생이 아닙니다.")
    member = line.row.membership
    if remove is not None:
        service.remove(desk, member, line.row.version or 0, remove)
    else:
        given = Situation(
            _chosen(_SITUATIONS, result or "", "결과"),
            iso_date(on) if on else desk.clock.today(),
            source,
            employer,
            iso_date(since) if since else None,
            memo,
        )
        service.record(desk, member, given, version=line.row.version)
    told = service.read(desk, member)
    call.emit(_situation(told), [_line(told)])


@_group.command("goal")
def goal(
    context: typer.Context,
    step: Annotated[str | None, typer.Argument(metavar="[STEP]", help=", ".join(Step))] = None,
    track: Annotated[Track | None, typer.Argument(metavar="[TRACK]", help="Track1, Track2")] = None,
    people: Annotated[int | None, typer.Argument(metavar="[PEOPLE]", help="사람 수, 없으면 지운다")] = None,
    year: _Year = None,
) -> None:
    """단계와 트랙의 목표를 정하거나, 아무것도 적지 않으면 목표를 보여 준다."""
    from regional_desk.services.outcomes import goals

    call: Call = context.obj
    desk = call.open()
    if step is not None:
        if track is None:
            raise UsageError("목표를 정할 트랙을 적어 주십시오(Track1, Track2).")
        goals.set_goals(desk, {(_chosen(_STEPS, step, "단계"), track): people}, year)
    found = sorted(
        goals.list_goals(desk, year).items(), key=lambda one: (list(Step).index(one[0][0]), one[0][1])
    )
    data = [{"item": of.value, "track": which.value, "people": number} for (of, which), number in found]
    lines = [f"{of.label} {which.value} {number}명" for (of, which), number in found]
    call.emit({"goals": data}, lines or ["정한 목표가 없습니다."])


def _chosen(known: dict[str, T], text: str, what: str) -> T:
    if text not in known:
        raise UsageError(f"'{text}'은(는) 모르는 {what}입니다. 쓸 수 있는 것: {', '.join(known)}.")
    return known[text]


def _received(file: Path | None) -> ReceivedFile | None:
    from regional_desk.services.outcomes import conversions

    return None if file is None else conversions.read_file(file)


def _step(found: Outcomes, step: Step) -> dict[str, Any]:
    came, base = found.share(step)
    people = found.total.count(step)
    return {"step": step.value, "goal": found.goal(step), "people": people, "came": came, "base": base}


def _told(one: dict[str, Any]) -> str:
    goal = "" if one["goal"] is None else f" / 목표 {one['goal']}명"
    share = f" ({one['base']}명 가운데 {one['came']}명)" if one["base"] else ""
    return f"{Step(one['step']).label} {one['people']}명{goal}{share}"


def _emit_intern(call: Call, desk: Desk, internship: UUID) -> None:
    from regional_desk.services.outcomes import records

    found = records.read(desk, internship)
    decided = found.row.conversion
    since = decided.employed_from if decided else None
    checks = [
        {
            "months": one.months,
            "on": one.span.on.isoformat(),
            "until": one.span.until.isoformat(),
            "state": one.state.value,
            "result": one.row.result if one.row else None,
        }
        for one in found.checks
    ]
    data = {
        "internship": str(internship),
        "converted": decided.converted if decided else None,
        "employed_from": since.isoformat() if since else None,
        "checks": checks,
    }
    lines = [f"{found.row.name} {found.row.company_name}: {found.words}"]
    lines += [f"  {one.months}개월({korean_date(one.span.on)}): {one.words}" for one in found.checks]
    call.emit(data, lines)


def _situation(line: EmploymentLine) -> dict[str, Any]:
    row = line.row
    return {
        "name": row.name,
        "birth": row.birth.isoformat(),
        "course": row.course_name,
        "outcome": line.outcome.label,
        "on": line.span.on.isoformat(),
        "until": line.span.until.isoformat(),
        "state": line.state.value,
        "result": row.result,
        "employer": row.employer,
        "employed_from": row.employed_from.isoformat() if row.employed_from else None,
    }


def _line(line: EmploymentLine) -> str:
    row, employer = line.row, f" {line.row.employer}" if line.row.employer else ""
    return f"{row.name} {row.course_name} {line.outcome.label} · {korean_date(line.span.on)}부터 · {line.words}{employer}"
