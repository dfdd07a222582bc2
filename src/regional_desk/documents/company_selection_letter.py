"""참여기업 선정 통지서: one letter a company with what was decided, all of them in one file."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from regional_desk.documents.paper import (
    Align,
    Block,
    DocumentKind,
    Field,
    Info,
    PageBreak,
    Paper,
    Paragraph,
    Scope,
    Stamp,
)
from regional_desk.domain.company_selection import ParticipationState
from regional_desk.domain.masking import Masking
from regional_desk.domain.text import korean_date

KIND = DocumentKind(
    key="company-selection-letter",
    title="참여기업 평가 결과 통지서",
    landscape=False,
    scope=Scope.OFFICE,
    names=Masking.FULL,
)
_WORDS = {
    ParticipationState.SELECTED: (
        "귀사는 「스마트제조 전문인력 육성사업」에 참여를 신청하여 평가를 거쳐 {year}년 참여기업({kind}기업)으로 선정되셨습니다.",
        "인턴을 맡길 직무와 인원, 근무 조건을 사업단에 알려 주시고 참여기업 서약서를 내 주시기 바랍니다. 사정이 바뀌어 참여하지 못하게 되면 예비 기업이 기회를 얻을 수 있도록 바로 알려 주십시오.",
    ),
    ParticipationState.RESERVE: (
        "귀사는 「스마트제조 전문인력 육성사업」에 참여를 신청하여 평가를 거쳐 {year}년 {kind}기업 {result} 순번을 받으셨습니다.",
        "선정된 기업이 참여를 철회하면 예비 순번대로 연락드립니다. 담당자나 연락처가 바뀌면 사업단에 알려 주시기 바랍니다.",
    ),
    ParticipationState.REJECTED: (
        "귀사께서 「스마트제조 전문인력 육성사업」에 보여 주신 관심에 깊이 감사드립니다.",
        "아쉽게도 {year}년 참여기업으로는 모시지 못하게 되었음을 알려 드립니다. 지역의 목표 기업 수가 정해져 있어 신청하신 모든 기업을 모시지 못하는 점을 널리 헤아려 주시기 바랍니다.",
    ),
}


@dataclass(frozen=True, slots=True)
class LetterCompany:
    """One receiver; `result` is 선정, 예비 n번 or 미선정."""

    name: str
    business_number: str
    kind: str
    state: ParticipationState
    result: str
    decided_on: dt.date


@dataclass(frozen=True, slots=True)
class CompanyLetters:
    """The letters of one programme year."""

    office: str
    year: int
    companies: tuple[LetterCompany, ...]


def to_paper(values: CompanyLetters, stamp: Stamp) -> Paper:
    """The letters as portrait pages, each with the title and one company (rulebook section 6)."""
    blocks: list[Block] = []
    for one in values.companies:
        if blocks:
            blocks.append(PageBreak())
        blocks += _letter(values, one)
    return Paper(
        title=KIND.title,
        stamp=stamp,
        blocks=tuple(blocks),
        letters=True,
        title_size=20.0,
    )


def _letter(values: CompanyLetters, one: LetterCompany) -> list[Block]:
    words = {"year": values.year, "kind": one.kind, "result": one.result}
    day = korean_date(one.decided_on)
    return [
        Info(
            (
                (Field("받는 곳", f"{one.name} 귀중"), Field("사업자등록번호", one.business_number)),
                (Field("사업연도", f"{values.year}년"), Field("유형", f"{one.kind}기업")),
                (Field("결과", one.result), Field("결정일", day)),
            ),
            row_height=9,
            before=8,
        ),
        *(
            Paragraph(sentence.format(**words), size=12, before=12 if at == 0 else 5)
            for at, sentence in enumerate(_WORDS[one.state])
        ),
        Paragraph(day, size=12, align=Align.CENTER, before=22),
        Paragraph(f"{values.office}장", size=16, align=Align.CENTER, bold=True, before=8),
    ]
