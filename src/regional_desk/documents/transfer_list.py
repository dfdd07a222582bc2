"""이체명세: the payments of one pay file with whole accounts, the only paper that shows them (rulebook section 6).

Of 훈련수당 each goes to a trainee, of 인턴지원금 to a company.
"""

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
)
from regional_desk.domain.masking import Masking
from regional_desk.domain.text import korean_date, won_words

KIND = DocumentKind(
    key="transfer-list",
    title="이체명세",
    landscape=True,
    scope=Scope.OFFICE,
    names=Masking.FULL,
    accounts=Masking.FULL,
)
_PEOPLE = (Column("연번", 11), Column("성명", 22), Column("과정", 46, Align.LEFT), Column("단위기간", 18))
_COMPANIES = (Column("연번", 11), Column("기업", 44, Align.LEFT), Column("항목", 24), Column("지원분", 18))
_PAYMENT = (
    Column("은행", 24, group="입금 계좌"),
    Column("계좌번호", 38, group="입금 계좌", wrap=False),
    Column("예금주", 24, group="입금 계좌"),
    Column("이체금액(원)", 28, Align.RIGHT, money=True),
    Column("결과", 18),
    Column("비고", 34, Align.LEFT),
)
_WHOLE = "계좌번호가 모두 적힌 문서입니다. 지급을 마치면 사업단의 보존 기준에 따라 보관하고 파기합니다."
_SHORT = "계좌번호는 끝 네 자리만 보입니다. 용도를 적어 출력한 문서에는 모두 나옵니다."


@dataclass(frozen=True, slots=True)
class TransferRow:
    """One payment; `amount` in won, `account` as it is to be shown.

    `place` and `part` are course and unit, or item and month of a payment to a company.
    """

    number: int
    name: str
    place: str
    part: str
    bank: str
    account: str
    holder: str
    amount: int
    result: str
    remark: str


@dataclass(frozen=True, slots=True)
class TransferList:
    """One pay file; `digest` begins its SHA-256, by which the file uploaded is told from any other.

    Not `whole`, its accounts are their last digits: a copy that is only looked at, or seen by whoever may not see more.
    """

    office: str
    year: int
    number: int
    template: str
    made_on: dt.date
    made_by: str
    file_name: str
    digest: str
    rows: tuple[TransferRow, ...]
    approval: tuple[str, ...]
    whole: bool = True
    companies: bool = False


def to_paper(values: TransferList, stamp: Stamp) -> Paper:
    """The list as a landscape paper with 쪽계 and 누계."""
    total = sum(row.amount for row in values.rows)
    info = Info(
        (
            (
                Field("이체 파일", f"{values.year}년 제{values.number}호 ({values.template})"),
                Field("만든 날", f"{korean_date(values.made_on)} {values.made_by}"),
            ),
            (Field("이체총액", won_words(total)), Field("건수", f"{len(values.rows)}건")),
            (
                Field("파일 이름", values.file_name or "파일 없이 이체"),
                Field("파일 확인값", f"SHA-256 {values.digest}…" if values.digest else "없음"),
            ),
        )
    )
    columns = (*(_COMPANIES if values.companies else _PEOPLE), *_PAYMENT)
    table = Table(columns, tuple(map(_row, values.rows)), row_height=5.8, sums=True, label_span=7)
    return Paper(
        title=KIND.title,
        stamp=stamp,
        blocks=(
            info,
            table,
            Paragraph(_WHOLE if values.whole else _SHORT, size=8.5, before=2),
            Paragraph(values.office, size=12, align=Align.CENTER, bold=True, before=4),
        ),
        landscape=True,
        approval=values.approval,
        running=f"{KIND.title} · {values.year}년 제{values.number}호",
    )


def _row(row: TransferRow) -> tuple[str | int, ...]:
    return (
        row.number,
        row.name,
        row.place,
        row.part,
        row.bank,
        row.account,
        row.holder,
        row.amount,
        row.result,
        row.remark,
    )
