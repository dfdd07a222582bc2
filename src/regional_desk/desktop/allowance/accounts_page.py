"""계좌 확인: the held accounts, those of companies below, and the call-back of a second person that frees one."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.allowance.held_companies import HeldCompanies
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.masking import Masking
from regional_desk.domain.rights import Right
from regional_desk.domain.text import korean_date
from regional_desk.errors import Refusal, UserError
from regional_desk.exchange.received_files import TAKEN
from regional_desk.services.pay import accounts
from regional_desk.services.pay.accounts import Held, Release

_SIDE = 420
_NO_PAPER = "증빙 파일 붙이기…"


class AccountsPage(QWidget):
    """A list, and beside it what is to be asked on the phone and written down."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._desk = context, context.desk
        self._person: UUID | None = None
        self._paper: Path | None = None
        self.notice = parts.Notice()
        self.table: Table[Held] = Table(
            _columns(context),
            context.colour,
            empty="보류된 계좌가 없습니다.",
            name="보류된 계좌",
            scale=context.theme.size,
        )
        self.companies = HeldCompanies(context)
        self.count = parts.muted()
        self.heading, self._facts = parts.heading(""), QVBoxLayout()
        self.memo, self.reason = QLineEdit(), QLineEdit()
        self.memo.setAccessibleName("확인 전화 내용")
        self.reason.setAccessibleName("다른 사람의 계좌로 받는 사유")
        self.memo.setPlaceholderText("예: 9/1 10:20 본인 통화, 은행·계좌번호·예금주 확인")
        self.reason.setPlaceholderText("다른 사람의 계좌로 받는 사유")
        self.paper_button = parts.button(_NO_PAPER, self.choose_paper, tip=TAKEN)
        self.release_button = parts.button("보류 풀기", self.release, primary=True, tip="Enter")
        self._others = _stack(
            parts.muted(
                "본인이 아닌 예금주의 계좌입니다. 받는 사유와 증빙(동의서, 가족관계증명서)이 더 있어야 합니다."
            ),
            self.reason,
            self.paper_button,
        )
        self._past = QVBoxLayout()
        self._build()
        self.table.chosen.connect(self._show)
        self.memo.returnPressed.connect(self.release)

    def refresh(self) -> None:
        """Read the held accounts again; what was typed for the person shown stays."""
        rows: tuple[Held, ...] = ()
        try:
            rows = accounts.list_held(self._context.reading)
            self.companies.refresh()
        except UserError as error:
            self.notice.show_error(error)
        self.table.set_rows(rows)
        self.count.setText(f"{len(rows)}건")
        if rows and self.table.current() is None:
            self.table.view.selectRow(0)
        self._show(self.table.current())

    def concerned(self, subjects: frozenset[str]) -> bool:
        """Accounts are people's and companies'; what was paid decides whether one changed since."""
        return bool(subjects & {"people", "companies", "pay_files"})

    def go_to(self, person: UUID) -> None:
        """Show one person's account."""
        self.table.choose(lambda row: row.person == person)
        self.memo.setFocus()

    def choose_paper(self) -> None:
        """The paper for another holder's account."""
        chosen, _ = QFileDialog.getOpenFileName(self, "증빙 파일", "", f"증빙 ({_patterns()});;모든 파일 (*)")
        if chosen:
            self._paper = Path(chosen)
            self.paper_button.setText(f"증빙: {self._paper.name}")

    def release(self) -> None:
        """Free the account with what the call told."""
        self.notice.hide()
        row = self.table.current()
        try:
            if row is None:
                raise Refusal("계좌를 표에서 먼저 고르십시오.")
            paper = accounts.read_paper(self._paper) if self._paper and row.others else None
            reason = self.reason.text() if row.others else ""
            accounts.release_account(self._desk, row.person, self.memo.text(), reason=reason, paper=paper)
        except UserError as error:
            self.notice.show_error(error)
            return
        self._clear()
        self.table.view.setFocus()

    def _build(self) -> None:
        link = self._context.open_page
        header = [
            parts.title("계좌 확인"),
            self.count,
            None,
            parts.link("← 훈련수당", lambda: link("allowance")),
            parts.link("이체 파일 →", lambda: link("pay_files")),
        ]
        layout = parts.page_layout(self, header)
        layout.addWidget(self.notice)
        layout.addWidget(
            parts.muted(
                "보류된 계좌의 사람은 이체 파일에서 빠집니다. 계좌를 바꾸지 않은 다른 사람이 지원서의 연락처로 "
                "본인에게 전화해 확인한 다음 풀어 주십시오."
            )
        )
        side = QWidget()
        side.setFixedWidth(self._context.theme.size(_SIDE))
        beside = QVBoxLayout(side)
        beside.setContentsMargins(0, 0, 0, 0)
        self.change_link = parts.link("계좌 고치기 →", self._open_person)
        act = _stack(
            parts.muted("확인 전화 내용(언제, 누구와, 무엇을)"), self.memo, self._others, self.release_button
        )
        beside.addWidget(parts.card(parts.row(self.heading, None, self.change_link), self._facts, act))
        beside.addWidget(parts.card(parts.heading("지난 확인"), self._past))
        beside.addStretch(1)
        body = parts.row(self.table, side)
        body.setStretch(0, 1)
        layout.addLayout(body, 1)
        layout.addWidget(self.companies)
        self.setFocusProxy(self.table.view)

    def _show(self, row: Held | None) -> None:
        if row is None or row.person != self._person:
            self._clear()
        self._person = row.person if row else None
        may = self._desk.may(Right.RELEASE_ACCOUNT) and row is not None
        for widget in (self.memo, self.reason, self.paper_button, self.release_button):
            widget.setEnabled(may)
        self.release_button.setToolTip("" if may else "팀장이나 단장이 풀 수 있습니다")
        self._others.setVisible(row is not None and row.others)
        self.change_link.setVisible(row is not None)
        self.heading.setText("" if row is None else self._context.masking.show_name(row.name))
        parts.clear(self._facts)
        for fact in ("표에서 계좌를 고르십시오.",) if row is None else self._told(row):
            label = QLabel(fact)
            label.setWordWrap(True)
            self._facts.addWidget(label)
        parts.clear(self._past)
        past = accounts.list_releases(self._context.reading, row.person) if row else ()
        for release in past:
            self._past.addLayout(self._past_row(release))
        if not past:
            self._past.addWidget(parts.muted("없습니다."))

    def _told(self, row: Held) -> tuple[str, ...]:
        masking = self._context.masking
        account = f"{row.bank or '은행 없음'} {Masking.MASKED.show_account(row.tail)}"
        return (
            f"! {row.why}",
            f"계좌: {account}",
            f"예금주: {masking.show_name(row.holder or '') or '적히지 않음'}",
            f"생년월일: {masking.show_birth(row.birth)}",
            f"연락처: {masking.show_phone(row.phone) or '없음'}",
            f"마지막으로 바꾼 사람: {row.changed_by or '모름'}",
        )

    def _past_row(self, release: Release) -> QVBoxLayout:
        layout = QVBoxLayout()
        solo = " · 단독 처리" if release.solo else ""
        layout.addWidget(QLabel(f"{korean_date(release.at.date())} {release.by}{solo}"))
        words = " / ".join(filter(None, (release.why, release.memo, release.reason)))
        layout.addWidget(parts.muted(words))
        if release.paper and self._desk.may(Right.UNMASK):
            layout.addLayout(parts.row(parts.link("증빙 보기", lambda: self._open_paper(release)), None))
        return layout

    def _open_paper(self, release: Release) -> None:
        try:
            file = accounts.open_paper(self._context.reading, release.id)
        except UserError as error:
            self.notice.show_error(error)
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))

    def _open_person(self) -> None:
        if self._person is not None:
            self._context.open_page("people", person=self._person)

    def _clear(self) -> None:
        self.memo.clear()
        self.reason.clear()
        self._paper = None
        self.paper_button.setText(_NO_PAPER)


def _stack(*widgets: QWidget) -> QWidget:
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        layout.addWidget(widget)
    return made


def _patterns() -> str:
    return " ".join(f"*.{name.strip().lower()}" for name in TAKEN.split(","))


def _columns(context: Context) -> tuple[Column[Held], ...]:
    return (
        Column("성명", lambda row: context.masking.show_name(row.name), lambda row: row.name, width=90),
        Column(
            "보류 까닭", lambda row: f"! {row.why}", width=290, tip=lambda row: row.why, tone=lambda _: "bad"
        ),
        Column(
            "계좌",
            lambda row: f"{row.bank} {Masking.MASKED.show_account(row.tail)}".strip(),
            width=150,
        ),
        Column("예금주", lambda row: context.masking.show_name(row.holder or ""), width=80),
        Column("바꾼 사람", lambda row: row.changed_by, width=80),
    )
