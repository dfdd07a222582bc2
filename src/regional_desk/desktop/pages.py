"""The pages of the navigation, in the order of the work. A subject not built yet has no page here."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from regional_desk.desktop.shell import Context, PageSpec


def _attendance(context: Context) -> QWidget:
    from regional_desk.desktop.attendance.page import AttendancePage

    return AttendancePage(context)


def _allowance(context: Context) -> QWidget:
    from regional_desk.desktop.allowance.page import AllowancePage

    return AllowancePage(context)


PAGES: tuple[PageSpec, ...] = (
    PageSpec("attendance", "출석", _attendance),
    PageSpec("allowance", "훈련수당", _allowance),
)
