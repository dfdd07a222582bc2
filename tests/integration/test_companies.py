"""A company's record, its other contacts, papers and positions, and what lists bring of them, on a real store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from regional_desk.domain.applicants import DocumentState
from regional_desk.domain.companies import CompanyKind
from regional_desk.domain.people import Track
from regional_desk.domain.positions import UNNAMED, PositionTerms
from regional_desk.domain.rights import Role
from regional_desk.errors import FileRejected, NotAllowed, Refusal, UsageError
from regional_desk.exchange.received_files import ReceivedFile
from regional_desk.services.companies import companies, company_documents, contacts, positions
from regional_desk.services.companies.companies import CompanyValues
from regional_desk.services.companies.contacts import ContactValues
from regional_desk.services.desk import Actor, Desk
from regional_desk.services.importing import import_undo, imports
from regional_desk.services.importing.imports import ImportResult
from regional_desk.store import audit
from regional_desk.store.attendance import attachment
from regional_desk.store.companies import CompanyRow
from regional_desk.store.ids import new_id
from regional_desk.store.matching import matching_position, matching_round

PDF = ReceivedFile("kim-hana.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n", "application/pdf")
NUMBER, OTHER_NUMBER, THIRD_NUMBER = "1248100998", "2208162517", "1208147521"
VALUES = CompanyValues(
    "㈜한빛정밀",
    "124-81-00998",
    CompanyKind.MANUFACTURER,
    representative="김대표",
    industry="금속가공",
    address="경상남도 창원시",
    employees=42,
    contact="이담당",
    phone="055-200-1000",
    email="lee@example.com",
)
TERMS = PositionTerms("생산관리", 2, place="창원", wage=2_300_000, weekly_minutes=2400)


def made(desk: Desk, **other: object) -> CompanyRow:
    return companies.add_company(desk, replace(VALUES, **other))  # type: ignore[arg-type]  # tests vary any field


def again(row: CompanyRow, **other: object) -> CompanyValues:
    names = CompanyValues.__slots__
    values = {name: getattr(row, name) for name in names} | {
        "kind": CompanyKind(row.kind) if row.kind else None
    }
    return CompanyValues(**(values | other))


def viewer(desk: Desk) -> Desk:
    return Desk(desk.store, Actor(uuid4(), "v", "조회", frozenset({Role.VIEWER})), desk.office, desk.clock)


def bring(desk: Desk, tmp_path: Path, kind: str, headings: str, lines: Sequence[str]) -> ImportResult:
    file = tmp_path / f"{kind}.csv"
    file.write_text("\n".join([headings, *lines]), encoding="utf-8")
    opened = imports.open_file(desk, kind, file)
    seen = imports.preview(desk, opened)
    done = imports.commit(desk, opened)
    assert seen == done  # preview is commit
    assert done.read == done.new + done.updated + done.unchanged + done.skipped + len(
        {error.row for error in done.errors}
    )
    return done


def in_a_round(desk: Desk, position_id: UUID) -> None:
    with desk.store.write() as connection:
        round_id = new_id()
        connection.execute(
            sa.insert(matching_round).values(
                id=round_id, programme_year=2026, number=1, name="1차 연계", state="open",
                unrated="accept", seed=1, created_at=desk.clock.now(),
            )
        )  # fmt: skip
        connection.execute(
            sa.insert(matching_position).values(round_id=round_id, position_id=position_id, seats=2)
        )


def log_details(desk: Desk) -> str:
    with desk.store.read() as connection:
        return " ".join(line.detail for line in audit.read_lines(connection, audit.CHANGES))


# --- the record


def test_a_company_is_added_with_its_values_in_their_form(empty_desk: Desk) -> None:
    row = made(empty_desk)
    assert (row.business_number, row.phone, row.employees) == (NUMBER, "0552001000", 42)
    assert companies.list_companies(empty_desk) == (row,)


def test_a_wrong_checksum_is_refused_and_says_so(empty_desk: Desk) -> None:
    with pytest.raises(Refusal, match="검증번호"):
        made(empty_desk, business_number="124-81-00999")
    assert companies.list_companies(empty_desk) == ()


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"name": "  "}, "기업명"),
        ({"phone": "없음"}, "전화번호"),
        ({"email": "lee"}, "이메일"),
        ({"employees": -1}, "상시근로자"),
    ],
)
def test_values_that_cannot_be_are_refused(empty_desk: Desk, other: dict[str, object], words: str) -> None:
    with pytest.raises(Refusal, match=words):
        made(empty_desk, **other)


def test_a_number_belongs_to_one_company(empty_desk: Desk) -> None:
    made(empty_desk)
    with pytest.raises(Refusal, match="㈜한빛정밀"):
        made(empty_desk, name="다른 이름")
    other = made(empty_desk, name="새움", business_number=OTHER_NUMBER)
    with pytest.raises(Refusal, match="㈜한빛정밀"):
        companies.edit_company(empty_desk, other.id, other.version, again(other, business_number=NUMBER))


def test_a_record_changed_meanwhile_is_not_overwritten(empty_desk: Desk) -> None:
    row = made(empty_desk)
    later = companies.edit_company(empty_desk, row.id, row.version, again(row, employees=43))
    with pytest.raises(Refusal, match="다른 사람이"):
        companies.edit_company(empty_desk, row.id, row.version, again(row, employees=44))
    assert companies.read_company(empty_desk, row.id) == later


def test_the_log_names_no_contact(empty_desk: Desk) -> None:
    row = made(empty_desk)
    companies.edit_company(empty_desk, row.id, row.version, again(row, contact="박새로", address="김해"))
    contacts.add_contact(empty_desk, row.id, ContactValues("최둘째", phone="010-1234-5678", memo="부재"))
    company_documents.attach(empty_desk, row.id, "pledge", PDF)
    told = log_details(empty_desk)
    for name in ("이담당", "박새로", "김대표", "최둘째", "kim-hana", "0552001000", "01012345678"):
        assert name not in told
    assert "경상남도 창원시 → 김해" in told


def test_whoever_only_looks_sees_people_masked_and_changes_nothing(empty_desk: Desk) -> None:
    row = made(empty_desk)
    contacts.add_contact(empty_desk, row.id, ContactValues("최둘째", phone="010-1234-5678", memo="부재"))
    looking = viewer(empty_desk)
    shown = companies.read_company(looking, row.id)
    assert shown is not None
    assert (shown.representative, shown.contact, shown.email) == ("김*표", "이*당", "le***@example.com")
    assert "*" in (shown.phone or "")
    other = contacts.list_contacts(looking, row.id)[0]
    assert (other.name, other.phone, other.memo) == ("최*째", "010-****-5678", None)
    with pytest.raises(NotAllowed):
        companies.edit_company(looking, row.id, row.version, VALUES)
    with pytest.raises(NotAllowed):
        positions.add_position(looking, row.id, TERMS)


def test_a_look_at_one_company_is_noted(empty_desk: Desk) -> None:
    row = made(empty_desk)
    companies.read_company(empty_desk, row.id)
    with empty_desk.store.read() as connection:
        line = audit.read_lines(connection, audit.ACCESSES)[0]
    assert (line.subject, str(row.id) in line.detail) == ("companies", True)


def test_a_company_is_found_by_id_number_or_name(empty_desk: Desk) -> None:
    row = made(empty_desk)
    for text in (str(row.id), "124-81-00998", NUMBER, "㈜한빛정밀"):
        assert companies.find_company(empty_desk, text) == row.id
    with pytest.raises(UsageError, match="없습니다"):
        companies.find_company(empty_desk, "한")
    made(empty_desk, business_number=OTHER_NUMBER)
    with pytest.raises(UsageError, match="2곳"):
        companies.find_company(empty_desk, "㈜한빛정밀")


def test_the_history_tells_of_the_company_and_its_positions(empty_desk: Desk) -> None:
    row = made(empty_desk)
    companies.edit_company(empty_desk, row.id, row.version, again(row, employees=43))
    positions.add_position(empty_desk, row.id, TERMS)
    made(empty_desk, name="새움", business_number=OTHER_NUMBER)
    actions = [line.action for line in companies.history(empty_desk, row.id)]
    assert actions == ["position.add", "company.edit", "company.add"]


def test_the_same_act_twice_adds_one_company(empty_desk: Desk) -> None:
    operation = uuid4()
    first = companies.add_company(empty_desk, VALUES, operation)
    assert companies.add_company(empty_desk, VALUES, operation) == first
    assert len(companies.list_companies(empty_desk)) == 1


# --- other contacts


def test_other_contacts_are_added_changed_and_taken_away(empty_desk: Desk) -> None:
    row = made(empty_desk)
    contacts.add_contact(empty_desk, row.id, ContactValues(" 최둘째 ", "생산팀 과장", "010-1234-5678"))
    first = contacts.list_contacts(empty_desk, row.id)[0]
    assert (first.name, first.part, first.phone) == ("최둘째", "생산팀 과장", "01012345678")
    contacts.edit_contact(empty_desk, first, ContactValues("최둘째", "생산팀 부장"))
    with pytest.raises(Refusal, match="다른 사람이"):
        contacts.edit_contact(empty_desk, first, ContactValues("최둘째", "공장장"))
    with pytest.raises(Refusal, match="다른 사람이"):
        contacts.remove_contact(empty_desk, first)
    contacts.remove_contact(empty_desk, contacts.list_contacts(empty_desk, row.id)[0])
    assert contacts.list_contacts(empty_desk, row.id) == ()


def test_a_contact_needs_a_name_a_company_and_values_that_can_be(empty_desk: Desk) -> None:
    row = made(empty_desk)
    with pytest.raises(Refusal, match="성명"):
        contacts.add_contact(empty_desk, row.id, ContactValues(" "))
    with pytest.raises(Refusal, match="이메일"):
        contacts.add_contact(empty_desk, row.id, ContactValues("최둘째", email="choi"))
    with pytest.raises(UsageError, match="없는 기업"):
        contacts.add_contact(empty_desk, uuid4(), ContactValues("최둘째"))


# --- papers


def states(desk: Desk, row: CompanyRow) -> dict[str, tuple[bool, DocumentState]]:
    return {item.paper.key: (item.asked, item.state) for item in company_documents.checklist(desk, row.id)}


def test_each_kind_is_asked_for_its_own_papers(empty_desk: Desk) -> None:
    asked = {key for key, (is_asked, _) in states(empty_desk, made(empty_desk)).items() if is_asked}
    assert {"application_form", "business_registration", "pledge", "smart_factory"} <= asked
    assert "supply_record" not in asked
    other = made(empty_desk, name="새움", business_number=OTHER_NUMBER, kind=None)
    assert states(empty_desk, other)["smart_factory"] == (False, DocumentState.MISSING)


def test_a_paper_comes_is_verified_sent_back_and_taken_away(empty_desk: Desk) -> None:
    row = made(empty_desk)
    kept = company_documents.attach(empty_desk, row.id, "pledge", PDF)
    assert states(empty_desk, row)["pledge"] == (True, DocumentState.SUBMITTED)
    good = company_documents.set_state(empty_desk, kept, DocumentState.VERIFIED)
    assert "참여기업 서약서" not in company_documents.missing(empty_desk)[row.id]
    with pytest.raises(Refusal, match="다른 사람이"):
        company_documents.set_state(empty_desk, kept, DocumentState.SUBMITTED)
    with pytest.raises(Refusal, match="까닭"):
        company_documents.set_state(empty_desk, good, DocumentState.RETURNED)
    back = company_documents.set_state(empty_desk, good, DocumentState.RETURNED, "직인 없음")
    assert "참여기업 서약서" in company_documents.missing(empty_desk)[row.id]
    opened = company_documents.open_document(empty_desk, back.id)
    assert (opened.name, opened.read_bytes()) == ("참여기업 서약서.pdf", PDF.content)
    with pytest.raises(Refusal, match="까닭"):
        company_documents.remove(empty_desk, back, " ")
    company_documents.remove(empty_desk, back, "잘못 올림")
    assert states(empty_desk, row)["pledge"] == (True, DocumentState.MISSING)
    with empty_desk.store.read() as connection:
        assert connection.execute(sa.select(attachment)).all() == []


def test_a_file_two_companies_handed_in_stays_for_the_other(empty_desk: Desk) -> None:
    row, other = made(empty_desk), made(empty_desk, name="새움", business_number=OTHER_NUMBER)
    first = company_documents.attach(empty_desk, row.id, "pledge", PDF)
    second = company_documents.attach(empty_desk, other.id, "pledge", PDF)
    company_documents.remove(empty_desk, first, "잘못 올림")
    assert company_documents.open_document(empty_desk, second.id).read_bytes() == PDF.content


def test_papers_that_cannot_be_taken_are_refused(empty_desk: Desk, tmp_path: Path) -> None:
    row = made(empty_desk)
    with pytest.raises(UsageError, match="모르는 서류"):
        company_documents.attach(empty_desk, row.id, "photo", PDF)
    with pytest.raises(UsageError, match="없는 기업"):
        company_documents.attach(empty_desk, uuid4(), "pledge", PDF)
    tomorrow = empty_desk.clock.today() + dt.timedelta(days=1)
    with pytest.raises(Refusal, match="오지 않은"):
        company_documents.attach(empty_desk, row.id, "pledge", PDF, on=tomorrow)
    (tmp_path / "a.exe").write_bytes(b"MZ" * 50)
    with pytest.raises(FileRejected):
        company_documents.read_file(tmp_path / "a.exe")
    kept = company_documents.attach(empty_desk, row.id, "pledge", PDF)
    with pytest.raises(NotAllowed):
        company_documents.open_document(viewer(empty_desk), kept.id)


# --- positions


def test_a_position_takes_the_track_of_its_companys_kind(empty_desk: Desk) -> None:
    row, other = (
        made(empty_desk),
        made(empty_desk, name="새움", business_number=OTHER_NUMBER, kind=CompanyKind.SUPPLIER),
    )
    assert positions.add_position(empty_desk, row.id, TERMS).track == Track.TRACK1
    assert positions.add_position(empty_desk, other.id, TERMS).track == Track.TRACK2
    found = positions.list_positions(empty_desk, 2026)
    assert [(one.company_name, one.name, one.seats) for one in found] == [
        ("㈜한빛정밀", "생산관리", 2),
        ("새움", "생산관리", 2),
    ]
    assert positions.list_positions(empty_desk, 2027) == ()


def test_a_company_has_one_position_of_a_name_in_a_year(empty_desk: Desk) -> None:
    row = made(empty_desk)
    first = positions.add_position(empty_desk, row.id, TERMS)
    with pytest.raises(Refusal, match="이미 있어"):
        positions.add_position(empty_desk, row.id, TERMS)
    second = positions.add_position(empty_desk, row.id, replace(TERMS, name="품질관리"))
    with pytest.raises(Refusal, match="이미 있어"):
        positions.edit_position(empty_desk, second.id, second.version, TERMS)
    positions.edit_position(empty_desk, first.id, first.version, replace(TERMS, seats=3))
    positions.add_position(empty_desk, row.id, TERMS, year=2027)


def test_a_position_changed_meanwhile_is_not_overwritten(empty_desk: Desk) -> None:
    first = positions.add_position(empty_desk, made(empty_desk).id, TERMS)
    positions.close_position(empty_desk, first.id, first.version)
    with pytest.raises(Refusal, match="다른 사람이"):
        positions.edit_position(empty_desk, first.id, first.version, TERMS)
    with pytest.raises(Refusal, match="다른 사람이"):
        positions.close_position(empty_desk, first.id, first.version, closed=False)
    assert positions.read_position(empty_desk, first.id).closed


def test_a_position_needs_a_known_company_with_a_kind(empty_desk: Desk) -> None:
    with pytest.raises(UsageError, match="없는 기업"):
        positions.add_position(empty_desk, uuid4(), TERMS)
    row = made(empty_desk, kind=None)
    with pytest.raises(Refusal, match="유형"):
        positions.add_position(empty_desk, row.id, TERMS)
    with pytest.raises(Refusal, match="모집인원"):
        positions.add_position(empty_desk, row.id, replace(TERMS, seats=-1))


def test_a_new_kind_moves_the_positions_but_not_under_a_round(empty_desk: Desk) -> None:
    row = made(empty_desk)
    first = positions.add_position(empty_desk, row.id, TERMS)
    row = companies.edit_company(empty_desk, row.id, row.version, again(row, kind=CompanyKind.SUPPLIER))
    assert positions.read_position(empty_desk, first.id).track == Track.TRACK2
    with pytest.raises(Refusal, match="유형을 비우지"):
        companies.edit_company(empty_desk, row.id, row.version, again(row, kind=None))
    in_a_round(empty_desk, first.id)
    with pytest.raises(Refusal, match="1차 연계"):
        companies.edit_company(empty_desk, row.id, row.version, again(row, kind=CompanyKind.MANUFACTURER))


def test_a_wage_below_the_minimum_is_told_of_and_kept(empty_desk: Desk) -> None:
    low = positions.add_position(empty_desk, made(empty_desk).id, replace(TERMS, wage=2_000_000))
    assert positions.wage_warning(empty_desk, low) is not None
    assert "156,880원 적습니다" in (positions.wage_warning(empty_desk, low) or "")
    assert positions.wage_warning(empty_desk, TERMS) is None
    assert positions.wage_warning(empty_desk, replace(TERMS, wage=2_200_000)) is None
    assert positions.wage_warning(empty_desk, replace(TERMS, wage=2_200_000, starts_on=dt.date(2026, 11, 2)))


def test_a_position_is_found_by_its_name_or_with_its_company(empty_desk: Desk) -> None:
    row, other = made(empty_desk), made(empty_desk, name="새움", business_number=OTHER_NUMBER)
    first = positions.add_position(empty_desk, row.id, TERMS)
    assert positions.find_position(empty_desk, "생산관리") == first.id
    positions.add_position(empty_desk, other.id, TERMS)
    with pytest.raises(UsageError, match="2개"):
        positions.find_position(empty_desk, "생산관리")
    assert positions.find_position(empty_desk, "㈜한빛정밀/생산관리") == first.id
    with pytest.raises(UsageError, match="없습니다"):
        positions.find_position(empty_desk, "용접")


# --- lists


def terms_of(desk: Desk) -> list[tuple[str, str, int]]:
    return [(one.company_name, one.name, one.seats) for one in positions.list_positions(desk)]


HEADS = "기업명,사업자등록번호,유형,모집인원,직무,이메일,상시근로자수"


def test_a_companies_list_makes_its_positions(empty_desk: Desk, tmp_path: Path) -> None:
    lines = [
        f"한빛,{NUMBER},제조,2,용접,h@example.com,42명",
        f"새움,{OTHER_NUMBER},공급,3,,,",
        f"가온,{THIRD_NUMBER},,1,설계,,",
    ]
    done = bring(empty_desk, tmp_path, "companies", HEADS, lines)
    assert (done.new, len(done.errors)) == (3, 0)
    assert terms_of(empty_desk) == [("새움", UNNAMED, 3), ("한빛", "용접", 2)]
    assert any("유형" in line and "가온" in line for line in done.notices)
    known = {row.name: row for row in companies.list_companies(empty_desk)}
    assert (known["한빛"].email, known["한빛"].employees) == ("h@example.com", 42)
    assert bring(empty_desk, tmp_path, "companies", HEADS, lines).unchanged == 3


def test_the_next_list_changes_the_seats_of_that_position_only(empty_desk: Desk, tmp_path: Path) -> None:
    bring(empty_desk, tmp_path, "companies", HEADS, [f"한빛,{NUMBER},제조,2,용접,,"])
    done = bring(
        empty_desk,
        tmp_path,
        "companies",
        HEADS,
        [f"한빛,{NUMBER},,4,용접,,", f"한빛,{NUMBER},,1,도장,,", f"한빛,{NUMBER},,1,도장,,"],
    )
    assert (done.updated, done.skipped) == (1, 2)
    assert any("모집인원 2명 → 4명" in line for line in done.changes)
    assert terms_of(empty_desk) == [("한빛", "도장", 1), ("한빛", "용접", 4)]


def test_an_unnamed_position_takes_the_name_that_comes_later(empty_desk: Desk, tmp_path: Path) -> None:
    bring(empty_desk, tmp_path, "companies", HEADS, [f"한빛,{NUMBER},제조,2,,,"])
    done = bring(empty_desk, tmp_path, "companies", HEADS, [f"한빛,{NUMBER},,,용접,,"])
    assert (done.updated, terms_of(empty_desk)) == (1, [("한빛", "용접", 2)])
    done = bring(empty_desk, tmp_path, "companies", HEADS, [f"한빛,{NUMBER},,5,,,"])
    assert (done.updated, terms_of(empty_desk)) == (1, [("한빛", "용접", 5)])


def test_taking_a_companies_list_back_takes_its_positions_too(empty_desk: Desk, tmp_path: Path) -> None:
    bring(empty_desk, tmp_path, "companies", HEADS, [f"한빛,{NUMBER},제조,2,용접,,"])
    bring(
        empty_desk,
        tmp_path,
        "companies",
        HEADS,
        [f"한빛,{NUMBER},공급,4,용접,,", f"새움,{OTHER_NUMBER},공급,1,개발,,"],
    )
    undone = import_undo.undo(empty_desk)
    assert (undone.deleted, undone.restored, undone.kept) == (1, 1, ())
    assert terms_of(empty_desk) == [("한빛", "용접", 2)]
    assert positions.list_positions(empty_desk)[0].track == Track.TRACK1


def test_a_list_does_not_change_a_kind_under_a_round(empty_desk: Desk, tmp_path: Path) -> None:
    bring(empty_desk, tmp_path, "companies", HEADS, [f"한빛,{NUMBER},제조,2,용접,,"])
    in_a_round(empty_desk, positions.find_position(empty_desk, "용접"))
    done = bring(empty_desk, tmp_path, "companies", HEADS, [f"한빛,{NUMBER},공급,4,용접,,"])
    assert [(error.row, error.column) for error in done.errors] == [(2, "유형")]
    assert terms_of(empty_desk) == [("한빛", "용접", 2)]


def test_what_a_round_holds_is_not_taken_back(empty_desk: Desk, tmp_path: Path) -> None:
    bring(empty_desk, tmp_path, "companies", HEADS, [f"한빛,{NUMBER},제조,2,용접,,"])
    in_a_round(empty_desk, positions.find_position(empty_desk, "용접"))
    undone = import_undo.undo(empty_desk)
    assert (undone.deleted, [one.name for one in undone.kept]) == (0, ["한빛 · 용접", "한빛"])


JOBS = "기업명,사업자등록번호,직무,모집인원,근무지,임금,주 근로시간,시작일,조건"


def test_a_list_of_positions_names_its_company_by_number_or_name(empty_desk: Desk, tmp_path: Path) -> None:
    made(empty_desk)
    made(empty_desk, name="새움", business_number=OTHER_NUMBER, kind=CompanyKind.SUPPLIER)
    done = bring(
        empty_desk,
        tmp_path,
        "positions",
        JOBS,
        [
            "주식회사 한빛정밀,,용접,2,창원,200만원,40,2026-10-05,교대 없음",
            f",{OTHER_NUMBER},개발,1,,,,,",
        ],
    )
    assert (done.new, done.errors) == (2, ())
    row = positions.read_position(empty_desk, positions.find_position(empty_desk, "용접"))
    assert (row.place, row.wage, row.weekly_minutes, row.starts_on, row.conditions) == (
        "창원", 2_000_000, 2400, dt.date(2026, 10, 5), "교대 없음",
    )  # fmt: skip
    assert any("최저임금" in line for line in done.notices)


def test_rows_that_cannot_be_taken_are_errors_with_their_reason(empty_desk: Desk, tmp_path: Path) -> None:
    made(empty_desk)
    made(empty_desk, name="새움", business_number=OTHER_NUMBER, kind=None)
    done = bring(
        empty_desk,
        tmp_path,
        "positions",
        JOBS,
        [
            "모르는곳,,용접,2,,,,,",
            ",,용접,2,,,,,",
            "새움,,개발,2,,,,,",
            "㈜한빛정밀,,용접,,,,,,",
            "㈜한빛정밀,,도장,2,,협의,,,",
            "㈜한빛정밀,,설계,2,,,,,",
            "㈜한빛정밀,,설계,3,,,,,",
            f"㈜한빛정밀,{THIRD_NUMBER},조립,1,,,,,",
            "㈜한빛정밀,124-81-00999,조립,1,,,,,",
        ],
    )
    reasons = {error.row: error.message for error in done.errors}
    assert done.new == 1
    assert sorted(reasons) == [2, 3, 4, 5, 6, 8, 9, 10]
    for row, words in (
        (2, "없습니다"),
        (3, "사업자등록번호"),
        (4, "유형"),
        (5, "모집인원"),
        (6, "임금"),
        (8, "두 번"),
        (10, "검증번호"),
    ):
        assert words in reasons[row]


def test_an_empty_cell_never_clears_a_term(empty_desk: Desk, tmp_path: Path) -> None:
    before = positions.add_position(empty_desk, made(empty_desk).id, TERMS)
    done = bring(empty_desk, tmp_path, "positions", JOBS, ["㈜한빛정밀,,생산관리,,,,,,"])
    assert (done.unchanged, positions.read_position(empty_desk, before.id)) == (1, before)
    done = bring(empty_desk, tmp_path, "positions", JOBS, ["㈜한빛정밀,,생산관리,5,,,,2026-10-05,"])
    assert done.updated == 1
    assert positions.read_position(empty_desk, before.id).place == "창원"


def test_a_list_of_positions_is_taken_back(empty_desk: Desk, tmp_path: Path) -> None:
    before = positions.add_position(
        empty_desk, made(empty_desk).id, replace(TERMS, starts_on=dt.date(2026, 9, 1))
    )
    lines = ["㈜한빛정밀,,생산관리,5,,,,2026-10-05,", "㈜한빛정밀,,용접,1,,,,,", "㈜한빛정밀,,도장,1,,,,,"]
    bring(empty_desk, tmp_path, "positions", JOBS, lines)
    touched = positions.read_position(empty_desk, positions.find_position(empty_desk, "도장"))
    positions.close_position(empty_desk, touched.id, touched.version)
    undone = import_undo.undo(empty_desk)
    assert (undone.deleted, undone.restored) == (1, 1)
    assert [(one.name, one.what) for one in undone.kept] == [("㈜한빛정밀 · 도장", "그 뒤에 자료가 바뀜")]
    now = positions.read_position(empty_desk, before.id)
    assert asdict(now) | {"version": 0} == asdict(before) | {"version": 0}
