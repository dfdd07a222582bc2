"""Which company a row of a file means: by business number, else by a name that only one has."""

from __future__ import annotations

from collections.abc import Sequence

from regional_desk.domain.companies import plain_company_name, show_business_number
from regional_desk.domain.refused import Refused
from regional_desk.store.companies import CompanyRow


class CompanyNames:
    """The office's companies by what they are called; `(주)` and spaces make no other company."""

    def __init__(self, rows: Sequence[CompanyRow]) -> None:
        self._by_number = {row.business_number: row for row in rows}
        self._by_name: dict[str, list[CompanyRow]] = {}
        for row in rows:
            self._by_name.setdefault(plain_company_name(row.name), []).append(row)

    def find(self, name: str, business_number: str | None = None) -> CompanyRow:
        """The company meant; a number (ten digits) goes before the name. Raises Refused where none or several fit."""
        if business_number is not None:
            found = self._by_number.get(business_number)
            if found is None:
                shown = show_business_number(business_number)
                raise Refused(f"사업자등록번호 {shown}인 기업이 없습니다. 기업 명단을 먼저 가져오십시오.")
            return found
        rows = self._by_name.get(plain_company_name(name), [])
        if not rows:
            raise Refused(f"'{name}' 기업이 없습니다. 이름을 확인하거나 기업 명단을 먼저 가져오십시오.")
        if len(rows) > 1:
            raise Refused(f"'{name}' 기업이 {len(rows)}곳입니다. 사업자등록번호를 적어 주십시오.")
        return rows[0]
