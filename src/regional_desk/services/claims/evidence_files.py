"""Looking at the files behind a claim: decrypted for a moment, each look noted."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from regional_desk.domain.internships import label
from regional_desk.domain.rights import Right
from regional_desk.errors import Refusal, UsageError
from regional_desk.services import handed_in
from regional_desk.services.claims.evidence import SUBJECT, Evidence, find_month
from regional_desk.services.desk import Desk


def open_paper(desk: Desk, internship_id: UUID, month_no: int, kind: str) -> tuple[Path, ...]:
    """The files of one line of the checklist, decrypted into the program's own temporary folder, which is wiped.

    Raises Refusal where there is none, UsageError for an unknown kind or month, StoreDamaged where a file is gone, and
    NotAllowed for whoever sees people masked: a scan cannot be masked.
    """
    desk.require(Right.UNMASK)
    with desk.store.read() as connection:
        intern, month, terms = find_month(connection, internship_id, month_no)
        lines = Evidence.read(connection, [intern]).lines(terms, intern, month)
        line = next((one for one in lines if one.kind == kind), None)
        if line is None:
            raise UsageError(f"'{kind}'은(는) 모르는 서류입니다. 목록에서 다시 골라 주십시오.")
        if not line.attachments:
            raise Refusal(f"{line.label}은(는) 붙인 파일이 없습니다. 서면 원본을 찾아보십시오.")
        found = [handed_in.read_kept(desk, connection, file) for file in line.attachments]
    which = {"internship": label(intern.row.programme_year, intern.row.number), "paper": line.label}
    desk.note_access("claim_paper.open", SUBJECT, which, [intern.row.trainee])
    return tuple(handed_in.lay_open(line.label, content, media_type) for content, media_type in found)
