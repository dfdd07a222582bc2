"""The way through recruitment as one line of tiles: how many stand at each stage, how many came so far."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from regional_desk.desktop.shell import Context
from regional_desk.domain.recruitment import AFTER, WAY, Stage, funnel

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
        self._large: bool | None = None
        self._group = QButtonGroup(self)
        self.tiles: dict[str, QPushButton] = {}
        self._ended, self._chips = QWidget(), QGridLayout()
        self._chips.setSpacing(4)
        self._rows = QGridLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(4)
        self._rows.setColumnStretch(0, 1)
        layout = QHBoxLayout()
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
        self._rows.addLayout(layout, 0, 0)
        self._chips.setContentsMargins(4, 0, 0, 0)
        self._ended.setLayout(self._chips)
        for stage in _ENDED:
            self._tile(stage, "chip")
        self._arrange()
        self.tiles[ALL].setChecked(True)

    def choose(self, stage: str) -> None:
        """Press a stage's tile."""
        self.tiles[stage].setChecked(True)
        self.chosen.emit(stage)

    def count(self, standing: Mapping[Stage, int], people: int, after: Mapping[Stage, int]) -> None:
        """Show how these people stand and how many came to each stage `after` 수료; whoever did not apply stands nowhere."""
        self._arrange()
        came = funnel(standing)
        self._tell(ALL, "전체", people, None)
        for stage in Stage:
            number = (after if stage in AFTER else standing).get(stage, 0)
            self._tell(stage, stage.label, number, came.get(stage))

    def _arrange(self) -> None:
        """Large letters need the room of the arrows, and the stages that end the way a line of their own."""
        large = self._context.theme.percent >= _LARGE
        if large is self._large:
            return
        self._large = large
        for arrow in self._arrows:
            arrow.setVisible(not large)
        for place, stage in enumerate(_ENDED):
            at = (0, place) if large else (place % _CHIP_ROWS, place // _CHIP_ROWS)
            self._chips.addWidget(self.tiles[stage], *at)
        self._rows.addWidget(self._ended, 1 if large else 0, 0 if large else 1, Qt.AlignmentFlag.AlignLeft)

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
