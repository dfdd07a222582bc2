"""지원금: the intern's service months with what each is worth and lacks, and the payslips and papers of the chosen one."""

from __future__ import annotations

from regional_desk.desktop import parts
from regional_desk.desktop.claims.month_pane import MonthPane
from regional_desk.desktop.internships.record_tabs import InternshipTab
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.internships import EndKind
from regional_desk.domain.rights import Right
from regional_desk.domain.text import korean_span, won
from regional_desk.services.claims import intern_months
from regional_desk.services.claims.intern_months import InternMonth
from regional_desk.services.claims.run_states import RunKind
from regional_desk.services.internships.reading import InternshipRow

_HEIGHT = 112  # the three months and the head
_PANE = 380


class ClaimsTab(InternshipTab):
    """A line a service month; below it what the chosen one rests on."""

    right = Right.DRAFT_CLAIM

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.table: Table[InternMonth] = Table(
            _columns(),
            context.colour,
            empty="시작한 인턴십이 아니라 지원월이 없습니다.",
            name="지원월",
            scale=context.theme.size,
            filtered=False,
        )
        self.table.setFixedHeight(context.theme.size(_HEIGHT))
        self.why = parts.muted()
        self.run_button = parts.button("그 달의 지원금 →", self.open_run)
        self.pane = MonthPane(context)
        self.pane.setMinimumHeight(context.theme.size(_PANE))
        self.lines.addWidget(self.table)
        line = parts.row(self.why, self.run_button)
        line.setStretch(0, 1)
        self.lines.addLayout(line)
        self.lines.addWidget(self.pane, 1)
        self.table.chosen.connect(self._show_month)
        self.setFocusProxy(self.table.view)

    def read(self, internship: InternshipRow) -> None:
        """The months, as they stand now; the first that is not confirmed is looked at."""
        begun = internship.started_on is not None and internship.end_kind is not EndKind.WITHDRAWN
        rows = intern_months.read_months(self.context.reading, internship.id) if begun else ()
        before = self.table.current()
        no = before.no if before is not None and before.internship == internship.id else None
        self.table.blockSignals(True)
        self.table.set_rows(rows)
        waiting = next((row.no for row in rows if row.confirmed is None), rows[0].no if rows else None)
        self.table.choose(lambda row: row.no == (no or waiting))
        self.table.blockSignals(False)
        self._show_month(self.table.current())

    def open_run(self) -> None:
        """The claims of the month in which the chosen service month ends."""
        month = self.table.current()
        if month is not None:
            self.context.open_page(
                "claims", month=month.month, internship=month.internship, month_no=month.no
            )

    def _show_month(self, month: InternMonth | None) -> None:
        self.run_button.setEnabled(month is not None)
        if month is None:
            self.why.setText("")
            self.pane.show_nothing()
            return
        self.why.setText(" ".join(month.trace[:-1]))
        self.pane.show_owner(month)


def _standing(row: InternMonth) -> str:
    """Held, how far its run is, or what it waits for."""
    if row.held is not None:
        return "! 보류"
    if row.run is not None:
        done = "✓ " if row.confirmed is not None else ""
        kind = "" if row.kind in (None, RunKind.MAIN) else f"{row.kind.label} · "
        return f"{done}{kind}{row.run.label}"
    if not row.is_over:
        return "· 끝나지 않음"
    return f"! 막는 것 {len(row.open_items)}" if row.open_items else "작성할 수 있음"


def _days(row: InternMonth) -> str:
    return f"{row.start.month}/{row.start.day} ~ {row.end.month}/{row.end.day}"


def _tone(row: InternMonth) -> str | None:
    if row.held is not None:
        return "warn"
    if row.confirmed is not None:
        return "ok"
    return "warn" if row.is_over else "muted"


def _columns() -> tuple[Column[InternMonth], ...]:
    return (
        Column("지원월", lambda row: f"{row.no}차", width=48),
        Column("기간", _days, width=98, tip=lambda row: korean_span(row.start, row.end)),
        Column("근무일", lambda row: f"{row.served_days}/{row.days}", align="right", width=56),
        Column("지금 계산(원)", lambda row: won(row.amount), align="right", width=86),
        Column(
            "확정(원)",
            lambda row: "" if row.confirmed is None else won(row.confirmed),
            align="right",
            width=80,
        ),
        Column("서류", lambda row: f"{row.ready}/{row.asked}" if row.asked else "–", width=44),
        Column(
            "상태",
            _standing,
            width=110,
            tone=_tone,
            tip=lambda row: "\n".join(item.message for item in row.open_items),
        ),
    )
