"""Invented people and companies of a practice office: the same for the same random source."""

from __future__ import annotations

import datetime as dt
import random

from regional_desk.domain.companies import CompanyKind, check_business_number
from regional_desk.domain.people import Sex, Track
from regional_desk.exchange.applicants import ApplicantRow
from regional_desk.exchange.companies import ImportedCompany
from regional_desk.services import codes
from regional_desk.services.training.instructors import InstructorValues

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
JOBS = ("설비보전", "품질관리", "공정기술", "생산관리", "비전검사 개발", "예지보전 개발")
_EMPLOYEES = (4, 8, 14, 22, 35, 48, 61, 95, 130, 210, 320)  # in turn: every size of the survey is there
_TOWNS = ("창원시 성산구", "창원시 의창구", "김해시", "양산시", "진주시", "사천시", "거제시", "함안군")
_BANKS = ("003", "004", "011", "020", "081", "088", "090", "092", "039")
_TEACHERS = {
    Track.TRACK1: (
        ("가온정밀기술원", "설비보전", 80_000),
        ("남강대학교", "생산관리", 100_000),
        ("", "안전·품질", None),
    ),
    Track.TRACK2: (
        ("한빛오토메이션", "비전검사", 90_000),
        ("진주AI연구소", "머신러닝", 120_000),
        ("다온소프트", "데이터 분석", 110_000),
    ),
}
FIELDS = {track: tuple(field for _, field, _ in taught) for track, taught in _TEACHERS.items()}
"""What each track's instructors teach."""


class Inventor:
    """Makes up whoever the office deals with."""

    def __init__(self, source: random.Random) -> None:
        self._random = source

    def name(self) -> str:
        """A Korean name."""
        return self._random.choice(_SURNAMES) + self._random.choice(_FIRST) + self._random.choice(_SECOND)

    def applicant(self, track: Track, row: int) -> ApplicantRow:
        """Somebody young enough to take part, with an account of their own."""
        name = self.name()
        bank = self._random.choice([bank for bank in codes.banks() if bank.code in _BANKS])
        return ApplicantRow(
            row=row,
            name=name,
            birth=dt.date(1992, 1, 1) + dt.timedelta(days=self._random.randrange(15 * 365)),
            sex=self._random.choice(list(Sex)),
            phone=f"010{self._random.randint(20000000, 99999999)}",
            email=None,
            address=f"경상남도 {self._random.choice(_TOWNS)}",
            track=track,
            education=self._random.choice(("고졸", "전문대졸", "대졸")),
            major=self._random.choice(("기계공학", "전기전자", "컴퓨터공학", "산업공학", "경영학")),
            bank=bank,
            account=str(self._random.randint(10**11, 10**12 - 1)),
            holder=name,
        )

    def company(self, number: int) -> ImportedCompany:
        """A company of the region whose business number holds its checksum."""
        digits = f"{self._random.randint(101, 899)}{self._random.randint(81, 88)}{number:04}"
        kind = self._random.choice(list(CompanyKind))
        head, tail = self._random.choice(_COMPANY_HEADS), self._random.choice(_COMPANY_TAILS)
        return ImportedCompany(
            row=number,
            name=f"㈜{head}{tail}{number}",
            business_number=digits + str(_check_digit(digits)),
            representative=self.name(),
            industry="제조업" if kind is CompanyKind.MANUFACTURER else "소프트웨어 개발",
            address=f"경상남도 {self._random.choice(_TOWNS)}",
            contact=self.name(),
            phone=f"055{self._random.randint(2000000, 2999999)}",
            kind=kind,
            positions=self._random.randint(1, 4),
            job=self._random.choice(JOBS),
            email=f"insa{number}@example.com",
            employees=_EMPLOYEES[number % len(_EMPLOYEES)],
        )

    def instructors(self) -> tuple[InstructorValues, ...]:
        """The instructors of both tracks, one of them of the office itself and unpaid."""
        return tuple(
            InstructorValues(
                self.name(),
                "external" if organisation else "internal",
                organisation or None,
                field,
                f"010{self._random.randint(20000000, 99999999)}",
                None,
                rate,
            )
            for taught in _TEACHERS.values()
            for organisation, field, rate in taught
        )


def _check_digit(nine: str) -> int:
    return next(digit for digit in range(10) if check_business_number(f"{nine}{digit}"))
