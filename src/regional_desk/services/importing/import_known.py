"""Who is in the office already, by what makes two records the same person or worth a look (rulebook sections 3 and 5)."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from uuid import UUID

from regional_desk.domain.accounts import CHANGED, Sharer, findings, hold_text
from regional_desk.domain.people import PersonKey, near_names
from regional_desk.exchange.applicants import ApplicantRow
from regional_desk.store import sealing
from regional_desk.store.imports import KnownRow

_DIGEST_BYTES = 16


class Known:
    """The people of the office, and those of the file as they are added."""

    def __init__(
        self, lookup: bytes, people: Sequence[KnownRow], merged: Mapping[tuple[str, dt.date], UUID]
    ) -> None:
        self._lookup = lookup
        self._by_key = {(row.name, row.birth): row for row in people}
        if merged:
            by_id = {row.id: row for row in people}
            self._by_key |= {key: by_id[kept] for key, kept in merged.items() if kept in by_id}
        self._phones = {row.phone: row.name for row in people if row.phone}
        self._accounts = {row.account_mac: (row.name, row.birth) for row in people if row.account_mac}
        self._births: dict[dt.date, list[str]] = {}
        for row in people:
            self._births.setdefault(row.birth, []).append(row.name)

    def find(self, row: ApplicantRow) -> KnownRow | None:
        """Who a row means; the name of somebody merged away means whom they were merged into."""
        return self._by_key.get((row.name, row.birth))

    def id_of(self, key: PersonKey) -> UUID | None:
        """The id of whoever a name and birth date means, None for a stranger."""
        found = self._by_key.get((key.name, key.birth))
        return None if found is None else found.id

    def macs(self, rows: Sequence[ApplicantRow]) -> list[bytes | None]:
        """The keyed hash each row's account is found by."""
        return sealing.fingerprints(self._lookup, [row.account for row in rows])

    def digests(self, rows: Sequence[ApplicantRow]) -> list[bytes]:
        """A keyed digest of what each row says, to tell whether the sender's next file says the same."""
        if not rows:
            return []
        _, _, _, *plain, banks, accounts, holders = zip(*rows, strict=True)
        columns = (*plain, [bank and bank.code for bank in banks], accounts, holders)
        keyed, found = hashlib.blake2b(key=self._lookup, digest_size=_DIGEST_BYTES), []
        for said in zip(*([value or "" for value in column] for column in columns), strict=True):
            one = keyed.copy()
            one.update("\x1f".join(said).encode())
            found.append(one.digest())
        return found

    def review(self, row: ApplicantRow, mac: bytes | None) -> str | None:
        """확인 필요: same phone or account, or a near name with the same birth date."""
        names = self._births.get(row.birth, ())
        if not names and row.phone not in self._phones and mac not in self._accounts:
            return None  # nearly everybody
        reasons = []
        if row.phone in self._phones:
            reasons.append(f"{self._phones[row.phone]}님과 연락처가 같음")
        if mac in self._accounts:
            reasons.append(f"{self._accounts[mac][0]}님과 계좌가 같음")
        reasons += [f"{name}님과 이름·생년월일이 비슷함" for name in names if near_names(name, row.name)]
        return " · ".join(reasons) or None

    def hold(
        self, row: ApplicantRow, mac: bytes | None, now: KnownRow | None = None, *, changed: bool = False
    ) -> str | None:
        """Why the account may not be paid to before a second person looked (rulebook section 3)."""
        if row.account is None or mac is None:
            return CHANGED if changed else None
        owner = self._accounts.get(mac)
        if owner == ((row.name, row.birth) if now is None else (now.name, now.birth)):
            owner = None
        shared = () if owner is None else (Sharer("", owner[0]),)
        return hold_text(findings(row.name, row.holder, row.bank, len(row.account), shared, changed=changed))

    def add(self, row: ApplicantRow, mac: bytes | None) -> None:
        """Count a new person of the file among those known."""
        if row.phone:
            self._phones.setdefault(row.phone, row.name)
        if mac:
            self._accounts.setdefault(mac, (row.name, row.birth))
        self._births.setdefault(row.birth, []).append(row.name)
