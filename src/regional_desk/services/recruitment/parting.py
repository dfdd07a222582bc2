"""합치기 되돌리기: what is unchanged since goes back, what changed stays and is listed (rulebook section 5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.recruitment import Stage
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean
from regional_desk.errors import Refusal, UsageError
from regional_desk.services.desk import Desk, Work
from regional_desk.services.recruitment import stages
from regional_desk.services.recruitment.merging import FILLED, ROWS, by_year
from regional_desk.store import applicants, merging
from regional_desk.store.applicants import MergeRow
from regional_desk.store.people import list_merged, person
from regional_desk.store.recruitment import person_merge

_ACCOUNT = ("bank", "account_sealed", "account_mac", "account_tail", "account_holder", "account_changed_by")
_PARTED = "합치기를 되돌림"


@dataclass(frozen=True, slots=True)
class Parted:
    """What an unmerge did: `restored` (what, how many) went back, `left` stays with the kept person, and why."""

    kept: UUID
    gone: UUID
    restored: tuple[tuple[str, int], ...]
    left: tuple[str, ...]


def find_merged(desk: Desk, text: str) -> UUID:
    """The merged record meant by an id or `성명 1999-03-05`; raise UsageError where none or several fit."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        rows = list_merged(connection)
    typed = clean(text)
    found = [
        row.id for row in rows if typed in (str(row.id), row.name, f"{row.name} {row.birth.isoformat()}")
    ]
    if len(found) != 1:
        raise UsageError(
            f"'{text}'에 해당하는 합친 기록이 {len(found)}건입니다. 성명과 생년월일(예: 홍길동 1999-03-05)을 확인해 주십시오."
        )
    return found[0]


def unmerge(desk: Desk, gone: UUID, reason: str, operation_id: UUID | None = None) -> Parted:
    """Part a merged person again: whatever is unchanged since goes back, what changed stays with the kept one and is listed.

    Raises Refusal without a reason, where the person is not merged, or where the kept one was merged further: then that
    merge has to be taken back first.
    """
    if not clean(reason):
        raise Refusal("합치기를 되돌리는 까닭을 적어 주십시오. 바꾼 것이 없습니다.")

    def body(work: Work) -> dict[str, Any]:
        row = _last_merge(work.connection, gone)
        keys = desk.store.person_keys(work.connection, [row.kept_id, gone])
        if len(keys) < len({row.kept_id, gone}):
            raise Refusal("파기한 사람이라 합치기를 되돌리지 않았습니다.")
        left: list[str] = []
        back = _take_back(work, row, keys, left)
        _unfill(work, row, left)
        _show(work, row)
        _undo_duplicates(work, row, left)
        work.connection.execute(
            sa.update(person_merge)
            .where(person_merge.c.id == row.id)
            .values(undone_by=desk.actor.user_id, undone_at=work.at)
        )
        told = {"reason": clean(reason), "rows": {ROWS[name]: number for name, number in back}}
        values = [work.seal(keys, one, told) for one in (row.kept_id, gone)]
        work.log("people.unmerge", "people", row.kept_id, values=values)
        work.subjects.add("courses")
        return {"kept": str(row.kept_id), "restored": back, "left": left}

    done = desk.perform(Right.EDIT_PEOPLE, "people.unmerge", body, operation_id)
    restored = tuple((ROWS[name], int(number)) for name, number in done["restored"] if number)
    return Parted(UUID(done["kept"]), gone, restored, tuple(done["left"]))


def _last_merge(connection: sa.Connection, gone: UUID) -> MergeRow:
    into = connection.execute(sa.select(person.c.merged_into).where(person.c.id == gone)).scalar()
    rows = [
        row
        for row in applicants.list_merges(connection, gone)
        if row.gone_id == gone and row.undone_at is None
    ]
    if into is None or not rows:
        raise Refusal("합친 사람이 아니어서 되돌릴 것이 없습니다.")
    if rows[0].kept_id != into:
        raise Refusal("남긴 사람이 그 뒤에 다른 사람과 또 합쳐졌습니다. 그 합치기를 먼저 되돌리십시오.")
    return rows[0]


def _take_back(
    work: Work, row: MergeRow, keys: Mapping[UUID, bytes], left: list[str]
) -> list[tuple[str, int]]:
    """Give back the rows that are as they were; a course goes back only together with its untouched attendance."""
    connection, kept, gone = work.connection, row.kept_id, row.gone_id
    lookup, moved = work.desk.store.inner_keys.lookup, row.moved["rows"]
    now = {name: merging.rows_of(connection, name, kept) for name in moved}
    good = {
        name: {
            one
            for one, was in marks.items()
            if one in now[name] and merging.mark(lookup, now[name][one]) == was
        }
        for name, marks in moved.items()
    }
    _hold_courses(connection, kept, moved, good, left)
    back = []
    for name, marks in moved.items():
        names = [one for one in marks if one in good[name]]
        stays = len(marks) - len(names)
        if stays and name != "membership" and name not in merging.IN_COURSE:
            left.append(f"{ROWS[name]} {stays}건은 합친 뒤에 바뀌어 남긴 사람에게 둡니다.")
        merging.give(connection, name, names, (kept, gone), keys)
        back.append((name, len(names)))
    return back


def _hold_courses(
    connection: sa.Connection,
    kept: UUID,
    moved: Mapping[str, Mapping[str, str]],
    good: dict[str, set[str]],
    left: list[str],
) -> None:
    """Take out of `good` every course with anything changed since, its attendance and its year's application with it."""
    records = {name: merging.rows_of(connection, name, kept) for name in merging.IN_COURSE}
    fixed = merging.fixed_courses(connection, kept) | merging.lent_courses(connection, kept).keys()
    eventful, came = merging.eventful(connection, kept), moved.get("attendance", {})
    for member, course_id, name, year, first, last in merging.spans_in_courses(connection, kept):
        if str(member) not in moved.get("membership", {}):
            continue
        inside = {
            kind: {key for key, row in rows.items() if _belongs(row, course_id, first, last)}
            for kind, rows in records.items()
        }
        inside["attendance"] |= {day for day in came if str(first) <= day <= str(last)}
        whole = all(keys <= good.get(kind, set()) for kind, keys in inside.items())
        if (
            whole
            and str(member) in good["membership"]
            and course_id not in fixed
            and str(member) not in eventful
        ):
            continue
        good["membership"].discard(str(member))
        for kind, keys in inside.items():
            good.get(kind, set()).difference_update(keys)
        asked = by_year(connection, kept).get(year)
        if asked is not None:
            good.get("application", set()).discard(str(asked.id))
        left.append(f"'{name}' 과정과 그 출석 기록은 합친 뒤에 바뀌어 남긴 사람에게 둡니다.")


def _belongs(row: sa.Row[Any], course_id: UUID, first: dt.date, last: dt.date) -> bool:
    """Whether a record is of this course: by its id where it says so, else by its day."""
    of: UUID | None = getattr(row, "course_id", None)
    return of == course_id if of is not None else first <= row.day <= last


def _unfill(work: Work, row: MergeRow, left: list[str]) -> None:
    """Empty the fields that were filled, where they still say what the gone one's record says."""
    both = sa.select(person).where(person.c.id.in_([row.kept_id, row.gone_id]))
    rows = {one.id: one for one in work.connection.execute(both)}
    kept, gone = rows[row.kept_id], rows[row.gone_id]
    new: dict[str, Any] = {}
    for name in row.moved["fields"]:
        names = ("account_mac", "bank", "account_holder") if name == "account" else (name,)
        if any(getattr(kept, one) != getattr(gone, one) for one in names):
            left.append(f"{FILLED.get(name, '계좌')}은(는) 합친 뒤에 바뀌어 그대로 둡니다.")
        elif name == "account":
            new |= dict.fromkeys((*_ACCOUNT, "account_hold"))
        else:
            new[name] = None
    work.connection.execute(
        sa.update(person).where(person.c.id == row.kept_id).values(**new, version=person.c.version + 1)
    )


def _show(work: Work, row: MergeRow) -> None:
    """The gone one is a person of its own again, and its followers follow it."""
    followers = [UUID(one) for one in row.moved["followers"]]
    new = {"version": person.c.version + 1}
    work.connection.execute(
        sa.update(person).where(person.c.id == row.gone_id).values(merged_into=None, **new)
    )
    work.connection.execute(
        sa.update(person)
        .where(person.c.id.in_(followers), person.c.merged_into == row.kept_id)
        .values(merged_into=row.gone_id, **new)
    )


def _undo_duplicates(work: Work, row: MergeRow, left: list[str]) -> None:
    by_id = {str(one.id): one for one in applicants.list_applications(work.connection, [row.gone_id])}
    for application_id, stage in row.moved["duplicates"]:
        found = by_id.get(application_id)
        if found is None or found.stage != Stage.DUPLICATE:
            left.append("중복이 된 지원서의 단계는 그 뒤에 바뀌어 그대로 둡니다.")
            continue
        stages.move(work, found.id, row.gone_id, Stage(stage), work.at.date(), _PARTED)
