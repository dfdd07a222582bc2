"""How a company's state is worded: always a sign and a word."""

from __future__ import annotations

from regional_desk.domain.company_selection import ParticipationState, outcome_words
from regional_desk.services.companies.overview import CompanyLine

_SIGNS = {
    None: ("·", None),
    ParticipationState.APPLIED: ("△", None),
    ParticipationState.SELECTED: ("○", "ok"),
    ParticipationState.RESERVE: ("△", "warn"),
    ParticipationState.REJECTED: ("×", "bad"),
    ParticipationState.WITHDRAWN: ("×", None),
}


def show_state(line: CompanyLine) -> str:
    """`○ 선정`, `△ 예비 2번`, `· 신청 없음`."""
    return f"{_SIGNS[line.state][0]} {line.state_label}"


def show_outcome(state: ParticipationState, reserve_number: int | None) -> str:
    """The same of an application."""
    return f"{_SIGNS[state][0]} {outcome_words(state, reserve_number)}"


def outcome_tone(state: ParticipationState) -> str | None:
    """The colour that goes with it, None for the text's own."""
    return _SIGNS[state][1]


def state_tone(line: CompanyLine) -> str | None:
    """The colour that goes with it, None for the text's own."""
    return _SIGNS[line.state][1]
