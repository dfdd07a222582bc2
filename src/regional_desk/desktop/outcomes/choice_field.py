"""Fields the outcome dialogs share: what was found out from, and one answer of a few."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QComboBox


def source_field(offered: Iterable[str], kept: str = "") -> QComboBox:
    """A line that offers the usual sources and takes any other."""
    field = QComboBox()
    field.setEditable(True)
    field.addItems(list(offered))
    field.setCurrentText(kept or field.itemText(0))
    return field


def answer_field(answers: Iterable[tuple[str, object]], kept: object) -> QComboBox:
    """One of these answers, each a word and what it means."""
    field = QComboBox()
    for word, meaning in answers:
        field.addItem(word, meaning)
    field.setCurrentIndex(max(0, field.findData(kept)))
    return field
