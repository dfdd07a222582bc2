"""How the states of visits look: always a sign with the word, the colour only beside it."""

from __future__ import annotations

from regional_desk.domain.text import korean_date
from regional_desk.domain.visits import FollowUpState, Standing
from regional_desk.services.visits.findings import Finding

SIGNS = {
    Standing.OVERDUE: "!",
    Standing.TO_KEY: "●",
    Standing.PLANNED: "○",
    Standing.UNPLANNED: "·",
    Standing.DONE: "✓",
    Standing.CANCELLED: "×",
}
TONES = {
    Standing.OVERDUE: "bad",
    Standing.TO_KEY: "warn",
    Standing.UNPLANNED: "warn",
    Standing.DONE: "ok",
    Standing.CANCELLED: "muted",
}
_FOLLOW_UP = {
    FollowUpState.OVERDUE: ("!", "bad"),
    FollowUpState.OPEN: ("○", "warn"),
    FollowUpState.CLOSED: ("✓", "ok"),
}


def standing_words(standing: Standing) -> str:
    """`✓ 완료`."""
    return f"{SIGNS[standing]} {standing.label}"


def finding_words(row: Finding) -> str:
    """`! 기한 지남`."""
    return f"{_FOLLOW_UP[row.state][0]} {row.state.label}"


def finding_tone(row: Finding) -> str:
    """The colour of its state."""
    return _FOLLOW_UP[row.state][1]


def deadline_words(row: Finding) -> str:
    """Until when something is to be done, or when it was."""
    if row.closed_on is not None:
        return korean_date(row.closed_on)
    return korean_date(row.deadline) if row.deadline else ""
