"""The table of a run of claims: each intern's service month, its papers, and how it stands."""

from __future__ import annotations

from regional_desk.desktop.claims import run_words
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.text import korean_span, won
from regional_desk.services.claims.claim_difference import NOTHING, ClaimDifference
from regional_desk.services.claims.claim_run import ClaimRun, Line

_CHANGE = 7  # the column of differences, shown only where there is something to compare with


class ClaimTable(Table[Line]):
    """The service months of a run by company and name."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._run: ClaimRun | None = None
        self._difference: ClaimDifference = NOTHING
        super().__init__(
            self._columns(),
            context.colour,
            empty="아직 작성하지 않았습니다. [작성]을 누르면 지금의 협약과 급여명세로 계산합니다.",
            name="인턴지원금",
            scale=context.theme.size,
        )

    def show_run(self, run: ClaimRun | None, difference: ClaimDifference) -> None:
        """Show a run beside the one before."""
        self._run, self._difference = run, difference
        self.view.setColumnHidden(_CHANGE, not difference.compared)
        self.set_rows(run.lines if run else ())

    def _columns(self) -> tuple[Column[Line], ...]:
        return (
            Column("번호", lambda line: str(line.number), lambda line: line.number, "center", 38),
            Column("기업", lambda line: line.company_name, width=110, tip=lambda line: line.company_name),
            Column("인턴", lambda line: self._context.masking.show_name(line.name), align="center", width=60),
            Column(
                "지원월",
                lambda line: f"{line.month_no}차",
                lambda line: line.month_no,
                "center",
                48,
                tip=lambda line: korean_span(line.start, line.end),
            ),
            Column(
                "근무일",
                lambda line: f"{line.served_days}/{line.days}",
                lambda line: line.served_days,
                "right",
                54,
                tip=lambda line: f"지급 비율 {line.share}",
            ),
            Column(
                "임금(원)",
                lambda line: "–" if line.wage is None else won(line.wage),
                lambda line: line.wage or 0,
                "right",
                78,
            ),
            Column("지급액(원)", lambda line: won(line.amount), lambda line: line.amount, "right", 78),
            Column(
                "대비",
                self._change,
                lambda line: self._difference.of(line.key, line.amount) or 0,
                "right",
                82,
                tip=lambda _line: f"{self._difference.compared}과(와) 비교",
            ),
            Column("서류", self._papers, align="center", width=40),
            Column("상태", self._status, width=190, tone=run_words.tone, tip=self._status),
        )

    def _change(self, line: Line) -> str:
        if not self._difference.compared:
            return ""
        more = self._difference.of(line.key, line.amount)
        if more is None:
            return "신규"
        return f"{more:+,}" if more else ""

    def _papers(self, line: Line) -> str:
        return run_words.papers(self._run, line) if self._run else ""

    def _status(self, line: Line) -> str:
        return run_words.status(self._run, line) if self._run else ""
