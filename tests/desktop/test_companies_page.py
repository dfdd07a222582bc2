from __future__ import annotations

import re
from collections.abc import Callable

from regional_desk.desktop.companies.page import CompaniesPage
from regional_desk.desktop.imports.page import ImportPage
from regional_desk.desktop.shell import Shell
from regional_desk.services.companies import companies
from regional_desk.services.desk import Desk


def _page(shell: Shell) -> CompaniesPage:
    shell.open_page("companies")
    page = shell.current_page()
    assert isinstance(page, CompaniesPage)
    return page


def _column(page: CompaniesPage, title: str) -> list[str]:
    columns = page.table.model.columns
    at = next(place for place, column in enumerate(columns) if column.title == title)
    return [columns[at].show(row) for row in page.table.model.rows]


def test_every_company_is_listed_with_its_number_in_the_usual_form(shell: Shell) -> None:
    page = _page(shell)
    known = companies.list_companies(shell.desk)
    assert _column(page, "기업명") == [row.name for row in known]
    assert all(re.fullmatch(r"\d{3}-\d{2}-\d{5}", number) for number in _column(page, "사업자등록번호"))
    assert page.summary.text().startswith(f"{len(known)}곳")


def test_guests_see_neither_names_nor_phones_of_people(shell: Shell) -> None:
    page = _page(shell)
    full = _column(page, "담당자"), _column(page, "연락처")
    shell._on_guests()
    assert all("*" in name for name, before in zip(_column(page, "담당자"), full[0], strict=True) if before)
    assert all("*" in phone for phone, before in zip(_column(page, "연락처"), full[1], strict=True) if before)


def test_an_office_without_companies_says_where_they_come_from(
    make_shell: Callable[[Desk], Shell], empty_office: Desk
) -> None:
    page = _page(make_shell(empty_office))
    assert not page.table.view.isVisible()
    assert page.summary.text() == ""


def test_bringing_in_leads_to_the_import_page(shell: Shell) -> None:
    page = _page(shell)
    page._context.open_page("import", kind="companies")
    opened = shell.current_page()
    assert isinstance(opened, ImportPage)
    assert opened.kind.currentData() == "companies"
