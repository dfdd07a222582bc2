"""`erase`, `loss`, `seal`, `approval`: the end of personal data, its loss, and what was approved on paper."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Any

import typer

from regional_desk.cli.context import Call
from regional_desk.cli.values import iso_date
from regional_desk.domain.clock import KST
from regional_desk.domain.loss import LossKind, LossState
from regional_desk.domain.text import korean_date
from regional_desk.errors import UsageError

_erase = typer.Typer(
    help="분리보관과 파기: 대상, 처리, 분리보관한 자료 보기, 파기대장.", no_args_is_help=True
)
_loss = typer.Typer(help="분실 신고: 노트북·백업·USB.", no_args_is_help=True)
_seal = typer.Typer(help="직인날인대장.", no_args_is_help=True)
_approval = typer.Typer(help="서면 결재.", no_args_is_help=True)
_On = Annotated[str | None, typer.Option(help="날(2026-08-31, 없으면 오늘)")]
_Signers = Annotated[list[str] | None, typer.Option("--signer", help="결재한 사람(팀장=김팀장, 여러 번)")]
_Scan = Annotated[Path | None, typer.Option(help="스캔(PDF·JPG·PNG, 20 MB까지)")]


def add_commands(app: typer.Typer) -> None:
    """Put this module's commands into the program."""
    for commands, name in ((_erase, "erase"), (_loss, "loss"), (_seal, "seal"), (_approval, "approval")):
        app.add_typer(commands, name=name)


@_erase.command("due")
def erase_due(context: typer.Context, on: _On = None) -> None:
    """보존기간이 끝난 사람."""
    from regional_desk.services.safety import retention

    call: Call = context.obj
    rows = [
        {
            "person": str(row.person),
            "name": row.name,
            "birth": row.birth,
            "group": row.group.value,
            "reason": row.reason,
            "since": row.since.isoformat(),
            "due": row.then.value,
            "hindrance": row.hindrance,
        }
        for row in retention.due(call.open(), iso_date(on) if on else None)
    ]
    lines = [f"{row['since']}부터 {row['name']} {row['birth']} — {row['reason']}" for row in rows]
    call.emit({"due": rows}, lines or ["보존기간이 끝난 사람이 없습니다."])


@_erase.command("run")
def erase_run(
    context: typer.Context,
    people: Annotated[list[str], typer.Argument(help="사람(성명 1999-03-05 또는 번호)")],
    basis: Annotated[str, typer.Option(help="근거(이름을 적지 않음)")],
    separate: Annotated[bool, typer.Option("--separate", help="파기하지 않고 분리보관한다")] = False,
    until: Annotated[str | None, typer.Option(help="분리보관 기한(2031-12-31)")] = None,
    early: Annotated[bool, typer.Option("--early", help="정보주체가 요구하여 기간 전에 한다")] = False,
    signer: _Signers = None,
    scan: _Scan = None,
    memo: Annotated[str, typer.Option(help="메모")] = "",
) -> None:
    """분리보관하거나 파기한다. 파기는 되돌릴 수 없다."""
    from regional_desk.services.recruitment.people import find_person
    from regional_desk.services.safety import retention

    call: Call = context.obj
    desk = call.open()
    chosen = [find_person(desk, text) for text in people]
    if separate:
        if until is None:
            raise UsageError("분리보관은 기한(--until 2031-12-31)을 정해야 합니다.")
        count = retention.separate(desk, chosen, basis, iso_date(until), early=early)
        call.emit({"separated": count, "until": until}, [f"{count}명을 {until}까지 분리보관했습니다."])
        return
    approved = _approved(call, None, signer, memo, scan)
    done = retention.dispose(desk, chosen, basis, approved=approved, early=early, memo=memo)
    row = _disposal(done.row)
    lines = [
        f"{row['people']}명을 파기했습니다: 파기대장 {row['number']}, 자동 백업은 {row['backups_until']}까지"
    ]
    if done.log_lines:
        lines.append(
            f"기록의 자유 서술 {done.log_lines}줄에 같은 이름이 있습니다. 기록은 고칠 수 없어 그대로 둡니다."
        )
    call.emit({**row, "log_lines": done.log_lines}, lines)


@_erase.command("separated")
def erase_separated(
    context: typer.Context,
    person: Annotated[str, typer.Argument(help="사람(분리-0001 또는 번호)")],
    purpose: Annotated[str, typer.Option(help="보는 목적(접속기록에 남음)")],
) -> None:
    """분리보관한 사람을 본다."""
    from regional_desk.services.recruitment.people import find_person
    from regional_desk.services.safety import retention

    call: Call = context.obj
    desk = call.open()
    found = retention.read_separated(desk, find_person(desk, person), purpose)
    fields = {name: value for name, value in found.fields.items() if value}
    call.emit(
        {"person": str(found.person), **fields, "basis": found.basis, "until": found.until.isoformat()},
        [f"{name}: {value}" for name, value in fields.items()],
    )


@_erase.command("list")
def erase_list(
    context: typer.Context, year: Annotated[int | None, typer.Option(help="연도(없으면 모두)")] = None
) -> None:
    """파기대장."""
    from regional_desk.services.safety import retention

    call: Call = context.obj
    rows = [_disposal(row) for row in retention.list_disposals(call.open(), year)]
    lines = [f"{row['number']} {row['on']} {row['people']}명 {row['basis']}" for row in rows]
    call.emit({"disposals": rows}, lines or ["파기한 것이 없습니다."])


@_loss.command("report")
def loss_report(
    context: typer.Context,
    kind: Annotated[str, typer.Option(help="laptop, backup, usb")],
    lost: Annotated[str, typer.Option(help="잃은 날(2026-08-30)")],
    noticed: Annotated[str, typer.Option(help="안 때(2026-08-31T09:30)")],
    description: Annotated[str, typer.Option(help="무엇을 어디서")],
    backup: Annotated[str, typer.Option(help="그 안의 백업 파일 이름(없으면 자료 전체)")] = "",
) -> None:
    """분실을 신고한다. 72시간 시계가 안 때부터 간다."""
    from regional_desk.services.safety import loss

    call: Call = context.obj
    chosen = _one_of(LossKind, kind, "--kind")
    made = loss.report(call.open(), chosen, description, iso_date(lost), _moment(noticed), backup=backup)
    steps = [f"  [ ] {step}" for step in made.steps]
    call.emit(_loss_shown(made), [_loss_line(made), *(f"  {one}" for one in made.encryption), *steps])


@_loss.command("list")
def loss_list(context: typer.Context) -> None:
    """분실 신고 목록."""
    from regional_desk.services.safety import loss

    call: Call = context.obj
    found = loss.list_losses(call.open())
    call.emit(
        {"losses": [_loss_shown(one) for one in found]},
        [_loss_line(one) for one in found] or ["분실 신고가 없습니다."],
    )


@_loss.command("people")
def loss_people(context: typer.Context, number: Annotated[int, typer.Argument(help="신고 번호")]) -> None:
    """분실에 관련된 사람(통지할 명단)."""
    from regional_desk.services.safety import loss

    call: Call = context.obj
    rows = [
        {"person": str(person), "name": name, "phone": phone}
        for person, name, phone in loss.people_of(call.open(), number)
    ]
    call.emit({"people": rows}, [f"{row['name']} {row['phone']}" for row in rows])


@_loss.command("state")
def loss_state(
    context: typer.Context,
    number: Annotated[int, typer.Argument(help="신고 번호")],
    state: Annotated[str, typer.Argument(help="reported, closed")],
    memo: Annotated[str, typer.Option(help="한 일, 결과")] = "",
) -> None:
    """분실 신고의 상태를 바꾼다."""
    from regional_desk.services.safety import loss

    call: Call = context.obj
    done = loss.set_state(call.open(), number, _one_of(LossState, state, "상태"), memo)
    call.emit(_loss_shown(done), [_loss_line(done)])


@_seal.command("add")
def seal_add(
    context: typer.Context,
    document: Annotated[str, typer.Option(help="문서")],
    recipient: Annotated[str, typer.Option(help="받는 곳")],
    asked_by: Annotated[str, typer.Option(help="요청한 사람")],
    copies: Annotated[int, typer.Option(help="부수")] = 1,
    on: _On = None,
    check_number: Annotated[str, typer.Option(help="출력물의 확인번호")] = "",
    memo: Annotated[str, typer.Option(help="비고")] = "",
) -> None:
    """직인날인대장에 적는다."""
    from regional_desk.services.safety import approvals

    call: Call = context.obj
    row = approvals.use_seal(
        call.open(),
        document,
        recipient,
        copies,
        asked_by,
        on=iso_date(on) if on else None,
        check_number=check_number,
        memo=memo,
    )
    call.emit(_seal_shown(row), [f"직인날인대장 {row.year}-{row.number}에 적었습니다: {row.document}"])


@_seal.command("list")
def seal_list(
    context: typer.Context, year: Annotated[int | None, typer.Option(help="연도(없으면 모두)")] = None
) -> None:
    """직인날인대장."""
    from regional_desk.services.safety import approvals

    call: Call = context.obj
    rows = [_seal_shown(row) for row in approvals.list_seal_uses(call.open(), year)]
    lines = [
        f"{row['number']} {row['on']} {row['document']} → {row['recipient']} {row['copies']}부"
        for row in rows
    ]
    call.emit({"seal_uses": rows}, lines or ["날인한 것이 없습니다."])


@_approval.command("add")
def approval_add(
    context: typer.Context,
    subject: Annotated[str, typer.Argument(help="allowance, disposal, submission")],
    which: Annotated[str, typer.Argument(help="대상의 번호 또는 이름(approval list --subjects)")],
    signer: _Signers = None,
    on: _On = None,
    scan: _Scan = None,
    memo: Annotated[str, typer.Option(help="메모")] = "",
) -> None:
    """종이로 한 결재를 적는다."""
    from regional_desk.services.safety import approvals

    call: Call = context.obj
    desk = call.open()
    found = approvals.find_subject(desk, subject, which)
    row = approvals.record(desk, found.kind, found.id, _approved(call, on, signer or [], memo, scan))
    call.emit(_approval_shown(row), [f"서면 결재를 적었습니다: {found.words}"])


@_approval.command("list")
def approval_list(
    context: typer.Context,
    subjects: Annotated[bool, typer.Option("--subjects", help="결재할 수 있는 것")] = False,
) -> None:
    """서면 결재 목록."""
    from regional_desk.services.safety import approvals

    call: Call = context.obj
    desk = call.open()
    if subjects:
        found = [
            {"subject": one.kind, "id": str(one.id), "words": one.words}
            for one in approvals.list_subjects(desk)
        ]
        call.emit({"subjects": found}, [f"{one['subject']}: {one['words']}" for one in found])
        return
    rows = [_approval_shown(row) for row in approvals.list_approvals(desk)]
    lines = [f"{row['approved_on']} {row['subject']} {row['signers']}" for row in rows]
    call.emit({"approvals": rows}, lines or ["서면 결재가 없습니다."])


def _approved(call: Call, on: str | None, signers: list[str] | None, memo: str, scan: Path | None) -> Any:
    """What was approved by whom; without signers the signed-in 팀장 or 단장 approves by doing it."""
    from regional_desk.services.safety.approvals import Approved, read_scan

    desk = call.open()
    pairs = [_pair(text) for text in signers] if signers is not None else [("처리", desk.actor.name)]
    day = iso_date(on) if on else desk.clock.today()
    return Approved(day, tuple(pairs), memo, read_scan(scan) if scan else None)


def _pair(text: str) -> tuple[str, str]:
    box, separator, name = text.partition("=")
    if not separator or not name.strip():
        raise UsageError(f"'{text}'은(는) 팀장=김팀장처럼 적어 주십시오.")
    return box.strip(), name.strip()


def _one_of(kinds: Any, text: str, where: str) -> Any:
    try:
        return kinds(text)
    except ValueError as error:
        raise UsageError(f"{where}은(는) {', '.join(kinds)} 가운데 하나입니다.") from error


def _moment(text: str) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            f"'{text}'은(는) 때로 읽을 수 없습니다. 2026-08-31T09:30처럼 적어 주십시오."
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=KST)


def _disposal(row: Any) -> dict[str, Any]:
    return {
        "number": f"{row.year}-{row.number}",
        "on": row.on.isoformat(),
        "basis": row.basis,
        "people": row.people,
        "method": row.method,
        "backups_until": row.backups_until.isoformat(),
        "memo": row.memo,
    }


def _loss_shown(one: Any) -> dict[str, Any]:
    return {
        "number": one.row.number,
        "kind": one.kind.value,
        "description": one.row.description,
        "lost_on": one.row.lost_on.isoformat(),
        "noticed_at": one.row.noticed_at.isoformat(),
        "state": one.state.value,
        "people": len(one.people),
        "groups": dict(one.groups),
        "fields": dict(one.fields),
        "encryption": list(one.encryption),
        "next_steps": list(one.steps),
        "deadline": one.deadline.isoformat(),
        "hours_left": one.hours_left,
        "memo": one.row.memo,
    }


def _loss_line(one: Any) -> str:
    clock = f" · 통지 기한 {one.clock}" if one.state is LossState.OPEN else ""
    day = korean_date(one.row.lost_on)
    return f"제{one.row.number}호 {one.state.label} {one.kind.label} {day} — {one.row.description} · 관련 {len(one.people):,}명{clock}"


def _seal_shown(row: Any) -> dict[str, Any]:
    return {
        "year": row.year,
        "number": row.number,
        "on": row.on.isoformat(),
        "document": row.document,
        "recipient": row.recipient,
        "copies": row.copies,
        "check_number": row.check_number,
        "asked_by": row.asked_by,
        "memo": row.memo,
    }


def _approval_shown(row: Any) -> dict[str, Any]:
    return {
        "approval": str(row.id),
        "subject": row.subject,
        "subject_id": str(row.subject_id),
        "approved_on": row.approved_on.isoformat(),
        "signers": [f"{box} {name}".strip() for box, name in row.signers],
        "memo": row.memo,
        "scan": row.attachment_id is not None,
    }
