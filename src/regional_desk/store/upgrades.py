"""Bringing a store to the program's schema revision, and refusing what a newer program wrote."""

from __future__ import annotations

import re
from functools import cache

import sqlalchemy as sa

from regional_desk import paths
from regional_desk.errors import StoreNewer
from regional_desk.store import tables

_REVISION = re.compile(r"^revision\s*(?::\s*str)?\s*=\s*[\"']([^\"']+)[\"']", re.MULTILINE)
_DOWN = re.compile(r"^down_revision\s*(?::[^=]+)?=\s*(?:[\"']([^\"']+)[\"']|None)", re.MULTILINE)


class DanglingReference(Exception):
    """After the upgrade a row of this table would name one that is not there."""


@cache
def known_revisions() -> tuple[str, ...]:
    """The revisions this program ships, oldest first, read without importing Alembic so that a start stays quick."""
    parents: dict[str | None, str] = {}
    for path in sorted((paths.migrations() / "versions").glob("*.py")):
        text = path.read_text(encoding="utf-8")
        revision, down = _REVISION.search(text), _DOWN.search(text)
        if revision and down:
            parents[down.group(1)] = revision.group(1)
    ordered: list[str] = []
    while (after := parents.get(ordered[-1] if ordered else None)) is not None:
        ordered.append(after)
    return tuple(ordered)


def stored_revision(engine: sa.Engine) -> str | None:
    """The revision the store is at, None for an empty one."""
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def needs_upgrade(engine: sa.Engine) -> bool:
    """Whether the store is behind; raise StoreNewer where it is ahead of this program."""
    stored, known = stored_revision(engine), known_revisions()
    if stored is not None and stored not in known:
        raise StoreNewer(
            f"이 자료는 더 새로운 프로그램(자료 판 {stored})에서 쓰던 것이라 열지 않았습니다. "
            f"자료는 그대로입니다. 이 PC의 프로그램(자료 판 {known[-1]})을 새 판으로 올린 뒤 다시 여십시오."
        )
    return stored != known[-1]


def upgrade(engine: sa.Engine) -> None:
    """Run the missing revisions in one transaction, foreign keys off and checked before the commit.

    Raises DanglingReference or SQLAlchemy's IntegrityError where the data does not fit; then nothing is changed.
    """
    from alembic import command  # noqa: PLC0415 - 150 ms that only an upgrade pays
    from alembic.config import Config  # noqa: PLC0415 - 150 ms that only an upgrade pays

    config = Config()
    config.set_main_option("script_location", str(paths.migrations()))
    with engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        sqlite = connection.dialect.name == "sqlite"
        if sqlite and raw is not None:
            raw.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                config.attributes["connection"] = connection
                config.attributes["target_metadata"] = tables.metadata
                command.upgrade(config, "head")
                if sqlite:
                    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
                    if broken is not None:
                        raise DanglingReference(broken[0])
        finally:
            if sqlite and raw is not None:
                raw.execute("PRAGMA foreign_keys = ON")
