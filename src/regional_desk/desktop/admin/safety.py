"""점검: whether the office's data is whole."""

from __future__ import annotations

from regional_desk.desktop import parts
from regional_desk.desktop.admin.pane import Pane
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.services.safety import health, logs
from regional_desk.services.safety.health import Finding, Health

_CHAINS = {"change_log": "변경 이력", "access_log": "접속기록"}


class ChecksPane(Pane):
    """Looking the whole store over."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.table: Table[Finding] = Table(
            _finding_columns(),
            context.colour,
            empty="보일 문제가 없습니다. [점검]을 누르면 자료 전체를 살핍니다.",
            name="점검 결과",
            scale=context.theme.size,
            filtered=False,
        )
        self.lay_out(
            "자료 파일, 기록의 사슬, 첨부, 합계, 열쇠 파일, 백업을 살핍니다. 아무것도 고치지 않습니다.",
            (self.table,),
            (
                parts.button("기록 사슬 확인", self.verify_logs),
                parts.button("점검", self.check, primary=True),
            ),
        )

    def read(self) -> None:
        """A check runs when it is asked for, not when the tab opens."""

    def check(self) -> None:
        """Check everything beside the window."""
        self.start(lambda: health.check(self.desk), "점검", self._on_checked)

    def verify_logs(self) -> None:
        """Follow both chains from the first line."""
        self.start(lambda: logs.verify_logs(self.desk), "기록 사슬 확인", self._on_logs)

    def _on_checked(self, done: Health) -> None:
        self.table.set_rows(done.findings)
        now = f"{self.desk.clock.now():%H:%M}"
        hints = f" · 알림 {len(done.findings)}건" if done.findings else ""
        if done.ok:
            self.say(f"● {now} 점검: 이상이 없습니다{hints}")
        else:
            self.say(f"! {now} 점검: 문제를 찾았습니다", "bad")

    def _on_logs(self, breaks: dict[str, int | None]) -> None:
        words = [
            f"{_CHAINS.get(chain, chain)} " + ("온전함" if seq is None else f"{seq}번째 줄부터 끊김")
            for chain, seq in breaks.items()
        ]
        whole = all(seq is None for seq in breaks.values())
        self.say(("● " if whole else "! ") + " · ".join(words), "ok" if whole else "bad")


def _finding_columns() -> tuple[Column[Finding], ...]:
    return (
        Column(
            "정도",
            lambda one: "! 문제" if one.severity == health.PROBLEM else "· 알림",
            align="center",
            width=80,
            tone=lambda one: "bad" if one.severity == health.PROBLEM else "muted",
        ),
        Column("어디", lambda one: one.where, width=150),
        Column("무엇", lambda one: one.message, width=600, tip=lambda one: one.message),
    )
