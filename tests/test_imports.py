"""Data goes one way: file, events, replay, outcome, report. The sources themselves are read here."""

import ast
from functools import cache
from pathlib import Path

import pytest

import subsim

SOURCES = Path(subsim.__file__).parent

RULES = [
    "rules.eligibility",
    "rules.binding",
    "rules.payment",
    "rules.interest",
    "rules.equipment",
    "rules.renewal",
    "rules.package_change",
    "rules.price_change",
    "rules.trial",
    "rules.service_change",
    "rules.terms_change",
    "rules.termination",
    "rules.operator_termination",
    "rules.withdrawal",
    "rules.complaints",
    "rules.transfer",
]

# From the bottom up: a module imports only modules above it in this list, and the rules not one another.
CORE = [
    "messages",
    "days",
    "money",
    "words",
    "vocabulary",
    "events",
    "readings",
    "terms",
    "ledger",
    "state",
    *RULES,
    "answer",
    "exits",
    "replaying",
    "outcome",
    "closing",
]

READERS_OF_FILES = ["scenario", "rules.interest", "languages", "cli"]
PRINTERS = ["cli", "showing"]


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(SOURCES).with_suffix("").parts)


MODULES = sorted(name_of(path) for path in [*SOURCES.glob("*.py"), *(SOURCES / "rules").glob("*.py")])


@cache
def tree_of(module: str) -> ast.Module:
    path = SOURCES.joinpath(*module.split(".")).with_suffix(".py")
    return ast.parse(path.read_text(encoding="utf-8"))


def all_imports(module: str) -> set[str]:
    """Every module that is imported, wherever the import stands."""
    found: set[str] = set()
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            assert node.module is not None
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def imports_of_ours(module: str) -> set[str]:
    """The modules of this package that are imported."""
    return {name.removeprefix("subsim.") for name in all_imports(module)} & set(MODULES)


def names_called(module: str) -> set[str]:
    """The names of all functions and methods called."""
    calls = [node.func for node in ast.walk(tree_of(module)) if isinstance(node, ast.Call)]
    return {call.id if isinstance(call, ast.Name) else getattr(call, "attr", "") for call in calls}


def test_every_rule_module_is_in_the_list() -> None:
    assert sorted(RULES) == [name for name in MODULES if name.startswith("rules.") and name != "rules.__init__"]


@pytest.mark.parametrize("module", CORE)
def test_imports_point_downwards(module: str) -> None:
    below = CORE[: CORE.index(module)]
    assert sorted(imports_of_ours(module) - set(below)) == []


@pytest.mark.parametrize("module", RULES)
def test_rules_do_not_import_one_another(module: str) -> None:
    assert sorted(name for name in all_imports(module) if name.startswith("subsim.rules")) == []


def test_nothing_but_the_entrance_imports_the_command_line() -> None:
    assert [module for module in MODULES if "cli" in imports_of_ours(module)] == ["__main__"]


@pytest.mark.parametrize("module", MODULES)
def test_only_the_calendar_reckons_with_datetime_and_only_the_command_line_asks_for_today(module: str) -> None:
    clocks = {"datetime", "time", "calendar", "pendulum", "zoneinfo", "dateutil"}
    found = {name.split(".")[0] for name in all_imports(module)} & clocks
    assert found == set() or module in ("days", "cli")


@pytest.mark.parametrize("module", [module for module in MODULES if module != "cli"])
def test_below_the_command_line_nobody_asks_for_today(module: str) -> None:
    assert names_called(module) & {"today", "now", "utcnow", "time", "monotonic", "perf_counter"} == set()


@pytest.mark.parametrize("module", [module for module in MODULES if module not in READERS_OF_FILES])
def test_only_the_shell_reads_files(module: str) -> None:
    assert names_called(module) & {"open", "read_text", "read_bytes", "write_text", "write_bytes"} == set()


@pytest.mark.parametrize("module", [module for module in MODULES if module not in PRINTERS])
def test_only_the_shell_prints(module: str) -> None:
    assert names_called(module) & {"print", "echo", "secho", "input"} == set()


@pytest.mark.parametrize("module", CORE)
def test_the_core_knows_nothing_of_the_machine(module: str) -> None:
    machine = {"os", "sys", "io", "pathlib", "click", "logging", "locale", "subprocess", "random", "yaml"}
    found = {name.split(".")[0] for name in all_imports(module)} & machine
    # the table of reference rates lies beside the rule of interest
    assert found == ({"pathlib"} if module == "rules.interest" else set())


@pytest.mark.parametrize("module", CORE)
def test_no_float_touches_money(module: str) -> None:
    nodes = list(ast.walk(tree_of(module)))
    literals = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, float)]
    divisions = [node for node in nodes if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)]
    paths = {"rules.interest": 1}  # a path is joined there by a slash
    assert (literals, len(divisions)) == ([], paths.get(module, 0))


@pytest.mark.parametrize("module", CORE)
def test_nothing_is_rounded_but_by_money(module: str) -> None:
    assert names_called(module) & {"round", "float", "quantize", "Decimal"} == set()


@pytest.mark.parametrize("module", RULES)
def test_a_rules_file_opens_with_the_heading_it_models(module: str) -> None:
    assert (ast.get_docstring(tree_of(module)) or "").strip() != ""


@pytest.mark.parametrize("module", RULES)
def test_public_rules_say_what_they_claim(module: str) -> None:
    functions = [node for node in tree_of(module).body if isinstance(node, ast.FunctionDef)]
    silent = [each.name for each in functions if not each.name.startswith("_") and not ast.get_docstring(each)]
    assert silent == []
