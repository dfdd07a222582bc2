"""`import`: files in, what they would change, the list of imports, taking one back, the saved mappings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from regional_desk.cli.context import Call
from regional_desk.errors import UsageError

_import = typer.Typer(help="파일 가져오기와 되돌리기.", no_args_is_help=True)
_layout = typer.Typer(help="저장된 열 맞춤.", no_args_is_help=True)
_Mapping = Annotated[list[str] | None, typer.Option("--map", help="'열 이름=항목' (여러 번)")]
_KINDS = (
    "applicants",
    "companies",
    "positions",
    "attendance",
    "evaluations",
    "needs",
    "preferences",
    "interviews",
)


def add_commands(app: typer.Typer) -> None:
    """Put this module's commands into the program."""
    app.add_typer(_import, name="import")


def import_file(
    context: typer.Context,
    file: Path,
    course: Annotated[str | None, typer.Option(help="출석을 넣을 과정")] = None,
    sheet: Annotated[str | None, typer.Option(help="시트 이름")] = None,
    mapping: _Mapping = None,
    sender: Annotated[str | None, typer.Option(help="보낸 곳: 그곳의 지난 파일과 견준다 (없음은 '')")] = None,
    round_: Annotated[
        str | None,
        typer.Option("--round", help="지원자를 넣을 모집 차수; 희망순위·면접 결과를 넣을 연계 차수"),
    ] = None,
    preview: Annotated[bool, typer.Option(help="쓰지 않고 결과만 본다")] = False,
    all_or_nothing: Annotated[bool, typer.Option(help="하나라도 잘못되면 아무것도 넣지 않는다")] = False,
    errors_to: Annotated[Path | None, typer.Option(help="오류가 난 행을 사유와 함께 적을 xlsx")] = None,
) -> None:
    """파일(xlsx, xls, ods, csv)을 가져온다."""
    from regional_desk.services.importing import import_failures, imports
    from regional_desk.services.matching import rounds as matching_rounds
    from regional_desk.services.recruitment import rounds
    from regional_desk.services.training import courses

    call: Call = context.obj
    desk = call.open()
    kind = str(context.info_name)
    opened = imports.open_file(desk, kind, file, sheet=sheet, mapping=_pairs(mapping))
    course_id = courses.find_course(desk, course) if course else None
    of_matching = kind in imports.ROUND_KINDS
    find_round = matching_rounds.find_round if of_matching else rounds.find_round
    round_id = find_round(desk, round_) if round_ else None
    if preview:
        result = imports.preview(desk, opened, course_id, sender=sender, round_id=round_id)
    else:
        result = imports.commit(
            desk, opened, course_id, sender=sender, round_id=round_id, all_or_nothing=all_or_nothing
        )
    data, lines = _told(result, preview=preview)
    if errors_to is not None and result.errors:
        rows = import_failures.write_failures(desk, opened, result, errors_to)
        data["errors_file"] = str(errors_to)
        lines.append(f"오류가 난 {rows}행을 {errors_to}에 적었습니다. 고친 뒤 그 파일을 다시 가져오십시오.")
    call.emit(data, lines)


@_import.command("list")
def import_list(context: typer.Context, limit: Annotated[int, typer.Option(help="최근 몇 건")] = 20) -> None:
    """가져온 파일 목록 (최근 것부터)."""
    from regional_desk.services.importing import import_undo, imports

    call: Call = context.obj
    rows = import_undo.list_imports(call.open(), limit)
    data = [
        {
            "import": str(row.id),
            "kind": row.kind,
            "file": row.file_name,
            "sender": row.sender,
            "at": row.at.isoformat(),
            "by": row.by,
            **row.counts,
            "undone": row.undone,
        }
        for row in rows
    ]
    lines = [
        f"{row.id}  {row.at:%Y-%m-%d %H:%M} {imports.KIND_LABELS[row.kind]} {row.file_name} · {row.sender or '-'} · {row.by} · "
        f"신규 {row.counts['new']} · 바뀜 {row.counts['updated']}{' · 되돌림' if row.undone else ''}"
        for row in rows
    ]
    call.emit({"imports": data}, lines or ["가져온 파일이 없습니다."])


@_import.command("undo")
def import_undo_(
    context: typer.Context,
    which: Annotated[
        str | None, typer.Argument(help="가져오기 번호(import list); 없으면 내 마지막 것")
    ] = None,
) -> None:
    """가져오기 하나를 통째로 되돌린다. 그 뒤에 손댄 것은 남기고 이름을 알려 준다."""
    from regional_desk.services.importing import import_undo

    call: Call = context.obj
    done = import_undo.undo(call.open(), None if which is None else _id(which))
    kept = [{"name": one.name, "why": one.what, "last_change": one.by} for one in done.kept]
    data = {
        "import": str(done.import_id),
        "deleted": done.deleted,
        "restored": done.restored,
        "kept": kept,
    }
    head = f"'{done.file_name}' 가져오기를 되돌렸습니다: 지움 {done.deleted} · 옛값으로 {done.restored} · 남김 {len(kept)}"
    lines = [f"  남김 {one.name}: {one.what}{f' ({one.by})' if one.by else ''}" for one in done.kept]
    call.emit(data, [head, *lines])


@_layout.command("list")
def layout_list(context: typer.Context) -> None:
    """저장된 열 맞춤 목록."""
    from regional_desk.services.importing import import_layouts, imports

    call: Call = context.obj
    rows = import_layouts.list_layouts(call.open())
    data = [
        {
            "layout": row.fingerprint[:12],
            "kind": row.kind,
            "sender": row.sender,
            "mapping": row.mapping,
        }
        for row in rows
    ]
    lines = []
    for row in rows:
        label = imports.FIELDS[row.kind].label
        told = ", ".join(f"{heading}→{label(field)}" for heading, field in row.mapping.items() if field)
        lines.append(f"{row.fingerprint[:12]} {imports.KIND_LABELS[row.kind]} {row.sender or '-'}: {told}")
    call.emit({"layouts": data}, lines or ["저장된 열 맞춤이 없습니다."])


@_layout.command("set")
def layout_set(
    context: typer.Context,
    layout: Annotated[str, typer.Argument(help="열 맞춤 번호(import layout list)")],
    mapping: _Mapping = None,
    sender: Annotated[str | None, typer.Option(help="보낸 곳 (없앨 때는 '')")] = None,
) -> None:
    """저장된 열 맞춤을 고친다."""
    from regional_desk.services.importing import import_layouts

    call: Call = context.obj
    desk = call.open()
    row = import_layouts.find_layout(desk, layout)
    wanted = row.sender if sender is None else sender
    done = import_layouts.change(desk, row, _pairs(mapping) or {}, wanted)
    call.emit({"layout": row.fingerprint[:12], "mapping": done.mapping}, ["열 맞춤을 고쳤습니다."])


@_layout.command("forget")
def layout_forget(
    context: typer.Context,
    layout: Annotated[str, typer.Argument(help="열 맞춤 번호(import layout list)")],
) -> None:
    """저장된 열 맞춤을 지운다."""
    from regional_desk.services.importing import import_layouts

    call: Call = context.obj
    desk = call.open()
    row = import_layouts.find_layout(desk, layout)
    import_layouts.forget(desk, row)
    call.emit({"layout": row.fingerprint[:12]}, ["열 맞춤을 지웠습니다. 다음 파일은 열 이름으로 맞춥니다."])


def _told(result: Any, *, preview: bool) -> tuple[dict[str, Any], list[str]]:
    """An import or its preview as JSON and as lines."""
    data: dict[str, Any] = {
        name: getattr(result, name) for name in ("read", "new", "updated", "unchanged", "skipped")
    }
    data["errors"] = [
        {"row": error.row, "column": error.column, "value": error.value, "message": error.message}
        for error in result.errors
    ]
    data |= {"changes": list(result.changes), "notices": list(result.notices), "preview": preview}
    data |= {"import": str(result.import_id) if result.import_id else None, "sender": result.sender}
    verb = "가져오면" if preview else "가져왔습니다:"
    counts = (
        f"{verb} 읽음 {result.read} · 신규 {result.new} · 바뀜 {result.updated} · 같음 {result.unchanged} · "
        f"건너뜀 {result.skipped} · 오류 {len(result.errors)}"
    )
    lines = [
        counts,
        *(f"  오류 {error.row}행 {error.column} '{error.value}': {error.message}" for error in result.errors),
        *(f"  바뀜 {line}" for line in result.changes),
        *(f"  {line}" for line in result.notices),
    ]
    compared = result.compared
    data["compared"] = None
    if compared is not None:
        parts = (("new", "신규"), ("missing", "빠짐"), ("changed", "바뀜"))
        data["compared"] = {"file": compared.file_name, "at": compared.at.isoformat()}
        data["compared"] |= {name: list(getattr(compared, name)) for name, _ in parts}
        lines.append(f"{compared.sender}의 지난 파일({compared.file_name})과 견주어:")
        for name, label in reversed(parts):
            lines += [f"  {label} {line}" for line in getattr(compared, name)]
    return data, lines


def _pairs(mapping: list[str] | None) -> dict[str, str] | None:
    return dict(_pair(one) for one in mapping) if mapping else None


def _pair(text: str) -> tuple[str, str]:
    heading, separator, field = text.rpartition("=")
    if not separator or not heading:
        raise UsageError(f"--map '{text}'은(는) '열 이름=항목' 꼴이어야 합니다.")
    return heading, field


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise UsageError(f"'{text}'은(는) 가져오기 번호가 아닙니다. import list로 확인해 주십시오.") from None


for _kind in _KINDS:
    _import.command(_kind)(import_file)
_import.add_typer(_layout, name="layout")
