"""정산표: a programme year's money to the won and what must lie in the account (rulebook section 3).

Of 훈련수당 by course and unit, of 인턴지원금 by company and month.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from regional_desk.documents.paper import (
    END,
    Align,
    Column,
    DocumentKind,
    Field,
    FootRow,
    Info,
    Paper,
    Paragraph,
    Scope,
    Stamp,
    Table,
    Value,
)
from regional_desk.domain.settlement import BudgetItem, Sheet
from regional_desk.domain.text import korean_date, won, won_words

KIND = DocumentKind(key="settlement-sheet", title="정산표", landscape=False, scope=Scope.OFFICE)
CLAIM_KIND = DocumentKind(
    key="claim-settlement-sheet", title="인턴지원금 정산표", landscape=False, scope=Scope.OFFICE
)

_COURSES = (Column("과정", 32, Align.LEFT), Column("단위\n기간", 9))
_COMPANIES = (Column("기업", 27, Align.LEFT), Column("지원분", 14))
_SUMS = (
    Column("인원", 9),
    Column("확정", 21, Align.RIGHT, money=True),
    Column("지급", 21, Align.RIGHT, money=True, group="확정한 돈"),
    Column("지급 실패", 16, Align.RIGHT, money=True, group="확정한 돈"),
    Column("지급 전", 21, Align.RIGHT, money=True, group="확정한 돈"),
    Column("결정", 17, Align.RIGHT, money=True, group="환수"),
    Column("받음", 17, Align.RIGHT, money=True, group="환수"),
)
_ENTRIES = (
    Column("날짜", 24),
    Column("구분", 16),
    Column("금액(원)", 32, Align.RIGHT),
    Column("공문번호·근거", 103, Align.LEFT),
)
_MONEY = (
    Column("들어온 돈", 45, Align.LEFT),
    Column("금액(원)", 42, Align.RIGHT),
    Column("나간 돈", 45, Align.LEFT),
    Column("금액(원)", 42, Align.RIGHT),
)


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One 교부, 이자 or 반납 that counts, in won."""

    on: dt.date
    kind: str
    amount: int
    reference: str


@dataclass(frozen=True, slots=True)
class SettlementSheet:
    """A programme year and item: its sheet, its entries by day, and the day it tells of."""

    office: str
    year: int
    item: BudgetItem
    on: dt.date
    sheet: Sheet
    entries: tuple[SheetEntry, ...]
    approval: tuple[str, ...]


def to_paper(values: SettlementSheet, stamp: Stamp) -> Paper:
    """The sheet as a portrait paper; it names nobody."""
    sheet, money = values.sheet, values.sheet.balance
    claims = values.item is BudgetItem.INTERNSHIP
    came = money.granted + money.interest + money.recovered
    info = Info(
        (
            (Field("사업단", values.office), Field("사업연도", f"{values.year}년")),
            (Field("항목", values.item.label), Field("기준일", korean_date(values.on))),
            (Field("예산(교부)", f"{won(money.granted)}원"), Field("집행", f"{won(money.spent)}원")),
            (Field("집행 잔액", won_words(money.left) if money.left >= 0 else f"{won(money.left)}원(초과)"),),
        )
    )
    accounts = Table(
        _MONEY,
        (
            ("교부", money.granted, "지급(은행 결과)", sheet.paid),
            ("이자", money.interest, "반납", money.returned),
            ("환수로 받은 돈", money.recovered, "", None),
        ),
        row_height=6.2,
        foot=(
            FootRow("들어온 돈 계", (came, "나간 돈 계", sheet.paid + money.returned)),
            FootRow("통장에 있어야 할 돈", (sheet.cash, "", None)),
        ),
        blank_below=False,
    )
    return Paper(
        title=f"{values.year}년 {values.item.label} {KIND.title}",
        stamp=stamp,
        blocks=(
            info,
            _heading("1. 기업·월별 확정과 지급" if claims else "1. 과정·단위기간별 확정과 지급"),
            Table(
                (*(_COMPANIES if claims else _COURSES), *_SUMS),
                _rows(sheet),
                row_height=6.2,
                size=8.0,
                sums=True,
                label_span=3,
            ),
            Paragraph(_proof(sheet), size=9, before=1.5),
            _heading("2. 교부·이자·반납"),
            Table(_ENTRIES, tuple(_entry(one) for one in values.entries), row_height=6.2),
            _heading("3. 돈의 흐름"),
            accounts,
            Paragraph(
                "집행은 확정한 돈에서 환수로 받은 돈을 뺀 것입니다. 이자는 쓰지 않고 반납하며, 반납한 돈은 이자부터 셉니다.",
                size=8.5,
                before=2,
            ),
        ),
        approval=values.approval,
        running=f"{values.year}년 {values.item.label} {KIND.title}",
        closing=END,
    )


def _heading(text: str) -> Paragraph:
    return Paragraph(text, size=11, bold=True, before=4, keep=True)


def _rows(sheet: Sheet) -> tuple[tuple[Value, ...], ...]:
    return tuple(
        (
            unit.place,
            unit.part,
            unit.people,
            unit.confirmed,
            unit.paid,
            unit.failed,
            unit.waiting,
            unit.asked,
            unit.received,
        )
        for unit in sheet.units
    )


def _entry(entry: SheetEntry) -> tuple[Value, ...]:
    return (korean_date(entry.on), entry.kind, entry.amount, entry.reference)


def _proof(sheet: Sheet) -> str:
    """The sum written out, and whether it holds to the won."""
    parts = f"지급 {won(sheet.paid)} + 지급 실패 {won(sheet.failed)} + 지급 전 {won(sheet.waiting)}"
    verdict = "1원까지 맞음" if sheet.balances else "! 맞지 않음 — 기록을 확인하십시오"
    return f"맞춰 보기: 확정 {won(sheet.balance.confirmed)}원 = {parts}원 · {verdict}"
