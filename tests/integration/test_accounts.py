"""Accounts, their keys, lockout and four eyes on a real store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import CHEAP, LOGIN, PASSWORD, settings

from regional_desk.domain.clock import FixedClock
from regional_desk.domain.rights import Right, Role
from regional_desk.errors import (
    LockedOut,
    NotAllowed,
    Refusal,
    StoreBusy,
    UsageError,
    WrongPassword,
)
from regional_desk.services import policies
from regional_desk.services.desk import Desk
from regional_desk.services.pay import allowance
from regional_desk.services.recruitment import people
from regional_desk.services.safety import accounts, backups, health, logs, opening
from regional_desk.services.training import courses
from regional_desk.store import keys, rekeying, session, tries
from regional_desk.store.ids import new_id

TEMPORARY, OWN = "temporary-1", "own-choice-2"


def _sign_in(office: Path, login: str, password: str, clock: FixedClock) -> Desk:
    return opening.open_office(office, login, password, clock)


def _hire(desk: Desk, login: str, *roles: Role) -> None:
    accounts.add_user(desk, login, f"{login} 님", roles, TEMPORARY)


def test_a_new_user_changes_the_temporary_password_before_anything_else(
    desk: Desk, office: Path, clock: FixedClock
) -> None:
    _hire(desk, "park", Role.LEADER)
    desk.store.close()
    newcomer = _sign_in(office, "park", TEMPORARY, clock)
    with pytest.raises(NotAllowed, match="임시 비밀번호"):
        people.list_people(newcomer)
    accounts.change_password(newcomer, TEMPORARY, OWN)
    assert len(people.list_people(newcomer)) == 58
    newcomer.store.close()
    with pytest.raises(WrongPassword):
        _sign_in(office, "park", TEMPORARY, clock)
    again = _sign_in(office, "park", OWN, clock)
    assert not again.must_change
    again.store.close()


@pytest.mark.parametrize("password", ["short", "park", "aaaaaaaa", "12345678", "qwertyui", "abababab"])
def test_an_easy_password_is_refused(desk: Desk, password: str) -> None:
    with pytest.raises(UsageError):
        accounts.add_user(desk, "park", "박팀장", [Role.LEADER], password)
    assert [row.login for row in opening.list_users(desk)] == [LOGIN]


def test_the_same_login_is_never_given_twice(desk: Desk) -> None:
    _hire(desk, "park", Role.LEADER)
    accounts.leave(desk, "park", "퇴사")
    with pytest.raises(UsageError, match="이미 있습니다"):
        _hire(desk, "park", Role.LEADER)


def test_roles_add_up_and_end_with_their_history_kept(desk: Desk) -> None:
    _hire(desk, "park", Role.TRAINING)
    accounts.grant(desk, "park", Role.LEADER)
    row = accounts.revoke(desk, "park", Role.TRAINING)
    assert row.roles == (Role.LEADER.value,)
    with desk.store.read() as connection:
        kept = connection.exec_driver_sql("SELECT count(*) FROM user_role").scalar_one()
    assert kept == 5 + 2
    assert [line.action for line in logs.read_log(desk)][:3] == ["user.revoke", "user.grant", "user.add"]


def test_the_last_administrator_stays_one(desk: Desk) -> None:
    _hire(desk, "park", Role.LEADER)
    with pytest.raises(Refusal, match="마지막 관리자"):
        accounts.revoke(desk, LOGIN, Role.ADMINISTRATOR)
    accounts.grant(desk, "park", Role.ADMINISTRATOR)
    assert Role.ADMINISTRATOR.value not in accounts.revoke(desk, LOGIN, Role.ADMINISTRATOR).roles


def test_nobody_ends_the_own_account(desk: Desk) -> None:
    with pytest.raises(Refusal, match="자기 계정"):
        accounts.leave(desk, LOGIN, "퇴사")


@pytest.mark.parametrize("role", [Role.TRAINING, Role.ALLOWANCE, Role.LEADER, Role.DIRECTOR, Role.VIEWER])
def test_only_an_administrator_manages_users(desk: Desk, office: Path, clock: FixedClock, role: Role) -> None:
    _hire(desk, "park", role)
    desk.store.close()
    other = _sign_in(office, "park", TEMPORARY, clock)
    accounts.change_password(other, TEMPORARY, OWN)
    for act in (
        lambda: _hire(other, "kim", Role.LEADER),
        lambda: accounts.grant(other, "park", Role.ADMINISTRATOR),
        lambda: accounts.reset_password(other, LOGIN, OWN),
        lambda: accounts.rekey(other),
    ):
        with pytest.raises(NotAllowed):
            act()
    other.store.close()


def test_an_administrator_alone_sees_nobody_and_pays_nothing(
    desk: Desk, office: Path, clock: FixedClock
) -> None:
    _hire(desk, "it", Role.ADMINISTRATOR)
    desk.store.close()
    admin = _sign_in(office, "it", TEMPORARY, clock)
    accounts.change_password(admin, TEMPORARY, OWN)
    with pytest.raises(NotAllowed):
        people.list_people(admin)
    assert not admin.may(Right.PAY_ALLOWANCE)
    admin.store.close()


def test_who_left_opens_neither_the_store_nor_what_an_old_key_file_leads_to(
    desk: Desk, office: Path, tmp_path: Path, clock: FixedClock
) -> None:
    _hire(desk, "park", Role.LEADER)
    old_file = (office / keys.FILE_NAME).read_bytes()
    accounts.leave(desk, "park", "퇴사")
    desk.store.close()
    with pytest.raises(WrongPassword):
        _sign_in(office, "park", TEMPORARY, clock)
    for name in (keys.FILE_NAME, f"{keys.FILE_NAME}.bak"):
        (office / name).write_bytes(old_file)
    with pytest.raises(Exception, match="손상") as caught:
        _sign_in(office, "park", TEMPORARY, clock)
    assert "office.db" in str(caught.value)


def test_those_who_stay_keep_their_passwords_after_a_rekey(
    desk: Desk, office: Path, clock: FixedClock
) -> None:
    _hire(desk, "park", Role.LEADER)
    _hire(desk, "kim", Role.TRAINING)
    before = desk.store.opening.root
    accounts.leave(desk, "kim", "퇴사")
    assert desk.store.opening.root != before
    assert health.check(desk).ok
    desk.store.close()
    park = _sign_in(office, "park", TEMPORARY, clock)
    park.store.close()


def test_the_printed_recovery_key_outlives_a_rekey(tmp_path: Path, clock: FixedClock) -> None:
    made = opening.new_office(tmp_path / "o", settings(), LOGIN, PASSWORD, clock, CHEAP)
    accounts.rekey(made.desk)
    made.desk.store.close()
    opened = opening.open_with_recovery_key(tmp_path / "o", made.recovery_key, clock)
    fresh = accounts.rekey(opened, new_recovery_key=True)
    opened.store.close()
    with pytest.raises(WrongPassword):
        opening.open_with_recovery_key(tmp_path / "o", made.recovery_key, clock)
    assert fresh is not None
    opening.open_with_recovery_key(tmp_path / "o", fresh, clock).store.close()


def test_after_opening_by_recovery_key_one_sets_an_own_password(tmp_path: Path, clock: FixedClock) -> None:
    made = opening.new_office(tmp_path / "o", settings(), LOGIN, PASSWORD, clock, CHEAP)
    made.desk.store.close()
    opened = opening.open_with_recovery_key(tmp_path / "o", made.recovery_key, clock)
    accounts.reset_password(opened, LOGIN, OWN)
    opened.store.close()
    again = _sign_in(tmp_path / "o", LOGIN, OWN, clock)
    assert not again.must_change
    again.store.close()


@pytest.mark.parametrize("cut", ["write_key_file", "next rows", "pages", "settled"])
def test_a_rekey_cut_off_anywhere_leaves_the_old_or_the_new_key(
    desk: Desk, office: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, cut: str
) -> None:
    class Cut(BaseException):
        """Stands for the kill."""

    def stop(*_words: object) -> None:
        raise Cut

    store = desk.store
    if cut == "write_key_file":
        monkeypatch.setattr("regional_desk.store.keys.write_key_file", stop)
    elif cut == "next rows":
        monkeypatch.setattr(store, "checkpoint", stop)
    elif cut == "pages":
        monkeypatch.setattr(store, "use", stop)
    else:
        monkeypatch.setattr(store, "save_slots", stop)
    with pytest.raises(Cut):
        rekeying.rekey(store, [LOGIN])
    store.engine.dispose()
    assert store.session is not None
    store.session.release()
    store.session = None
    monkeypatch.undo()
    again = _sign_in(office, LOGIN, PASSWORD, clock)
    assert len(people.list_people(again)) == 58
    assert not again.store.opening.keys.rekeying
    assert health.check(again).ok
    assert again.store.inner_keys.persons
    again.store.close()


def test_an_older_backup_is_verified_after_a_rekey(desk: Desk, clock: FixedClock) -> None:
    made = backups.back_up(desk)
    accounts.rekey(desk)
    assert backups.verify(desk, made.file).sha256 == made.sha256


def test_wrong_passwords_are_told_after_the_right_one_and_logged(office: Path, clock: FixedClock) -> None:
    for _ in range(3):
        with pytest.raises(WrongPassword):
            _sign_in(office, LOGIN, "wrong-one", clock)
    desk = _sign_in(office, LOGIN, PASSWORD, clock)
    assert any("3번" in line for line in desk.greetings)
    assert "login_failed" in [line.action for line in logs.read_log(desk, access=True)]
    desk.store.close()
    quiet = _sign_in(office, LOGIN, PASSWORD, clock)
    assert not quiet.greetings
    quiet.store.close()


def test_an_account_waits_after_five_wrong_passwords_even_after_a_restart(
    office: Path, clock: FixedClock
) -> None:
    for _ in range(5):
        with pytest.raises(WrongPassword):
            _sign_in(office, LOGIN, "wrong-one", clock)
    with pytest.raises(LockedOut, match="30초"):
        _sign_in(office, LOGIN, PASSWORD, clock)
    clock.move_to(clock.now() - dt.timedelta(days=400))  # a clock set back gains nothing
    with pytest.raises(LockedOut, match="30초"):
        _sign_in(office, LOGIN, PASSWORD, clock)
    clock.move_to(clock.now() + dt.timedelta(days=400, seconds=31))
    _sign_in(office, LOGIN, PASSWORD, clock).store.close()
    assert not tries.read(office)


def test_a_second_program_is_told_who_holds_the_office(desk: Desk, office: Path, clock: FixedClock) -> None:
    with pytest.raises(StoreBusy, match=LOGIN):
        _sign_in(office, LOGIN, PASSWORD, clock)
    looking = opening.open_read_only(office, LOGIN, PASSWORD, clock)
    assert len(people.list_people(looking)) == 58
    with pytest.raises(Refusal, match="읽기 전용"):
        accounts.grant(looking, LOGIN, Role.DIRECTOR)
    looking.store.close()
    assert desk.store.session is not None


def test_a_program_that_was_killed_leaves_word_of_what_was_done(
    desk: Desk, office: Path, open_again: Callable[[], Desk]
) -> None:
    owner = session.read_owner(office)
    assert owner is not None
    assert desk.store.session is not None
    left = office.parent / "left.json"
    with desk.store.session.act("신청자 가져오기", new_id(), desk.clock.now()):
        left.write_bytes((office / session.OPEN).read_bytes())
    desk.store.close()
    (office / session.OPEN).write_bytes(left.read_bytes())  # as a killed program leaves it
    again = open_again()
    assert any("모두 남아 있습니다" in line for line in again.greetings)
    assert any("'신청자 가져오기'은(는) 반영되지 않았습니다" in line for line in again.greetings)


def test_a_vanished_journal_is_noticed(desk: Desk, office: Path, open_again: Callable[[], Desk]) -> None:
    kept = office / session.LAST_COMMIT
    accounts.grant(desk, LOGIN, Role.DIRECTOR)
    ahead = kept.read_bytes()
    desk.store.close()
    assert b"change_log" in ahead
    with (office / "office.db").open("rb") as file:
        whole = file.read()
    again = open_again()
    accounts.revoke(again, LOGIN, Role.DIRECTOR)
    again.store.close()
    (office / "office.db").write_bytes(whole)  # the state of before, as after a lost journal
    assert any("자료에 없습니다" in line for line in open_again().greetings)


def test_four_eyes_start_once_two_people_may_confirm(desk: Desk, office: Path, clock: FixedClock) -> None:
    course = courses.list_courses(desk)[0]
    policies.adopt(desk, "smart-manufacturing-2026", reference="지침 1", document_date=dt.date(2026, 3, 1))
    run = allowance.draft(desk, course.id, 1)
    for person in {item.trainee for item in run.open_items}:
        allowance.hold(desk, course.id, 1, person, "확인 중")
    allowance.draft(desk, course.id, 1)
    allowance.check(desk, course.id, 1)
    _hire(desk, "park", Role.LEADER)
    with pytest.raises(Refusal, match="작성한 사람은 확정할 수 없습니다"):
        allowance.confirm(desk, course.id, 1)
    desk.store.close()
    park = _sign_in(office, "park", TEMPORARY, clock)
    accounts.change_password(park, TEMPORARY, OWN)
    assert not allowance.confirm(park, course.id, 1).row.solo
    park.store.close()


def test_the_director_is_shown_new_users_and_roles_given_to_oneself(
    desk: Desk, office: Path, clock: FixedClock
) -> None:
    _hire(desk, "choi", Role.DIRECTOR)
    accounts.grant(desk, LOGIN, Role.DIRECTOR)
    desk.store.close()
    director = _sign_in(office, "choi", TEMPORARY, clock)
    accounts.change_password(director, TEMPORARY, OWN)
    told = accounts.notices(director)
    assert [
        word in notice.message for notice, word in zip(told, ("만들었습니다", "자신에게"), strict=True)
    ] == [
        True,
        True,
    ]
    accounts.acknowledge(director, told[-1].line)
    assert accounts.notices(director) == ()
    director.store.close()
