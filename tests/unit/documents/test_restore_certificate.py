"""복구 훈련 확인증: what it says of a trial that went well and of one that failed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tests.unit.documents.conftest import ReadPdf

from regional_desk.documents import restore_certificate
from regional_desk.documents.paper import Stamp
from regional_desk.documents.pdf import pdf_bytes
from regional_desk.documents.restore_certificate import RestoreCertificate
from regional_desk.domain.clock import KST

GOOD = RestoreCertificate(
    office="경남권 사업단",
    number=12,
    file_name="GN_20260831-170000.rdbackup",
    made_at=dt.datetime(2026, 8, 31, 17, tzinfo=KST),
    sha256="0123456789abcdef" * 4,
    revision="0002",
    rows=12_345,
    milliseconds=1_840,
    ok=True,
    message="같음",
    tried_at=dt.datetime(2026, 9, 1, 9, 5, tzinfo=KST),
    tried_by="홍길동",
    checks=(("파일의 해시가 같은가", "예"), ("기록의 사슬이 이어지는가", "예")),
    approval=("담당", "팀장", "단장"),
)


def shown(values: RestoreCertificate, stamp: Stamp, read_pdf: ReadPdf) -> str:
    data, pages = pdf_bytes(restore_certificate.to_paper(values, stamp))
    assert pages == 1
    return " ".join(read_pdf(data)[0].split())


def test_a_good_trial_names_backup_result_and_what_was_compared(stamp: Stamp, read_pdf: ReadPdf) -> None:
    text = shown(GOOD, stamp, read_pdf)
    for words in (
        "제12회",
        "성공: 복구할 수 있음",
        "GN_20260831-170000.rdbackup",
        "0123456789abcdef 0123456789abcdef",
        "1.84초",
        "2026. 9. 1. 09:05",
        "기록의 사슬이 이어지는가",
        "12,345줄",
        "끝.",
    ):
        assert words in text


def test_a_failed_trial_cannot_be_read_as_a_good_one(stamp: Stamp, read_pdf: ReadPdf) -> None:
    why = "'GN_20260831-170000.rdbackup' 백업의 내용이 만들 때와 다릅니다. 그 앞의 온전한 백업: GN_20260830-170000.rdbackup"
    text = shown(replace(GOOD, ok=False, message=why), stamp, read_pdf)
    assert "실패: 이 백업으로는 복구할 수 없음" in text
    assert "GN_20260830-170000.rdbackup" in text
    assert "확인하였습니다" not in text
