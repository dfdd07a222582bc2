"""The values of three papers: 파기대장, 직인날인대장 and 분실 신고서."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from regional_desk.domain.text import korean_date
from regional_desk.services import approvals, loss, retention
from regional_desk.services.approvals import signer_words
from regional_desk.services.desk import Desk
from regional_desk.services.opening import list_users
from regional_desk.store.approvals import list_approvals
from regional_desk.store.retention import DisposalRow

if TYPE_CHECKING:
    from regional_desk.documents.paper import Paper, Stamp


def disposal_register(desk: Desk, year: int | None, stamp: Stamp) -> Paper:
    """The 파기대장 of a year (this year without one)."""
    from regional_desk.documents import disposal_register as paper  # noqa: PLC0415 - only where it is made

    chosen = year or desk.clock.today().year
    approved = _approved(desk)
    rows = tuple(
        paper.DisposalLine(
            number=f"{row.year}-{row.number}",
            on=row.on,
            basis=row.basis,
            items=", ".join(row.items),
            people=row.people,
            method=row.method,
            backups_until=row.backups_until,
            approved="\n".join(part for part in (*approved.get(row.id, ()), row.memo) if part),
        )
        for row in retention.list_disposals(desk, chosen)
    )
    return paper.to_paper(paper.DisposalRegister(desk.office.name, chosen, rows, desk.office.approval), stamp)


def seal_register(desk: Desk, year: int | None, stamp: Stamp) -> Paper:
    """The 직인날인대장 of a year (this year without one)."""
    from regional_desk.documents import seal_register as paper  # noqa: PLC0415 - only where it is made

    chosen = year or desk.clock.today().year
    names = {row.id: row.name for row in list_users(desk)}
    rows = tuple(
        paper.SealLine(
            number=row.number,
            on=row.on,
            document=row.document,
            recipient=row.recipient,
            copies=row.copies,
            check_number=row.check_number or "",
            asked_by=row.asked_by,
            recorded_by=names.get(row.user_id, ""),
            memo=row.memo,
        )
        for row in approvals.list_seal_uses(desk, chosen)
    )
    return paper.to_paper(paper.SealRegister(desk.office.name, chosen, rows, desk.office.approval), stamp)


def loss_notice(desk: Desk, number: int | None, stamp: Stamp) -> Paper:
    """The 분실 신고서 of a number (the newest without one)."""
    from regional_desk.documents import loss_notice as paper  # noqa: PLC0415 - only where it is made

    found = loss.find_loss(desk, number)
    row = found.row
    names = {user.id: user.name for user in list_users(desk)}
    return paper.to_paper(
        paper.LossNotice(
            office=desk.office.name,
            number=row.number,
            kind=found.kind.label,
            description=row.description,
            lost_on=row.lost_on,
            noticed_at=row.noticed_at,
            deadline=found.deadline,
            state=found.state.label,
            reported_at=row.reported_at,
            data_until=row.data_until or row.at,
            groups=found.groups,
            fields=found.fields,
            encryption=found.encryption,
            steps=found.steps,
            memo=row.memo,
            source=retention.terms().loss_source,
            filed_by=names.get(row.user_id, ""),
            approval=desk.office.approval,
        ),
        stamp,
    )


def approvals_of(desk: Desk, row: DisposalRow) -> str:
    """Who signed a disposal and when, for a list."""
    return " / ".join(_approved(desk).get(row.id, ()))


def _approved(desk: Desk) -> dict[UUID, tuple[str, ...]]:
    with desk.store.read() as connection:
        found: dict[UUID, tuple[str, ...]] = {}
        for one in list_approvals(connection, "disposal"):
            words = f"{signer_words(one.signers)} ({korean_date(one.approved_on)})"
            found[one.subject_id] = (*found.get(one.subject_id, ()), words)
    return found
