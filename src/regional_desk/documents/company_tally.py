"""기업 평가 집계표: every company's score by rater and by criterion, the place it gave, and what decided."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from regional_desk.documents import tally
from regional_desk.documents.paper import (
    Align,
    Block,
    Column,
    DocumentKind,
    Field,
    Info,
    Paper,
    Scope,
    Stamp,
    Value,
)
from regional_desk.domain.masking import Masking

KIND = DocumentKind(
    key="company-tally", title="기업 평가 집계표", landscape=True, scope=Scope.OFFICE, names=Masking.FULL
)

_HEAD = (Column("순위", 11), Column("기업명", 42, Align.LEFT))
_RESULT = (Column("총점", 18), Column("결과", 20))
_LEAST, _LEAST_NOTE, _MANY = 12.0, 38.0, 8
_SIGNATURE = (Column("성명", 32), Column("서명", 55))
_TOLD = (
    "위원별 점수는 항목 점수에 가중치를 곱해 더한 것이고, 항목별 점수는 위원 평균에 가중치를 곱한 것입니다. "
    "총점은 평균을 더해 소수 셋째 자리까지 한 번 반올림했습니다."
)


@dataclass(frozen=True, slots=True)
class CompanyLine:
    """One company: what each rater's points come to (None where they gave none), each criterion's share, the whole."""

    rank: int
    name: str
    raters: tuple[Decimal | None, ...]
    criteria: tuple[Decimal, ...]
    total: Decimal
    result: str
    note: str


@dataclass(frozen=True, slots=True)
class CompanyTallyKind:
    """One kind; `criteria` are (name, share of the 100 points), `left_out` says who has no place and why."""

    kind: str
    goal: str
    pass_line: str
    criteria: tuple[tuple[str, int], ...]
    lines: tuple[CompanyLine, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CompanyTally:
    """One programme year, each kind on pages of its own; `raters` sign it."""

    year: int
    tie_order: str
    source: str
    raters: tuple[str, ...]
    kinds: tuple[CompanyTallyKind, ...]
    approval: tuple[str, ...]


def to_paper(values: CompanyTally, stamp: Stamp) -> Paper:
    """The tally as a landscape paper for the office's own file (rulebook section 4); it names no person but its raters."""
    blocks = tally.pages(_kind(values, one) for one in values.kinds)
    blocks += tally.signatures("평가위원 확인", _SIGNATURE, ((name,) for name in values.raters))
    return Paper(
        title="기 업 평 가 집 계 표",
        stamp=stamp,
        blocks=tuple(blocks),
        landscape=KIND.landscape,
        approval=values.approval,
        running=f"{KIND.title} · {values.year}년",
    )


def _kind(values: CompanyTally, one: CompanyTallyKind) -> list[Block]:
    criteria = " · ".join(f"{name} {share}%" for name, share in one.criteria)
    info = Info(
        (
            (Field("유형", f"{values.year}년 {one.kind}기업"), Field("목표", one.goal)),
            (Field("합격선", one.pass_line), Field("동점 기준", values.tie_order)),
            (Field("평가항목", criteria),),
            (Field("근거", values.source),),
        )
    )
    scores = len(values.raters) + len(one.criteria)
    room = tally.WIDTH - sum(column.weight for column in (*_HEAD, *_RESULT))
    tight = (room - _LEAST_NOTE) / scores < _LEAST
    width = min(tally.WIDEST, (room if tight else room - _LEAST_NOTE) / scores)
    columns = (
        *_HEAD,
        *(Column(name, width, group="평가위원", wrap=False) for name in values.raters),
        *(Column(name, width, group="항목별 평균") for name, _ in one.criteria),
        *_RESULT,
        *(() if tight else (Column("비고", room - width * scores, Align.LEFT),)),
    )
    rows = tuple(_row(line, tight=tight) for line in one.lines)
    table = tally.scores(columns, rows, small=scores > _MANY)
    notes = [f"{line.rank}위 {line.name}: {line.note}" for line in one.lines if tight and line.note]
    notes += [f"순위 없음: {text}" for text in one.left_out]
    return [info, table, *tally.under(_TOLD, notes)]


def _row(line: CompanyLine, *, tight: bool) -> tuple[Value, ...]:
    """With more raters than fit the note stands under the table."""
    given = tuple("–" if score is None else score for score in line.raters)
    note = () if tight else (line.note,)
    return (line.rank, line.name, *given, *line.criteria, line.total, line.result, *note)
