"""The way through recruitment as a line of tiles: how many stand at each stage, how many came so far."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from regional_desk.domain.recruitment import FUNNEL, Stage, funnel
from regional_desk.store.people import PersonRow

ALL = ""
_ORDER = (*FUNNEL, *(stage for stage in Stage if stage not in FUNNEL))


class StageTiles(QWidget):
    """One tile a stage; the pressed one is what the table shows."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self.tiles: dict[str, QPushButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for key in (ALL, *_ORDER):
            tile = QPushButton()
            tile.setObjectName("tile")
            tile.setCheckable(True)
            tile.clicked.connect(lambda _on=False, key=key: self.chosen.emit(key))
            self._group.addButton(tile)
            self.tiles[key] = tile
            layout.addWidget(tile, 1)
        self.tiles[ALL].setChecked(True)

    def choose(self, stage: str) -> None:
        """Press a stage's tile."""
        self.tiles[stage].setChecked(True)
        self.chosen.emit(stage)

    def count(self, people: Sequence[PersonRow]) -> None:
        """Show how these people stand."""
        standing = {stage: sum(row.stage == stage for row in people) for stage in Stage}
        came = funnel(standing)
        self._tell(ALL, "전체", len(people), None)
        for stage in _ORDER:
            self._tell(stage, stage.label, standing[stage], came.get(stage))

    def _tell(self, key: str, label: str, number: int, came: int | None) -> None:
        tile = self.tiles[key]
        so_far = "" if came is None else f"누적 {came}"
        tile.setText("\n".join(filter(None, (f"{label} {number}", so_far))))
        tile.setAccessibleName(f"{label} {number}명 {so_far}".strip())
        tile.setToolTip(
            f"{label}: 지금 {number}명" + ("" if came is None else f", 여기까지 온 사람 {came}명")
        )
