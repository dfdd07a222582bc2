"""Roles add up to rights; nobody gets more than their roles give."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional_desk.domain.rights import Right, Role, rights_of

ROLES = st.sets(st.sampled_from(list(Role)))
MONEY = {Right.DRAFT_ALLOWANCE, Right.CHECK_ALLOWANCE, Right.CONFIRM_ALLOWANCE, Right.PAY_ALLOWANCE}


@pytest.mark.parametrize(
    ("role", "may", "may_not"),
    [
        (Role.TRAINING, Right.EDIT_ATTENDANCE, Right.DRAFT_ALLOWANCE),
        (Role.TRAINING, Right.EDIT_COURSE, Right.RELEASE_ACCOUNT),
        (Role.ALLOWANCE, Right.DRAFT_ALLOWANCE, Right.CONFIRM_ALLOWANCE),
        (Role.ALLOWANCE, Right.PAY_ALLOWANCE, Right.EDIT_ATTENDANCE),
        (Role.INTERNSHIP, Right.EDIT_COMPANIES, Right.EDIT_ATTENDANCE),
        (Role.LEADER, Right.CONFIRM_ALLOWANCE, Right.PAY_ALLOWANCE),
        (Role.LEADER, Right.ADOPT_POLICY, Right.MANAGE_USERS),
        (Role.DIRECTOR, Right.ADOPT_POLICY, Right.MANAGE_USERS),
        (Role.VIEWER, Right.SEE_PEOPLE, Right.PRINT_PAPERS),
        (Role.VIEWER, Right.SEE_PEOPLE, Right.UNMASK),
        (Role.INTERNSHIP, Right.UNMASK, Right.EDIT_COURSE),
        (Role.ADMINISTRATOR, Right.SEE_AUDIT, Right.UNMASK),
        (Role.ADMINISTRATOR, Right.MANAGE_USERS, Right.SEE_PEOPLE),
        (Role.ADMINISTRATOR, Right.RESTORE, Right.ADOPT_POLICY),
        (Role.LEADER, Right.ERASE, Right.MANAGE_USERS),
        (Role.ADMINISTRATOR, Right.SEE_RETENTION, Right.ERASE),
        (Role.ADMINISTRATOR, Right.REPORT_LOSS, Right.RECORD_SEAL),
        (Role.TRAINING, Right.RECORD_SEAL, Right.SEE_RETENTION),
        (Role.VIEWER, Right.SEE_PEOPLE, Right.REPORT_LOSS),
    ],
)
def test_a_role_may_its_own_area_only(role: Role, may: Right, may_not: Right) -> None:
    assert may in rights_of({role})
    assert may_not not in rights_of({role})


def test_an_administrator_has_no_right_over_pay() -> None:
    assert not rights_of({Role.ADMINISTRATOR}) & (MONEY | {Right.ADOPT_POLICY, Right.RELEASE_ACCOUNT})


def test_the_director_may_all_that_the_leader_may() -> None:
    assert rights_of({Role.LEADER}) <= rights_of({Role.DIRECTOR})


def test_the_first_user_of_an_office_may_run_a_whole_month() -> None:
    first = rights_of({Role.ADMINISTRATOR, Role.LEADER, Role.TRAINING, Role.ALLOWANCE, Role.INTERNSHIP})
    assert first == set(Right) - {Right.EXCEED_BUDGET}  # only 단장 lets a run exceed the balance


def test_who_has_no_role_has_no_right() -> None:
    assert rights_of(()) == frozenset()


@given(ROLES, ROLES)
def test_rights_are_the_sum_of_the_roles(first: set[Role], second: set[Role]) -> None:
    assert rights_of(first | second) == rights_of(first) | rights_of(second)


def test_every_role_and_right_has_a_korean_name_of_its_own() -> None:
    assert {Role.TRAINING.label, Role.LEADER.label, Role.VIEWER.label} == {"담당(교육)", "팀장", "조회"}
    assert len({role.label for role in Role}) == len(Role)
    assert len({right.label for right in Right}) == len(Right)
