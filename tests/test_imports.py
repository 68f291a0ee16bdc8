"""Data goes one way, from room to room; what each room may not do. The sources themselves are read here."""

import ast
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

import subsim

SOURCES = Path(subsim.__file__).parent
ORACLE = sorted((Path(__file__).parent / "oracle").glob("*.py"))

# From the bottom up: a module imports only modules of its own room and of those before it.
ROOMS = [
    *("basics", "terms", "membership", "rules", "law", "engine", "files", "answers", "checks", "pages"),
    *("drawing", "exploring", "retention", "api", "base", "desk", "portfolio", "testing", "shell"),
]
CORE_ROOMS = ("terms", "membership", "rules", "engine")
APART = ("rules", "law")  # whose modules do not import one another

READING_ROOMS = ("portfolio", "shell", "testing")  # the testing kit saves scenarios, and runs other people's systems
READERS_OF_FILES = [
    "basics.atomic_file",
    "rules.interest",
    "files.source",
    "files.policy",
    "files.start",
    "desk.tokens",
]
PRINTERS = [
    *(f"shell.commands.{name}" for name in ("catalogues", "exploration", "letters", "outcomes", "picture")),
    *(f"shell.commands.{name}" for name in ("questions", "retention", "run")),
    *("shell.entry", "shell.members", "shell.options", "shell.output", "shell.portfolio"),
    *("shell.conformance", "shell.new", "shell.remarks", "shell.serve", "shell.terms", "desk.log"),
]
CLOCKS = [
    *("basics.instants", "desk.clock"),  # what is recorded has its instant, and the desk runs for days
    "testing.conformance.systems",  # which waits only so long for a system
]


def name_of(path: Path) -> str:
    """The module's dotted name within the package; a package by its own name, the package itself by none."""
    return ".".join(path.relative_to(SOURCES).with_suffix("").parts).removesuffix("__init__").removesuffix(".")


PATHS = {name_of(path): path for path in sorted(SOURCES.rglob("*.py"))}
MODULES = list(PATHS)
RULES = [name for name in MODULES if name.startswith("rules.")]
CORE = [name for name in MODULES if name.split(".")[0] in CORE_ROOMS]


def room_of(module: str) -> str | None:
    """The room of a module; None of what stands above all rooms: the package itself and `__main__`."""
    return module.split(".")[0] if module not in ("", "__main__") else None


@cache
def tree_of(module: str) -> ast.Module:
    return ast.parse(PATHS[module].read_text(encoding="utf-8"))


@cache
def all_imports(module: str) -> set[str]:
    """Every module that is imported, wherever the import stands."""
    found: set[str] = set()
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            assert node.module is not None
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            modules = {name for name in inner if name.removeprefix("subsim.") in PATHS}
            found |= inner if modules == inner else {node.module, *inner}
    return found


def roots(module: str) -> set[str]:
    """The first name of every module that is imported."""
    return {name.split(".")[0] for name in all_imports(module)}


@cache
def imports_of_ours(module: str) -> frozenset[str]:
    """The modules of this package that are imported, at the top, for types alone or when a function runs."""
    ours = {name.removeprefix("subsim").removeprefix(".") for name in all_imports(module) if name.startswith("subsim")}
    return frozenset(ours & set(MODULES))


def circles() -> Iterator[list[str]]:
    """Every circle of imports that a walk along them meets, as the modules on it."""
    finished: set[str] = set()

    def walk(module: str, path: list[str]) -> Iterator[list[str]]:
        if module in path:
            yield path[path.index(module) :]
        elif module not in finished:
            for other in sorted(imports_of_ours(module)):
                yield from walk(other, [*path, module])
            finished.add(module)

    for module in MODULES:
        yield from walk(module, [])


@cache
def names_called(module: str) -> set[str]:
    """The names of all functions and methods called."""
    calls = [node.func for node in ast.walk(tree_of(module)) if isinstance(node, ast.Call)]
    return {call.id if isinstance(call, ast.Name) else getattr(call, "attr", "") for call in calls}


def faulty(modules: Iterable[str], found: Callable[[str], Iterable[str]]) -> dict[str, list[str]]:
    """What is found in each of the modules where anything is."""
    return {module: sorted(names) for module in modules if (names := set(found(module)))}


def others_than(*modules: str) -> list[str]:
    return [module for module in MODULES if module not in modules]


def test_every_module_stands_in_a_room() -> None:
    assert sorted({room_of(module) for module in MODULES} - {None, *ROOMS}, key=str) == []


def test_imports_point_downwards() -> None:
    def upwards(module: str) -> set[str]:
        below = ROOMS[: ROOMS.index(room_of(module) or "") + 1]
        return {name for name in imports_of_ours(module) if name and room_of(name) not in below}

    assert faulty([module for module in MODULES if room_of(module)], upwards) == {}


def test_no_import_goes_in_a_circle() -> None:
    assert list(circles()) == []


def test_rules_do_not_import_one_another() -> None:
    def apart(module: str) -> set[str]:
        return {name for name in imports_of_ours(module) if room_of(name) in APART}

    assert faulty([module for module in MODULES if room_of(module) in APART], apart) == {}


def test_nothing_but_the_entrance_imports_the_command_line() -> None:
    commands = {module for module in MODULES if module.startswith("shell.commands")}
    assert [module for module in MODULES if commands & imports_of_ours(module)] == ["shell.entry"]


def test_only_the_calendar_reckons_with_datetime_and_only_the_command_line_asks_for_today() -> None:
    clocks = {"datetime", "time", "calendar", "pendulum", "zoneinfo", "dateutil"}
    assert faulty(others_than("basics.dates", *CLOCKS), lambda module: roots(module) & clocks) == {}


def test_below_the_command_line_nobody_asks_for_today() -> None:
    asking = {"today", "now", "utcnow", "time", "monotonic", "perf_counter"}
    assert faulty(others_than(*CLOCKS), lambda module: names_called(module) & asking) == {}


def test_only_the_shell_reads_files() -> None:
    reading = {"open", "read_text", "read_bytes", "write_text", "write_bytes"}
    modules = [module for module in others_than(*READERS_OF_FILES) if room_of(module) not in READING_ROOMS]
    assert faulty(modules, lambda module: names_called(module) & reading) == {}


def test_only_the_shell_prints() -> None:
    printing = {"print", "echo", "secho", "input"}
    assert faulty(others_than(*PRINTERS), lambda module: names_called(module) & printing) == {}


def test_the_core_knows_nothing_of_the_machine() -> None:
    machine = {"os", "sys", "io", "pathlib", "click", "logging", "locale", "subprocess", "random", "yaml"}
    # the table of reference rates lies beside the rule of interest
    assert faulty(CORE, lambda module: roots(module) & machine) == {"rules.interest": ["pathlib"]}


def test_no_float_touches_money() -> None:
    def floats(module: str) -> list[str]:
        nodes = list(ast.walk(tree_of(module)))
        literals = [
            str(each.value) for each in nodes if isinstance(each, ast.Constant) and isinstance(each.value, float)
        ]
        return literals + ["/" for each in nodes if isinstance(each, ast.BinOp) and isinstance(each.op, ast.Div)]

    # a path is joined there by a slash
    assert {module: found for module in CORE if (found := floats(module))} == {"rules.interest": ["/"]}


def test_nothing_is_rounded_but_by_money() -> None:
    assert faulty(CORE, lambda module: names_called(module) & {"round", "float", "quantize", "Decimal"}) == {}


def test_a_rules_file_opens_with_the_heading_it_models() -> None:
    assert [module for module in RULES if not (ast.get_docstring(tree_of(module)) or "").strip()] == []


def test_public_rules_say_what_they_claim() -> None:
    def silent(module: str) -> list[str]:
        functions = [node for node in tree_of(module).body if isinstance(node, ast.FunctionDef)]
        return [each.name for each in functions if not each.name.startswith("_") and not ast.get_docstring(each)]

    assert faulty(RULES, silent) == {}


@pytest.mark.parametrize("path", ORACLE, ids=[path.stem for path in ORACLE])
def test_the_second_opinion_shares_no_code_with_the_engine(path: Path) -> None:
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    found = {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    found |= {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    assert sorted(name for name in found if name.startswith(("subsim", "tools", "tests.support"))) == []
