"""Regional Desk: the desktop program of a regional office of the smart-manufacturing workforce programme."""

from __future__ import annotations

__version__ = "0.1.0"
