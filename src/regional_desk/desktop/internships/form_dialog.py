"""What the page's dialogs share: fields, a refusal that leaves what was typed, and two buttons."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from regional_desk.desktop import parts
from regional_desk.domain.refused import Refused
from regional_desk.errors import UsageError, UserError

_WIDTH = 480


class FormDialog(QDialog):
    """A sentence over a form; closes only once `save` has written."""

    def __init__(self, parent: QWidget | None, title: str, sentence: str, act: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(_WIDTH)
        self.notice = parts.Notice()
        told = QLabel(sentence)
        told.setWordWrap(True)
        told.setVisible(bool(sentence))
        self.form = QFormLayout()
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText(act)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("그만두기")
        self.lines = QVBoxLayout(self)
        self.lines.addWidget(told)
        self.lines.addLayout(self.form)
        self.lines.addWidget(self.notice)
        self.lines.addWidget(self.buttons)
        self.buttons.accepted.connect(self.save)
        self.buttons.rejected.connect(self.reject)

    def showEvent(self, event: QShowEvent) -> None:
        """Tab walks the fields first: the buttons were made before them, so they are put in anew."""
        at = self.lines.indexOf(self.buttons)
        self.buttons.setParent(None)
        self.lines.insertWidget(at, self.buttons)
        super().showEvent(event)

    def put(self, label: str, field: QWidget) -> None:
        """A field with its label, read aloud by the same words."""
        field.setAccessibleName(label)
        self.form.addRow(label, field)

    def offer(self, field: QWidget, on: bool) -> None:
        """Show a field's line only while it is asked for."""
        field.setEnabled(on)
        self.form.setRowVisible(field, on)

    def write(self) -> None:
        """Write what stands in the fields; each dialog says how."""
        raise NotImplementedError  # a QWidget has Qt's metaclass and cannot be an ABC

    def save(self) -> None:
        """Write; a refusal is shown and the form stays."""
        if self.tried():
            self.accept()

    def tried(self) -> bool:
        """Write, the form staying open; whether it was written."""
        self.notice.hide()
        try:
            self.write()
        except Refused as refused:
            self.notice.show_error(UsageError(f"{refused} 저장하지 않았습니다."))
        except UserError as error:
            self.notice.show_error(error)
        else:
            return True
        return False

    def run(self) -> bool:
        """Show the dialog; whether it was carried through."""
        sure = self.exec() == QDialog.DialogCode.Accepted
        self.deleteLater()
        return sure
