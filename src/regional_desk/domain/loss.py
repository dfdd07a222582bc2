"""A lost laptop, backup or USB: its kinds and states, the clock, and what is to be done next (rulebook section 7)."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

_HOUR = dt.timedelta(hours=1)


class LossKind(StrEnum):
    """What was lost."""

    LAPTOP = "laptop"
    BACKUP = "backup"
    USB = "usb"

    @property
    def label(self) -> str:
        """The Korean word."""
        return {"laptop": "노트북·PC", "backup": "백업 파일", "usb": "USB·외장 디스크"}[self.value]


class LossState(StrEnum):
    """How far a report has come."""

    OPEN = "open"
    REPORTED = "reported"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The Korean word."""
        return {"open": "접수", "reported": "통지·신고함", "closed": "종결"}[self.value]

    def may_become(self, other: LossState) -> bool:
        """States only go forward."""
        return list(LossState).index(other) > list(LossState).index(self)


def deadline(noticed_at: dt.datetime, hours: int) -> dt.datetime:
    """When the clock that began at the notice runs out."""
    return noticed_at + hours * _HOUR


def hours_left(noticed_at: dt.datetime, now: dt.datetime, hours: int) -> int:
    """Whole hours to the deadline, rounded down; below 0 once it has passed."""
    return (deadline(noticed_at, hours) - now) // _HOUR


def clock_words(noticed_at: dt.datetime, now: dt.datetime, hours: int) -> str:
    """`51시간 남음`, or how long it is over."""
    left = hours_left(noticed_at, now, hours)
    return f"{left}시간 남음" if left >= 0 else f"기한이 {-left}시간 지남"


def next_steps(kind: LossKind, people: int, leavers: int, hours: int, report_people: int) -> tuple[str, ...]:
    """What to do next, the most urgent first; `people` and `leavers` are counts."""
    steps = [
        "관리 → 열쇠·잠금에서 열쇠를 바꾸고 바로 백업한다(지금 자료는 잃어버린 열쇠로 열리지 않게 된다)."
    ]
    whose = (
        "모든 사용자가" if not leavers else f"모든 사용자가(떠난 {leavers}명의 옛 비밀번호는 바꿀 수 없음)"
    )
    steps.append(f"{whose} 비밀번호를 바꾼다. 같은 비밀번호를 다른 곳에도 썼으면 그곳도 바꾼다.")
    if kind is LossKind.LAPTOP:
        steps.append("기기의 원격 잠금·삭제를 하고, 화면이 잠겨 있었는지 쓰던 사람에게 확인한다.")
    else:
        steps.append("그 매체에 암호화되지 않은 문서(PDF·xlsx·지급 파일)도 있었는지 확인한다.")
    steps.append("개인정보 보호책임자와 단장에게 알리고, 경찰·분실물센터에 분실을 신고한다.")
    steps.append(f"{hours}시간 안에 유출 여부를 판단하고, 유출이면 정보주체에게 알린다.")
    over = people >= report_people
    who = (
        f"{people:,}명이라 반드시"
        if over
        else f"{report_people:,}명 이상이거나 고유식별정보·민감정보가 있으면"
    )
    steps.append(f"{who} {hours}시간 안에 개인정보 보호위원회나 한국인터넷진흥원에 신고한다.")
    steps.append("전담기관·주무부처에 알리고, 한 일과 날짜를 이 신고에 적은 뒤 종결한다.")
    return tuple(steps)
