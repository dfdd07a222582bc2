"""자격 판정 of many: how those at 접수 would be decided, and the one button that moves the clear ones."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from regional_desk.desktop import parts
from regional_desk.desktop.shell import Context
from regional_desk.errors import UserError
from regional_desk.services.recruitment import eligibility
from regional_desk.services.recruitment.eligibility import Clear


class ClearBar(QFrame):
    """Hidden until asked for; `refused` is told what was refused."""

    def __init__(self, context: Context, refused: Callable[[UserError], None]) -> None:
        super().__init__()
        self.setObjectName("card")
        self._context, self._refused = context, refused
        self._round: UUID | None = None
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.act_button = parts.button("자격확인으로 옮기기", self.decide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.addWidget(self.told, 1)
        layout.addWidget(self.act_button)
        layout.addWidget(parts.button("닫기", self.hide))
        self.hide()

    def look(self, round_id: UUID | None) -> None:
        """Decide everybody at 접수 (of one round or all) without writing, beside the window."""
        self._round = round_id
        desk = self._context.desk
        self._context.jobs.start(
            lambda: eligibility.survey_clear(desk, round_id),
            "자격 판정 미리보기",
            succeeded=self.show_clear,
            refused=self._refused,
        )

    def show_clear(self, clear: Clear) -> None:
        """What the button would do, and what is left to people."""
        self.told.setText(
            f"접수 단계: ○ 적격 {len(clear.eligible):,}명, × 부적격 {len(clear.ineligible):,}명, "
            f"· 미정 {len(clear.undecided):,}명. 부적격은 한 사람씩 까닭을 보고 판정합니다."
        )
        self.act_button.setText(f"적격 {len(clear.eligible):,}명을 자격확인으로")
        self.act_button.setEnabled(bool(clear.eligible))
        self.show()

    def decide(self) -> None:
        """Move everybody who is clear."""
        desk, round_id = self._context.desk, self._round
        self.act_button.setEnabled(False)
        self._context.jobs.start(
            lambda: eligibility.decide_clear(desk, round_id),
            "자격 판정",
            succeeded=lambda _count: self.hide(),
            refused=self._refused,
        )
