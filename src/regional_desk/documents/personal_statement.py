"""개인별 지급명세: one page a person, what is paid for a unit period and why, day by day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

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
    Value,
)
from regional_desk.domain.masking import Masking
from regional_desk.domain.text import korean_date, korean_span, won_words

KIND = DocumentKind(
    key="personal-statement",
    title="개인별 지급명세",
    landscape=False,
    scope=Scope.UNIT,
    names=Masking.FULL,
    accounts=Masking.MASKED,
)

_DAYS_IN_ROW = 11


@dataclass(frozen=True, slots=True)
class PaidPerson:
    """One person's page; `amount` in won, `trace` in Korean sentences, `days` (date, sign) of the unit's training days.

    `account` is shortened to its last digits already.
    """

    number: int
    name: str
    birth: str
    training_days: int
    attended_days: int
    converted_absences: int
    rate: Decimal
    amount: int
    trace: tuple[str, ...]
    days: tuple[tuple[dt.date, str], ...]
    bank: str
    account: str
    holder: str


@dataclass(frozen=True, slots=True)
class PersonalStatements:
    """One run's people, held ones left out."""

    course: str
    track: str
    unit_no: int
    start: dt.date
    end: dt.date
    state: str
    policy: str
    reference: str
    office: str
    people: tuple[PaidPerson, ...]


def to_paper(values: PersonalStatements, stamp: Stamp) -> Paper:
    """A portrait page for each person, who gets it: the name is full, the account by its last digits (rulebook section 6)."""
    blocks: list[Block] = []
    for at, person in enumerate(values.people):
        if at:
            blocks.append(PageBreak())
        blocks += _page(values, person, stamp)
    return Paper(
        title="훈련수당 지급명세",
        stamp=stamp,
        blocks=tuple(blocks),
        landscape=KIND.landscape,
        letters=True,
        closing="",
    )


def _page(values: PersonalStatements, person: PaidPerson, stamp: Stamp) -> list[Block]:
    info = Info(
        (
            (Field("성명", person.name), Field("생년월일", person.birth)),
            (Field("과정명", f"{values.course} ({values.track})"), Field("연번", str(person.number))),
            (
                Field("단위기간", f"{values.unit_no} ({korean_span(values.start, values.end)})"),
                Field("상태", values.state),
            ),
            (Field("지급액", won_words(person.amount)),),
            (
                Field("입금 계좌", f"{person.bank} {person.account}".strip() or "없음"),
                Field("예금주", person.holder),
            ),
        ),
        row_height=8.0,
    )
    figures = Table(
        (
            Column("소정훈련일", 20),
            Column("출석일수", 20),
            Column("결석 환산", 20),
            Column("출석률(%)", 20),
            Column("지급액(원)", 30, Align.RIGHT),
        ),
        (
            (
                person.training_days,
                person.attended_days,
                person.converted_absences,
                person.rate,
                person.amount,
            ),
        ),
        blank_below=False,
    )
    why = tuple(
        Paragraph(sentence, size=10, before=2.0 if at else 1.5) for at, sentence in enumerate(person.trace)
    )
    day = korean_date(stamp.printed_at.date())
    return [
        info,
        Paragraph("1. 산출 내역", size=11, bold=True, before=6, keep=True),
        figures,
        Paragraph("2. 왜 이 금액인가", size=11, bold=True, before=6, keep=True),
        *why,
        Paragraph("3. 날마다의 출결", size=11, bold=True, before=6, keep=True),
        *_strips(person.days),
        Paragraph(
            "○ 출석  △ 지각  ▽ 조퇴  ◇ 외출  × 결석  ◎ 출석인정  · 미입력  - 과정에 속하지 않음",
            size=8.5,
            before=2,
        ),
        Paragraph(
            "적용 기준: " + (f"{values.policy} ({values.reference})" if values.reference else values.policy),
            size=9,
            before=5,
        ),
        Paragraph(day, size=10.5, align=Align.CENTER, before=10, keep=True),
        Paragraph(values.office, size=13, align=Align.CENTER, bold=True, before=2),
    ]


def _strips(days: tuple[tuple[dt.date, str], ...]) -> list[Block]:
    """The days in tables of a row each, dates above their signs; the last one keeps the width of the others."""
    found: list[Block] = []
    for at in range(0, len(days), _DAYS_IN_ROW):
        some = days[at : at + _DAYS_IN_ROW]
        rest = _DAYS_IN_ROW - len(some)
        columns = [Column(f"{day.month}/{day.day}", 10, wrap=False) for day, _ in some]
        signs: list[Value] = [shown for _, shown in some]
        found.append(
            Table(
                (*columns, *(Column("", 10) for _ in range(rest))),
                ((*signs, *("" for _ in range(rest))),),
                row_height=7.5,
                blank_below=False,
            )
        )
    return found
