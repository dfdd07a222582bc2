"""`survey`: the training need survey's questions, a company's answers and AX level, the summary beside the country's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from regional_desk.cli.context import Call
from regional_desk.cli.values import iso_date
from regional_desk.domain.companies import CompanyKind, show_business_number
from regional_desk.domain.refused import Refused
from regional_desk.domain.text import korean_date
from regional_desk.domain.training_need import AxLevel, Share, parse_answer, parse_level
from regional_desk.errors import UsageError

if TYPE_CHECKING:
    from regional_desk.services.companies.training_needs import Need

_survey = typer.Typer(help="훈련수요 조사와 AX 수준.", no_args_is_help=True)
_Company = Annotated[str, typer.Argument(metavar="COMPANY", help="기업명 또는 사업자등록번호")]
_Year = Annotated[int | None, typer.Option(help="사업연도(없으면 올해 사업)")]
_NO_LEVEL = "없음"


def add_commands(app: typer.Typer) -> None:
    """Put this module's commands into the program."""
    app.add_typer(_survey, name="survey")


@_survey.command("questions")
def questions(context: typer.Context) -> None:
    """문항과 답, 전국 수치와 그 출처."""
    from regional_desk.services.companies.need_survey import survey

    call: Call = context.obj
    found = survey()
    data = [
        {
            "question": one.key,
            "label": one.label,
            "multiple": one.multiple,
            "choices": [
                {"choice": choice.key, "label": choice.label, "national": str(choice.national)}
                for choice in one.choices
            ],
        }
        for one in found.questions
    ]
    lines = [f"{found.title} — 출처: {found.source}"]
    for one in found.questions:
        lines.append(f"{one.key}: {one.label}{' (여러 개)' if one.multiple else ''}")
        lines += [
            f"  {number} {choice.label} = {choice.key} (전국 {choice.national}%)"
            for number, choice in enumerate(one.choices, start=1)
        ]
    call.emit({"source": found.source, "asked": found.asked, "questions": data}, lines)


@_survey.command("list")
def list_all(context: typer.Context, year: _Year = None) -> None:
    """기업마다 답했는지와 AX 수준."""
    from regional_desk.services.companies import training_needs

    call: Call = context.obj
    found = training_needs.list_needs(call.open(), year)
    lines = [_line(one) for one in found]
    call.emit({"companies": [_shown(one) for one in found]}, lines or ["기업이 없습니다."])


@_survey.command("show")
def show(context: typer.Context, company: _Company, year: _Year = None) -> None:
    """한 기업의 답."""
    from regional_desk.services.companies import companies, training_needs

    call: Call = context.obj
    desk = call.open()
    found = training_needs.read_need(desk, companies.find_company(desk, company), year)
    call.emit(_shown(found), [_line(found), *_answer_lines(found)])


@_survey.command("set")
def set_(
    context: typer.Context,
    company: _Company,
    answer: Annotated[
        list[str] | None, typer.Option(help="'문항=답' (여러 번; 답이 여럿이면 쉼표로, 비우면 그 답을 지움)")
    ] = None,
    on: Annotated[str | None, typer.Option(help="응답일(없으면 적힌 날 또는 오늘)")] = None,
    level: Annotated[str | None, typer.Option(help="AX 수준: 초급, 중급, 고급, 없음")] = None,
    year: _Year = None,
) -> None:
    """한 기업의 답을 적는다. 적지 않은 문항은 그대로 둔다."""
    from regional_desk.services.companies import companies, training_needs

    call: Call = context.obj
    desk = call.open()
    chosen = companies.find_company(desk, company)
    now = training_needs.read_need(desk, chosen, year)
    training_needs.set_need(
        desk,
        chosen,
        {**now.answers, **_answers(answer or [])},
        iso_date(on) if on else now.answered_on or desk.clock.today(),
        level=now.level if level is None else _level(level),
        version=now.version,
        year=year,
    )
    done = training_needs.read_need(desk, chosen, year)
    call.emit(_shown(done), [_line(done)])


@_survey.command("level")
def level_(
    context: typer.Context,
    company: _Company,
    level: Annotated[str, typer.Argument(help="초급, 중급, 고급, 없음")],
    year: _Year = None,
) -> None:
    """AX 수준을 정한다."""
    from regional_desk.services.companies import companies, training_needs

    call: Call = context.obj
    desk = call.open()
    chosen = companies.find_company(desk, company)
    now = training_needs.read_need(desk, chosen, year)
    training_needs.set_level(desk, chosen, _level(level), version=now.version, year=year)
    done = training_needs.read_need(desk, chosen, year)
    call.emit(_shown(done), [_line(done)])


@_survey.command("remove")
def remove(context: typer.Context, company: _Company, year: _Year = None) -> None:
    """잘못 적은 기업의 답을 지운다."""
    from regional_desk.services.companies import companies, training_needs

    call: Call = context.obj
    desk = call.open()
    chosen = companies.find_company(desk, company)
    now = training_needs.read_need(desk, chosen, year)
    training_needs.remove_need(desk, chosen, version=now.version, year=year)
    call.emit({"company": str(chosen)}, [f"{now.name}의 답을 지웠습니다."])


@_survey.command("summary")
def summary(
    context: typer.Context,
    year: _Year = None,
    kind: Annotated[CompanyKind | None, typer.Option(help="제조 또는 공급만")] = None,
) -> None:
    """우리 기업의 답을 전국 수치와 나란히."""
    from regional_desk.services.companies import training_needs
    from regional_desk.services.companies.need_survey import survey

    call: Call = context.obj
    found = training_needs.summary(call.open(), year, kind)
    levels = {level.value: len(companies) for level, companies in found.levels}
    data = {
        "answered": len(found.answered),
        "levels": levels,
        "source": survey().source,
        "questions": [
            {
                "question": one.question.key,
                "answered": one.base,
                "choices": [
                    {"choice": choice.key, "label": choice.label, **_share(share)}
                    for choice, share in one.shares
                ],
            }
            for one in found.questions
        ],
        "figures": [
            {
                "figure": one.figure.label,
                **_share(one.overall),
                "groups": [
                    {"group": group.label, "answered": share.base, **_share(share)}
                    for group, share in one.groups
                ],
            }
            for one in found.figures
        ],
    }
    shown = " · ".join(f"{level} {number}곳" for level, number in levels.items())
    lines = [f"응답 {len(found.answered)}곳 · AX 수준 {shown}"]
    for one in found.questions:
        lines.append(f"{one.question.label} ({one.base}곳)")
        lines += [
            f"  {choice.label}: {share.count}곳 {_percent(share.percent)} (전국 {_percent(share.national)})"
            for choice, share in one.shares
        ]
    call.emit(data, lines)


def _answers(pairs: list[str]) -> dict[str, tuple[str, ...]]:
    """Typed `문항=답` pairs; raise UsageError for an unknown question or answer."""
    from regional_desk.services.companies.need_survey import survey

    found = {}
    for pair in pairs:
        key, separator, value = pair.partition("=")
        question = next((one for one in survey().questions if key.strip() in (one.key, one.label)), None)
        if question is None or not separator:
            raise UsageError(f"'{pair}'은(는) '문항=답'이 아닙니다. 'survey questions'로 확인해 주십시오.")
        try:
            found[question.key] = parse_answer(question, value)
        except Refused as refused:
            raise UsageError(str(refused)) from None
    return found


def _level(text: str) -> AxLevel | None:
    if text.strip() == _NO_LEVEL:
        return None
    try:
        level = parse_level(text)
    except Refused as refused:
        raise UsageError(str(refused)) from None
    if level is None:
        raise UsageError(f"AX 수준을 적어 주십시오: {', '.join(AxLevel)}, {_NO_LEVEL}.")
    return level


def _shown(one: Need) -> dict[str, Any]:
    proposed = one.proposed
    return {
        "company": str(one.company),
        "name": one.name,
        "business_number": one.business_number,
        "kind": one.kind,
        "answered_on": one.answered_on.isoformat() if one.answered_on else None,
        "level": one.level,
        "proposed": proposed.level if proposed else None,
        "reason": proposed.reason if proposed else None,
        "answers": {question: list(chosen) for question, chosen in one.answers.items()},
    }


def _line(one: Need) -> str:
    day = one.answered_on if one.answered else None
    told = f"응답 {korean_date(day)}" if day else "아직 답하지 않음"
    level = f" · AX {one.level}" if one.level else ""
    proposed = f" · 제안 {one.proposed.level}: {one.proposed.reason}" if one.proposed else ""
    return f"{one.name} ({show_business_number(one.business_number)}) {told}{level}{proposed}"


def _answer_lines(one: Need) -> list[str]:
    from regional_desk.services.companies.need_survey import survey

    return [
        f"  {question.label}: {', '.join(question.choice(key).label for key in one.answers[question.key])}"
        for question in survey().questions
        if question.key in one.answers
    ]


def _share(share: Share) -> dict[str, Any]:
    shown = {"percent": share.percent, "national": share.national, "difference": share.difference}
    return {"count": share.count} | {
        name: None if value is None else str(value) for name, value in shown.items()
    }


def _percent(value: object) -> str:
    return "–" if value is None else f"{value}%"
