"""What an attendance record is, how it is written, and what a span of records adds up to (rulebook section 2)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, IntEnum, IntFlag, StrEnum
from functools import lru_cache

from regional_desk.domain.refused import Refused
from regional_desk.domain.rounding import half_up, half_up_int
from regional_desk.domain.text import compact

UNSPECIFIED = "unspecified"
MARKS_PER_ABSENCE = 3
DEFAULT_MIN_RATE = Decimal("80.0")
_DISMISSAL_LEAST_DAYS = 14
_CAUTION_LEFT = 2


class Status(IntEnum):
    """미입력, 출석, 결석, 출석인정. 미입력 is not 결석."""

    UNRECORDED = 0
    PRESENT = 1
    ABSENT = 2
    EXCUSED = 3

    @property
    def label(self) -> str:
        """The Korean word."""
        return ("미입력", "출석", "결석", "출석인정")[self]


class Mark(IntFlag):
    """지각, 조퇴, 외출: any of the three beside 출석."""

    NONE = 0
    LATE = 1
    LEFT_EARLY = 2
    OUT = 4


MARK_LABELS = {Mark.LATE: "지각", Mark.LEFT_EARLY: "조퇴", Mark.OUT: "외출"}
_MARK_SIGNS = {Mark.LATE: "△", Mark.LEFT_EARLY: "▽", Mark.OUT: "◇"}
_STATUS_SIGNS = ("·", "○", "×", "◎")


class Evidence(IntEnum):
    """State of the paper behind an 출석인정: 미제출, 제출, 확인."""

    MISSING = 0
    SUBMITTED = 1
    VERIFIED = 2

    @property
    def label(self) -> str:
        """The Korean word."""
        return ("미제출", "제출", "확인")[self]


@dataclass(frozen=True, slots=True)
class AbsenceReason:
    """A ground for 출석인정; its caps are policy data (`domain/excused.py`)."""

    code: str
    label: str


REASONS: dict[str, AbsenceReason] = {
    reason.code: reason
    for reason in (
        AbsenceReason(UNSPECIFIED, "미지정"),
        AbsenceReason("wedding", "결혼(본인)"),
        AbsenceReason("wedding_child", "결혼(자녀)"),
        AbsenceReason("birth", "출산(배우자)"),
        AbsenceReason("death_parent", "사망(배우자·본인/배우자의 부모)"),
        AbsenceReason("death_grandparent", "사망(본인/배우자의 조부모)"),
        AbsenceReason("death_child", "사망(자녀와 그 배우자)"),
        AbsenceReason("death_sibling", "사망(본인/배우자의 형제자매)"),
        AbsenceReason("reserve_forces", "예비군·민방위·징병검사"),
        AbsenceReason("interview", "면접·채용시험"),
        AbsenceReason("civic_duty", "공민권 행사"),
        AbsenceReason("examination", "직종 관련 자격시험"),
        AbsenceReason("competition", "기능경기"),
        AbsenceReason("illness", "질병·입원"),
        AbsenceReason("institution", "기관장 인정"),
    )
}


class SpanKind(StrEnum):
    """What a part of a day was: 외출, or 출석인정 for part of the day."""

    OUT = "O"
    EXCUSED = "E"


@dataclass(frozen=True, slots=True, order=True)
class DayPart:
    """A part of a training day in minutes of the day, `end` not inside."""

    kind: SpanKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One record; times are minutes of the day, `reason` a code of REASONS, `parts` the day's 외출 and part-day 출석인정."""

    status: Status
    marks: Mark = Mark.NONE
    time_in: int | None = None
    time_out: int | None = None
    reason: str | None = None
    evidence: Evidence = Evidence.MISSING
    parts: tuple[DayPart, ...] = ()


EMPTY = Cell(Status.UNRECORDED)
PRESENT = Cell(Status.PRESENT)
ABSENT = Cell(Status.ABSENT)
EXCUSED = Cell(Status.EXCUSED, reason=UNSPECIFIED)

_WORDS: dict[str, tuple[Status, Mark]] = {}
for _status, _mark, _words in (
    (Status.PRESENT, Mark.NONE, "출석 출 ㅊ ○ 〇 ● o 0 ㅇ / √ v"),
    (Status.PRESENT, Mark.LATE, "지각 지 △"),
    (Status.PRESENT, Mark.LEFT_EARLY, "조퇴 조 ▽"),
    (Status.PRESENT, Mark.OUT, "외출 외 ◇"),
    (Status.ABSENT, Mark.NONE, "결석 결 × x"),
    (Status.EXCUSED, Mark.NONE, "출석인정 인정 공가 공 ◎"),
    (Status.UNRECORDED, Mark.NONE, "미입력 ·"),
):
    _WORDS |= {compact(word): (_status, _mark) for word in _words.split()}
_SEPARATORS = re.compile(r"[,、+&()\s]+")
_MARK_SIGN = re.compile(r"([△▽◇])")


def read_cell(text: str) -> Cell:
    """A record from what an office writes in a cell (interfaces section 2); an empty text is 미입력.

    Raises Refused for an unknown word and for marks beside anything but 출석.
    """
    words = [compact(word) for word in _SEPARATORS.split(_MARK_SIGN.sub(r"\1,", text.strip())) if word]
    if not words:
        return EMPTY
    statuses: set[Status] = set()
    marks = Mark.NONE
    for word in words:
        if word not in _WORDS:
            raise Refused(
                f"'{text}'은(는) 출결로 읽을 수 없습니다. 출석·지각·조퇴·외출·결석·출석인정 가운데 하나로 적어 주십시오."
            )
        status, mark = _WORDS[word]
        statuses.add(status)
        marks |= mark
    if len(statuses) > 1:
        raise Refused(f"'{text}'에는 서로 맞지 않는 출결이 함께 적혀 있습니다.")
    status = statuses.pop()
    return Cell(status, marks, reason=UNSPECIFIED if status is Status.EXCUSED else None)


def parts_text(parts: Iterable[DayPart]) -> str | None:
    """`O600-660 E840-900`: a day's parts as they are kept, None for none."""
    return " ".join(f"{part.kind.value}{part.start}-{part.end}" for part in sorted(parts)) or None


def read_parts(text: str | None) -> tuple[DayPart, ...]:
    """A day's parts from what is kept."""
    found = []
    for word in (text or "").split():
        start, end = word[1:].split("-")
        found.append(DayPart(SpanKind(word[0]), int(start), int(end)))
    return tuple(found)


def show_cell(cell: Cell) -> str:
    """`출석(지각,조퇴)`, 결석, 출석인정, 미입력."""
    marks = [label for mark, label in MARK_LABELS.items() if mark & cell.marks]
    return f"{cell.status.label}({','.join(marks)})" if marks else cell.status.label


def sign(cell: Cell) -> str:
    """○ 출석, △ 지각, ▽ 조퇴, ◇ 외출, × 결석, ◎ 출석인정, · 미입력; several marks stand side by side."""
    if cell.marks:
        return "".join(shown for mark, shown in _MARK_SIGNS.items() if mark & cell.marks)
    return _STATUS_SIGNS[cell.status]


class Risk(Enum):
    """How far a trainee is from losing the unit or the course."""

    SAFE = "안전"
    CAUTION = "주의"
    DANGER = "위험"
    IMPOSSIBLE = "불가"


@dataclass(frozen=True, slots=True)
class Counts:
    """One trainee's records in one span. `days` is the denominator, `marks` the marks on days 출석.

    `outside` are days of the denominator after the trainee left: no record can come there any more.
    `converted` are the absences made of marks where the span holds several units, added up unit by unit; None for one.
    """

    days: int
    present: int
    excused: int
    absent: int
    marks: int
    outside: int = 0
    converted: int | None = None

    @property
    def recorded(self) -> int:
        """Days that hold a record."""
        return self.present + self.excused + self.absent

    @property
    def unrecorded(self) -> int:
        """Days that may still get a record: 미입력 and coming ones."""
        return max(0, self.days - self.outside - self.recorded)


@dataclass(frozen=True, slots=True)
class Minutes:
    """The same in minutes, for a course that counts by minutes: of all days, of the recorded ones, and of days left."""

    scheduled: int
    attended: int
    recorded: int
    outside: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """What the records add up to. Rates are percentages with one decimal; `absences_left` is −1 where lost.

    `marks_to_absence` are the marks until the next absence, 0 where marks make none (a course by minutes).
    """

    training_days: int
    attended_days: int
    absences: int
    converted_absences: int
    unrecorded: int
    rate: Decimal
    rate_so_far: Decimal | None
    best_rate: Decimal
    absences_left: int
    marks_to_absence: int
    risk: Risk


def count(cells: Iterable[Cell], days: int | None = None) -> Counts:
    """Count records; `days` is the denominator where it is not the number of cells."""
    present = excused = absent = marks = total = 0
    for cell in cells:
        total += 1
        if cell.status is Status.PRESENT:
            present += 1
            marks += int(cell.marks).bit_count()
        elif cell.status is Status.EXCUSED:
            excused += 1
        elif cell.status is Status.ABSENT:
            absent += 1
    return Counts(total if days is None else days, present, excused, absent, marks)


@lru_cache(maxsize=16384)
def summarise(
    counts: Counts, *, min_rate: Decimal = DEFAULT_MIN_RATE, minutes: Minutes | None = None
) -> Summary:
    """출석일수, the three rates and 남은 결석 여유 of one span (rulebook section 2).

    Three marks make one absence, rounded down, inside the span, unless the course counts by `minutes`.
    A span of no days has rate 0.
    """
    converted = counts.marks // MARKS_PER_ABSENCE if counts.converted is None else counts.converted
    if minutes:
        converted = 0
    attended = max(0, counts.present + counts.excused - converted)
    unrecorded = counts.unrecorded
    if minutes:
        rate = _rate(minutes.attended, minutes.scheduled)
        so_far = _rate(minutes.attended, minutes.recorded) if minutes.recorded else None
        best_minutes = minutes.attended + minutes.scheduled - minutes.outside - minutes.recorded
        best = _rate(best_minutes, minutes.scheduled)
        day = max(1, minutes.scheduled // counts.days) if counts.days else 1
        left = _left(best_minutes, minutes.scheduled, day, min_rate)
    else:
        rate = _rate(attended, counts.days)
        so_far = _rate(attended, counts.recorded) if counts.recorded else None
        best = _rate(attended + unrecorded, counts.days)
        left = _left(attended + unrecorded, counts.days, 1, min_rate)
    return Summary(
        training_days=counts.days,
        attended_days=attended,
        absences=counts.absent + converted,
        converted_absences=converted,
        unrecorded=unrecorded,
        rate=rate,
        rate_so_far=so_far,
        best_rate=best,
        absences_left=left,
        marks_to_absence=0 if minutes else MARKS_PER_ABSENCE - counts.marks % MARKS_PER_ABSENCE,
        risk=risk_of(left),
    )


def dismissal_reasons(
    unit_absences: int, unit_days: int, course_absences: int, course_days: int
) -> tuple[str, ...]:
    """Why a trainee is 제적 대상 (rulebook section 2); a person decides, the program only lists.

    (가) a unit's absences reach half its training days (rounded), where that unit has 14 days or more;
    (나) total absences exceed 20 % of the course's training days (rounded).
    """
    reasons = []
    half = half_up_int(unit_days, 2)
    if unit_days >= _DISMISSAL_LEAST_DAYS and unit_absences >= half:
        reasons.append(f"단위기간 결석 {unit_absences}일이 소정훈련일 {unit_days}일의 50%({half}일) 이상")
    fifth = half_up_int(course_days, 5)
    if course_absences > fifth:
        reasons.append(f"과정 결석 {course_absences}일이 소정훈련일 {course_days}일의 20%({fifth}일) 초과")
    return tuple(reasons)


def dismissal_reasons_by_minutes(minutes: Minutes) -> tuple[str, ...]:
    """The same for a course that counts by minutes: more than 20 % of its minutes absent, unrounded."""
    absent = minutes.recorded - minutes.attended
    if absent * 5 <= minutes.scheduled:
        return ()
    return (f"과정 결석 {absent}분이 소정훈련시간 {minutes.scheduled}분의 20% 초과",)


def completes(attended: int, days: int) -> bool:
    """수료 is exact: four fifths of the course's days (rulebook section 2)."""
    return attended * 5 >= days * 4


def counts_by_minutes(course_days: int, course_minutes: int) -> bool:
    """A course of fewer than 10 training days or 40 scheduled hours counts by minutes."""
    return course_days < 10 or course_minutes < 40 * 60  # noqa: PLR2004 - the rule's own numbers


def risk_of(left: int) -> Risk:
    """안전 from two days left, 주의 with one, 위험 with none, 불가 where it is lost (−1)."""
    if left >= _CAUTION_LEFT:
        return Risk.SAFE
    return {1: Risk.CAUTION, 0: Risk.DANGER}.get(left, Risk.IMPOSSIBLE)


def marks_words(summary: Summary) -> str:
    """`지각 2회 더면 결석 1일`: how near the marks are to the next absence; empty where that would lose nothing more."""
    return f"지각 {summary.marks_to_absence}회 더면 결석 1일" if summary.marks_to_absence else ""


def _rate(part: int, whole: int) -> Decimal:
    return half_up(part * 100, whole, 1) if whole else Decimal("0.0")


def _left(best: int, whole: int, day: int, min_rate: Decimal) -> int:
    """The largest k ≥ 0 for which `best` less k days still gives the minimum rate, else −1."""
    left = -1
    while whole and best >= 0 and _rate(best, whole) >= min_rate:
        left += 1
        best -= day
    return left
