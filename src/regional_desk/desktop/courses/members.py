"""교육생 of a course: how each stands, and what can be done with them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.courses.completion import CompletionDialog
from regional_desk.desktop.courses.counselling import CounselDialog
from regional_desk.desktop.courses.enrol_dialog import EnrolDialog
from regional_desk.desktop.courses.member_acts import MemberActs
from regional_desk.desktop.printing.preview import PreviewDialog
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.membership import Outcome
from regional_desk.domain.rights import Right
from regional_desk.domain.text import korean_date
from regional_desk.errors import Refusal, UserError
from regional_desk.services.papers.making import Wanted
from regional_desk.services.training import completions, standings
from regional_desk.services.training.courses import CourseDetail
from regional_desk.services.training.standings import Standing

_CAUTION = 1
_TONES = {Outcome.COMPLETED: "ok", Outcome.EMPLOYED_EARLY: "ok", Outcome.DISMISSED: "bad"}


class MembersPanel(QWidget):
    """The people of the chosen course with their acts; refusals are shown on the page's `notice`."""

    def __init__(self, context: Context, notice: parts.Notice) -> None:
        super().__init__()
        self._context, self._notice = context, notice
        self.detail: CourseDetail | None = None
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.acts = MemberActs(self, context)
        self.table: Table[Standing] = Table(
            _columns(context),
            context.colour,
            empty="아직 교육생이 없습니다. [등록]을 누르십시오.",
            name="교육생",
            scale=context.theme.size,
        )
        self.table.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.view.customContextMenuRequested.connect(self._on_menu)
        self.table.opened.connect(lambda _row: self.counsel())
        self.changes = self._menu(
            ("늦게 합류…", self.join),
            ("나감…", self.leave),
            ("취업으로 나감…", self.leave_employed),
            ("다른 과정으로 옮김…", self.move_on),
            ("제적…", self.dismiss),
            ("제적 취소…", self.cancel_dismissal),
            ("마지막 처리 되돌리기…", self.restore),
        )
        self.papers = self._menu(
            ("수료증 발급", self.issue),
            ("수료증 무효(고른 사람)…", self.void),
            ("수료증 출력(모두)…", lambda: self._paper("completion-certificate")),
            ("수료증 출력(고른 사람)…", lambda: self._paper("completion-certificate", of_person=True)),
            ("제적 통지서(고른 사람)…", lambda: self._paper("dismissal-notice", of_person=True)),
            ("교육생 명부…", lambda: self._paper("trainee-list")),
            ("수료자 명부…", lambda: self._paper("completion-list")),
            ("상담일지(과정)…", lambda: self._paper("counselling-log")),
            ("상담일지(고른 사람)…", lambda: self._paper("counselling-log", of_person=True)),
        )
        self.enrol_button = parts.button("등록…", self.enrol, tip="이 과정에 교육생을 등록")
        self.buttons = (
            self.enrol_button,
            _with_menu("처리 ▾", self.changes, "고른 교육생의 합류, 나감, 옮김, 제적, 되돌리기"),
            parts.button("상담…", self.counsel, tip="고른 교육생의 상담·연락 기록 (Enter)"),
            parts.button("수료 처리…", self.complete, tip="모두의 수료 구분을 미리 보고 정함"),
            _with_menu("문서 ▾", self.papers, "수료증, 제적 통지서, 명부, 상담일지"),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        head = parts.row(*self.buttons, self.table.filter)  # beside the buttons: a small screen has few lines
        head.setStretch(len(self.buttons), 1)
        layout.addLayout(head)
        layout.addWidget(self.told)
        layout.addWidget(self.table, 1)
        self.show_course(None)

    def show_course(self, detail: CourseDetail | None) -> None:
        """Show the people of a course, masked while guests look on."""
        if detail is None or self.detail is None or detail.course.id != self.detail.course.id:
            parts.set_tone(self.told, "", "warn")
        self.detail = detail
        for button in self.buttons:
            button.setEnabled(detail is not None)
        reading = self._context.reading
        if detail is None or not reading.may(Right.SEE_PEOPLE):
            self.table.set_rows(())
        else:
            self.table.set_rows(standings.list_standings(reading, detail.course.id))

    def enrol(self) -> None:
        """교육생 등록."""
        detail = self.detail
        if detail is not None:
            self._try(lambda: EnrolDialog.ask(self, self._context, detail))

    def join(self) -> None:
        """늦게 합류: the chosen member begins on a later day."""
        self._with_member(self.acts.join)

    def leave(self) -> None:
        """나감: the chosen member's last day."""
        self._with_member(lambda detail, row: self.acts.leave(detail, row, employed=False))

    def leave_employed(self) -> None:
        """취업으로 나감."""
        self._with_member(lambda detail, row: self.acts.leave(detail, row, employed=True))

    def move_on(self) -> None:
        """다른 과정으로 옮김."""
        self._with_member(self.acts.move)

    def restore(self) -> None:
        """마지막 처리 되돌리기."""
        self._with_member(self.acts.restore)

    def dismiss(self) -> None:
        """제적: the decision on a 제적 대상."""
        self._with_member(self.acts.dismiss)

    def cancel_dismissal(self) -> None:
        """제적 취소."""
        self._with_member(self.acts.cancel_dismissal)

    def counsel(self) -> None:
        """상담·연락 기록 of the chosen member."""
        self._with_member(
            lambda detail, row: CounselDialog.ask(self, self._context, row.person, row.name, detail.course.id)
        )

    def complete(self) -> None:
        """수료 처리: previewed, then done as previewed."""
        detail = self.detail
        if detail is not None:
            self._try(lambda: CompletionDialog.ask(self, self._context, detail.course.id))

    def issue(self) -> None:
        """수료증 발급 for everybody who completed and has none."""
        detail = self.detail
        if detail is not None:
            self._try(lambda: completions.issue(self._context.desk, detail.course.id))

    def void(self) -> None:
        """수료증 무효 for the chosen member."""
        self._with_member(self.acts.void)

    def _paper(self, document: str, *, of_person: bool = False) -> None:
        if not of_person and self.detail is not None:
            PreviewDialog.ask(self._context, Wanted(document, self.detail.course.id))
        elif of_person:
            self._with_member(
                lambda detail, row: PreviewDialog.ask(
                    self._context, Wanted(document, detail.course.id, person=row.person)
                )
            )

    def _with_member(self, act: Callable[[CourseDetail, Standing], str | None]) -> None:
        detail, row = self.detail, self.table.current()
        if detail is None or row is None:
            self._notice.show_error(Refusal("교육생을 먼저 고르십시오."))
            return
        self._try(lambda: act(detail, row))

    def _try(self, act: Callable[[], object]) -> None:
        """Do it; what it has to say is said here, a refusal on the page."""
        self._notice.hide()
        parts.set_tone(self.told, "", "warn")
        try:
            told = act()
        except UserError as error:
            self._notice.show_error(error)
            return
        if isinstance(told, str):
            parts.set_tone(self.told, told, "warn")

    def _menu(self, *entries: tuple[str, Callable[[], None]]) -> QMenu:
        menu = QMenu(self)
        for text, slot in entries:
            action = QAction(text, menu)
            action.triggered.connect(lambda _on=False, slot=slot: slot())
            menu.addAction(action)
        return menu

    def _on_menu(self, place: QPoint) -> None:
        """Everything that concerns one trainee, where the pointer is."""
        menu = QMenu(self)
        counsel = QAction("상담·연락 기록…", menu)
        counsel.triggered.connect(lambda _on=False: self.counsel())
        menu.addAction(counsel)
        menu.addSeparator()
        menu.addActions(self.changes.actions())
        menu.addSeparator()
        menu.addActions([action for action in self.papers.actions() if "고른 사람" in action.text()])
        menu.exec(self.table.view.viewport().mapToGlobal(place))
        menu.deleteLater()


def state_of(row: Standing) -> tuple[str, str | None]:
    """How somebody stands, as sign and word, with its tone."""
    if row.outcome is not None:
        sign = "■ " if row.outcome is Outcome.DISMISSED else ""
        return f"{sign}{row.outcome.label}", _TONES.get(row.outcome, "warn")
    states = (
        (row.moved, "→ 옮김", "muted"),
        (row.left is not None, "나감", "warn"),
        (row.cause is not None, "■ 제적 대상", "bad"),
        (row.absences_left < 0, "▲ 80% 불가", "bad"),
        (row.unrecorded == 0, "○ 수료 예정", "ok"),
        (row.absences_left == 0, "! 위험", "warn"),
        (row.absences_left == _CAUTION, "! 주의", "warn"),
    )
    return next(((words, tone) for holds, words, tone in states if holds), ("교육", None))


def _with_menu(text: str, menu: QMenu, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(tip)
    button.setMenu(menu)
    return button


def _columns(context: Context) -> tuple[Column[Standing], ...]:
    return (
        Column("번호", lambda row: str(row.number), lambda row: row.number, "right", 40),
        Column("성명", lambda row: context.masking.show_name(row.name), lambda row: row.name, width=75),
        Column(
            "생년월일", lambda row: context.masking.show_birth(row.birth), lambda row: row.birth, width=90
        ),
        Column("상태", lambda row: state_of(row)[0], width=95, tip=_why, tone=lambda row: state_of(row)[1]),
        Column("출석률", _rate, lambda row: row.rate_so_far, "right", 60, tip=_attended),
        Column(
            "남은 결석",
            lambda row: ("불가" if row.absences_left < 0 else f"{row.absences_left}일") if _runs(row) else "",
            lambda row: row.absences_left if _runs(row) else None,
            "right",
            68,
            tip=lambda row: "수료(80%)까지 더 결석할 수 있는 날" if _runs(row) else "",
        ),
        Column("수료증", lambda row: row.certificate_label, width=95),
        Column("들어온 날", lambda row: korean_date(row.joined), lambda row: row.joined, width=88),
        Column(
            "나간 날",
            lambda row: korean_date(row.left) if row.left else "",
            lambda row: row.left,
            width=88,
            tone=lambda row: "warn" if row.left else None,
        ),
        Column("사유", lambda row: row.left_reason or "", width=130, tip=lambda row: row.left_reason or ""),
    )


def _runs(row: Standing) -> bool:
    """Whether absences still to come could decide anything."""
    return row.in_training and row.unrecorded > 0


def _rate(row: Standing) -> str:
    return "" if row.rate_so_far is None else f"{row.rate_so_far}%"


def _attended(row: Standing) -> str:
    unit = "분" if row.by_minutes else "일"
    return f"과정 {row.whole:,}{unit} 가운데 출석 {row.attended:,}{unit}, 결석 {row.absences}일, 미입력 {row.unrecorded}일"


def _why(row: Standing) -> str:
    if row.cause is None:
        return _attended(row)
    effect = f"제적하면 {korean_date(row.cause.effective_on)}부터 효력이 있습니다."
    return "\n".join((*row.cause.reasons, effect))
