"""분실 신고: what a lost laptop, backup or USB held, how it was protected, and the clock (rulebook section 7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain import loss as rules
from regional_desk.domain.loss import LossKind, LossState
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean, korean_date
from regional_desk.errors import Refusal, UsageError
from regional_desk.services.desk import Desk, Work
from regional_desk.services.safety import backups
from regional_desk.services.safety.retention import terms
from regional_desk.store import retention as store
from regional_desk.store.accounts import user
from regional_desk.store.allowance import allowance_row
from regional_desk.store.attendance import attendance
from regional_desk.store.backup_records import backup_record
from regional_desk.store.companies import company
from regional_desk.store.courses import membership
from regional_desk.store.ids import new_id
from regional_desk.store.metadata import KST
from regional_desk.store.people import person, person_key
from regional_desk.store.retention import LossRow, loss_report

_FIELDS = (
    ("성명·생년월일", ()),
    ("성별", ("sex",)),
    ("연락처", ("phone",)),
    ("이메일", ("email",)),
    ("주소", ("address",)),
    ("학력·전공", ("education", "major")),
    ("은행·계좌·예금주", ("account_tail",)),
)
_READABLE = {
    LossKind.LAPTOP: "켜져 있고 화면이 잠기지 않은 채 잃었다면 그때 화면에 보인 것은 볼 수 있었습니다.",
    LossKind.BACKUP: "가진 사람이 비밀번호를 오래 시험해 볼 수 있으니, 쉬운 비밀번호였다면 위험합니다.",
    LossKind.USB: "같은 매체에 PDF·xlsx·지급 파일로 내보낸 것이 있었다면 그것은 이 암호화로 보호되지 않습니다.",
}


@dataclass(frozen=True, slots=True)
class Loss:
    """A report as it stands: `groups` and `fields` are (what, people), `steps` what to do next in their order."""

    row: LossRow
    kind: LossKind
    state: LossState
    people: tuple[UUID, ...]
    groups: tuple[tuple[str, int], ...]
    fields: tuple[tuple[str, int], ...]
    encryption: tuple[str, ...]
    steps: tuple[str, ...]
    deadline: dt.datetime
    clock: str
    hours_left: int


def report(
    desk: Desk,
    kind: LossKind,
    description: str,
    lost_on: dt.date,
    noticed_at: dt.datetime,
    *,
    backup: str = "",
    operation_id: UUID | None = None,
) -> Loss:
    """Report a loss. The data concerned is the whole store, or that of the named backup's time (a file name).

    Raises NotAllowed for 조회, Refusal without a description or for a time to come, UsageError for an unknown backup.
    """
    now, today = desk.clock.now(), desk.clock.today()
    if not clean(description):
        raise Refusal("무엇을 어디서 잃었는지 적어 주십시오. 신고하지 않았습니다.")
    if lost_on > today or noticed_at > now or lost_on > noticed_at.astimezone(KST).date():
        raise Refusal(
            "잃은 날과 안 때를 다시 보십시오. 잃은 날은 안 때보다 뒤일 수 없고, 둘 다 지난 때여야 합니다."
        )

    def body(work: Work) -> dict[str, Any]:
        until = _moment_of(desk, work.connection, backup)
        loss_id = new_id()
        last = work.connection.execute(sa.select(sa.func.max(loss_report.c.number))).scalar()
        number = int(last or 0) + 1  # runs on over the years, so that one number names one report
        work.connection.execute(
            sa.insert(loss_report).values(
                id=loss_id,
                number=number,
                year=today.year,
                kind=kind.value,
                description=clean(description),
                lost_on=lost_on,
                noticed_at=noticed_at,
                data_until=until,
                facts=_facts(desk, work.connection, until),
                state=LossState.OPEN.value,
                reported_at=None,
                memo="",
                user_id=desk.actor.user_id,
                at=work.at,
            )
        )
        work.log("loss.report", "loss", loss_id, {"number": number, "kind": kind.label})
        return {"number": number}

    done = desk.perform(Right.REPORT_LOSS, "loss.report", body, operation_id)
    return find_loss(desk, int(done["number"]))


def list_losses(desk: Desk) -> tuple[Loss, ...]:
    """Every report, the newest first."""
    desk.require(Right.REPORT_LOSS)
    with desk.store.read() as connection:
        return tuple(_shown(desk, row) for row in reversed(store.list_losses(connection)))


def find_loss(desk: Desk, number: int | None = None) -> Loss:
    """The report of a number, the newest without one; raise UsageError where there is none."""
    found = [one for one in list_losses(desk) if number in (None, one.row.number)]
    if not found:
        raise UsageError("그 번호의 분실 신고가 없습니다. loss list로 번호를 확인해 주십시오.")
    return found[0]


def set_state(
    desk: Desk, number: int, state: LossState, memo: str = "", operation_id: UUID | None = None
) -> Loss:
    """Take a report on: notified (통지·신고함), or closed with what came of it.

    Raises Refusal where the state would go back, or a report is closed without a word.
    """

    def body(work: Work) -> dict[str, Any]:
        row = next((one for one in store.list_losses(work.connection) if one.number == number), None)
        if row is None:
            raise UsageError("그 번호의 분실 신고가 없습니다. 바꾼 것이 없습니다.")
        if not LossState(row.state).may_become(state):
            raise Refusal(
                f"'{LossState(row.state).label}' 상태라 '{state.label}'(으)로 바꾸지 않았습니다. 상태는 앞으로만 갑니다."
            )
        if state is LossState.CLOSED and not clean(memo):
            raise Refusal("종결하려면 어떻게 되었는지(회수, 통지 결과 등) 적어 주십시오. 바꾼 것이 없습니다.")
        told = " / ".join(part for part in (row.memo, clean(memo)) if part)
        reported = work.at if state is LossState.REPORTED else row.reported_at
        work.connection.execute(
            sa.update(loss_report)
            .where(loss_report.c.id == row.id)
            .values(state=state.value, memo=told, reported_at=reported, version=loss_report.c.version + 1)
        )
        work.log("loss.state", "loss", row.id, {"number": number, "state": state.label})
        return {"number": number}

    desk.perform(Right.REPORT_LOSS, "loss.state", body, operation_id)
    return find_loss(desk, number)


def people_of(desk: Desk, number: int) -> tuple[tuple[UUID, str, str], ...]:
    """Whom a report concerns, to tell them: (id, name, phone) as they stand now and as this person may see them.

    Somebody disposed of since stands under the placeholder. Raises NotAllowed without the right to see people.
    """
    desk.require(Right.SEE_PEOPLE)
    found = find_loss(desk, number)
    wanted = set(found.people)
    with desk.store.read() as connection:
        rows = connection.execute(
            sa.select(person.c.id, person.c.name, person.c.phone).order_by(person.c.name, person.c.birth)
        )
        shown = tuple(
            (row.id, desk.masking.show_name(row.name), desk.masking.show_phone(row.phone))
            for row in rows
            if row.id in wanted
        )
    desk.note_view("loss", [row[0] for row in shown], {"number": number})
    return shown


def _shown(desk: Desk, row: LossRow) -> Loss:
    kind, facts, now, hours = LossKind(row.kind), row.facts, desk.clock.now(), terms().loss_hours
    people = tuple(UUID(text) for text in facts["people"])
    return Loss(
        row=row,
        kind=kind,
        state=LossState(row.state),
        people=people,
        groups=tuple((label, count) for label, count in facts["groups"]),
        fields=tuple((label, count) for label, count in facts["fields"]),
        encryption=_encryption(kind, row, facts["slots"], facts["leavers"]),
        steps=rules.next_steps(kind, len(people), len(facts["leavers"]), hours, terms().report_people),
        deadline=rules.deadline(row.noticed_at, hours),
        clock=rules.clock_words(row.noticed_at, now, hours),
        hours_left=rules.hours_left(row.noticed_at, now, hours),
    )


def _facts(desk: Desk, connection: sa.Connection, until: dt.datetime | None) -> dict[str, Any]:
    """What was in the data, by count and id, and whose keys opened it."""
    there = sa.select(person, person_key.c.destroyed_at).join(
        person_key, person_key.c.person_id == person.c.id
    )
    rows = [
        row
        for row in connection.execute(there)
        if (until is None or row.created_at <= until)
        and (row.destroyed_at is None or (until is not None and row.destroyed_at > until))
    ]
    ids = {row.id for row in rows}
    members = ids & set(connection.execute(sa.select(membership.c.person_id)).scalars())
    apart = {row.person for row in store.list_separations(connection)} & ids
    contacts = connection.execute(
        sa.select(sa.func.count())
        .select_from(company)
        .where(company.c.contact.is_not(None), company.c.created_at <= (until or desk.clock.now()))
    ).scalar_one()
    slots, leavers = _slots(desk, connection, until)
    groups = [
        ("교육생(과정에 등록된 사람)", len(members - apart)),
        ("지원자", len(ids - members - apart)),
        ("분리보관한 사람", len(apart)),
        ("기업 담당자", contacts),
        ("사무소 사용자", len(slots)),
    ]
    return {
        "people": sorted(str(one) for one in ids),
        "groups": [[label, count] for label, count in groups if count],
        "fields": [[label, count] for label, count in _field_counts(connection, rows, ids) if count],
        "slots": list(slots),
        "leavers": list(leavers),
    }


def _field_counts(connection: sa.Connection, rows: Sequence[Any], ids: set[UUID]) -> list[tuple[str, int]]:
    """How many people each field is filled for, as far as the rows still tell."""
    found = [
        (label, sum(not names or any(getattr(row, name) for name in names) for row in rows))
        for label, names in _FIELDS
    ]
    for label, column in (("출결", attendance.c.trainee_id), ("훈련수당", allowance_row.c.trainee_id)):
        concerned = set(connection.execute(sa.select(column).distinct()).scalars())
        found.append((label, len(concerned & ids)))
    return found


def _slots(
    desk: Desk, connection: sa.Connection, until: dt.datetime | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Whose password opened the data then, and who of them has left since: the old password still opens a copy."""
    rows = connection.execute(sa.select(user).order_by(user.c.created_at)).all()
    if until is None:
        slots = desk.store.opening.keys.logins()
    else:
        slots = tuple(
            row.login
            for row in rows
            if row.created_at <= until and (row.left_at is None or row.left_at > until)
        )
    gone = {row.login for row in rows if not row.active}
    return slots, tuple(login for login in slots if login in gone)


def _encryption(
    kind: LossKind, row: LossRow, slots: Sequence[str], leavers: Sequence[str]
) -> tuple[str, ...]:
    """How the data was protected, in plain words."""
    whose = ", ".join(slots)
    left = (
        f"그 가운데 떠난 사람이 있습니다: {', '.join(leavers)}. 그 사람이 옛 비밀번호를 기억하면 이 사본을 열 수 있습니다."
        if leavers
        else "떠난 사람의 열쇠는 들어 있지 않았습니다."
    )
    when = (
        f"{korean_date(row.data_until.date())} {row.data_until:%H:%M}의 백업"
        if row.data_until
        else "분실을 안 때까지의 자료 전체"
    )
    return (
        f"담긴 자료: {when}. 주민등록번호는 모으지 않으므로 들어 있지 않습니다.",
        "자료와 백업은 AES-256으로 암호화되어 있습니다. 비밀번호나 복구 키 없이 주운 사람은 이름 하나도 읽을 수 없고 파일의 이름·크기·때, 사용자 아이디, 백업에 적힌 줄 수와 월 합계만 봅니다.",
        f"여는 열쇠를 가졌던 사람: {whose}, 그리고 종이 복구 키. 비밀번호나 복구 키를 같은 가방에 두었다면 암호화는 소용이 없습니다.",
        left,
        _READABLE[kind],
    )


def _moment_of(desk: Desk, connection: sa.Connection, backup: str) -> dt.datetime | None:
    """When the named backup was made; None where none is named."""
    name = clean(backup)
    if not name:
        return None
    recorded = connection.execute(
        sa.select(sa.func.min(backup_record.c.at)).where(backup_record.c.file_name == name)
    ).scalar()
    listed = next((one.made_at for one in backups.list_backups(desk) if one.file.name == name), None)
    moment: dt.datetime | None = listed or recorded
    if moment is None:
        raise UsageError(
            f"'{name}' 백업을 만든 기록이 없습니다. 백업 목록의 파일 이름을 적거나 비워 두십시오."
        )
    return moment
