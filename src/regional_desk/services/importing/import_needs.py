"""The plan of a list of survey answers: what a row leaves empty stays as it is, and taking it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain.refused import Refused
from regional_desk.domain.tables import RowError
from regional_desk.domain.text import korean_date
from regional_desk.domain.training_need import Answers, check_answers
from regional_desk.exchange.layout import Layout
from regional_desk.exchange.spreadsheets import Sheet
from regional_desk.exchange.training_needs import ImportedNeed, fields_of, parse
from regional_desk.services.companies import training_needs
from regional_desk.services.companies.need_survey import survey
from regional_desk.services.desk import Desk, Work
from regional_desk.services.importing.company_names import CompanyNames
from regional_desk.services.importing.import_plan import Plan, TakenBack
from regional_desk.services.importing.import_undo_people import Kept, Outcome
from regional_desk.store import training_needs as store
from regional_desk.store import undo
from regional_desk.store.companies import CompanyRow, list_companies
from regional_desk.store.imports import BatchRow
from regional_desk.store.training_needs import NeedRow

FIELDS = fields_of(survey())
_CHANGED = "그 뒤에 답이 바뀜"


@dataclass(frozen=True, slots=True)
class _Told:
    """What a row makes of a company's answers; `now` is what the office has."""

    company: CompanyRow
    now: NeedRow | None
    answered_on: dt.date
    level: str | None
    answers: Answers

    @property
    def same(self) -> bool:
        """Whether the office has just that."""
        kept = self.now
        return kept is not None and (self.answered_on, self.level, self.answers) == (
            kept.answered_on,
            kept.level,
            kept.answers,
        )


def plan(desk: Desk, connection: sa.Connection, sheet: Sheet, layout: Layout) -> Plan:
    """What the list brings to the office's programme year: first answers, changed ones, the same ones, repeats."""
    parsed = parse(sheet, layout, survey())
    year, companies = desk.office.programme_year, list_companies(connection)
    names, kept = CompanyNames(companies), {row.company_id: row for row in store.list_needs(connection, year)}
    taken: list[_Told] = []
    made = Plan(partial(_apply, year=year, taken=taken))
    made.read, made.errors = parsed.read, list(parsed.errors)
    seen: dict[UUID, int] = {}
    for row in parsed.rows:
        try:
            company = names.find(row.name, row.business_number)
            if company.id in seen:
                made.skipped += 1
                made.notices.append(
                    f"{row.row}행 {row.name}: {seen[company.id]}행과 같은 기업이라 건너뜁니다."
                )
                continue
            told = _told(desk, company, kept.get(company.id), row)
        except Refused as refused:
            made.errors.append(RowError(row.row, FIELDS.label("name"), row.name, str(refused)))
            continue
        seen[company.id] = row.row
        if told.same:
            made.unchanged += 1
            continue
        taken.append(told)
        if told.now is None:
            made.new += 1
        else:
            made.updated += 1
            made.changes += [f"{row.row}행 {company.name}: {line}" for line in _differences(told, told.now)]
    made.errors.sort(key=lambda error: error.row)
    return made


def take_back(work: Work, batch: BatchRow) -> Outcome:
    """Take out the import's first answers and give changed ones back what they were, as far as nobody touched them since."""
    found = Outcome()
    names = {row.id: row.name for row in list_companies(work.connection)}
    for row in store.list_of_import(work.connection, batch.id):
        if row.version > 1:
            found.kept.append(Kept(names.get(row.company_id, ""), _CHANGED, ""))
        else:
            store.drop_need(work.connection, row.id)
            found.deleted += 1
    for one in undo.read_scope(work.connection, batch.id).get("needs", ()):
        now = store.find_by_id(work.connection, UUID(one["id"]))
        if now is None or now.version != one["version"]:
            found.kept.append(Kept(names.get(UUID(one["company"]), ""), _CHANGED, ""))
            continue
        old = one["old"]
        answers = {question: tuple(chosen) for question, chosen in old["answers"].items()}
        day = dt.date.fromisoformat(old["answered_on"])
        training_needs.put(work, now.company_id, one["year"], now, day, old["level"], answers)
        found.restored += 1
    return found


def _told(desk: Desk, company: CompanyRow, now: NeedRow | None, row: ImportedNeed) -> _Told:
    """The row over what the office has: an empty cell clears nothing. Raises Refused where the two contradict each other."""
    today = desk.clock.today()
    day = row.answered_on or (now.answered_on if now else today)
    if day > today:
        raise Refused(f"응답일 {korean_date(day)}은 오늘보다 뒤입니다.")
    answers = {**(now.answers if now else {}), **row.answers}
    if not answers and row.level is None:
        raise Refused("답이 하나도 없습니다.")
    check_answers(survey(), answers)
    return _Told(company, now, day, row.level or (now.level if now else None), answers)


def _differences(told: _Told, now: NeedRow) -> list[str]:
    lines = []
    if told.answered_on != now.answered_on:
        lines.append(f"응답일 {korean_date(now.answered_on)} → {korean_date(told.answered_on)}")
    if told.level != now.level:
        lines.append(f"AX 수준 {now.level or '없음'} → {told.level}")
    for question in survey().questions:
        before, after = (one.get(question.key, ()) for one in (now.answers, told.answers))
        if before != after:
            words = [
                ", ".join(question.choice(key).label for key in chosen) or "없음"
                for chosen in (before, after)
            ]
            lines.append(f"{question.label} {words[0]} → {words[1]}")
    return lines


def _apply(work: Work, import_id: UUID, *, year: int, taken: Sequence[_Told]) -> TakenBack:
    before: list[dict[str, Any]] = []
    for one in taken:
        training_needs.put(
            work, one.company.id, year, one.now, one.answered_on, one.level, one.answers, import_id
        )
        if one.now is not None:
            before.append(_kept(one.now, year))
    counts = {"new": len(taken) - len(before), "updated": len(before)}
    work.log("import.needs", training_needs.SUBJECT, import_id, counts)
    return TakenBack({"needs": before})


def _kept(now: NeedRow, year: int) -> dict[str, Any]:
    """What takes a changed company's answers back."""
    return {
        "id": str(now.id),
        "company": str(now.company_id),
        "year": year,
        "version": now.version + 1,
        "old": {
            "answered_on": now.answered_on.isoformat(),
            "level": now.level,
            "answers": {question: list(chosen) for question, chosen in now.answers.items()},
        },
    }
