"""What a trainee may get elsewhere at the same time, and which days that leaves unpaid (rulebook section 3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

EMPLOYMENT = "employment"
DAILY_WORK = "daily_work"
OTHER_TRAINING = "other_training"


class Answer(StrEnum):
    """예, 아니오, 미확인: 미확인 pays in a draft and blocks 확정."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The Korean word."""
        return {"yes": "예", "no": "아니오", "unknown": "미확인"}[self.value]


@dataclass(frozen=True, slots=True)
class Question:
    """One question asked of every member of a course; `kind` is that of the spans a 예 needs."""

    kind: str
    label: str
    text: str


QUESTIONS: tuple[Question, ...] = (
    Question("unemployment_benefit", "구직급여", "훈련 기간에 구직급여(실업급여)를 받는가"),
    Question("closure_benefit", "휴업급여", "훈련 기간에 산재 휴업급여를 받는가"),
    Question(
        "job_search_allowance", "구직활동지원수당", "훈련 기간에 구직활동 지원수당(구직촉진수당)을 받는가"
    ),
    Question("subsidised_job", "재정지원일자리", "훈련 기간에 재정지원 일자리에 참여하는가"),
    Question(EMPLOYMENT, "취업", "근로계약이나 사업자등록이 시작되었는가 (그날부터 지급하지 않음)"),
    Question(DAILY_WORK, "일용근로", "훈련 기간에 일용으로 일하는가 (한 달 10일 미만이면 그대로 지급)"),
    Question(
        OTHER_TRAINING, "중복훈련", "내일배움카드·KDT 등 다른 훈련지원을 함께 받는가 (받으면 지급하지 않음)"
    ),
)
LABELS = {question.kind: question.label for question in QUESTIONS}


class DatedSpan(Protocol):
    """An inclusive span of one kind; `end` None runs on."""

    @property
    def kind(self) -> str:
        """One of LABELS."""

    @property
    def start(self) -> dt.date:
        """The first day."""

    @property
    def end(self) -> dt.date | None:
        """The last day."""


def touches(span: DatedSpan, start: dt.date, end: dt.date) -> bool:
    """Whether any day from `start` to `end` lies in a span; a 취업 never ends for this."""
    if span.start > end:
        return False
    return span.kind == EMPLOYMENT or span.end is None or span.end >= start


def unpaid_days(
    spans: Iterable[DatedSpan], days: Collection[dt.date], *, daily_work_days: int
) -> frozenset[dt.date]:
    """Those of `days` that are not paid: spans are inclusive and merged, and from a 취업 on every day is unpaid.

    일용 of fewer than `daily_work_days` days in a calendar month does not count. Another training leaves no day
    unpaid: it excludes the whole unit.
    """
    found: set[dt.date] = set()
    worked: dict[tuple[int, int], set[dt.date]] = {}
    for span in spans:
        if span.kind == DAILY_WORK:
            for day in _dates(span, days):
                worked.setdefault((day.year, day.month), set()).add(day)
        elif span.kind != OTHER_TRAINING:
            found |= {day for day in days if touches(span, day, day)}
    for of_month in worked.values():
        if len(of_month) >= daily_work_days:
            found |= of_month.intersection(days)
    return frozenset(found)


def why_open(
    answers: Mapping[str, Answer], spans: Sequence[DatedSpan], start: dt.date, end: dt.date
) -> tuple[str, ...]:
    """What must be settled before a row is confirmed: questions 미확인, and a 예 whose span is missing in the time in the course.

    Nothing asked, nothing open. A Korean phrase each.
    """
    unknown = [LABELS[kind] for kind in LABELS if answers.get(kind) is Answer.UNKNOWN]
    bare = [
        LABELS[kind]
        for kind in LABELS
        if answers.get(kind) is Answer.YES
        and not any(span.kind == kind and touches(span, start, end) for span in spans)
    ]
    found = []
    if unknown:
        found.append(f"지급 제외 미확인: {', '.join(unknown)}")
    if bare:
        found.append(f"지급 제외 기간 없음(예로 답함): {', '.join(bare)}")
    return tuple(found)


def _dates(span: DatedSpan, days: Collection[dt.date]) -> Iterable[dt.date]:
    """Every calendar day of a span, an open one as far as the month of the last of `days`."""
    last = span.end if span.end is not None else max(days, default=span.start) + dt.timedelta(days=31)
    return (span.start + dt.timedelta(days=offset) for offset in range((last - span.start).days + 1))
