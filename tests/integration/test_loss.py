"""A lost laptop, backup or USB: whose data, how protected, until when."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa
from tests.conftest import MONTH_END

from regional_desk.domain.clock import KST, FixedClock
from regional_desk.domain.loss import LossKind, LossState
from regional_desk.domain.rights import Role, rights_of
from regional_desk.errors import NotAllowed, Refusal, UsageError
from regional_desk.services.desk import Desk
from regional_desk.services.papers import papers
from regional_desk.services.papers.making import Wanted
from regional_desk.services.recruitment import people
from regional_desk.services.safety import accounts, backups, logs, loss, retention
from regional_desk.services.safety.approvals import Approved
from regional_desk.store.metadata import to_microseconds
from regional_desk.store.people import person_key

LOST, NOTICED = dt.date(2026, 8, 30), dt.datetime(2026, 8, 31, 9, 30, tzinfo=KST)


def report(desk: Desk, kind: LossKind = LossKind.LAPTOP, backup: str = "") -> loss.Loss:
    return loss.report(desk, kind, "출장 가방째, 창원역", LOST, NOTICED, backup=backup)


def test_a_laptop_held_everybody(desk: Desk) -> None:
    found = report(desk)
    assert len(found.people) == 58
    assert dict(found.groups) == {
        "교육생(과정에 등록된 사람)": 40,
        "지원자": 18,
        "기업 담당자": 30,
        "사무소 사용자": 1,
    }
    fields = dict(found.fields)
    assert fields["성명·생년월일"] == 58
    assert fields["출결"] == 40
    assert "훈련수당" not in fields
    assert found.state is LossState.OPEN
    assert found.deadline == dt.datetime(2026, 9, 3, 9, 30, tzinfo=KST)
    assert found.clock == "64시간 남음"
    words = " ".join(found.encryption)
    for part in (
        "AES-256",
        "이름 하나도 읽을 수 없고",
        "user01",
        "떠난 사람의 열쇠는 들어 있지 않았습니다",
        "주민등록번호",
    ):
        assert part in words


def test_a_lost_backup_held_the_state_of_its_time(desk: Desk, clock: FixedClock) -> None:
    made = backups.back_up(desk)
    clock.move_to(MONTH_END + dt.timedelta(hours=1))
    _come_later(desk)
    found = report(desk, LossKind.BACKUP, made.file.name)
    assert found.row.data_until == made.made_at
    assert len(found.people) == 58
    assert len(report(desk).people) == 59
    with pytest.raises(UsageError, match="백업을 만든 기록이 없습니다"):
        report(desk, LossKind.BACKUP, "GN_20260101.rdbackup")


def _come_later(desk: Desk) -> None:
    newcomer = uuid4()
    with desk.store.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO person (id, name, birth, created_at) VALUES (?, '나중온이', '2000-01-01', ?)",
            (newcomer.bytes, to_microseconds(desk.clock.now())),
        )
        (wrapped,) = desk.store.wrap_person_keys([(b"k" * 32, newcomer.bytes)])
        connection.execute(sa.insert(person_key).values(person_id=newcomer, wrapped=wrapped))


def test_a_leavers_slot_in_a_lost_backup_is_named(desk: Desk, clock: FixedClock) -> None:
    accounts.add_user(desk, "park", "박팀장", [Role.LEADER], "temporary-1")
    made = backups.back_up(desk)
    clock.move_to(MONTH_END + dt.timedelta(days=1))
    accounts.leave(desk, "park", "퇴사")
    before = report(desk, LossKind.BACKUP, made.file.name)
    assert "떠난 사람이 있습니다: park" in " ".join(before.encryption)
    assert "떠난 1명" in " ".join(before.steps)
    now = report(desk, LossKind.LAPTOP)
    assert "park" not in " ".join(now.encryption)


@pytest.mark.parametrize(
    ("description", "lost", "noticed"),
    [
        (" ", LOST, NOTICED),
        ("가방", LOST + dt.timedelta(days=2), NOTICED),
        ("가방", LOST, MONTH_END + dt.timedelta(minutes=1)),
        ("가방", LOST, NOTICED - dt.timedelta(days=2)),
    ],
)
def test_a_report_makes_sense_or_is_refused(
    desk: Desk, description: str, lost: dt.date, noticed: dt.datetime
) -> None:
    with pytest.raises(Refusal):
        loss.report(desk, LossKind.USB, description, lost, noticed)
    assert loss.list_losses(desk) == ()


def test_a_report_goes_its_way_and_keeps_what_was_done(desk: Desk, clock: FixedClock) -> None:
    number = report(desk).row.number
    clock.move_to(NOTICED + dt.timedelta(hours=71))
    assert loss.find_loss(desk, number).clock == "1시간 남음"
    done = loss.set_state(desk, number, LossState.REPORTED, "정보주체 58명 통지")
    assert (done.state, done.row.reported_at) == (LossState.REPORTED, clock.now())
    with pytest.raises(Refusal, match="앞으로만"):
        loss.set_state(desk, number, LossState.REPORTED)
    with pytest.raises(Refusal, match="어떻게 되었는지"):
        loss.set_state(desk, number, LossState.CLOSED)
    closed = loss.set_state(desk, number, LossState.CLOSED, "유실물센터에서 회수")
    assert closed.row.memo == "정보주체 58명 통지 / 유실물센터에서 회수"
    assert [line.action for line in logs.read_log(desk)][:3] == ["loss.state", "loss.state", "loss.report"]
    with pytest.raises(UsageError):
        loss.set_state(desk, 99, LossState.CLOSED, "없음")


def test_numbers_run_on_over_the_years(desk: Desk, clock: FixedClock) -> None:
    assert report(desk).row.number == 1
    clock.move_to(dt.datetime(2027, 1, 2, 9, tzinfo=KST))
    assert (report(desk).row.number, report(desk).row.year) == (2, 2027)
    assert [one.row.number for one in loss.list_losses(desk)] == [3, 2, 1]
    assert loss.find_loss(desk).row.number == 3


def test_whom_to_tell_stands_by_name_and_the_report_names_nobody(desk: Desk) -> None:
    number = report(desk).row.number
    names = {row.id: row.name for row in people.list_people(desk)}
    told = loss.people_of(desk, number)
    assert {person: name for person, name, _ in told} == names
    with desk.store.read() as connection:
        facts = connection.exec_driver_sql("SELECT facts FROM loss_report").scalar_one()
    assert not [name for name in names.values() if name in facts]


def test_the_disposed_stand_under_their_placeholder(desk: Desk, clock: FixedClock) -> None:
    number = report(desk).row.number
    clock.move_to(dt.datetime(2026, 12, 1, 9, tzinfo=KST))
    row = retention.due(desk)[0]
    retention.dispose(
        desk, [row.person], "만료", approved=Approved(dt.date(2026, 12, 1), (("단장", "박단장"),))
    )
    told = {person: name for person, name, _ in loss.people_of(desk, number)}
    assert told[row.person] == "파기-0001"
    assert len(report(desk).people) == 57


@pytest.mark.parametrize("role", list(Role))
def test_everybody_but_a_viewer_reports(desk: Desk, monkeypatch: pytest.MonkeyPatch, role: Role) -> None:
    monkeypatch.setattr(desk, "_rights", rights_of([role]))
    if role is Role.VIEWER:
        with pytest.raises(NotAllowed):
            report(desk)
        with pytest.raises(NotAllowed):
            loss.list_losses(desk)
    else:
        assert report(desk).row.number == 1


@pytest.mark.parametrize("document", ["disposal-register", "loss-notice", "seal-register"])
@pytest.mark.parametrize("file_format", ["pdf", "xlsx"])
def test_the_papers_are_printed_and_recorded(
    desk: Desk, tmp_path: Path, document: str, file_format: str
) -> None:
    report(desk)
    out = tmp_path / f"paper.{file_format}"
    done = papers.print_paper(desk, Wanted(document), file_format, out, "보관")
    assert out.stat().st_size > 1000
    assert done.check_number
    with desk.store.read() as connection:
        kept = connection.exec_driver_sql("SELECT document FROM print_record").scalar_one()
    assert kept == document


def test_a_notice_of_no_loss_is_refused(desk: Desk) -> None:
    with pytest.raises(UsageError, match="분실 신고가 없습니다"):
        papers.preview_pdf(desk, Wanted("loss-notice"))
