"""결과 알림: the papers of a round and the text messages to its applicants."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QFileDialog

from regional_desk.desktop import parts
from regional_desk.desktop.printing.asking import ask_purpose, title_of
from regional_desk.desktop.printing.preview import PreviewDialog
from regional_desk.desktop.screening.pane import RoundPane
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column, Table
from regional_desk.domain.masking import Masking
from regional_desk.errors import NotAllowed
from regional_desk.services.papers.making import Wanted
from regional_desk.services.recruitment import result_texts
from regional_desk.services.recruitment.result_texts import ResultText

_PAPERS = ("selection-notice", "screening-tally", "selection-letter", "reserve-letter", "rejection-letter")
_WORDS = "공고에는 이름과 연락처를 가려 싣습니다. 통지서는 한 사람에 한 장이며 모두 한 파일로 나옵니다. 문자 목록은 용도를 적어야 나가고 접속기록에 남습니다."


class ResultPane(RoundPane):
    """A button a paper, and the messages below."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.table: Table[ResultText] = Table(
            _columns(),
            context.colour,
            empty="아직 알릴 결과가 없습니다. 선발을 먼저 정하십시오.",
            name="문자 목록",
            scale=context.theme.size,
        )
        papers = [parts.button(title_of(key), partial(self.show_paper, key)) for key in _PAPERS]
        self.texts = parts.button("문자 목록 내보내기…", self.export, primary=True)
        self.lay_out(_WORDS, [self.table], [*papers, self.texts])

    def show_nothing(self) -> None:
        """No round yet."""
        self.table.set_rows(())
        self._enable(False)

    def show_data(self, round_id: UUID) -> None:
        """The messages as they would go out; nothing of them while somebody looks on."""
        self._enable(True)
        whole = self.context.masking is Masking.FULL
        self.texts.setEnabled(whole and not self.desk.read_only)
        self.table.set_rows(result_texts.list_texts(self.context.reading, round_id) if whole else ())

    def show_paper(self, key: str) -> None:
        """A paper, to be printed or saved."""
        if self.round_id is not None:
            PreviewDialog.ask(self.context, Wanted(key, round=self.round_id), title_of(key))

    def export(self) -> None:
        """문자 목록: ask where and for what, then write and note."""
        round_id = self.round_id
        if round_id is None:
            return
        if self.context.masking is not Masking.FULL:
            self.notice.show_error(NotAllowed("이름을 가려서 보는 동안에는 내보내지 않습니다."))
            return
        chosen, _ = QFileDialog.getSaveFileName(
            self, "저장할 곳", "문자 목록.csv", "CSV (*.csv);;Excel (*.xlsx)"
        )
        purpose = ask_purpose(self) if chosen else None
        if purpose is None:
            return
        file = Path(chosen)

        def write() -> None:
            written = result_texts.write_texts(self.desk, round_id, file, purpose)
            self.say(f"● 저장됨: {file.name} ({written}명). 보낸 뒤에는 파일을 지우십시오.")

        self.act(write)


def _columns() -> tuple[Column[ResultText], ...]:
    return (
        Column("성명", lambda one: one.name, width=80),
        Column("연락처", lambda one: one.phone, width=120),
        Column("트랙", lambda one: one.track, width=65),
        Column("결과", lambda one: one.result, width=80),
        Column("문자 내용", lambda one: one.text, width=560, tip=lambda one: one.text),
    )
