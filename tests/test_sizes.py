"""Whatever is longer than usual has its reason in docs/contributing.md."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.support.command import REPOSITORY

MOST_LINES, MOST_LINES_OF_A_FUNCTION, MOST_FILES = 250, 40, 12
PAGE = (REPOSITORY / "docs" / "contributing.md").read_text(encoding="utf-8")
NAMES = set(re.findall(r"`([^`\n]+)`", PAGE.partition("## Sizes")[2].partition("\n## ")[0]))
"""The files, functions and folders that have a reason."""


def sources() -> Iterator[Path]:
    """Every module of the package and of the tools."""
    for folder in ("subsim", "tools"):
        yield from sorted((REPOSITORY / folder).rglob("*.py"))


def name_of(path: Path) -> str:
    """A path as the page has it: without the folder of the package."""
    return path.relative_to(REPOSITORY).as_posix().removeprefix("subsim/")


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Each function of a module, with the number of its lines without decorators."""
    module = name_of(path).removesuffix(".py").replace("/", ".")
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            yield f"{module}.{node.name}", node.end_lineno - node.lineno + 1


def test_every_long_file_has_its_reason() -> None:
    long = [name_of(path) for path in sources() if len(path.read_text(encoding="utf-8").splitlines()) > MOST_LINES]
    assert [name for name in long if name not in NAMES] == []


def test_every_long_function_has_its_reason() -> None:
    long = [name for path in sources() for name, lines in functions(path) if lines > MOST_LINES_OF_A_FUNCTION]
    assert [name for name in long if name not in NAMES] == []


def test_every_large_folder_has_its_reason() -> None:
    files = Counter(name_of(path.parent) for path in sources())
    assert [name for name, number in files.items() if number > MOST_FILES and name not in NAMES] == []


def test_every_file_that_has_a_reason_exists() -> None:
    known = {name_of(path) for path in sources()}
    assert sorted(name for name in NAMES if name.endswith(".py") and name not in known | {"tests/test_sizes.py"}) == []
