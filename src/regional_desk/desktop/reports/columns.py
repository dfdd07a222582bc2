"""The columns of the page's three lists."""

from __future__ import annotations

from regional_desk.desktop.printing.asking import title_of
from regional_desk.desktop.shell import Context
from regional_desk.desktop.tables import Column
from regional_desk.domain.masking import Masking
from regional_desk.services.papers.making import Wanted
from regional_desk.services.papers.open_points import OpenPoint
from regional_desk.store.records import SubmissionRow

PaperLine = tuple[Wanted, str]  # the paper and the name its file gets
_STATES = {"final": "확정", "provisional": "! 미확정"}
_SHORT_HASH = 12


def point_columns(context: Context) -> tuple[Column[OpenPoint], ...]:
    """Where something is open and what it is."""
    return (
        Column("어디", lambda point: place_words(point, context.masking), width=250),
        Column("무엇이 남았나", lambda point: point.message, width=250, tone=lambda _point: "warn"),
    )


def place_words(point: OpenPoint, masking: Masking) -> str:
    """The place of an open point, its trainee's name as the screen may show it."""
    return f"{point.place} {masking.show_name(point.name)}" if point.name else point.place


def paper_columns() -> tuple[Column[PaperLine], ...]:
    """A month's papers by kind and file name."""
    return (
        Column("문서", lambda line: title_of(line[0].document), width=150),
        Column("파일 이름", lambda line: line[1], width=380),
    )


def submission_columns() -> tuple[Column[SubmissionRow], ...]:
    """Every package that was built."""
    return (
        Column("파일", lambda row: row.file_name, width=270),
        Column("달", lambda row: row.month, align="center", width=76),
        Column("차수", lambda row: f"{row.sequence}차", lambda row: row.sequence, "center", 54),
        Column(
            "상태",
            lambda row: _STATES.get(row.status, row.status),
            align="center",
            width=80,
            tone=lambda row: "ok" if row.status == "final" else "warn",
        ),
        Column("SHA-256", lambda row: row.sha256[:_SHORT_HASH], width=112, tip=lambda row: row.sha256),
        Column("만든 때", lambda row: f"{row.at:%Y-%m-%d %H:%M}", align="center", width=130),
        Column("용도", lambda row: row.purpose, width=110),
        Column(
            "앞 차수와 달라진 것",
            lambda row: f"{len(row.difference)}가지: {row.difference[0]}" if row.difference else "",
            width=200,
            tip=lambda row: "\n".join(row.difference),
        ),
    )
