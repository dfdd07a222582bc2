"""훈련수요 조사 결과: what the region's companies answered, beside the published national figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from regional_desk.documents.paper import (
    END,
    Align,
    Bars,
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
from regional_desk.domain.masking import Masking
from regional_desk.domain.rounding import half_up
from regional_desk.domain.training_need import Choice, QuestionSummary, Share, Side, Summary, Survey

KIND = DocumentKind(
    key="training-need-summary",
    title="훈련수요 조사 결과",
    landscape=False,
    scope=Scope.OFFICE,
    names=Masking.MASKED,
)

_ROW, _SIZE = 5.8, 8.5
_NAMES = ("전국", "우리")
_NOTE = (
    "비율은 그 문항에 답한 기업 가운데의 비율이고, '실시한' 문항은 훈련 경험이 있는 기업만 셉니다. "
    "여러 개를 고르는 문항은 합이 100%를 넘습니다. 전국 수치는 사업주훈련에 참여한 중소기업의 것이라 우리 기업과 "
    "모집단이 다르고, 원문에 없는 규모와 묶음은 비워 두었습니다."
)


@dataclass(frozen=True, slots=True)
class TrainingNeedSummary:
    """An office's survey of a programme year, its list having `companies` companies."""

    office: str
    region: str
    year: int
    companies: int
    survey: Survey
    summary: Summary
    approval: tuple[str, ...]


def to_paper(values: TrainingNeedSummary, stamp: Stamp) -> Paper:
    """The results as a portrait paper with charts; they name no company."""
    title = f"{values.year}년 {KIND.title}"
    sections: list[tuple[str, Sequence[Block]]] = [
        ("AX 수준", (_levels(values),)),
        ("AI 활용과 훈련 수요", _general(values.summary)),
        ("기업 규모와 훈련 경험에 따라", (_figures(values.summary),)),
        *_topics(values.summary),
    ]
    blocks: list[Block] = [_head(values)]
    for number, (heading, parts) in enumerate(sections, start=1):
        blocks.append(Paragraph(f"{number}. {heading}", size=11, bold=True, before=5, keep=True))
        blocks.extend(parts)
    blocks.append(Paragraph(f"※ {_NOTE}", size=8.5, before=3))
    return Paper(
        title=title,
        stamp=stamp,
        blocks=tuple(blocks),
        landscape=KIND.landscape,
        approval=values.approval,
        running=f"{title} · {values.office}",
        closing=END,
    )


def chart_of(found: QuestionSummary) -> Bars:
    """A question's answers as bars in per cent, the country above, ours below."""
    return Bars(
        f"{found.question.label} (응답 {found.base}곳{', 여러 개 고름' if found.question.multiple else ''})",
        tuple(_bar(choice.label, share) for choice, share in found.shares),
        "%",
        _NAMES,
        shares=False,
    )


def _bar(label: str, share: Share) -> tuple[str, Decimal, Decimal]:
    nothing = Decimal("0.0")
    return label, share.national or nothing, share.percent or nothing


def _head(values: TrainingNeedSummary) -> Info:
    answered = len(values.summary.answered)
    rate = f" ({half_up(answered * 100, values.companies, 1)}%)" if values.companies else ""
    return Info(
        (
            (Field("사업단", f"{values.office} ({values.region})"), Field("사업연도", f"{values.year}년")),
            (
                Field("응답 기업", f"{answered}곳{rate}"),
                Field("명단의 기업", f"{values.companies}곳"),
            ),
            (Field("전국 조사", values.survey.asked),),
            (Field("전국 출처", values.survey.source),),
        )
    )


def _levels(values: TrainingNeedSummary) -> Table:
    """Counts of the levels a person set, of all companies on the list."""
    counts = [(level.value, len(companies)) for level, companies in values.summary.levels]
    counts.append(("미정", values.companies - sum(number for _, number in counts)))
    columns = (Column("AX 수준", 40), *(Column(label, 34, Align.RIGHT) for label, _ in counts))
    base = values.companies
    rows: tuple[tuple[Value, ...], ...] = (
        ("기업(곳)", *(number for _, number in counts)),
        ("비율(%)", *(half_up(number * 100, base, 1) if base else "" for _, number in counts)),
    )
    return Table(columns, rows, row_height=_ROW, size=_SIZE, blank_below=False)


def _general(summary: Summary) -> tuple[Block, ...]:
    """The questions about the firm with one answer each."""
    asked = [one for one in summary.questions if one.question.side is Side.FIRM and not one.question.multiple]
    columns = (
        Column("문항", 52, Align.LEFT),
        Column("답", 34, Align.LEFT),
        *_columns(("응답\n(곳)", "우리\n(%)", "전국\n(%)", "차이\n(%p)")),
    )
    rows: list[tuple[Value, ...]] = []
    for one in asked:
        for at, (choice, share) in enumerate(one.shares):
            label = f"{one.question.label} ({one.base}곳)" if at == 0 else ""
            rows.append((label, choice.label, *_cells(share), _signed(share.difference)))
    bars = tuple(_bar(f"{one.question.label} — {one.shares[0][0].label}", one.shares[0][1]) for one in asked)
    return (
        Bars("AI 활용과 훈련 수요 일반", bars, "%", _NAMES, shares=False),
        Table(columns, tuple(rows), row_height=_ROW, size=_SIZE, blank_below=False),
    )


def _figures(summary: Summary) -> Table:
    """A row a group, a pair of columns a figure."""
    columns = (
        Column("구분", 36, Align.LEFT),
        *(
            Column(f"{name}\n(%)", 14, Align.RIGHT, group=one.figure.label)
            for one in summary.figures
            for name in ("우리", "전국")
        ),
    )
    rows: list[tuple[Value, ...]] = [
        ("전체", *(cell for one in summary.figures for cell in _pair(one.overall)))
    ]
    if summary.figures:
        for at, (group, _) in enumerate(summary.figures[0].groups):
            cells = [cell for one in summary.figures for cell in _pair(one.groups[at][1])]
            rows.append((group.label, *cells))
    return Table(columns, tuple(rows), row_height=_ROW, size=8.0, blank_below=False)


def _topics(summary: Summary) -> list[tuple[str, tuple[Block, ...]]]:
    """Topics asked of training held and of training needed, side by side; then what is asked once, with several answers."""
    found: list[tuple[str, tuple[Block, ...]]] = []
    held = {one.question.topic: one for one in summary.questions if one.question.side is Side.DONE}
    for one in summary.questions:
        if one.question.side is Side.WANTED:
            table = _both(held[one.question.topic], one)
            found.append((one.question.topic, (chart_of(one), table) if one.question.multiple else (table,)))
        elif one.question.side is Side.FIRM and one.question.multiple:
            found.append((one.question.label, (chart_of(one), _once(one))))
    return found


def _both(held: QuestionSummary, wanted: QuestionSummary) -> Table:
    columns = (
        Column("항목", 66, Align.LEFT),
        *_columns(("곳", "우리\n(%)", "전국\n(%)"), f"실시한 훈련 ({held.base}곳)"),
        *_columns(("곳", "우리\n(%)", "전국\n(%)"), f"필요한 훈련 ({wanted.base}곳)"),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (_item(choice), *_cells(done), *_cells(needed))
        for (choice, done), (_, needed) in zip(held.shares, wanted.shares, strict=True)
    )
    return Table(columns, rows, row_height=_ROW, size=_SIZE, blank_below=False)


def _once(found: QuestionSummary) -> Table:
    columns = (
        Column("항목", 90, Align.LEFT),
        *_columns(("응답\n(곳)", "우리\n(%)", "전국\n(%)", "차이\n(%p)")),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (_item(choice), *_cells(share), _signed(share.difference)) for choice, share in found.shares
    )
    return Table(columns, rows, row_height=_ROW, size=_SIZE, blank_below=False)


def _columns(headings: Sequence[str], group: str = "") -> tuple[Column, ...]:
    return tuple(Column(heading, 18, Align.RIGHT, group=group) for heading in headings)


def _item(choice: Choice) -> str:
    return f"{choice.label} ({choice.note})" if choice.note else choice.label


def _cells(share: Share) -> tuple[Value, Value, Value]:
    return share.count, *_pair(share)


def _pair(share: Share) -> tuple[Value, Value]:
    """Ours and the country's; nothing where nobody answered or nothing was published."""
    return share.percent, share.national


def _signed(difference: Decimal | None) -> str:
    """With its sign; one that is none has none."""
    if difference is None:
        return ""
    return f"{difference:+}" if difference else f"{abs(difference)}"
