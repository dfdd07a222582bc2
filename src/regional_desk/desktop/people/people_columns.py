"""The columns of the list of people."""

from __future__ import annotations

from regional_desk.desktop.people.card import show_account, show_sex, show_stage
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column
from regional_desk.domain.recruitment import Stage
from regional_desk.store.people import PersonRow

_STAGES = list(Stage)


def people_columns(context: Context) -> tuple[Column[PersonRow], ...]:
    """Who somebody is, where they stand, and what about them needs a look."""
    today = context.desk.clock.today
    return (
        Column("성명", lambda row: context.masking.show_name(row.name), lambda row: row.name, width=90),
        Column(
            "생년월일", lambda row: context.masking.show_birth(row.birth), lambda row: row.birth, width=105
        ),
        Column("성별", show_sex, align="center", width=45),
        Column("연락처", lambda row: context.masking.show_phone(row.phone), width=125),
        Column("트랙", lambda row: row.track or "", width=65),
        Column(
            "단계",
            lambda row: show_stage(row, today()),
            lambda row: _STAGES.index(Stage(row.stage)) if row.stage else None,
            width=70,
        ),
        Column("은행·계좌", show_account, width=165),
        Column("확인할 것", _flags, _flag_order, width=130, tip=_reasons, tone=_tone),
    )


def _flags(row: PersonRow) -> str:
    return "  ".join(
        f"! {word}" for word, why in (("계좌 보류", row.account_hold), ("확인 필요", row.review)) if why
    )


def _flag_order(row: PersonRow) -> int:
    """Held accounts first, then records to look at."""
    return 2 * (not row.account_hold) + (not row.review)


def _reasons(row: PersonRow) -> str:
    return "\n".join(filter(None, (row.account_hold, row.review)))


def _tone(row: PersonRow) -> str | None:
    return "bad" if row.account_hold else "warn" if row.review else None
