"""심사 집계표: every applicant's score by rater, the place it gave, and what decided between equal ones."""

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
    key="screening-tally", title="심사 집계표", landscape=True, scope=Scope.OFFICE, names=Masking.FULL
)

_PERSON = (Column("순위", 11), Column("성명", 19))
_BIRTH = Column("생년월일", 22)
_RESULT = (Column("총점", 18), Column("결과", 18))
_LEAST, _LEAST_NOTE, _MANY = 11.0, 42.0, 7
_SIGNATURE = (Column("단계", 16), Column("성명", 28), Column("서명", 43))
_TOLD = "점수는 심사위원마다 항목 점수에 가중치를 곱해 더한 것이고, 총점은 그 평균을 더해 소수 셋째 자리까지 반올림한 것입니다."


@dataclass(frozen=True, slots=True)
class TallyStep:
    """A step with its share of the 100 points and its raters in their order."""

    label: str
    share: int
    raters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TallyLine:
    """One applicant: for each step what each rater's points come to, then their mean; scores of 100 points."""

    rank: int
    name: str
    birth: str
    steps: tuple[tuple[Decimal, ...], ...]
    total: Decimal
    result: str
    note: str


@dataclass(frozen=True, slots=True)
class TallyTrack:
    """One track; `criteria` says what it was rated by, `left_out` names who has no place and why."""

    track: str
    places: int
    reserves: int
    criteria: str
    steps: tuple[TallyStep, ...]
    lines: tuple[TallyLine, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScreeningTally:
    """One round, each track on pages of its own; `raters` are (step, name) for the signatures."""

    round: str
    pass_line: str
    tie_order: str
    tracks: tuple[TallyTrack, ...]
    raters: tuple[tuple[str, str], ...]
    approval: tuple[str, ...]


def to_paper(values: ScreeningTally, stamp: Stamp) -> Paper:
    """The tally as a landscape paper, names full, for the office's own file (rulebook section 6)."""
    blocks = tally.pages(_track(values, one) for one in values.tracks)
    blocks += tally.signatures("심사위원 확인", _SIGNATURE, values.raters)
    return Paper(
        title="심 사 집 계 표",
        stamp=stamp,
        blocks=tuple(blocks),
        landscape=KIND.landscape,
        approval=values.approval,
        running=f"{KIND.title} · {values.round}",
    )


def _track(values: ScreeningTally, one: TallyTrack) -> list[Block]:
    info = Info(
        (
            (
                Field("모집 차수", f"{values.round} · {one.track}"),
                Field("인원", f"모집 {one.places}명 · 예비 {one.reserves}명 · 순위 {len(one.lines)}명"),
            ),
            (Field("합격선", values.pass_line), Field("동점 기준", values.tie_order)),
            (Field("심사 기준", one.criteria),),
        )
    )
    scores = sum(len(step.raters) + 1 for step in one.steps)
    room = tally.WIDTH - sum(column.weight for column in (*_PERSON, *_RESULT))
    tight = (room - _BIRTH.weight - _LEAST_NOTE) / max(1, scores) < _LEAST
    room -= 0 if tight else _BIRTH.weight + _LEAST_NOTE
    width = min(tally.WIDEST, room / max(1, scores))
    columns = (
        *(_PERSON if tight else (*_PERSON, _BIRTH)),
        *(
            Column(name, width, group=f"{step.label} ({step.share}점)", wrap=False)
            for step in one.steps
            for name in (*step.raters, "평균")
        ),
        *_RESULT,
        *(() if tight else (Column("동점 처리", _LEAST_NOTE + room - width * scores, Align.LEFT),)),
    )
    rows = tuple(_row(line, tight=tight) for line in one.lines)
    table = tally.scores(columns, rows, small=scores > _MANY)
    notes = [f"{line.rank}위 {line.name}: {line.note}" for line in one.lines if tight and line.note]
    notes += [f"순위 없음: {text}" for text in one.left_out]
    return [info, table, *tally.under(_TOLD, notes)]


def _row(line: TallyLine, *, tight: bool) -> tuple[Value, ...]:
    """With more raters than fit the birth is left out and the note stands under the table."""
    scores = tuple(score for step in line.steps for score in step)
    if tight:
        return (line.rank, line.name, *scores, line.total, line.result)
    return (line.rank, line.name, line.birth, *scores, line.total, line.result, line.note)
