"""`internship`: prepare, add, edit, amend, sign, scan, void, replace: what is agreed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from regional_desk.cli.context import Call
from regional_desk.cli.internship_data import emit_internship
from regional_desk.cli.internships import InternName, Reason, day_of, found_intern, group
from regional_desk.cli.values import iso_date, parsed
from regional_desk.domain.positions import parse_wage, parse_week
from regional_desk.errors import UsageError

if TYPE_CHECKING:
    from regional_desk.services.internships.drafts import AgreementDraft
    from regional_desk.services.internships.reading import InternshipDetail
    from regional_desk.store.internship_records import AgreementRow

_End = Annotated[str | None, typer.Option(help="마지막 날(그날 포함)")]
_Wage = Annotated[str | None, typer.Option(help="월 임금(원)")]
_Week = Annotated[str | None, typer.Option(help="주 소정근로시간")]
_Place = Annotated[str | None, typer.Option(help="취업의 장소")]
_Duties = Annotated[str | None, typer.Option(help="종사할 업무")]
_Mentor = Annotated[str | None, typer.Option(help="멘토")]
_Point = Annotated[list[str] | None, typer.Option(help="근로기준법 제17조 항목: 이름=내용(여럿)")]
_Start = Annotated[str | None, typer.Option(help="첫날")]
_Company = Annotated[str, typer.Argument(metavar="COMPANY", help="기업명이나 사업자등록번호")]
_Person = Annotated[str, typer.Argument(metavar="PERSON", help="성명, '성명 생년월일' 또는 id")]


@group.command("prepare")
def prepare(
    context: typer.Context,
    person: _Person,
    start: _Start = None,
    end: _End = None,
    wage: _Wage = None,
    week: _Week = None,
    place: _Place = None,
    duties: _Duties = None,
    mentor: _Mentor = None,
    point: _Point = None,
) -> None:
    """공개한 배정에서 협약 초안을 만든다. 적지 않은 것은 직무와 기업에서 가져온다."""
    from regional_desk.services.internships import internships
    from regional_desk.services.recruitment.people import find_person

    call: Call = context.obj
    desk = call.open()
    who = find_person(desk, person)
    placed = [one for one in internships.waiting(desk) if one.trainee == who]
    if not placed:
        raise UsageError(
            f"'{person}'에게 협약을 준비할 배정이 없습니다. 'internship list'로 확인해 주십시오."
        )
    proposed = internships.propose(desk, placed[0].company, placed[0].position, day_of(start))
    draft = _changed(proposed, end, wage, week, place, duties, mentor, point)
    emit_internship(call, internships.prepare(desk, placed[0].id, draft))


@group.command("add")
def add(
    context: typer.Context,
    person: _Person,
    company: _Company,
    reason: Reason,
    position: Annotated[str | None, typer.Option(help="직무(기업명/직무 또는 id)")] = None,
    start: _Start = None,
    end: _End = None,
    wage: _Wage = None,
    week: _Week = None,
    place: _Place = None,
    duties: _Duties = None,
    mentor: _Mentor = None,
    point: _Point = None,
) -> None:
    """연계 없이, 사유를 남기고 협약 초안을 만든다."""
    from regional_desk.services.companies import companies, positions
    from regional_desk.services.internships import internships
    from regional_desk.services.recruitment.people import find_person

    call: Call = context.obj
    desk = call.open()
    company_id = companies.find_company(desk, company)
    position_id = positions.find_position(desk, position) if position else None
    proposed = internships.propose(desk, company_id, position_id, day_of(start))
    draft = _changed(proposed, end, wage, week, place, duties, mentor, point)
    made = internships.add_direct(desk, find_person(desk, person), company_id, position_id, reason, draft)
    emit_internship(call, made)


@group.command("edit")
def edit(
    context: typer.Context,
    intern: InternName,
    start: _Start = None,
    end: _End = None,
    wage: _Wage = None,
    week: _Week = None,
    place: _Place = None,
    duties: _Duties = None,
    mentor: _Mentor = None,
    point: _Point = None,
    reason: Annotated[str | None, typer.Option(help="변경협약의 사유")] = None,
) -> None:
    """서명을 기다리는 협약이나 변경협약을 고친다. 적지 않은 것은 그대로."""
    from regional_desk.services.internships import agreements
    from regional_desk.services.internships.drafts import draft_of

    call: Call = context.obj
    desk, found = found_intern(call, intern)
    row = _waiting_draft(found)
    draft = draft_of(row)
    draft = replace(draft, effective_from=day_of(start) or draft.effective_from)
    draft = _changed(draft, end, wage, week, place, duties, mentor, point)
    emit_internship(call, agreements.edit_draft(desk, row.id, row.version, draft, reason))


@group.command("amend")
def amend(
    context: typer.Context,
    intern: InternName,
    effective: Annotated[str, typer.Argument(metavar="DATE", help="시행일")],
    reason: Reason,
    end: _End = None,
    wage: _Wage = None,
    week: _Week = None,
    place: _Place = None,
    duties: _Duties = None,
    mentor: _Mentor = None,
    point: _Point = None,
) -> None:
    """변경협약 초안을 만든다. 서명하면 시행일부터 그 내용이 맞는 것이 된다."""
    from regional_desk.services.internships import agreements
    from regional_desk.services.internships.drafts import draft_of

    call: Call = context.obj
    desk, found = found_intern(call, intern)
    standing = [one for one in found.agreements if one.state == "signed"] or list(found.agreements[:1])
    draft = replace(draft_of(standing[-1]), effective_from=iso_date(effective))
    draft = _changed(draft, end, wage, week, place, duties, mentor, point)
    emit_internship(call, agreements.amend(desk, found.row.id, draft, reason))


@group.command("sign")
def sign(
    context: typer.Context,
    intern: InternName,
    on: Annotated[str, typer.Argument(metavar="DATE", help="서명일")],
    scan: Annotated[Path | None, typer.Option(help="서명본 스캔 파일")] = None,
    on_paper: Annotated[bool, typer.Option("--paper", help="스캔 없이 서면으로 서명했음")] = False,
) -> None:
    """서명을 기다리는 협약이나 변경협약에 서명을 적는다."""
    from regional_desk.services.internships import agreements

    call: Call = context.obj
    desk, found = found_intern(call, intern)
    row = _waiting_draft(found)
    emit_internship(call, agreements.sign(desk, row.id, iso_date(on), scan, on_paper=on_paper))


@group.command("scan")
def add_scan(
    context: typer.Context,
    intern: InternName,
    file: Annotated[Path, typer.Argument(help="서명본 스캔 파일")],
    number: Annotated[int, typer.Option("--amendment", help="몇 차 변경협약(없으면 처음 협약)")] = 0,
) -> None:
    """서면으로 서명한 협약에 스캔을 넣는다."""
    from regional_desk.services.internships import agreements

    call: Call = context.obj
    desk, found = found_intern(call, intern)
    emit_internship(call, agreements.attach_scan(desk, _numbered(found, number).id, file))


@group.command("void")
def void(
    context: typer.Context,
    intern: InternName,
    reason: Reason,
    amendment: Annotated[int | None, typer.Option(help="몇 차 변경협약")] = None,
    away: Annotated[str | None, typer.Option("--break", help="이날 시작한 중단·결근")] = None,
) -> None:
    """변경협약(--amendment)을 취소하거나 중단·결근(--break)을 무효로 한다."""
    from regional_desk.services.internships import agreements, interruptions

    call: Call = context.obj
    desk, found = found_intern(call, intern)
    if (amendment is None) == (away is None):
        raise UsageError("취소할 것을 --amendment 차수 또는 --break 시작일 가운데 하나로 정해 주십시오.")
    if amendment is not None:
        emit_internship(call, agreements.void(desk, _numbered(found, amendment).id, reason))
        return
    day = iso_date(away or "")
    rows = [one for one in found.interruptions if one.start == day and one.void_reason is None]
    if not rows:
        raise UsageError(f"{day.isoformat()}에 시작한 중단·결근이 없습니다.")
    emit_internship(call, interruptions.void(desk, rows[0].id, reason))


@group.command("replace")
def replace_intern(
    context: typer.Context,
    intern: InternName,
    person: _Person,
    reason: Reason,
    on: Annotated[str | None, typer.Option(help="앞사람의 마지막 날(이미 끝났으면 적지 않음)")] = None,
    start: _Start = None,
    end: _End = None,
    wage: _Wage = None,
    week: _Week = None,
    place: _Place = None,
    duties: _Duties = None,
    mentor: _Mentor = None,
    point: _Point = None,
) -> None:
    """같은 직무를 다른 사람이 이어받는다: 앞사람은 교체로 끝나고 새 협약 초안이 생긴다."""
    from regional_desk.services.internships import internships
    from regional_desk.services.recruitment.people import find_person

    call: Call = context.obj
    desk, found = found_intern(call, intern)
    last = day_of(on)
    first = day_of(start) or ((last + dt.timedelta(days=1)) if last else desk.clock.today())
    proposed = internships.propose(desk, found.row.company, found.row.position, first)
    draft = _changed(proposed, end, wage, week, place, duties, mentor, point)
    who = find_person(desk, person)
    made = internships.replace(desk, found.row.id, who, reason, on=last, draft=draft)
    emit_internship(call, made)


def _waiting_draft(found: InternshipDetail) -> AgreementRow:
    if found.draft is None:
        raise UsageError(f"인턴십 {found.row.label}에 서명을 기다리는 협약이 없습니다.")
    return found.draft


def _numbered(found: InternshipDetail, number: int) -> AgreementRow:
    for one in found.agreements:
        if one.number == number:
            return one
    raise UsageError(f"인턴십 {found.row.label}에 {number}차 변경협약이 없습니다.")


def _changed(
    draft: AgreementDraft,
    end: str | None,
    wage: str | None,
    week: str | None,
    place: str | None,
    duties: str | None,
    mentor: str | None,
    point: list[str] | None,
) -> AgreementDraft:
    """The draft with what was typed; what was not typed stays."""
    said: dict[str, Any] = {"place": place, "duties": duties, "mentor": mentor, "end": day_of(end)}
    said |= {"wage": parsed(parse_wage, wage) if wage else None}
    said |= {"weekly_minutes": parsed(parse_week, week) if week else None}
    points = dict(draft.points)
    for text in point or ():
        key, sign, content = text.partition("=")
        if not sign:
            raise UsageError(f"'{text}'은(는) 이름=내용이 아닙니다. 예: --point pay_day=매월 25일")
        points[key.strip()] = content
    return replace(draft, points=points, **{name: value for name, value in said.items() if value is not None})
