"""평가 적기: a sheet keyed from paper, number after number; what is still missing may come later."""

from __future__ import annotations

import itertools
from uuid import UUID

from PySide6.QtWidgets import QLabel, QWidget

from regional_desk.desktop.admin.dates import day_of, put_day
from regional_desk.desktop.internships.file_field import FileField
from regional_desk.desktop.internships.form_dialog import FormDialog
from regional_desk.desktop.internships.points_field import PointsField
from regional_desk.desktop.internships.training_parts import date_field, text_field
from regional_desk.desktop.shell import Context
from regional_desk.domain.internship_evaluation import score as score_of
from regional_desk.domain.internship_evaluation import with_points
from regional_desk.services.internships import evaluations, training_files
from regional_desk.services.internships.evaluations import Sheet

_COMMENT = 84
_WORDS = "숫자로 점수를 적으면 다음 항목으로 갑니다. Del은 지웁니다. 일부만 적고 나중에 이어서 적어도 됩니다."


class EvaluationDialog(FormDialog):
    """One evaluator's sheet; the score shows once every criterion has points."""

    def __init__(self, parent: QWidget | None, context: Context, internship: UUID, sheet: Sheet) -> None:
        super().__init__(parent, f"{sheet.by.label} 평가", _WORDS, "저장")
        self._desk, self._internship, self._sheet = context.desk, internship, sheet
        self.score, self.on = QLabel(), date_field()
        self.comment, self.file = text_field(context, _COMMENT), FileField("서명한 평가표")
        self.fields: dict[str, PointsField] = {}
        for one in sheet.answers:
            field = self.fields[one.key] = PointsField(one.label, one.about, one.most, one.points)
            self.put(one.label, field)
            for button in field.buttons:
                button.toggled.connect(lambda _on: self._tell())
        every = list(self.fields.values())
        for field, following in itertools.pairwise(every):
            field.done.connect(following.begin)
        every[-1].done.connect(self.comment.setFocus)
        today = context.desk.clock.today()
        put_day(self.on, sheet.on or today, last=today)
        self.comment.setPlainText(sheet.comment)
        self.put("점수", self.score)
        self.put("평가일(&D)", self.on)
        self.put("의견(&C)", self.comment)
        self.put("서명한 평가표(&F)", self.file)
        self._tell()
        every[0].begin()

    def write(self) -> None:
        """Write what was given."""
        scan = self.file.path()
        evaluations.fill(
            self._desk,
            self._internship,
            self._sheet.by,
            self._points(),
            version=self._sheet.version,
            on=day_of(self.on),
            comment=self.comment.toPlainText(),
            file=training_files.read_file(scan) if scan else None,
        )

    def _points(self) -> dict[str, int | None]:
        return {key: field.points() for key, field in self.fields.items()}

    def _tell(self) -> None:
        given = self._points()
        found = score_of(with_points(self._sheet.answers, given))
        left = sum(points is None for points in given.values())
        self.score.setText(f"남은 항목 {left}개" if found is None else f"{found} / 100점")
