"""인턴지원금 지급조서: which company is paid how much for whose service months, and by which policy."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

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
from regional_desk.domain.text import korean_date, won_words

KIND = DocumentKind(
    key="claim-statement",
    title="인턴지원금 지급조서",
    landscape=True,
    scope=Scope.MONTH,
    names=Masking.FULL,
    accounts=Masking.MASKED,
)

_COLUMNS = (
    Column("연번", 9),
    Column("기업명", 31, Align.LEFT),
    Column("성명", 16, group="인턴"),
    Column("생년월일", 21, group="인턴"),
    Column("차수", 9, group="지원월"),
    Column("기간", 43, group="지원월"),
    Column("근무\n일수", 12, group="지원월"),
    Column("지급\n비율", 13),
    Column("지급한\n임금(원)", 20, Align.RIGHT),
    Column("지원액(원)", 22, Align.RIGHT, money=True),
    Column("은행", 18, group="입금 계좌"),
    Column("계좌번호", 19, group="입금 계좌"),
    Column("예금주", 28, group="입금 계좌"),
    Column("비고", 21, Align.LEFT),
)


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One service month; `wage` and `amount` in won, `account` already shortened to its last digits."""

    number: int
    company: str
    name: str
    birth: str
    month_no: int
    span: str
    served_days: int
    share: str
    wage: int | None
    amount: int
    bank: str
    account: str
    holder: str
    remark: str


@dataclass(frozen=True, slots=True)
class ClaimStatement:
    """One run's service months; held ones are left out and only counted. `month` is its first day."""

    month: dt.date
    state: str
    policy: str
    method: str
    source: str
    reference: str
    rows: tuple[StatementRow, ...]
    held: int
    approval: tuple[str, ...]
    office: str


def to_paper(values: ClaimStatement, stamp: Stamp) -> Paper:
    """The statement as a landscape paper, names full, accounts by their last digits (rulebook section 6)."""
    total = sum(row.amount for row in values.rows)
    companies = len({row.company for row in values.rows if row.amount})
    people = f"지원월 {len(values.rows)}건 · 지급 {sum(row.amount > 0 for row in values.rows)}건 · 기업 {companies}곳"
    if values.held:
        people += f" · 보류 {values.held}건(제외)"
    month = f"{values.month.year}년 {values.month.month}월"
    info = Info(
        (
            (Field("대상", f"{month}에 끝난 지원월"), Field("상태", values.state)),
            (Field("지급총액", won_words(total)), Field("건수", people)),
            (
                Field("적용 기준", f"{values.policy} ({values.reference})"),
                Field("일할 방법", values.method),
            ),
        )
    )
    day = korean_date(stamp.printed_at.date())
    return Paper(
        title=f"{month} {KIND.title}",
        stamp=stamp,
        blocks=(
            info,
            Table(_COLUMNS, tuple(_row(row) for row in values.rows), row_height=5.8, sums=True, label_span=9),
            Paragraph(f"근거: {values.source}", size=8.5, before=2),
            Paragraph(
                "위와 같이 인턴지원금을 지급하고자 합니다.",
                size=10.5,
                align=Align.CENTER,
                before=4,
                keep=True,
            ),
            Paragraph(day, size=10.5, align=Align.CENTER, before=2, keep=True),
            Paragraph(values.office, size=12, align=Align.CENTER, bold=True, before=2),
        ),
        landscape=KIND.landscape,
        approval=values.approval,
        running=f"{KIND.title} · {month}",
    )


def _row(row: StatementRow) -> tuple[Value, ...]:
    return (
        row.number,
        row.company,
        row.name,
        row.birth,
        row.month_no,
        row.span,
        row.served_days,
        row.share,
        row.wage,
        row.amount,
        row.bank,
        row.account,
        row.holder,
        row.remark,
    )
