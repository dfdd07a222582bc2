"""Text files: the encoding is found by rule or the file is refused; the separator is found by the rows it cuts."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regional_desk.errors import FileRejected
from regional_desk.exchange.encoding import decode, read_table
from regional_desk.exchange.spreadsheets import Limits, read_workbook

TEXT = "성명,생년월일\r\n홍길동,1999-03-05\r\n"
ENCODINGS = ["utf-8", "utf-8-sig", "cp949", "utf-16", "utf-16-le", "utf-16-be"]
HANGUL = st.text(alphabet=st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=8)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_usual_encoding_gives_the_same_text(encoding: str) -> None:
    assert decode(TEXT.encode(encoding), "명단.csv") == TEXT


def test_big_endian_with_a_mark_is_read() -> None:
    assert decode(b"\xfe\xff" + TEXT.encode("utf-16-be"), "명단.csv") == TEXT


@settings(max_examples=60, deadline=None)
@given(names=st.lists(HANGUL, min_size=1, max_size=20), encoding=st.sampled_from(ENCODINGS))
def test_any_hangul_survives_any_encoding(names: list[str], encoding: str) -> None:
    text = "성명,번호\n" + "".join(f"{name},{at}\n" for at, name in enumerate(names))
    assert decode(text.encode(encoding), "명단.csv") == text


@pytest.mark.parametrize(
    "data",
    [
        "성명\n홍길동\n".encode() + "김철수\n".encode("cp949"),
        "성명\n홍길동\n".encode("cp949") + "김철수\n".encode(),
        "성명\n".encode("cp949") + "홍길동,김철수\n".encode() + "이영희\n".encode("cp949"),
    ],
)
def test_mixed_encodings_are_refused(data: bytes) -> None:
    with pytest.raises(FileRejected, match=r"명단\.csv"):
        decode(data, "명단.csv")


@pytest.mark.parametrize(
    "data", [b"\xff\xfe\x00", b"\xef\xbb\xbf\xb0\xa1", b"a\0b\0\0\xd8c\0", b"\x80\x81\xff\n"]
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(FileRejected):
        decode(data, "명단.csv")


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_the_separator_is_found(separator: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows(
        [["명단, 2026년"], ["성명", "지원\n분야", "주소"], ["홍길동", "", "창원시; 성산구"]]
    )
    assert read_table(out.getvalue(), "명단.csv", 100)[1:] == (
        ("성명", "지원\n분야", "주소"),
        ("홍길동", None, "창원시; 성산구"),
    )


def test_an_open_quote_does_not_swallow_the_rest() -> None:
    with pytest.raises(FileRejected, match="따옴표"):
        read_table('성명,주소\n홍길동,"창원\n김철수,부산\n', "명단.csv", 100)


def test_a_text_file_has_a_cap_of_cells_too(tmp_path: Path) -> None:
    path = tmp_path / "큰 명단.csv"
    path.write_text("a,b,c\n" * 10, encoding="utf-8")
    assert len(read_workbook(path, Limits(cells=30)).sheet().rows) == 10
    with pytest.raises(FileRejected, match="큰 명단"):
        read_workbook(path, Limits(cells=29))
