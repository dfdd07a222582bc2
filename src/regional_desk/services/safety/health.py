"""The store's health: schema, pages, references, logs, attachments, backups, control totals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from regional_desk.services.desk import Desk
from regional_desk.services.safety import backups, control_totals, logs, retention
from regional_desk.store import attachments, keys
from regional_desk.store.upgrades import known_revisions, stored_revision

PROBLEM, HINT = "problem", "hint"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: `severity` is problem or hint."""

    severity: str
    where: str
    message: str


@dataclass(frozen=True, slots=True)
class Health:
    """The whole check; hints alone leave it ok."""

    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return all(finding.severity != PROBLEM for finding in self.findings)


def check(desk: Desk) -> Health:
    """Check everything; takes seconds on a large store, so the window runs it beside itself."""
    desk.store.checkpoint()
    found: list[Finding] = []
    with desk.store.read() as connection:
        checks: tuple[Callable[[Desk, sa.Connection], Iterator[Finding]], ...] = (
            _pages,
            _logs,
            _attachments,
            _totals,
        )
        for one in checks:
            found += one(desk, connection)
    found += _key_files(desk)
    found += _backups(desk)
    found += [Finding(PROBLEM, "개인정보", words) for words in retention.returned_words(desk)]
    return Health(tuple(found))


def _pages(_desk: Desk, connection: sa.Connection) -> Iterator[Finding]:
    revision = stored_revision(connection.engine)
    if revision != known_revisions()[-1]:
        yield Finding(
            PROBLEM, "자료 판", f"{revision}판으로, 프로그램의 {known_revisions()[-1]}판과 다릅니다."
        )
    for pragma, good, message in (
        ("cipher_integrity_check", [], "암호화된 쪽이 손상되었습니다."),
        ("integrity_check", [("ok",)], "자료 구조가 손상되었습니다."),
        ("foreign_key_check", [], "서로 맞지 않는 자료가 있습니다."),
    ):
        rows = [tuple(row) for row in connection.exec_driver_sql(f"PRAGMA {pragma}").fetchall()]
        if rows != good:
            yield Finding(PROBLEM, "자료 파일", f"{message} 가장 최근의 온전한 백업에서 되돌리십시오.")


def _logs(desk: Desk, connection: sa.Connection) -> Iterator[Finding]:
    for chain, name in logs.NAMES.items():
        broken = logs.first_break(desk, connection, chain)
        if broken is not None:
            yield Finding(PROBLEM, name, logs.break_words(broken))


def _attachments(desk: Desk, connection: sa.Connection) -> Iterator[Finding]:
    named = {row.name for row in attachments.list_attachments(connection)}
    present = set(attachments.files_on_disk(desk.store))
    if named - present:
        yield Finding(
            PROBLEM, "첨부", f"파일 {len(named - present)}개가 없습니다. 백업에서 첨부를 되돌리십시오."
        )
    if present - named:
        yield Finding(HINT, "첨부", f"어느 자료에도 딸리지 않은 파일이 {len(present - named)}개 있습니다.")


def _totals(_desk: Desk, connection: sa.Connection) -> Iterator[Finding]:
    wrong = control_totals.drifted(connection)
    if wrong:
        yield Finding(PROBLEM, "훈련수당", control_totals.words(wrong))


def _key_files(desk: Desk) -> Iterator[Finding]:
    file = desk.store.folder / keys.FILE_NAME
    if keys.parse_key_file(file.read_bytes()) is None:
        yield Finding(PROBLEM, "열쇠 파일", "손상되어 사본으로 열었습니다. 비밀번호를 바꾸면 새로 씁니다.")


def _backups(desk: Desk) -> Iterator[Finding]:
    for sentence in backups.state(desk).sentences:
        yield Finding(HINT, "백업", sentence)
