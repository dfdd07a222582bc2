"""How a row of the grid looks: text, colour token and signs of each of its cells."""

from __future__ import annotations

from regional_desk.domain.attendance import Cell, Risk, Status, marks_words, sign
from regional_desk.domain.masking import Masking
from regional_desk.domain.text import won
from regional_desk.services.attendance.attendance import Grid, GridRow

Look = tuple[str, str, bool, bool, int]  # text, colour token, shaded, at the left, signs
NAMES = 3
FIGURES = 3
_RISKS = {Risk.SAFE: "", Risk.CAUTION: "! ", Risk.DANGER: "! ", Risk.IMPOSSIBLE: "▲ "}


def risk_text(row: GridRow) -> str:
    """남은 결석 여유 in words: how many more days, or why none."""
    if row.dismissal:
        return "■ 제적 대상"
    if row.summary.risk is Risk.IMPOSSIBLE:
        return "▲ 80% 불가"
    return f"{_RISKS[row.summary.risk]}앞으로 {row.summary.absences_left}일"


def stake_text(row: GridRow) -> str:
    """One sentence on what a row has to lose: 여유, the marks to the next absence, the won at stake."""
    stake = f"걸린 금액 {won(row.amount)}원" if row.amount else "받을 금액 없음"
    course = ""
    if row.course_left < row.summary.absences_left:
        course = f"수료까지는 앞으로 {row.course_left}일" if row.course_left >= 0 else "▲ 수료 불가"
    return " · ".join(word for word in (risk_text(row), course, marks_words(row.summary), stake) if word)


def row_looks(grid: Grid, row: GridRow, masking: Masking) -> list[Look]:
    """How each of a row's cells is painted, in the order of the columns."""
    names: list[Look] = [
        (text, "text" if at == 1 else "muted", False, at == 1, 0)
        for at, text in enumerate(name_texts(row, masking))
    ]
    key, may_lock = row.trainee, grid.locks.anything
    signed = grid.signs.get(key)
    cells: list[Look] = []
    for column, cell in zip(grid.days, row.cells, strict=True):
        if cell is None:
            cells.append(("", "muted", True, False, 0))
            continue
        locked = row.closed or (may_lock and grid.locked(key, column.day) is not None)
        shaded = column.coming or not column.training
        signs = signed.get(column.day, 0) if signed else 0
        shown, tone = (sign(cell), _tone(cell)) if cell.marks else _PLAIN[cell.status]
        cells.append((shown, "muted" if locked else tone, shaded, False, signs))
    return names + cells + _figures(row)


def name_texts(row: GridRow, masking: Masking) -> tuple[str, str, str]:
    """번호, 성명, 생년월일."""
    return str(row.number), masking.show_name(row.name), masking.show_birth(row.birth)


def figure_texts(row: GridRow) -> tuple[str, str, str]:
    """예상 출석률, 남은 결석, 예상 수당."""
    return str(row.summary.best_rate), risk_text(row), f"{won(row.amount)}원"


def _figures(row: GridRow) -> list[Look]:
    rate, risk, amount = figure_texts(row)
    tone = "bad" if risk[0] in "■▲" else "warn" if risk[0] == "!" else "text"
    return [(rate, "text", False, False, 0), (risk, tone, False, False, 0), (amount, "text", False, False, 0)]


def _tone(cell: Cell) -> str:
    if cell.status is Status.ABSENT:
        return "bad"
    if cell.marks:
        return "warn"
    if cell.status is Status.EXCUSED:
        return "ok"
    return "text" if cell.status is Status.PRESENT else "muted"


_PLAIN = {status: (sign(Cell(status)), _tone(Cell(status))) for status in Status}  # without marks
