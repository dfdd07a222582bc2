"""관리: what the office rests on, each subject in its tab."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QTabWidget, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.admin.accounts import CertificatePane, UsersPane
from regional_desk.desktop.admin.pane import Pane
from regional_desk.desktop.admin.policies import PoliciesPane
from regional_desk.desktop.admin.records import RecordsPane
from regional_desk.desktop.admin.safety import BackupsPane, ChecksPane
from regional_desk.desktop.shell import Context

_TITLES = {
    "policies": "정책",
    "backups": "백업",
    "checks": "점검",
    "records": "기록",
    "users": "사용자",
    "certificate": "인증서",
}


class AdminPage(QWidget):
    """Policies, backups, checks, logs, users and the certificate."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.panes: Mapping[str, Pane] = {
            "policies": PoliciesPane(context),
            "backups": BackupsPane(context),
            "checks": ChecksPane(context),
            "records": RecordsPane(context),
            "users": UsersPane(context),
            "certificate": CertificatePane(context),
        }
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("관리")
        for key, pane in self.panes.items():
            self.tabs.addTab(pane, _TITLES[key])
        layout = parts.page_layout(self, [parts.title("관리"), None])
        layout.addWidget(self.tabs, 1)
        self.tabs.currentChanged.connect(lambda _at: self.refresh())

    def refresh(self) -> None:
        """Read the tab in front again."""
        shown = self.tabs.currentWidget()
        if isinstance(shown, Pane):
            shown.refresh()

    def concerned(self, subjects: frozenset[str]) -> bool:
        """Every write is a line of the change history."""
        return bool(subjects) and (
            self.tabs.currentWidget() is self.panes["records"] or bool(subjects & {"policies", "settings"})
        )

    def go_to(self, tab: str) -> None:
        """Show a tab."""
        self.tabs.setCurrentWidget(self.panes[tab])
