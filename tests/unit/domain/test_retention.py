"""How long whose data is kept, each boundary once."""

from __future__ import annotations

import datetime as dt
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional_desk import paths
from regional_desk.domain.retention import (
    Group,
    Life,
    Terms,
    TermsDamaged,
    Then,
    backups_until,
    end_of,
    placeholder,
    terms_from_table,
)

DAY = dt.timedelta(days=1)
TABLE = tomllib.loads((paths.resources() / "policies" / "retention.toml").read_text(encoding="utf-8"))
TERMS = terms_from_table(TABLE)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def life(
    years: tuple[int, ...] = (),
    results: tuple[str | None, ...] = (),
    consent: str | None = None,
    separated: str | None = None,
) -> Life:
    return Life(
        years,
        tuple(day(text) if text else None for text in results),
        day(consent) if consent else None,
        day(separated) if separated else None,
    )


@pytest.mark.parametrize(
    ("kept", "group", "until"),
    [
        (life(years=(2026,)), Group.PARTICIPANT, "2031-12-31"),
        (life(years=(2023,)), Group.PARTICIPANT, "2028-12-31"),  # a leap year ends on the same day
        (life(years=(2024, 2026)), Group.PARTICIPANT, "2031-12-31"),  # the last year counts
        (life(results=("2026-08-31",)), Group.APPLICANT, "2026-11-29"),
        (life(results=("2026-10-02",)), Group.APPLICANT, "2026-12-31"),  # the year's last day
        (life(results=("2026-10-03",)), Group.APPLICANT, "2027-01-01"),
        (life(results=("2027-12-02",)), Group.APPLICANT, "2028-03-01"),  # over the leap day
        (life(results=("2026-12-02",)), Group.APPLICANT, "2027-03-02"),  # and without one
        (life(results=("2028-02-29",)), Group.APPLICANT, "2028-05-29"),  # from the leap day
        (life(results=("2026-03-01", "2026-08-31")), Group.APPLICANT, "2026-11-29"),  # the last round
        (life(results=("2026-08-31",), consent="2027-08-31"), Group.APPLICANT, "2027-08-31"),
        (life(results=("2026-08-31",), consent="2026-09-30"), Group.APPLICANT, "2026-11-29"),  # not shorter
        (life(years=(2026,), results=("2027-03-02",)), Group.PARTICIPANT, "2031-12-31"),
        (life(years=(2020,), results=("2026-08-31",)), Group.APPLICANT, "2026-11-29"),  # whichever is later
        (life(years=(2026,), separated="2036-12-31"), Group.SEPARATED, "2036-12-31"),
        (life(separated="2028-02-29"), Group.SEPARATED, "2028-02-29"),
    ],
)
def test_a_term_ends_on_its_last_day(kept: Life, group: Group, until: str) -> None:
    end = end_of(kept, TERMS)
    assert end is not None
    assert (end.group, end.until) == (group, day(until))
    assert not end.is_due(end.until)
    assert end.is_due(end.until + DAY)
    assert end.then is Then.DISPOSE


@pytest.mark.parametrize(
    "kept",
    [
        life(),
        life(results=(None,)),
        life(results=("2026-08-31", None)),
        life(years=(2019,), results=(None,)),  # a round is open: the person may still be taken
    ],
)
def test_without_a_result_no_clock_runs(kept: Life) -> None:
    assert end_of(kept, TERMS) is None


def test_the_office_may_decide_on_separation_instead() -> None:
    table = {**TABLE, "participant": {**TABLE["participant"], "then": "separate"}}
    end = end_of(life(years=(2026,)), terms_from_table(table))
    assert end is not None
    assert end.then is Then.SEPARATE


@pytest.mark.parametrize("part", ["participant", "applicant", "backups", "loss"])
def test_damaged_terms_are_a_bug_that_names_itself(part: str) -> None:
    with pytest.raises(TermsDamaged, match=part):
        terms_from_table({name: value for name, value in TABLE.items() if name != part})


def test_every_term_has_its_source() -> None:
    assert all(TABLE[part]["source"] for part in ("participant", "applicant", "backups", "loss"))
    assert TABLE["source"]


@pytest.mark.parametrize(
    ("on", "until"),
    [
        ("2026-08-31", "2028-08-31"),
        ("2026-02-28", "2028-02-28"),
        ("2028-02-29", "2030-02-28"),
        ("2027-12-31", "2029-12-31"),
    ],
)
def test_the_last_backup_is_gone_after_its_months(on: str, until: str) -> None:
    assert TERMS.backup_months == 24
    assert backups_until(day(on), TERMS) == day(until)


def test_a_placeholder_says_what_happened() -> None:
    assert (placeholder(Then.DISPOSE, 7), placeholder(Then.SEPARATE, 12345)) == ("파기-0007", "분리-12345")


@given(st.dates(dt.date(2020, 1, 1), dt.date(2060, 1, 1)), st.integers(0, 400))
def test_a_later_result_never_shortens_a_term(first: dt.date, more: int) -> None:
    def until(*results: dt.date) -> dt.date:
        end = end_of(Life(results=results), TERMS)
        assert end is not None
        return end.until

    assert until(first, first + more * DAY) >= until(first)
    assert until(first) == first + TERMS.applicant_days * DAY


def test_who_was_disposed_of_and_is_there_again_is_due_from_that_day() -> None:
    end = end_of(Life(years=(2026,), disposed_on=day("2026-09-01")), TERMS)
    assert end is not None
    assert (end.group, end.then, end.is_due(day("2026-09-01"))) == (Group.RETURNED, Then.DISPOSE, True)


def test_the_terms_are_those_of_the_rulebook() -> None:
    assert (TERMS.participant_years, TERMS.applicant_days, TERMS.loss_hours) == (5, 90, 72)
    assert isinstance(TERMS, Terms)
