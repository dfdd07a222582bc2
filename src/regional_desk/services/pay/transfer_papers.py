"""The values of the 이체명세."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from regional_desk.domain.masking import Masking
from regional_desk.domain.pay_files import LineState
from regional_desk.domain.settlement import BudgetItem
from regional_desk.errors import Refusal
from regional_desk.services.claims import company_accounts
from regional_desk.services.desk import Desk
from regional_desk.services.papers.making import PREVIEW, Maker, Making
from regional_desk.services.pay import pay_lists
from regional_desk.services.pay.pay_lists import PayFile, SentLine
from regional_desk.services.recruitment import contact
from regional_desk.store import account_holds, claim_money
from regional_desk.store import pay_files as store
from regional_desk.store.account_holds import AccountRow
from regional_desk.store.company_accounts import list_accounts

if TYPE_CHECKING:
    from regional_desk.documents.paper import Paper

_DIGEST_SHOWN = 16
_CHANGED = "그 뒤 계좌가 바뀜"


def _transfer_list(making: Making) -> Paper:
    """The 이체명세 of a pay file (the newest without a number); accounts are whole on a printed copy only."""
    from regional_desk.documents import transfer_list as paper  # noqa: PLC0415 - only where it is made

    desk = making.desk
    made = _chosen(making)
    lines = pay_lists.list_sent(desk, made.row.id)
    claims = made.item is BudgetItem.INTERNSHIP
    making.people += [] if claims else [line.payee for line in lines]
    whole = desk.masking is Masking.FULL and making.check_number != PREVIEW
    told = (_company_accounts if claims else _accounts)(desk, made, whole=whole)
    rows = tuple(
        paper.TransferRow(
            number=line.number,
            name=line.name,
            place=line.place,
            part=line.part,
            bank=line.bank,
            account=told[line.number][0],
            holder=told[line.number][1],
            amount=line.amount,
            result="" if line.state is LineState.SENT else line.state.label,
            remark=_remark(line, told[line.number][2]),
        )
        for line in lines
    )
    values = paper.TransferList(
        office=desk.office.name,
        year=made.row.programme_year,
        number=made.row.number,
        template=made.template,
        made_on=made.row.made_at.date(),
        made_by=made.made_by,
        file_name=made.place.name,
        digest="" if made.by_hand else made.row.sha256.hex()[:_DIGEST_SHOWN],
        rows=rows,
        approval=desk.office.approval,
        whole=whole,
        companies=claims,
    )
    return paper.to_paper(values, making.stamp())


def _chosen(making: Making) -> PayFile:
    if making.wanted.number is not None:
        return pay_lists.file_of_number(making.desk, making.wanted.number)
    files = pay_lists.list_files(making.desk)
    if not files:
        raise Refusal("이체 파일이 아직 없어 이체명세를 만들지 않았습니다. 이체 파일을 먼저 만드십시오.")
    return files[0]


def _accounts(desk: Desk, made: PayFile, *, whole: bool) -> dict[int, tuple[str, str, bool]]:
    """Account and holder of each line by its number, and whether the person's account is another one by now."""
    with desk.store.read() as connection:
        lines = store.list_lines(connection, file_id=made.row.id)
        people = {line.payee for line in lines}
        known = {row.id: row for row in account_holds.list_accounts(connection, people)}
        keys = desk.store.person_keys(connection, people) if whole else {}
    found = {}
    for line in lines:
        row = known.get(line.payee)
        same = row is not None and row.mac == line.mac
        number = _number(row, keys) if row is not None and same and whole else None
        holder = desk.masking.show_name(row.holder or row.name) if row is not None and same else ""
        found[line.number] = (
            number or Masking.MASKED.show_account(line.tail),
            holder,
            not same and not made.by_hand,
        )
    return found


def _company_accounts(desk: Desk, made: PayFile, *, whole: bool) -> dict[int, tuple[str, str, bool]]:
    """The same for payments to companies."""
    with desk.store.read() as connection:
        lines = claim_money.list_lines(connection, file_id=made.row.id)
        known = {row.company_id: row for row in list_accounts(connection, {line.payee for line in lines})}
    found = {}
    for line in lines:
        row = known.get(line.payee)
        same = row is not None and row.mac == line.mac
        number = company_accounts.open_number(desk, row) if row is not None and same and whole else None
        found[line.number] = (
            number or Masking.MASKED.show_account(line.tail),
            row.holder if row is not None and same and whole else "",
            not same and not made.by_hand,
        )
    return found


def _number(row: AccountRow, keys: dict[UUID, bytes]) -> str | None:
    return contact.open_account(keys[row.id], row.id, row.sealed) if row.id in keys else None


def _remark(line: SentLine, changed: bool) -> str:
    again = f"제{line.again}호로 다시 보냄" if line.again else ""
    return " · ".join(filter(None, (line.failure, again, _CHANGED if changed else "")))


MAKERS: dict[str, Maker] = {"transfer-list": _transfer_list}
