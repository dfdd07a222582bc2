"""The values of the office's registers and certificates: 파기대장, 직인날인대장, 분실 신고서, 월 점검표, 복구 훈련 확인증."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from regional_desk.domain.text import korean_date
from regional_desk.services.desk import Desk
from regional_desk.services.papers.making import Maker, Making
from regional_desk.services.safety import approvals, loss, retention, trials
from regional_desk.services.safety.approvals import signer_words
from regional_desk.services.safety.opening import list_users
from regional_desk.store.approvals import list_approvals
from regional_desk.store.retention import DisposalRow

if TYPE_CHECKING:
    from regional_desk.documents.paper import Paper


def _disposal_register(making: Making) -> Paper:
    """The 파기대장 of a year (this year without one)."""
    from regional_desk.documents import disposal_register as paper  # noqa: PLC0415 - only where it is made

    desk = making.desk
    chosen = making.wanted.number or desk.clock.today().year
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
    return paper.to_paper(
        paper.DisposalRegister(desk.office.name, chosen, rows, desk.office.approval), making.stamp()
    )


def _seal_register(making: Making) -> Paper:
    """The 직인날인대장 of a year (this year without one)."""
    from regional_desk.documents import seal_register as paper  # noqa: PLC0415 - only where it is made

    desk = making.desk
    chosen = making.wanted.number or desk.clock.today().year
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
    return paper.to_paper(
        paper.SealRegister(desk.office.name, chosen, rows, desk.office.approval), making.stamp()
    )


def _loss_notice(making: Making) -> Paper:
    """The 분실 신고서 of a number (the newest without one)."""
    from regional_desk.documents import loss_notice as paper  # noqa: PLC0415 - only where it is made

    desk = making.desk
    found = loss.find_loss(desk, making.wanted.number)
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
        making.stamp(),
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


def _access_check(making: Making) -> Paper:
    from regional_desk.documents import access_check_sheet as paper  # noqa: PLC0415 - only where it is made
    from regional_desk.services.safety import access_check  # noqa: PLC0415 - it reads the logs, which papers are noted in

    values = access_check.month_check(making.desk, making.month)
    running = making.desk.clock.today() <= values.end
    return paper.to_paper(values, making.stamp(provisional=running))


def _restore_certificate(making: Making) -> Paper:
    from regional_desk.documents import restore_certificate as paper  # noqa: PLC0415 - only where it is made

    desk = making.desk
    values = trials.certificate(desk, trials.find_trial(desk, making.wanted.number))
    return paper.to_paper(values, making.stamp())


MAKERS: dict[str, Maker] = {
    "access-check": _access_check,
    "disposal-register": _disposal_register,
    "loss-notice": _loss_notice,
    "restore-certificate": _restore_certificate,
    "seal-register": _seal_register,
}
