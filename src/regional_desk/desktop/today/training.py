"""What is due in recruitment and in the courses' own business: rounds, eligibility, timetables, follow-ups, completion."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from regional_desk.desktop.today.line import Due
from regional_desk.domain.counselling import FollowUp
from regional_desk.domain.due import is_overdue
from regional_desk.domain.rounds import RoundState
from regional_desk.domain.text import korean_date
from regional_desk.services.desk import Desk
from regional_desk.services.recruitment import eligibility, rounds
from regional_desk.services.training import completions, counselling, membership_events, timetable

_WEEK = dt.timedelta(days=7)


def read_training(desk: Desk) -> Iterator[Due]:
    """The lines of who may see people; they count and name nobody."""
    yield from _rounds(desk)
    yield from _eligibility(desk)
    yield from _timetables(desk)
    yield from _follow_ups(desk)
    yield from _completions(desk)
    yield from _differences(desk)


def _rounds(desk: Desk) -> Iterator[Due]:
    """A round whose call is over, that waits for a decision, or for its publishing."""
    today = desk.clock.today()
    for row in rounds.list_rounds(desk):
        detail = rounds.detail(desk, row.id)
        where = {"round": row.id}
        waiting = sum(track.undecided for track in detail.tracks) + detail.untracked
        if detail.state is RoundState.OPEN and is_overdue(row.closes, today):
            ended = f"접수 기간이 {korean_date(row.closes)}에 끝남"
            yield Due(f"{row.name} 접수 마감", ended, "마감 →", "screening", where)
        elif detail.state is RoundState.CLOSED and waiting:
            yield Due(
                f"{row.name} 심사 중", f"선발을 정하지 않은 지원자 {waiting}명", "심사 →", "screening", where
            )
        elif detail.state is RoundState.CLOSED:
            yield Due(f"{row.name} 결과 발표 전", "선발은 정했습니다", "발표 →", "screening", where)


def _eligibility(desk: Desk) -> Iterator[Due]:
    clear = eligibility.survey_clear(desk)
    if waiting := len(clear.eligible) + len(clear.ineligible) + len(clear.undecided):
        parts = (
            ("바로 확정 가능", clear.eligible),
            ("맞지 않음", clear.ineligible),
            ("더 확인할 것", clear.undecided),
        )
        detail = " · ".join(f"{word} {len(people)}명" for word, people in parts if people)
        yield Due(
            f"자격 판정 전 지원자 {waiting}명", detail, "판정 →", "people", {"stage": "applied"}, "muted"
        )


def _timetables(desk: Desk) -> Iterator[Due]:
    """Training days of the coming week with periods that have no lesson yet, course by course."""
    today = desk.clock.today()
    for gap in timetable.survey_gaps(desk, today, today + _WEEK):
        title = f"시간표 빈 교시 {gap.periods}칸"
        detail = f"{gap.course.name} · {korean_date(gap.first)}부터"
        yield Due(
            title, detail, "채우기 →", "timetable", {"course": gap.course.id, "day": gap.first}, "muted"
        )


def _follow_ups(desk: Desk) -> Iterator[Due]:
    found = counselling.survey_follow_ups(desk, 0)
    if found:
        late = sum(one.state is FollowUp.OVERDUE for one in found)
        detail = f"날짜가 지난 것 {late}건" if late else "오늘 하기로 한 것입니다"
        yield Due(f"이어서 할 상담 {len(found)}건", detail, "보기 →", "counselling", {})


def _completions(desk: Desk) -> Iterator[Due]:
    """Courses that ended without outcomes for everybody, or with certificates not yet given."""
    for left in completions.survey_left(desk):
        name, where = left.course.name, {"course": left.course.id}
        if left.undecided:
            ended = f"{name} · {korean_date(left.ended_on)} 종료"
            yield Due(f"수료 처리 전 {left.undecided}명", ended, "처리 →", "courses", where)
        elif left.without_certificate:
            title = f"수료증 발급 전 {left.without_certificate}명"
            yield Due(title, name, "발급 →", "courses", where, "muted")


def _differences(desk: Desk) -> Iterator[Due]:
    """Confirmed units that no longer match who belonged to the course."""
    found = membership_events.survey_differences(desk)
    for course, unit_no in dict.fromkeys((one.course, one.unit_no) for one in found):
        mine = [one for one in found if (one.course, one.unit_no) == (course, unit_no)]
        title = f"확정 뒤 교육생이 바뀜 {len(mine)}명"
        detail = f"{mine[0].course_name} · {unit_no}단위기간 훈련수당과 차이"
        yield Due(title, detail, "보기 →", "courses", {"course": course})
