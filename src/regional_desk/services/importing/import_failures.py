"""Writing the refused rows of an import into a file that can be sent back."""

from __future__ import annotations

from pathlib import Path

from regional_desk.domain.rights import Right
from regional_desk.errors import Refusal, UserError
from regional_desk.exchange.failed_rows import write_failed_rows
from regional_desk.services.desk import Desk
from regional_desk.services.importing.imports import ImportResult, Opened


def write_failures(desk: Desk, opened: Opened, result: ImportResult, path: Path) -> int:
    """Write the rows that failed with their cells, headings and a 사유 column (xlsx), noted as an export; return how many.

    Raises NotAllowed without the right to import, Refusal where no row failed or the file cannot be written.
    """
    desk.require(Right.IMPORT_FILES)
    if not result.errors:
        raise Refusal("오류가 난 행이 없어 파일을 만들지 않았습니다.")
    if path.resolve() == opened.path.resolve():
        raise Refusal("받은 파일을 덮어쓰지 않았습니다. 다른 이름을 정해 주십시오.")
    rows = len({error.row for error in result.errors})
    desk.note_access("export", "imports", {"what": "refused rows", "kind": opened.kind, "rows": rows})
    try:
        return write_failed_rows(path, opened.sheet, opened.layout, result.errors)
    except OSError as error:
        raise UserError(
            f"'{path.name}'을(를) 쓰지 못했습니다. 가져온 자료는 그대로입니다. 다른 폴더를 고르거나 파일을 닫고 다시 하십시오."
        ) from error
