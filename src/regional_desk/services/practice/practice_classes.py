"""A practice office's classes: timetable, attendance day by day, who leaves, what was talked about, pay and completion."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from regional_desk.domain.attendance import (
    ABSENT,
    PRESENT,
    Cell,
    DayPart,
    Evidence,
    Mark,
    SpanKind,
    Status,
)
from regional_desk.domain.calendar import days_between, monthly_return
from regional_desk.domain.counselling import CounselKind
from regional_desk.domain.people import Track
from regional_desk.domain.timetable import Entry
from regional_desk.services.attendance import attendance, remarks
from regional_desk.services.attendance.attendance import CellChange
from regional_desk.services.desk import Desk
from regional_desk.services.practice.practice_pay import Money
from regional_desk.services.practice.practice_people import FIELDS
from regional_desk.services.practice.practice_rounds import Plan, Round
from regional_desk.services.training import (
    completions,
    counselling,
    courses,
    instructors,
    memberships,
    timetable,
)
from regional_desk.services.training.courses import CourseDetail
from regional_desk.services.training.timetable import LessonChange

TITLES = {Track.TRACK1: "스마트공장 생산기술", Track.TRACK2: "제조AI 솔루션 개발"}
_SUBJECTS = {
    Track.TRACK1: ("스마트공장 개론", "설비보전 실무", "PLC 제어", "품질관리", "산업안전", "현장 OJT 준비"),
    Track.TRACK2: ("제조 데이터 이해", "파이썬 기초", "머신러닝", "비전검사 실습", "PBL 과제", "발표와 평가"),
}
_REASONS = ("reserve_forces", "interview", "illness", "examination")
_TALKS = (
    (CounselKind.ATTENDANCE, "지각이 잦아 통학 시간을 함께 살핌", "집에서 30분 일찍 나서기로 함"),
    (CounselKind.CAREER, "희망 직무와 근무 지역을 물음", "설비보전, 창원 지역을 희망함"),
    (CounselKind.CONTACT, "전날 결석 사유를 전화로 확인", "병원 진료, 확인서를 내기로 함"),
    (CounselKind.GRIEVANCE, "실습 장비가 모자라다는 의견", "조를 나누어 쓰기로 하고 강사에게 전함"),
)
_REGIONS = ("48123", "48250", "48170")  # 창원시 성산구, 김해시, 진주시
_MARKED = (
    Cell(Status.PRESENT, Mark.LATE, 9 * 60 + 25, 18 * 60),
    Cell(Status.PRESENT, Mark.LEFT_EARLY, 9 * 60, 16 * 60 + 30),
    Cell(
        Status.PRESENT,
        Mark.OUT,
        9 * 60,
        18 * 60,
        parts=(DayPart(SpanKind.OUT, 14 * 60, 15 * 60 + 30),),
    ),
)
_LARGE = 15
_DAY = dt.timedelta(days=1)


class Class:
    """One class lived from its first plan to its certificates."""

    def __init__(self, desk: Desk, source: random.Random, plan: Plan, of: Round) -> None:
        self._desk, self._random, self._round = desk, source, of
        self._track, self._start, self._size, self._number = plan
        self.end = monthly_return(self._start, 1) - 3 * _DAY
        self._id: UUID | None = None
        self._ill: set[UUID] = set()
        self._late: list[CellChange] = []

    def steps(self) -> Iterator[tuple[dt.date, Any]]:
        """(day, act) in the order of the work."""
        middle = self._start + (self.end - self._start) // 2
        yield self._start - 3 * _DAY, self._found
        for day in days_between(self._start, self.end):
            yield day, lambda day=day: self._attend(day)
        yield middle, self._talk
        yield self.end + _DAY, self._enter_late
        yield self.end + _DAY, self._complete
        yield from Money(self._desk, lambda: self._course, self.end, self._number).steps()
        yield self.end + 5 * _DAY, self._certify

    @property
    def _course(self) -> CourseDetail:
        if self._id is None:
            raise LookupError("the class is not founded yet")
        return courses.course(self._desk, self._id)

    def _found(self) -> None:
        made = courses.add_course(
            self._desk,
            f"{self._track.value} {self._number}기 {TITLES[self._track]}",
            self._track,
            self._start,
            self.end,
            region=_REGIONS[self._number % len(_REGIONS)],
            room=f"제{1 + self._number % 3}강의실",
        )
        self._id = made.course.id
        self._plan_lessons(made)
        chosen = self._round.selected(self._track)[: self._size]
        memberships.enrol(self._desk, self._id, chosen)
        self._able = {person: self._random.choice((0.9, 0.96, 0.98, 0.99, 1.0)) for person in sorted(chosen)}
        self._leaving = self._who_leaves(made, sorted(chosen))

    def _plan_lessons(self, made: CourseDetail) -> None:
        """A subject each half day, the same by weekday."""
        known = instructors.list_instructors(self._desk)
        mine = [row.name for row in known if row.field in FIELDS[self._track]]
        subjects = _SUBJECTS[self._track]
        wanted = []
        for day in (row.day for row in made.days):
            for period in range(1, len(made.course.periods) + 1):
                block = day.weekday() * 2 + (period > len(made.course.periods) // 2)
                teacher = mine[(block + self._number) % len(mine)]
                wanted.append(
                    LessonChange(
                        day, period, Entry(subjects[block % len(subjects)], teacher, made.course.room)
                    )
                )
        timetable.set_lessons(self._desk, made.course.id, wanted, title="시간표 작성")

    def _who_leaves(self, made: CourseDetail, chosen: list[UUID]) -> dict[dt.date, tuple[UUID, str, bool]]:
        """In larger classes one person finds a job or gives up on the way: by the last day inside."""
        if len(chosen) < _LARGE:
            return {}
        day = self._random.choice([row.day for row in made.days][3:-4])
        employed = self._random.random() < 0.5  # noqa: PLR2004 - one of two
        reason = "○○기계 입사" if employed else "개인 사정"
        return {day: (self._random.choice(chosen), reason, employed)}

    def _attend(self, day: dt.date) -> None:
        detail = self._course
        if day not in {row.day for row in detail.days}:
            return
        self._enter_late()
        there = [member.person for member in detail.members if member.left is None or member.left >= day]
        changes = [CellChange(person, day, self._cell(person)) for person in there]
        if self._random.random() < 0.15:  # noqa: PLR2004 - about three days of a month
            self._late.append(changes.pop(self._random.randrange(len(changes))))
        attendance.set_cells(
            self._desk, detail.course.id, changes, title=f"{day.month}/{day.day} {detail.course.name} 출석"
        )
        if day in self._leaving:
            person, reason, employed = self._leaving[day]
            memberships.leave(self._desk, detail.course.id, person, day, reason, employed=employed)

    def _enter_late(self) -> None:
        """Whoever was forgotten yesterday is asked for today: a line of the 출석입력요청대장."""
        if self._late:
            attendance.set_cells(self._desk, self._course.course.id, self._late, title="출석입력요청")
            self._late = []

    def _cell(self, person: UUID) -> Cell:
        if self._random.random() > self._able[person]:
            return ABSENT
        chance = self._random.random()
        if chance < 0.015:  # noqa: PLR2004 - about one excused day in seventy
            reason = self._random.choice(_REASONS)
            if reason == "illness" and person in self._ill:
                reason = "interview"  # a second illness may be over the course's cap
            elif reason == "illness":
                self._ill.add(person)
            proved = self._random.random() < 0.9  # noqa: PLR2004 - one paper in ten comes late
            return Cell(
                Status.EXCUSED, reason=reason, evidence=Evidence.VERIFIED if proved else Evidence.MISSING
            )
        if chance < 0.07:  # noqa: PLR2004 - about one mark in twenty
            return self._random.choice(_MARKED)
        return PRESENT

    def _talk(self) -> None:
        members = sorted(self._able)
        noted, days = self._random.choice(members), [row.day for row in self._course.days]
        first = next(day for day in days if day <= self._desk.clock.today())
        remarks.set_remark(
            self._desk, self._course.course.id, noted, first, "교재 미수령, 다음 날 전달", version=0
        )
        for person in self._random.sample(members, k=min(3, len(members))):
            kind, said, result = self._random.choice(_TALKS)
            follow = self._desk.clock.today() + 7 * _DAY if kind is CounselKind.ATTENDANCE else None
            counselling.add(self._desk, person, kind, said, result=result, next_on=follow, course_id=self._id)

    def _complete(self) -> None:
        completions.complete(self._desk, self._course.course.id)

    def _certify(self) -> None:
        completions.issue(self._desk, self._course.course.id)
