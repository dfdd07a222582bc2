"""Each row of the catalogue that this program promises has a test of its own."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
ROWS = {*range(1, 10), 11, 12, *range(14, 34), 47, 48, 49, 61}


def _marked(path: Path) -> Counter[int]:
    """The rows named by `pytest.mark.fault(…)` anywhere in a file."""
    found: Counter[int] = Counter()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.fault":
            found.update(ast.literal_eval(arg) for arg in node.args)
    return found


def test_every_promised_row_of_the_catalogue_has_a_test() -> None:
    found = sum((_marked(path) for path in TESTS.rglob("test_*.py")), Counter[int]())
    assert sorted(ROWS - found.keys()) == []
