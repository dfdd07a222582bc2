"""The whole month through the command line, as a scheduled task or another program would drive it."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import CHEAP, FILES, LOGIN, PASSWORD

from regional_desk.cli.app import make_app, run
from regional_desk.services.practice import practice
from regional_desk.services.practice.practice import PracticeSize

Call = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Runs one command with --json; returns its exit code and the one object it printed."""
    password = tmp_path / "password.txt"
    password.write_text(PASSWORD + "\n", encoding="utf-8")
    monkeypatch.setenv("REGIONAL_DESK_PASSWORD_FILE", str(password))
    monkeypatch.setenv("REGIONAL_DESK_USER", LOGIN)

    def once(*words: str | Path, store: Path | None = None) -> tuple[int, dict[str, Any]]:
        capsys.readouterr()
        line = [str(word) for word in words]
        code = run([*line, "--json", *(["--store", str(store)] if store else [])])
        printed = capsys.readouterr().out
        found: dict[str, Any] = json.loads(printed) if printed.strip() else {}
        return code, found

    return once


@pytest.fixture(scope="session")
def practice_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small practice office, made once."""
    folder = tmp_path_factory.mktemp("practice") / "office"
    practice.make_practice_office(
        folder, LOGIN, PASSWORD, PracticeSize(44, 10, until=dt.date(2026, 7, 20)), cost=CHEAP
    ).desk.store.close()
    return folder


@pytest.fixture
def practice_office(practice_folder: Path, tmp_path: Path) -> Path:
    """A copy of the practice office."""
    return Path(shutil.copytree(practice_folder, tmp_path / "practice"))


def test_an_office_is_made_from_its_file(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "office.toml"
    file.write_text(
        'name = "경남권 사업단"\ncode = "GN"\nregion = "48"\napproval = ["담당", "팀장", "단장"]\n[goals]\nTrack1 = 57\nTrack2 = 29\n',
        encoding="utf-8",
    )
    code, made = call("new", "--office", file, store=tmp_path / "o")
    assert code == 0
    assert set(made) == {"store", "office", "recovery_key"}
    assert call("check", store=tmp_path / "o")[1]["ok"] is True
    assert call("new", "--office", file, store=tmp_path / "o")[0] == 3


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('name = "가"\ncode = "가나"\nregion = "48"', "code"),
        ("name = 3", "name"),
        ("name = [", "읽지 못했습니다"),
    ],
)
def test_a_bad_office_file_is_refused_with_the_key(
    call: Call, tmp_path: Path, content: str, words: str
) -> None:
    file = tmp_path / "office.toml"
    file.write_text(content, encoding="utf-8")
    code, answer = call("new", "--office", file, store=tmp_path / "o")
    assert code in (2, 4)
    assert words in answer["error"]["message"]


def test_a_month_from_files_to_the_confirmed_allowance(
    call: Call, tmp_path: Path, expected: dict[str, Any]
) -> None:
    store = tmp_path / "o"
    file = tmp_path / "office.toml"
    file.write_text('name = "경남권"\ncode = "GN"\nregion = "48"\n[goals]\nTrack1 = 57\n', encoding="utf-8")
    call("new", "--office", file, store=store)
    _, preview = call("import", "applicants", FILES / "applicants.csv", "--preview", store=store)
    _, done = call("import", "applicants", FILES / "applicants.csv", store=store)
    assert {key: preview[key] for key in ("read", "new", "errors")} == {
        key: done[key] for key in ("read", "new", "errors")
    }
    assert [error["row"] for error in done["errors"]] == [63, 64]
    _, course = call(
        "course",
        "add",
        "--name",
        "3기",
        "--track",
        "Track1",
        "--start",
        "2026-08-03",
        "--end",
        "2026-08-28",
        store=store,
    )
    assert course["training_days"] == expected["course"]["training_days"]
    assert course["units"] == [{"no": 1, "start": "2026-08-03", "end": "2026-08-28", "training_days": 19}]
    names = list(expected["attendance"])
    assert call("course", "enrol", "3기", *names, store=store)[0] == 3
    assert (
        call("course", "enrol", course["course"], *names, "--direct", "심사 결과", store=store)[1]["enrolled"]
        == 40
    )
    code, done = call("import", "attendance", FILES / "attendance.xlsx", "--course", "3기", store=store)
    assert (code, done["new"], done["errors"]) == (0, 760, [])
    _, shown = call("attendance", "show", "3기", store=store)
    for row in shown["rows"]:
        person = expected["attendance"][f"{row['name']} {row['birth']}"]
        assert row["rate"] == person["rate"]
        assert row["converted_absences"] == person["converted_absences"]
    for method in ("prorata", "flat", "daily"):
        _, run_ = call("allowance", "draft", "3기", "--unit", "1", "--method", method, store=store)
        assert run_["total"] == expected["totals"][method]
    assert call("allowance", "confirm", "3기", "--unit", "1", store=store)[0] == 3
    call(
        "policy",
        "adopt",
        "smart-manufacturing-2026",
        "--reference",
        "공문-1",
        "--date",
        "2026-07-01",
        store=store,
    )
    for row in shown["rows"]:
        for day, status in row["days"].items():
            if status == "출석인정":
                words = ("attendance", "set", "3기", day, f"{row['name']} {row['birth']}", "출석인정")
                assert call(*words, "--reason", "interview", "--evidence", "확인", store=store)[0] == 0
    call("allowance", "draft", "3기", "--unit", "1", store=store)
    call("allowance", "check", "3기", "--unit", "1", store=store)
    code, run_ = call("allowance", "confirm", "3기", "--unit", "1", store=store)
    assert (code, run_["state"], run_["total"]) == (0, "confirmed", expected["totals"]["daily"])
    words = ("attendance", "set", "3기", "2026-08-04", names[0], "결석")
    code, answer = call(*words, store=store)
    assert (code, answer["error"]["code"]) == (3, "refused")


def test_month_end_leaves_papers_and_a_package_that_openssl_and_frictionless_accept(
    call: Call, practice_office: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    code, done = call("month-end", "2026-06", "--out", out, "--purpose", "시험", store=practice_office)
    assert code == 0
    assert done["open_items"] == []
    assert all(Path(one["file"]).stat().st_size > 1000 for one in done["documents"])
    package = Path(done["submission"]["file"])
    verified = subprocess.run(
        [shutil.which("openssl") or "openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", f"{package}.p7s", "-content", str(package),
         "-CAfile", str(out / "practice-ca.pem"), "-out", str(tmp_path / "content")],
        capture_output=True, check=False,
    )  # fmt: skip
    assert verified.returncode == 0, verified.stderr
    shutil.unpack_archive(package, tmp_path / "package")
    first = package.read_bytes()
    _, again = call("submission", "build", "2026-06", "--out", out, store=practice_office)
    assert (again["rebuilt"], again["sequence"]) == (False, 1)
    assert package.read_bytes() == first
    assert call("submission", "verify", package, store=practice_office)[1]["valid"] is True
    package.write_bytes(first[:-30] + bytes([first[-30] ^ 1]) + first[-29:])
    code, answer = call("submission", "verify", package, store=practice_office)
    assert (code, answer["error"]["code"]) == (4, "file_rejected")


def test_an_open_month_writes_nothing_but_the_list(call: Call, practice_office: Path, tmp_path: Path) -> None:
    _, listed = call("course", "list", store=practice_office)
    course = listed["courses"][0]
    month = course["end"][:7]
    out = tmp_path / "out"
    code, answer = call("month-end", month, "--out", out, "--purpose", "시험", store=practice_office)
    assert code == 3
    assert answer["error"]["code"] == "open_items"
    assert answer["error"]["items"]
    assert not out.exists()
    words = ("month-end", month, "--out", out, "--purpose", "시험", "--allow-open", "보고 기한")
    code, done = call(*words, store=practice_office)
    assert (code, done["submission"]["status"]) == (0, "provisional")


def test_a_changed_month_takes_the_next_sequence_with_its_difference(
    call: Call, practice_office: Path, tmp_path: Path
) -> None:
    _, first = call("submission", "build", "2026-06", "--out", tmp_path, store=practice_office)
    words = (
        "course",
        "add",
        "--name",
        "보충",
        "--track",
        "Track2",
        "--start",
        "2026-06-15",
        "--end",
        "2026-07-10",
    )
    call(*words, store=practice_office)
    _, second = call("submission", "build", "2026-06", "--out", tmp_path, store=practice_office)
    assert (second["sequence"], second["rebuilt"]) == (2, True)
    assert second["difference"]
    assert first["sha256"] != second["sha256"]


@pytest.mark.parametrize("file_format", ["pdf", "xlsx"])
@pytest.mark.parametrize(
    "document", ["attendance-register", "attendance-register-blank", "allowance-statement", "monthly-report"]
)
def test_every_paper_is_printed_and_recorded(
    call: Call, practice_office: Path, tmp_path: Path, document: str, file_format: str
) -> None:
    course = call("course", "list", store=practice_office)[1]["courses"][-1]["course"]
    of = ("--month", "2026-06") if document == "monthly-report" else ("--course", course, "--unit", "1")
    out = tmp_path / f"paper.{file_format}"
    words = ("print", document, *of, "--format", file_format, "--out", out, "--purpose", "시험")
    code, done = call(*words, store=practice_office)
    assert code == 0
    assert done["pages"] >= 1
    assert out.read_bytes()[:4] == (b"%PDF" if file_format == "pdf" else b"PK\x03\x04")
    _, lines = call("audit", "show", "--access", store=practice_office)
    assert any(done["check_number"] in line["detail"] for line in lines["lines"])


def test_the_logs_are_searched_verified_and_let_go(call: Call, practice_office: Path, tmp_path: Path) -> None:
    courses = call("course", "list", store=practice_office)[1]["courses"]
    person = call("course", "show", courses[-1]["course"], store=practice_office)[1]["members"][0]
    who = f"{person['name']} {person['birth']}"
    _, seen = call("audit", "show", "--access", "--person", who, "--action", "view", store=practice_office)
    assert seen["lines"]
    assert {line["user"] for line in seen["lines"]} == {LOGIN}
    _, changed = call(
        "audit", "show", "--by", LOGIN, "--text", person["name"], "--limit", "5", store=practice_office
    )
    assert 0 < len(changed["lines"]) <= 5
    _, none = call("audit", "show", "--from", "2001-01-01", "--to", "2001-01-02", store=practice_office)
    assert none["lines"] == []
    assert call("audit", "show", "--from", "gestern", store=practice_office)[0] == 2
    assert call("audit", "verify", store=practice_office)[1]["ok"] is True
    assert call("audit", "roll-off", store=practice_office) == (
        0,
        {"lines": 0, "seq": None, "first": None, "last": None, "signer": None},
    )


@pytest.mark.parametrize("file_format", ["pdf", "xlsx"])
def test_the_monthly_sheet_is_printed(
    call: Call, practice_office: Path, tmp_path: Path, file_format: str
) -> None:
    out = tmp_path / f"sheet.{file_format}"
    words = ("print", "access-check", "--month", "2026-06", "--format", file_format, "--out", out)
    code, done = call(*words, "--purpose", "월 점검", store=practice_office)
    assert (code, Path(done["file"])) == (0, out)
    assert call("print", "월 점검표", "--out", out, "--purpose", "시험", store=practice_office)[0] == 2


def test_backup_verify_and_restore(call: Call, practice_office: Path, tmp_path: Path) -> None:
    _, made = call("backup", "--to", tmp_path / "usb", store=practice_office)
    assert call("backup", "verify", made["file"], store=practice_office)[1]["valid"] is True
    code, done = call("restore", made["file"], "--into", tmp_path / "new")
    assert (code, done["aside"]) == (0, None)
    assert call("check", store=tmp_path / "new")[1]["ok"] is True


def test_exit_codes_tell_what_went_wrong(
    call: Call, practice_office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert call("no-such-command")[0] == 2
    assert call("course", "list")[0] == 2  # no store named
    assert call("course", "list", store=tmp_path / "nowhere")[0] == 5
    picture = tmp_path / "photo.xlsx"
    picture.write_bytes(b"\x89PNG not a workbook")
    code, answer = call("import", "applicants", picture, store=practice_office)
    assert (code, answer["error"]["code"]) == (4, "file_rejected")
    assert "photo.xlsx" in answer["error"]["message"]
    monkeypatch.setenv("REGIONAL_DESK_PASSWORD_FILE", str(picture.with_name("wrong.txt")))
    picture.with_name("wrong.txt").write_text("wrong-password", encoding="utf-8")
    code, answer = call("course", "list", store=practice_office)
    assert (code, answer["error"]["code"]) == (5, "wrong_password")


def test_self_check_passes(call: Call) -> None:
    code, done = call("self-check")
    assert code == 0, done


def test_every_command_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    for info in make_app().registered_commands:
        assert info.callback is not None
        assert info.callback.__doc__
    assert run(["--help"]) == 0
    assert "month-end" in capsys.readouterr().out


def test_an_import_is_listed_compared_mended_and_taken_back(
    call: Call, practice_office: Path, tmp_path: Path
) -> None:
    heads, hong = "성명,생년월일,트랙", "홍길동,1999-03-05,Track1"
    file, errors = tmp_path / "list.csv", tmp_path / "errors.xlsx"
    for lines in ([hong, "김영희,1998-01-02,Track9"], [hong.replace("Track1", "Track2")]):
        file.write_text("\n".join([heads, *lines]), encoding="utf-8")
        code, done = call(
            "import", "applicants", file, "--sender", "고용센터", "--errors-to", errors, store=practice_office
        )
        assert code == 0
    assert errors.exists()
    assert done["compared"]["changed"] == ["2행 홍길동: 트랙 바뀜"]
    _, listed = call("import", "list", store=practice_office)
    assert [row["sender"] for row in listed["imports"][:2]] == ["고용센터", "고용센터"]
    _, undone = call("import", "undo", store=practice_office)
    assert (undone["import"], undone["restored"]) == (done["import"], 1)
    _, first = call("import", "undo", listed["imports"][1]["import"], store=practice_office)
    assert [one["name"] for one in first["kept"]] == ["홍길동"], (
        "touched since: by the second file and its undo"
    )
    _, layouts = call("import", "layout", "list", store=practice_office)
    number = next(row["layout"] for row in layouts["layouts"] if row["sender"] == "고용센터")
    _, changed = call("import", "layout", "set", number, "--map", "트랙=", store=practice_office)
    assert changed["mapping"]["트랙"] == ""
    assert call("import", "layout", "forget", number, store=practice_office)[0] == 0


def test_making_the_program_again_adds_nothing_to_it() -> None:
    def commands() -> dict[str | None, int]:
        groups = make_app().registered_groups
        return {one.name: len(one.typer_instance.registered_commands) for one in groups if one.typer_instance}

    assert commands() == commands()
