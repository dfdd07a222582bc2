"""What must be known before a paper leaves the office: for what, and where to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget

from regional_desk.services.papers import papers

PURPOSES = ("내부 결재", "사업단 보관", "중앙 제출", "교육생 교부", "감사 제출")
_FILTERS = {"pdf": "PDF (*.pdf)", "xlsx": "Excel (*.xlsx)"}


def title_of(document: str) -> str:
    """A paper's Korean title."""
    kind = papers.DOCUMENTS.get(document)
    return kind.title if kind else document


def ask_purpose(parent: QWidget) -> str | None:
    """What the paper is for, chosen or typed; None where the person thought better of it."""
    text, sure = QInputDialog.getItem(
        parent, "출력 용도", "어디에 쓰는 문서입니까? (바닥글과 접속기록에 남습니다)", list(PURPOSES), 0, True
    )
    return text.strip() or None if sure else None


def ask_file(parent: QWidget, name: str, file_format: str, folder: str = "") -> Path | None:
    """Where to write the file."""
    start = str(Path(folder) / f"{name}.{file_format}") if folder else f"{name}.{file_format}"
    chosen, _ = QFileDialog.getSaveFileName(parent, "저장할 곳", start, _FILTERS[file_format])
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix else path.with_suffix(f".{file_format}")


def ask_folder(parent: QWidget, title: str, folder: str = "") -> Path | None:
    """A folder to write into."""
    chosen = QFileDialog.getExistingDirectory(parent, title, folder)
    return Path(chosen) if chosen else None
