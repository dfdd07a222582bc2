"""The error tree. A `UserError` is a Korean sentence for the person; everything else is a bug.

UserError                   exit code 3 unless a subclass says otherwise
├── Refusal                 a rule says no (3)
│   ├── NotAllowed          the person lacks the right (3)
│   └── OpenItems           the act needs every item closed first; `items` lists them (3)
├── UsageError              the command was given wrongly (2)
├── FileRejected            a file from outside cannot be taken (4)
└── StoreError              the office's store cannot be opened or used (5)
    ├── WrongPassword       the password or recovery key opens no slot
    ├── LockedOut           too many wrong passwords; the account waits
    ├── StoreMissing        there is no office in this folder
    ├── StoreDamaged        the database or its key file is damaged
    ├── StoreNewer          a newer program wrote this store
    ├── StoreBusy           another program holds the store
    ├── StoreReadOnly       the folder cannot be written
    ├── DiskFull            there is no room for what was to be stored
    └── StoreUnreadable     the disk fails to read or write
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """One place that explains a refusal: `where` names it for a person, `message` says what is wrong."""

    where: str
    message: str


class UserError(Exception):
    """A sentence for the person: what happened, what was kept, what to do."""

    exit_code = 3
    code = "refused"

    def __init__(self, message: str, *, items: tuple[Item, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.items = items


class Refusal(UserError):
    """A rule of the programme or of the office says no."""


class NotAllowed(Refusal):
    """The signed-in person lacks the right for this act."""

    code = "not_allowed"


class OpenItems(Refusal):
    """The act needs every listed item closed first."""

    code = "open_items"


class UsageError(UserError):
    """The command or form was filled in wrongly."""

    exit_code = 2
    code = "usage"


class FileRejected(UserError):
    """A file from outside cannot be taken as it is."""

    exit_code = 4
    code = "file_rejected"


class StoreError(UserError):
    """The office's store cannot be opened or used."""

    exit_code = 5
    code = "store"


class WrongPassword(StoreError):
    """No key slot opens with what was typed."""

    code = "wrong_password"


class LockedOut(StoreError):
    """Too many wrong passwords: the account waits before the next one is tried."""

    code = "locked_out"


class StoreMissing(StoreError):
    """The folder holds no office."""

    code = "store_missing"


class StoreDamaged(StoreError):
    """The database or the key file is damaged."""

    code = "store_damaged"


class StoreNewer(StoreError):
    """A newer program wrote this store."""

    code = "store_newer"


class StoreBusy(StoreError):
    """Another program holds the store."""

    code = "store_busy"


class StoreReadOnly(StoreError):
    """The office's folder cannot be written."""

    code = "store_read_only"


class DiskFull(StoreError):
    """There is no room for what was to be stored; nothing of it was."""

    code = "disk_full"


class StoreUnreadable(StoreError):
    """The disk fails to read or write."""

    code = "store_unreadable"
