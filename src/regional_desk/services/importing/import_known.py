"""Who is in the office already, by what makes two records the same person or worth a look (rulebook sections 3 and 5)."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from uuid import UUID

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

    def mac(self, account: str | None) -> bytes | None:
        """The keyed hash an account is found by."""
        return None if account is None else sealing.fingerprint(self._lookup, account)

    def digest(self, row: ApplicantRow) -> bytes:
        """A keyed digest of what a row says, to tell whether the sender's next file says the same."""
        said = (row.sex, row.phone, row.email, row.address, row.track, row.education, row.major)
        paid = (row.bank.code if row.bank else None, row.account, row.holder)
        text = "\x1f".join(value or "" for value in (*said, *paid))
        return hashlib.blake2b(text.encode(), key=self._lookup, digest_size=_DIGEST_BYTES).digest()

    def review(self, row: ApplicantRow, mac: bytes | None) -> str | None:
        """확인 필요: same phone or account, or a near name with the same birth date."""
        reasons = []
        if row.phone in self._phones:
            reasons.append(f"{self._phones[row.phone]}님과 연락처가 같음")
        if mac in self._accounts:
            reasons.append(f"{self._accounts[mac][0]}님과 계좌가 같음")
        reasons += [
            f"{name}님과 이름·생년월일이 비슷함"
            for name in self._births.get(row.birth, ())
            if near_names(name, row.name)
        ]
        return " · ".join(reasons) or None

    def hold(self, row: ApplicantRow, mac: bytes | None, now: KnownRow | None = None) -> str | None:
        """Why the account may not be paid to before a second person looked (rulebook section 3)."""
        if row.account is None or mac is None:
            return None
        owner = self._accounts.get(mac)
        if owner is not None and owner != ((row.name, row.birth) if now is None else (now.name, now.birth)):
            return f"{owner[0]}님과 같은 계좌"
        if row.holder and row.holder != row.name and row.holder.replace(" ", "") != row.name.replace(" ", ""):
            return f"예금주가 본인이 아님({row.holder})"
        if row.bank is None:
            return "은행이 없음"
        if row.bank.lengths and len(row.account) not in row.bank.lengths:
            return f"{row.bank.name}에서 쓰지 않는 자릿수({len(row.account)}자리)"
        return None

    def add(self, row: ApplicantRow, mac: bytes | None) -> None:
        """Count a new person of the file among those known."""
        if row.phone:
            self._phones.setdefault(row.phone, row.name)
        if mac:
            self._accounts.setdefault(mac, (row.name, row.birth))
        self._births.setdefault(row.birth, []).append(row.name)
