"""The list of text messages (SMS) that tells applicants their result, written only for a purpose and noted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from regional_desk.domain.masking import Masking
from regional_desk.domain.recruitment import Stage
from regional_desk.domain.rights import Right
from regional_desk.domain.text import clean
from regional_desk.errors import NotAllowed, Refusal, UsageError
from regional_desk.exchange import text_list
from regional_desk.services.desk import Desk
from regional_desk.services.recruitment.rounds import read_round
from regional_desk.store import recruitment as store
from regional_desk.store.recruitment import CandidateRow

SUFFIXES = (".csv", ".xlsx")
HEADINGS = ("성명", "연락처", "트랙", "결과", "문자 내용")
TOLD = (Stage.SELECTED, Stage.WAITLISTED, Stage.REJECTED)
_SENTENCES = {
    Stage.SELECTED: "선발되셨습니다. 등록 절차는 따로 안내드리겠습니다.",
    Stage.WAITLISTED: "예비 {number}번입니다. 자리가 나면 차례대로 연락드리겠습니다.",
    Stage.REJECTED: "아쉽게도 이번에는 선발되지 못하셨습니다. 지원해 주셔서 감사합니다.",
}


@dataclass(frozen=True, slots=True)
class ResultText:
    """One message: to whom, what became of them, and what it says."""

    name: str
    phone: str
    track: str
    result: str
    text: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The values under HEADINGS."""
        return (self.name, self.phone, self.track, self.result, self.text)


def list_texts(desk: Desk, round_id: UUID) -> tuple[ResultText, ...]:
    """The messages of a round's result by name, noted; who is not decided on or left no phone gets none.

    Raises NotAllowed for whoever may not see people whole.
    """
    people, found = _read(desk, round_id)
    desk.note_view("screening", people, {"by": "texts", "round": str(round_id)})
    return found


def write_texts(desk: Desk, round_id: UUID, out: Path, purpose: str) -> int:
    """Write the messages as csv (UTF-8 with BOM) or xlsx, by the file's suffix; return how many.

    The export is noted with its purpose before the file is written (rulebook section 7). Raises UsageError for another
    suffix, Refusal without a purpose, without anybody to tell, or where the file cannot be written.
    """
    desk.require(Right.PRINT_PAPERS)
    if out.suffix.lower() not in SUFFIXES:
        raise UsageError(f"문자 목록은 {', '.join(SUFFIXES)} 파일로 만듭니다.")
    if not clean(purpose):
        raise Refusal("문자 목록을 만드는 용도를 적어 주십시오.")
    people, found = _read(desk, round_id)
    if not found:
        raise Refusal("결과를 알릴 사람이 없어 파일을 만들지 않았습니다. 선발을 먼저 정하십시오.")
    if desk.read_only:
        raise Refusal("읽기 전용으로 연 자료에서는 내보내기를 기록할 수 없어 만들지 않았습니다.")
    file_format = out.suffix.lower().removeprefix(".")
    detail = {"round": str(round_id), "format": file_format, "purpose": clean(purpose), "rows": len(found)}
    desk.note_access("export", "screening", detail, people)
    write = text_list.csv_bytes if file_format == "csv" else text_list.xlsx_bytes
    data = write(HEADINGS, [one.cells for one in found])
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(data)
    except OSError as error:
        raise Refusal(
            f"파일을 쓰지 못했습니다: {out} ({error.strerror}). 다른 프로그램에서 열려 있으면 닫고 다시 하십시오."
        ) from error
    return len(found)


def _read(desk: Desk, round_id: UUID) -> tuple[list[UUID], tuple[ResultText, ...]]:
    desk.require(Right.SEE_PEOPLE)
    if desk.masking is not Masking.FULL:
        raise NotAllowed("가리지 않고 볼 권한이 없어 문자 목록을 보이지 않았습니다.")
    with desk.store.read() as connection:
        title = read_round(connection, round_id).name
        rows = [
            row
            for row in store.list_candidates(connection, round_id)
            if row.phone and Stage(row.stage) in TOLD
        ]
    return [row.person for row in rows], tuple(_text(desk, title, row) for row in rows)


def _text(desk: Desk, title: str, row: CandidateRow) -> ResultText:
    stage = Stage(row.stage)
    result = f"예비 {row.reserve_number}번" if stage is Stage.WAITLISTED else stage.label
    sentence = _SENTENCES[stage].format(number=row.reserve_number)
    return ResultText(
        row.name,
        Masking.FULL.show_phone(row.phone),
        row.track or "",
        result,
        f"[{desk.office.name}] {row.name}님, {title} {row.track or ''} 심사 결과 {sentence}",
    )
