"""A practice office's visits: planned month by month, made along the route, keyed back on Friday, findings followed up."""

from __future__ import annotations

import datetime as dt
import random
import struct
import zlib
from collections.abc import Iterator
from typing import Any

from regional_desk.domain.calendar import monthly_return
from regional_desk.domain.visits import FindingKind, VisitState
from regional_desk.exchange.received_files import ReceivedFile
from regional_desk.services.desk import Desk
from regional_desk.services.visits import findings, plans, routes, visit_files, visits
from regional_desk.services.visits.findings import Found, proposed_deadline
from regional_desk.services.visits.reading import Visit
from regional_desk.services.visits.terms import terms
from regional_desk.services.visits.visits import Seen

_DAY = dt.timedelta(days=1)
_BAD, _UNSEEN, _GRIEVANCE = 0.04, 0.03, 0.05
_POSTPONED, _FORGOTTEN = 0.04, 0.02
_FOLLOWED_UP = 7  # days after it was found
_PHOTOS = 2
_TALKED = (
    "업무에 익숙해졌고 멘토에게 잘 묻는다고 함",
    "출퇴근이 멀지만 할 만하다고 함",
    "맡은 설비가 늘어 보람 있다고 함",
)
_SAID = ("성실하고 배우려는 뜻이 큼", "도면 읽기를 더 익히면 좋겠음", "계속 함께 일하고 싶음")
_FOUND = {
    "attendance": ("출근부에 서명이 빠진 날이 있음", "빠진 날을 확인해 채우고 매일 서명하게 함"),
    "interview": ("협약과 다른 업무를 맡긴 일이 있음", "협약한 업무로 되돌리도록 함"),
    "safety": ("보호구를 갖추지 않고 작업함", "보호구를 지급하고 안전교육을 다시 하게 함"),
    "wage": ("급여명세를 주지 않음", "급여명세를 매달 주도록 함"),
    "journal": ("인턴일지가 밀려 있음", "밀린 일지를 쓰고 멘토가 확인하게 함"),
}
_GRIEVED = ("통근버스 시간이 맞지 않음", "버스 시간을 기업과 의논함")


class Visits:
    """The visits of every internship from `first` to `last`."""

    def __init__(self, desk: Desk, source: random.Random, first: dt.date, last: dt.date) -> None:
        self._desk, self._random, self._first, self._last = desk, source, first, last
        self._photos, self._ordered = 0, False

    def steps(self) -> Iterator[tuple[dt.date, Any]]:
        """(day, act): a plan at the beginning of each month, what was seen every Friday."""
        month = self._first.replace(day=1)
        while month <= self._last:
            yield max(month + 2 * _DAY, self._first), self._plan
            month = monthly_return(month, 1)
        friday = self._first + (4 - self._first.weekday()) % 7 * _DAY
        while friday <= self._last:
            yield friday, self._key
            friday += 7 * _DAY

    def _plan(self) -> None:
        """What the rule proposes to the end of next month's first days; one day's route is put in order by hand."""
        today = self._desk.clock.today()
        end = monthly_return(today.replace(day=1), 1) + 13 * _DAY
        if not any(one.on for one in plans.propose(self._desk, today, end)):
            return
        made = plans.make(self._desk, today, end, visitor=self._desk.actor.name)
        if self._ordered:
            return
        by_day: dict[dt.date, list[Visit]] = {}
        for one in visits.list_visits(self._desk, plan=made):
            if one.on is not None:
                by_day.setdefault(one.on, []).append(one)
        for day, mine in by_day.items():
            if len(mine) > 2:  # noqa: PLR2004 - two visits have no other way around worth telling
                routes.reorder(self._desk, day, [one.id for one in [*mine[1:], mine[0]]])
                self._ordered = True
                return

    def _key(self) -> None:
        """The week's visits in the order of the sheets; one in some is put off or forgotten."""
        today = self._desk.clock.today()
        for one in visits.list_visits(self._desk, start=today - 6 * _DAY, end=today):
            chance = self._random.random()
            if one.state is not VisitState.PLANNED or chance < _FORGOTTEN:
                continue
            if chance < _FORGOTTEN + _POSTPONED:
                visits.cancel(self._desk, one.id, one.version, "담당자 출장으로 기업이 미루어 달라고 함")
            else:
                self._do(one)
        for found in findings.list_findings(self._desk, open_only=True):
            if (today - found.on).days >= _FOLLOWED_UP and self._random.random() > _UNSEEN:
                findings.close(self._desk, found.id, found.version, f"{found.follow_up} - 조치를 확인함")

    def _do(self, one: Visit) -> None:
        on = one.planned_on or self._desk.clock.today()
        answers = {point.key: self._answer() for point in terms().checklist}
        talked, said = self._random.choice(_TALKED), self._random.choice(_SAID)
        seen = Seen(on, self._desk.actor.name, answers, talked, said)
        visits.do(self._desk, one.id, one.version, seen)
        for key, answer in answers.items():
            if answer == "bad":
                self._note(one, FindingKind.FINDING, on, _FOUND[key])
        if self._random.random() < _GRIEVANCE:
            self._note(one, FindingKind.GRIEVANCE, on, _GRIEVED)
        if self._photos < _PHOTOS:
            self._photos += 1
            visit_files.attach(self._desk, one.id, _photo(self._photos), caption="작업하는 자리")

    def _note(self, one: Visit, kind: FindingKind, on: dt.date, words: tuple[str, str]) -> None:
        found = Found(kind, on, *words, owner=self._desk.actor.name, deadline=proposed_deadline(on))
        findings.add(self._desk, one.host.internship, found, visit=one.id)

    def _answer(self) -> str:
        chance = self._random.random()
        return "bad" if chance < _BAD else "unknown" if chance < _BAD + _UNSEEN else "good"


def _photo(number: int) -> ReceivedFile:
    """A picture of nothing but light from a window, in the place of a photo."""
    width, height = 320, 240
    rows = b"".join(
        b"\0" + bytes(min(255, 60 + number * 20 + (x + y) // 4) for x in range(width)) for y in range(height)
    )
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
    return ReceivedFile(f"현장 사진 {number}.png", b"\x89PNG\r\n\x1a\n" + b"".join(chunks), "image/png")
