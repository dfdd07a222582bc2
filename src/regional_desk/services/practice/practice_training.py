"""A practice office's training inside the internships: plans, weekly journals, what PBL hands in, evaluations."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from regional_desk.domain.internship_evaluation import Evaluator
from regional_desk.domain.internship_training import JournalText, PlanText, Week, weeks
from regional_desk.domain.people import Track
from regional_desk.domain.rights import Right
from regional_desk.services.desk import Desk, Work
from regional_desk.services.internships import deliverables, evaluations, journals, plans
from regional_desk.services.internships.deliverables import DeliverableText
from regional_desk.services.internships.internships import InternshipRow
from regional_desk.services.internships.plans import Plan, PlanWeek
from regional_desk.services.internships.training_basis import Basis, evaluation_terms, list_begun
from regional_desk.services.practice.practice_companies import scan
from regional_desk.services.practice.practice_internships import end_those_over
from regional_desk.store.internship_training import list_journals

_DAY = dt.timedelta(days=1)
_FORGOTTEN = 0.03  # of the journals: nobody wrote them
_CONFIRMS = 4  # weeks a mentor signs at once
_PLANNED = {
    Track.TRACK1: (
        ("안전교육과 설비 둘러보기", "작업장 위험을 알고 보호구를 쓴다", None),
        ("일상 점검", "점검표대로 설비를 살핀다", None),
        ("예방 정비", "주기에 맞추어 부품을 간다", None),
        ("고장 원인 찾기", "이력으로 원인을 좁힌다", None),
        ("품질 검사", "치수를 재고 기록한다", None),
        ("개선 제안", "되풀이되는 고장을 줄일 방법을 낸다", None),
    ),
    Track.TRACK2: (
        ("현장 데이터 살피기", "어떤 데이터가 쌓이는지 안다", "데이터 목록"),
        ("데이터 모으기", "센서 값을 한 곳에 모은다", "수집 스크립트"),
        ("탐색과 정리", "빠진 값과 이상값을 다룬다", "분석 노트"),
        ("모델 만들기", "불량을 미리 알아낸다", "예측 모델"),
        ("현장 시험", "실제 라인에서 맞는지 본다", "시험 결과서"),
        ("발표", "기업에 결과를 전한다", "최종 보고서"),
    ),
}
_WORK = (
    "{subject}: 멘토와 함께 하고 점검표에 적음",
    "{subject}: 혼자 해 보고 멘토에게 확인받음",
    "{subject}: 지난주에 이어 정리하고 다음 일을 의논함",
)
_GUIDED = ("작업 순서를 시범으로 보여 줌", "기록하는 법을 고쳐 줌", "위험한 곳을 다시 알려 줌")
_SAID = ("지도를 잘 따라옴", "스스로 찾아서 함", "기초를 더 다지면 좋겠음")


class Training:
    """What interns do week by week, whichever round they came from."""

    def __init__(self, desk: Desk, source: random.Random, first: dt.date, last: dt.date) -> None:
        self._desk, self._random, self._first, self._last = desk, source, first, last
        self._models: dict[str, UUID] = {}
        self._planned: set[UUID] = set()
        self._looked: dict[UUID, int] = {}
        self._unsigned: dict[UUID, int] = {}

    def steps(self) -> Iterator[tuple[dt.date, Any]]:
        """(day, act): every Monday."""
        monday = self._first + (7 - self._first.weekday()) % 7 * _DAY
        while monday <= self._last:
            yield monday, lambda: end_those_over(self._desk)
            yield monday, self._week
            monday += 7 * _DAY

    def _week(self) -> None:
        """All plans and journals of a week are keyed together."""
        today = self._desk.clock.today()
        with self._desk.store.read() as connection:
            begun = list_begun(connection, today)
        for basis in begun:
            if basis.row.state.running and basis.row.track not in self._models:
                self._plan(basis.row)

        def body(work: Work) -> dict[str, Any]:
            return {"rows": sum(self._take_over(work, basis) + self._write(work, basis) for basis in begun)}

        if begun:
            self._desk.perform(Right.EDIT_INTERNSHIPS, "journal.write", body)
        for basis in begun:
            if basis.row.ended_on is not None:
                self._evaluate(basis.row)

    def _plan(self, row: InternshipRow) -> None:
        """The first of a track is planned line by line, the others take it over."""
        self._planned.add(row.id)
        self._models[row.track] = row.id
        for week in range(1, len(weeks(row.start, row.end)) + 1):
            plans.add_item(self._desk, row.id, week, PlanText(*_of_week(row.track, week)))

    def _take_over(self, work: Work, mine: Basis) -> int:
        if mine.id in self._planned or not mine.row.state.running:
            return 0
        self._planned.add(mine.id)
        theirs = plans.survey_plan(work.connection, self._models[mine.row.track], work.at.date())
        return plans.take_over(work, theirs, Plan(mine, tuple(PlanWeek(week, ()) for week in mine.weeks)))

    def _write(self, work: Work, mine: Basis) -> int:
        """The weeks that are over since the last look; every few weeks and at the end the mentor signs."""
        row, today, looked = mine.row, work.at.date(), self._looked.get(mine.id, 0)
        over = [one for one in mine.weeks if one.is_over(today)]
        written = [week for week in over[looked:] if self._random.random() > _FORGOTTEN]
        for week in written:
            journals.put(work, mine, week.no, self._journal(row.track, week))
        self._looked[mine.id] = len(over)
        self._unsigned[mine.id] = self._unsigned.get(mine.id, 0) + len(written)
        if self._unsigned[mine.id] >= _CONFIRMS or (row.state.over and self._unsigned[mine.id]):
            self._unsigned[mine.id] = 0
            for one in list_journals(work.connection, [mine.id]):
                if one.confirmed_on is None:
                    journals.put_confirmation(work, mine, one, row.mentor, today)
        return len(written)

    def _journal(self, track: str, week: Week) -> JournalText:
        subject, _, output = _of_week(track, week.no)
        work = self._random.choice(_WORK).format(subject=subject)
        if track == Track.TRACK1:
            return JournalText(work, guidance=self._random.choice(_GUIDED))
        return JournalText(work, output=output, progress=min(100, week.no * 8))

    def _evaluate(self, row: InternshipRow) -> None:
        """In the week after the last day all three evaluate, and PBL hands in what it made."""
        ended = row.ended_on or row.end
        if not 0 < (self._desk.clock.today() - ended).days <= 7:  # noqa: PLR2004 - once, on the Monday after
            return
        for by in Evaluator:
            criteria = evaluation_terms().criteria[by]
            points = {one.key: self._random.randint(3, one.points) for one in criteria}
            said = self._random.choice(_SAID)
            evaluations.fill(self._desk, row.id, by, points, version=0, comment=said)
        if row.track == Track.TRACK2:
            self._hand_in(row)

    def _hand_in(self, row: InternshipRow) -> None:
        deliverables.take_proposed(self._desk, row.id)
        today = self._desk.clock.today()
        for place, line in enumerate(deliverables.read_deliverables(self._desk, row.id).lines):
            text = DeliverableText(line.row.name, line.row.due, today)
            deliverables.edit(self._desk, line.row, text, scan(line.row.name) if place == 0 else None)


def _of_week(track: str, week: int) -> tuple[str, str, str | None]:
    """Two weeks for each subject, the last one for whatever is left."""
    planned = _PLANNED[Track(track)]
    return planned[min((week - 1) // 2, len(planned) - 1)]
