"""미확인 전화표: whom to telephone about which day, with digits to circle and key back in the same order."""

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
from regional_desk.domain.calls import ANSWERS, answer_text
from regional_desk.domain.text import korean_date, korean_span, weekday

KIND = DocumentKind(key="call-list", title="미확인 전화표", landscape=False, scope=Scope.OFFICE)
_COLUMNS = (
    Column("순번", 10),
    Column("성명\n(번호)", 19),
    Column("전화번호", 30),
    Column("기록 없는 날", 29),
    Column("체크인", 25, Align.LEFT),
    Column("답 (○표)", 32),
    Column("들은 말", 40, Align.LEFT),
)
_DIGITS = "  ".join(ANSWERS)


@dataclass(frozen=True, slots=True)
class CallListLine:
    """One call; `answer` and `note` are empty until somebody keyed them back."""

    number: int
    order: int
    name: str
    phone: str
    day: dt.date
    hint: str
    answer: str
    note: str


@dataclass(frozen=True, slots=True)
class CallListPaper:
    """A list, `number` counting those of the course."""

    course: str
    number: int
    start: dt.date
    end: dt.date
    made_at: dt.datetime
    rows: tuple[CallListLine, ...]


def to_paper(values: CallListPaper, stamp: Stamp) -> Paper:
    """The list as a portrait paper, names and numbers whole: it stays beside the telephone."""
    made = f"{korean_date(values.made_at.date())} {values.made_at:%H:%M}"
    people = len({row.order for row in values.rows})
    info = Info(
        (
            (Field("과정명", values.course), Field("전화표", f"제{values.number}호 ({made})")),
            (
                Field("기간", korean_span(values.start, values.end)),
                Field("건수", f"{people}명 {len(values.rows)}건"),
            ),
        )
    )
    keys = "   ".join(f"{key} {answer_text(cell)}" for key, cell in ANSWERS.items())
    rows = tuple(
        (
            row.number,
            f"{row.name}\n({row.order}번)",
            row.phone,
            f"{korean_date(row.day)} ({weekday(row.day)})",
            row.hint,
            row.answer or _DIGITS,
            row.note,
        )
        for row in values.rows
    )
    return Paper(
        title=KIND.title,
        stamp=stamp,
        blocks=(
            info,
            Paragraph(f"답: {keys}", size=9, before=2.5, keep=True),
            Table(_COLUMNS, rows, row_height=10.5),
            Paragraph("※ 적은 순서대로 [출석] → [전화표]에서 숫자만 눌러 옮깁니다.", size=8.5, before=2),
        ),
        running=f"{KIND.title} · {values.course} 제{values.number}호",
    )
