"""날인·결재: the 직인날인대장, and what was approved on paper."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from regional_desk.desktop import parts
from regional_desk.desktop.admin.pane import Pane
from regional_desk.desktop.admin.seal_dialogs import ApprovalDialog, SealDialog
from regional_desk.desktop.printing.preview import PreviewDialog
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.rights import Right
from regional_desk.domain.text import korean_date
from regional_desk.services.papers.making import Wanted
from regional_desk.services.safety import approvals, opening
from regional_desk.store.approvals import ApprovalRow, SealRow

_WORDS = "직인을 찍을 때마다 한 줄을 적습니다. 종이로 결재를 받으면 스캔과 함께 적어 두며, 두 기록 모두 고치거나 지울 수 없습니다."


class SealsPane(Pane):
    """The two registers of what happens on paper."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._users: dict[UUID, str] = {}
        self._subjects: dict[UUID, str] = {}
        self.seals: Table[SealRow] = Table(
            self._seal_columns(),
            context.colour,
            empty="직인을 찍은 기록이 없습니다.",
            name="직인날인대장",
            scale=context.theme.size,
        )
        self.approvals: Table[ApprovalRow] = Table(
            self._approval_columns(),
            context.colour,
            empty="서면 결재가 없습니다.",
            name="서면 결재",
            scale=context.theme.size,
            filtered=False,
        )
        self.approvals.opened.connect(lambda _row: self.open_scan())
        acts = (
            parts.button("스캔 열기", self.open_scan),
            parts.button("서면 결재 기록…", self.record),
            parts.button("대장 출력…", self.show_register),
            parts.button("직인 날인 기록…", self.use_seal, primary=True),
        )
        if not self.desk.may(Right.RECORD_SEAL):
            for act in acts:
                act.setEnabled(False)
                act.setToolTip("담당, 팀장, 단장이 할 수 있습니다")
        self.lay_out(
            _WORDS,
            (parts.heading("직인날인대장"), self.seals, parts.heading("서면 결재"), self.approvals),
            acts,
        )

    def read(self) -> None:
        """Read both registers, newest first."""
        self._users = {row.id: row.name for row in opening.list_users(self.desk)}
        self._subjects = {one.id: one.words for one in approvals.list_subjects(self.desk)}
        self.seals.set_rows(tuple(reversed(approvals.list_seal_uses(self.desk))))
        self.approvals.set_rows(tuple(reversed(approvals.list_approvals(self.desk))))

    def use_seal(self) -> None:
        """Add a line to the 직인날인대장."""
        made = SealDialog.ask(self.desk, self)
        if made is not None:
            self.refresh()
            self.say(f"● 직인날인대장 {made.year}-{made.number}에 적었습니다.")

    def record(self) -> None:
        """Record an approval on paper."""
        if ApprovalDialog.ask(self.desk, self):
            self.refresh()
            self.say("● 서면 결재를 적었습니다.")

    def open_scan(self) -> None:
        """Open the chosen approval's scan with the system's own viewer."""
        chosen = self.approvals.current()
        if chosen is None:
            self.say("! 서면 결재를 표에서 먼저 고르십시오.", "warn")
            return
        self.act(lambda: self._open(chosen))

    def show_register(self) -> None:
        """The 직인날인대장 of the chosen line's year, of this year without one."""
        chosen = self.seals.current()
        year = chosen.year if chosen else self.desk.clock.today().year
        PreviewDialog.ask(self.context, Wanted("seal-register", number=year), f"직인날인대장 {year}")

    def _open(self, row: ApprovalRow) -> None:
        file = approvals.open_scan(self.desk, row.id)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))
        self.say("● 스캔을 열었습니다. 풀린 사본은 프로그램을 닫을 때 지워집니다.")

    def _seal_columns(self) -> tuple[Column[SealRow], ...]:
        return (
            Column(
                "번호",
                lambda row: f"{row.year}-{row.number}",
                lambda row: (row.year, row.number),
                "center",
                80,
            ),
            Column("날인일", lambda row: korean_date(row.on), lambda row: row.on, "center", 110),
            Column("문서", lambda row: row.document, width=230, tip=lambda row: row.document),
            Column("받는 곳", lambda row: row.recipient, width=150),
            Column("부수", lambda row: f"{row.copies:,}", lambda row: row.copies, "right", 60),
            Column("확인번호", lambda row: row.check_number or "", align="center", width=130),
            Column("요청자", lambda row: row.asked_by, width=80),
            Column("기록자", lambda row: self._users.get(row.user_id, ""), width=80),
            Column("비고", lambda row: row.memo, width=140, tip=lambda row: row.memo),
        )

    def _approval_columns(self) -> tuple[Column[ApprovalRow], ...]:
        return (
            Column(
                "결재일", lambda row: korean_date(row.approved_on), lambda row: row.approved_on, "center", 110
            ),
            Column("무엇을", self._subject, width=320, tip=self._subject),
            Column("결재한 사람", lambda row: approvals.signer_words(row.signers), width=240),
            Column("스캔", lambda row: "있음" if row.attachment_id else "—", align="center", width=70),
            Column("적은 사람", lambda row: self._users.get(row.user_id, ""), width=90),
            Column("메모", lambda row: row.memo, width=200, tip=lambda row: row.memo),
        )

    def _subject(self, row: ApprovalRow) -> str:
        return self._subjects.get(row.subject_id, approvals.SUBJECTS.get(row.subject, row.subject))
