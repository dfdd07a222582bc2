"""Pay files as they were made: which, where, and what became of each payment."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

from regional_desk import paths
from regional_desk.domain.pay_files import BY_HAND, LineState, Template, template_from_table
from regional_desk.domain.rights import Right
from regional_desk.domain.settlement import BudgetItem
from regional_desk.errors import Refusal, UsageError
from regional_desk.services import codes
from regional_desk.services.desk import Desk
from regional_desk.store import claim_money, claim_runs
from regional_desk.store import pay_files as store
from regional_desk.store.accounts import list_users
from regional_desk.store.allowance import allowance_run
from regional_desk.store.companies import company
from regional_desk.store.courses import course
from regional_desk.store.pay_files import FileCounts, PayFileRow, PayLineRow
from regional_desk.store.people import person

SUBJECT = "pay_files"


@dataclass(frozen=True, slots=True)
class PayFile:
    """A pay file as people read it: how many of its payments wait, were made, failed, and were not sent again yet."""

    row: PayFileRow
    template: str
    waiting: int
    paid: int
    failed: int
    paid_total: int
    made_by: str

    @property
    def item(self) -> BudgetItem:
        """Whose money it carries."""
        return BudgetItem(self.row.item)

    @property
    def place(self) -> Path:
        """Where it was written."""
        return Path(self.row.file_name)

    @property
    def by_hand(self) -> bool:
        """Whether no file was written: paid at the bank without one and checked by hand."""
        return self.row.template == BY_HAND

    @property
    def lies_about(self) -> bool:
        """Whether nobody said yet that the file is gone."""
        return self.row.deleted_at is None


@dataclass(frozen=True, slots=True)
class SentLine:
    """One payment of a pay file as people read it: to a trainee for a course's unit, or to a company for a month."""

    number: int
    payee: UUID
    name: str
    place: str
    part: str
    unit_no: int | None
    bank: str
    tail: str
    amount: int
    state: LineState
    failure: str
    again: int | None


@cache
def templates() -> dict[str, Template]:
    """The banks' forms by key (`resources/bank_files`), the banks' own before the general ones."""
    files = sorted((paths.resources() / "bank_files").glob("*.toml"), key=_general_last)
    read = (template_from_table(tomllib.loads(file.read_text(encoding="utf-8"))) for file in files)
    return {template.key: template for template in read}


def find_template(key: str) -> Template:
    """The form of this key; raise UsageError naming those there are."""
    if key not in templates():
        known = ", ".join(f"{one.key}({one.name})" for one in templates().values())
        raise UsageError(f"'{key}' 양식이 없습니다. 쓸 수 있는 양식: {known}.")
    return templates()[key]


def list_files(desk: Desk) -> tuple[PayFile, ...]:
    """The programme year's pay files, the newest first; naming nobody."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        rows = store.list_files(connection, desk.office.programme_year)
        counts, users = _counts(connection), _users(connection)
    return tuple(_read(row, counts.get(row.id, FileCounts()), users) for row in reversed(rows))


def find_file(desk: Desk, file_id: UUID) -> PayFile:
    """One pay file; raise Refusal where there is none."""
    with desk.store.read() as connection:
        row = read_row(connection, file_id)
        return _read(row, _counts(connection, file_id).get(file_id, FileCounts()), _users(connection))


def file_of_number(desk: Desk, number: int) -> PayFile:
    """The programme year's pay file of this number; raise UsageError where there is none."""
    found = next((one for one in list_files(desk) if one.row.number == number), None)
    if found is None:
        raise UsageError(f"{desk.office.programme_year}년 이체 파일 제{number}호가 없습니다.")
    return found


def list_sent(desk: Desk, file_id: UUID) -> tuple[SentLine, ...]:
    """The payments of a pay file, masked for whoever may not unmask; noted."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        row = read_row(connection, file_id)
        claims = row.item == BudgetItem.INTERNSHIP
        table = claim_money if claims else store
        lines = table.list_lines(connection, file_id=file_id)
        told = _claimed(connection, lines) if claims else _trained(connection, desk, lines)
        again = table.sent_again(connection, file_id)
    people = () if claims else [line.payee for line in lines]
    subject = "claims" if claims else "allowance"
    desk.note_view(subject, people, {"by": "pay_file", "number": row.number})
    return tuple(
        SentLine(
            line.number,
            line.payee,
            *told[line.run_id, line.payee],
            codes.bank_names().get(line.bank, line.bank),
            line.tail,
            line.amount,
            LineState(line.state),
            line.failure or "",
            again.get((line.run_id, line.payee)),
        )
        for line in lines
    )


def read_row(connection: sa.Connection, file_id: UUID) -> PayFileRow:
    """The stored row of a pay file; raise Refusal where there is none."""
    row = next((one for one in store.list_files(connection) if one.id == file_id), None)
    if row is None:
        raise Refusal("없는 이체 파일입니다. 목록을 새로 보십시오.")
    return row


def names_of(connection: sa.Connection, people: Collection[UUID]) -> dict[UUID, str]:
    """The names of these people, whole."""
    query = sa.select(person.c.id, person.c.name).where(person.c.id.in_(list(people)))
    return {row.id: row.name for row in connection.execute(query)}


def _read(row: PayFileRow, counts: FileCounts, users: Mapping[UUID, str]) -> PayFile:
    form = templates().get(row.template)
    return PayFile(
        row=row,
        template="직접 이체" if row.template == BY_HAND else form.name if form else row.template,
        waiting=counts.sent,
        paid=counts.paid,
        failed=counts.failed,
        paid_total=counts.paid_total,
        made_by=users.get(row.made_by, ""),
    )


def _users(connection: sa.Connection) -> dict[UUID, str]:
    return {user.id: user.name for user in list_users(connection)}


def _counts(connection: sa.Connection, file_id: UUID | None = None) -> dict[UUID, FileCounts]:
    return store.count_lines(connection, file_id) | claim_money.count_lines(connection, file_id)


_Told = dict[tuple[UUID, UUID], tuple[str, str, str, int | None]]


def _trained(connection: sa.Connection, desk: Desk, lines: Collection[PayLineRow]) -> _Told:
    """Name, course and unit of each payment to a trainee."""
    names = names_of(connection, {line.payee for line in lines})
    query = (
        sa.select(allowance_run.c.id, course.c.name, allowance_run.c.unit_no)
        .join(course, course.c.id == allowance_run.c.course_id)
        .where(allowance_run.c.id.in_({line.run_id for line in lines}))
    )
    units = {row.id: (row.name, f"{row.unit_no}단위기간", row.unit_no) for row in connection.execute(query)}
    return {
        (line.run_id, line.payee): (desk.masking.show_name(names[line.payee]), *units[line.run_id])
        for line in lines
    }


def _claimed(connection: sa.Connection, lines: Collection[PayLineRow]) -> _Told:
    """Name of the company, item and month of each payment to one."""
    query = sa.select(company.c.id, company.c.name).where(company.c.id.in_({line.payee for line in lines}))
    names = {row.id: row.name for row in connection.execute(query)}
    months = {run.id: f"{run.month:%Y-%m}" for run in claim_runs.list_runs(connection, gone=True)}
    label = BudgetItem.INTERNSHIP.label
    return {
        (line.run_id, line.payee): (names[line.payee], label, months[line.run_id], None) for line in lines
    }


def _general_last(file: Path) -> tuple[bool, str]:
    return file.stem.startswith("general"), file.stem
