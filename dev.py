"""One command for everything a developer does: `python dev.py demo|test|faults|run|check|bench|build|windows|forms|lock`.

Standard library only. Each command sets up by itself what is missing: a virtual environment, the locked
dependencies and, on Debian as root, the system libraries Qt asks for.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "dev-setup.sha256"
LOCKS = ("uv.lock", "dev.lock", "hatch.lock")
FORMS = ROOT / "src" / "regional_desk" / "desktop" / "forms"
WINDOWS = sys.platform == "win32"
# What Qt's libraries and its offscreen and xcb plugins name as needed; a desktop has them, a bare server has not.
LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
}
COMMANDS_NEEDED = {"openssl": "openssl", "strace": "strace"}


def main() -> int:
    """Run one command; return its exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("command", choices=sorted(COMMANDS))
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="passed on to the tool")
    chosen = parser.parse_args()
    if sys.version_info < (3, 11):  # noqa: UP036 - whoever runs this may have an older Python
        print("Python 3.11 or newer is needed.")
        return 2
    set_up()
    return COMMANDS[chosen.command](chosen.rest)


def set_up() -> None:
    """Make or refresh the virtual environment; quick where nothing changed."""
    system_libraries()
    wanted = fingerprint()
    if STAMP.exists() and STAMP.read_text(encoding="ascii") == wanted and tool("python").exists():
        return
    if not made_by_this_python():
        print("making .venv")
        run([sys.executable, "-m", "venv", "--clear", str(VENV)])
    print("installing the locked dependencies")
    python = str(tool("python"))
    run([python, "-m", "pip", "install", "-q", "--require-hashes", "-r", str(lock("uv.lock"))])
    install = [str(tool("uv")), "pip", "install", "-q", "--python", python, "--compile-bytecode"]
    for name in LOCKS[1:]:
        run([*install, "--require-hashes", "-r", str(lock(name))])
    run([*install, "--no-deps", "--no-build-isolation", "-e", str(ROOT)])
    run([python, "-m", "compileall", "-q", str(ROOT / "src")], without=("PYTHONDONTWRITEBYTECODE",))
    STAMP.write_text(wanted, encoding="ascii")


def made_by_this_python() -> bool:
    """Whether the environment stands and is of the running Python's version."""
    settings = VENV / "pyvenv.cfg"
    if not settings.exists() or not tool("python").exists():
        return False
    version = ".".join(map(str, sys.version_info[:2]))
    return re.search(rf"^version\w* = {version}\.", settings.read_text("utf-8"), re.MULTILINE) is not None


def system_libraries() -> None:
    """On Debian: install what Qt and the tests load, or name it in one sentence."""
    if not sys.platform.startswith("linux"):
        return
    missing = [package for library, package in LIBRARIES.items() if not loads(library)]
    missing += [package for command, package in COMMANDS_NEEDED.items() if shutil.which(command) is None]
    if importlib.util.find_spec("ensurepip") is None:
        missing.append("python3-venv")
    missing = sorted(set(missing))
    if not missing:
        return
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        print(f"Please install these first: sudo apt-get install {' '.join(missing)}")
        return
    print(f"installing {' '.join(missing)}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update", "-qq"], env=quiet)
    run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing], env=quiet)


def loads(library: str) -> bool:
    """Whether the dynamic linker finds a library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def fingerprint() -> str:
    """What the environment was made from."""
    total = hashlib.sha256(f"{sys.version_info[:2]} {ROOT}".encode())
    for name in (*(f"requirements/{one}" for one in LOCKS), "pyproject.toml"):
        total.update((ROOT / name).read_bytes())
    return total.hexdigest()


def tool(name: str) -> Path:
    """A program of the virtual environment."""
    return VENV / ("Scripts" if WINDOWS else "bin") / (f"{name}.exe" if WINDOWS else name)


def lock(name: str) -> Path:
    """A lock file."""
    return ROOT / "requirements" / name


def run(
    words: Sequence[str],
    *,
    env: dict[str, str] | None = None,
    without: Sequence[str] = (),
    check: bool = True,
    cwd: Path = ROOT,
) -> int:
    """Run a program, from the project's root unless told; stop with its exit code where it fails and `check` is set."""
    given = dict(env or os.environ)
    for name in without:
        given.pop(name, None)
    done = subprocess.run(list(words), cwd=cwd, env=given, check=False)
    if check and done.returncode:
        raise SystemExit(done.returncode)
    return done.returncode


def compile_forms(target: Path) -> None:
    """Compile every Designer form into `target`."""
    for form in sorted((ROOT / "ui").glob("*.ui")):
        out = target / f"ui_{form.stem}.py"
        run([str(tool("pyside6-uic")), "--no-autoconnection", str(form), "-o", str(out)])


def forms(_rest: Sequence[str]) -> int:
    """Compile ui/*.ui into the program."""
    compile_forms(FORMS)
    return 0


def stale_forms() -> list[str]:
    """The forms whose compiled module is not what the form compiles to."""
    with tempfile.TemporaryDirectory() as folder:
        compile_forms(Path(folder))
        fresh = {path.name: path.read_bytes() for path in Path(folder).glob("ui_*.py")}
    present = {path.name: path.read_bytes() for path in FORMS.glob("ui_*.py")}
    return sorted(name for name in fresh.keys() | present.keys() if fresh.get(name) != present.get(name))


def check(_rest: Sequence[str]) -> int:
    """Ruff, format, mypy, import rules, forms."""
    python = str(tool("python"))
    steps = (
        [python, "-m", "ruff", "check", "."],
        [python, "-m", "ruff", "format", "--check", "."],
        [python, "-m", "mypy"],
        [str(tool("lint-imports"))],
    )
    failed = [step for step in steps if run(step, check=False)]
    stale = stale_forms()
    if stale:
        print(f"forms not fresh (run `python dev.py forms`): {', '.join(stale)}")
    return 1 if failed or stale else 0


def test(rest: Sequence[str]) -> int:
    """`check`, then every test."""
    checked = 0 if rest else check(())
    offscreen = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    # a file stays with one process, which makes what its tests share once
    spread = [] if rest else ["-n", "2", "--dist", "loadfile"]
    tested = run([str(tool("python")), "-m", "pytest", "-q", *spread, *rest], env=offscreen, check=False)
    return checked or tested


def faults(rest: Sequence[str]) -> int:
    """Every test of the fault catalogue with large counts; prints a table and writes tests/faults/latest.json."""
    full = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "REGIONAL_DESK_FAULTS": "full"}
    words = ["-m", "pytest", "-q", "-m", "fault", *(rest or ["tests"])]
    return run([str(tool("python")), *words], env=full, check=False)


def start(rest: Sequence[str]) -> int:
    """Start the program."""
    return run([str(tool("python")), "-m", "regional_desk", *rest], check=False)


def bench(rest: Sequence[str]) -> int:
    """Measure against peers; prints a table and writes benchmarks/latest.json."""
    return run(
        [str(tool("python")), "-m", "benchmarks", *rest], without=("PYTHONDONTWRITEBYTECODE",), check=False
    )


def demo(_rest: Sequence[str]) -> int:
    """Make a practice office, run a month, leave papers and package in demo/, open the window."""
    folder = ROOT / "demo"
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir()
    password = folder / "password.txt"
    password.write_text("practice-office", encoding="utf-8")
    store = ["--store", str(folder / "office"), "--user", "user01"]
    env = {
        **os.environ,
        "REGIONAL_DESK_PASSWORD_FILE": str(password),
        "REGIONAL_DESK_DATA": str(folder / "data"),
    }
    program = [str(tool("python")), "-m", "regional_desk"]
    run([*program, "practice", *store], env=env)
    run(
        [*program, "month-end", "2026-08", "--out", str(folder / "2026-08"), "--purpose", "시연", *store],
        env=env,
    )
    run([*program, "backup", *store], env=env)
    run([*program, "check", *store], env=env)
    print(f"papers and package: {folder / '2026-08'}; user01, password practice-office")
    if WINDOWS or sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        env["REGIONAL_DESK_STORE"] = str(folder / "office")
        return run(program, env=env, check=False)
    return 0


def lock_all(_rest: Sequence[str]) -> int:
    """Pin every dependency with hashes, without any index address."""
    compile_lock = [
        str(tool("uv")), "pip", "compile", "-q", "--universal", "--generate-hashes", "--no-emit-index-url",
        "--python-version", "3.11", "--custom-compile-command", "python dev.py lock",
    ]  # fmt: skip
    run([*compile_lock, "pyproject.toml", "-o", str(lock("runtime.lock"))])
    for group in ("dev", "build"):
        run([*compile_lock, "pyproject.toml", "--group", group, "-o", str(lock(f"{group}.lock"))])
    for name in ("uv", "hatch"):
        run([*compile_lock, str(ROOT / "requirements" / f"{name}.in"), "-o", str(lock(f"{name}.lock"))])
    return 0


def windows(_rest: Sequence[str]) -> int:
    """Build for Windows on the bench named by WINBENCH; the program checks itself, imports a list, prints a paper."""
    bench_program = os.environ.get("WINBENCH")
    if not bench_program:
        print("Point WINBENCH at a Windows bench: a program with `setup`, `pip`, `python` and `exe`.")
        return 2
    if run([bench_program, "python", "-c", "pass"], check=False):
        run([bench_program, "setup"])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("src", "resources", "migrations", "tests/data"):
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        for part in ("build_installer.spec", "pyproject.toml"):
            shutil.copy(ROOT / part, folder)
        # pip reads the markers of the system it runs on, so the lock is first reduced to Windows' part
        reduce = [
            str(tool("uv")),
            "pip",
            "compile",
            "-q",
            "--generate-hashes",
            "--no-emit-index-url",
            "--no-header",
        ]
        platform = ["--python-platform", "x86_64-pc-windows-msvc", "--python-version", "3.12"]
        run([*reduce, *platform, str(lock("build.lock")), "-o", str(folder / "windows.lock")])
        # pip also asks its own Python, not the target's, whether a wheel's Requires-Python fits
        run(
            [bench_program, "pip", "--ignore-requires-python", "--require-hashes", "-r", "windows.lock"],
            cwd=folder,
        )
        freeze = ["-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "build_installer.spec"]
        run([bench_program, "python", *freeze], cwd=folder)
        return try_windows_program(bench_program, folder)


def try_windows_program(bench_program: str, folder: Path) -> int:
    """Run the frozen program of `folder` as an office would; return 1 where a step fails."""
    (folder / "password.txt").write_text("practice-office", encoding="utf-8")
    env = {**os.environ, "REGIONAL_DESK_PASSWORD_FILE": r"Z:\here\password.txt"}
    paper = folder / "paper.pdf"
    steps = (
        ("self-check",),
        ("practice",),
        ("import", "applicants", "tests/data/office_files/applicants.xlsx"),
        ("print", "monthly-report", "--month", "2026-08", "--out", "paper.pdf", "--purpose", "점검"),
        ("round", "list"),
        (
            "print",
            "training-journal",
            "--course",
            "Track1 1기 스마트공장 생산기술",
            "--out",
            "journal.xlsx",
            "--format",
            "xlsx",
            "--purpose",
            "점검",
        ),
        (
            "print",
            "badges",
            "--course",
            "Track1 1기 스마트공장 생산기술",
            "--out",
            "badges.pdf",
            "--purpose",
            "점검",
        ),
        ("allowance", "board"),
        ("company", "list"),
        ("match", "1", "--objective", "stable"),
        ("match", "1", "--objective", "most"),
        ("internship", "list"),
        ("claim", "board"),
        ("claim", "show", "2026-08"),
        ("print", "claim-statement", "--month", "2026-08", "--out", "claims.pdf", "--purpose", "점검"),
        ("visit", "months"),
        ("visit", "route", "--plan", "1"),
        ("outcome", "show"),
        ("users", "list"),
        ("audit", "verify"),
        ("backup",),
    )
    failed = []
    for step in steps:
        print(f"-- {' '.join(step)}", flush=True)
        store = [] if step[0] == "self-check" else ["--store", "office", "--user", "user01"]
        program = [bench_program, "exe", r"Z:\here\dist\RegionalDesk\regional-desk.exe"]
        if run([*program, *step, "--json", *store], env=env, cwd=folder, check=False):
            failed.append(step[0])
    if not paper.exists() or not paper.read_bytes().startswith(b"%PDF-"):
        failed.append("paper.pdf")
    print(f"failed: {', '.join(failed)}" if failed else "the Windows program works")
    return 1 if failed else 0


def build(rest: Sequence[str]) -> int:
    """Make the one-folder program of this system in dist/."""
    install = [str(tool("uv")), "pip", "install", "-q", "--python", str(tool("python")), "--require-hashes"]
    run([*install, "-r", str(lock("build.lock"))])
    return run([str(tool("pyinstaller")), "--noconfirm", "build_installer.spec", *rest], check=False)


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "bench": bench,
    "build": build,
    "check": check,
    "demo": demo,
    "faults": faults,
    "forms": forms,
    "lock": lock_all,
    "run": start,
    "test": test,
    "windows": windows,
}

if __name__ == "__main__":
    sys.exit(main())
