"""기업: the companies that take part and how many people they ask for."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.companies import CompanyKind, show_business_number
from regional_desk.errors import UserError
from regional_desk.services.companies import companies
from regional_desk.store.companies import CompanyRow


class CompaniesPage(QWidget):
    """Every company by name."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.notice = parts.Notice()
        self.summary = parts.muted()
        self.summary.setWordWrap(False)
        self.table = Table(
            _columns(context),
            context.colour,
            empty="아직 기업이 없습니다. [가져오기]로 기업 명단을 들여오십시오.",
            name="기업",
            scale=context.theme.size,
        )
        bring = parts.button(
            "가져오기",
            lambda: context.open_page("import", kind="companies"),
            primary=True,
            tip="기업 명단 파일",
        )
        layout = parts.page_layout(self, [parts.title("기업"), self.summary, None, bring])
        layout.addWidget(self.notice)
        layout.addWidget(self.table, 1)
        self.setFocusProxy(self.table.view)

    def refresh(self) -> None:
        """Read the companies again."""
        self.notice.hide()
        try:
            rows = companies.list_companies(self._context.desk)
        except UserError as error:
            self.notice.show_error(error)
            rows = ()
        self.table.set_rows(rows)
        kinds = [(kind, sum(row.kind == kind for row in rows)) for kind in CompanyKind]
        words = [f"{kind.value} {number}곳" for kind, number in kinds if number]
        asked = sum(row.positions or 0 for row in rows)
        self.summary.setText(" · ".join([f"{len(rows)}곳", *words, f"모집인원 {asked}명"]) if rows else "")

    def concerned(self, subjects: frozenset[str]) -> bool:
        """Only companies."""
        return "companies" in subjects

    def go_to(self, find: str = "") -> None:
        """Show the companies a text fits."""
        self.table.filter.setText(find)


def _columns(context: Context) -> tuple[Column[CompanyRow], ...]:
    def name(text: str | None) -> str:
        return context.masking.show_name(text) if text else ""

    return (
        Column("기업명", lambda row: row.name, width=170, tip=lambda row: row.industry or ""),
        Column("사업자등록번호", lambda row: show_business_number(row.business_number), width=120),
        Column("유형", lambda row: row.kind or "", align="center", width=60),
        Column("대표자", lambda row: name(row.representative), width=80),
        Column("소재지", lambda row: row.address or "", width=230, tip=lambda row: row.address or ""),
        Column("담당자", lambda row: name(row.contact), width=80),
        Column("연락처", lambda row: context.masking.show_phone(row.phone), width=125),
        Column(
            "모집인원",
            lambda row: "" if row.positions is None else f"{row.positions}명",
            lambda row: row.positions,
            "right",
            75,
        ),
        Column("직무", lambda row: row.job or "", width=150, tip=lambda row: row.job or ""),
    )
