"""합치기: two records of one person become one, with both histories kept, and are parted again (rulebook section 5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.masking import Masking
from regional_desk.domain.recruitment import FUNNEL, Stage, reached
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean, korean_date
from regional_desk.errors import Item, Refusal
from regional_desk.services.desk import Desk, Work
from regional_desk.services.recruitment import contact, people, stages
from regional_desk.store import applicants, merging
from regional_desk.store.applicants import ApplicationRow, MergeRow
from regional_desk.store.ids import new_id
from regional_desk.store.people import PersonRow, list_people, person
from regional_desk.store.recruitment import person_merge
from regional_desk.store.retention import find_separation

ROWS = {
    "application": "지원서",
    "membership": "교육과정",
    "attendance": "출석 기록",
    "attendance_evidence": "출석 증빙",
    "attendance_remark": "출석 비고",
    "check_in": "출석 체크 기록",
    "call_line": "미확인 전화",
    "second_entry": "서명부 대조",
    "closing_exception": "마감 예외",
    "nonpayable_span": "지급 제외 기간",
    "counselling": "상담 기록",
    "person_document": "제출서류",
    "consent": "동의",
}
FILLED = {
    "sex": "성별",
    "phone": "연락처",
    "email": "이메일",
    "address": "주소",
    "education": "최종학력",
    "major": "전공",
}
HELD = "합치면서 옮겨 온 계좌"
_MERGED = "같은 사람의 지원서와 합침"


@dataclass(frozen=True, slots=True)
class Preview:
    """What merging `gone` into `kept` would do; `blocks` say why it may not be done.

    `moves` are (what, how many), `fills` the fields of the kept one that were empty, `differs` (field, kept, gone) those
    that stay as the kept one has them.
    """

    kept: PersonRow
    gone: PersonRow
    moves: tuple[tuple[str, int], ...]
    fills: tuple[str, ...]
    differs: tuple[tuple[str, str, str], ...]
    duplicates: tuple[str, ...]
    blocks: tuple[Item, ...]


def preview(desk: Desk, kept: UUID, gone: UUID) -> Preview:
    """What a merge would move, fill and leave, before it is done; raise Refusal where one of them is not there."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        found = _preview(desk, connection, kept, gone)
    desk.note_view("people", [kept, gone], {"by": "merge"})
    if desk.masking is Masking.FULL:
        return found
    hide = desk.masking
    rows = {row.id: row for row in people.survey_people(desk) if row.id in (kept, gone)}
    differs = tuple(
        (label, _hidden(hide, label, one), _hidden(hide, label, two)) for label, one, two in found.differs
    )
    return Preview(rows[kept], rows[gone], found.moves, found.fills, differs, found.duplicates, found.blocks)


def merge(desk: Desk, kept: UUID, gone: UUID, reason: str, operation_id: UUID | None = None) -> UUID:
    """Make `gone` part of `kept`: its rows move, its record stays hidden with its key and history; return the merge's id.

    Raises Refusal without a reason and for every block of the preview, with nothing changed.
    """
    if not clean(reason):
        raise Refusal("같은 사람이라고 본 까닭을 적어 주십시오. 합치지 않았습니다.")

    def body(work: Work) -> dict[str, Any]:
        found = _preview(desk, work.connection, kept, gone)
        if found.blocks:
            raise Refusal(
                f"합칠 수 없어 아무것도 바꾸지 않았습니다: {found.blocks[0].message}", items=found.blocks
            )
        keys = desk.store.person_keys(work.connection, [kept, gone])
        moved: dict[str, Any] = {"duplicates": _set_aside(work, kept, gone)}
        moved["rows"] = _give(work, keys, kept, gone)
        moved["fields"] = _fill(work, keys, kept, gone)
        moved["followers"] = _hide(work, kept, gone)
        merging.end_steps(work.connection, gone)
        merge_id = new_id()
        work.connection.execute(
            sa.insert(person_merge).values(
                id=merge_id,
                kept_id=kept,
                gone_id=gone,
                reason=clean(reason),
                moved=moved,
                user_id=desk.actor.user_id,
                at=work.at,
            )
        )
        told = {
            "reason": clean(reason),
            "rows": {ROWS[name]: len(rows) for name, rows in moved["rows"].items()},
        }
        values = [work.seal(keys, one, told) for one in (kept, gone)]
        work.log("people.merge", "people", kept, values=values)
        work.subjects.add("courses")
        return {"merge": str(merge_id)}

    done = desk.perform(Right.EDIT_PEOPLE, "people.merge", body, operation_id)
    return UUID(done["merge"])


def list_merges(desk: Desk, about: UUID | None = None) -> tuple[MergeRow, ...]:
    """Every merge, or those of one person, the newest first."""
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        return applicants.list_merges(connection, about)


def _preview(desk: Desk, connection: sa.Connection, kept: UUID, gone: UUID) -> Preview:
    if kept == gone:
        raise Refusal("같은 기록입니다. 서로 다른 두 사람을 고르십시오.")
    rows = {row.id: row for row in list_people(connection, desk.office.programme_year, [kept, gone])}
    keys = desk.store.person_keys(connection, [kept, gone])
    if len(rows) < len((kept, gone)) or len(keys) < len((kept, gone)):
        raise Refusal("없는 사람이거나 이미 합치거나 파기한 사람이라 합칠 수 없습니다. 목록을 새로 보십시오.")
    if find_separation(connection, kept) or find_separation(connection, gone):
        raise Refusal("분리보관한 사람은 합칠 수 없습니다. 바꾼 것이 없습니다.")
    mine, theirs = (by_year(connection, one) for one in (kept, gone))
    counts = {name: len(merging.rows_of(connection, name, gone)) for name in merging.MOVED}
    counts["application"] = len(set(theirs) - set(mine))
    shown = [
        (name, label, getattr(rows[kept], name), getattr(rows[gone], name)) for name, label in FILLED.items()
    ]
    fills = [label for _, label, one, two in shown if two and not one]
    differs: list[tuple[str, str, str]] = [
        (label, str(one), str(two)) for _, label, one, two in shown if one and two and one != two
    ]
    one, two = rows[kept], rows[gone]
    if two.account_mac and not one.account_mac:
        fills.append("계좌")
    elif two.account_mac and one.account_mac != two.account_mac:
        shows = Masking.MASKED.show_account
        differs.append(("계좌", shows(one.account_tail), shows(two.account_tail)))
    duplicates = tuple(
        f"{year}년 지원서({Stage(theirs[year].stage).label})는 중복이 됩니다"
        for year in theirs
        if year in mine
    )
    return Preview(
        one,
        two,
        tuple((ROWS[name], number) for name, number in counts.items() if number),
        tuple(fills),
        tuple(differs),
        duplicates,
        tuple(_blocks(connection, one, two, mine, theirs)),
    )


def _blocks(
    connection: sa.Connection,
    kept: PersonRow,
    gone: PersonRow,
    mine: Mapping[int, ApplicationRow],
    theirs: Mapping[int, ApplicationRow],
) -> Iterator[Item]:
    """Why two records may not become one; most go away where the other one is kept."""
    other_way = f"{gone.name}님({korean_date(gone.birth)})을 남기고 합치십시오."
    if merging.has_pay(connection, gone.id):
        yield Item("훈련수당", f"사라질 사람에게 훈련수당 내역이 있습니다. {other_way}")
    if merging.has_matching(connection, gone.id):
        yield Item("연계", f"사라질 사람이 연계 차수나 인턴십에 들어 있습니다. {other_way}")
    if merging.eventful(connection, gone.id):
        yield Item("교육과정", f"사라질 사람에게 교육 처리 기록이 있습니다. {other_way}")
    for year in sorted(set(mine) & set(theirs)):
        if _far(theirs[year]) > _far(mine[year]):
            stage = Stage(theirs[year].stage).label
            yield Item("지원서", f"사라질 사람의 {year}년 지원서가 더 나아가 있습니다({stage}). {other_way}")
    yield from _days_of_both(connection, kept.id, gone.id)
    yield from _courses_of_both(connection, kept.id, gone.id)


def _days_of_both(connection: sa.Connection, kept: UUID, gone: UUID) -> Iterator[Item]:
    for name in merging.ONE_A_DAY:
        days = set(merging.rows_of(connection, name, kept)) & set(merging.rows_of(connection, name, gone))
        if days:
            yield Item(
                "출석",
                f"두 사람 모두 {ROWS[name]}이(가) 있는 날이 {len(days)}일입니다({min(days)} …). 같은 사람일 수 없습니다.",
            )


def _courses_of_both(connection: sa.Connection, kept: UUID, gone: UUID) -> Iterator[Item]:
    lent = merging.lent_courses(connection, gone)
    held = merging.spans_in_courses(connection, kept)
    for _, course_id, name, _, first, last in merging.spans_in_courses(connection, gone):
        if course_id in lent:
            yield Item(
                "출석",
                f"사라질 사람의 '{name}' 과정이 '{lent[course_id]}'에 대출 중입니다. "
                "[출석 → 반 대출·반납]에서 반납받은 뒤 합치십시오.",
            )
        for _, other, other_name, _, start, end in held:
            if course_id == other:
                yield Item("교육과정", f"두 사람 모두 '{name}' 과정의 교육생입니다.")
            elif first <= end and start <= last:
                yield Item("교육과정", f"같은 기간에 '{name}' 과정과 '{other_name}' 과정에 있습니다.")


def by_year(connection: sa.Connection, person_id: UUID) -> dict[int, ApplicationRow]:
    """A person's application of each programme year."""
    return {row.programme_year: row for row in applicants.list_applications(connection, [person_id])}


def _far(row: ApplicationRow) -> int:
    last = reached(Stage(row.stage))
    return -1 if last is None else FUNNEL.index(last)


def _hidden(hide: Masking, label: str, value: str) -> str:
    shows = {"연락처": hide.show_phone, "이메일": hide.show_email, "주소": hide.show_address}
    return shows.get(label, str)(value)


def _set_aside(work: Work, kept: UUID, gone: UUID) -> list[list[str]]:
    """The gone one's application of a year in which the kept one has its own becomes 중복."""
    mine, theirs = (by_year(work.connection, one) for one in (kept, gone))
    aside = []
    for year, row in theirs.items():
        if year in mine and row.stage != Stage.DUPLICATE:
            stages.move(work, row.id, gone, Stage.DUPLICATE, work.at.date(), _MERGED)
            aside.append([str(row.id), row.stage])
    return aside


def _give(work: Work, keys: Mapping[UUID, bytes], kept: UUID, gone: UUID) -> dict[str, dict[str, str]]:
    """Move every row, and keep what names it with a mark of how it was then."""
    connection, lookup = work.connection, work.desk.store.inner_keys.lookup
    years = {
        row.id for year, row in by_year(connection, gone).items() if year not in by_year(connection, kept)
    }
    found: dict[str, dict[str, str]] = {}
    for name in merging.MOVED:
        names = list(merging.rows_of(connection, name, gone))
        if name == "application":
            names = [one for one in names if UUID(one) in years]
        merging.give(connection, name, names, (gone, kept), keys)
        after = merging.rows_of(connection, name, kept)
        if names:
            found[name] = {one: merging.mark(lookup, after[one]) for one in names}
    return found


def _fill(work: Work, keys: Mapping[UUID, bytes], kept: UUID, gone: UUID) -> list[str]:
    """Fill the kept one's empty fields; an account goes under the kept one's key and is held until somebody checks it."""
    rows = {
        row.id: row for row in work.connection.execute(sa.select(person).where(person.c.id.in_([kept, gone])))
    }
    one, two = rows[kept], rows[gone]
    new = {name: getattr(two, name) for name in FILLED if getattr(two, name) and not getattr(one, name)}
    filled = list(new)
    if two.account_sealed is not None and one.account_sealed is None:
        account = contact.open_account(keys[gone], gone, two.account_sealed)
        new |= contact.account_columns(work.desk, keys[kept], kept, account)
        new |= {"bank": two.bank, "account_holder": two.account_holder, "account_hold": HELD}
        filled.append("account")
    if new:
        work.connection.execute(
            sa.update(person).where(person.c.id == kept).values(**new, version=person.c.version + 1)
        )
    return filled


def _hide(work: Work, kept: UUID, gone: UUID) -> list[str]:
    """The gone one, and whoever was merged into it before, belong to the kept one now; return those followers."""
    followers = [
        str(one)
        for one in work.connection.execute(
            sa.select(person.c.id).where(person.c.merged_into == gone)
        ).scalars()
    ]
    work.connection.execute(
        sa.update(person)
        .where(sa.or_(person.c.id == gone, person.c.merged_into == gone))
        .values(merged_into=kept, version=person.c.version + 1)
    )
    return followers
