"""환수 통지서: to a trainee or a company, how much is asked back, why, and until when (rulebook section 3)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from regional_desk.documents.paper import (
    END,
    Align,
    DocumentKind,
    Field,
    Info,
    Paper,
    Paragraph,
    Scope,
    Stamp,
)
from regional_desk.domain.settlement import BudgetItem
from regional_desk.domain.text import korean_date, won, won_words

KIND = DocumentKind(key="recovery-notice", title="환수 통지서", landscape=False, scope=Scope.OFFICE)
_SIZE = 11.0


@dataclass(frozen=True, slots=True)
class RecoveryNotice:
    """One 환수, amounts in won; `trace` are the sentences of the 정산 behind it, the basis last.

    `receiver` owes it; `about` are the lines of whose money for what time it was.
    """

    office: str
    number: str
    item: BudgetItem
    receiver: str
    about: tuple[tuple[str, str], ...]
    amount: int
    received: int
    entitled: int
    already: int
    trace: tuple[str, ...]
    noticed_on: dt.date
    due: dt.date


def to_paper(values: RecoveryNotice, stamp: Stamp) -> Paper:
    """The notice as a portrait letter, the name full for the person receives it (rulebook section 6)."""
    left, claims = values.amount - values.received, values.item is BudgetItem.INTERNSHIP
    word, title = "지원금" if claims else "수당", f"{values.item.label} {KIND.title}"
    amounts = [
        (
            Field(f"확정했던 {word}", f"{won(values.already)}원"),
            Field(f"재계산 {word}", f"{won(values.entitled)}원"),
        ),
        (Field("환수할 금액", won_words(values.amount)),),
    ]
    if values.received:
        amounts.append(
            (Field("이미 낸 금액", f"{won(values.received)}원"), Field("남은 금액", f"{won(left)}원"))
        )
    return Paper(
        title=title,
        stamp=stamp,
        blocks=(
            Paragraph(
                f"받는 {'곳' if claims else '사람'}: {values.receiver} {'귀중' if claims else '귀하'}",
                size=_SIZE,
                bold=True,
                before=4,
            ),
            Paragraph(
                f"{'귀사에' if claims else '귀하께'} 지급하기로 확정한 {values.item.label}을 다시 계산한 결과, 아래 금액을 돌려받고자 알려 드립니다.",
                size=_SIZE,
                before=4,
            ),
            Info(
                (
                    (Field("통지 번호", values.number), Field("통지일", korean_date(values.noticed_on))),
                    *((Field(name, text),) for name, text in values.about),
                    *amounts,
                    (Field("납부기한", korean_date(values.due)),),
                ),
                row_height=8.4,
                before=5,
            ),
            Paragraph("금액이 나온 까닭", size=12, bold=True, before=6, keep=True),
            *(Paragraph(f"· {sentence}", size=9.5, before=1.4) for sentence in values.trace),
            Paragraph("안내", size=12, bold=True, before=6, keep=True),
            *(
                Paragraph(f"{number}. {text}", size=10.5, before=2)
                for number, text in enumerate(_guidance(values, left), start=1)
            ),
            Paragraph(korean_date(values.noticed_on), size=12, align=Align.CENTER, before=10, keep=True),
            Paragraph(f"{values.office}장  (직인)", size=16, bold=True, align=Align.CENTER, before=5),
        ),
        running=f"{title} {values.number}",
        closing=END,
    )


def _guidance(values: RecoveryNotice, left: int) -> tuple[str, ...]:
    claims = values.item is BudgetItem.INTERNSHIP
    whose = "기업" if claims else "본인"
    return (
        f"{korean_date(values.due)}까지 {won(left)}원을 사업단이 알려 드리는 계좌로 {whose} 이름으로 내 주십시오.",
        "사실과 다르거나 한 번에 내기 어려우면 기한 전에 사업단에 말씀해 주십시오. 증빙이 있으면 다시 계산합니다.",
        f"{'근무·임금의 증빙과 ' if claims else '출결과 '}계산 내역은 사업단에서 보여 드립니다.",
    )
