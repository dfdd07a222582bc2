"""What an agreement says: the content a person keys, what refuses it, what hinders its signing, and how it is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from regional_desk.domain import internships as rules
from regional_desk.domain.internships import Terms
from regional_desk.domain.masking import Masking
from regional_desk.domain.positions import HourlyMinimum, show_week
from regional_desk.domain.text import clean, korean_date, korean_span, won
from regional_desk.errors import Item, Refusal, UsageError
from regional_desk.services.companies.positions import minimum_wages
from regional_desk.services.desk import Work
from regional_desk.services.internships import reading
from regional_desk.services.internships.reading import DRAFT, SIGNED, SUBJECT, InternshipDetail
from regional_desk.store import internship_records as store
from regional_desk.store.ids import new_id
from regional_desk.store.internship_records import AgreementRow
from regional_desk.store.internships import agreement, internship

_DAY = dt.timedelta(days=1)
_LONGEST_WEEK = 52 * 60
_MOST_WAGE = 100_000_000


@dataclass(frozen=True, slots=True)
class AgreementDraft:
    """What a person keys of an agreement: both days inside, `wage` won a month, `points` of 근로기준법 제17조 by key."""

    effective_from: dt.date
    end: dt.date
    wage: int
    weekly_minutes: int
    place: str
    duties: str
    mentor: str
    points: Mapping[str, str]


def draft_of(row: AgreementRow) -> AgreementDraft:
    """An agreement's content, for whoever changes some of it."""
    return AgreementDraft(
        row.effective_from,
        row.end,
        row.wage,
        row.weekly_minutes,
        row.place,
        row.duties,
        row.mentor,
        dict(row.points),
    )


def title(number: int) -> str:
    """What a paper is called: 협약서, 제1차 변경협약서 and so on."""
    return "협약서" if number == 0 else f"제{number}차 변경협약서"


def contents(row: AgreementRow, hide: Masking = Masking.FULL) -> tuple[tuple[str, str], ...]:
    """What an agreement says, by label and in the order of its paper; an empty text where it says nothing."""
    first = [("계약기간의 첫날", korean_date(row.effective_from))] if row.number == 0 else []
    return (
        *first,
        ("계약기간의 마지막 날", korean_date(row.end)),
        ("임금(월)", f"{won(row.wage)}원"),
        ("주 소정근로시간", show_week(row.weekly_minutes)),
        ("취업의 장소", row.place),
        ("종사할 업무", row.duties),
        ("멘토", hide.show_name(row.mentor)),
        *((point.label, row.points.get(point.key, "")) for point in reading.policy().points),
    )


def changes(
    before: AgreementRow, after: AgreementRow, hide: Masking = Masking.FULL
) -> tuple[tuple[str, str, str], ...]:
    """What an amendment changes: the label, the old text and the new one; names compared whole, then shown."""
    old, new = dict(contents(before)), dict(contents(after))
    shown, told = dict(contents(before, hide)), dict(contents(after, hide))
    return tuple((label, shown[label], told[label]) for label, text in new.items() if old[label] != text)


def before_of(row: AgreementRow, rows: Sequence[AgreementRow]) -> AgreementRow | None:
    """What was in force before an amendment: the last one signed of those with a lower number."""
    earlier = [one for one in rows if one.number < row.number and one.state == SIGNED]
    return earlier[-1] if earlier else None


def checked(draft: AgreementDraft) -> AgreementDraft:
    """The content with its texts cleaned; raise Refusal for what no agreement can hold."""
    if draft.end < draft.effective_from:
        raise Refusal("끝나는 날이 시작하는 날보다 앞섭니다. 저장하지 않았습니다.")
    if not 0 < draft.wage <= _MOST_WAGE:
        raise Refusal("임금은 월 금액(원)으로 적어 주십시오. 저장하지 않았습니다.")
    if not 0 < draft.weekly_minutes <= _LONGEST_WEEK:
        raise Refusal(
            "주 소정근로시간은 52시간 이하로 적어 주십시오(근로기준법 제53조). 저장하지 않았습니다."
        )
    known = {point.key for point in reading.policy().points}
    unknown = sorted(set(draft.points) - known)
    if unknown:
        raise UsageError(
            f"'{unknown[0]}'은(는) 모르는 항목입니다. 쓸 수 있는 것: {', '.join(sorted(known))}."
        )
    return replace(
        draft,
        place=clean(draft.place),
        duties=clean(draft.duties),
        mentor=clean(draft.mentor),
        points={key: clean(text) for key, text in draft.points.items()},
    )


def refuse_dates(found: InternshipDetail | None, draft: AgreementDraft, number: int) -> None:
    """Raise Refusal for an agreement's days: over three months from the start, or an amendment out of its order."""
    first = draft.effective_from
    if found is not None and number:
        standing = [one for one in found.signed if one.number < number]
        first = found.row.start
        if draft.effective_from < standing[-1].effective_from:
            raise Refusal(
                f"변경협약의 시행일은 앞선 협약의 시행일({korean_date(standing[-1].effective_from)})보다 앞설 수 없습니다. "
                "저장하지 않았습니다."
            )
        if draft.effective_from > standing[-1].end + _DAY:
            raise Refusal(
                f"앞선 협약은 {korean_date(standing[-1].end)}에 끝납니다. 변경협약은 늦어도 그 다음 날부터여야 합니다. "
                "저장하지 않았습니다."
            )
    months = reading.policy().months
    latest = rules.last_allowed(first, months)
    if draft.end > latest:
        raise Refusal(
            f"인턴십은 시작일({korean_date(first)})부터 {months}개월 이내, {korean_date(latest)}까지입니다. "
            f"끝나는 날({korean_date(draft.end)})을 저장하지 않았습니다."
        )


def refuse_beside(
    connection: sa.Connection, trainee: UUID, span: tuple[dt.date, dt.date], own: UUID | None
) -> None:
    """Raise Refusal where another internship of this person takes some of these days."""
    beside = _beside(connection, trainee, span, own)
    if beside:
        raise Refusal(f"{beside} 저장하지 않았습니다.")


def insert(
    work: Work, internship_id: UUID, number: int, draft: AgreementDraft, reason: str | None = None
) -> None:
    """Write a draft inside the caller's act, which logs it."""
    work.connection.execute(
        sa.insert(agreement).values(
            id=new_id(),
            internship_id=internship_id,
            number=number,
            state=DRAFT,
            reason=reason,
            user_id=work.desk.actor.user_id,
            at=work.at,
            **columns(draft),
        )
    )


def columns(draft: AgreementDraft) -> dict[str, Any]:
    """The content as its row holds it."""
    values = asdict(draft)
    return values | {"terms": dict(values.pop("points"))}


def touch(work: Work, found: InternshipDetail, **values: Any) -> None:
    """Write columns of an internship inside the caller's act; its version tells the others that it changed."""
    work.connection.execute(
        sa.update(internship)
        .where(internship.c.id == found.row.id)
        .values(**values, version=internship.c.version + 1)
    )


def note_change(
    work: Work,
    action: str,
    found: InternshipDetail,
    number: int | None,
    told: Mapping[str, Any],
    named: Mapping[str, Any],
) -> None:
    """One line of the change history: `told` names nobody, `named` is sealed under the trainee's key."""
    keys = work.desk.store.person_keys(work.connection, [found.row.trainee])
    detail: dict[str, Any] = {"internship": found.row.label, **told}
    if number is not None:
        detail["agreement"] = number
    values = [work.seal(keys, found.row.trainee, dict(named))] if named else []
    work.log(action, SUBJECT, found.row.id, detail, values)


def hindrances(connection: sa.Connection, found: InternshipDetail, row: AgreementRow) -> tuple[Item, ...]:
    """What keeps an agreement from being signed: empty points, a wage under the minimum, an internship beside it."""
    where = title(row.number)
    items = [
        Item(where, f"'{label}'이(가) 비어 있습니다(근로기준법 제17조).")
        for label in rules.empty_points(reading.policy(), row.terms, row.points)
    ]
    items += [Item(where, sentence) for sentence in wage_lacks(row.terms, minimum_wages())]
    first = found.row.start if row.number else row.effective_from
    beside = _beside(connection, found.row.trainee, (first, row.end), found.row.id)
    return tuple([*items, Item(where, beside)] if beside else items)


def wage_lacks(terms: Terms, minimums: tuple[HourlyMinimum, ...]) -> tuple[str, ...]:
    """A Korean sentence with the figures for each calendar month whose minimum wage the terms lack."""
    lacks = rules.wage_shortfall(terms.wage, terms.weekly_minutes, terms.effective_from, terms.end, minimums)
    return tuple(
        f"{one.month.year}년 {one.month.month}월의 최저임금은 월 {won(one.least)}원인데 "
        f"임금 {won(terms.wage)}원은 {won(one.lacks)}원 적습니다."
        for one in lacks
    )


def _beside(connection: sa.Connection, trainee: UUID, span: tuple[dt.date, dt.date], own: UUID | None) -> str:
    """Which other internship of a person takes some of these days, nothing where none does."""
    for one in store.list_internships(connection, trainee=trainee):
        if one.id == own or one.end_kind == rules.EndKind.WITHDRAWN:
            continue
        other = reading.load(connection, one.id, span[0]).row
        if rules.overlaps(span, (other.start, other.end)):
            return (
                f"이 사람의 다른 인턴십 {other.label}({other.company_name}, "
                f"{korean_span(other.start, other.end)})과 날이 겹칩니다."
            )
    return ""


def told(draft: AgreementDraft) -> dict[str, Any]:
    """What the change history may say of a draft in plain: days and hours."""
    return {
        "start": draft.effective_from.isoformat(),
        "end": draft.end.isoformat(),
        "weekly_minutes": draft.weekly_minutes,
    }


def named(draft: AgreementDraft, reason: str | None) -> dict[str, Any]:
    """What it keeps sealed: the wage is the person's, and texts may name somebody."""
    return {"mentor": draft.mentor, "wage": draft.wage, "reason": reason}
