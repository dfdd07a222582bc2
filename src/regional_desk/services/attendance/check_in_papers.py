"""The values of the badges and of the 미확인 전화표."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regional_desk.domain.check_in import show_number
from regional_desk.errors import Refusal
from regional_desk.services.attendance import call_lists, check_in
from regional_desk.services.papers.making import Maker, Making
from regional_desk.services.training import courses

if TYPE_CHECKING:
    from regional_desk.documents.paper import Paper


def _badges(making: Making) -> Paper:
    from regional_desk.documents import badges as paper  # noqa: PLC0415 - only where it is made

    desk = making.desk
    rows = check_in.badges(desk, making.course, making.wanted.person)
    if not rows:
        raise Refusal("명찰을 만들 교육생이 없습니다. 먼저 교육생을 등록하십시오.")
    making.people += [row.trainee for row in rows]
    lines = tuple(paper.BadgeLine(row.order, row.name, show_number(row.number), row.code) for row in rows)
    course = courses.outline(desk, making.course).course.name
    return paper.to_paper(paper.ClassBadges(desk.office.name, course, lines), making.stamp())


def _call_list(making: Making) -> Paper:
    """The list of a number, the newest where none was given."""
    from regional_desk.documents import call_list as paper  # noqa: PLC0415 - only where it is made

    desk, number = making.desk, making.wanted.number
    made = call_lists.list_lists(desk, making.course)
    if not made or not 1 <= (number or 1) <= len(made):
        raise Refusal("그런 전화표가 없습니다. [출석] → [전화표]에서 먼저 만드십시오.")
    shown = call_lists.survey(desk, made[number - 1 if number else -1].id)
    making.people += list(dict.fromkeys(line.trainee for line in shown.lines))
    rows = tuple(
        paper.CallListLine(
            line.number, line.order, line.name, line.phone, line.day, line.hint, line.answer, line.note
        )
        for line in shown.lines
    )
    values = paper.CallListPaper(shown.course, shown.number, shown.start, shown.end, shown.made_at, rows)
    return paper.to_paper(values, making.stamp())


MAKERS: dict[str, Maker] = {"badges": _badges, "call-list": _call_list}
