"""Papers behind a day: attached, taken away again, kept where the allowance was confirmed with them."""

from __future__ import annotations

import pytest
from tests.integration.test_settlement import DAY, confirm, course_of

from regional_desk.errors import Refusal
from regional_desk.exchange.received_files import ReceivedFile
from regional_desk.services.attendance import evidence
from regional_desk.services.desk import Desk
from regional_desk.services.safety import health
from regional_desk.services.training import courses

FILE = ReceivedFile("입원확인서.pdf", b"%PDF-1.7 paper", "application/pdf")


def _files(desk: Desk) -> int:
    return sum(one.is_file() for one in desk.store.folder.glob("attachments/**/*"))


def test_a_paper_attached_by_mistake_goes_with_its_bytes_and_leaves_a_line(desk: Desk) -> None:
    course = course_of(desk)
    trainee = courses.course(desk, course).members[0].person
    kept, mistaken = (evidence.attach(desk, course, trainee, DAY, FILE) for _ in range(2))
    evidence.remove(desk, mistaken, "다른 사람 것")
    assert [one.id for one in evidence.list_papers(desk, trainee, DAY)] == [kept]
    assert _files(desk) == 1  # both named one content
    evidence.remove(desk, kept, "다른 사람 것")
    assert (evidence.list_papers(desk, trainee, DAY), _files(desk)) == ((), 0)
    assert health.check(desk).ok
    with pytest.raises(Refusal, match="그 증빙은 이제 없습니다"):
        evidence.remove(desk, kept, "다시")
    with pytest.raises(Refusal, match="그 증빙은 이제 없습니다"):
        evidence.open_paper(desk, kept)


def test_taking_a_paper_away_needs_a_reason(desk: Desk) -> None:
    course = course_of(desk)
    trainee = courses.course(desk, course).members[0].person
    made = evidence.attach(desk, course, trainee, DAY, FILE)
    with pytest.raises(Refusal, match="까닭"):
        evidence.remove(desk, made, "  ")
    assert evidence.list_papers(desk, trainee, DAY)


def test_what_was_confirmed_with_a_paper_keeps_it(desk: Desk) -> None:
    course = course_of(desk)
    trainee = next(line.trainee for line in confirm(desk).lines if line.amount and line.held is None)
    made = evidence.attach(desk, course, trainee, DAY, FILE)
    with pytest.raises(Refusal, match="확정되어 증빙을 뺄 수 없습니다"):
        evidence.remove(desk, made, "다른 사람 것")
    assert [one.id for one in evidence.list_papers(desk, trainee, DAY)] == [made]
