"""What is asked before an act on one trainee, and the act itself; refusals are the panel's to show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QInputDialog, QWidget

from regional_desk.desktop.reason_dialog import Answer, DayWanted, ReasonDialog
from regional_desk.desktop.shell import Context
from regional_desk.domain.text import korean_date, korean_span
from regional_desk.errors import Refusal
from regional_desk.services.training import completions, courses, dismissals, memberships
from regional_desk.services.training.courses import CourseDetail
from regional_desk.services.training.standings import Standing


class MemberActs:
    """The acts on one trainee, each with the day and the reason it needs; they return what is still to be said, if any."""

    def __init__(self, parent: QWidget, context: Context) -> None:
        self._parent, self._context, self._desk = parent, context, context.desk

    def join(self, detail: CourseDetail, row: Standing) -> str:
        """늦게 합류."""
        answer = self._ask(detail, row, "늦게 합류", "", self._day_inside(detail, "들어온 날"))
        if answer is None or answer.day is None:
            return ""
        return _difference(
            memberships.join(self._desk, detail.course.id, row.person, answer.day, answer.reason)
        )

    def leave(self, detail: CourseDetail, row: Standing, *, employed: bool) -> str:
        """나감, for a job or for another reason."""
        title = "취업으로 나감" if employed else "나감"
        told = "수강철회·조기취업·중도탈락은 나간 날과 출결로 정해집니다."
        answer = self._ask(detail, row, title, told, self._day_inside(detail, "과정에 속한 마지막 날"))
        if answer is None or answer.day is None:
            return ""
        done = memberships.leave(
            self._desk, detail.course.id, row.person, answer.day, answer.reason, employed=employed
        )
        return _difference(done)

    def move(self, detail: CourseDetail, row: Standing) -> str:
        """다른 과정으로 옮김."""
        others = {
            f"{one.name} ({korean_span(one.start, one.end)})": one
            for one in courses.list_courses(self._desk)
            if one.id != detail.course.id
        }
        if not others:
            raise Refusal("옮겨 갈 다른 과정이 없습니다. 먼저 과정을 만드십시오.")
        chosen, sure = QInputDialog.getItem(
            self._parent, "다른 과정으로 옮김", "옮겨 갈 과정", list(others), 0, False
        )
        if not sure:
            return ""
        target = others[chosen]
        first = min(max(self._desk.clock.today(), target.start), target.end)
        wanted = DayWanted("옮겨 간 과정의 첫날", target.start, target.end, first)
        told = f"'{target.name}' 과정으로 옮깁니다. 지금까지의 출결은 이 과정에 남습니다."
        answer = self._ask(detail, row, "다른 과정으로 옮김", told, wanted)
        if answer is None or answer.day is None:
            return ""
        done = memberships.move(
            self._desk, detail.course.id, row.person, target.id, answer.day, answer.reason
        )
        return _difference(done)

    def restore(self, detail: CourseDetail, row: Standing) -> str:
        """마지막 처리 되돌리기."""
        told = "마지막 처리(합류, 나감, 옮김, 수료 처리)를 하기 전으로 되돌립니다. 그 처리도 이력에 남습니다."
        answer = self._ask(detail, row, "되돌리기", told, None)
        if answer is None:
            return ""
        return _difference(memberships.restore(self._desk, detail.course.id, row.person, answer.reason))

    def dismiss(self, detail: CourseDetail, row: Standing) -> str:
        """제적."""
        last = max(min(self._desk.clock.today(), detail.course.end), row.joined)
        day = row.cause.day if row.cause else last
        grounds = "\n".join(row.cause.reasons) if row.cause else "출결로는 제적 대상이 아닙니다."
        told = f"{grounds}\n효력은 사유가 생긴 날의 다음 날부터이고, 그 뒤의 출결은 보관되었다가 제적을 취소하면 돌아옵니다."
        wanted = DayWanted("사유가 생긴 날(과정에 속한 마지막 날)", row.joined, last, day)
        answer = self._ask(detail, row, "제적", told, wanted)
        if answer is None:
            return ""
        done = dismissals.dismiss(
            self._desk, detail.course.id, row.person, answer.reason, cause_on=answer.day
        )
        return _difference(done)

    def cancel_dismissal(self, detail: CourseDetail, row: Standing) -> str:
        """제적 취소."""
        left = f"{korean_date(row.left)}까지 다닌 것으로 제적했습니다. " if row.left else ""
        told = f"{left}취소하면 교육생과 출결이 제적 전으로 돌아갑니다. 제적한 사람이 아닌 사람이 취소합니다."
        answer = self._ask(detail, row, "제적 취소", told, None)
        if answer is None:
            return ""
        return _difference(dismissals.cancel(self._desk, detail.course.id, row.person, answer.reason))

    def void(self, detail: CourseDetail, row: Standing) -> str:
        """수료증 무효."""
        told = f"{row.certificate_label} 수료증을 무효로 합니다. 그 번호는 다시 쓰지 않습니다."
        if row.certificate is None:
            raise Refusal("발급한 수료증이 없어 무효로 할 것이 없습니다.")
        answer = self._ask(detail, row, "수료증 무효", told, None)
        if answer is not None:
            completions.void(self._desk, detail.course.id, row.person, answer.reason)
        return ""

    def _ask(
        self, detail: CourseDetail, row: Standing, title: str, told: str, day: DayWanted | None
    ) -> Answer | None:
        course = detail.course
        name = self._context.masking.show_name(row.name)
        sentence = f"{name} — {course.name} ({korean_span(course.start, course.end)})"
        return ReasonDialog.ask(
            self._parent, title, "\n\n".join(filter(None, (sentence, told))), act=title, day=day
        )

    def _day_inside(self, detail: CourseDetail, label: str) -> DayWanted:
        course = detail.course
        today = min(max(self._desk.clock.today(), course.start), course.end)
        return DayWanted(label, course.start, course.end, today)


def _difference(done: Mapping[str, Any]) -> str:
    """What is still to do where a confirmed unit now differs, empty where none does."""
    units = ", ".join(str(unit) for unit in done["confirmed_units"])
    if not units:
        return ""
    return f"! 이미 확정된 {units}단위기간의 훈련수당과 차이가 납니다. 정정이 필요합니다."
