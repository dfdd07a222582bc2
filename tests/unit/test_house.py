"""The rules of the house that no other tool checks."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST_MODULE = 500


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


@pytest.mark.parametrize(
    "path", sorted((ROOT / "migrations" / "versions").glob("*.py")), ids=lambda path: path.name
)
def test_a_revision_imports_nothing_of_the_program(path: Path) -> None:
    assert {name.split(".")[0] for name in imports_of(path)} <= {"__future__", "alembic", "sqlalchemy"}


def test_the_migration_environment_imports_the_table_metadata_only() -> None:
    own = {name for name in imports_of(ROOT / "migrations" / "env.py") if name.startswith("regional_desk")}
    assert own == {"regional_desk.store.tables"}


@pytest.mark.parametrize("path", sorted((ROOT / "requirements").glob("*.lock")), ids=lambda path: path.name)
def test_a_lock_file_has_hashes_and_no_address(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"https?://|index-url|file:", text)
    pinned = re.findall(r"^[A-Za-z0-9_.-]+==", text, re.MULTILINE)
    assert len(pinned) <= text.count("--hash=sha256:")


def test_pyside_is_pinned_to_the_version_that_keeps_its_references() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "PySide6-Essentials==6.11.3" in project["dependencies"]
    assert importlib.metadata.version("PySide6-Essentials") == "6.11.3"


def test_no_module_outgrows_a_reader() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / "src").rglob("*.py")
        if "forms" not in path.parts
        and (lines := path.read_text(encoding="utf-8").count("\n")) > LONGEST_MODULE
    }
    assert long == {}


def test_every_form_is_compiled_from_its_drawing() -> None:
    drawn = {f"ui_{path.stem}" for path in (ROOT / "ui").glob("*.ui")}
    compiled = {path.stem for path in (ROOT / "src/regional_desk/desktop/forms").glob("ui_*.py")}
    assert drawn == compiled


def test_every_shipped_font_has_its_licence_beside_it() -> None:
    fonts = ROOT / "resources" / "fonts"
    assert list(fonts.glob("*.ttf"))
    assert "SIL OPEN FONT LICENSE" in (fonts / "OFL.txt").read_text(encoding="utf-8")


def test_the_changelog_and_the_program_tell_one_version() -> None:
    import regional_desk

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert regional_desk.__version__ == project["version"]
