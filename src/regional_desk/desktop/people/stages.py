"""The way through recruitment as one line of tiles: how many stand at each stage, how many came so far."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from regional_desk.desktop.shell import Context
from regional_desk.domain.recruitment import WAY, Stage, funnel

ALL = ""
_ENDED = tuple(stage for stage in Stage if stage not in WAY)
_CHIP_ROWS = 2
_LARGE = 150  # percent


class StageTiles(QWidget):
    """One tile a stage of the way, smaller ones for those that end it; the pressed one is what the table shows."""

    chosen = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._arrows: list[QLabel] = []
        self._group = QButtonGroup(self)
        self.tiles: dict[str, QPushButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addWidget(self._tile(ALL, "tile"), 1)
        layout.addSpacing(4)
        for place, stage in enumerate(WAY):
            if place:
                arrow = QLabel("›")
                arrow.setObjectName("muted")
                self._arrows.append(arrow)
                layout.addWidget(arrow)
            layout.addWidget(self._tile(stage, "tile"), 1)
        ended = QGridLayout()
        ended.setSpacing(4)
        for place, stage in enumerate(_ENDED):
            ended.addWidget(self._tile(stage, "chip"), place % _CHIP_ROWS, place // _CHIP_ROWS)
        layout.addSpacing(4)
        layout.addLayout(ended)
        self.tiles[ALL].setChecked(True)

    def choose(self, stage: str) -> None:
        """Press a stage's tile."""
        self.tiles[stage].setChecked(True)
        self.chosen.emit(stage)

    def count(self, standing: Mapping[Stage, int], people: int, placed: int) -> None:
        """Show how these people stand and how many are placed (연계); whoever did not apply this year stands nowhere."""
        for arrow in self._arrows:  # large letters need their room
            arrow.setVisible(self._context.theme.percent < _LARGE)
        came = funnel(standing)
        self._tell(ALL, "전체", people, None)
        for stage in Stage:
            number = placed if stage is Stage.PLACED else standing.get(stage, 0)
            self._tell(stage, stage.label, number, came.get(stage))

    def _tile(self, key: str, name: str) -> QPushButton:
        tile = QPushButton()
        tile.setObjectName(name)
        tile.setCheckable(True)
        tile.clicked.connect(lambda _on=False: self.chosen.emit(key))
        self._group.addButton(tile)
        self.tiles[key] = tile
        return tile

    def _tell(self, key: str, label: str, number: int, came: int | None) -> None:
        tile = self.tiles[key]
        so_far = "" if came is None else f"누적 {came:,}"
        tile.setText("\n".join(filter(None, (f"{label} {number:,}", so_far))))
        tile.setAccessibleName(f"{label} {number}명 {so_far}".strip())
        tile.setToolTip(
            f"{label}: 지금 {number}명" + ("" if came is None else f", 여기까지 온 사람 {came}명")
        )
