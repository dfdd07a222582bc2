"""One applicant's page: everything about the person in one place, reached from the list and left with Esc."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QTabWidget, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.people.card import show_sex, show_stage
from regional_desk.desktop.people.consents_tab import ConsentsTab
from regional_desk.desktop.people.contact_tab import ContactTab
from regional_desk.desktop.people.documents_tab import DocumentsTab
from regional_desk.desktop.people.eligibility_tab import EligibilityTab
from regional_desk.desktop.people.merge_dialog import MergeDialog
from regional_desk.desktop.people.record_tabs import HistoryTab, ScreeningTab, StudiesTab
from regional_desk.desktop.people.tab import Tab
from regional_desk.desktop.reason_dialog import ReasonDialog
from regional_desk.desktop.shell import Context
from regional_desk.errors import UserError
from regional_desk.services.recruitment import dossier, parting, people
from regional_desk.store.people import MergedRow, PersonRow

_UNSAVED = "! 저장하지 않은 연락처가 있습니다. Ctrl+S로 저장하거나, Esc를 한 번 더 눌러 버리십시오."
TABS = {
    "contact": ("연락처", ContactTab),
    "eligibility": ("자격", EligibilityTab),
    "consents": ("동의", ConsentsTab),
    "documents": ("서류", DocumentsTab),
    "screening": ("심사", ScreeningTab),
    "studies": ("과정·출석·수당", StudiesTab),
    "history": ("이력", HistoryTab),
}


class ApplicantPage(QWidget):
    """The person's name and state above, the tabs below; only the tab in front reads."""

    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._person: PersonRow | None = None
        self._warned = False
        self.name, self.state = parts.title(""), parts.muted()
        self.state.setWordWrap(False)
        self.review, self.said = QLabel(), QLabel()
        self.notice = parts.Notice()
        self.back_button = parts.link("← 명단 (Esc)", self.leave)
        self.review_button = parts.link("확인함…", self.settle)
        self.merge_button = parts.button("같은 사람 합치기…", self.merge)
        self.tabs = QTabWidget()
        self.made: dict[str, Tab] = {}
        for key, (label, make) in TABS.items():
            tab = self.made[key] = make(context)
            self.tabs.addTab(tab, label)
        self.merged = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(parts.row(self.back_button, self.name, self.state, None, self.merge_button))
        layout.addLayout(parts.row(self.review, self.review_button, None))
        layout.addLayout(self.merged)
        layout.addWidget(self.said)
        layout.addWidget(self.notice)
        layout.addWidget(self.tabs, 1)
        self.said.hide()
        self.tabs.currentChanged.connect(lambda _at: self._show_tab())
        QShortcut(
            QKeySequence(Qt.Key.Key_Escape),
            self,
            self.leave,
            context=Qt.ShortcutContext.WidgetWithChildrenShortcut,
        )
        self.setFocusProxy(self.tabs)

    @property
    def person(self) -> UUID | None:
        """Who is shown."""
        return None if self._person is None else self._person.id

    def show_person(self, person: UUID, tab: str | None = None) -> bool:
        """Read and show one person; whether there is one."""
        self.notice.hide()
        if person != self.person:
            parts.set_tone(self.said, "", "ok")
        try:
            row = people.read_person(self._context.reading, person)
        except UserError as error:
            self.notice.show_error(error)
            return False
        if row is None:
            return False
        kept = self.person == person and self.made["contact"].is_dirty
        self._person = row
        self._show_head(row)
        if tab is not None:
            self.tabs.setCurrentWidget(self.made[tab])
        if not (kept and self.tabs.currentWidget() is self.made["contact"]):
            self._show_tab()
        return True

    def leave(self) -> None:
        """Back to the list; what was typed and not saved is told of once."""
        if self.made["contact"].is_dirty and not self._warned:
            self._warned = True
            parts.set_tone(self.said, _UNSAVED, "warn")
            self.tabs.setCurrentWidget(self.made["contact"])
            return
        self._warned = False
        parts.set_tone(self.said, "", "ok")
        self._person = None
        self.left.emit()

    def settle(self) -> None:
        """확인 필요 is answered."""
        row = self._person
        if row is None:
            return
        answer = ReasonDialog.ask(
            self, "확인 필요 풀기", f"확인할 것: {row.review}", label="무엇을 보고 확인했는지", act="확인함"
        )
        if answer is not None:
            self._do(lambda: people.settle_review(self._context.desk, row.id, answer.reason))

    def merge(self) -> None:
        """Records that may be this person's."""
        if self._person is None:
            return
        kept = MergeDialog.ask(self._context, self._person.id, self)
        if kept is not None:
            self.show_person(kept)

    def part(self, row: MergedRow) -> None:
        """합치기 되돌리기, and what of it stays."""
        answer = ReasonDialog.ask(
            self,
            "합치기 되돌리기",
            "합친 뒤에 바뀌지 않은 기록은 제자리로 가고, 바뀐 것은 이 사람에게 남깁니다.",
            label="되돌리는 까닭",
            act="되돌리기",
        )
        if answer is None:
            return
        done = self._do(lambda: parting.unmerge(self._context.desk, row.id, answer.reason))
        if isinstance(done, parting.Parted):
            words = "\n".join(f"! {line}" for line in done.left)
            parts.set_tone(self.said, words or "● 모두 제자리로 되돌렸습니다.", "warn" if words else "ok")

    def _show_head(self, row: PersonRow) -> None:
        masking, today = self._context.masking, self._context.desk.clock.today()
        self.name.setText(masking.show_name(row.name))
        told = (f"{masking.show_birth(row.birth)} {show_sex(row)}".strip(), row.track, show_stage(row, today))
        self.state.setText(" · ".join(filter(None, told)))
        review = masking.show_reason(row.review)
        may = self.made["contact"].may_write
        parts.set_tone(self.review, f"! 확인 필요: {review}" if review else "", "warn")
        self.review_button.setVisible(bool(review) and may)
        self.merge_button.setVisible(may)
        parts.clear(self.merged)
        for one in dossier.merged_records(self._context.reading, row.id):
            words = QLabel(f"합친 기록: {one.name} ({masking.show_birth(one.birth)})")
            words.setObjectName("muted")
            back = parts.link("합치기 되돌리기…", partial(self.part, one))
            back.setVisible(may)
            self.merged.addLayout(parts.row(words, back, None))

    def _show_tab(self) -> None:
        tab = self.tabs.currentWidget()
        if isinstance(tab, Tab) and self._person is not None:
            tab.show_person(self._person)

    def _do(self, act: Callable[[], object]) -> object:
        self.notice.hide()
        try:
            return act()
        except UserError as error:
            self.notice.show_error(error)
            return None
