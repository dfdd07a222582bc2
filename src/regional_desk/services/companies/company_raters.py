"""Who rates the companies of a programme year, and who may read or write whose sheet (the sheets: `company_rating`)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.rights import Right
from regional_desk.domain.screening import may_read
from regional_desk.domain.text import clean
from regional_desk.errors import NotAllowed, Refusal, UsageError
from regional_desk.services.companies.participations import SUBJECT
from regional_desk.services.desk import Desk, Work
from regional_desk.store import company_ratings as store
from regional_desk.store.accounts import find_user
from regional_desk.store.company_ratings import RaterRow
from regional_desk.store.ids import new_id
from regional_desk.store.participation import company_rater


def list_raters(desk: Desk) -> tuple[RaterRow, ...]:
    """The raters of this programme year, by name."""
    with desk.store.read() as connection:
        return store.list_raters(connection, desk.office.programme_year)


def add_rater(
    desk: Desk, name: str = "", *, login: str | None = None, operation_id: UUID | None = None
) -> UUID:
    """Name a rater: a user, who rates alone, or with a name only somebody outside, whose sheet is keyed in.

    Raises UsageError for an unknown user or an empty name, Refusal where they are a rater already.
    """

    def body(work: Work) -> dict[str, Any]:
        user = find_user(work.connection, login) if login else None
        if login and (user is None or not user.active):
            raise UsageError(f"'{login}' 사용자가 없습니다. 사용자 목록에서 아이디를 확인해 주십시오.")
        title = clean(name) or (user.name if user else "")
        if not title:
            raise UsageError("평가위원의 이름을 적어 주십시오.")
        for row in store.list_raters(work.connection, desk.office.programme_year):
            if row.name == title or (user is not None and row.user_id == user.id):
                raise Refusal(f"{title}님은 이미 평가위원입니다.")
        return {"rater": str(put_rater(work, title, user.id if user else None))}

    return UUID(desk.perform(Right.EDIT_COMPANIES, "company.rater_add", body, operation_id)["rater"])


def put_rater(work: Work, name: str, user_id: UUID | None = None) -> UUID:
    """Write a rater of this programme year, as `add_rater` and an import do."""
    made = new_id()
    year = work.desk.office.programme_year
    work.connection.execute(
        sa.insert(company_rater).values(id=made, programme_year=year, name=name, user_id=user_id)
    )
    work.log("company.rater_add", SUBJECT, made, {"rater": name, "outside": user_id is None})
    return made


def remove_rater(desk: Desk, rater_id: UUID, operation_id: UUID | None = None) -> None:
    """Take a rater off who gave no points yet; raise Refusal where points stand."""

    def body(work: Work) -> dict[str, Any]:
        row = read_rater(work.connection, rater_id)
        if row.done_at is not None or store.list_ratings(work.connection, [rater_id]):
            raise Refusal(f"{row.name}님이 이미 점수를 적어 빼지 않았습니다. 점수를 지운 뒤 다시 하십시오.")
        work.connection.execute(sa.delete(company_rater).where(company_rater.c.id == rater_id))
        work.log("company.rater_remove", SUBJECT, rater_id, {"rater": row.name})
        return {"rater": str(rater_id)}

    desk.perform(Right.EDIT_COMPANIES, "company.rater_remove", body, operation_id)


def find_rater(desk: Desk, name: str | None) -> RaterRow:
    """A rater by name, or the signed-in person without one; raise UsageError where there is none."""
    rows = list_raters(desk)
    for row in rows:
        if row.name == clean(name) if name else row.user_id == desk.actor.user_id:
            return row
    known = ", ".join(row.name for row in rows) or "없음"
    who = f"'{name}'은(는)" if name else f"'{desk.actor.login}' 사용자는"
    raise UsageError(f"{who} 올해의 평가위원이 아닙니다. 평가위원: {known}")


def may_write(desk: Desk, row: RaterRow) -> bool:
    """Whether a sheet is the signed-in person's own, or an outside rater's that they may key in."""
    if row.user_id is None:
        return desk.may(Right.EDIT_COMPANIES)
    return row.user_id == desk.actor.user_id and desk.may(Right.RATE)


def readable(desk: Desk, row: RaterRow, raters: Collection[RaterRow]) -> bool:
    """Whether the person may read a sheet; `raters` are all of the year. They are blind to each other until done."""
    if row.user_id == desk.actor.user_id:
        return True
    own = [one for one in raters if one.user_id == desk.actor.user_id]
    own_done = all(one.done_at is not None for one in own) if own else None
    keyed = row.user_id is None and desk.may(Right.EDIT_COMPANIES)
    return may_read(own_done, row.done_at is not None, keyed_in_by_reader=keyed)


def require_readable(desk: Desk, connection: sa.Connection, row: RaterRow) -> None:
    """Raise NotAllowed where the person may not read this sheet yet."""
    if not readable(desk, row, store.list_raters(connection, row.programme_year)):
        raise NotAllowed(
            f"{row.name}님의 평가표는 서로의 평가표를 모두 마감한 뒤에 볼 수 있습니다. 자료는 그대로입니다."
        )


def require_writer(desk: Desk, row: RaterRow) -> None:
    """Raise NotAllowed where the sheet is not the person's to write, Refusal where it was declared done."""
    if not may_write(desk, row):
        raise NotAllowed(f"{row.name}님의 평가표는 그 사람만 적을 수 있습니다. 자료는 그대로입니다.")
    if row.done_at is not None:
        raise Refusal(
            f"{row.name}님의 평가표는 마감되어 바꾸지 않았습니다. 고치려면 사유를 적고 다시 여십시오."
        )


def right_for(desk: Desk, rater_id: UUID) -> Right:
    """The right that writing this sheet asks for."""
    with desk.store.read() as connection:
        row = read_rater(connection, rater_id)
    return Right.EDIT_COMPANIES if row.user_id is None else Right.RATE


def read_rater(connection: sa.Connection, rater_id: UUID) -> RaterRow:
    """The rater of an id; raise UsageError where there is none."""
    row = store.find_rater(connection, rater_id)
    if row is None:
        raise UsageError("없는 평가위원입니다. 평가위원 목록에서 다시 골라 주십시오.")
    return row
