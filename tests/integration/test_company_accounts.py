"""A company's account: encrypted, held after each change, freed by a second person's call (rulebook section 3)."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from tests.claims_office import a_file
from tests.integration.matching_office import FIRST, as_somebody

from regional_desk.domain.accounts import Cause
from regional_desk.domain.clock import FixedClock
from regional_desk.domain.company_accounts import company_findings, is_own
from regional_desk.domain.people import Bank
from regional_desk.domain.rights import Role
from regional_desk.errors import NotAllowed, Refusal, UsageError
from regional_desk.services.claims import company_accounts
from regional_desk.services.companies import companies, company_documents
from regional_desk.services.desk import Desk
from regional_desk.services.recruitment import contact, people
from regional_desk.services.safety import accounts as users
from regional_desk.store.ids import new_id

NUMBER, OTHER = "20701234567890", "207-0999-8877-66"
KB = Bank("004", "국민은행", (), (14,))


def two(desk: Desk) -> tuple[UUID, str, UUID, str]:
    """Two companies with their names."""
    first, second = companies.list_companies(desk)[:2]
    return first.id, first.name, second.id, second.name


def hold(desk: Desk, company: UUID) -> str:
    with desk.store.read() as connection:
        return company_accounts.holds(connection, [company]).get(company, "")


@pytest.mark.parametrize(
    ("holder", "digits", "others", "people", "changed", "causes"),
    [
        ("(주)가온정밀", 14, (), (), False, ()),
        ("주식회사 가온정밀", None, (), (), False, ()),
        ("㈜가온정밀", 14, (), (), True, (Cause.CHANGED,)),
        ("홍길동", 14, (), (), False, (Cause.HOLDER,)),
        ("(주)가온정밀", 13, (), (), False, (Cause.LENGTH,)),
        ("(주)가온정밀", 14, ("나래",), ("홍길동",), True, (Cause.CHANGED, Cause.SHARED, Cause.SHARED)),
    ],
)
def test_what_is_to_be_looked_at(
    holder: str,
    digits: int | None,
    others: tuple[str, ...],
    people: tuple[str, ...],
    changed: bool,
    causes: tuple[Cause, ...],
) -> None:
    found = company_findings("(주)가온정밀", holder, KB, digits, others, people, changed=changed)
    assert tuple(one.cause for one in found) == causes


def test_a_company_is_its_own_holder_however_its_form_is_written() -> None:
    assert is_own("가온정밀 주식회사", "㈜ 가온정밀")
    assert not is_own("가온정밀", "가온")


def test_an_account_is_kept_encrypted_and_held_until_somebody_called(desk: Desk) -> None:
    company, name, *_ = two(desk)
    assert company_accounts.read(desk, company) is None
    assert hold(desk, company) == company_accounts.NO_ACCOUNT
    made = company_accounts.set_account(desk, company, "경남은행", NUMBER, name)
    assert (made.tail, made.bank_name, made.hold, made.others) == ("7890", "경남은행", "계좌가 바뀜", False)
    with desk.store.read() as connection:
        row = connection.exec_driver_sql("SELECT * FROM company_account").one()
        assert NUMBER.encode() not in b"".join(value for value in row if isinstance(value, bytes))
    freed = company_accounts.release(desk, company, made.version, "대표번호로 통화")
    assert freed.hold == ""
    assert "단독 처리" in freed.memo  # nobody else could have freed it
    with pytest.raises(Refusal, match="보류된 계좌가 아니어서"):
        company_accounts.release(desk, company, freed.version, "한 번 더")


def test_every_change_holds_it_again_and_the_same_account_is_no_change(desk: Desk) -> None:
    company, name, *_ = two(desk)
    made = company_accounts.set_account(desk, company, "경남은행", NUMBER, name)
    freed = company_accounts.release(desk, company, made.version, "통화")
    with pytest.raises(Refusal, match="바뀐 것이 없습니다"):
        company_accounts.set_account(desk, company, "039", NUMBER, name, version=freed.version)
    again = company_accounts.set_account(desk, company, "경남은행", OTHER, name, version=freed.version)
    assert (again.tail, again.hold, again.released_at) == ("7766", "계좌가 바뀜", None)
    with pytest.raises(Refusal, match="다른 사람이"):
        company_accounts.set_account(desk, company, "경남은행", NUMBER, name, version=freed.version)


@pytest.mark.parametrize(
    ("bank", "number", "holder", "why"),
    [
        ("없는은행", NUMBER, "가온", "은행"),
        ("", NUMBER, "가온", "은행을 적어"),
        ("경남은행", "1234567", "가온", "8~16자리"),
        ("경남은행", "1" * 17, "가온", "8~16자리"),
        ("경남은행", NUMBER, " ", "예금주"),
    ],
)
def test_a_wrong_account_is_refused(desk: Desk, bank: str, number: str, holder: str, why: str) -> None:
    company, *_ = two(desk)
    with pytest.raises(Refusal, match=why):
        company_accounts.set_account(desk, company, bank, number, holder)
    assert company_accounts.read(desk, company) is None


def test_an_unknown_company_has_no_account(desk: Desk) -> None:
    with pytest.raises(UsageError, match="없는 기업"):
        company_accounts.set_account(desk, new_id(), "경남은행", NUMBER, "가온")


def test_another_holder_asks_for_a_reason_and_a_paper(desk: Desk) -> None:
    company, *_ = two(desk)
    made = company_accounts.set_account(desk, company, "경남은행", NUMBER, "홍길동")
    assert made.others
    for reason, paper in (("", a_file()), ("개인사업자 대표 명의", None)):
        with pytest.raises(Refusal, match="증빙 파일"):
            company_accounts.release(desk, company, made.version, "통화", reason=reason, paper=paper)
    freed = company_accounts.release(
        desk, company, made.version, "통화", reason="개인사업자 대표 명의", paper=a_file("통장사본.pdf")
    )
    assert freed.hold == ""
    papers = {one.paper.key: one for one in company_documents.checklist(desk, company)}
    assert len(papers["bankbook"].files) == 1
    assert not papers["bankbook"].asked  # kept where it comes, missing nowhere


def test_two_companies_with_one_account_are_held_also_after_a_release(desk: Desk, clock: FixedClock) -> None:
    first, first_name, second, second_name = two(desk)
    made = company_accounts.set_account(desk, first, "경남은행", NUMBER, first_name)
    company_accounts.release(desk, first, made.version, "통화")
    clock.move_to(clock.now().replace(minute=30))
    late = company_accounts.set_account(desk, second, "경남은행", NUMBER, second_name)
    assert late.hold == f"계좌가 바뀜 · 기업 {first_name}의 계좌와 같음"
    assert hold(desk, first) == f"기업 {second_name}의 계좌와 같음"


def test_an_account_of_a_trainee_is_told(desk: Desk) -> None:
    company, name, *_ = two(desk)
    person = next(row for row in people.list_people(desk) if row.account_tail)
    with desk.store.read() as connection:
        told = contact.read_contact(desk, connection, person.id)
    assert told is not None
    made = company_accounts.set_account(desk, company, told["bank"] or "", told["account"] or "", name)
    assert f"{person.name}님과 같은 계좌" in made.hold


def test_who_changed_it_does_not_free_it_once_somebody_else_may(desk: Desk) -> None:
    company, name, *_ = two(desk)
    made = company_accounts.set_account(desk, company, "경남은행", NUMBER, name)
    users.add_user(desk, "user02", "이둘째", [Role.LEADER], FIRST)
    with pytest.raises(Refusal, match="이둘째"):
        company_accounts.release(desk, company, made.version, "통화")
    assert hold(desk, company) == "계좌가 바뀜"


def test_who_works_on_internships_changes_accounts_and_frees_none(
    desk: Desk, office: Path, clock: FixedClock
) -> None:
    company, name, *_ = two(desk)

    def change(other: Desk) -> None:
        made = company_accounts.set_account(other, company, "경남은행", NUMBER, name)
        with pytest.raises(NotAllowed):
            company_accounts.release(other, company, made.version, "통화")

    as_somebody(desk, office, clock, Role.INTERNSHIP, change)


def test_a_second_leader_frees_what_the_first_changed(desk: Desk, office: Path, clock: FixedClock) -> None:
    company, name, *_ = two(desk)
    made = company_accounts.set_account(desk, company, "경남은행", NUMBER, name)

    def free(other: Desk) -> str:
        return company_accounts.release(other, company, made.version, "통화").memo

    assert as_somebody(desk, office, clock, Role.LEADER, free) == "통화"


def test_guests_see_neither_the_memo_nor_another_holder(desk: Desk) -> None:
    company, *_ = two(desk)
    made = company_accounts.set_account(desk, company, "경남은행", NUMBER, "홍길동")
    company_accounts.release(desk, company, made.version, "통화", reason="대표", paper=a_file())
    (shown,) = company_accounts.list_accounts(desk.for_guests())
    assert (shown.holder, shown.memo) == ("홍*동", "")
