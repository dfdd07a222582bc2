"""The saved mappings: which heading of a sender's files means which field; listed, changed, forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean
from regional_desk.errors import UsageError
from regional_desk.exchange.layout import Fields
from regional_desk.services.desk import Desk, Work
from regional_desk.services.importing.imports import FIELDS
from regional_desk.store import imports as store
from regional_desk.store.imports import LayoutRow


def list_layouts(desk: Desk) -> tuple[LayoutRow, ...]:
    """Every saved mapping by kind; raises NotAllowed without the right to import."""
    desk.require(Right.IMPORT_FILES)
    with desk.store.read() as connection:
        return store.list_layouts(connection)


def find_layout(desk: Desk, start: str) -> LayoutRow:
    """The saved mapping whose number begins so; raise UsageError where none or several do."""
    found = [row for row in list_layouts(desk) if start and row.fingerprint.startswith(start)]
    if len(found) != 1:
        raise UsageError(
            f"'{start}' 열 맞춤을 찾지 못했습니다. 목록(import layout list)의 번호를 적어 주십시오."
        )
    return found[0]


def name_of(row: LayoutRow) -> str:
    """What a person knows a layout by: its sender, else its first headings."""
    heads = ", ".join(list(row.mapping)[:4])
    return f"{row.sender} — {heads}" if row.sender else heads


def change(
    desk: Desk,
    row: LayoutRow,
    mapping: Mapping[str, str],
    sender: str | None,
    operation_id: UUID | None = None,
) -> LayoutRow:
    """Keep another mapping (heading → field, empty where a column is not used) and sender for these headings.

    Raises UsageError for a heading the layout does not have, an unknown field, a field given to two headings, or where a
    needed field has no column.
    """
    _check(FIELDS[row.kind], row, mapping)
    wanted = replace(row, mapping={**row.mapping, **mapping}, sender=clean(sender or "") or None)

    def body(work: Work) -> dict[str, Any]:
        _find(work, row)
        store.keep_layout(work.connection, wanted)
        work.log("import.layout", "imports", detail={"kind": row.kind, "layout": row.fingerprint[:12]})
        return {"layout": row.fingerprint}

    desk.perform(Right.IMPORT_FILES, "import.layout", body, operation_id)
    return wanted


def forget(desk: Desk, row: LayoutRow, operation_id: UUID | None = None) -> None:
    """Keep a mapping no longer: the next such file is matched by the names of its columns. Raises UsageError where it is gone."""

    def body(work: Work) -> dict[str, Any]:
        _find(work, row)
        store.forget_layout(work.connection, row.kind, row.fingerprint)
        detail = {"kind": row.kind, "layout": row.fingerprint[:12], "forgotten": True}
        work.log("import.layout", "imports", detail=detail)
        return {"layout": row.fingerprint}

    desk.perform(Right.IMPORT_FILES, "import.layout", body, operation_id)


def _find(work: Work, row: LayoutRow) -> None:
    if store.find_layout(work.connection, row.kind, row.fingerprint) is None:
        raise UsageError("그 열 맞춤은 이미 지워졌습니다. 목록을 새로 열어 주십시오.")


def _check(fields: Fields, row: LayoutRow, mapping: Mapping[str, str]) -> None:
    for heading, field in mapping.items():
        if heading not in row.mapping:
            raise UsageError(f"'{heading}' 열이 없습니다. 있는 열: {', '.join(row.mapping)}.")
        if field and field not in fields.synonyms:
            raise UsageError(
                f"'{field}'은(는) 없는 항목입니다. 쓸 수 있는 항목: {', '.join(fields.synonyms)}."
            )
    used = [field for field in {**row.mapping, **mapping}.values() if field]
    twice = sorted({fields.label(field) for field in used if used.count(field) > 1})
    if twice:
        raise UsageError(f"'{', '.join(twice)}' 항목에 열이 둘 이상입니다. 한 열만 고르십시오.")
    missing = [fields.label(field) for field in fields.needed if field not in used]
    if missing:
        raise UsageError(
            f"'{', '.join(missing)}' 항목에 열이 없어 바꾸지 않았습니다. 어느 열인지 골라 주십시오."
        )
