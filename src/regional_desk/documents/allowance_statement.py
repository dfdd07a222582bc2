"""훈련수당 지급조서: who is paid how much for a unit period, and by which policy."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from regional_desk.documents.paper import (
    Align,
    Column,
    DocumentKind,
    Field,
    Info,
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
    key="allowance-statement",
    title="훈련수당 지급조서",
    landscape=True,
    scope=Scope.UNIT,
    names=Masking.FULL,
    accounts=Masking.MASKED,
)

_COLUMNS = (
    Column("연번", 10),
    Column("성명", 21),
    Column("생년월일", 23),
    Column("소정\n훈련일", 14),
    Column("출석\n일수", 14),
    Column("출석률\n(%)", 15),
    Column("지급액(원)", 26, Align.RIGHT, money=True),
    Column("은행", 26, group="입금 계좌"),
    Column("계좌번호", 24, group="입금 계좌"),
    Column("예금주", 23, group="입금 계좌"),
    Column("비고", 36, Align.LEFT),
)


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One person; `amount` in won, `account` already shortened to its last digits."""

    number: int
    name: str
    birth: str
    training_days: int
    attended_days: int
    rate: Decimal
    amount: int
    bank: str
    account: str
    holder: str
    remark: str


@dataclass(frozen=True, slots=True)
class AllowanceStatement:
    """One run's people; held ones are left out and only counted. With `office` the paper closes in its name."""

    course: str
    track: str
    unit_no: int
    start: dt.date
    end: dt.date
    state: str
    policy: str
    source: str
    reference: str
    rows: tuple[StatementRow, ...]
    held: int
    approval: tuple[str, ...]
    office: str = ""


def to_paper(values: AllowanceStatement, stamp: Stamp) -> Paper:
    """The statement as a landscape paper, names full, accounts by their last digits (rulebook section 6)."""
    paid = sum(row.amount > 0 for row in values.rows)
    total = sum(row.amount for row in values.rows)
    people = f"대상 {len(values.rows)}명 · 지급 {paid}명"
    if values.held:
        people += f" · 보류 {values.held}명(이 조서에서 제외)"
    info = Info(
        (
            (Field("과정명", f"{values.course} ({values.track})"), Field("단위기간", _unit(values))),
            (Field("지급총액", won_words(total)), Field("인원", people)),
            (Field("적용 기준", _policy(values)), Field("상태", values.state)),
        )
    )
    table = Table(_COLUMNS, tuple(_row(row) for row in values.rows), row_height=5.8, sums=True, label_span=6)
    return Paper(
        title=KIND.title,
        stamp=stamp,
        blocks=(
            info,
            table,
            Paragraph(f"근거: {values.source}", size=8.5, before=2),
            *_closing(values, stamp),
        ),
        landscape=KIND.landscape,
        approval=values.approval,
        running=f"{KIND.title} · {values.course} · 단위기간 {values.unit_no}",
    )


def _unit(values: AllowanceStatement) -> str:
    return f"{values.unit_no} ({korean_span(values.start, values.end)})"


def _policy(values: AllowanceStatement) -> str:
    return f"{values.policy} ({values.reference})" if values.reference else values.policy


def _row(row: StatementRow) -> tuple[Value, ...]:
    return (
        row.number,
        row.name,
        row.birth,
        row.training_days,
        row.attended_days,
        row.rate,
        row.amount,
        row.bank,
        row.account,
        row.holder,
        row.remark,
    )


def _closing(values: AllowanceStatement, stamp: Stamp) -> tuple[Paragraph, ...]:
    if not values.office:
        return ()
    day = korean_date(stamp.printed_at.date())
    return (
        Paragraph(
            "위와 같이 훈련수당을 지급하고자 합니다.", size=10.5, align=Align.CENTER, before=4, keep=True
        ),
        Paragraph(day, size=10.5, align=Align.CENTER, before=2, keep=True),
        Paragraph(values.office, size=12, align=Align.CENTER, bold=True, before=2),
    )
