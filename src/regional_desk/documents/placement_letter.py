"""배정 통지서: to each trainee of a round, and to each company with whom it gets."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from regional_desk.documents.paper import (
    Align,
    Block,
    Column,
    DocumentKind,
    Field,
    Info,
    PageBreak,
    Paper,
    Paragraph,
    Scope,
    Stamp,
    Table,
)
from regional_desk.domain.masking import Masking
from regional_desk.domain.text import korean_date

PERSON_KIND = DocumentKind(
    key="placement-letter", title="배정 통지서", landscape=False, scope=Scope.OFFICE, names=Masking.FULL
)
COMPANY_KIND = DocumentKind(
    key="placement-company-letter",
    title="기업 배정 통지서",
    landscape=False,
    scope=Scope.OFFICE,
    names=Masking.FULL,
)

_PROGRAMME = "「스마트제조 전문인력 육성사업」"
_SIZE = 12.0
_COLUMNS = (
    Column("연번", 12),
    Column("직무", 46, Align.LEFT),
    Column("성명", 28),
    Column("생년월일", 34),
    Column("연락처", 36),
    Column("비고", 26),
)
_WITHHELD = "동의 확인 전"
_AGAIN = "남은 모집인원은 다음 연계 차수에서 다시 소개해 드립니다. 모집 조건이 바뀌면 사업단에 알려 주시기 바랍니다."


@dataclass(frozen=True, slots=True)
class Job:
    """A position as its letter shows it; each value is text, empty where it is not known."""

    company: str
    position: str
    place: str
    wage: str
    hours: str
    starts: str
    conditions: str
    contact: str


@dataclass(frozen=True, slots=True)
class LetterPerson:
    """One receiver; `job` is None of who was not placed."""

    name: str
    birth: str
    track: str
    job: Job | None


@dataclass(frozen=True, slots=True)
class PlacementLetters:
    """The letters to a round's trainees; `on` is the day of publishing, None before it."""

    office: str
    round: str
    on: dt.date | None
    people: tuple[LetterPerson, ...]


@dataclass(frozen=True, slots=True)
class CompanyPerson:
    """One trainee the company gets; `known` is False without consent to hand the person's data to companies."""

    position: str
    name: str
    birth: str
    phone: str
    known: bool


@dataclass(frozen=True, slots=True)
class LetterCompany:
    """One company with its positions as (직무, 모집인원) and whom it gets."""

    name: str
    contact: str
    positions: tuple[tuple[str, int], ...]
    people: tuple[CompanyPerson, ...]


@dataclass(frozen=True, slots=True)
class CompanyLetters:
    """The letters to a round's companies; `on` is the day of publishing, None before it."""

    office: str
    round: str
    on: dt.date | None
    companies: tuple[LetterCompany, ...]


def to_paper(values: PlacementLetters, stamp: Stamp) -> Paper:
    """One portrait page a trainee with the full name, for the person receives it (rulebook section 6)."""
    day = korean_date(values.on or stamp.printed_at.date())
    pages = [_to_person(values, person, day) for person in values.people]
    return _letters(pages, " ".join(PERSON_KIND.title.replace(" ", "")), stamp)


def company_paper(values: CompanyLetters, stamp: Stamp) -> Paper:
    """One portrait letter a company, with names and phones only of those who agreed to be named to it."""
    day = korean_date(values.on or stamp.printed_at.date())
    pages = [_to_company(values, company, day) for company in values.companies]
    return _letters(pages, "교육생 배정 통지서", stamp)


def _letters(pages: list[list[Block]], title: str, stamp: Stamp) -> Paper:
    blocks: list[Block] = []
    for page in pages:
        if blocks:
            blocks.append(PageBreak())
        blocks += page
    return Paper(title=title, stamp=stamp, blocks=tuple(blocks), letters=True, title_size=22.0)


def _to_person(values: PlacementLetters, person: LetterPerson, day: str) -> list[Block]:
    head = (
        (Field("받는 분", f"{person.name} 님"), Field("생년월일", person.birth)),
        (Field("연계 차수", values.round), Field("트랙", person.track)),
        (
            Field("결과", "배정" if person.job else "미배정"),
            Field("공개일", day if values.on else "아직 공개하지 않음"),
        ),
    )
    sentences = _placed(person.job) if person.job else _unplaced()
    return [
        Info(head, row_height=9, before=8),
        Paragraph(
            f"귀하는 {_PROGRAMME} {values.round}에 참여하셨습니다. {sentences[0]}", size=_SIZE, before=10
        ),
        *((Info(_job(person.job), row_height=9, before=6),) if person.job else ()),
        *(Paragraph(text, size=_SIZE, before=5) for text in sentences[1:]),
        *_signed(values.office, day),
    ]


def _placed(job: Job) -> tuple[str, ...]:
    return (
        f"희망순위와 면접 결과에 따라 {job.company}에 배정되었음을 알려 드립니다.",
        "위 내용은 기업이 알려 온 모집 조건이며, 실제 근로조건은 근로계약서와 인턴십 협약으로 정합니다.",
        "사정이 있어 참여하지 못하게 되면 다른 분이 기회를 얻을 수 있도록 바로 사업단에 알려 주시기 바랍니다.",
    )


def _unplaced() -> tuple[str, ...]:
    return (
        "아쉽게도 이번 차수에서는 배정되지 않았음을 알려 드립니다.",
        "왜 배정되지 않았는지는 사업단에서 배정 설명서로 알려 드리며, 다음 차수에서 다시 연계해 드립니다.",
        "희망하는 기업이나 직무가 바뀌면 다음 차수의 희망순위를 낼 때 적어 주시기 바랍니다.",
    )


def _job(job: Job) -> tuple[tuple[Field, ...], ...]:
    """Only what is known: a letter has no empty lines."""
    pairs = (
        ("배정 기업", job.company),
        ("직무", job.position),
        ("근무지", job.place),
        ("임금", job.wage),
        ("근로시간", job.hours),
        ("시작일", job.starts),
        ("조건", job.conditions),
        ("기업 담당자", job.contact),
    )
    return tuple((Field(label, text),) for label, text in pairs if text)


def _to_company(values: CompanyLetters, company: LetterCompany, day: str) -> list[Block]:
    seats = sum(count for _, count in company.positions)
    head = (
        (Field("받는 기업", f"{company.name} 귀중"),),
        *(((Field("담당자", company.contact),),) if company.contact else ()),
        (
            Field("연계 차수", values.round),
            Field("공개일", day if values.on else "아직 공개하지 않음"),
        ),
        (Field("모집 직무", " · ".join(f"{name} {count}명" for name, count in company.positions)),),
        (Field("결과", f"모집 {seats}명 · 배정 {len(company.people)}명"),),
    )
    rows = tuple(
        (at, one.position, one.name, one.birth, one.phone, "" if one.known else _WITHHELD)
        for at, one in enumerate(company.people, start=1)
    )
    hidden = sum(not one.known for one in company.people)
    notes = [
        "협약과 근로계약의 일정은 사업단이 따로 연락드립니다. 받지 못하게 되는 사정이 생기면 바로 알려 주시기 바랍니다.",
        "이 명단은 인턴십 협약과 채용 절차에만 쓰고, 다른 곳에 주지 말며, 쓰임이 끝나면 파기해 주시기 바랍니다.",
    ]
    if hidden:
        notes.append(
            f"'{_WITHHELD}'인 {hidden}명은 기업에 개인정보를 주는 데 대한 동의를 확인한 뒤 알려 드립니다."
        )
    said = (
        f"귀 기업이 {_PROGRAMME} {values.round}에 낸 직무에 아래 교육생이 배정되었음을 알려 드립니다."
        if rows
        else f"귀 기업이 {_PROGRAMME} {values.round}에 낸 직무에는 이번에 배정된 교육생이 없음을 알려 드립니다."
    )
    return [
        Info(head, row_height=9, before=8),
        Paragraph(said, size=11.5, before=8),
        *((Table(_COLUMNS, rows, row_height=8, size=10, blank_below=False),) if rows else ()),
        *(Paragraph(text, size=11, before=3.5) for text in (notes if rows else [_AGAIN])),
        *_signed(values.office, day),
    ]


def _signed(office: str, day: str) -> tuple[Block, ...]:
    return (
        Paragraph(day, size=12, align=Align.CENTER, before=18, keep=True),
        Paragraph(f"{office}장", size=16, align=Align.CENTER, bold=True, before=8),
    )
