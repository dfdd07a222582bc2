"""상담·연락 기록: what was talked about, and what is to follow (rulebook section 2)."""

from __future__ import annotations

import datetime as dt
from enum import Enum, StrEnum

from regional_desk.domain.due import is_overdue


class CounselKind(StrEnum):
    """출결, 진로·취업, 고충, 생활, 연락(전화·문자), 기타."""

    ATTENDANCE = "attendance"
    CAREER = "career"
    GRIEVANCE = "grievance"
    LIFE = "life"
    CONTACT = "contact"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The Korean name."""
        return _LABELS[self]


_LABELS = {
    CounselKind.ATTENDANCE: "출결",
    CounselKind.CAREER: "진로·취업",
    CounselKind.GRIEVANCE: "고충",
    CounselKind.LIFE: "생활",
    CounselKind.CONTACT: "연락(전화·문자)",
    CounselKind.OTHER: "기타",
}


class FollowUp(Enum):
    """Where the next step stands."""

    NONE = "없음"
    DONE = "마침"
    COMING = "예정"
    TODAY = "오늘"
    OVERDUE = "지남"


def follow_up(next_on: dt.date | None, today: dt.date, *, done: bool) -> FollowUp:
    """A follow-up waits until its date, and is overdue after it (rulebook section 9)."""
    if next_on is None:
        return FollowUp.NONE
    if done:
        return FollowUp.DONE
    if next_on == today:
        return FollowUp.TODAY
    return FollowUp.OVERDUE if is_overdue(next_on, today) else FollowUp.COMING
