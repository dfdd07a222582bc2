"""Eligibility, documents and consents of applicants on a real store."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from tests.conftest import MONTH_END

from regional_desk.domain.applicants import ConsentKind, ConsentState, DocumentState
from regional_desk.domain.eligibility import Answer, Category
from regional_desk.domain.recruitment import Stage
from regional_desk.domain.rights import Role, rights_of
from regional_desk.errors import FileRejected, NotAllowed, OpenItems, Refusal, UsageError
from regional_desk.exchange.received_files import ReceivedFile
from regional_desk.services.desk import Desk
from regional_desk.services.recruitment import applicant_documents, consents, eligibility, people
from regional_desk.services.safety import logs, retention
from regional_desk.store import applicants, attachments
from regional_desk.store.people import PersonRow, application, application_step, person
from regional_desk.store.recruitment import person_document

TODAY = MONTH_END.date()
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(32)


def zipped(**members: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return buffer.getvalue()


def waiting(desk: Desk, at: int = 0) -> PersonRow:
    """Somebody at 접수."""
    return [row for row in people.list_people(desk) if row.stage == Stage.APPLIED][at]


def born(desk: Desk, person_id: UUID, birth: dt.date) -> None:
    with desk.store.write() as connection:
        connection.execute(sa.update(person).where(person.c.id == person_id).values(birth=birth))


def answer_all(desk: Desk, person_id: UUID, found: Answer = Answer.YES) -> None:
    for condition in eligibility.shipped_terms()[0].conditions:
        eligibility.answer(desk, person_id, condition, found, memo="신청서")


def steps(desk: Desk, person_id: UUID) -> list[tuple[str, str | None]]:
    with desk.store.read() as connection:
        rows = connection.execute(
            sa.select(application_step.c.stage, application_step.c.reason)
            .join(application, application.c.id == application_step.c.application_id)
            .where(application.c.person_id == person_id)
            .order_by(application_step.c.on, application_step.c.id)
        )
        return [(row.stage, row.reason) for row in rows]


def test_whoever_meets_everything_comes_to_the_next_stage(desk: Desk) -> None:
    one = waiting(desk)
    born(desk, one.id, dt.date(1999, 3, 5))
    answer_all(desk, one.id)
    case = eligibility.decide_person(desk, one.id)
    assert case.stage is Stage.ELIGIBLE
    assert case.application.eligible is True
    assert "만 27세" in str(case.application.eligibility_reason)
    assert steps(desk, one.id) == [("applied", None), ("eligible", None)]


def test_a_no_is_told_with_its_reason_and_can_be_decided_again(desk: Desk) -> None:
    one = waiting(desk)
    born(desk, one.id, dt.date(1999, 3, 5))
    answer_all(desk, one.id)
    eligibility.answer(desk, one.id, "unemployed", Answer.NO, on=dt.date(2026, 8, 30), memo="고용보험 이력")
    case = eligibility.decide_person(desk, one.id)
    assert case.stage is Stage.INELIGIBLE
    reason = "미취업: 2026. 8. 30. 확인(고용보험 이력) — 맞지 않습니다."
    assert case.application.eligibility_reason == reason
    assert steps(desk, one.id)[-1] == ("ineligible", reason)
    again = eligibility.answer(desk, one.id, "unemployed", Answer.YES, memo="퇴사 확인")
    assert again.is_stale
    assert eligibility.decide_person(desk, one.id).stage is Stage.ELIGIBLE


def test_what_is_unknown_is_listed_and_decides_nothing(desk: Desk) -> None:
    one = waiting(desk)
    born(desk, one.id, dt.date(1999, 3, 5))
    eligibility.answer(desk, one.id, "residence", Answer.YES)
    with pytest.raises(OpenItems) as refused:
        eligibility.decide_person(desk, one.id)
    assert {item.where for item in refused.value.items} == {
        "미취업",
        "다른 국비훈련에 동시에 참여하지 않음",
        "이 사업에 참여한 적이 없음",
    }
    assert eligibility.case_of(desk, one.id).application.eligible is None


def test_military_days_count_once_their_paper_was_verified(desk: Desk) -> None:
    one = waiting(desk)
    received = one.received_on
    assert received is not None
    born(desk, one.id, received.replace(year=received.year - 35))
    answer_all(desk, one.id)
    case = eligibility.set_basis(desk, one.id, Category.YOUTH, 548)
    assert case.decision.overall is Answer.UNKNOWN
    paper = applicant_documents.attach(desk, one.id, "military_record", _file(desk, PDF))
    assert eligibility.case_of(desk, one.id).decision.overall is Answer.UNKNOWN
    applicant_documents.set_state(desk, paper, DocumentState.VERIFIED)
    assert eligibility.case_of(desk, one.id).decision.overall is Answer.YES
    assert eligibility.set_basis(desk, one.id, Category.YOUTH, 0).decision.overall is Answer.NO
    assert eligibility.set_basis(desk, one.id, Category.GENERAL, 0).decision.overall is Answer.YES
    with pytest.raises(Refusal, match="병역 일수"):
        eligibility.set_basis(desk, one.id, None, 4000)


def test_everybody_who_is_clear_moves_in_one_act(desk: Desk) -> None:
    first, second, third = (waiting(desk, at) for at in range(3))
    for one in (first, second, third):
        born(desk, one.id, dt.date(1999, 3, 5))
    answer_all(desk, first.id)
    answer_all(desk, second.id, Answer.NO)
    clear = eligibility.survey_clear(desk)
    assert clear.eligible == (first.id,)
    assert clear.ineligible == (second.id,)
    assert third.id in clear.undecided
    assert eligibility.decide_clear(desk) == 1
    stages = {row.id: row.stage for row in people.list_people(desk)}
    assert [stages[one.id] for one in (first, second, third)] == ["eligible", "applied", "applied"]
    assert eligibility.decide_clear(desk) == 0


def test_screening_that_began_is_not_decided_again(desk: Desk) -> None:
    one = next(row for row in people.list_people(desk) if row.stage == Stage.ENROLLED)
    answer_all(desk, one.id)
    with pytest.raises(Refusal, match="'등록' 단계"):
        eligibility.decide_person(desk, one.id)


@pytest.mark.parametrize(
    ("condition", "day"), [("wealth", TODAY), ("residence", TODAY + dt.timedelta(days=1))]
)
def test_a_condition_nobody_asks_and_a_day_to_come_are_refused(
    desk: Desk, condition: str, day: dt.date
) -> None:
    one = waiting(desk)
    with pytest.raises((UsageError, Refusal)):
        eligibility.answer(desk, one.id, condition, Answer.YES, on=day)


def _file(desk: Desk, content: bytes, name: str = "홍길동 서류.pdf") -> ReceivedFile:
    path = desk.store.folder.parent / name
    path.write_bytes(content)
    return applicant_documents.read_file(path)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PDF, "application/pdf"),
        (b"\n\n" + PDF, "application/pdf"),
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0" + bytes(20), "image/jpeg"),
        (b"II*\x00" + bytes(20), "image/tiff"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(20), "image/heic"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + b"HWP Document File", "application/x-hwp"),
        (zipped(mimetype="application/hwp+zip"), "application/hwp+zip"),
        (
            zipped(**{"[Content_Types]_xml": "", "word__document_xml": ""}),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (
            zipped(**{"[Content_Types]_xml": "", "xl__workbook_xml": ""}),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
    ],
)
def test_a_file_is_known_by_its_bytes(desk: Desk, content: bytes, media_type: str) -> None:
    assert _file(desk, content, "이름은 아무것이나.exe").media_type == media_type


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00 an executable %PDF-",
        b"just text",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        b"PK\x03\x04 torn",
        zipped(mimetype="application/epub+zip"),
        zipped(**{"[Content_Types]_xml": "", "word__document_xml": "", "word__vbaProject.bin": ""}),
        zipped(readme="nothing of an office"),
    ],
)
def test_a_file_of_another_kind_is_refused_whatever_its_name(desk: Desk, content: bytes) -> None:
    with pytest.raises(FileRejected):
        _file(desk, content, "신분증.pdf")


def test_a_file_too_large_is_refused(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "large.pdf"
    with path.open("wb") as file:
        file.write(PDF)
        file.truncate(applicant_documents.asked().largest + 1)
    with pytest.raises(FileRejected, match="20 MB보다"):
        applicant_documents.read_file(path)
    with pytest.raises(FileRejected, match="읽지 못해"):
        applicant_documents.read_file(tmp_path / "missing.pdf")


def test_a_document_is_kept_encrypted_and_opened_in_place(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("REGIONAL_DESK_DATA", str(tmp_path / "data"))
    one = waiting(desk)
    row = applicant_documents.attach(desk, one.id, "identity", _file(desk, PDF))
    assert row.state == DocumentState.SUBMITTED
    assert all(PDF not in path.read_bytes() for path in attachments.files_on_disk(desk.store).values())
    opened = applicant_documents.open_document(desk, row.id)
    assert opened.read_bytes() == PDF
    assert opened.name == "신분 확인.pdf"
    line = logs.read_log(desk, access=True)[0]
    assert line.action == "document.open"
    desk._rights = rights_of([Role.VIEWER])
    with pytest.raises(NotAllowed):
        applicant_documents.open_document(desk, row.id)


def test_the_checklist_asks_for_what_concerns_the_person(desk: Desk) -> None:
    one = waiting(desk)

    def asked() -> dict[str, tuple[bool, DocumentState]]:
        return {
            item.document.key: (item.asked, item.state)
            for item in applicant_documents.checklist(desk, one.id)
        }

    assert asked()["application_form"] == (True, DocumentState.MISSING)
    assert asked()["military_record"][0] is False
    assert asked()["bankbook"][0] is False
    eligibility.set_basis(desk, one.id, None, 548)
    assert asked()["military_record"][0] is True
    enrolled = next(row for row in people.list_people(desk) if row.stage == Stage.ENROLLED)
    of_trainee = applicant_documents.checklist(desk, enrolled.id)
    assert next(item for item in of_trainee if item.document.key == "bankbook").asked


def test_a_returned_document_says_why_and_the_newest_decides(desk: Desk) -> None:
    one = waiting(desk)
    row = applicant_documents.attach(desk, one.id, "application_form", _file(desk, PDF))
    with pytest.raises(Refusal, match="까닭"):
        applicant_documents.set_state(desk, row, DocumentState.RETURNED)
    returned = applicant_documents.set_state(desk, row, DocumentState.RETURNED, "서명이 없음")
    assert returned.memo == "서명이 없음"
    with pytest.raises(Refusal, match="그 사이에"):
        applicant_documents.set_state(desk, row, DocumentState.VERIFIED)
    applicant_documents.attach(desk, one.id, "application_form", _file(desk, PNG))
    item = applicant_documents.checklist(desk, one.id)[0]
    assert (item.state, len(item.files)) == (DocumentState.SUBMITTED, 2)


def test_a_file_put_in_by_mistake_leaves_nothing_behind(desk: Desk) -> None:
    one, other = waiting(desk), waiting(desk, 1)
    before = set(attachments.files_on_disk(desk.store))
    row = applicant_documents.attach(desk, one.id, "identity", _file(desk, PDF))
    shared = applicant_documents.attach(desk, other.id, "identity", _file(desk, PDF))
    applicant_documents.remove(desk, row, "다른 사람의 서류")
    assert len(set(attachments.files_on_disk(desk.store)) - before) == 1  # it still serves the other
    applicant_documents.remove(desk, shared, "다른 사람의 서류")
    assert set(attachments.files_on_disk(desk.store)) == before
    with desk.store.read() as connection:
        assert connection.execute(sa.select(person_document)).first() is None
    with pytest.raises(Refusal, match="까닭"):
        applicant_documents.remove(desk, row, " ")


def test_an_unknown_document_and_a_day_to_come_are_refused(desk: Desk) -> None:
    one = waiting(desk)
    with pytest.raises(UsageError, match="모르는 서류"):
        applicant_documents.attach(desk, one.id, "diary", _file(desk, PDF))
    with pytest.raises(Refusal, match="아직 오지 않은"):
        applicant_documents.attach(
            desk, one.id, "identity", _file(desk, PDF), on=TODAY + dt.timedelta(days=1)
        )


def test_each_consent_stands_by_itself(desk: Desk) -> None:
    one = waiting(desk)
    day = dt.date(2026, 8, 10)
    consents.record(desk, one.id, ConsentKind.COLLECTION, form_version="2026-1", given=True, on=day)
    receiver = "참여기업(인턴십)"
    consents.record(
        desk, one.id, ConsentKind.THIRD_PARTY, form_version="2026-1", given=False, on=day, receiver=receiver
    )
    states = {item.asked.label: item.state for item in consents.overview(desk, one.id)}
    assert states == {
        "수집·이용": ConsentState.GIVEN,
        "제3자 제공 — 중소벤처기업부·운영기관": ConsentState.MISSING,
        f"제3자 제공 — {receiver}": ConsentState.REFUSED,
        "고유식별정보 처리": ConsentState.MISSING,
    }


def test_a_receiver_nobody_asks_for_by_default_is_listed_too(desk: Desk) -> None:
    one = waiting(desk)
    day = dt.date(2026, 8, 10)
    consents.record(
        desk, one.id, ConsentKind.THIRD_PARTY, form_version="2026-2", given=True, on=day, receiver="경상남도"
    )
    assert consents.overview(desk, one.id)[-1].asked.label == "제3자 제공 — 경상남도"


def test_a_withdrawn_consent_keeps_its_record(desk: Desk) -> None:
    one = waiting(desk)
    day = dt.date(2026, 8, 10)
    consents.record(desk, one.id, ConsentKind.COLLECTION, form_version="2026-1", given=True, on=day)
    (row,) = consents.overview(desk, one.id)[0].records
    with pytest.raises(Refusal, match="철회한 날"):
        consents.withdraw(desk, row, day - dt.timedelta(days=1))
    consents.withdraw(desk, row, TODAY)
    item = consents.overview(desk, one.id)[0]
    assert item.state is ConsentState.WITHDRAWN
    assert item.records[0].withdrawn_on == TODAY
    with pytest.raises(Refusal, match="이미 철회"):
        consents.withdraw(desk, item.records[0], TODAY)


@pytest.mark.parametrize(
    ("kind", "receiver", "until", "version", "day"),
    [
        (ConsentKind.THIRD_PARTY, "", None, "1", TODAY),
        (ConsentKind.COLLECTION, "참여기업", None, "1", TODAY),
        (ConsentKind.COLLECTION, "", TODAY, "1", TODAY),
        (ConsentKind.COLLECTION, "", None, " ", TODAY),
        (ConsentKind.COLLECTION, "", None, "1", TODAY + dt.timedelta(days=1)),
    ],
)
def test_a_consent_that_does_not_hold_together_is_refused(
    desk: Desk, kind: ConsentKind, receiver: str, until: dt.date | None, version: str, day: dt.date
) -> None:
    with pytest.raises(Refusal):
        consents.record(
            desk,
            waiting(desk).id,
            kind,
            form_version=version,
            given=True,
            on=day,
            receiver=receiver,
            keep_until=until,
        )


def test_the_signed_form_lies_beside_the_consent(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("REGIONAL_DESK_DATA", str(tmp_path / "data"))
    one = waiting(desk)
    made = consents.record(
        desk,
        one.id,
        ConsentKind.COLLECTION,
        form_version="1",
        given=True,
        on=TODAY,
        evidence=_file(desk, PNG),
    )
    assert consents.open_evidence(desk, made).read_bytes() == PNG
    bare = consents.record(desk, one.id, ConsentKind.COLLECTION, form_version="1", given=True, on=TODAY)
    with pytest.raises(Refusal, match="붙인 동의서가 없습니다"):
        consents.open_evidence(desk, bare)


def test_a_consent_that_names_longer_keeps_longer_until_it_is_withdrawn(desk: Desk) -> None:
    one, other = waiting(desk), waiting(desk, 1)
    late, later = dt.date(2027, 1, 1), dt.date(2027, 6, 30)
    assert {one.id, other.id} <= {row.person for row in retention.due(desk, late)}
    consents.record(
        desk, one.id, ConsentKind.COLLECTION, form_version="1", given=True, on=TODAY, keep_until=later
    )
    due = {row.person for row in retention.due(desk, late)}
    assert one.id not in due
    assert other.id in due
    assert one.id in {row.person for row in retention.due(desk, later + dt.timedelta(days=1))}
    with desk.store.read() as connection:
        (row,) = applicants.list_consents(connection, one.id)
    consents.withdraw(desk, row, TODAY)
    assert one.id in {row.person for row in retention.due(desk, late)}
