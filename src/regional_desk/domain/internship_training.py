"""Training inside an internship: its weeks, which journals are due, and what a mentor confirms (rulebook section 4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from regional_desk.domain.due import is_overdue
from regional_desk.domain.internships import Break
from regional_desk.domain.people import Track
from regional_desk.domain.refused import Refused
from regional_desk.domain.text import clean, korean_date

_DAY = dt.timedelta(days=1)
_WEEK = 7
WHOLE = 100


@dataclass(frozen=True, slots=True)
class TrainingTerms:
    """Policy data (`policies/internship_training.toml`): days after a week's end until its journal must be here."""

    source: str
    journal_days: int


def terms_from_table(table: Mapping[str, Any]) -> TrainingTerms:
    """The terms as their file holds them."""
    return TrainingTerms(str(table["source"]), int(table["journal_days"]))


@dataclass(frozen=True, slots=True)
class Week:
    """One week of an internship, both days inside; the last one ends with the internship."""

    no: int
    start: dt.date
    end: dt.date

    def is_over(self, today: dt.date) -> bool:
        """Whether its last day has passed."""
        return self.end < today


@dataclass(frozen=True, slots=True)
class Words:
    """What the parts of a plan and a journal are called on a track; an empty word is not asked there."""

    kind: str
    work: str
    guidance: str
    output: str
    progress: str


_WORDS = {
    Track.TRACK1: Words("OJT", "수행업무", "지도내용", "", ""),
    Track.TRACK2: Words("PBL", "과제", "", "산출물", "진척"),
}


def words_of(track: str) -> Words:
    """The words of a track: Track1 is OJT, Track2 is PBL."""
    return _WORDS[Track(track)]


def week_of(start: dt.date, no: int, last: dt.date) -> Week:
    """Week `no` (from 1) of an internship that began on `start`, seven days each, cut at its last day.

    A week after the last day is told whole: what was planned for it stays readable after an early end.
    """
    first = start + dt.timedelta(days=_WEEK * (no - 1))
    end = first + dt.timedelta(days=_WEEK - 1)
    return Week(no, first, min(end, last) if first <= last else end)


def weeks(start: dt.date, last: dt.date) -> tuple[Week, ...]:
    """Every week from the first day to the last one; none where it ended before it began."""
    count = ((last - start).days + _WEEK) // _WEEK
    return tuple(week_of(start, no, last) for no in range(1, count + 1))


def is_free(week: Week, breaks: Sequence[Break]) -> bool:
    """Whether nobody served on any day of the week: then it needs no journal."""
    day = week.start
    while day <= week.end:
        if not any(one.covers(day) for one in breaks):
            return False
        day += _DAY
    return True


def short_span(week: Week) -> str:
    """A week's days beside others of the same internship: `9. 14. ~ 9. 20.`."""
    return f"{week.start.month}. {week.start.day}. ~ {week.end.month}. {week.end.day}."


class JournalState(StrEnum):
    """Where the journal of one week stands."""

    FREE = "free"
    COMING = "coming"
    WAITING = "waiting"
    MISSING = "missing"
    WRITTEN = "written"
    CONFIRMED = "confirmed"

    @property
    def label(self) -> str:
        """The Korean name."""
        return _STATES[self]


_STATES = {
    JournalState.FREE: "면제",
    JournalState.COMING: "예정",
    JournalState.WAITING: "작성 전",
    JournalState.MISSING: "미제출",
    JournalState.WRITTEN: "확인 전",
    JournalState.CONFIRMED: "멘토 확인",
}


def journal_due(week: Week, terms: TrainingTerms) -> dt.date:
    """The last day for a week's journal."""
    return week.end + dt.timedelta(days=terms.journal_days)


def journal_state(
    week: Week,
    today: dt.date,
    breaks: Sequence[Break],
    terms: TrainingTerms,
    *,
    written: bool,
    confirmed: bool,
) -> JournalState:
    """Where a week stands: a journal written counts whatever the week was; missing is one overdue (section 9)."""
    if written:
        return JournalState.CONFIRMED if confirmed else JournalState.WRITTEN
    if is_free(week, breaks):
        return JournalState.FREE
    if today < week.start:
        return JournalState.COMING
    return JournalState.MISSING if is_overdue(journal_due(week, terms), today) else JournalState.WAITING


@dataclass(frozen=True, slots=True)
class JournalText:
    """What a journal says; `progress` in percent. OJT asks for guidance, PBL for output and progress."""

    work: str
    guidance: str | None = None
    output: str | None = None
    progress: int | None = None


def checked_journal(track: str, text: JournalText) -> JournalText:
    """The text cleaned, without what the track does not ask; raise Refused naming what lacks."""
    words = words_of(track)
    work, guidance, output = (tidy(one or "") for one in (text.work, text.guidance, text.output))
    lacking = [
        word
        for word, there in (
            (words.work, work),
            (words.guidance, guidance),
            (words.output, output),
            (words.progress, text.progress is not None),
        )
        if word and not there
    ]
    if lacking:
        raise Refused(f"{', '.join(lacking)}이(가) 비어 있습니다.")
    progress = text.progress if words.progress else None
    if progress is not None and not 0 <= progress <= WHOLE:
        raise Refused("진척은 0에서 100까지의 퍼센트입니다.")
    return JournalText(work, guidance if words.guidance else None, output if words.output else None, progress)


def checked_confirmation(week: Week, mentor: str, on: dt.date, today: dt.date) -> str:
    """The mentor's name where he may have confirmed the week on that day; raise Refused else.

    Nobody confirms a week that has not begun, nor on a day to come.
    """
    name = clean(mentor)
    if not name:
        raise Refused("확인한 멘토의 성명을 적어 주십시오.")
    if on > today:
        raise Refused(f"확인일 {korean_date(on)}은(는) 아직 오지 않은 날입니다.")
    if on < week.start:
        raise Refused(
            f"확인일 {korean_date(on)}이(가) {week.no}주차의 첫날 {korean_date(week.start)}보다 앞섭니다."
        )
    return name


@dataclass(frozen=True, slots=True)
class PlanText:
    """What is planned for a week; `output` is asked of PBL only."""

    subject: str
    goal: str
    output: str | None = None


def checked_plan(track: str, text: PlanText) -> PlanText:
    """The text cleaned; raise Refused without a subject or goal, for PBL without an output."""
    words = words_of(track)
    subject, goal, output = clean(text.subject), tidy(text.goal), clean(text.output or "")
    lacking = [
        word
        for word, there in ((words.work, subject), ("훈련목표", goal), (words.output, output))
        if word and not there
    ]
    if lacking:
        raise Refused(f"{', '.join(lacking)}이(가) 비어 있습니다.")
    return PlanText(subject, goal, output if words.output else None)


class DeliverableState(StrEnum):
    """Where a deliverable stands."""

    SUBMITTED = "submitted"
    WAITING = "waiting"
    OVERDUE = "overdue"

    @property
    def label(self) -> str:
        """The Korean name."""
        return {"submitted": "제출", "waiting": "예정", "overdue": "기한 지남"}[self.value]


def deliverable_state(due: dt.date | None, submitted_on: dt.date | None, today: dt.date) -> DeliverableState:
    """Handed in, or overdue from the day after its date; one without a date is never overdue."""
    if submitted_on is not None:
        return DeliverableState.SUBMITTED
    if due is not None and is_overdue(due, today):
        return DeliverableState.OVERDUE
    return DeliverableState.WAITING


def tidy(text: str) -> str:
    """What a person meant to type over several lines: each cleaned, empty ones at the ends gone."""
    return "\n".join(clean(line) for line in text.splitlines()).strip("\n")
