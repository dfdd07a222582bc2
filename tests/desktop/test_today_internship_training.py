"""The lines of 오늘 about the training of interns."""

from __future__ import annotations

import datetime as dt

from tests.interns import go_to, start_intern

from regional_desk.desktop.today.internship_training import read_internship_training
from regional_desk.domain.clock import FixedClock
from regional_desk.domain.internship_training import JournalText, PlanText
from regional_desk.services.desk import Desk
from regional_desk.services.internships import deliverables, journals, plans
from regional_desk.services.internships.deliverables import DeliverableText


def titles(desk: Desk) -> list[str]:
    return [one.title for one in read_internship_training(desk)]


def test_each_kind_of_work_left_has_one_line_that_leads_to_it(desk: Desk) -> None:
    assert isinstance(desk.clock, FixedClock)
    assert titles(desk) == []
    intern = start_intern(desk, desk.clock)
    assert titles(desk) == ["훈련계획 없는 인턴 1명"]
    plans.add_item(desk, intern, 1, PlanText("설비", "켠다"))
    assert titles(desk) == []
    deliverables.add(desk, intern, DeliverableText("보고서", dt.date(2026, 9, 30)))
    go_to(desk.clock, dt.date(2026, 10, 3))
    journals.write(desk, intern, 1, JournalText("점검", "지도"))
    found = list(read_internship_training(desk))
    assert [one.title for one in found] == [
        "멘토 확인 전 인턴일지 1건",
        "기한이 지난 산출물 1건",
    ]
    assert {one.page for one in found} == {"internships"}
    assert [one.where["tab"] for one in found] == ["journals", "deliverables"]
    go_to(desk.clock, dt.date(2026, 12, 28))
    assert "받을 인턴십 평가 3건" in titles(desk)
