"""Putting a paper on a printer: the printer is remembered, the paper is recorded with its purpose."""

from __future__ import annotations

from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from regional_desk.desktop.preferences import Preferences
from regional_desk.desktop.printing.asking import ask_purpose
from regional_desk.desktop.printing.pages import Pages, print_pages
from regional_desk.desktop.shell import Context
from regional_desk.errors import Refusal
from regional_desk.services.papers import papers
from regional_desk.services.papers.making import Wanted

_PRINTER = "printer"


def print_paper(context: Context, parent: QWidget, wanted: Wanted) -> bool:
    """Choose a printer, ask for what, record and print; False where the person thought better of it.

    Raises Refusal where there is no printer or it takes nothing, and what making the paper raises.
    """
    printer = choose_printer(context.preferences, parent)
    purpose = ask_purpose(parent) if printer else None
    if printer is None or purpose is None:
        return False
    send(context, wanted, printer, purpose)
    return True


def send(context: Context, wanted: Wanted, printer: QPrinter, purpose: str) -> None:
    """Record the paper and put its pages on a printer; raise Refusal where it takes nothing."""
    put_on(printer, papers.paper_for_printer(context.desk, wanted, purpose))


def put_on(printer: QPrinter, pdf: bytes) -> None:
    """Put a PDF's pages on a printer; raise Refusal where it takes nothing."""
    pages = Pages(pdf)
    try:
        done = print_pages(pages, printer)
    finally:
        pages.close()
    if not done:
        raise Refusal(
            "프린터가 문서를 받지 않았습니다. 전원과 용지를 확인하고 다시 인쇄하거나 PDF로 저장하십시오."
        )


def choose_printer(preferences: Preferences, parent: QWidget) -> QPrinter | None:
    """The printer the person chose, remembered; None where they thought better of it. Raises Refusal without any."""
    names = QPrinterInfo.availablePrinterNames()
    if not names:
        raise Refusal(
            "이 PC에 연결된 프린터가 없어 인쇄하지 않았습니다. PDF로 저장한 뒤 프린터가 있는 PC에서 인쇄하십시오."
        )
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    remembered = preferences.get(_PRINTER, "")
    if remembered in names:
        printer.setPrinterName(remembered)
    dialog = QPrintDialog(printer, parent)
    sure = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    if not sure:
        return None
    preferences.set(_PRINTER, printer.printerName())
    return printer
