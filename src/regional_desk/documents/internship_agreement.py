"""인턴십 협약서: agreement and labour contract in one, with every point of 근로기준법 제17조, for all to sign."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from regional_desk.documents.paper import (
    END,
    Align,
    Block,
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
from regional_desk.domain.text import korean_date, korean_span, won, won_words

KIND = DocumentKind(key="internship-agreement", title="인턴십 협약서", landscape=False, scope=Scope.OFFICE)

_PROGRAMME = "「스마트제조 전문인력 육성사업」"
_TITLE = "인턴십 협약서 겸 근로계약서"
_COLUMNS = (
    Column("조", 10),
    Column("항목", 42, Align.LEFT),
    Column("내용", 98, Align.LEFT),
    Column("근거", 30, Align.LEFT),
)
AGAIN = "(이어서)"
_NONE = "해당 없음"
_MOST = 240  # signs a cell holds; a contract drops none, so what is longer goes on in the next row
_SIGNED = (
    Column("구분", 24),
    Column("이름", 62, Align.LEFT),
    Column("서명하는 사람", 54, Align.LEFT),
    Column("서명 또는 인", 40),
)
_UNSIGNED = "년          월          일"
_DUTIES = (
    "기업은 인턴을 훈련계획에 따라 지도하고 멘토를 두며, 인턴일지를 확인하고 사업단의 방문 점검에 협조한다.",
    "기업은 임금을 다달이 인턴 본인의 계좌로 이체하고, 인턴지원금을 신청할 때 급여명세와 이체 증빙을 낸다.",
    "사업단은 사업의 지침에 따라 지원월마다 기업에 인턴지원금을 지원하고, 인턴의 고충을 듣고 조치한다.",
    "이 협약의 내용을 바꾸려면 시행일을 정하여 변경협약서를 쓰고 모두 서명한다. 중단하여도 계약기간은 변경협약 없이 늘어나지 않는다.",
    "인턴십을 기간 전에 끝내거나 사람을 바꾸려면 미리 사업단에 그 사유를 알린다.",
    "기업은 정당한 이유 없이 인턴을 해고하지 못하며, 해고할 때에는 사유와 시기를 서면으로 알린다(제23조·제27조).",
    "이 협약에서 근로기준법의 기준에 미치지 못하는 근로조건은 무효이며 그 법의 기준에 따른다(제15조).",
)


@dataclass(frozen=True, slots=True)
class Parties:
    """Who agrees, each value text, empty where it is not known."""

    office: str
    number: str
    company: str
    business_number: str
    representative: str
    company_address: str
    intern: str
    birth: str
    phone: str
    address: str
    track: str

    def fields(self) -> tuple[tuple[Field, ...], ...]:
        """The head of an agreement and of its amendments."""
        return (
            (Field("협약번호", self.number), Field("트랙", self.track)),
            (Field("기업(사용자)", self.company), Field("사업자등록번호", self.business_number)),
            (Field("대표자", self.representative), Field("소재지", self.company_address)),
            (Field("인턴(근로자)", self.intern), Field("생년월일", self.birth)),
            (Field("연락처", self.phone), Field("주소", self.address)),
        )

    def signatures(self, on: dt.date | None) -> tuple[Block, ...]:
        """Where the three of them sign, and the day."""
        rows = (
            ("기업", self.company, f"대표자 {self.representative}", ""),
            ("인턴", self.intern, "본인", ""),
            ("사업단", self.office, f"{self.office}장", ""),
        )
        day = korean_date(on) if on else _UNSIGNED
        return (
            Paragraph(day, size=11.5, align=Align.CENTER, before=7, keep=True),
            Table(_SIGNED, rows, row_height=11, size=10, blank_below=False),
        )


@dataclass(frozen=True, slots=True)
class Stated:
    """One point of the agreement with the law that asks for it; `text` empty is 해당 없음."""

    label: str
    text: str
    law: str


@dataclass(frozen=True, slots=True)
class InternshipAgreement:
    """What is agreed: `wage` won a month, `week` the contracted week in words, `monthly_hours` of a month."""

    parties: Parties
    start: dt.date
    end: dt.date
    place: str
    duties: str
    mentor: str
    wage: int
    week: str
    monthly_hours: int
    points: tuple[Stated, ...]
    signed_on: dt.date | None


def pieces(text: str, most: int) -> tuple[str, ...]:
    """A text in parts of at most so many signs, broken at spaces where there are any."""
    found = []
    while len(text) > most:
        at = text.rfind(" ", 1, most + 1)
        cut = at if at > 0 else most
        found.append(text[:cut])
        text = text[cut:].lstrip()
    return (*found, text)


def to_paper(values: InternshipAgreement, stamp: Stamp) -> Paper:
    """A portrait contract, names full for those who sign it (rulebook section 6)."""
    stated = (
        Stated("계약기간", f"{korean_span(values.start, values.end)} (마지막 날 포함)", "기간제법 제17조"),
        Stated("취업의 장소", values.place, "시행령 제8조1호"),
        Stated("종사할 업무", values.duties, "시행령 제8조1호"),
        Stated("멘토", values.mentor, "사업 지침"),
        Stated("소정근로시간", values.week, "제17조①2호"),
        Stated(
            "임금",
            f"월 {won_words(values.wage)}, 유급주휴를 넣은 월 {values.monthly_hours}시간 기준"
            f"(시간급 {won(values.wage // values.monthly_hours)}원)",
            "제17조①1호",
        ),
        *values.points,
    )
    rows: list[tuple[Value, ...]] = []
    for at, one in enumerate(stated, start=1):
        first, *more = pieces(one.text or _NONE, _MOST)
        rows += [(at, one.label, first, one.law), *(("", AGAIN, piece, "") for piece in more)]
    return Paper(
        title=_TITLE,
        stamp=stamp,
        blocks=(
            Info(values.parties.fields(), row_height=7, before=4),
            Paragraph(
                f"위 기업과 인턴은 {_PROGRAMME}의 인턴십을 위하여 아래와 같이 근로계약을 맺고, 사업단과 함께 이를 "
                "지키기로 협약한다. 법 이름이 없는 근거는 근로기준법의 것이다.",
                size=10,
                before=4,
            ),
            Table(_COLUMNS, tuple(rows), row_height=7.2, size=9, blank_below=False),
            Paragraph("협약 사항", size=11, bold=True, before=5, keep=True),
            *(Paragraph(f"{at}. {text}", size=10, before=1.6) for at, text in enumerate(_DUTIES, start=1)),
            Paragraph(
                "이 협약을 증명하기 위하여 3부를 만들어 서명하고 기업, 인턴, 사업단이 1부씩 가진다. "
                "인턴은 서명과 동시에 사본을 받았다.",
                size=10,
                before=4,
                keep=True,
            ),
            *values.parties.signatures(values.signed_on),
        ),
        running=f"{_TITLE} · {values.parties.number}",
        closing=END,
    )
