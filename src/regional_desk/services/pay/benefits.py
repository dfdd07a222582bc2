"""지급 제외 확인: what each member of a course gets elsewhere, asked, answered and with its spans (rulebook section 3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain import benefits as rules
from regional_desk.domain.benefits import LABELS, Answer
from regional_desk.domain.rights import Right
from regional_desk.errors import Item, Refusal, UsageError
from regional_desk.services.desk import Desk, Work
from regional_desk.services.recruitment.people import put_span
from regional_desk.services.training import courses
from regional_desk.services.training.courses import CourseDetail
from regional_desk.store import benefits as store
from regional_desk.store.benefits import AnswerRow
from regional_desk.store.courses import MemberRow
from regional_desk.store.people import SpanRow, list_spans

SUBJECT = "allowance"


@dataclass(frozen=True, slots=True)
class Asked:
    """One member with the answers by kind (empty where nobody was asked), the spans on record, and what is still open."""

    member: MemberRow
    answers: dict[str, Answer]
    spans: tuple[SpanRow, ...]
    open: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A course's questions; `asked` tells whether they were put to anybody yet."""

    course: CourseDetail
    rows: tuple[Asked, ...]

    @property
    def asked(self) -> bool:
        """Whether the questions were put yet."""
        return any(row.answers for row in self.rows)

    @property
    def unasked(self) -> int:
        """Members without their questions: who came after they were put."""
        return sum(len(row.answers) < len(LABELS) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Given:
    """One answer; `expected` is what the screen showed, so that nobody's other answer is written over. 예 brings its span."""

    person: UUID
    kind: str
    answer: Answer
    expected: Answer | None = None
    start: dt.date | None = None
    end: dt.date | None = None


def sheet(desk: Desk, course_id: UUID) -> Sheet:
    """The questions of a course, its people noted and masked as the person may see them; raise UsageError for an unknown id."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        detail = courses.masked(desk, courses.read_detail(connection, course_id))
        rows = _rows(connection, detail)
    desk.note_view(SUBJECT, [row.member.person for row in rows], {"course": str(course_id), "by": "benefits"})
    return Sheet(detail, rows)


def open_answers(connection: sa.Connection, detail: CourseDetail) -> dict[UUID, tuple[str, ...]]:
    """What of the questions keeps a member's row from 확정, in Korean phrases; people with nothing open are left out."""
    if not store.list_answers(connection, detail.course.id):
        return {}
    return {row.member.person: row.open for row in _rows(connection, detail) if row.open}


def waiting(desk: Desk) -> tuple[tuple[UUID, str, int], ...]:
    """(course, its name, people) for each course with questions 미확인; shows nobody, so no look is noted."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        return store.count_unknown(connection)


def ask(desk: Desk, course_id: UUID, operation_id: UUID | None = None) -> int:
    """Put every question to every member it was not put to yet, as 미확인; return how many are new. Answers stay."""

    def body(work: Work) -> dict[str, Any]:
        detail = courses.read_detail(work.connection, course_id)
        known = {(row.membership_id, row.kind) for row in store.list_answers(work.connection, course_id)}
        fresh = [
            (member.id, kind, Answer.UNKNOWN.value)
            for member in detail.members
            for kind in LABELS
            if (member.id, kind) not in known
        ]
        store.add_answers(work.connection, fresh, desk.actor.user_id, work.at)
        if fresh:
            work.log("benefits.ask", SUBJECT, course_id, {"questions": len(fresh)})
        return {"questions": len(fresh)}

    return int(desk.perform(Right.DRAFT_ALLOWANCE, "benefits.ask", body, operation_id)["questions"])


def answer(desk: Desk, course_id: UUID, answers: Sequence[Given], operation_id: UUID | None = None) -> int:
    """Write answers with the spans they bring in one act; return how many changed.

    Raises Refusal with each answer that cannot be: 예 without a span in the time in the course, 아니오 where a span is
    on record there, or another answer than `expected`; then nothing is written. UsageError for an unknown kind.
    """
    for one in answers:
        if one.kind not in LABELS:
            raise UsageError(f"'{one.kind}'은(는) 모르는 종류입니다. 쓸 수 있는 종류: {', '.join(LABELS)}.")

    def body(work: Work) -> dict[str, Any]:
        state = _State.read(work.connection, course_id)
        for one in answers:
            if one.start is None or one.answer is not Answer.YES or state.member(one.person) is None:
                continue
            span = SpanRow(one.person, one.kind, one.start, one.end)
            if span not in state.spans:
                put_span(work, one.person, one.kind, one.start, one.end)
                state.spans.append(span)
        problems = [Item(*found) for one in answers if (found := state.problem(one))]
        if problems:
            raise Refusal(
                f"답 {len(problems)}건을 적을 수 없어 아무것도 바꾸지 않았습니다: {problems[0].where} — {problems[0].message}",
                items=tuple(problems),
            )
        return {"changed": _write(work, course_id, state, answers)}

    return int(desk.perform(Right.DRAFT_ALLOWANCE, "benefits.answer", body, operation_id)["changed"])


def all_no(
    desk: Desk,
    course_id: UUID,
    people: Collection[UUID] | None = None,
    *,
    operation_id: UUID | None = None,
) -> int:
    """모두 아니오: every 미확인 of these members (of all, without `people`) becomes 아니오; return how many.

    What was answered stays, and so does a question whose span is on record already: that is no 아니오.
    """

    def body(work: Work) -> dict[str, Any]:
        state = _State.read(work.connection, course_id)
        given = [
            one
            for row in state.answers.values()
            if row.answer == Answer.UNKNOWN and (people is None or row.person in people)
            for one in [Given(row.person, row.kind, Answer.NO)]
            if state.problem(one) is None
        ]
        return {"changed": _write(work, course_id, state, given)}

    return int(desk.perform(Right.DRAFT_ALLOWANCE, "benefits.all_no", body, operation_id)["changed"])


def remove_span(desk: Desk, span: SpanRow, operation_id: UUID | None = None) -> None:
    """Take a span away that was recorded by mistake; the answer stays and is open until it is given anew.

    Raises Refusal where it is not on record any more.
    """

    def body(work: Work) -> dict[str, Any]:
        if not store.remove_span(work.connection, span.person, span.kind, span.start, span.end):
            raise Refusal("그 기간은 이미 없습니다. 화면을 새로 고친 뒤 다시 하십시오.")
        keys = desk.store.person_keys(work.connection, [span.person])
        value = {
            "kind": span.kind,
            "start": span.start.isoformat(),
            "end": span.end.isoformat() if span.end else None,
        }
        work.log("span.remove", "people", span.person, values=[work.seal(keys, span.person, value)])
        return {"person": str(span.person)}

    desk.perform(Right.DRAFT_ALLOWANCE, "span.remove", body, operation_id)


@dataclass(slots=True)
class _State:
    """A course's answers and spans while an act works on them."""

    detail: CourseDetail
    answers: dict[tuple[UUID, str], AnswerRow]
    spans: list[SpanRow]
    _members: dict[UUID, MemberRow] = field(default_factory=dict)

    @classmethod
    def read(cls, connection: sa.Connection, course_id: UUID) -> _State:
        detail = courses.read_detail(connection, course_id)
        answers = {(row.person, row.kind): row for row in store.list_answers(connection, course_id)}
        spans = list(list_spans(connection, [member.person for member in detail.members]))
        return cls(detail, answers, spans, {member.person: member for member in detail.members})

    def member(self, person: UUID) -> MemberRow | None:
        return self._members.get(person)

    def problem(self, one: Given) -> tuple[str, str] | None:
        """Where and why an answer cannot be, None where it can."""
        member = self.member(one.person)
        if member is None:
            return str(one.person), "이 과정의 교육생이 아닙니다."
        where = f"{member.name} {LABELS[one.kind]}"
        row = self.answers.get((one.person, one.kind))
        if one.expected is not None and (row is None or row.answer != one.expected.value):
            return where, "다른 사람이 먼저 답을 바꾸었습니다. 화면을 새로 고친 뒤 다시 하십시오."
        start, end = _time_in(self.detail, member)
        on_record = any(
            span.person == one.person and span.kind == one.kind and rules.touches(span, start, end)
            for span in self.spans
        )
        if one.answer is Answer.YES and not on_record:
            return where, "예라고 답하려면 과정 안에 걸치는 기간을 함께 적어야 합니다."
        if one.answer is Answer.NO and on_record:
            return (
                where,
                "과정 안에 걸치는 기간이 적혀 있어 아니오라고 답할 수 없습니다. 잘못 적은 기간이면 먼저 지우십시오.",
            )
        return None


def _write(work: Work, course_id: UUID, state: _State, given: Sequence[Given]) -> int:
    new: list[tuple[UUID, str, str]] = []
    other: list[tuple[UUID, str, str]] = []
    by_person: dict[UUID, list[list[str | None]]] = {}
    for one in given:
        row, member = state.answers.get((one.person, one.kind)), state.member(one.person)
        if member is None or (row is not None and row.answer == one.answer.value):
            continue
        (new if row is None else other).append((member.id, one.kind, one.answer.value))
        by_person.setdefault(one.person, []).append([one.kind, row.answer if row else None, one.answer.value])
    user = work.desk.actor.user_id
    store.add_answers(work.connection, new, user, work.at)
    store.change_answers(work.connection, other, user, work.at)
    if by_person:
        keys = work.desk.store.person_keys(work.connection, by_person)
        values = [work.seal(keys, person, changed) for person, changed in by_person.items()]
        work.log("benefits.answer", SUBJECT, course_id, {"answers": len(new) + len(other)}, values)
    return len(new) + len(other)


def _rows(connection: sa.Connection, detail: CourseDetail) -> tuple[Asked, ...]:
    spans: dict[UUID, list[SpanRow]] = {}
    for span in list_spans(connection, [member.person for member in detail.members]):
        spans.setdefault(span.person, []).append(span)
    answers: dict[UUID, dict[str, Answer]] = {}
    for row in store.list_answers(connection, detail.course.id):
        answers.setdefault(row.person, {})[row.kind] = Answer(row.answer)
    return tuple(
        Asked(
            member,
            given := answers.get(member.person, {}),
            of := tuple(spans.get(member.person, ())),
            rules.why_open(given, of, *_time_in(detail, member)),
        )
        for member in detail.members
    )


def _time_in(detail: CourseDetail, member: MemberRow) -> tuple[dt.date, dt.date]:
    """First and last day of a member in the course."""
    return member.joined, member.left or detail.course.end
