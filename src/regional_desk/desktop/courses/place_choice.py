"""Choosing the 시군구 of a training place by typing part of its name; the tier it means stands beside it."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QLabel, QWidget

from regional_desk.errors import UsageError
from regional_desk.services import codes


class PlaceChoice(QWidget):
    """A list one searches by typing, with the tier in words."""

    changed = Signal()

    def __init__(self, chosen: str, on: dt.date) -> None:
        super().__init__()
        self.box, self.tier = QComboBox(), QLabel()
        self.box.setEditable(True)
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.box.setAccessibleName("훈련 장소(시군구)")
        places = {one.code: one.name for one in codes.districts(on)}
        for code in dict.fromkeys([chosen, *places]):
            self.box.addItem(codes.place_names().get(code, code), code)
        completer = QCompleter(self.box.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.box.setCompleter(completer)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.box, 1)
        layout.addWidget(self.tier)
        self.setFocusProxy(self.box)
        self.box.currentTextChanged.connect(lambda _text: self._show())
        self._show()

    def code(self) -> str:
        """The chosen code; raise UsageError where the text is no place of the list."""
        at = self.box.findText(self.box.currentText().strip())
        if at < 0:
            raise UsageError("훈련 장소를 목록에서 고르십시오. 시군구 이름의 일부를 적으면 찾아 줍니다.")
        return str(self.box.itemData(at))

    def _show(self) -> None:
        try:
            code = self.code()
        except UsageError:
            self.tier.setText("! 목록에 없는 곳")
            return
        whole = "" if len(code) > 2 else " (시도만 고름)"  # noqa: PLR2004 - a 시도 code has two digits
        self.tier.setText(f"{codes.region_of(code).value}{whole}")
        self.changed.emit()
