"""The plan of an applicants' list (rulebook section 5; account safety: section 3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.masking import Masking
from regional_desk.domain.people import near_names
from regional_desk.domain.recruitment import Stage
from regional_desk.exchange.applicants import ApplicantRow, parse
from regional_desk.exchange.layout import Layout
from regional_desk.exchange.spreadsheets import Sheet
from regional_desk.services import codes, contact
from regional_desk.services.desk import Desk, Work
from regional_desk.services.import_plan import Plan
from regional_desk.store import sealing
from regional_desk.store.ids import new_id
from regional_desk.store.people import PersonRow, application, application_step, list_people, person

_PLAIN = ("sex", "phone", "email", "address", "education", "major")
_LABELS = {
    "sex": "성별",
    "phone": "연락처",
    "email": "이메일",
    "address": "주소",
    "education": "최종학력",
    "major": "전공",
    "track": "트랙",
    "bank": "은행",
    "account": "계좌번호",
    "account_holder": "예금주",
}

_New = tuple[UUID, ApplicantRow, str | None, str | None]  # id, row, review, account hold
_Update = tuple[
    PersonRow, ApplicantRow, dict[str, Any], str | None
]  # now, row, changed columns, account hold


class _Known:
    """Who is in the office already, by what makes two records the same person or worth a look."""

    def __init__(self, desk: Desk, people: Sequence[PersonRow]) -> None:
        self._lookup = desk.store.inner_keys.lookup
        self.by_key = {(row.name, row.birth): row for row in people}
        self.phones = {row.phone: row.name for row in people if row.phone}
        self.accounts = {row.account_mac: (row.name, row.birth) for row in people if row.account_mac}
        self.births: dict[object, list[str]] = {}
        for row in people:
            self.births.setdefault(row.birth, []).append(row.name)

    def mac(self, account: str | None) -> bytes | None:
        return None if account is None else sealing.fingerprint(self._lookup, account)

    def review(self, row: ApplicantRow) -> str | None:
        """확인 필요: same phone or account, or a near name with the same birth date."""
        reasons = []
        if row.phone in self.phones:
            reasons.append(f"{self.phones[row.phone]}님과 연락처가 같음")
        mac = self.mac(row.account)
        if mac in self.accounts:
            reasons.append(f"{self.accounts[mac][0]}님과 계좌가 같음")
        reasons += [
            f"{name}님과 이름·생년월일이 비슷함"
            for name in self.births.get(row.birth, [])
            if near_names(name, row.name)
        ]
        return " · ".join(reasons) or None

    def hold(self, row: ApplicantRow) -> str | None:
        """Why the account may not be paid to before a second person looked (rulebook section 3)."""
        if row.account is None:
            return None
        mac = self.mac(row.account)
        if mac in self.accounts and self.accounts[mac] != (row.name, row.birth):
            return f"{self.accounts[mac][0]}님과 같은 계좌"
        if row.holder and row.holder.replace(" ", "") != row.name.replace(" ", ""):
            return f"예금주가 본인이 아님({row.holder})"
        if row.bank is None:
            return "은행이 없음"
        if row.bank.lengths and len(row.account) not in row.bank.lengths:
            return f"{row.bank.name}에서 쓰지 않는 자릿수({len(row.account)}자리)"
        return None

    def add(self, row: ApplicantRow) -> None:
        if row.phone:
            self.phones.setdefault(row.phone, row.name)
        if row.account:
            self.accounts.setdefault(self.mac(row.account) or b"", (row.name, row.birth))
        self.births.setdefault(row.birth, []).append(row.name)


def plan(desk: Desk, connection: sa.Connection, sheet: Sheet, layout: Layout) -> Plan:
    """What the list brings: new people, changed ones, the same ones, rows that repeat somebody."""
    parsed = parse(sheet, layout, codes.banks())
    made = plan_rows(desk, connection, parsed.rows)
    made.read = parsed.read
    made.errors = list(parsed.errors)
    bad_rows = {error.row for error in parsed.errors}
    if len(bad_rows) != len(made.errors):
        made.notices.append(f"오류가 있는 행은 {len(bad_rows)}개입니다.")
    return made


def plan_rows(desk: Desk, connection: sa.Connection, rows: Sequence[ApplicantRow]) -> Plan:
    """What good rows bring, whatever file they came from."""
    known = _Known(desk, list_people(connection, desk.office.programme_year))
    new: list[_New] = []
    updates: list[_Update] = []
    made = Plan(lambda work, import_id: _apply(desk, work, import_id, new, updates))
    made.read = len(rows)
    seen: dict[object, int] = {}
    for row in rows:
        if row.key in seen:
            made.skipped += 1
            made.notices.append(f"{row.row}행 {row.name}: {seen[row.key]}행과 같은 사람이라 건너뜁니다.")
            continue
        seen[row.key] = row.row
        now = known.by_key.get((row.name, row.birth))
        if now is None:
            review = known.review(row)
            if review:
                made.notices.append(f"{row.row}행 {row.name}: 확인 필요 — {review}.")
            new.append((new_id(), row, review, known.hold(row)))
            known.add(row)
            continue
        changed = _changed(now, row, known.mac(row.account))
        if changed or now.stage is None:
            hold = "계좌가 바뀜" if "account" in changed and now.account_mac else known.hold(row)
            updates.append((now, row, changed, hold))
            made.changes += _lines(now, row, changed)
        else:
            made.unchanged += 1
    made.new, made.updated = len(new), len(updates)
    made.changes.sort(key=lambda line: _LABELS["account"] not in line)  # account changes first
    return made


def _changed(now: PersonRow, row: ApplicantRow, mac: bytes | None) -> dict[str, Any]:
    """The columns that differ; an empty cell never clears."""
    told: dict[str, Any] = {name: getattr(row, name) for name in _PLAIN}
    told |= {"track": row.track, "bank": row.bank.code if row.bank else None, "account_holder": row.holder}
    changed: dict[str, Any] = {
        name: str(value)
        for name, value in told.items()
        if value is not None and str(value) != getattr(now, name)
    }
    if mac is not None and mac != now.account_mac:
        changed["account"] = row.account
    return changed


def _lines(now: PersonRow, row: ApplicantRow, changed: dict[str, Any]) -> list[str]:
    lines = []
    for name, value in changed.items():
        if name == "account":
            old, shown = (
                Masking.MASKED.show_account(now.account_tail) or "없음",
                Masking.MASKED.show_account(value),
            )
        else:
            old, shown = getattr(now, name) or "없음", value
        lines.append(f"{row.row}행 {row.name}: {_LABELS[name]} {old} → {shown}")
    return lines


def _apply(desk: Desk, work: Work, import_id: UUID, new: Sequence[_New], updates: Sequence[_Update]) -> None:
    keys = _insert(desk, work, import_id, new)
    keys |= desk.store.person_keys(work.connection, [now.id for now, *_ in updates])
    for now, row, changed, hold in updates:
        _update(desk, work, import_id, keys[now.id], now, row, changed, hold)
    values = [work.seal(keys, person_id, _logged(row)) for person_id, row, *_ in new]
    values += [work.seal(keys, now.id, {**changed, "import": True}) for now, _, changed, _ in updates]
    work.log("import.applicants", "people", import_id, {"new": len(new), "updated": len(updates)}, values)


def _logged(row: ApplicantRow) -> dict[str, Any]:
    return {"name": row.name, "birth": row.birth.isoformat(), "phone": row.phone, "row": row.row}


def _account(desk: Desk, key: bytes, person_id: UUID, row: ApplicantRow) -> dict[str, Any]:
    if row.account is None:
        return {}
    return contact.account_columns(desk, key, person_id, row.account)


def _insert(desk: Desk, work: Work, import_id: UUID, new: Sequence[_New]) -> dict[UUID, bytes]:
    if not new:
        return {}
    keys = {person_id: sealing.new_key() for person_id, *_ in new}
    blank = dict.fromkeys(("account_sealed", "account_mac", "account_tail", "account_changed_by"))
    work.connection.execute(
        sa.insert(person),
        [
            {
                "id": person_id,
                "name": row.name,
                "birth": row.birth,
                **{name: getattr(row, name) for name in _PLAIN},
                "bank": row.bank.code if row.bank else None,
                "account_holder": row.holder,
                "account_hold": hold,
                "review": review,
                "created_at": work.at,
                **blank,
                **_account(desk, keys[person_id], person_id, row),
            }
            for person_id, row, review, hold in new
        ],
    )
    desk.store.keep_person_keys(work.connection, keys)
    _add_applications(desk, work, import_id, [(person_id, row) for person_id, row, *_ in new])
    return keys


def _add_applications(
    desk: Desk, work: Work, import_id: UUID, people: Sequence[tuple[UUID, ApplicantRow]]
) -> None:
    made = [_application(desk, work, import_id, person_id, row) for person_id, row in people]
    work.connection.execute(sa.insert(application), made)
    work.connection.execute(
        sa.insert(application_step),
        [
            {"id": new_id(), "application_id": one["id"], "stage": one["stage"], "on": one["received_on"]}
            for one in made
        ],
    )


def _application(
    desk: Desk, work: Work, import_id: UUID, person_id: UUID, row: ApplicantRow
) -> dict[str, Any]:
    return {
        "id": new_id(),
        "person_id": person_id,
        "programme_year": desk.office.programme_year,
        "track": row.track.value if row.track else None,
        "stage": Stage.APPLIED.value,
        "received_on": work.at.date(),
        "import_id": import_id,
    }


def _update(
    desk: Desk,
    work: Work,
    import_id: UUID,
    key: bytes,
    now: PersonRow,
    row: ApplicantRow,
    changed: dict[str, Any],
    hold: str | None,
) -> None:
    columns = {name: value for name, value in changed.items() if name not in ("account", "track")}
    if "account" in changed:
        columns |= _account(desk, key, now.id, row)
    if hold and {"account", "bank", "account_holder"} & set(changed):
        columns["account_hold"] = hold
    if columns:
        work.connection.execute(
            sa.update(person).where(person.c.id == now.id).values(**columns, version=person.c.version + 1)
        )
    if now.stage is None:
        _add_applications(desk, work, import_id, [(now.id, row)])
    elif "track" in changed:
        work.connection.execute(
            sa.update(application)
            .where(
                application.c.person_id == now.id, application.c.programme_year == desk.office.programme_year
            )
            .values(track=changed["track"], version=application.c.version + 1)
        )
