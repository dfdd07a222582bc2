"""계좌 안전핀: what holds an account, and who may free it with what (rulebook section 3)."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from regional_desk.domain.rights import Role
from regional_desk.errors import FileRejected, Refusal
from regional_desk.services.desk import Desk
from regional_desk.services.pay import accounts
from regional_desk.services.recruitment import contact, people
from regional_desk.services.safety import accounts as users
from regional_desk.store.accounts import user
from regional_desk.store.people import person


@pytest.fixture
def two(desk: Desk) -> tuple[UUID, UUID]:
    """Two people of the office with accounts of their own."""
    first, second = [row.id for row in people.list_people(desk) if row.account_tail][:2]
    return first, second


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A scan, as somebody hands it in."""
    file = tmp_path / "동의서.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    return file


def number_of(desk: Desk, one: UUID) -> str:
    with desk.store.read() as connection:
        kept = contact.read_contact(desk, connection, one)
    assert kept is not None
    assert kept["account"] is not None
    return kept["account"]


def held(desk: Desk) -> dict[UUID, str]:
    return {one.person: one.why for one in accounts.list_held(desk)}


def name_of(desk: Desk, one: UUID) -> str:
    return next(row.name for row in people.list_people(desk) if row.id == one)


def change_by_another(desk: Desk, one: UUID) -> None:
    """As if somebody else had changed the account last."""
    with desk.store.write() as connection:
        other = connection.execute(sa.select(user.c.id).where(user.c.id != desk.actor.user_id)).scalar()
        connection.execute(sa.update(person).where(person.c.id == one).values(account_changed_by=other))


def test_an_office_with_sound_accounts_holds_nobody(desk: Desk) -> None:
    assert held(desk) == {}
    assert accounts.held_reasons(desk) == ()


def test_both_users_of_one_account_are_held_until_each_was_looked_at(
    desk: Desk, two: tuple[UUID, UUID]
) -> None:
    first, second = two
    contact.set_contact(desk, second, {"account": number_of(desk, first)}, title="계좌")
    assert held(desk) == {
        first: f"{name_of(desk, second)}님과 같은 계좌",
        second: f"계좌가 바뀜 · {name_of(desk, first)}님과 같은 계좌",
    }
    accounts.release_account(desk, second, "남매가 함께 쓴다고 통화로 확인")
    assert list(held(desk)) == [first]
    accounts.release_account(desk, first, "남매가 함께 쓴다고 통화로 확인")
    assert held(desk) == {}


def test_a_third_user_of_a_freed_account_holds_it_again(desk: Desk, two: tuple[UUID, UUID]) -> None:
    first, second = two
    contact.set_contact(desk, second, {"account": number_of(desk, first)}, title="계좌")
    for one in two:
        accounts.release_account(desk, one, "통화로 확인")
    third = next(row.id for row in people.list_people(desk) if row.account_tail and row.id not in two)
    contact.set_contact(desk, third, {"account": number_of(desk, first)}, title="계좌")
    assert set(held(desk)) == {first, second, third}
    assert held(desk)[first] == f"{name_of(desk, third)}님과 같은 계좌"


def test_another_holder_needs_reason_and_paper(desk: Desk, two: tuple[UUID, UUID], paper: Path) -> None:
    one, _ = two
    contact.set_contact(desk, one, {"account_holder": "한어머"}, title="예금주")
    assert held(desk)[one] == "계좌가 바뀜 · 예금주가 본인이 아님(한어머)"
    file = accounts.read_paper(paper)
    with pytest.raises(Refusal, match="사유를 적고"):
        accounts.release_account(desk, one, "어머니 계좌라고 함", paper=file)
    with pytest.raises(Refusal, match="증빙 파일"):
        accounts.release_account(desk, one, "어머니 계좌라고 함", reason="본인 계좌 압류")
    accounts.release_account(desk, one, "어머니 계좌라고 함", reason="본인 계좌 압류", paper=file)
    assert held(desk) == {}
    (release,) = accounts.list_releases(desk, one)
    assert (release.memo, release.reason, release.paper) == ("어머니 계좌라고 함", "본인 계좌 압류", True)
    assert accounts.open_paper(desk, release.id).read_bytes() == paper.read_bytes()


def test_a_length_the_bank_does_not_use_is_held(desk: Desk, two: tuple[UUID, UUID]) -> None:
    contact.set_contact(desk, two[0], {"bank": "004", "account": "123456789"}, title="계좌")
    assert held(desk)[two[0]] == "계좌가 바뀜 · 국민은행에서 쓰지 않는 자릿수(9자리)"


def test_an_account_without_a_bank_is_not_freed(desk: Desk, two: tuple[UUID, UUID]) -> None:
    contact.set_contact(desk, two[0], {"bank": None}, title="은행")
    with pytest.raises(Refusal, match="은행을 먼저"):
        accounts.release_account(desk, two[0], "통화로 확인")


def test_a_cleared_account_holds_nobody(desk: Desk, two: tuple[UUID, UUID]) -> None:
    contact.set_contact(desk, two[0], {"account": None}, title="계좌")
    assert held(desk) == {}


def test_alone_the_release_is_stamped_and_with_two_it_takes_the_other(
    desk: Desk, two: tuple[UUID, UUID]
) -> None:
    first, second = two
    contact.set_contact(desk, first, {"account": "110222333444"}, title="계좌")
    assert accounts.release_account(desk, first, "통화로 확인")["solo"] is True
    assert accounts.list_releases(desk, first)[0].solo
    users.add_user(desk, "leader1", "이팀장", [Role.LEADER], "another-horse-1")
    contact.set_contact(desk, second, {"account": "110222333555"}, title="계좌")
    with pytest.raises(Refusal, match=r"마지막으로 바꾼 사람.*이팀장"):
        accounts.release_account(desk, second, "통화로 확인")
    change_by_another(desk, second)
    assert accounts.release_account(desk, second, "통화로 확인")["solo"] is False


def test_an_account_freed_once_is_held_when_it_changes_again(desk: Desk, two: tuple[UUID, UUID]) -> None:
    one, before = two[0], number_of(desk, two[0])
    for number in ("110222333444", before):
        contact.set_contact(desk, one, {"account": number}, title="계좌")
        assert held(desk) == {one: "계좌가 바뀜"}
        accounts.release_account(desk, one, "통화로 확인")


def test_what_the_call_told_is_kept_under_the_persons_key_only(desk: Desk, two: tuple[UUID, UUID]) -> None:
    contact.set_contact(desk, two[0], {"account": "110222333444"}, title="계좌")
    accounts.release_account(desk, two[0], "8/31 본인 통화로 확인")
    with desk.store.read() as connection:
        details = connection.exec_driver_sql(
            "SELECT detail FROM change_log WHERE action = 'account.release'"
        ).scalars()
        assert [json.loads(one) for one in details] == [{"solo": True}]


def test_whoever_sees_people_masked_sees_holds_masked(desk: Desk, two: tuple[UUID, UUID]) -> None:
    first, second = two
    contact.set_contact(desk, second, {"account": number_of(desk, first)}, title="계좌")
    names = {name_of(desk, one) for one in two}
    shown = accounts.list_held(desk.for_guests())
    told = " ".join(f"{one.name} {one.holder} {one.why} {one.phone}" for one in shown)
    assert not any(name in told for name in names)
    assert not any(name in reason for name in names for reason in accounts.held_reasons(desk))


def test_a_paper_is_taken_by_its_bytes(tmp_path: Path) -> None:
    file = tmp_path / "동의서.pdf"
    file.write_text("not a pdf", encoding="utf-8")
    with pytest.raises(FileRejected):
        accounts.read_paper(file)
