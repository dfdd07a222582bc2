"""합격, 예비 합격 and 불합격 통지서: one letter a person, all of a round in one file."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from regional_desk.documents.paper import (
    Align,
    Block,
    DocumentKind,
    Field,
    Info,
    PageBreak,
    Paper,
    Paragraph,
    Scope,
    Stamp,
)
from regional_desk.domain.masking import Masking
from regional_desk.domain.text import korean_date

SELECTED_KIND = DocumentKind(
    key="selection-letter", title="합격 통지서", landscape=False, scope=Scope.OFFICE, names=Masking.FULL
)
RESERVE_KIND = DocumentKind(
    key="reserve-letter", title="예비 합격 통지서", landscape=False, scope=Scope.OFFICE, names=Masking.FULL
)
REJECTED_KIND = DocumentKind(
    key="rejection-letter", title="불합격 통지서", landscape=False, scope=Scope.OFFICE, names=Masking.FULL
)
_PROGRAMME = "「스마트제조 전문인력 육성사업」"
_WORDS = {
    SELECTED_KIND.key: (
        "귀하는 {programme} {round} {track} 교육생 모집에 지원하여 심사를 거쳐 교육생으로 선발되셨습니다. 진심으로 축하드립니다.",
        "등록 일정과 준비할 서류는 따로 안내해 드립니다. 사정이 있어 참여하지 못하게 되면 예비 합격자가 기회를 얻을 수 있도록 바로 알려 주시기 바랍니다.",
    ),
    RESERVE_KIND.key: (
        "귀하는 {programme} {round} {track} 교육생 모집에 지원하여 심사를 거쳐 {result} 순번을 받으셨습니다.",
        "선발된 분이 포기하여 자리가 나면 예비 번호의 차례대로 연락드립니다. 연락처가 바뀌면 사업단에 알려 주시기 바랍니다.",
    ),
    REJECTED_KIND.key: (
        "귀하께서 {programme} {round} {track} 교육생 모집에 보여 주신 관심에 깊이 감사드립니다.",
        "아쉽게도 이번에는 함께하지 못하게 되었음을 알려 드립니다. 모집인원이 정해져 있어 지원하신 모든 분을 모시지 못하는 점을 널리 헤아려 주시기 바랍니다.",
        "지원하며 내신 개인정보는 정해진 보존기간이 지나면 파기합니다. 다음 모집에 다시 지원해 주시면 감사하겠습니다.",
    ),
}


@dataclass(frozen=True, slots=True)
class LetterPerson:
    """One receiver; `result` is 합격, 예비 n번 or 불합격."""

    name: str
    birth: str
    track: str
    result: str


@dataclass(frozen=True, slots=True)
class SelectionLetters:
    """The letters of one kind; `on` is the day of the result, None until it is published."""

    kind: DocumentKind
    office: str
    round: str
    on: dt.date | None
    people: tuple[LetterPerson, ...]


def to_paper(values: SelectionLetters, stamp: Stamp) -> Paper:
    """The letters as portrait pages, each with the title and one person's full name (rulebook section 6)."""
    day = korean_date(values.on or stamp.printed_at.date())
    blocks: list[Block] = []
    for person in values.people:
        if blocks:
            blocks.append(PageBreak())
        blocks += _letter(values, person, day)
    return Paper(
        title=" ".join(values.kind.title.replace(" ", "")),
        stamp=stamp,
        blocks=tuple(blocks),
        letters=True,
        title_size=22.0,
    )


def _letter(values: SelectionLetters, person: LetterPerson, day: str) -> list[Block]:
    words = {
        "programme": _PROGRAMME,
        "round": values.round,
        "track": person.track,
        "result": person.result,
    }
    return [
        Info(
            (
                (Field("받는 분", f"{person.name} 님"), Field("생년월일", person.birth)),
                (Field("모집 차수", values.round), Field("트랙", person.track)),
                (Field("결과", person.result), Field("발표일", day if values.on else "아직 발표하지 않음")),
            ),
            row_height=9,
            before=8,
        ),
        *(
            Paragraph(sentence.format(**words), size=12, before=12 if at == 0 else 5)
            for at, sentence in enumerate(_WORDS[values.kind.key])
        ),
        Paragraph(day, size=12, align=Align.CENTER, before=22),
        Paragraph(f"{values.office}장", size=16, align=Align.CENTER, bold=True, before=8),
    ]
