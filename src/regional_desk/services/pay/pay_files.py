"""이체 파일: the file a bank takes, written where the person points, recorded, and deleted (rulebook section 3)."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from regional_desk.domain.pay_files import FileFormat, LineState, Payment, Template, cells
from regional_desk.domain.settlement import BudgetItem
from regional_desk.domain.text import clean, korean_date
from regional_desk.errors import Refusal
from regional_desk.exchange.pay_file import Totals, pay_file_bytes
from regional_desk.services import codes
from regional_desk.services.desk import Desk, Work
from regional_desk.services.pay.pay_books import BOOKS, Book
from regional_desk.services.pay.pay_lists import SUBJECT, PayFile, find_file, find_template, read_row
from regional_desk.services.pay.transfers import Transfer
from regional_desk.services.safety import control_totals
from regional_desk.store import audit
from regional_desk.store import pay_files as store
from regional_desk.store.files import replace_patiently, sync_folder
from regional_desk.store.ids import new_id


def proposed_name(desk: Desk, template: Template, item: BudgetItem = BudgetItem.ALLOWANCE) -> str:
    """A file name for the next pay file: it names the bank's form and day, nobody and no amount."""
    mark = "연습용_" if desk.office.practice else ""
    name = template.name.replace(" ", "_")
    return f"{mark}{item.label}_{name}_{desk.clock.today():%Y%m%d}.{template.format}"


def write(
    desk: Desk,
    runs: Collection[UUID],
    template_key: str,
    out: Path,
    purpose: str,
    operation_id: UUID | None = None,
    *,
    item: BudgetItem = BudgetItem.ALLOWANCE,
) -> PayFile:
    """Write the file where the person points, record it with its hash and rows, and take the runs of the item to 지급.

    Held accounts and people without one are left out and stay to be paid; amounts of 0 are never in. Raises Refusal
    where nothing is left to send, without a purpose, where the place is taken, lies in the office's own folder or
    cannot be written: then nothing is recorded. A crash between record and file leaves `NAME.part` beside.
    """
    template, book = find_template(template_key), BOOKS[item]
    out = _place(desk, out, template.format)
    if not clean(purpose):
        raise Refusal("이체 파일을 만드는 용도를 적어 주십시오. 접속기록에 남습니다.")
    control_totals.require_true(desk)
    part = out.with_name(f"{out.name}.part")

    def body(work: Work) -> dict[str, Any]:
        ready = book.gather(desk, work.connection, runs)
        if not ready.lines:
            raise Refusal(
                f"보낼 금액이 없어 만들지 않았습니다. 확정된 {item.label}이 없거나, 이미 보냈거나, 계좌가 보류되어 있습니다."
            )
        number = store.next_number(work.connection, desk.office.programme_year)
        data = _bytes(desk, template, number, ready.lines)
        file_id = _record(work, book, template, number, out, clean(purpose), data, ready.lines)
        _write_part(part, data)
        return {"file": str(file_id)}

    try:
        done = desk.perform(book.right, "pay_file.make", body, operation_id, title="이체 파일 만들기")
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _put_in_place(part, out)
    return find_file(desk, UUID(done["file"]))


def delete(desk: Desk, file_id: UUID, *, gone: bool = False, operation_id: UUID | None = None) -> PayFile:
    """Delete the plain file from where it was written, or with `gone` take the person's word that it is not there.

    Raises Refusal where it is not found there any more or is another file by now: it may still lie elsewhere.
    """
    found = find_file(desk, file_id)

    def body(work: Work) -> dict[str, Any]:
        row = read_row(work.connection, file_id)
        if row.deleted_at is not None:
            raise Refusal("이미 지운 것으로 적힌 파일입니다.")
        if not store.update_file(work.connection, row, deleted_by=desk.actor.user_id, deleted_at=work.at):
            raise Refusal("다른 사람이 먼저 바꾸었습니다. 화면을 새로 고친 뒤 다시 하십시오.")
        work.log("pay_file.delete", SUBJECT, file_id, {"number": row.number, "told": gone})
        if not gone:
            _unlink(found)
        return {"file": str(file_id)}

    desk.perform(BOOKS[found.item].right, "pay_file.delete", body, operation_id)
    return find_file(desk, file_id)


def _bytes(desk: Desk, template: Template, file_number: int, lines: Sequence[Transfer]) -> bytes:
    banks = codes.bank_names()
    payments = [
        Payment(
            number,
            one.bank,
            banks[one.bank],
            one.number,
            one.holder,
            one.amount,
        )
        for number, one in enumerate(lines, start=1)
    ]
    rows = [cells(payment, template, file_number) for payment in payments]
    return pay_file_bytes(template, rows, _totals(desk, file_number, payments))


def _totals(desk: Desk, file_number: int, payments: Sequence[Payment]) -> Totals:
    by_bank: dict[str, list[int]] = {}
    for payment in payments:
        by_bank.setdefault(payment.bank_name, []).append(payment.amount)
    mark: tuple[tuple[str | int, ...], ...] = (
        (("연습용", "실제로 이체하지 마십시오"),) if desk.office.practice else ()
    )
    year = desk.office.programme_year
    return Totals(
        (
            *mark,
            ("사업단", desk.office.name),
            ("이체 파일", f"{year}년 제{file_number}호"),
            ("만든 날", korean_date(desk.clock.today())),
            ("구분", "건수", "금액(원)"),
            *((bank, len(amounts), sum(amounts)) for bank, amounts in sorted(by_bank.items())),
            ("합계", len(payments), sum(payment.amount for payment in payments)),
        )
    )


def _record(
    work: Work,
    book: Book,
    template: Template,
    number: int,
    out: Path,
    purpose: str,
    data: bytes,
    lines: Sequence[Transfer],
) -> UUID:
    desk, file_id, digest = work.desk, new_id(), hashlib.sha256(data).digest()
    total = sum(one.amount for one in lines)
    store.insert_file(
        work.connection,
        {
            "id": file_id,
            "programme_year": desk.office.programme_year,
            "number": number,
            "item": book.item.value,
            "template": template.key,
            "file_name": str(out),
            "sha256": digest,
            "rows": len(lines),
            "total": total,
            "purpose": purpose,
            "made_by": desk.actor.user_id,
            "made_at": work.at,
        },
    )
    book.insert_lines(work.connection, file_id, lines, LineState.SENT)
    book.mark_paid(work, {one.run for one in lines})
    told = {"number": number, "item": book.item.value, "template": template.key}
    told |= {"rows": len(lines), "total": total}
    work.log("pay_file.make", SUBJECT, file_id, told | {"sha256": digest.hex()})
    people = book.people([one.payee for one in lines])
    entry = desk.access_entry("export", "pay-file", file_id, told | {"purpose": purpose}, people)
    audit.append(work.connection, audit.ACCESSES, [entry])
    return file_id


def _place(desk: Desk, out: Path, file_format: FileFormat) -> Path:
    """Where the file goes; raise Refusal where it must not."""
    out = out.expanduser().absolute()
    if out.suffix.lower() != f".{file_format}":
        raise Refusal(f"이 양식은 .{file_format} 파일입니다. 파일 이름을 .{file_format}(으)로 끝내 주십시오.")
    if out.exists():
        raise Refusal(f"같은 이름의 파일이 이미 있어 만들지 않았습니다: {out}. 다른 이름을 고르십시오.")
    if out.resolve().is_relative_to(desk.store.folder.resolve()):
        raise Refusal(
            "사무소 폴더 안에는 만들지 않습니다. 계좌번호가 그대로 든 파일이라 백업에 섞이면 안 됩니다. 다른 폴더를 고르십시오."
        )
    return out


def _write_part(part: Path, data: bytes) -> None:
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise Refusal(
            f"파일을 쓰지 못해 아무것도 기록하지 않았습니다: {part.parent} ({error.strerror}). 폴더와 남은 공간을 확인해 주십시오."
        ) from error


def _put_in_place(part: Path, out: Path) -> None:
    if not part.exists():
        return  # the same operation once more
    try:
        replace_patiently(part, out)
    except OSError as error:
        raise Refusal(
            f"이체 파일은 만들었지만 이름을 바꾸지 못했습니다. '{part}'을(를) '{out.name}'(으)로 바꾸어 쓰십시오."
        ) from error
    sync_folder(out.parent)


def _unlink(found: PayFile) -> None:
    place = found.place
    part = place.with_name(f"{place.name}.part")
    try:
        if not place.exists() and not part.exists():
            raise Refusal(
                f"'{place}'에 파일이 없어 지우지 못했습니다. 옮긴 곳에서 지운 다음 '이미 지웠음'으로 적어 주십시오."
            )
        if place.exists() and hashlib.sha256(place.read_bytes()).digest() != found.row.sha256:
            raise Refusal(
                f"'{place}'은(는) 만들 때와 내용이 달라 지우지 않았습니다. 직접 확인해 지운 다음 '이미 지웠음'으로 적어 주십시오."
            )
        place.unlink(missing_ok=True)
        part.unlink(missing_ok=True)
    except OSError as error:
        raise Refusal(
            f"파일을 지우지 못했습니다: {place} ({error.strerror}). 열어 둔 프로그램을 닫고 다시 하십시오."
        ) from error
