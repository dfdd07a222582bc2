"""The fields of an agreement: its terms, and the other points of 근로기준법 제17조, the wage set beside the minimum."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QTabWidget, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.internships.rooms import scrolled
from regional_desk.desktop.shell import Context
from regional_desk.domain.internships import Point, Terms, empty_points, last_allowed
from regional_desk.domain.positions import parse_start, parse_wage, parse_week, show_week
from regional_desk.domain.refused import Refused
from regional_desk.domain.text import korean_date, won
from regional_desk.services.companies.positions import minimum_wages
from regional_desk.services.internships import drafts, reading
from regional_desk.services.internships.drafts import AgreementDraft

_HEIGHT = 330
_LABELS = {
    "start": "시작일(&S)",
    "end": "마지막 날(&E)",
    "wage": "월 임금(&W)",
    "week": "주 근로시간(&H)",
    "place": "취업의 장소(&P)",
    "duties": "종사할 업무(&D)",
    "mentor": "멘토(&M)",
}
_HINTS = {
    "start": "예: 2026-10-05",
    "end": "예: 2027-01-04 (이 날까지 일함)",
    "wage": "월 금액(원), 예: 2,300,000 또는 230만원",
    "week": "예: 40 또는 37.5",
    "place": "일하는 곳의 주소나 이름",
    "duties": "맡을 일",
    "mentor": "지도할 사람의 성명",
}


class TermsForm(QTabWidget):
    """Two tabs of fields; `draft` reads them."""

    def __init__(
        self,
        context: Context,
        draft: AgreementDraft,
        number: int = 0,
        begun_on: dt.date | None = None,
    ) -> None:
        super().__init__()
        self._number, self._begun_on = number, begun_on
        self._asked: tuple[Point, ...] = reading.policy().points
        self.fields = {key: QLineEdit() for key in _LABELS}
        self.points = {point.key: QLineEdit(draft.points.get(point.key, "")) for point in self._asked}
        self.warning = QLabel()
        self.warning.setWordWrap(True)
        self._fill(draft)
        self.addTab(scrolled(self._terms_room()), "조건")
        self.addTab(scrolled(self._points_room()), "")
        self.setMinimumHeight(context.theme.size(_HEIGHT))
        for field in (*self.fields.values(), *self.points.values()):
            field.textChanged.connect(lambda _text: self._warn())
        self._warn()

    def draft(self) -> AgreementDraft:
        """What stands in the fields; raise Refused for what cannot be read."""
        start, end = parse_start(self.fields["start"].text()), parse_start(self.fields["end"].text())
        wage, week = parse_wage(self.fields["wage"].text()), parse_week(self.fields["week"].text())
        if start is None or end is None:
            raise Refused("시작일과 마지막 날을 적어 주십시오.")
        if wage is None or week is None:
            raise Refused("월 임금과 주 근로시간을 적어 주십시오.")
        place, duties, mentor = (self.fields[key].text().strip() for key in ("place", "duties", "mentor"))
        points = {key: field.text().strip() for key, field in self.points.items()}
        return AgreementDraft(start, end, wage, week, place, duties, mentor, points)

    def _fill(self, terms: AgreementDraft) -> None:
        shown = {
            "start": terms.effective_from.isoformat(),
            "end": terms.end.isoformat(),
            "wage": won(terms.wage) if terms.wage else "",
            "week": show_week(terms.weekly_minutes),
            "place": terms.place,
            "duties": terms.duties,
            "mentor": terms.mentor,
        }
        for key, text in shown.items():
            self.fields[key].setText(text)
            self.fields[key].setPlaceholderText(_HINTS[key])

    def _terms_room(self) -> QWidget:
        room = QWidget()
        form = QFormLayout(room)
        for key, label in _LABELS.items():
            words = "바뀌는 날(&S)" if key == "start" and self._number else label
            self.fields[key].setAccessibleName(words)
            form.addRow(words, self.fields[key])
        form.addRow(self.warning)
        return room

    def _points_room(self) -> QWidget:
        room = QWidget()
        form = QFormLayout(room)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow(parts.muted(reading.policy().source))
        for point in self._asked:
            field = self.points[point.key]
            field.setAccessibleName(point.label)
            field.setToolTip(point.law)
            field.setCursorPosition(0)
            form.addRow(f"{point.label} ({point.law}){'' if point.required else ' · 없어도 됨'}", field)
        return room

    def _warn(self) -> None:
        """What would keep the agreement from being signed; it may be saved all the same."""
        empty = sum(one.required and not self.points[one.key].text().strip() for one in self._asked)
        words = f"! 비어 있음 {empty}" if empty else f"{len(self._asked)}가지"
        self.setTabText(1, f"근로기준법 제17조 사항 ({words})")
        try:
            parts.set_tone(self.warning, "\n".join(self._warnings(self.draft())), "warn")
        except Refused:
            parts.set_tone(self.warning, "", "warn")  # told on saving: it may be half typed

    def _warnings(self, draft: AgreementDraft) -> list[str]:
        policy, terms = reading.policy(), _terms(draft, self._number)
        last = last_allowed(self._begun_on or draft.effective_from, policy.months)
        found = []
        if draft.end > last:
            found.append(f"! 시작일부터 {policy.months}개월인 {korean_date(last)}을 넘습니다.")
        found += [f"! {words}" for words in drafts.wage_lacks(terms, minimum_wages())[:1]]
        lacking = empty_points(policy, terms, draft.points)
        if lacking:
            found.append(f"! 서명하려면 적어야 합니다: {', '.join(lacking)}")
        return found


def _terms(draft: AgreementDraft, number: int) -> Terms:
    return Terms(
        number,
        draft.effective_from,
        draft.end,
        draft.wage,
        draft.weekly_minutes,
        draft.place,
        draft.duties,
        draft.mentor,
    )
