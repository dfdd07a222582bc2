"""What Ctrl+K finds in an office."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from regional_desk.desktop.search import Entry, Found, Index
from regional_desk.domain.recruitment import Stage
from regional_desk.domain.rights import Right
from regional_desk.domain.text import korean_span
from regional_desk.services.companies import companies, positions
from regional_desk.services.internships import reading
from regional_desk.services.internships.reading import InternshipRow
from regional_desk.services.recruitment import people
from regional_desk.services.training import courses
from regional_desk.store.companies import CompanyRow
from regional_desk.store.courses import CourseRow
from regional_desk.store.people import PersonRow
from regional_desk.store.positions import PositionRow

if TYPE_CHECKING:
    from regional_desk.desktop.shell import Context, PageSpec


class OfficeFinder:
    """Reads the office at the first key and again after a change; names stand as the person may see them."""

    def __init__(
        self, context: Context, pages: Sequence[PageSpec], commands: dict[str, Callable[[], None]]
    ) -> None:
        self._context, self._pages, self._commands = context, pages, commands
        self._index: Index | None = None

    def __call__(self, typed: str) -> tuple[Found, ...]:
        """What fits."""
        if self._index is None:
            self._index = Index(self._entries())
        return self._index.find(typed)

    def note(self, found: Sequence[Found]) -> None:
        """Note the people that a search showed when its typing came to rest."""
        people.note_found(self._context.reading, [one.person for one in found if one.person is not None])

    def forget(self) -> None:
        """Read again at the next key."""
        self._index = None

    def _entries(self) -> Iterator[Entry]:
        go, desk = self._context.open_page, self._context.desk
        for page in self._pages:
            yield Entry(page.title, partial(Found, page.title, "화면", partial(go, page.key)))
        for name, act in self._commands.items():
            yield Entry(name, partial(Found, name, "명령", act))
        for course in courses.list_courses(desk):
            yield Entry(course.name, partial(self._course, course))
        if desk.may(Right.SEE_PEOPLE) and desk.lent is None:  # a lent class has no pages for them
            for person in people.survey_people(desk):
                yield Entry(person.name, partial(self._person, person), (person.phone or "",))
            for company in companies.survey_companies(desk):
                numbers = (company.business_number, company.phone or "")
                yield Entry(company.name, partial(self._company, company), numbers)
            for position in positions.list_positions(desk):
                yield Entry(position.name, partial(self._position, position))
            yield from self._internships()

    def _internships(self) -> Iterator[Entry]:
        """Each internship by its trainee, and those of a company together."""
        go, interns = self._context.open_page, Counter[tuple[UUID, str]]()
        for row in reading.survey_internships(self._context.desk):
            yield Entry(row.name, partial(self._internship, row))
            interns[row.company, row.company_name] += 1
        for (company, name), count in interns.items():
            detail, act = f"인턴십 · {count}명", partial(go, "internships", company=company)
            yield Entry(name, partial(Found, name, detail, act))

    def _internship(self, row: InternshipRow) -> Found:
        act = partial(self._context.open_page, "internships", internship=row.id)
        detail = f"인턴십 {row.label} · {row.company_name} · {row.state.label}"
        return Found(self._context.masking.show_name(row.name), detail, act, row.trainee)

    def _course(self, row: CourseRow) -> Found:
        detail = f"교육과정 · {korean_span(row.start, row.end)}"
        page = "courses" if self._context.desk.lent is None else "attendance"
        return Found(row.name, detail, partial(self._context.open_page, page, course=row.id))

    def _person(self, row: PersonRow) -> Found:
        masking = self._context.masking
        stage = Stage(row.stage).label if row.stage else ""
        detail = " · ".join(
            filter(None, (masking.show_birth(row.birth), masking.show_phone(row.phone), stage))
        )
        act = partial(self._context.open_page, "people", person=row.id)
        return Found(masking.show_name(row.name), detail, act, row.id)

    def _company(self, row: CompanyRow) -> Found:
        act = partial(self._context.open_page, "companies", company=row.id)
        return Found(row.name, f"기업 · {row.address or ''}".rstrip(" ·"), act)

    def _position(self, row: PositionRow) -> Found:
        act = partial(self._context.open_page, "companies", company=row.company, tab="positions")
        return Found(row.name, f"직무 · {row.company_name} {row.seats}명", act)
