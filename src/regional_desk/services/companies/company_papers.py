"""The values of the papers of selection: 기업 평가 집계표, 참여기업 선정 결과 공고 and the letters."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from regional_desk.domain import company_selection as rules
from regional_desk.domain.companies import CompanyKind, show_business_number
from regional_desk.domain.company_selection import ParticipationState, outcome_words, rule_label
from regional_desk.domain.screening import show_points
from regional_desk.errors import Item, OpenItems, Refusal
from regional_desk.services.companies import company_raters
from regional_desk.services.companies.company_ranking import (
    CompanyMarks,
    CompanyRanking,
    RankedCompany,
    rank_marks,
    read_marks,
    terms,
)
from regional_desk.services.papers.making import Maker, Making
from regional_desk.store.company_ratings import AppliedRow, RaterRow, list_applied

if TYPE_CHECKING:
    from regional_desk.documents.company_tally import CompanyLine, CompanyTallyKind
    from regional_desk.documents.paper import Paper

_THOUSANDTHS, _IN_TENTHS = 3, 100
_PLACE_WORDS = 2
_ANNOUNCED = (ParticipationState.SELECTED, ParticipationState.RESERVE)
_TOLD = (*_ANNOUNCED, ParticipationState.REJECTED)


def _tally(making: Making) -> Paper:
    from regional_desk.documents import company_tally as paper  # noqa: PLC0415 - only where it is made

    desk = making.desk
    year = desk.office.programme_year
    with desk.store.read() as connection:
        marks = [read_marks(connection, year, kind) for kind in CompanyKind]
        marks = [one for one in marks if one.rows]
        raters = marks[0].raters if marks else ()
        for rater in raters:
            company_raters.require_readable(desk, connection, rater)
    found = [rank_marks(one, (), "", {}) for one in marks]
    items = tuple(
        Item(one.kind.value, fault) for one in found if one.ranked or one.waiting for fault in one.faults
    )
    if items or not found:
        raise OpenItems("평가가 끝나지 않아 집계표를 만들지 않았습니다.", items=items)
    pairs = [pair for pair in zip(marks, found, strict=True) if _all(pair[1]) or pair[1].waiting]
    values = paper.CompanyTally(
        year,
        " → ".join(rule_label(rule, terms().criteria) for rule in terms().tie_order),
        terms().source,
        tuple(rater.name for rater in raters),
        tuple(_tally_kind(one, ranked, raters) for one, ranked in pairs),
        desk.office.approval,
    )
    open_ = any(one.ranked or one.waiting for one in found)
    return paper.to_paper(values, making.stamp(provisional=open_))


def _tally_kind(marks: CompanyMarks, found: CompanyRanking, raters: Sequence[RaterRow]) -> CompanyTallyKind:
    from regional_desk.documents import company_tally as paper  # noqa: PLC0415 - only where it is made

    line = "없음" if found.pass_score is None else f"{show_points(found.pass_score // _IN_TENTHS)}점"
    return paper.CompanyTallyKind(
        found.kind.value,
        f"{found.goal or 0}곳 · 선정 {found.count(ParticipationState.SELECTED)}곳",
        line,
        tuple((one.name, one.weight) for one in found.criteria),
        tuple(_line(marks, one, raters) for one in _all(found)),
        tuple(f"{one.row.company_name} — {', '.join(one.reasons)}" for one in found.waiting),
    )


def _line(marks: CompanyMarks, one: RankedCompany, raters: Sequence[RaterRow]) -> CompanyLine:
    from regional_desk.documents import company_tally as paper  # noqa: PLC0415 - only where it is made

    notes = (one.tie_note, one.reason)
    return paper.CompanyLine(
        one.rank,
        one.row.company_name,
        tuple(_of_rater(marks, one.row, rater) for rater in raters),
        tuple(_decimal(one.score.by_criterion[each.key]) for each in terms().criteria),
        _decimal(one.score.total),
        outcome_words(one.state, one.reserve_number),
        " · ".join(filter(None, notes)),
    )


def _of_rater(marks: CompanyMarks, row: AppliedRow, rater: RaterRow) -> Decimal | None:
    """What one rater's points alone come to, None where they did not give all of them."""
    keys = [one.key for one in terms().criteria]
    given = {key: marks.given.get((row.id, key), {}).get(rater.id) for key in keys}
    whole = {key: (tenths,) for key, tenths in given.items() if tenths is not None}
    if len(whole) < len(keys):
        return None
    return _decimal(rules.score(terms().criteria, whole).total)


def _notice(making: Making) -> Paper:
    from regional_desk.documents import company_selection_notice as paper  # noqa: PLC0415 - only where it is made

    desk = making.desk
    year = desk.office.programme_year
    with desk.store.read() as connection:
        marks = [read_marks(connection, year, kind) for kind in CompanyKind]
    kinds, days, open_ = [], [], False
    for one in marks:
        announced = [row for row in one.rows if ParticipationState(row.state) in _ANNOUNCED]
        open_ = open_ or any(row.state == ParticipationState.APPLIED for row in one.rows)
        if not announced:
            continue
        announced.sort(key=lambda row: (_number(row), row.company_name))
        waiting = sum(row.state == ParticipationState.RESERVE for row in announced)
        days += [row.decided_on for row in announced if row.decided_on is not None]
        lines = tuple(
            paper.NoticeCompany(
                row.company_name,
                " ".join((row.address or "").split()[:_PLACE_WORDS]),
                outcome_words(ParticipationState(row.state), row.reserve_number),
            )
            for row in announced
        )
        selected = len(announced) - waiting
        kinds.append(paper.NoticeKind(one.kind.value, one.goal or 0, selected, waiting, lines))
    if not kinds:
        raise Refusal("아직 선정을 정하지 않아 공고를 만들지 않았습니다.")
    values = paper.CompanySelectionNotice(desk.office.name, year, max(days), tuple(kinds))
    return paper.to_paper(values, making.stamp(provisional=open_))


def _letters(making: Making) -> Paper:
    from regional_desk.documents import company_selection_letter as paper  # noqa: PLC0415 - only where it is made

    desk = making.desk
    year = desk.office.programme_year
    with desk.store.read() as connection:
        rows = [row for row in list_applied(connection, year) if ParticipationState(row.state) in _TOLD]
    if not rows:
        raise Refusal("아직 선정을 정하지 않아 통지서를 만들지 않았습니다.")
    rows.sort(key=lambda row: (_TOLD.index(ParticipationState(row.state)), row.kind or "", _number(row)))
    companies = tuple(
        paper.LetterCompany(
            row.company_name,
            show_business_number(row.business_number),
            row.kind or "",
            ParticipationState(row.state),
            outcome_words(ParticipationState(row.state), row.reserve_number),
            row.decided_on or desk.clock.today(),
        )
        for row in rows
    )
    return paper.to_paper(paper.CompanyLetters(desk.office.name, year, companies), making.stamp())


def _all(found: CompanyRanking) -> tuple[RankedCompany, ...]:
    return (*found.decided, *found.ranked)


def _number(row: AppliedRow) -> int:
    """The order of a list: the selected first, then by number; one that moved up has a number no more."""
    return row.reserve_number or 0 if row.state == ParticipationState.RESERVE else 0


def _decimal(thousandths: int) -> Decimal:
    return Decimal(thousandths).scaleb(-_THOUSANDTHS)


MAKERS: dict[str, Maker] = {
    "company-tally": _tally,
    "company-selection-notice": _notice,
    "company-selection-letter": _letters,
}
