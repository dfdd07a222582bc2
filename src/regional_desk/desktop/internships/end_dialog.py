"""종료: the last day of service, in which way, and why; before the start the agreement is withdrawn."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QDateEdit, QLineEdit, QWidget

from regional_desk.desktop import parts
from regional_desk.desktop.admin.dates import day_of, put_day
from regional_desk.desktop.internships.form_dialog import FormDialog
from regional_desk.desktop.shell import Context
from regional_desk.domain.internships import EndKind
from regional_desk.domain.text import korean_date
from regional_desk.services.internships import internships
from regional_desk.services.internships.reading import InternshipRow

_HINTS = {
    EndKind.COMPLETED: "협약한 마지막 날까지 일했습니다. 사유는 적지 않아도 됩니다.",
    EndKind.EARLY: "협약한 마지막 날보다 먼저 그만두었습니다. 그날 뒤의 방문 예정은 함께 취소됩니다.",
    EndKind.REPLACED: "다른 사람이 이 자리를 이어받습니다. 이을 사람은 [교체…]로 바로 적을 수 있습니다.",
    EndKind.WITHDRAWN: "일을 시작하기 전에 협약을 취소합니다. 번호는 다시 쓰지 않습니다.",
}


class EndDialog(FormDialog):
    """The way, the day and the reason."""

    def __init__(self, parent: QWidget | None, context: Context, row: InternshipRow) -> None:
        begun = row.started_on is not None
        title = "인턴십 종료" if begun else "협약 취소"
        name = context.masking.show_name(row.name)
        sentence = f"{name}님의 {row.company_name} 인턴십({row.label})을 끝냅니다. 잘못 적으면 사유와 함께 되돌릴 수 있습니다."
        super().__init__(parent, title, sentence, "끝내기" if begun else "취소하기")
        self._desk, self._row = context.desk, row
        self.kind, self.day, self.reason, self.hint = QComboBox(), QDateEdit(), QLineEdit(), parts.muted()
        kinds = (EndKind.COMPLETED, EndKind.EARLY, EndKind.REPLACED) if begun else (EndKind.WITHDRAWN,)
        for kind in kinds:
            self.kind.addItem(kind.label, kind)
        today = context.desk.clock.today()
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy. M. d.")
        put_day(self.day, min(row.end, today) if begun else today, last=today)
        self.kind.setCurrentIndex(0 if not begun or row.end <= today else 1)
        self.put("종류(&K)", self.kind)
        self.form.addRow("", self.hint)
        self.put("일한 마지막 날(&D)" if begun else "취소한 날(&D)", self.day)
        self.put("사유(&R)", self.reason)
        self.kind.currentIndexChanged.connect(lambda _at: self._tell())
        self._tell()

    def write(self) -> None:
        """End it."""
        kind = EndKind(self.kind.currentData())
        internships.end(self._desk, self._row.id, day_of(self.day), kind, self.reason.text())

    @classmethod
    def ask(cls, parent: QWidget | None, context: Context, row: InternshipRow) -> bool:
        """Whether it was ended."""
        return cls(parent, context, row).run()

    def _tell(self) -> None:
        kind = EndKind(self.kind.currentData())
        self.hint.setText(_HINTS[kind])
        if kind is EndKind.COMPLETED:
            self.hint.setText(f"{_HINTS[kind]} 협약은 {korean_date(self._row.end)}까지입니다.")
            put_day(self.day, min(self._row.end, self._desk.clock.today()))
