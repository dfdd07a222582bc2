"""`account`, `pay-file` and `allowance result`: held accounts, the files for the bank, and what came of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from regional_desk.cli.allowance import group as allowance_group
from regional_desk.cli.context import Call
from regional_desk.domain.settlement import BudgetItem
from regional_desk.domain.text import won
from regional_desk.errors import UsageError

_account = typer.Typer(help="계좌 보류.", no_args_is_help=True)
_files = typer.Typer(help="은행에 올릴 이체 파일과 그 결과.", no_args_is_help=True)
_Number = Annotated[int, typer.Argument(help="이체 파일 번호(호)")]
Preview = Annotated[bool, typer.Option("--preview", help="적지 않고 결과만 본다")]


def add_commands(app: typer.Typer) -> None:
    """Put this module's commands into the program."""
    app.add_typer(_account, name="account")
    app.add_typer(_files, name="pay-file")


@_account.command("list")
def account_list(context: typer.Context) -> None:
    """보류된 계좌와 까닭."""
    from regional_desk.services.pay import accounts

    call: Call = context.obj
    desk = call.open()
    held = accounts.list_held(desk)
    rows = [
        {
            "person": str(one.person),
            "name": one.name,
            "birth": desk.masking.show_iso_birth(one.birth),
            "bank": one.bank,
            "account_tail": one.tail,
            "holder": one.holder,
            "reason": one.why,
            "needs_paper": one.others,
            "changed_by": one.changed_by,
        }
        for one in held
    ]
    lines = [f"{one.name} {one.bank} ****{one.tail or ''}: {one.why}" for one in held]
    call.emit({"accounts": rows}, lines or ["보류된 계좌가 없습니다."])


@_account.command("release")
def account_release(
    context: typer.Context,
    person: str,
    memo: Annotated[str, typer.Option(help="확인 전화 내용")],
    reason: Annotated[str, typer.Option(help="본인이 아닌 예금주의 계좌로 받는 사유")] = "",
    paper: Annotated[Path | None, typer.Option(help="본인이 아닌 예금주의 계좌에 붙이는 증빙 파일")] = None,
) -> None:
    """보류된 계좌를 확인하고 푼다."""
    from regional_desk.services.pay import accounts
    from regional_desk.services.recruitment import people

    call: Call = context.obj
    desk = call.open()
    file = None if paper is None else accounts.read_paper(paper)
    who = people.find_person(desk, person)
    done = accounts.release_account(desk, who, memo, reason=reason, paper=file)
    call.emit(done, ["계좌 보류를 풀었습니다." + (" 단독 처리로 적었습니다." if done["solo"] else "")])


@_files.command("templates")
def templates(context: typer.Context) -> None:
    """쓸 수 있는 은행 양식."""
    from regional_desk.services.pay import pay_lists

    call: Call = context.obj
    found = pay_lists.templates().values()
    rows = [
        {
            "template": one.key,
            "name": one.name,
            "format": one.format.value,
            "columns": [column.heading for column in one.columns],
        }
        for one in found
    ]
    call.emit({"templates": rows}, [f"{one.key}: {one.name} (.{one.format})" for one in found])


@_files.command("waiting")
def waiting(context: typer.Context) -> None:
    """아직 보내지 않은 확정 금액."""
    from regional_desk.services.pay import pay_books

    call: Call = context.obj
    found = pay_books.list_waiting(call.open())
    rows = [
        {
            "run": str(one.run),
            "item": one.item.value,
            "place": one.place,
            "part": one.part,
            "course": str(one.course) if one.course else None,
            "course_name": one.place if one.course else None,
            "unit": one.unit_no,
            "month": f"{one.month:%Y-%m}" if one.month else None,
            "state": one.state.value,
            "people": one.people,
            "total": one.total,
            "kept_back": one.kept_back,
            "again": one.again,
            "paid_without_file": one.unsent,
        }
        for one in found
    ]
    lines = [
        f"{one.place} {one.part}({one.kind}) {one.state.label}: {one.people}건 {won(one.total)}원"
        + (f", 계좌 때문에 못 보냄 {one.kept_back}건" if one.kept_back else "")
        + (f", 재지급 {one.again}건" if one.again else "")
        + (" — 이체 파일 없이 지급으로 적힘" if one.unsent else "")
        for one in found
    ]
    call.emit({"waiting": rows}, lines or ["보낼 금액이 없습니다."])


@_files.command("make")
def make(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help="이체 파일을 만들 곳(사무소 폴더 밖)")],
    template: Annotated[str, typer.Option(help="은행 양식: hana, kbank, general_xlsx, general_csv")],
    purpose: Annotated[str, typer.Option(help="용도")],
    course: Annotated[str | None, typer.Option(help="한 과정만")] = None,
    unit: Annotated[int | None, typer.Option("--unit", help="한 단위기간만")] = None,
    item: Annotated[
        BudgetItem, typer.Option(help="allowance 훈련수당, internship 인턴지원금")
    ] = BudgetItem.ALLOWANCE,
    month: Annotated[str | None, typer.Option(help="인턴지원금의 한 달만(2026-09)")] = None,
) -> None:
    """확정된 금액의 이체 파일을 만들고 지급으로 넘긴다. 계좌가 보류된 사람과 기업은 빠진다."""
    from regional_desk.services.pay import pay_files
    from regional_desk.services.pay.pay_books import BOOKS

    call: Call = context.obj
    desk = call.open()
    book = BOOKS[item]
    found = book.list_waiting(desk)
    if course is None and unit is not None:
        raise UsageError("--unit은 --course와 함께 쓰십시오.")
    if month is not None:
        if item is not BudgetItem.INTERNSHIP:
            raise UsageError("--month는 --item internship과 함께 쓰십시오.")
        found = tuple(one for one in found if one.part == month)
    if course is not None:
        course_id = _course(desk, course)
        found = tuple(one for one in found if one.course == course_id and unit in (None, one.unit_no))
    else:  # what was paid without a file is sent only when it is asked for by name
        found = tuple(one for one in found if not one.unsent)
    runs = {one.run for one in found}
    kept_back = book.plan(desk, runs).kept_back
    made = pay_files.write(desk, runs, template, out, purpose, item=item)
    left = [{"person": str(one.payee), "name": one.name, "reason": one.why} for one in kept_back]
    tell_file(call, made, left)


@_files.command("list")
def list_all(context: typer.Context) -> None:
    """올해의 이체 파일."""
    from regional_desk.services.pay import pay_lists

    call: Call = context.obj
    found = pay_lists.list_files(call.open())
    call.emit(
        {"pay_files": [_file(one) for one in found]},
        [_line(one) for one in found] or ["이체 파일이 없습니다."],
    )


@_files.command("show")
def show(context: typer.Context, number: _Number) -> None:
    """한 이체 파일의 이체와 결과."""
    from regional_desk.services.pay import pay_lists

    call: Call = context.obj
    desk = call.open()
    made = pay_lists.file_of_number(desk, number)
    lines, claims = pay_lists.list_sent(desk, made.row.id), made.item is BudgetItem.INTERNSHIP
    rows = [
        {
            "number": one.number,
            "company" if claims else "trainee": str(one.payee),
            "name": one.name,
            "place": one.place,
            "part": one.part,
            "course": None if claims else one.place,
            "unit": one.unit_no,
            "bank": one.bank,
            "account_tail": one.tail,
            "amount": one.amount,
            "state": one.state.value,
            "failure": one.failure or None,
            "sent_again": one.again,
        }
        for one in lines
    ]
    text = [
        f"{one.number:>3} {one.name} {one.bank} ****{one.tail} {won(one.amount)}원 {one.state.label} {one.failure}"
        for one in lines
    ]
    call.emit(_file(made) | {"lines": rows}, [_line(made), *text])


@_files.command("result")
def result(context: typer.Context, number: _Number, file: Path, preview: Preview = False) -> None:
    """은행의 결과 파일을 읽어 성공과 실패를 적는다."""
    from regional_desk.services.pay import pay_lists

    call: Call = context.obj
    desk = call.open()
    take_result(call, desk, pay_lists.file_of_number(desk, number), file, preview=preview)


@_files.command("confirm")
def confirm(
    context: typer.Context, number: _Number, memo: Annotated[str, typer.Option(help="무엇을 보고 확인했는지")]
) -> None:
    """결과가 없는 이체를 통장에서 확인해 성공으로 적는다."""
    from regional_desk.services.pay import pay_lists, pay_results

    call: Call = context.obj
    desk = call.open()
    made = pay_lists.file_of_number(desk, number)
    tell_file(call, pay_results.confirm_waiting(desk, made.row.id, memo))


@_files.command("withdraw")
def withdraw(
    context: typer.Context, number: _Number, reason: Annotated[str, typer.Option(help="이체되지 않은 까닭")]
) -> None:
    """결과가 없는 이체를 이체되지 않은 것으로 적어 다시 보낼 수 있게 한다."""
    from regional_desk.services.pay import pay_lists, pay_results

    call: Call = context.obj
    desk = call.open()
    made = pay_lists.file_of_number(desk, number)
    tell_file(call, pay_results.withdraw_waiting(desk, made.row.id, reason))


@_files.command("delete")
def delete(
    context: typer.Context,
    number: _Number,
    gone: Annotated[bool, typer.Option("--gone", help="이미 직접 지웠음")] = False,
) -> None:
    """만든 곳에 있는 이체 파일을 지운다."""
    from regional_desk.services.pay import pay_files, pay_lists

    call: Call = context.obj
    desk = call.open()
    made = pay_lists.file_of_number(desk, number)
    tell_file(call, pay_files.delete(desk, made.row.id, gone=gone))


@allowance_group.command("result")
def allowance_result(
    context: typer.Context,
    course: str,
    unit: Annotated[int, typer.Option("--unit", help="단위기간")],
    file: Annotated[Path | None, typer.Argument(help="은행의 결과 파일(xls, xlsx, csv)")] = None,
    preview: Preview = False,
    by_hand: Annotated[
        str | None, typer.Option("--by-hand", help="이체 파일 없이 지급한 것을 통장에서 확인한 내용")
    ] = None,
) -> None:
    """단위기간의 이체 결과를 읽어 적고, 모두 성공이면 대사로 넘긴다."""
    from regional_desk.services.pay import pay_results

    call: Call = context.obj
    desk = call.open()
    course_id = _course(desk, course)
    if by_hand is not None:
        tell_file(call, pay_results.record_by_hand(desk, course_id, unit, by_hand))
        return
    if file is None:
        raise UsageError("은행의 결과 파일을 적거나, 파일 없이 확인했으면 --by-hand로 적어 주십시오.")
    take_result(call, desk, pay_results.file_of_unit(desk, course_id, unit), file, preview=preview)


def _course(desk: Any, text: str) -> UUID:
    from regional_desk.services.training import courses

    return courses.find_course(desk, text)


def take_result(call: Call, desk: Any, made: Any, file: Path, *, preview: bool) -> None:
    """Read a bank's result of a pay file, take it unless it is only looked at, and print what it said."""
    from regional_desk.services.pay import pay_results

    reading = pay_results.read_result(desk, made.row.id, file)
    taken = made if preview else pay_results.take(desk, reading)
    data = {
        "pay_file": reading.number,
        "paid": reading.paid,
        "failed": reading.failed,
        "unchanged": reading.unchanged,
        "waiting": reading.waiting,
        "remarks": list(reading.remarks),
        "written": not preview,
    }
    head = f"제{reading.number}호: 성공 {reading.paid}, 실패 {reading.failed}, 결과 대기 {reading.waiting}건"
    tail = (
        [] if preview or not taken.lies_about else [f"이체 파일이 아직 있습니다: {taken.place}. 지우십시오."]
    )
    call.emit(data, [head, *reading.remarks, *tail])


def tell_file(call: Call, made: Any, kept_back: list[dict[str, str]] | None = None) -> None:
    """Print a pay file as every command about one does."""
    data = _file(made) | ({} if kept_back is None else {"kept_back": kept_back})
    left = [f"빠진 사람·기업: {one['name']} — {one['reason']}" for one in kept_back or ()]
    call.emit(data, [_line(made), *left])


def _file(made: Any) -> dict[str, Any]:
    return {
        "number": made.row.number,
        "item": made.item.value,
        "template": made.row.template,
        "file": made.row.file_name,
        "sha256": made.row.sha256.hex(),
        "rows": made.row.rows,
        "total": made.row.total,
        "waiting": made.waiting,
        "paid": made.paid,
        "failed": made.failed,
        "made_at": made.row.made_at.isoformat(),
        "deleted": not made.lies_about,
    }


def _line(made: Any) -> str:
    left = " · 파일 남아 있음" if made.lies_about else ""
    return (
        f"제{made.row.number}호 {made.item.label} {made.template}: {made.row.rows}건 {won(made.row.total)}원 — "
        f"성공 {made.paid}, 실패 {made.failed}, 결과 대기 {made.waiting}{left} ({made.row.file_name or '파일 없음'})"
    )
