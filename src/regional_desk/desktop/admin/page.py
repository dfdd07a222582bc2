"""관리: what the office rests on, each subject in its tab."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QTabWidget, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.admin.backups import BackupsPane
from regional_desk.desktop.admin.certificate import CertificatePane
from regional_desk.desktop.admin.holidays import HolidaysPane
from regional_desk.desktop.admin.keys import KeysPane
from regional_desk.desktop.admin.pane import Pane
from regional_desk.desktop.admin.policies import PoliciesPane
from regional_desk.desktop.admin.privacy import PrivacyPane
from regional_desk.desktop.admin.records import RecordsPane
from regional_desk.desktop.admin.safety import ChecksPane
from regional_desk.desktop.admin.seals import SealsPane
from regional_desk.desktop.admin.users import UsersPane
from regional_desk.desktop.shell import Context

_TITLES = {
    "policies": "정책",
    "holidays": "휴일",
    "backups": "백업",
    "checks": "점검",
    "records": "기록",
    "users": "사용자",
    "keys": "열쇠·잠금",
    "privacy": "개인정보",
    "seals": "날인·결재",
    "certificate": "인증서",
}


class AdminPage(QWidget):
    """Policies, holidays, backups, checks, logs, users and the certificate."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.panes: Mapping[str, Pane] = {
            "policies": PoliciesPane(context),
            "holidays": HolidaysPane(context),
            "backups": BackupsPane(context),
            "checks": ChecksPane(context),
            "records": RecordsPane(context),
            "users": UsersPane(context),
            "keys": KeysPane(context),
            "privacy": PrivacyPane(context),
            "seals": SealsPane(context),
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
        """Every write is a line of the change history; an own holiday changes courses."""
        shown = self.tabs.currentWidget()
        if shown is self.panes["records"]:
            return bool(subjects)
        watched = {
            "policies",
            "settings",
            "backups",
            *(("courses",) if shown is self.panes["holidays"] else ()),
        }
        return bool(subjects & watched)

    def go_to(self, tab: str, policy: str = "") -> None:
        """Show a tab, and there the policy meant."""
        pane = self.panes[tab]
        self.tabs.setCurrentWidget(pane)
        if policy and isinstance(pane, PoliciesPane):
            pane.show_policy(policy)
