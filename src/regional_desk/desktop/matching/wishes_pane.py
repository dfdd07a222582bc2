"""희망순위: what each trainee wishes, from a file or keyed in."""

from __future__ import annotations

from dataclasses import dataclass

from regional_desk.desktop import parts
from regional_desk.desktop.matching.pane import RoundPane, birth_column, listed, name_column, under
from regional_desk.desktop.matching.wishes_dialog import WishesDialog
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column
from regional_desk.errors import Refusal
from regional_desk.services.matching import wishes
from regional_desk.services.matching.rounds import Round
from regional_desk.store.matching_rounds import TraineeRow

_SHOWN = 5
_WORDS = (
    "성명, 생년월일, 1순위, 2순위 …가 있는 표이면 됩니다. 칸에는 기업명이나 직무를 적습니다. 한 줄에 희망 하나씩이어도 됩니다. "
    "한 사람의 희망은 Enter로 고칩니다."
)


@dataclass(frozen=True, slots=True)
class WishLine:
    """A trainee with the wishes as words, the first first."""

    trainee: TraineeRow
    wishes: tuple[str, ...]


class WishesPane(RoundPane):
    """A line a trainee."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.head = parts.heading("")
        self.table = listed(
            context,
            _columns(context),
            "희망순위",
            "교육생이 없습니다. 희망순위 파일을 가져오면 함께 들어옵니다.",
        )
        self.edit = parts.button("희망 고치기…", self._on_edit, tip="Enter")
        self.bring = parts.button("희망순위 파일 가져오기", self.open_import, primary=True)
        self._actions = (self.edit, self.bring)
        self.compose(_WORDS, (under(self.head, self._actions, self.table), 1))
        self.table.opened.connect(lambda _line: self._on_edit())

    def show_nothing(self) -> None:
        """No round yet."""
        self.table.set_rows(())

    def show_data(self, found: Round) -> None:
        """Everybody, with what is missing said."""
        lines = [
            WishLine(one, tuple(self.label_of(each) for each in found.wishes.get(one.id, ())))
            for one in found.trainees
        ]
        without = sum(not line.wishes for line in lines)
        self.head.setText(
            f"{len(lines)}명 · ! 희망을 내지 않음 {without}명"
            if without
            else f"✔ {len(lines)}명 모두 냈습니다"
        )
        self.table.set_rows(lines)
        self._enable(self.editable)

    def open_import(self) -> None:
        """The import page, ready for this round's wishes."""
        if self.found is not None:
            self.context.open_page("import", kind="preferences", matching=self.found.row.id)

    def _on_edit(self) -> None:
        line, found = self.table.current(), self.found
        if found is None or not self.editable:
            return
        self._clear()
        if line is None:
            self.notice.show_error(Refusal("희망을 고칠 교육생을 먼저 고르십시오."))
            return
        trainee = line.trainee
        offers = [one for one in found.positions if one.track == trainee.track]
        name = self.context.masking.show_name(trainee.name)
        chosen = WishesDialog.ask(self, name, offers, found.wishes.get(trainee.id, ()))
        if chosen is not None:
            self.act(lambda: wishes.set_wishes(self.desk, found.row.id, trainee.id, chosen))


def _columns(context: Context) -> tuple[Column[WishLine], ...]:
    name, birth = name_column(context), birth_column(context)

    def wish(at: int) -> Column[WishLine]:
        def show(line: WishLine) -> str:
            return line.wishes[at] if at < len(line.wishes) else ""

        return Column(f"{at + 1}순위", show, width=150, tip=show)

    def more(line: WishLine) -> str:
        return f"외 {len(line.wishes) - _SHOWN}" if len(line.wishes) > _SHOWN else ""

    return (
        Column(name.title, lambda line: name.show(line.trainee), lambda line: line.trainee.name, width=85),
        Column(birth.title, lambda line: birth.show(line.trainee), lambda line: line.trainee.birth, width=95),
        Column("트랙", lambda line: line.trainee.track, width=60),
        Column(
            "희망",
            lambda line: str(len(line.wishes)) if line.wishes else "! 없음",
            lambda line: len(line.wishes),
            "right",
            60,
            tone=lambda line: None if line.wishes else "warn",
        ),
        *(wish(at) for at in range(_SHOWN)),
        Column("그 밖", more, width=60, tip=lambda line: "\n".join(line.wishes)),
    )
