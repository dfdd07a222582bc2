from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from regional_desk.documents import allowance_statement, attendance_register, monthly_report
from regional_desk.documents.paper import Column, Paper, Paragraph, Stamp, Table
from regional_desk.documents.pdf import pdf_bytes, write_pdf
from regional_desk.documents.saving import NotSaved

from .conftest import MakeRegister, MakeStatement, ReadPdf


@pytest.mark.parametrize("people", [0, 1, 19, 40, 86, 600])
def test_every_person_stands_on_the_statement_once(
    people: int, make_statement: MakeStatement, stamp: Stamp, read_pdf: ReadPdf
) -> None:
    rows = tuple(replace(row, name=f"사람{row.number:04}") for row in make_statement(people).rows)
    data, pages = pdf_bytes(allowance_statement.to_paper(make_statement(people, rows=rows), stamp))
    texts = read_pdf(data)
    assert len(texts) == pages
    assert all("".join(texts).count(row.name) == 1 for row in rows)


def test_every_page_repeats_heading_sums_footer_and_number(
    make_statement: MakeStatement, stamp: Stamp, read_pdf: ReadPdf
) -> None:
    texts = read_pdf(pdf_bytes(allowance_statement.to_paper(make_statement(86), stamp))[0])
    assert len(texts) > 1
    for number, text in enumerate(texts, start=1):
        assert f"{number} / {len(texts)}" in text
        for words in ("지급액(원)", "쪽 계", "누 계", "용도: 월 정산", "출력자: 이담당"):
            assert words in " ".join(text.split())
        assert "출력일시: 2026. 8. 31. 14:03" in text
        assert "확인번호: GN-2608-K3F9Q" in text
    assert "합 계" in " ".join(texts[-1].split())
    assert "이하 빈칸" in texts[-1]
    assert "이하 빈칸" not in "".join(texts[:-1])


def test_practice_provisional_and_solo_are_marked_on_every_page(
    make_statement: MakeStatement, marked_stamp: Stamp, stamp: Stamp, read_pdf: ReadPdf
) -> None:
    marked = read_pdf(pdf_bytes(allowance_statement.to_paper(make_statement(60), marked_stamp))[0])
    plain = read_pdf(pdf_bytes(allowance_statement.to_paper(make_statement(60), stamp))[0])
    for mark in ("연습용", "미확정", "단독 처리"):
        assert all(mark in text for text in marked)
        assert not any(mark in text for text in plain)


def test_the_same_paper_gives_the_same_bytes(
    make_register: MakeRegister, report: monthly_report.MonthlyReport, marked_stamp: Stamp
) -> None:
    for paper in (
        attendance_register.to_paper(make_register(40, 31), marked_stamp),
        monthly_report.to_paper(report, marked_stamp),
    ):
        assert pdf_bytes(paper) == pdf_bytes(paper)


def test_the_file_is_dated_by_the_print(make_statement: MakeStatement, stamp: Stamp) -> None:
    document = pypdfium2.PdfDocument(pdf_bytes(allowance_statement.to_paper(make_statement(), stamp))[0])
    assert document.get_metadata_value("CreationDate") == "D:20260831140300+09'00'"
    assert document.get_metadata_value("ModDate") == "D:20260831140300+09'00'"
    assert "훈련수당 지급조서" in document.get_metadata_value("Title")
    document.close()


@pytest.mark.parametrize(("landscape", "size"), [(True, (841.89, 595.28)), (False, (595.28, 841.89))])
def test_pages_are_a4(landscape: bool, size: tuple[float, float], stamp: Stamp) -> None:
    data, _ = pdf_bytes(Paper("제목", stamp, (Paragraph("글"),), landscape=landscape))
    document = pypdfium2.PdfDocument(data)
    assert document[0].get_size() == pytest.approx(size, abs=0.01)
    document.close()


def test_only_the_shipped_typefaces_are_in_the_file(
    report: monthly_report.MonthlyReport, marked_stamp: Stamp
) -> None:
    data, _ = pdf_bytes(monthly_report.to_paper(report, marked_stamp))
    assert b"Helvetica" not in data
    assert b"Times" not in data


def test_names_of_rare_syllables_and_unknown_signs_do_not_stop_the_paper(
    stamp: Stamp, read_pdf: ReadPdf
) -> None:
    rows = (("똠쀍뷁", 1), ("김\u1112\u1161\u11ab", 2), ("웃음😀", 3), ("탭\t과\x07종", 4), ("", 5))
    table = Table((Column("성명", 1), Column("수", 1)), rows)
    text = read_pdf(pdf_bytes(Paper("제목", stamp, (table,)))[0])[0]
    for words in ("똠쀍뷁", "김한", "웃음", "탭과종"):
        assert words in text


def test_a_column_of_600_distinct_syllables_reads_back(stamp: Stamp, read_pdf: ReadPdf) -> None:
    syllables = "".join(chr(0xAC00 + 18 * place) for place in range(600))
    rows = tuple((syllables[start : start + 20],) for start in range(0, 600, 20))
    text = "".join(read_pdf(pdf_bytes(Paper("제목", stamp, (Table((Column("글", 1),), rows),)))[0]))
    assert all(row[0] in text for row in rows)


def test_a_footer_too_long_for_the_page_is_squeezed_onto_it(stamp: Stamp, read_pdf: ReadPdf) -> None:
    long = replace(stamp, purpose="정산 자료 제출과 내부 결재 첨부를 위하여 " * 3)
    text = read_pdf(pdf_bytes(Paper("제목", long, (Paragraph("글"),)))[0])[0]
    assert "GN-2608-K3F9Q" in text
    assert "1 / 1" in text


def test_a_refused_place_keeps_the_old_file(tmp_path: Path, stamp: Stamp) -> None:
    paper = Paper("제목", stamp, (Paragraph("글"),))
    folder = tmp_path / "지급조서.pdf"
    folder.mkdir()
    (folder / "안").write_text("그대로", encoding="utf-8")
    with pytest.raises(NotSaved, match="저장하지 못했습니다"):
        write_pdf(paper, folder)
    assert (folder / "안").read_text(encoding="utf-8") == "그대로"
    assert list(tmp_path.iterdir()) == [folder]


def test_writing_tells_pages_and_hash(tmp_path: Path, stamp: Stamp) -> None:
    import hashlib

    path = tmp_path / "글.pdf"
    written = write_pdf(Paper("제목", stamp, (Paragraph("글"),)), path)
    assert written.pages == 1
    assert written.sha256 == hashlib.sha256(path.read_bytes()).digest()


def test_reading_the_stamp_takes_its_own_time_zone(stamp: Stamp) -> None:
    later = replace(
        stamp, printed_at=dt.datetime(2026, 9, 1, 0, 5, tzinfo=dt.timezone(dt.timedelta(hours=9)))
    )
    assert "2026. 9. 1. 00:05" in later.line
