"""심사, 과정·출석·수당, 이력: what other pages keep about one person, to be read here."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from regional_desk.desktop import parts
from regional_desk.desktop.admin.words import action_words, detail_words, value_words
from regional_desk.desktop.people.tab import Tab
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.allowance import RunState
from regional_desk.domain.masking import Masking
from regional_desk.domain.membership import Outcome
from regional_desk.domain.recruitment import Stage
from regional_desk.domain.text import korean_date, korean_span, won
from regional_desk.services.recruitment import dossier
from regional_desk.services.recruitment.dossier import Applied, Changed, Study
from regional_desk.store.applicants import PaymentRow, StepRow
from regional_desk.store.people import PersonRow


class ScreeningTab(Tab):
    """Every application with its score, rank and the stages it came to."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.table: Table[tuple[Applied, StepRow]] = Table(
            (
                Column("연도", lambda row: str(row[0].row.programme_year), width=60),
                Column("날", lambda row: korean_date(row[1].on), width=110),
                Column("단계", lambda row: Stage(row[1].stage).label, width=80),
                Column("사유", lambda row: _reason(context, row[1]), width=520),
                Column("기록", lambda row: "합친 기록" if row[0].merged else "", width=90),
            ),
            context.colour,
            empty="지원한 기록이 없습니다.",
            name="지원 단계",
            scale=context.theme.size,
            filtered=False,
        )
        self.lines.addWidget(self.told)
        self.lines.addWidget(self.table, 1)

    def read(self, person: PersonRow) -> None:
        """The applications, the newest step first."""
        found = dossier.applications(self.context.reading, person.id)
        self.told.setText(
            "\n".join(_words(one) for one in found if not one.merged) or "지원한 기록이 없습니다."
        )
        self.table.set_rows([(one, step) for one in found for step in reversed(one.steps)])


class StudiesTab(Tab):
    """The person's courses, attendance and allowance; a line opens its page."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.courses: Table[Study] = Table(
            (
                Column("과정", lambda row: row.row.name, width=260),
                Column("기간", lambda row: korean_span(row.row.start, row.row.end), width=190),
                Column("번호", lambda row: str(row.row.number), align="right", width=50),
                Column("들어온 날", lambda row: korean_date(row.row.joined), width=105),
                Column("나간 날", lambda row: korean_date(row.row.left) if row.row.left else "", width=105),
                Column(
                    "결과", lambda row: Outcome(row.row.outcome).label if row.row.outcome else "", width=80
                ),
                Column("출석", _days, align="right", width=90),
                Column("지금까지 출석률", _rate, align="right", width=110),
            ),
            context.colour,
            empty="교육생이었던 과정이 없습니다.",
            name="과정과 출석",
            scale=context.theme.size,
            filtered=False,
        )
        self.pay: Table[PaymentRow] = Table(
            (
                Column("과정", lambda row: row.course_name, width=260),
                Column("단위기간", lambda row: str(row.unit_no), align="right", width=70),
                Column("상태", lambda row: "보류" if row.held else RunState(row.state).label, width=80),
                Column(
                    "출석", lambda row: f"{row.attended_days}/{row.training_days}일", align="right", width=90
                ),
                Column(
                    "금액(원)", lambda row: won(row.amount), lambda row: row.amount, align="right", width=110
                ),
            ),
            context.colour,
            empty="훈련수당이 아직 없습니다.",
            name="훈련수당",
            scale=context.theme.size,
            filtered=False,
        )
        for words, table in (
            ("과정·출석 (Enter: 출석부)", self.courses),
            ("훈련수당 (Enter: 훈련수당)", self.pay),
        ):
            self.lines.addWidget(parts.heading(words))
            self.lines.addWidget(table, 1)
        self.courses.opened.connect(self._open_attendance)
        self.pay.opened.connect(
            lambda row: context.open_page("allowance", course=row.course_id, unit=row.unit_no)
        )

    def read(self, person: PersonRow) -> None:
        """Both lists, the newest first."""
        self.courses.set_rows(dossier.studies(self.context.reading, person.id))
        self.pay.set_rows(dossier.payments(self.context.reading, person.id))

    def _open_attendance(self, row: Study) -> None:
        if self.person is not None:
            self.context.open_page("attendance", course=row.row.course_id, unit=None, trainee=self.person.id)


class HistoryTab(Tab):
    """변경 이력 of the person and of the records merged in."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.table: Table[Changed] = Table(
            (
                Column("때", lambda row: f"{row.at:%Y-%m-%d %H:%M}", width=130),
                Column("누가", lambda row: row.who, width=90),
                Column("한 일", lambda row: action_words(row.action), width=160),
                Column("내용", _detail, width=560, tip=lambda row: value_words(row.value)),
                Column("기록", lambda row: "합친 기록" if row.merged else "", width=90),
            ),
            context.colour,
            empty="바뀐 기록이 없습니다.",
            name="변경 이력",
            scale=context.theme.size,
        )
        self.lines.addWidget(self.table, 1)

    def read(self, person: PersonRow) -> None:
        """The newest changes first."""
        self.table.set_rows(dossier.history(self.context.reading, person.id))


def _words(one: Applied) -> str:
    row = one.row
    told = [f"{row.programme_year}년 {row.track or '트랙 미정'} · {korean_date(row.received_on)} 접수"]
    if row.score is not None:
        told.append(f"점수 {row.score / 1000:.2f}")
    if row.rank is not None:
        told.append(f"{row.rank}위" + (f"({row.tie_note})" if row.tie_note else ""))
    if row.reserve_number is not None:
        told.append(f"예비 {row.reserve_number}번")
    return " · ".join(told)


def _reason(context: Context, step: StepRow) -> str:
    """A reason may hold dates and what was found out about somebody: guests see none."""
    return step.reason or "" if context.masking is Masking.FULL else ""


def _days(row: Study) -> str:
    return "" if row.days is None else f"{row.attended}/{row.days}일"


def _rate(row: Study) -> str:
    return "" if row.rate_so_far is None else f"{row.rate_so_far}%"


def _detail(row: Changed) -> str:
    told = (detail_words(row.detail), value_words(row.value).replace("\n", " · "))
    return " · ".join(one for one in told if one)
