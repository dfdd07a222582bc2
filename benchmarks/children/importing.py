"""Median seconds of importing a list of 10 000 applicants and of the least that could be: reading the same file with
python-calamine and putting its rows into a bare encrypted table. Interleaved; each import goes into a new office."""

from __future__ import annotations

import datetime as dt
import random
import statistics
import tempfile
import time
from pathlib import Path

import openpyxl
from python_calamine import CalamineWorkbook
from sqlcipher3 import dbapi2

from regional_desk.domain.clock import KST, FixedClock
from regional_desk.services.importing import imports
from regional_desk.services.safety.opening import OfficeSettings, new_office
from regional_desk.store.keys import KdfCost
from regional_desk.store.sealing import new_key

_PEOPLE, _RUNS = 10_000, 5
_HEADINGS = "성명,생년월일,성별,연락처,이메일,주소,트랙,최종학력,전공,은행,계좌번호,예금주,비고"
_SETTINGS = OfficeSettings("큰 사업단", "BIG", "48", ("담당", "팀장", "단장"), {"Track1": 600}, 2026)
_HANGUL, _SYLLABLES = 0xAC00, 11_172


def _list(path: Path) -> None:
    """Ten thousand invented applicants, as a form's answers come."""
    chance, book = random.Random(4), openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("응답")
    sheet.append(_HEADINGS.split(","))
    first = dt.date(1986, 1, 1)
    for at in range(_PEOPLE):
        name = "김" + "".join(chr(_HANGUL + part) for part in divmod(at * 1117 % 10**8, _SYLLABLES))
        birth = first + dt.timedelta(days=chance.randrange(20 * 365))
        phone = f"010-{chance.randrange(10_000):04}-{at:04}"
        where = f"경상남도 창원시 의창구 원이대로 {at}"
        sex, track = "남여"[at % 2], f"Track{at % 3 // 2 + 1}"
        sheet.append(
            [name, birth.isoformat(), sex, phone, f"a{at}@example.com", where, track, "대졸", "기계공학", "국민은행",
             f"{10**13 + chance.randrange(10**12)}", name, ""]
        )  # fmt: skip
    book.save(path)


def _bare(file: Path, folder: Path) -> float:
    started = time.perf_counter()
    rows = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
    raw = dbapi2.connect(str(folder / "bare.sqlite"), isolation_level=None)
    raw.execute(f"PRAGMA key = \"x'{new_key().hex()}'\"")
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("PRAGMA synchronous = FULL")
    raw.execute(f"CREATE TABLE person ({', '.join(f'c{at}' for at in range(len(rows[0])))})")
    raw.execute("BEGIN IMMEDIATE")
    raw.executemany(f"INSERT INTO person VALUES ({', '.join('?' * len(rows[0]))})", rows[1:])  # noqa: S608 - only question marks
    raw.execute("COMMIT")
    seconds = time.perf_counter() - started
    raw.close()
    return seconds


def _ours(file: Path, folder: Path) -> float:
    clock = FixedClock(dt.datetime(2026, 9, 30, 18, tzinfo=KST))
    desk = new_office(folder / "office", _SETTINGS, "user01", "password1", clock, KdfCost(1, 8192, 1)).desk
    desk.automatic_backups = False  # the backup before an import is measured as a backup
    started = time.perf_counter()
    done = imports.commit(desk, imports.open_file(desk, "applicants", file), sender="고용센터")
    seconds = time.perf_counter() - started
    assert (done.new, done.errors) == (_PEOPLE, ())
    desk.store.close()
    return seconds


with tempfile.TemporaryDirectory() as work:
    listed = Path(work) / "applicants.xlsx"
    _list(listed)
    ours, bare = [], []
    for run in range(_RUNS + 1):
        folder = Path(work) / str(run)
        folder.mkdir()
        theirs = _bare(listed, folder)
        mine = _ours(listed, folder)
        if run:
            ours.append(mine)
            bare.append(theirs)
print(statistics.median(ours), statistics.median(mine / its for mine, its in zip(ours, bare, strict=True)))
