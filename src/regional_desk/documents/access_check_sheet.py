"""월 점검표: who used the office's data in a month, and whether the logs still verify (접속기록 월 1회 점검).

Its last part prints where both chains end: once signed, the paper is an anchor outside of the store.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from regional_desk.documents.paper import (
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
from regional_desk.domain.access import Usage
from regional_desk.domain.text import korean_date, korean_span

KIND = DocumentKind(key="access-check", title="월 점검표", landscape=False, scope=Scope.MONTH)

_SIZE, _ROW = 8.5, 6.2
_GROUP = 16  # characters of a hash in a group, so that two people can compare it by reading
_HOURS = "07:00~21:00 밖, 주말과 공휴일"
_WATCHED = "개인정보의 안전성 확보조치 기준에 따라 접속기록을 월 1회 이상 점검한 결과입니다."


@dataclass(frozen=True, slots=True)
class UserLine:
    """One account's month."""

    login: str
    name: str
    usage: Usage

    @property
    def shown(self) -> str:
        """How the sheet calls the account."""
        return self.login if self.name == self.login else f"{self.name} ({self.login})"


@dataclass(frozen=True, slots=True)
class RightLine:
    """One change of accounts or rights: when, by whom, what, whose."""

    at: dt.datetime
    by: str
    what: str
    whose: str


@dataclass(frozen=True, slots=True)
class ChainLine:
    """A chain as it stands: its lines, the last number and hash (hex), what is wrong (empty where it verifies).

    `anchor` tells of lines that were let go.
    """

    name: str
    lines: int
    seq: int
    hash: str
    wrong: str
    anchor: str


@dataclass(frozen=True, slots=True)
class AccessCheck:
    """One month (`start` to `end`); `odd` are (who, what) to be explained, `safety` (what, how many, remark)."""

    office: str
    month: str
    start: dt.date
    end: dt.date
    users: tuple[UserLine, ...]
    odd: tuple[tuple[str, str], ...]
    rights: tuple[RightLine, ...]
    safety: tuple[tuple[str, str, str], ...]
    chains: tuple[ChainLine, ...]
    approval: tuple[str, ...]


def to_paper(values: AccessCheck, stamp: Stamp) -> Paper:
    """The sheet as a portrait paper."""
    year, month = (int(part) for part in values.month.split("-"))
    title = f"{year}년 {month}월 접속기록 점검표"
    sections: tuple[tuple[str, tuple[Block, ...]], ...] = (
        (
            "사용자별 접속과 열람",
            (
                _users(values),
                Paragraph(f"※ 업무시간 외: {_HOURS}. 열람 인원은 서로 다른 사람의 수입니다.", size=8),
            ),
        ),
        ("확인할 사항", (_odd(values),)),
        ("계정과 권한의 변경", (_rights(values),)),
        ("백업과 복구 훈련", (_safety(values),)),
        ("기록의 무결성 검증", (_chains(values), *_tips(values))),
    )
    blocks: list[Block] = [
        Info(
            (
                (Field("사업단", values.office), Field("점검 기간", korean_span(values.start, values.end))),
                (Field("점검 대상", "접속기록, 변경 이력, 권한, 백업"),),
            )
        ),
        Paragraph(_WATCHED, size=9, before=2.5),
    ]
    for number, (heading, content) in enumerate(sections, start=1):
        blocks.append(Paragraph(f"{number}. {heading}", size=11, bold=True, before=4.5, keep=True))
        blocks.extend(content)
    blocks.append(
        Info(
            (
                (Field("점검일", ""), Field("점검자", "(서명)".rjust(30))),
                (Field("조치 결과", ""), Field("개인정보 보호책임자", "(서명)".rjust(30))),
            ),
            row_height=11,
            before=6,
        )
    )
    return Paper(
        title=title,
        stamp=stamp,
        blocks=tuple(blocks),
        landscape=KIND.landscape,
        approval=values.approval,
        running=f"{title} · {values.office}",
    )


def _users(values: AccessCheck) -> Table:
    columns = (
        Column("사용자", 34, Align.LEFT),
        *(
            Column(heading, 15, Align.RIGHT)
            for heading in ("로그인", "실패", "열람", "열람\n인원", "출력", "내보\n내기", "가림\n해제", "업무시간\n외", "가장 큰\n목록")
        ),
    )  # fmt: skip
    rows: list[tuple[Value, ...]] = []
    for line in values.users:
        use = line.usage
        figures = (
            use.logins,
            use.failed,
            use.views,
            use.people,
            use.prints,
            use.exports,
            use.unmasked,
            use.off_hours,
            use.largest,
        )
        rows.append((line.shown, *figures))
    return Table(columns, tuple(rows), row_height=_ROW, size=_SIZE, blank_below=not rows)


def _odd(values: AccessCheck) -> Table:
    columns = (
        Column("누구·무엇", 34, Align.LEFT),
        Column("확인할 사항", 68, Align.LEFT),
        Column("소명 (사유와 확인한 내용)", 73, Align.LEFT),
    )
    rows = tuple((who, what, "") for who, what in values.odd)
    return Table(
        columns, rows or (("", "없음", ""),), row_height=9.0 if rows else _ROW, size=_SIZE, blank_below=False
    )


def _rights(values: AccessCheck) -> Table:
    columns = (
        Column("때", 34),
        Column("처리한 사람", 32),
        Column("내용", 69, Align.LEFT),
        Column("대상", 40, Align.LEFT),
    )
    rows = tuple(
        (f"{korean_date(line.at.date())} {line.at:%H:%M}", line.by, line.what, line.whose)
        for line in values.rights
    )
    return Table(columns, rows or (("", "", "없음", ""),), row_height=_ROW, size=_SIZE, blank_below=False)


def _safety(values: AccessCheck) -> Table:
    columns = (
        Column("구분", 45, Align.LEFT),
        Column("횟수", 25, Align.RIGHT),
        Column("비고", 105, Align.LEFT),
    )
    return Table(columns, values.safety, row_height=_ROW, size=_SIZE, blank_below=False)


def _chains(values: AccessCheck) -> Table:
    columns = (
        Column("기록", 28),
        Column("줄 수", 20, Align.RIGHT),
        Column("마지막 번호", 24, Align.RIGHT),
        Column("검증 결과", 58, Align.LEFT),
        Column("2년 지나 지운 기록", 45, Align.LEFT),
    )
    rows = tuple(
        (
            line.name,
            line.lines,
            line.seq,
            line.wrong or "이상 없음 (사슬이 끝까지 이어짐)",
            line.anchor or "없음",
        )
        for line in values.chains
    )
    return Table(columns, rows, row_height=_ROW, size=_SIZE, blank_below=False)


def _tips(values: AccessCheck) -> tuple[Block, ...]:
    told = tuple((Field(line.name, f"{line.seq}번  {_grouped(line.hash)}"),) for line in values.chains)
    words = "출력할 때의 마지막 줄 해시(SHA-256)입니다. 나중에 기록이 바뀌었는지 이 종이와 견주어 확인합니다."
    return (Info(told, row_height=6.2, before=2), Paragraph(f"※ {words}", size=8))


def _grouped(digest: str) -> str:
    return " ".join(digest[at : at + _GROUP] for at in range(0, len(digest), _GROUP))
