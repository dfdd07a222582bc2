"""The values of a round's papers: 선발 결과 공고, 심사 집계표 and the letters."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from regional_desk.domain.masking import Masking
from regional_desk.domain.recruitment import Stage
from regional_desk.domain.screening import Step, rule_label, score, show_points
from regional_desk.errors import Item, OpenItems, Refusal
from regional_desk.services.papers.making import Maker, Making
from regional_desk.services.recruitment import ranking, rounds, screening
from regional_desk.services.recruitment.ranking import Ranked, Ranking
from regional_desk.services.recruitment.rounds import RoundDetail
from regional_desk.store import recruitment as store
from regional_desk.store.recruitment import CandidateRow, RaterRow, RatingRow

if TYPE_CHECKING:
    from regional_desk.documents.paper import DocumentKind, Paper
    from regional_desk.documents.screening_tally import TallyTrack

_THOUSANDTHS = 3
_ANNOUNCED = (Stage.SELECTED, Stage.WAITLISTED)
_STAGES = {
    "selection-letter": Stage.SELECTED,
    "reserve-letter": Stage.WAITLISTED,
    "rejection-letter": Stage.REJECTED,
}
_RESULTS = {Stage.ENROLLED: Stage.SELECTED, Stage.COMPLETED: Stage.SELECTED}


def _notice(making: Making) -> Paper:
    from regional_desk.documents import selection_notice as paper  # noqa: PLC0415 - only where it is made

    detail, people = _read(making)
    hide = Masking.MASKED
    tracks = []
    for progress in detail.tracks:
        announced = [
            row
            for row in people
            if row.track == progress.track.value and row.rank is not None and _stage(row) in _ANNOUNCED
        ]
        announced.sort(key=lambda row: (row.reserve_number or 0, row.name) if _waits(row) else (0, row.name))
        if not announced:
            continue
        making.people += [row.person for row in announced]
        waiting = [row for row in announced if _waits(row)]
        tracks.append(
            paper.NoticeTrack(
                progress.track.value,
                progress.places,
                len(announced) - len(waiting),
                len(waiting),
                tuple(
                    paper.NoticeLine(
                        hide.show_name(row.name),
                        hide.show_birth(row.birth),
                        hide.show_phone(row.phone),
                        _result(row),
                    )
                    for row in announced
                ),
            )
        )
    if not tracks:
        raise Refusal("아직 선발을 정하지 않아 공고를 만들지 않았습니다.")
    row = detail.row
    values = paper.SelectionNotice(
        making.desk.office.name, row.name, row.opens, row.closes, row.result_on, tuple(tracks)
    )
    return paper.to_paper(values, making.stamp(provisional=row.result_on is None))


def _tally(making: Making) -> Paper:
    from regional_desk.documents import screening_tally as paper  # noqa: PLC0415 - only where it is made

    desk, round_id = making.desk, making.round
    detail = rounds.detail(desk, round_id)
    raters = screening.list_raters(desk, round_id)
    with desk.store.read() as connection:
        for rater in raters:
            screening.require_readable(desk, connection, rater)
        given = store.list_ratings(connection, [rater.id for rater in raters])
    found = [ranking.survey(desk, round_id, one.track) for one in detail.tracks if one.places or one.stands]
    found = [one for one in found if one.measures and (one.ranked or one.waiting)]
    items = tuple(Item(one.track.value, fault) for one in found for fault in one.faults)
    if items or not found:
        raise OpenItems("심사가 끝나지 않아 집계표를 만들지 않았습니다.", items=items)
    for each in found:
        making.people += [one.candidate.person for one in each.ranked]
        making.people += [one.candidate.person for one in each.waiting]
    row = detail.row
    line = "없음" if row.pass_score is None else f"{show_points(row.pass_score)}점"
    values = paper.ScreeningTally(
        row.name,
        line,
        " → ".join(rule_label(rule) for rule in row.tie_order),
        tuple(_tally_track(each, raters, given, desk.masking) for each in found),
        tuple((Step(rater.step).label, rater.name) for rater in raters),
        desk.office.approval,
    )
    return paper.to_paper(values, making.stamp(provisional=not all(each.decided for each in found)))


def _tally_track(
    found: Ranking, raters: Sequence[RaterRow], given: Sequence[RatingRow], hide: Masking
) -> TallyTrack:
    from regional_desk.documents import screening_tally as paper  # noqa: PLC0415 - only where it is made

    points = {(one.rater_id, one.application_id, one.criterion_id): one.tenths for one in given}
    steps = [step for step in Step if any(one.step is step for one in found.measures)]

    def of_rater(rater: RaterRow, step: Step, row: Ranked) -> Decimal:
        mine = [one for one in found.measures if one.step is step]
        got = score(mine, {one.id: (points[rater.id, row.candidate.id, one.id],) for one in mine})
        return _decimal(got.total)

    def cells(row: Ranked, step: Step) -> tuple[Decimal, ...]:
        own = [of_rater(rater, step, row) for rater in raters if rater.step == step.value]
        mean = row.score.papers if step is Step.PAPERS else row.score.interview
        return (*own, _decimal(mean))

    return paper.TallyTrack(
        found.track.value,
        found.places,
        found.reserves,
        " · ".join(f"{one.step.label} {one.name} {one.weight}%({one.points}점)" for one in found.measures),
        tuple(
            paper.TallyStep(
                step.label,
                sum(one.weight for one in found.measures if one.step is step),
                tuple(rater.name for rater in raters if rater.step == step.value),
            )
            for step in steps
        ),
        tuple(
            paper.TallyLine(
                row.rank,
                row.candidate.name,
                hide.show_birth(row.candidate.birth),
                tuple(cells(row, step) for step in steps),
                _decimal(row.score.total),
                f"예비 {row.reserve_number}번" if row.outcome is Stage.WAITLISTED else row.outcome.label,
                row.tie_note or "",
            )
            for row in found.ranked
        ),
        tuple(f"{one.candidate.name} — {', '.join(one.reasons)}" for one in found.waiting),
    )


def _letters(making: Making, *, key: str) -> Paper:
    from regional_desk.documents import selection_letter as paper  # noqa: PLC0415 - only where it is made

    kinds: dict[str, DocumentKind] = {
        kind.key: kind for kind in (paper.SELECTED_KIND, paper.RESERVE_KIND, paper.REJECTED_KIND)
    }
    detail, people = _read(making)
    wanted = [
        row for row in people if _stage(row) is _STAGES[key] and making.wanted.person in (None, row.person)
    ]
    if not wanted:
        raise Refusal(f"{kinds[key].title}를 받을 사람이 없습니다. 만들지 않았습니다.")
    wanted.sort(key=lambda row: (row.track or "", row.reserve_number or 0, row.name))
    making.people += [row.person for row in wanted]
    hide = making.desk.masking
    values = paper.SelectionLetters(
        kinds[key],
        making.desk.office.name,
        detail.row.name,
        detail.row.result_on,
        tuple(
            paper.LetterPerson(
                hide.show_name(row.name), hide.show_birth(row.birth), row.track or "", _letter_result(row)
            )
            for row in wanted
        ),
    )
    return paper.to_paper(values, making.stamp(provisional=detail.row.result_on is None))


def _read(making: Making) -> tuple[RoundDetail, tuple[CandidateRow, ...]]:
    with making.desk.store.read() as connection:
        return (
            rounds.read_detail(connection, making.round),
            store.list_candidates(connection, making.round),
        )


def _stage(row: CandidateRow) -> Stage:
    """What was told: whoever was enrolled since was selected."""
    stage = Stage(row.stage)
    return _RESULTS.get(stage, stage)


def _waits(row: CandidateRow) -> bool:
    return _stage(row) is Stage.WAITLISTED


def _result(row: CandidateRow) -> str:
    return f"예비 {row.reserve_number}번" if _waits(row) else _stage(row).label


def _letter_result(row: CandidateRow) -> str:
    """As a letter says it to the person."""
    return {Stage.SELECTED: "합격", Stage.REJECTED: "불합격"}.get(_stage(row), _result(row))


def _decimal(thousandths: int) -> Decimal:
    return Decimal(thousandths).scaleb(-_THOUSANDTHS)


MAKERS: dict[str, Maker] = {
    "selection-notice": _notice,
    "screening-tally": _tally,
    **{key: partial(_letters, key=key) for key in _STAGES},
}
