"""복구 훈련 확인증: a backup was restored in full, opened and compared (개인정보의 안전성 확보조치 기준: backup and recovery)."""

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
)
from regional_desk.domain.text import korean_date

KIND = DocumentKind(key="restore-certificate", title="복구 훈련 확인증", landscape=False, scope=Scope.OFFICE)
_GROUP = 16  # characters of a hash in a group, so that two people can compare it by reading


@dataclass(frozen=True, slots=True)
class RestoreCertificate:
    """One trial restore: `rows` of all tables; `milliseconds` it took; `checks` are (what was checked, its result)."""

    office: str
    number: int
    file_name: str
    made_at: dt.datetime
    sha256: str
    revision: str
    rows: int
    milliseconds: int
    ok: bool
    message: str
    tried_at: dt.datetime
    tried_by: str
    checks: tuple[tuple[str, str], ...]
    approval: tuple[str, ...]


def to_paper(values: RestoreCertificate, stamp: Stamp) -> Paper:
    """The certificate as a portrait paper; a trial that failed says so in its title's place."""
    result = "성공: 복구할 수 있음" if values.ok else "실패: 이 백업으로는 복구할 수 없음"
    digest = " ".join(values.sha256[at : at + _GROUP] for at in range(0, len(values.sha256), _GROUP))
    blocks: list[Block] = [
        Info(
            (
                (Field("사업단", values.office), Field("훈련 번호", f"제{values.number}회")),
                (Field("훈련 일시", _moment(values.tried_at)), Field("훈련한 사람", values.tried_by)),
                (Field("결과", result), Field("걸린 시간", f"{values.milliseconds / 1000:.2f}초")),
            ),
            row_height=8,
        ),
        Paragraph("복구한 백업", size=12, bold=True, before=8, keep=True),
        Info(
            (
                (Field("백업 파일", values.file_name),),
                (Field("백업한 때", _moment(values.made_at)), Field("자료 판", values.revision)),
                (Field("SHA-256", digest),),
            ),
            row_height=8,
        ),
        Paragraph("확인한 것", size=12, bold=True, before=8, keep=True),
        Table(
            (Column("연번", 12), Column("확인 항목", 108, Align.LEFT), Column("결과", 56)),
            tuple((number, what, found) for number, (what, found) in enumerate(values.checks, start=1)),
            row_height=8.5,
            size=10,
            blank_below=False,
        ),
        Paragraph(_sentence(values), size=11, before=8),
    ]
    return Paper(
        title=KIND.title,
        stamp=stamp,
        blocks=tuple(blocks),
        approval=values.approval,
        running=f"{KIND.title} 제{values.number}회",
        closing=END,
    )


def _sentence(values: RestoreCertificate) -> str:
    if not values.ok:
        return f"위 백업은 복구되지 않았습니다. {values.message}"
    return (
        f"위 백업을 자료와 떨어진 곳에 복구하여 열고, 백업할 때 적어 둔 {values.rows:,}줄의 자료와 견주어 "
        "모두 같음을 확인하였습니다. 복구한 사본은 확인한 뒤 지웠습니다."
    )


def _moment(moment: dt.datetime) -> str:
    return f"{korean_date(moment.date())} {moment:%H:%M}"
