"""개인정보: whose term is over, setting apart, disposing of, and what was lost."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QComboBox, QInputDialog, QMessageBox, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.admin.erase_dialog import EraseDialog
from regional_desk.desktop.admin.losses import Losses
from regional_desk.desktop.admin.pane import Pane
from regional_desk.desktop.printing.preview import PreviewDialog
from regional_desk.desktop.reason_dialog import ReasonDialog
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.masking import Masking
from regional_desk.domain.retention import Then
from regional_desk.domain.rights import Right
from regional_desk.domain.text import korean_date
from regional_desk.errors import Refusal
from regional_desk.services.papers import registers
from regional_desk.services.papers.making import Wanted
from regional_desk.services.recruitment import people
from regional_desk.services.safety import retention
from regional_desk.services.safety.retention import Apart, Disposed, DueRow, Separated
from regional_desk.store.retention import DisposalRow

_WORDS = (
    "참여자의 자료는 사업연도가 끝난 뒤 5년, 선발되지 않은 지원자의 자료는 결과 뒤 90일까지 둡니다. "
    "그 뒤에는 파기하거나, 더 두어야 하면 분리보관합니다. 누가 대상인지는 프로그램이 고르고, 처리는 결재를 받아 사람이 합니다."
)
_VIEWS = ("보존기간이 끝난 사람", "분리보관한 사람", "파기대장")
_DUE, _APART, _REGISTER = range(len(_VIEWS))
_LABELS = {
    "name": "성명",
    "birth": "생년월일",
    "sex": "성별",
    "phone": "연락처",
    "email": "이메일",
    "address": "주소",
    "education": "학력",
    "major": "전공",
    "bank": "은행",
    "account": "계좌",
    "account_holder": "예금주",
    "account_hold": "계좌 보류",
    "account_memo": "계좌 메모",
    "review": "확인 필요",
}


class PrivacyPane(Pane):
    """Three lists of people's end, and below them the losses."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.which = QComboBox()
        self.which.setAccessibleName("볼 것")
        self.which.addItems(list(_VIEWS))
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)  # the counts come later
        self.due: Table[DueRow] = self._table(_due_columns(), _DUE, "지금 보존기간이 끝난 사람이 없습니다.")
        self.apart: Table[Apart] = self._table(_apart_columns(), _APART, "분리보관한 사람이 없습니다.")
        self.register: Table[DisposalRow] = self._table(
            self._register_columns(), _REGISTER, "파기한 것이 없습니다."
        )
        self._lists: tuple[Table[Any], ...] = (self.due, self.apart, self.register)
        self.losses = Losses(self)
        self._open = parts.button("분리보관 자료 보기…", self.read_back)
        self._erasing = (
            parts.button("본인 요구…", self.by_request, tip="기간이 남은 사람을 본인이 요구하여 파기할 때"),
            parts.button("분리보관…", lambda: self.erase(Then.SEPARATE)),
            parts.button("파기…", lambda: self.erase(Then.DISPOSE), primary=True),
        )
        for act in (self._open, *self._erasing):
            if not self.desk.may(Right.ERASE):
                act.setEnabled(False)
                act.setToolTip("팀장이나 단장이 할 수 있습니다")
        self._print = parts.button("파기대장 출력…", self.show_register)
        self.head = QWidget()
        line = parts.row(self.which, None, self._open, self._print, *self._erasing)
        line.setContentsMargins(0, 0, 0, 0)
        self.head.setLayout(line)
        self.lay_out(_WORDS, (self.head, *self._lists, self.losses), ())
        self.which.currentIndexChanged.connect(lambda _at: self._show_view())
        self._show_view()

    def read(self) -> None:
        """Read the losses, and the lists for those who may see them."""
        self.losses.read()
        if not self.desk.may(Right.SEE_RETENTION):
            return
        self.due.set_rows(retention.due(self.context.reading))
        self.apart.set_rows(retention.list_apart(self.desk))
        self.register.set_rows(tuple(reversed(retention.list_disposals(self.desk))))
        for view, table in enumerate(self._lists):
            self.which.setItemText(view, f"{_VIEWS[view]} {len(table.model.rows):,}")

    def erase(self, then: Then) -> None:
        """Set the chosen people apart or dispose of them, after asking for the basis."""
        chosen = self._chosen(then)
        if chosen:
            self._erase(then, chosen, early=False)

    def by_request(self) -> None:
        """Somebody asked to be erased before the term is over."""
        text, sure = QInputDialog.getText(
            self, "본인 요구", "요구한 사람의 성명과 생년월일(예: 홍길동 1999-03-05)"
        )
        if sure and text.strip():
            self.act(lambda: self._erase(Then.DISPOSE, (people.find_person(self.desk, text),), early=True))

    def read_back(self) -> None:
        """Show who was set apart, for a purpose."""
        chosen = self.apart.current()
        if chosen is None:
            self.which.setCurrentIndex(_APART)
            self.say("! 분리보관한 사람을 표에서 먼저 고르십시오.", "warn")
            return
        answer = ReasonDialog.ask(
            self,
            "분리보관 자료 보기",
            f"{chosen.name} — {chosen.basis}",
            label="보는 목적(접속기록에 남음)",
            act="보기",
        )
        if answer is not None:
            self.act(
                lambda: self._show_apart(retention.read_separated(self.desk, chosen.person, answer.reason))
            )

    def show_register(self) -> None:
        """The 파기대장 of the chosen line's year, of this year without one."""
        chosen = self.register.current()
        year = chosen.year if chosen else self.desk.clock.today().year
        PreviewDialog.ask(self.context, Wanted("disposal-register", number=year), f"파기대장 {year}")

    def _erase(self, then: Then, chosen: tuple[UUID, ...], *, early: bool) -> None:
        answer = EraseDialog.ask(self.desk, then, len(chosen), self, early=early)
        if answer is None:
            return
        if then is Then.SEPARATE:
            self.start(
                lambda: retention.separate(self.desk, chosen, answer.basis, answer.until, early=answer.early),
                "분리보관",
                lambda count: self.say(f"● {count}명을 {korean_date(answer.until)}까지 분리보관했습니다."),
            )
            return
        self.start(
            lambda: retention.dispose(
                self.desk, chosen, answer.basis, approved=answer.approved, early=answer.early
            ),
            "파기",
            self._on_disposed,
        )

    def _chosen(self, then: Then) -> tuple[UUID, ...]:
        """The people of the list in front; what was set apart is disposed of where it is due."""
        if self.which.currentIndex() == _DUE and self.due.selected():
            return tuple(row.person for row in self.due.selected())
        self.which.setCurrentIndex(_DUE)
        self.say(f"! {then.label}할 사람을 목록에서 고르십시오(Ctrl이나 Shift로 여럿).", "warn")
        return ()

    def _show_apart(self, found: Separated) -> None:
        if self.context.masking is Masking.MASKED:
            raise Refusal(
                "손님 모드에서는 분리보관한 자료를 보여 주지 않습니다. 손님 모드를 끄고 다시 여십시오."
            )
        lines = [f"{_LABELS[name]}: {value}" for name, value in found.fields.items() if value]
        until = f"{korean_date(found.until)}까지 · {found.basis}"
        QMessageBox.information(self, "분리보관 자료", "\n".join([*lines, "", until]))

    def _show_view(self) -> None:
        """One list at a time."""
        self.head.setVisible(self.desk.may(Right.SEE_RETENTION))
        for view, table in enumerate(self._lists):
            table.setVisible(self.desk.may(Right.SEE_RETENTION) and view == self.which.currentIndex())

    def _on_disposed(self, done: Disposed) -> None:
        row = done.row
        words = (
            f"● {row.people}명을 파기했습니다. 파기대장 {row.year}-{row.number}, 자동 백업에는 {korean_date(row.backups_until)}까지 남습니다. "
            "직접 만든 백업과 내보낸 파일은 따로 지우십시오."
        )
        if done.log_lines:
            words += f" 기록에 사람이 적어 넣은 사유 {done.log_lines}줄에는 같은 이름이 남아 있습니다."
        self.say(words)

    def _table(self, columns: tuple[Column[Any], ...], view: int, empty: str) -> Table[Any]:
        scale = self.context.theme.size
        return Table(
            columns, self.context.colour, empty=empty, name=_VIEWS[view], scale=scale, filtered=view == _DUE
        )

    def _register_columns(self) -> tuple[Column[DisposalRow], ...]:
        return (
            Column(
                "번호",
                lambda row: f"{row.year}-{row.number}",
                lambda row: (row.year, row.number),
                "center",
                80,
            ),
            Column("파기일", lambda row: korean_date(row.on), lambda row: row.on, "center", 110),
            Column("사람 수", lambda row: f"{row.people:,}명", lambda row: row.people, "right", 80),
            Column("근거", lambda row: row.basis, width=330, tip=lambda row: row.basis),
            Column(
                "백업 소멸일",
                lambda row: korean_date(row.backups_until),
                lambda row: row.backups_until,
                "center",
                110,
            ),
            Column("결재", lambda row: registers.approvals_of(self.desk, row), width=300),
        )


def _due_columns() -> tuple[Column[DueRow], ...]:
    return (
        Column("성명", lambda row: row.name, width=110),
        Column("생년월일", lambda row: row.birth, width=110),
        Column("구분", lambda row: row.group.label, width=110),
        Column("할 일", lambda row: row.then.label, align="center", width=80),
        Column("언제부터", lambda row: korean_date(row.since), lambda row: row.since, "center", 110),
        Column("까닭", lambda row: row.reason, width=350, tip=lambda row: row.reason),
        Column(
            "먼저 할 일",
            lambda row: f"! {row.hindrance}" if row.hindrance else "",
            width=230,
            tone=lambda row: "warn" if row.hindrance else None,
        ),
    )


def _apart_columns() -> tuple[Column[Apart], ...]:
    return (
        Column("번호", lambda row: row.name, width=110),
        Column("분리한 날", lambda row: korean_date(row.since), lambda row: row.since, "center", 120),
        Column("기한", lambda row: korean_date(row.until), lambda row: row.until, "center", 120),
        Column("근거", lambda row: row.basis, width=420, tip=lambda row: row.basis),
    )
