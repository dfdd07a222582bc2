"""How an internship's state and its next step are worded: always a sign and a word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from regional_desk.domain.internships import InternState, month_of
from regional_desk.domain.text import korean_date
from regional_desk.services.internships import drafts
from regional_desk.services.internships.pending import Lack, Pending
from regional_desk.services.internships.reading import InternshipRow

_SIGNS: dict[InternState, tuple[str, str | None]] = {
    InternState.PREPARING: ("△", "warn"),
    InternState.AGREED: ("○", None),
    InternState.ACTIVE: ("●", "ok"),
    InternState.INTERRUPTED: ("‖", "warn"),
    InternState.COMPLETED: ("✔", None),
    InternState.ENDED_EARLY: ("×", None),
    InternState.REPLACED: ("×", None),
    InternState.WITHDRAWN: ("×", "muted"),
}
_SOON = 14  # days before the end from which the list warns


def show_state(state: InternState) -> str:
    """`● 인턴 중`, `△ 협약 준비`."""
    return f"{_SIGNS[state][0]} {state.label}"


def state_tone(state: InternState) -> str | None:
    """The colour that goes with it, None for the text's own."""
    return _SIGNS[state][1]


def days_left(row: InternshipRow, today: dt.date) -> int | None:
    """Days to the last agreed one of a running internship, negative once it has passed."""
    return (row.end - today).days if row.state.running else None


def show_days_left(row: InternshipRow, today: dt.date) -> str:
    """`36일`, `오늘까지`, `! 3일 지남`."""
    days = days_left(row, today)
    if days is None:
        return ""
    if days < 0:
        return f"! {-days}일 지남"
    return f"{days}일" if days else "오늘까지"


def days_tone(row: InternshipRow, today: dt.date) -> str | None:
    """A warning where the end has come near, a refusal's colour where it has passed."""
    days = days_left(row, today)
    if days is None or days > _SOON:
        return None
    return "bad" if days < 0 else "warn"


@dataclass(frozen=True, slots=True)
class Next:
    """What comes next: `act` names the step, `due` its day, `words` the sentence, `short` the list's words."""

    act: str
    due: dt.date | None
    short: str
    words: str
    button: str = ""


_NOTHING = Next("", None, "", "")


def next_of(row: InternshipRow, today: dt.date, pending: Sequence[Pending] = ()) -> Next:
    """The next step of an internship: its end once that has come, then what waits (`pending`), else by its state."""
    if row.state is InternState.ACTIVE and row.end <= today:
        return _ending(row, today)
    waits = [one for one in pending if _takes(row.state, one.lack)]
    if waits:
        return _WAITS[waits[0].lack](waits[0])
    if row.state is InternState.ACTIVE:
        return _running(row, today)
    return _STEPS.get(row.state, _nothing)(row)


def _takes(state: InternState, lack: Lack) -> bool:
    """Whether it comes before the state's own step: 복귀 lets only an amendment go before, what is over only claims."""
    if state is InternState.INTERRUPTED:
        return lack is Lack.AMENDMENT
    if state.over and lack not in (Lack.PAYSLIP, Lack.PAPERS):
        return False
    return state not in (InternState.PREPARING, InternState.WITHDRAWN)


def is_due(following: Next, today: dt.date) -> bool:
    """Whether a step of somebody's waits: its day has come."""
    return bool(following.act) and following.due is not None and following.due <= today


def _nothing(_row: InternshipRow) -> Next:
    return _NOTHING


def _preparing(row: InternshipRow) -> Next:
    day = korean_date(row.start)
    told = f"다음: 협약서를 출력하여 서명을 받고, {day} 전에 서명본을 넣습니다."
    return Next("sign", row.start, "서명", told, "서명 받음…")


def _agreed(row: InternshipRow) -> Next:
    told = f"다음: {korean_date(row.start)}에 일을 시작하면 시작을 적습니다."
    return Next("start", row.start, "시작", told, "시작…")


def _interrupted(_row: InternshipRow) -> Next:
    return Next("resume", None, "복귀", "다음: 중단하고 있습니다. 돌아오면 복귀를 적습니다.", "복귀…")


def _completed(_row: InternshipRow) -> Next:
    told = "수료했습니다. 정규직 전환과 고용유지를 적습니다."
    return Next("outcome", None, "전환", told, "전환·고용유지 →")


def _ending(row: InternshipRow, today: dt.date) -> Next:
    told = (
        "오늘이 협약의 마지막 날입니다."
        if row.end == today
        else f"협약 기간이 {korean_date(row.end)}에 끝났습니다."
    )
    return Next("end", row.end, "종료", f"다음: {told} 종료를 적습니다.", "종료…")


def _running(row: InternshipRow, today: dt.date) -> Next:
    month = month_of(row.months, today)
    if month is None:
        return Next("", row.end, "종료", f"{korean_date(row.end)}까지 일합니다.")
    until = korean_date(month.served_until)
    short = "종료" if month is row.months[-1] else f"{month.no}차 끝"
    return Next("", month.served_until, short, f"{month.no}차 지원월을 {until}까지 일합니다.")


_STEPS = {
    InternState.PREPARING: _preparing,
    InternState.AGREED: _agreed,
    InternState.INTERRUPTED: _interrupted,
    InternState.COMPLETED: _completed,
}


def _amendment(one: Pending) -> Next:
    told = f"다음: {drafts.title(one.no)}의 서명을 받고 서명본을 넣습니다."
    return Next("sign", one.due, "변경 서명", told, "서명 받음…")


def _visit(one: Pending) -> Next:
    told = (
        f"다음: {one.no}차 방문이 {korean_date(one.due)}까지였습니다. 다녀온 것을 적거나 날을 다시 잡습니다."
    )
    return Next("visits", one.due, f"{one.no}차 방문", told, "방문 →")


def _payslip(one: Pending) -> Next:
    told = f"다음: {one.no}차 지원월이 {korean_date(one.due)}에 끝났습니다. 급여명세와 이체를 적습니다."
    return Next("claims", one.due, f"{one.no}차 급여", told, "지원금 →")


def _papers(one: Pending) -> Next:
    told = f"다음: {one.no}차 지원월의 증빙 서류 {one.count}가지를 받아 확인합니다."
    return Next("claims", one.due, f"{one.no}차 서류", told, "지원금 →")


_WAITS: Mapping[Lack, Callable[[Pending], Next]] = {
    Lack.AMENDMENT: _amendment,
    Lack.VISIT: _visit,
    Lack.PAYSLIP: _payslip,
    Lack.PAPERS: _papers,
}
