"""What every command shares: the common options, the desk, and how results reach the caller."""

from __future__ import annotations

import getpass
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from regional_desk.domain.clock import SystemClock
from regional_desk.errors import UsageError, UserError
from regional_desk.services.desk import Desk

_VALUE_OPTIONS = {"--store": "store", "--user": "user"}


@dataclass(slots=True)
class Call:
    """One call of the program: its common options, wherever on the line they stood."""

    store: str | None = None
    user: str | None = None
    json: bool = False
    desk: Desk | None = None

    def folder(self) -> Path:
        """The office's folder; raise UsageError where none is named."""
        chosen = self.store or os.environ.get("REGIONAL_DESK_STORE")
        if not chosen:
            raise UsageError("사무소 폴더를 --store 또는 REGIONAL_DESK_STORE로 정해 주십시오.")
        return Path(chosen)

    def login(self) -> str:
        """The user's name; raise UsageError where none is given."""
        chosen = self.user or os.environ.get("REGIONAL_DESK_USER")
        if not chosen:
            raise UsageError("사용자를 --user 또는 REGIONAL_DESK_USER로 정해 주십시오.")
        return chosen

    def open(self, secret: str | None = None) -> Desk:
        """The signed-in desk, by the given password or the one that is asked for; opened once a call."""
        from regional_desk.services.safety.opening import list_logins, open_office

        if self.desk is None:
            folder, login = self.folder(), self.login()
            list_logins(folder)  # a wrong folder is told before a password is asked for
            self.desk = open_office(folder, login, secret or password(), SystemClock())
            for line in self.desk.greetings:
                sys.stderr.write(line + "\n")
        return self.desk

    def close(self) -> None:
        """Let the store go."""
        if self.desk is not None:
            self.desk.store.close()

    def emit(self, data: dict[str, Any], lines: Sequence[str] = ()) -> None:
        """One JSON object, or lines for a person."""
        if self.json:
            print(json.dumps(data, ensure_ascii=False))  # noqa: T201 - stdout is this program's answer
        else:
            for line in lines or [f"{key}: {value}" for key, value in data.items()]:
                print(line)  # noqa: T201 - as above

    def progress(self, what: str) -> Callable[[int, int], None]:
        """A reporter of long work, only on a terminal."""

        def report(done: int, total: int) -> None:
            if sys.stderr.isatty():
                end = "\n" if done >= total else ""
                sys.stderr.write(f"\r{what} {done}/{total}{end}")
                sys.stderr.flush()

        return report


def split_common(arguments: Sequence[str]) -> tuple[Call, list[str]]:
    """Take `--store`, `--user` and `--json` out of the line; raise UsageError where a value is missing."""
    call, rest = Call(), []
    waiting = list(arguments)
    while waiting:
        word = waiting.pop(0)
        if word == "--":
            rest += [word, *waiting]
            break
        name, separator, value = word.partition("=")
        if word == "--json":
            call.json = True
        elif name in _VALUE_OPTIONS and (separator or waiting):
            setattr(call, _VALUE_OPTIONS[name], value if separator else waiting.pop(0))
        elif name in _VALUE_OPTIONS:
            raise UsageError(f"{name} 뒤에 값을 적어 주십시오.")
        else:
            rest.append(word)
    return call, rest


def password() -> str:
    """The password from REGIONAL_DESK_PASSWORD_FILE, else asked for at the terminal; never an argument."""
    file = os.environ.get("REGIONAL_DESK_PASSWORD_FILE")
    return _secret(Path(file) if file else None, "비밀번호: ", "REGIONAL_DESK_PASSWORD_FILE로")


def new_password(file: Path | None) -> str:
    """A new password from a file, else asked for twice at the terminal."""
    typed = _secret(file, "새 비밀번호: ", "--new-password-file로")
    if file is None and getpass.getpass("새 비밀번호 다시: ") != typed:
        raise UsageError("두 비밀번호가 서로 다릅니다. 바꾸지 않았습니다.")
    return typed


def _secret(file: Path | None, prompt: str, option: str) -> str:
    if file is not None:
        try:
            return file.read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"비밀번호 파일을 읽지 못했습니다: {file}") from error
    if not sys.stdin.isatty():
        raise UsageError(f"비밀번호를 물어볼 터미널이 없습니다. {option} 파일을 정해 주십시오.")
    return getpass.getpass(prompt)


def error_object(error: UserError) -> dict[str, Any]:
    """What `--json` prints for a refusal."""
    items = [{"where": item.where, "message": item.message} for item in error.items]
    return {"error": {"code": error.code, "message": error.message, "items": items}}
