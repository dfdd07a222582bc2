from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional_desk.domain.allowance import RunState
from regional_desk.domain.settlement import (
    Balance,
    PaidUnit,
    PayState,
    RecoveryState,
    Sheet,
    Standing,
    is_settled,
    pay_state,
    recovery_state,
    settle,
)


@pytest.mark.parametrize(
    ("entitled", "standing", "already", "amount", "recovery"),
    [
        (400_000, Standing(380_000), 380_000, 20_000, 0),
        (380_000, Standing(400_000), 400_000, 0, 20_000),
        (400_000, Standing(400_000), 400_000, 0, 0),
        (0, Standing(400_000), 400_000, 0, 400_000),
        (400_000, Standing(0), 0, 400_000, 0),
        # what came in counts as not paid; what is still asked is asked anew
        (400_000, Standing(400_000, received=20_000), 380_000, 20_000, 0),
        (380_000, Standing(400_000, received=20_000), 380_000, 0, 0),
        (360_000, Standing(400_000, asked=20_000), 400_000, 0, 40_000),
        (400_000, Standing(400_000, asked=20_000), 400_000, 0, 0),
        (390_000, Standing(400_000, received=5_000, asked=15_000), 395_000, 0, 5_000),
        # what was waived is neither asked for nor paid again
        (380_000, Standing(400_000, waived=20_000), 380_000, 0, 0),
        (390_000, Standing(400_000, waived=20_000), 390_000, 0, 0),
        (400_000, Standing(400_000, waived=20_000), 400_000, 0, 0),
        (360_000, Standing(400_000, waived=20_000), 380_000, 0, 20_000),
        (420_000, Standing(400_000, waived=20_000), 400_000, 20_000, 0),
    ],
)
def test_what_is_paid_or_asked_back(
    entitled: int, standing: Standing, already: int, amount: int, recovery: int
) -> None:
    done = settle(entitled, standing)
    assert (done.already, done.amount, done.recovery) == (already, amount, recovery)


@pytest.mark.parametrize(
    ("entitled", "standing", "settled"),
    [
        (400_000, Standing(400_000), True),
        (400_000, Standing(380_000), False),
        (380_000, Standing(400_000), False),
        (380_000, Standing(400_000, asked=20_000), True),
        (380_000, Standing(400_000, received=5_000, asked=15_000), True),
        (370_000, Standing(400_000, asked=20_000), False),
        (400_000, Standing(400_000, asked=20_000), False),
        (390_000, Standing(400_000, waived=20_000), True),
    ],
)
def test_what_is_asked_for_already_is_settled(entitled: int, standing: Standing, settled: bool) -> None:
    assert is_settled(entitled, standing) is settled


_WON = st.integers(0, 60).map(lambda tens: tens * 10_000)


@given(_WON, _WON, st.lists(st.sampled_from(["received", "asked", "waived"]), max_size=4))
def test_a_settlement_leaves_nothing_to_settle(entitled: int, confirmed: int, claims: list[str]) -> None:
    share = confirmed // (4 * 10) * 10
    standing = Standing(confirmed, **{kind: claims.count(kind) * share for kind in set(claims)})
    done = settle(entitled, standing)
    assert done.amount == 0 or done.recovery == 0
    after = Standing(confirmed + done.amount, standing.received, done.recovery, standing.waived)
    assert is_settled(entitled, after)
    assert settle(entitled, after).recovery == done.recovery


_DAY = dt.date(2026, 9, 30)


@pytest.mark.parametrize(
    ("end", "noticed", "due", "today", "state"),
    [
        (None, None, None, _DAY, RecoveryState.UNNOTICED),
        (None, dt.date(2026, 9, 1), _DAY, _DAY, RecoveryState.WAITING),
        (None, dt.date(2026, 9, 1), _DAY, dt.date(2026, 10, 1), RecoveryState.OVERDUE),
        ("settled", dt.date(2026, 9, 1), _DAY, dt.date(2026, 10, 1), RecoveryState.SETTLED),
        ("withdrawn", None, None, _DAY, RecoveryState.WITHDRAWN),
    ],
)
def test_a_recovery_is_overdue_the_day_after_its_due_date(
    end: str | None, noticed: dt.date | None, due: dt.date | None, today: dt.date, state: RecoveryState
) -> None:
    assert recovery_state(end, noticed, due, today) is state


@pytest.mark.parametrize(
    ("run", "lines", "state"),
    [
        (RunState.CONFIRMED, (), PayState.WAITING),
        (RunState.PAID, (), PayState.PAID),
        (RunState.PAID, ("sent",), PayState.WAITING),
        (RunState.PAID, ("failed",), PayState.FAILED),
        (RunState.PAID, ("failed", "sent"), PayState.WAITING),
        (RunState.RECONCILED, ("failed", "paid"), PayState.PAID),
    ],
)
def test_what_became_of_a_confirmed_amount(run: RunState, lines: tuple[str, ...], state: PayState) -> None:
    assert pay_state(run, lines) is state


def test_interest_is_given_back_and_never_spent() -> None:
    money = Balance(granted=1_000_000, interest=3_000, confirmed=600_000, recovered=20_000)
    assert (money.spent, money.left) == (580_000, 420_000)
    assert Balance(1_000_000, 3_000, 3_000, 600_000, 20_000).left == 420_000
    assert Balance(1_000_000, 3_000, 423_000, 600_000, 20_000).left == 0
    assert not Balance().known


def test_a_sheet_balances_to_the_won() -> None:
    unit = PaidUnit(
        "과정", "1", 3, paid=400_000, failed=100_000, waiting=50_000, asked=30_000, received=20_000
    )
    money = Balance(granted=1_000_000, interest=3_000, returned=1_000, confirmed=550_000, recovered=20_000)
    sheet = Sheet(money, (unit,))
    assert sheet.balances
    assert sheet.cash == 1_000_000 + 3_000 + 20_000 - 400_000 - 1_000
    assert not Sheet(Balance(confirmed=550_010, recovered=20_000), (unit,)).balances
