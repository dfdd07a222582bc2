"""The minutes of a matching round (조정 회의록): each change by hand with its number, who was pushed out, and why."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from regional_desk.domain.masking import Masking
from regional_desk.domain.rights import Right
from regional_desk.services.desk import Desk
from regional_desk.services.matching.rounds import SUBJECT, find_row
from regional_desk.services.training.counselling import HIDDEN
from regional_desk.store import placements as store
from regional_desk.store.accounts import list_users


@dataclass(frozen=True, slots=True)
class Minute:
    """One change by hand, names and reason as the person may see them; empty `before` or `after` is unplaced."""

    number: int
    trainee: UUID
    name: str
    before: str
    after: str
    displaced: str
    reason: str
    by: str
    at: dt.datetime


def minutes(desk: Desk, round_id: UUID) -> tuple[Minute, ...]:
    """The changes by hand of a round, in the order of their numbers; its people are noted and masked.

    Raises UsageError for an unknown round.
    """
    desk.require(Right.SEE_PEOPLE)
    with desk.store.read() as connection:
        find_row(connection, round_id)
        rows = store.list_minutes(connection, round_id)
        people = {one.trainee for one in rows} | {one.displaced for one in rows if one.displaced}
        names = store.names_of(connection, people)
        places = {at for one in rows for at in (one.from_id, one.to_id) if at}
        titles = store.titles_of(connection, places)
        users = {user.id: user.name for user in list_users(connection)}
    if people:
        desk.note_view(SUBJECT, sorted(people), {"by": "minutes", "round": str(round_id)})
    hide = desk.masking
    return tuple(
        Minute(
            one.number,
            one.trainee,
            hide.show_name(names[one.trainee]),
            titles[one.from_id] if one.from_id else "",
            titles[one.to_id] if one.to_id else "",
            hide.show_name(names[one.displaced]) if one.displaced else "",
            one.reason if hide is Masking.FULL else HIDDEN,
            users.get(one.user_id, ""),
            one.at,
        )
        for one in rows
    )
