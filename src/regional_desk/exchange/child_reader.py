"""Asking the child process that opens strangers' workbooks, and surviving it."""

from __future__ import annotations

import marshal
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from regional_desk.exchange import sheet_child


def ask_child(data: bytes, limits: dict[str, int]) -> tuple[str, Any]:
    """The child's answer for a file's bytes: ("ok", sheets) or (reason, detail).

    `limits` holds bytes, counts and seconds by name. A child that dies or says nonsense is "crashed", one over
    its time "slow": no file can harm or hold up this process.
    """
    with subprocess.Popen(  # noqa: S603 - our own program, no argument from outside
        _command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # the reader prints its panics; nobody reads a child's stderr
        creationflags=_no_console(),
    ) as child:
        try:
            said, _ = child.communicate(marshal.dumps((limits, data)), timeout=limits["seconds"])
        except subprocess.TimeoutExpired:
            return "slow", ""
        finally:
            child.kill()
    if child.returncode != 0:
        return "crashed", ""
    try:
        answer: tuple[str, Any] = marshal.loads(said)  # noqa: S302 - from our own child
    except (EOFError, ValueError, TypeError):
        return "crashed", ""
    return answer


def _command() -> list[str]:
    """The frozen program is its own interpreter; otherwise a bare one (-I -S) starts in a third of the time."""
    if getattr(sys, "frozen", False):
        return [sys.executable, sheet_child.CHILD_FLAG]
    calamine = find_spec("python_calamine")
    if calamine is None or calamine.origin is None:
        raise ModuleNotFoundError("python_calamine")
    return [sys.executable, "-I", "-S", sheet_child.__file__, str(Path(calamine.origin).parents[1])]


def _no_console() -> int:
    """On Windows a console would flash up; elsewhere there is nothing to say."""
    if sys.platform == "win32":
        return subprocess.CREATE_NO_WINDOW
    return 0
