"""인턴 지원금 신청 묶음: a company's 지급신청서 for a month, its interns, the checklist, and the papers themselves."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from regional_desk.documents.paper import (
    Align,
    Column,
    DocumentKind,
    Enclosure,
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
from regional_desk.domain.text import won_words

KIND = DocumentKind(
    key="claim-bundle",
    title="인턴 지원금 신청 묶음",
    landscape=False,
    scope=Scope.MONTH,
    names=Masking.FULL,
    accounts=Masking.MASKED,
)

_INTERNS = (
    Column("연번", 8),
    Column("협약번호", 17),
    Column("성명", 17),
    Column("생년월일", 22),
    Column("차수", 9),
    Column("지원월", 28),
    Column("근무\n일수", 13),
    Column("지급\n비율", 14),
    Column("지급한\n임금(원)", 21, Align.RIGHT),
    Column("신청액(원)", 22, Align.RIGHT, money=True),
)
_PAPERS = (
    Column("성명", 18),
    Column("차수", 10),
    Column("서류", 38, Align.LEFT),
    Column("있는 곳", 36, Align.LEFT),
    Column("발급·제출일", 22),
    Column("상태", 14),
    Column("비고", 34, Align.LEFT),
    Column("붙임", 14),
)


@dataclass(frozen=True, slots=True)
class BundleIntern:
    """One intern's service month; `wage` and `amount` in won."""

    number: int
    agreement: str
    name: str
    birth: str
    month_no: int
    span: str
    served: str
    share: str
    wage: int | None
    amount: int


@dataclass(frozen=True, slots=True)
class BundlePaper:
    """One line of the checklist, `month_no` None of the company's own; `enclosed` its numbers among the enclosures, `-` where the paper lies elsewhere."""

    name: str
    month_no: int | None
    label: str
    where: str
    day: str
    state: str
    problem: str
    enclosed: str


@dataclass(frozen=True, slots=True)
class ClaimBundle:
    """What one company claims for a calendar month; the account is shown by its last digits."""

    office: str
    month: dt.date
    company: str
    business_number: str
    representative: str
    address: str
    contact: str
    account: str
    state: str
    interns: tuple[BundleIntern, ...]
    papers: tuple[BundlePaper, ...]
    enclosures: tuple[Enclosure, ...]


def to_paper(values: ClaimBundle, stamp: Stamp) -> Paper:
    """The bundle: 지급신청서 to sign, the checklist on a page of its own, then every file that was handed in."""
    month = f"{values.month.year}년 {values.month.month}월"
    total = sum(one.amount for one in values.interns)
    info = Info(
        (
            (Field("기업명", values.company), Field("사업자등록번호", values.business_number)),
            (Field("대표자", values.representative), Field("담당자", values.contact)),
            (Field("소재지", values.address),),
            (
                Field("신청 대상", f"{month}에 끝난 지원월 {len(values.interns)}건"),
                Field("상태", values.state),
            ),
            (Field("신청금액", won_words(total)),),
            (Field("입금 계좌", values.account),),
        )
    )
    interns = tuple(
        (
            one.number,
            one.agreement,
            one.name,
            one.birth,
            one.month_no,
            one.span,
            one.served,
            one.share,
            one.wage,
            one.amount,
        )
        for one in values.interns
    )
    papers = tuple(
        (one.name, one.month_no, one.label, one.where, one.day, one.state, one.problem, one.enclosed)
        for one in values.papers
    )
    return Paper(
        title="인턴지원금 지급신청서",
        stamp=stamp,
        blocks=(
            info,
            Table(_INTERNS, interns, size=8.5, sums=True, label_span=9),
            Paragraph(
                "위와 같이 인턴지원금을 신청하며, 적은 내용과 붙인 서류가 사실과 같음을 확인합니다. "
                "사실과 다르거나 받을 수 없는 지원금을 받은 때에는 돌려드리겠습니다.",
                before=5,
                keep=True,
            ),
            Paragraph("년        월        일", align=Align.CENTER, before=5, keep=True),
            Paragraph(
                f"{values.company}   대표 {values.representative}   (인)",
                size=11,
                align=Align.CENTER,
                before=4,
                keep=True,
            ),
            Paragraph(f"{values.office}장 귀하", size=12, align=Align.CENTER, bold=True, before=4),
            PageBreak(),
            Paragraph("제출 서류", size=13, bold=True, align=Align.CENTER, before=0),
            Table(_PAPERS, papers, size=8.5),
            Paragraph(_enclosed(values), size=9, before=3),
        ),
        landscape=KIND.landscape,
        running=f"{KIND.title} · {values.company} · {month}",
        enclosures=values.enclosures,
    )


def _enclosed(values: ClaimBundle) -> str:
    if not values.enclosures:
        return "붙인 파일이 없습니다."
    return f"붙임 {len(values.enclosures)}건이 이 뒤에 차례로 이어집니다. '-'는 서면으로 따로 내거나 아직 내지 않은 서류입니다."
