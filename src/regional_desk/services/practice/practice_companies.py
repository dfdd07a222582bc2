"""A practice office's companies: they apply, hand in papers, are rated, selected against the goal, and answer the survey."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from regional_desk.domain.applicants import DocumentState
from regional_desk.domain.companies import CompanyKind
from regional_desk.domain.company_documents import AskedPaper
from regional_desk.domain.company_selection import ParticipationState
from regional_desk.domain.positions import PositionTerms
from regional_desk.domain.rights import Right
from regional_desk.domain.training_need import Question, is_asked, propose_level
from regional_desk.exchange.received_files import ReceivedFile
from regional_desk.services.companies import (
    companies,
    company_documents,
    company_ranking,
    company_raters,
    company_rating,
    company_selection,
    contacts,
    need_survey,
    participations,
    positions,
    training_needs,
)
from regional_desk.services.companies.company_rating import CompanyPoints
from regional_desk.services.companies.contacts import ContactValues
from regional_desk.services.companies.participations import ParticipationRow
from regional_desk.services.desk import Desk, Work
from regional_desk.services.practice.practice_people import JOBS, Inventor

_RATERS = 3
_GOAL = 0.75  # of those who apply
_APPLY, _HAND_IN, _ANSWER = 0.9, 0.85, 0.85  # how many do
_DAYS = {"apply": 14, "rate": 28, "decide": 32, "withdraw": 34, "papers": 35, "offer": 37, "answer": 44}
_PARTS = ("인사총무팀 과장", "생산관리팀 차장", "경영지원팀 대리", "기술연구소 팀장")
_CONDITIONS = ("통근버스, 중식 제공", "기숙사 가능", "주간 근무, 중식 제공", "자격증 수당", "유연근무 가능")
_SECOND = 0.35  # have another contact, or another position beside the first
_WEEK = 40 * 60  # minutes
_LOWEST, _STEPS, _STEP = 2_240_000, 12, 50_000  # won a month
_UNSURE = 0.04  # of the positions below the minimum wage, to be asked about
_ALL = Decimal(100)
_UNTIL_WORK = dt.timedelta(days=182)
_PAGE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


class Companies:
    """The region's companies from their application to their positions."""

    def __init__(self, desk: Desk, source: random.Random, founded: dt.date) -> None:
        self._desk, self._random, self._founded = desk, source, founded
        self._inventor = Inventor(source)

    def steps(self) -> Iterator[tuple[dt.date, Any]]:
        """(day, act) in the order of the work."""
        acts = (
            self._apply,
            self._rate,
            self._decide,
            self._withdraw,
            self._hand_in,
            self._offer,
            self._answer,
        )
        for days, act in zip(_DAYS.values(), acts, strict=True):
            yield self._founded + dt.timedelta(days=days), act

    def _apply(self) -> None:
        everybody = [row.id for row in companies.survey_companies(self._desk)]
        applying = [one for one in everybody if self._random.random() < _APPLY]
        if applying:
            participations.apply(self._desk, applying)

    def _rate(self) -> None:
        rows, criteria = self._applied(), company_ranking.terms().criteria
        able = {row.id: self._random.uniform(0.5, 0.95) for row in rows}
        for _ in range(_RATERS if rows else 0):
            rater = company_raters.add_rater(self._desk, self._inventor.name())
            points = [
                CompanyPoints(row.id, one.key, self._tenths(one.points, able[row.id]))
                for row in rows
                for one in criteria
            ]
            company_rating.rate(self._desk, rater, points)
            company_rating.declare_done(self._desk, rater)

    def _tenths(self, most: int, able: float) -> int:
        """Half points around what a company is worth."""
        given = round(most * min(1.0, max(0.2, able + self._random.uniform(-0.1, 0.1))) * 2)
        return given * 5

    def _decide(self) -> None:
        pass_score = company_ranking.terms().pass_score
        for kind in CompanyKind:
            applied = [row for row in self._applied() if row.kind is kind]
            if not applied:
                continue
            company_selection.set_goal(self._desk, kind, max(1, round(len(applied) * _GOAL)), pass_score)
            ties = company_ranking.ranking(self._desk, kind).ties
            order = [one for group in ties for one in group]
            company_selection.decide(self._desk, kind, order=order, reason="입회하에 추첨" if order else "")

    def _withdraw(self) -> None:
        """One of those selected goes another way, and the first 예비 moves up."""
        selected = self._selected()
        if len(selected) > 1:
            participations.withdraw(
                self._desk, self._random.choice(selected).id, "생산 물량이 줄어 참여가 어려움"
            )

    def _hand_in(self) -> None:
        """Most of the selected hand everything in and it is looked through; a few owe one paper still."""
        for row in self._selected():
            papers = [one for one in company_documents.asked().papers if one.is_asked(row.kind)]
            if self._random.random() > _HAND_IN:
                papers.remove(self._random.choice(papers))
            self._desk.perform(
                Right.EDIT_COMPANIES, "document.attach", partial(_keep, company=row.company, papers=papers)
            )
            if self._random.random() < _SECOND:
                contacts.add_contact(self._desk, row.company, self._contact())

    def _contact(self) -> ContactValues:
        phone = f"010{self._random.randint(20000000, 99999999)}"
        return ContactValues(self._inventor.name(), self._random.choice(_PARTS), phone)

    def _offer(self) -> None:
        """The selected companies tell what they offer; now and then it is less than the minimum wage."""
        selected = {row.company for row in self._selected()}
        where = {row.id: row.address for row in companies.survey_companies(self._desk)}
        for row in positions.list_positions(self._desk):
            if row.company not in selected:
                continue
            offered = self._terms(row.name, row.seats, where[row.company])
            positions.edit_position(self._desk, row.id, row.version, offered)
            if self._random.random() < _SECOND:
                job = self._random.choice([one for one in JOBS if one != row.name])
                another = self._terms(job, self._random.randint(1, 3), where[row.company])
                positions.add_position(self._desk, row.company, another)

    def _terms(self, job: str, seats: int, place: str | None) -> PositionTerms:
        wage = _LOWEST + self._random.randrange(_STEPS) * _STEP
        return PositionTerms(
            job,
            seats,
            place,
            wage - _STEP * 3 if self._random.random() < _UNSURE else wage,
            _WEEK,
            self._founded + _UNTIL_WORK,
            self._random.choice(_CONDITIONS),
        )

    def _answer(self) -> None:
        """Answers drawn as the country gave them, so that ours lie around its figures."""
        survey = need_survey.survey()
        for row in self._applied():
            if self._random.random() > _ANSWER:
                continue
            answers: dict[str, tuple[str, ...]] = {}
            for question in survey.questions:
                if is_asked(question, answers):
                    answers[question.key] = self._choose(question)
            proposed = propose_level(survey, answers)
            training_needs.set_need(
                self._desk,
                row.company,
                answers,
                self._desk.clock.today(),
                level=proposed.level if proposed else None,
                version=0,
            )

    def _choose(self, question: Question) -> tuple[str, ...]:
        choices = question.choices
        if not question.multiple:
            return (self._random.choices(choices, [float(one.national) for one in choices])[0].key,)
        taken = tuple(one.key for one in choices if self._random.random() < one.national / _ALL)
        return taken or (self._random.choice(choices).key,)

    def _selected(self) -> Sequence[ParticipationRow]:
        return [row for row in self._applied() if row.state is ParticipationState.SELECTED]

    def _applied(self) -> Sequence[ParticipationRow]:
        rows = participations.list_participations(self._desk)
        return [row for row in rows if row.state is not ParticipationState.WITHDRAWN]


def _keep(work: Work, company: UUID, papers: Sequence[AskedPaper]) -> dict[str, Any]:
    """What one company brings with it, all papers in one act."""
    day = work.at.date()
    for paper in papers:
        company_documents.keep(work, company, paper.key, scan(paper.label), day, state=DocumentState.VERIFIED)
    return {"documents": len(papers)}


def scan(label: str) -> ReceivedFile:
    """An empty page in the place of a scan: it is kept once, however many companies hand it in."""
    return ReceivedFile(f"{label}.pdf", _PAGE, "application/pdf")
