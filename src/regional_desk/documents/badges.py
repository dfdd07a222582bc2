"""출석 체크 명찰: a card a person with name, number and a QR code that says nothing of the person."""

from __future__ import annotations

from dataclasses import dataclass

from regional_desk.documents.paper import Badge, Badges, DocumentKind, Paper, Paragraph, Scope, Stamp

KIND = DocumentKind(key="badges", title="출석 체크 명찰", landscape=False, scope=Scope.OFFICE)
_NOTE = "선을 따라 잘라 쓰십시오. QR에는 개인정보가 없고, 읽히지 않으면 번호 6자리를 누릅니다."


@dataclass(frozen=True, slots=True)
class BadgeLine:
    """One person; `order` is the place in the class list, `number` as it is typed, `code` the digits of the QR."""

    order: int
    name: str
    number: str
    code: str


@dataclass(frozen=True, slots=True)
class ClassBadges:
    """A class' badges."""

    office: str
    course: str
    rows: tuple[BadgeLine, ...]


def to_paper(values: ClassBadges, stamp: Stamp) -> Paper:
    """Cards to cut out, eight a page, names full: they are worn (rulebook section 6)."""
    cards = tuple(
        Badge(row.name, values.course, f"{row.order}번 · {values.office}", row.number, row.code)
        for row in values.rows
    )
    return Paper(
        title=KIND.title,
        stamp=stamp,
        blocks=(Badges(cards), Paragraph(f"※ {_NOTE}", size=8.5, before=1)),
        running=f"{KIND.title} · {values.course}",
        title_size=14.0,
    )
