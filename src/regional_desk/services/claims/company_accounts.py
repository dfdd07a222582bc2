"""Where a company's support goes: its account, encrypted, held after each change until a second person called back."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.accounts import Finding, hold_text, needs_paper
from regional_desk.domain.company_accounts import FEWEST_DIGITS, MOST_DIGITS, company_findings
from regional_desk.domain.people import find_bank
from regional_desk.domain.refused import Refused
from regional_desk.domain.rights import Right, Role, rights_of
from regional_desk.domain.text import clean, digits_only
from regional_desk.errors import Refusal, StoreDamaged, UsageError
from regional_desk.exchange.received_files import ReceivedFile
from regional_desk.services import codes
from regional_desk.services.companies import company_documents
from regional_desk.services.desk import Desk, Work
from regional_desk.store import company_accounts as store
from regional_desk.store import sealing
from regional_desk.store.accounts import list_users
from regional_desk.store.claims import company_account
from regional_desk.store.company_accounts import CompanyAccountRow
from regional_desk.store.company_records import find_company

SUBJECT = "companies"
NO_ACCOUNT = "적힌 계좌가 없음"
_PAPER = "bankbook"
_CONTEXT = b"company_account"
_CHANGED = "그 사이에 다른 사람이 이 기업의 계좌를 바꾸었습니다. 화면을 새로 보고 다시 하십시오."


@dataclass(frozen=True, slots=True)
class CompanyAccount:
    """One company's account as people read it, by its last digits.

    `hold` says why nothing is sent to it now, empty where it may be; `others` asks for a reason and a paper to free it.
    `bank` is its code.
    """

    company: UUID
    version: int
    company_name: str
    bank: str
    bank_name: str
    tail: str
    holder: str
    hold: str
    others: bool
    changed_by: str
    changed_at: dt.datetime
    released_by: str
    released_at: dt.datetime | None
    memo: str


def read(desk: Desk, company_id: UUID) -> CompanyAccount | None:
    """A company's account, None where none was recorded; noted."""
    desk.require(Right.SEE_PEOPLE)
    found = _list(desk, [company_id])
    desk.note_view(SUBJECT, (), {"by": "account", "company": str(company_id)})
    return found[0] if found else None


def list_accounts(desk: Desk) -> tuple[CompanyAccount, ...]:
    """Every recorded account by company; noted."""
    desk.require(Right.SEE_PEOPLE)
    desk.note_view(SUBJECT, (), {"by": "accounts"})
    return _list(desk, None)


def holds(connection: sa.Connection, companies: Collection[UUID] | None = None) -> dict[UUID, str]:
    """Why nothing may be sent to the accounts of these companies (or of any) now.

    Companies without an account are among them where `companies` names them.
    """
    rows = store.list_accounts(connection, companies)
    found = {row.company_id: text for row in rows if (text := _hold(connection, row))}
    if companies is not None:
        found |= dict.fromkeys(set(companies) - {row.company_id for row in rows}, NO_ACCOUNT)
    return found


def open_number(desk: Desk, row: CompanyAccountRow) -> str:
    """The whole number; raise StoreDamaged where no key of the store opens it."""
    for key in desk.store.inner_keys.attachments:
        with contextlib.suppress(sealing.SealBroken):
            return sealing.unseal(key, row.sealed, _CONTEXT + row.company_id.bytes).decode()
    raise StoreDamaged(f"{row.name}의 계좌번호를 열 수 없습니다. 기업의 계좌를 다시 적어 주십시오.")


def set_account(
    desk: Desk,
    company_id: UUID,
    bank: str,
    number: str,
    holder: str,
    *,
    version: int | None = None,
    operation_id: UUID | None = None,
) -> CompanyAccount:
    """Record or change a company's account; from then on it is held until somebody else called back.

    `bank` is a name or a code, `number` keeps its digits only, `version` as it was read (None: there was none). Raises
    Refusal for an unknown bank, a number of a wrong length, an empty holder, or where nothing changes.
    """
    code, digits, owner = _checked(bank, number, holder)

    def body(work: Work) -> dict[str, Any]:
        if find_company(work.connection, company_id) is None:
            raise UsageError("없는 기업입니다. 기업 목록에서 다시 골라 주십시오.")
        inner = desk.store.inner_keys
        mac = sealing.fingerprint(inner.lookup, digits)
        before = store.list_accounts(work.connection, [company_id])
        if before and (before[0].bank, before[0].mac, before[0].holder) == (code, mac, owner):
            raise Refusal("적힌 계좌와 같아 바뀐 것이 없습니다.")
        values = {
            "company_id": company_id,
            "bank": code,
            "sealed": sealing.seal(inner.attachments[0], digits.encode(), _CONTEXT + company_id.bytes),
            "mac": mac,
            "tail": digits[-4:],
            "holder": owner,
            "changed_by": desk.actor.user_id,
            "changed_at": work.at,
            "released_by": None,
            "released_at": None,
            "release_memo": None,
        }
        if not store.put_account(work.connection, values, version):
            raise Refusal(_CHANGED)
        work.log("company_account.set", SUBJECT, company_id, {"bank": code, "before": bool(before)})
        return {"company": str(company_id)}

    desk.perform(Right.EDIT_COMPANIES, "company_account.set", body, operation_id)
    return _only(desk, company_id)


def release(
    desk: Desk,
    company_id: UUID,
    version: int,
    memo: str,
    *,
    reason: str = "",
    paper: ReceivedFile | None = None,
    operation_id: UUID | None = None,
) -> CompanyAccount:
    """Free a held account with the memo of the call to the company (rulebook section 3, account safety).

    Another holder's account also asks for the written reason and a paper, kept among the company's papers. Whoever
    changed it does not free it once somebody else may (section 7); alone, that stands in the memo as 단독 처리. Raises
    Refusal where it is not held, where something is missing, or where somebody changed it since.
    """
    if not clean(memo):
        raise Refusal("계좌 보류를 풀려면 기업과 통화해 확인한 내용을 적어야 합니다.")

    def body(work: Work) -> dict[str, Any]:
        rows = store.list_accounts(work.connection, [company_id])
        if not rows or not _hold(work.connection, rows[0]):
            raise Refusal("보류된 계좌가 아니어서 바뀐 것이 없습니다.")
        row = rows[0]
        if needs_paper(_findings(work.connection, row, len(open_number(desk, row)), every=True)):
            _keep_paper(work, row, reason, paper)
        solo = _refuse_same_eyes(work.connection, desk, row)
        words = " · ".join(filter(None, (clean(memo), clean(reason), "단독 처리" if solo else "")))
        done = work.connection.execute(
            sa.update(company_account)
            .where(company_account.c.company_id == company_id, company_account.c.version == version)
            .values(
                version=version + 1,
                released_by=desk.actor.user_id,
                released_at=work.at,
                release_memo=words,
            )
        )
        if done.rowcount != 1:
            raise Refusal(_CHANGED)
        work.log("company_account.release", SUBJECT, company_id, {"solo": solo})
        return {"company": str(company_id), "solo": solo}

    desk.perform(Right.RELEASE_ACCOUNT, "company_account.release", body, operation_id)
    return _only(desk, company_id)


def _checked(bank: str, number: str, holder: str) -> tuple[str, str, str]:
    try:
        found = find_bank(bank, codes.banks())
    except Refused as refused:
        raise Refusal(f"{refused} 저장하지 않았습니다.") from refused
    if found is None:
        raise Refusal("은행을 적어 주십시오. 저장하지 않았습니다.")
    digits = digits_only(number)
    if not FEWEST_DIGITS <= len(digits) <= MOST_DIGITS:
        raise Refusal(f"계좌번호는 숫자 {FEWEST_DIGITS}~{MOST_DIGITS}자리입니다. 저장하지 않았습니다.")
    if not clean(holder):
        raise Refusal("통장사본에 적힌 예금주를 적어 주십시오. 저장하지 않았습니다.")
    return found.code, digits, clean(holder)


def _hold(connection: sa.Connection, row: CompanyAccountRow) -> str:
    return hold_text(_findings(connection, row)) or ""


def _findings(
    connection: sa.Connection, row: CompanyAccountRow, digits: int | None = None, *, every: bool = False
) -> tuple[Finding, ...]:
    """What is to be looked at: before the release everything, after it only who took the same number since."""
    seen = row.released_at if not every else None
    used = store.other_users(connection, row.mac, row.company_id)
    bank = codes.find_bank_code(row.bank)
    if seen is None:
        companies = [one.name for one in used if one.since is not None]
        people = [one.name for one in used if one.since is None]
        return company_findings(row.name, row.holder, bank, digits, companies, people, changed=True)
    since = [one.name for one in used if one.since is not None and one.since > seen]
    return company_findings(row.name, row.name, bank, None, since)


def _keep_paper(work: Work, row: CompanyAccountRow, reason: str, paper: ReceivedFile | None) -> None:
    if not clean(reason) or paper is None:
        raise Refusal(
            "예금주가 기업이 아닌 계좌라 풀지 않았습니다. 그 계좌로 받는 사유를 적고 "
            "통장사본·위임장 같은 증빙 파일을 붙이십시오."
        )
    company_documents.keep(work, row.company_id, _PAPER, paper, work.at.date(), memo=reason)


def _refuse_same_eyes(connection: sa.Connection, desk: Desk, row: CompanyAccountRow) -> bool:
    """Whether the release is 단독 처리; refused where somebody else may free what this person changed."""
    if row.changed_by != desk.actor.user_id:
        return False
    for user in list_users(connection):
        others = user.active and user.id != desk.actor.user_id
        if others and Right.RELEASE_ACCOUNT in rights_of(Role(role) for role in user.roles):
            raise Refusal(
                "계좌를 마지막으로 바꾼 사람은 보류를 풀 수 없습니다. 풀 수 있는 다른 사람"
                f"({user.name})이 기업에 전화로 확인한 뒤 풀어 주십시오."
            )
    return True


def _only(desk: Desk, company_id: UUID) -> CompanyAccount:
    return _list(desk, [company_id])[0]


def _list(desk: Desk, companies: Collection[UUID] | None) -> tuple[CompanyAccount, ...]:
    with desk.store.read() as connection:
        users = {user.id: user.name for user in list_users(connection)}
        rows = store.list_accounts(connection, companies)
        return tuple(_account(desk, connection, row, users) for row in rows)


def _account(
    desk: Desk, connection: sa.Connection, row: CompanyAccountRow, users: Mapping[UUID, str]
) -> CompanyAccount:
    found = _findings(connection, row, len(open_number(desk, row)))
    own = not needs_paper(_findings(connection, row, every=True))
    plain = desk.may(Right.UNMASK) and not desk.guests
    return CompanyAccount(
        company=row.company_id,
        version=row.version,
        company_name=row.name,
        bank=row.bank,
        bank_name=codes.bank_names().get(row.bank, row.bank),
        tail=row.tail,
        holder=row.holder if own else desk.masking.show_name(row.holder),  # the company, or somebody
        hold=desk.masking.show_reason(hold_text(found) or ""),
        others=not own,
        changed_by=users.get(row.changed_by, ""),
        changed_at=row.changed_at,
        released_by=users.get(row.released_by, "") if row.released_by else "",
        released_at=row.released_at,
        memo=(row.release_memo or "") if plain else "",  # free text may name somebody
    )
