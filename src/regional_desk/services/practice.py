"""A lifelike practice office: the same data for the same seed, marked 연습용 everywhere."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from regional_desk.domain.attendance import ABSENT, PRESENT, Cell, Evidence, Mark, Status
from regional_desk.domain.calendar import monthly_return
from regional_desk.domain.clock import KST, FixedClock
from regional_desk.domain.companies import CompanyKind, check_business_number
from regional_desk.domain.people import Sex, Track
from regional_desk.domain.rights import Right
from regional_desk.errors import UsageError
from regional_desk.exchange.applicants import ApplicantRow
from regional_desk.exchange.companies import ImportedCompany
from regional_desk.services import (
    allowance,
    attendance,
    codes,
    courses,
    import_companies,
    import_people,
    policies,
)
from regional_desk.services.attendance import CellChange
from regional_desk.services.courses import CourseDetail
from regional_desk.services.desk import Desk, Work
from regional_desk.services.opening import Created, OfficeSettings, new_office
from regional_desk.store import keys
from regional_desk.store.ids import new_id
from regional_desk.store.people import find_people

_SURNAMES = "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연위표명기반라왕금옥육인맹제모탁국어은편용예경봉사부"
_FIRST = "민서지현수예도하준유성재영승태진혜은주아소연우정다가나호규선시원"
_SECOND = "준서윤우진민영현은지호원아연희수경석훈빈솔람율겸환철미혁찬리담온별결채봄"
_COMPANY_HEADS = (
    "가온",
    "대한",
    "다온",
    "세종",
    "미래",
    "한빛",
    "동해",
    "남강",
    "진주",
    "창원",
    "태성",
    "우성",
    "신흥",
)
_COMPANY_TAILS = ("정밀", "테크", "시스템", "메카", "소프트", "전자", "기공", "솔루션", "오토", "데이터")
_JOBS = ("설비보전", "품질관리", "공정기술", "생산관리", "비전검사 개발", "예지보전 개발")
_TOWNS = ("창원시 성산구", "창원시 의창구", "김해시", "양산시", "진주시", "사천시", "거제시", "함안군")
_COURSE_TITLES = {Track.TRACK1: "스마트공장 생산기술", Track.TRACK2: "제조AI 솔루션 개발"}
_REASONS = ("reserve_forces", "interview", "illness", "examination")
_BANKS = ("003", "004", "011", "020", "081", "088", "090", "092", "039")
_FIRST_MONTH = dt.date(2026, 6, 1)
_CLASS_SIZE = 22
_LATEST = dt.date(2027, 12, 31)


@dataclass(frozen=True, slots=True)
class PracticeSize:
    """How much a practice office holds; months up to `until` are closed and paid."""

    trainees: int = 86
    companies: int = 69
    seed: int = 1
    until: dt.date = dt.date(2026, 9, 30)

    def check(self) -> None:
        """Raise UsageError for a size no office has."""
        if not 1 <= self.trainees <= 2000 or not 0 <= self.companies <= 2000:  # noqa: PLR2004 - said in the sentence
            raise UsageError("연습용 사무소의 교육생은 1~2000명, 기업은 0~2000개로 정해 주십시오.")
        if not _FIRST_MONTH < self.until <= _LATEST:
            raise UsageError("연습용 사무소의 끝나는 날은 2026-06-02부터 2027-12-31까지로 정해 주십시오.")


def make_practice_office(
    folder: Path,
    login: str,
    password: str,
    size: PracticeSize | None = None,
    *,
    cost: keys.KdfCost | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Created:
    """Make the office in an empty folder and live through its months; raise as `new_office`.

    The store keeps random keys and ids, so only the data is the same for the same seed.
    """
    size = size or PracticeSize()
    size.check()
    clock = FixedClock(_at(dt.date(2026, 5, 20)))
    settings = OfficeSettings(
        name="경남권 스마트제조 사업단(연습용)",
        code="GNP",
        region="48",
        approval=("담당", "팀장", "단장"),
        goals={"Track1": size.trainees * 2 // 3, "Track2": size.trainees - size.trainees * 2 // 3},
        programme_year=2026,
        practice=True,
    )
    made = new_office(folder, settings, login, password, clock, cost)
    made.desk.automatic_backups = False  # dozens of confirmations of invented data, made anew by one click
    _Life(made.desk, clock, size, progress).run()
    made.desk.automatic_backups = True
    return made


def _at(day: dt.date, hour: int = 9) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), KST)


class _Life:
    """The office's months, lived through the same services a person uses."""

    def __init__(
        self, desk: Desk, clock: FixedClock, size: PracticeSize, progress: Callable[[int, int], None] | None
    ) -> None:
        self.desk, self.clock, self.size = desk, clock, size
        self.random = random.Random(size.seed)  # noqa: S311 - invented people, no secrets
        self.progress = progress or (lambda _done, _all: None)

    def run(self) -> None:
        plans = self._plans()
        self.progress(0, len(plans) + 1)
        self._adopt_policy()
        self._companies()
        for place, (track, start, group, number) in enumerate(plans):
            self._course(track, start, group, number)
            self.progress(place + 1, len(plans) + 1)
        self.clock.move_to(_at(self.size.until, 18))
        self.progress(len(plans) + 1, len(plans) + 1)

    def _plans(self) -> list[tuple[Track, dt.date, int, int]]:
        """Classes of about 22 in turn over the months: (track, first day, people, number)."""
        count = max(1, round(self.size.trainees / _CLASS_SIZE))
        sizes = [self.size.trainees // count + (place < self.size.trainees % count) for place in range(count)]
        months = max(1, (self.size.until.year - 2026) * 12 + self.size.until.month - _FIRST_MONTH.month + 1)
        numbers = dict.fromkeys(Track, 0)
        plans = []
        for place, people in enumerate(sizes):
            track = Track.TRACK2 if place % 3 == 2 else Track.TRACK1  # noqa: PLR2004 - every third class
            month = monthly_return(_FIRST_MONTH, place * months // count)
            first = month + dt.timedelta(days=(7 - month.weekday()) % 7)
            numbers[track] += 1
            plans.append((track, first, people, numbers[track]))
        return plans

    def _adopt_policy(self) -> None:
        policies.adopt(
            self.desk,
            policies.DEFAULT_SCHEME,
            reference="지역기업정책과-1234(연습용)",
            document_date=dt.date(2026, 5, 18),
        )

    def _companies(self) -> None:
        rows = [self._company(number) for number in range(1, self.size.companies + 1)]

        def body(work: Work) -> dict[str, Any]:
            import_companies.plan_rows(work.connection, rows).apply(work, new_id())
            return {"companies": len(rows)}

        self.desk.perform(Right.IMPORT_FILES, "import.companies", body)

    def _company(self, number: int) -> ImportedCompany:
        digits = f"{self.random.randint(101, 899)}{self.random.randint(81, 88)}{number:04}"
        kind = self.random.choice(list(CompanyKind))
        return ImportedCompany(
            row=number,
            name=f"㈜{self.random.choice(_COMPANY_HEADS)}{self.random.choice(_COMPANY_TAILS)}{number}",
            business_number=digits + str(_check_digit(digits)),
            representative=self._name(),
            industry="제조업" if kind is CompanyKind.MANUFACTURER else "소프트웨어 개발",
            address=f"경상남도 {self.random.choice(_TOWNS)}",
            contact=self._name(),
            phone=f"055{self.random.randint(2000000, 2999999)}",
            kind=kind,
            positions=self.random.randint(1, 4),
            job=self.random.choice(_JOBS),
        )

    def _name(self) -> str:
        return self.random.choice(_SURNAMES) + self.random.choice(_FIRST) + self.random.choice(_SECOND)

    def _course(self, track: Track, start: dt.date, group: int, number: int) -> None:
        """One class from the applicants' list to the paid allowance, as far as the office has come."""
        end = monthly_return(start, 1) - dt.timedelta(days=3)
        self.clock.move_to(_at(start - dt.timedelta(days=14)))
        people = self._applicants(track, group + group // 4 + 1)
        self.clock.move_to(_at(start - dt.timedelta(days=3)))
        made = courses.add_course(
            self.desk, f"{track.value} {number}기 {_COURSE_TITLES[track]}", track, start, end, region="48"
        )
        chosen = people[:group]
        courses.enrol(self.desk, made.course.id, chosen, direct_reason="서류·면접 심사 결과 선발(연습용)")
        if self.size.until < start:
            return
        detail = courses.course(self.desk, made.course.id)
        self._attendance(detail)
        for unit in detail.units:
            if unit.end <= self.size.until:
                self._close(detail, unit.no, unit.end)

    def _applicants(self, track: Track, count: int) -> list[UUID]:
        rows: dict[tuple[str, dt.date], ApplicantRow] = {}
        while len(rows) < count:
            row = self._applicant(track, len(rows) + 2)
            rows.setdefault((row.name, row.birth), row)
        listed = list(rows.values())

        def body(work: Work) -> dict[str, Any]:
            import_people.plan_rows(self.desk, work.connection, listed).apply(work, new_id())
            return {"applicants": len(listed)}

        self.desk.perform(Right.IMPORT_FILES, "import.applicants", body)
        with self.desk.store.read() as connection:
            return [find_people(connection, row.name, row.birth)[0] for row in listed]

    def _applicant(self, track: Track, row: int) -> ApplicantRow:
        name = self._name()
        bank = self.random.choice([bank for bank in codes.banks() if bank.code in _BANKS])
        return ApplicantRow(
            row=row,
            name=name,
            birth=dt.date(1992, 1, 1) + dt.timedelta(days=self.random.randrange(15 * 365)),
            sex=self.random.choice(list(Sex)),
            phone=f"010{self.random.randint(20000000, 99999999)}",
            email=None,
            address=f"경상남도 {self.random.choice(_TOWNS)}",
            track=track,
            education=self.random.choice(("고졸", "전문대졸", "대졸")),
            major=self.random.choice(("기계공학", "전기전자", "컴퓨터공학", "산업공학", "경영학")),
            bank=bank,
            account=str(self.random.randint(10**11, 10**12 - 1)),
            holder=name,
        )

    def _attendance(self, detail: CourseDetail) -> None:
        """A class's records day by day: most present, some late or absent, a few excused with their papers."""
        days = [row.day for row in detail.days if row.day <= self.size.until]
        if not days:
            return
        self.clock.move_to(_at(max(days), 18))
        diligence = {
            member.person: self.random.choice((0.9, 0.96, 0.98, 0.99, 1.0)) for member in detail.members
        }
        changes = [
            CellChange(member.person, day, self._cell(diligence[member.person]))
            for day in days
            for member in detail.members
        ]
        attendance.set_cells(self.desk, detail.course.id, changes, title=f"{detail.course.name} 출석")

    def _cell(self, diligence: float) -> Cell:
        if self.random.random() > diligence:
            return ABSENT
        chance = self.random.random()
        if chance < 0.015:  # noqa: PLR2004 - about one excused day in seventy
            return Cell(Status.EXCUSED, reason=self.random.choice(_REASONS), evidence=Evidence.VERIFIED)
        if chance < 0.07:  # noqa: PLR2004 - about one mark in twenty
            return Cell(Status.PRESENT, self.random.choice((Mark.LATE, Mark.LEFT_EARLY, Mark.OUT)))
        return PRESENT

    def _close(self, detail: CourseDetail, unit_no: int, end: dt.date) -> None:
        self.clock.move_to(_at(end + dt.timedelta(days=3), 10))
        course_id = detail.course.id
        allowance.draft(self.desk, course_id, unit_no)
        run = allowance.check(self.desk, course_id, unit_no)
        for item in {item.trainee: item for item in run.open_items}.values():
            allowance.hold(self.desk, course_id, unit_no, item.trainee, item.message)
        allowance.confirm(self.desk, course_id, unit_no)
        allowance.pay(self.desk, course_id, unit_no)


def _check_digit(nine: str) -> int:
    """The tenth digit that makes an invented business number hold its checksum."""
    return next(digit for digit in range(10) if check_business_number(f"{nine}{digit}"))
