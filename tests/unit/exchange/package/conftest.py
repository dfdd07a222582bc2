from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from regional_desk.domain.clock import KST
from regional_desk.exchange.certificates import Authority, make_practice_authority
from regional_desk.exchange.package import PackageContent, Table
from regional_desk.exchange.package_schema import Kind
from regional_desk.exchange.signatures import Trust


@pytest.fixture(scope="session")
def moment() -> dt.datetime:
    """The real now: openssl judges certificates by the PC's clock."""
    return dt.datetime.now(KST).replace(microsecond=0)


@pytest.fixture(scope="session")
def authority(moment: dt.datetime) -> Authority:
    return make_practice_authority("JB01", moment)


@pytest.fixture(scope="session")
def trust(authority: Authority, moment: dt.datetime) -> Trust:
    return Trust((authority.certificate,), moment)


@pytest.fixture
def content() -> PackageContent:
    """A month of two courses, one of them not yet ended, with every table of the summary."""
    august, september = dt.date(2026, 8, 3), dt.date(2026, 9, 11)
    ended = ("2026-A", "=1+1 스마트공장, 기초", "Track1", august, dt.date(2026, 8, 28), 19, 60, 55, "종료")
    running = ("2026-B", "제조AI", "Track2", dt.date(2026, 8, 17), september, 20, 26, None, "진행")
    recruitment = (
        ("2026-08", "Track1", "접수", 120),
        ("2026-08", "Track1", "등록", 60),
        ("2026-08", "Track2", "접수", 30),
    )
    attendance = (
        ("2026-A", 1, 19, 60, Decimal("93.4"), 2, 1, "종료"),
        ("2026-B", 1, 20, 26, None, 0, 0, "진행"),
    )
    allowance = (("2026-A", 1, 60, 57, 20_900_000, "확정"), ("2026-B", 1, 26, 0, 0, "진행"))
    tables = (
        Table("recruitment", recruitment),
        Table("rounds", ((3, "Track1", dt.date(2026, 7, 1), dt.date(2026, 7, 20), 60, 120, 62, 4, 60),)),
        Table("courses", (ended, running)),
        Table("outcomes", (("2026-A", "수료", 55), ("2026-A", "제적", 1), ("2026-A", "중도탈락", 4))),
        Table("attendance", attendance),
        Table("allowance", allowance),
        Table("companies", (("2026-08", "제조", 57, 60, 57, 3, 48), ("2026-08", "미정", 0, 1, 0, 0, 0))),
        Table("placements", (("2026-08", "Track1", 20, 24, 55, 60, 52, 1),)),
        Table("internships", (("2026-08", "Track1", 0, 0, 0, 0),)),
        Table("claims", (("2026-08", "Track1", 0, 0, 0, "작성"),)),
        Table("visits", ((0, 0, 0),)),
        Table("goals", (("Track1 교육", 60, 60, 60), ("Track2 교육", 26, 26, 26))),
        Table("budget", (("훈련수당", 34_400_000, 20_900_000, 13_500_000), ("인턴지원금", 10, 20, -10))),
        Table("adjustments", (("출석입력요청", "건", 2, 9), ("환수 청구", "원", -20_000, 40_000))),
    )
    return PackageContent(
        office_code="JB01",
        office_name="전북 사업단",
        region="52",
        period="2026-08",
        kind=Kind.SUMMARY,
        status="final",
        practice=True,
        policy_versions=(("smart-manufacturing-2026", "2026-03-01"),),
        generator="Regional Desk 0.1.0",
        tables=tables,
    )
