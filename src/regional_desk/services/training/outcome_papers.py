"""The values of 제적 통지서, 수료증, 교육생 명부, 수료자 명부 and 상담일지."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from regional_desk.domain.masking import Masking
from regional_desk.domain.membership import Outcome
from regional_desk.domain.text import korean_date
from regional_desk.errors import Refusal
from regional_desk.services.papers.making import Maker, Making
from regional_desk.services.training import completions, counselling, courses, dismissals, standings
from regional_desk.services.training.standings import Standing

if TYPE_CHECKING:
    from regional_desk.documents.paper import Paper

PROGRAMME = "스마트제조 전문인력 육성사업"
_LIST = Masking.MASKED  # lists that leave the office or are posted (rulebook section 6)


def _dismissal_notice(making: Making) -> Paper:
    from regional_desk.documents import dismissal_notice as paper  # noqa: PLC0415 - only where it is made

    desk = making.desk
    found = dismissals.notice(desk, making.course, making.person)
    making.people.append(found.person)
    unit = "분" if found.by_minutes else "일"
    return paper.to_paper(
        paper.DismissalNotice(
            office=desk.office.name,
            name=found.name,
            birth=desk.masking.show_birth(found.birth),
            course=found.course,
            start=found.start,
            end=found.end,
            cause_on=found.cause_on,
            effective_on=found.effective_on,
            reason=found.reason,
            attended=f"{found.attended:,}{unit}",
            absences=f"{found.absences}일",
            whole=f"{found.whole:,}{unit}",
            decided_on=found.decided_on,
            object_until=found.object_until,
            source=found.source,
        ),
        making.stamp(),
    )


def _certificates(making: Making) -> Paper:
    from regional_desk.documents import completion_certificate as paper  # noqa: PLC0415 - only where it is made

    desk, wanted = making.desk, making.wanted
    again = completions.reissues_if_printed(desk, making.course, wanted.person)
    rows = [one for one in completions.survey_certificates(desk, making.course) if one.person in again]
    if not rows:
        raise Refusal("발급한 수료증이 없습니다. 먼저 수료증을 발급하십시오.")
    making.people += [one.person for one in rows]
    lines = tuple(
        paper.CertificateLine(
            number=one.label,
            name=one.name,
            birth=desk.masking.show_birth(one.birth),
            course=one.course,
            start=one.start,
            end=one.end,
            days=one.days,
            hours=f"{one.minutes / 60:g}",
            issued_on=one.issued_on,
            reissue=again[one.person],
        )
        for one in rows
    )
    return paper.to_paper(paper.CompletionCertificates(desk.office.name, PROGRAMME, lines), making.stamp())


def _trainee_list(making: Making) -> Paper:
    from regional_desk.documents import trainee_list as paper  # noqa: PLC0415 - only where it is made

    desk = making.desk
    with desk.store.read() as connection:
        detail = courses.read_detail(connection, making.course)
        rows = standings.read_standings(connection, detail)
    making.people += [row.person for row in rows]
    counted = Counter(row.outcome for row in rows)
    return paper.to_paper(
        paper.TraineeList(
            course=detail.course.name,
            track=detail.course.track,
            start=detail.course.start,
            end=detail.course.end,
            rows=tuple(
                paper.TraineeLine(
                    number=row.number,
                    name=_LIST.show_name(row.name),
                    birth=_LIST.show_birth(row.birth),
                    joined=row.joined,
                    left=row.left,
                    attended=f"{row.attended:,}{'분' if row.by_minutes else ''}",
                    absences=row.absences,
                    rate=row.rate_so_far,
                    outcome=row.outcome.label if row.outcome else "",
                    certificate=row.certificate_label,
                    remark=_remark(row),
                )
                for row in rows
            ),
            counts=tuple((outcome.label, counted[outcome]) for outcome in Outcome if counted[outcome]),
            approval=desk.office.approval,
        ),
        making.stamp(provisional=any(row.outcome is None and not row.moved for row in rows)),
    )


def _remark(row: Standing) -> str:
    if row.moved:
        return "다른 과정으로 옮김"
    return "제적 대상" if row.cause else ""


def _completion_list(making: Making) -> Paper:
    from regional_desk.documents import completion_list as paper  # noqa: PLC0415 - only where it is made

    desk = making.desk
    with desk.store.read() as connection:
        detail = courses.read_detail(connection, making.course)
    found = completions.survey_certificates(desk, making.course)
    making.people += [one.person for one in found]
    return paper.to_paper(
        paper.CompletionList(
            office=desk.office.name,
            course=detail.course.name,
            track=detail.course.track,
            start=detail.course.start,
            end=detail.course.end,
            enrolled=len(detail.members),
            rows=tuple(
                paper.CompletionLine(
                    one.label,
                    _LIST.show_name(one.name),
                    _LIST.show_birth(one.birth),
                    one.issued_on,
                    one.reissues,
                )
                for one in found
            ),
            approval=desk.office.approval,
        ),
        making.stamp(),
    )


def _counselling_log(making: Making) -> Paper:
    from regional_desk.documents import counselling_log as paper  # noqa: PLC0415 - only where it is made

    desk, wanted = making.desk, making.wanted
    if wanted.person is not None:
        rows = counselling.survey_records(desk, person=wanted.person)
    else:
        rows = counselling.survey_records(desk, course_id=making.course)
    making.people += list(dict.fromkeys(row.person for row in rows))
    if wanted.person is not None:
        subject = rows[0].name if rows else ""
    else:
        subject = courses.outline(desk, making.course).course.name
    return paper.to_paper(
        paper.CounsellingLog(
            office=desk.office.name,
            subject=subject,
            rows=tuple(
                paper.CounselLine(
                    on=row.on,
                    name=row.name,
                    kind=row.kind.label,
                    said=row.said,
                    result=row.result,
                    next_on=f"{korean_date(row.next_on)}\n{row.state.value}" if row.next_on else "",
                    by=row.by,
                )
                for row in reversed(rows)
            ),
            approval=desk.office.approval,
        ),
        making.stamp(),
    )


MAKERS: dict[str, Maker] = {
    "dismissal-notice": _dismissal_notice,
    "completion-certificate": _certificates,
    "trainee-list": _trainee_list,
    "completion-list": _completion_list,
    "counselling-log": _counselling_log,
}
