"""A value refused with its Korean reason."""

from __future__ import annotations


class Refused(ValueError):
    """A value from a file or a form that cannot be taken; the message is the Korean reason."""
