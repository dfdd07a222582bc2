"""Reading and verifying the change history and the access log."""

from __future__ import annotations

from regional_desk.domain.rights import Right
from regional_desk.services.desk import Desk
from regional_desk.store import audit
from regional_desk.store.audit import LogLine


def read_log(desk: Desk, *, access: bool = False, limit: int = 500) -> tuple[LogLine, ...]:
    """The newest lines of the change history, or of the access log."""
    desk.require(Right.SEE_AUDIT)
    with desk.store.read() as connection:
        return audit.read_lines(connection, audit.ACCESSES if access else audit.CHANGES, limit=limit)


def verify_logs(desk: Desk) -> dict[str, int | None]:
    """For each chain the first line that does not verify, None where it holds."""
    desk.require(Right.SEE_AUDIT)
    with desk.store.read() as connection:
        return {chain: audit.first_break(connection, chain) for chain in audit.CHAINS}
