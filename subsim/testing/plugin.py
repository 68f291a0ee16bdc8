"""The plugin of pytest: scenario files as tests, one for each case, on the engine or on a system under test.

It is installed with subsim and does nothing by itself. `pytest --subsim PATH` collects only the scenario files there;
`subsim = PATH` in the configuration collects them beside the tests. `--subsim-profile` sets the readings to this
profile. If the fixture `subsim_system` is overridden, the expectations and questions of each case are checked on the
system that it gives.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from subsim.checks.expectations import Mismatch
    from subsim.files.scenario import Scenario, Variant
    from subsim.terms.readings import ProfileName

_SUFFIXES = (".yaml", ".yml")
_OPTION = "subsim"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options, and the same for the configuration file."""
    group = parser.getgroup("subsim", "scenario files of subsim")
    group.addoption(
        "--subsim", dest=_OPTION, action="append", metavar="PATH", help="Collect the scenario files in PATH as tests."
    )
    group.addoption(
        "--subsim-profile",
        dest="subsim_profile",
        choices=("standard", "member", "operator"),
        help="Read every contested point as this profile does, whatever the file says.",
    )
    parser.addini(_OPTION, "Folders and files whose scenarios are collected as tests.", type="paths", default=[])


@pytest.fixture(scope="session")
def subsim_system() -> Callable[[dict[str, Any]], Mapping[str, Any]] | None:
    """The system under test, None for the engine: override it with a function from a request to an outcome."""
    return None


def pytest_collection(session: pytest.Session) -> None:
    """Set the paths to collect: those of `--subsim` only, or the configured ones beside the tests.

    Paths on the command line are always collected, and then no others besides `--subsim`.
    """
    config = session.config
    for path in _asked(config):
        if not path.exists():
            raise pytest.UsageError(f"--subsim: there is no file or folder {path}")
    given, configured = config.getoption(_OPTION) or [], [str(path) for path in config.getini(_OPTION)]
    names_tests = config.args_source is pytest.Config.ArgsSource.ARGS
    if given:
        config.args = [*(config.args if names_tests else []), *given]
    elif configured and not names_tests:
        config.args = [*config.args, *configured]


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "ScenarioTests | None":
    """The scenario file, if it is one that was asked for."""
    if file_path.suffix.lower() not in _SUFFIXES or not _is_asked(file_path, parent.config):
        return None
    return ScenarioTests.from_parent(parent, path=file_path)


def _asked(config: pytest.Config) -> list[Path]:
    given = [Path(each) for each in config.getoption(_OPTION) or ()]
    return [*given, *config.getini(_OPTION)]


def _is_asked(path: Path, config: pytest.Config) -> bool:
    resolved = path.resolve()
    asked = (each if each.is_absolute() else config.invocation_params.dir / each for each in _asked(config))
    return any(resolved.is_relative_to(each.resolve()) for each in asked)


class ScenarioTests(pytest.File):
    """A scenario file: its own case, and one for each of its variants; one that cannot be read is one failing test."""

    def collect(self) -> Iterator["ScenarioTest"]:
        """The cases, named as in `subsim run`."""
        from subsim.basics.faults import InputErrors
        from subsim.files.scenario import load

        try:
            scenario = load(os.path.relpath(self.path))
        except InputErrors as errors:
            yield ScenarioTest.from_parent(self, name="can be read", scenario=None, variant=None, errors=str(errors))
            return
        for variant in (None, *scenario.variants):
            name = "as written" if variant is None else variant.name
            yield ScenarioTest.from_parent(self, name=name, scenario=scenario, variant=variant, errors=None)


class CaseFails(Exception):  # noqa: N818 - it is shown to who wrote the case, not caught by its name
    """An expectation of a case does not hold; the text gives the place and the value found."""


class ScenarioTest(pytest.Function):
    """A case of a scenario file as a test."""

    def __init__(
        self,
        *,
        name: str,
        parent: ScenarioTests,
        scenario: "Scenario | None",
        variant: "Variant | None",
        errors: str | None,
        **more: Any,
    ) -> None:
        def callobj(subsim_system: Any) -> None:
            self.check(subsim_system)

        super().__init__(name=name, parent=parent, callobj=callobj, **more)
        self.scenario, self.variant, self.errors = scenario, variant, errors

    def check(self, system: Callable[[dict[str, Any]], Mapping[str, Any]] | None) -> None:
        """Fail with the expectations that do not hold, each in its place in the file."""
        if self.scenario is None:
            raise CaseFails(self.errors or "")
        found = _mismatches(self.scenario, self.variant, self.config.getoption("subsim_profile"), system)
        if found:
            from subsim.testing.judgement import located

            raise CaseFails("\n".join(located(self.scenario, self.variant, each) for each in found))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The failed expectations without a traceback; an exception of the system under test has its own."""
        if isinstance(excinfo.value, CaseFails):
            return str(excinfo.value)
        return super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, int, str]:
        """The file, where it begins, and the case."""
        return self.path, 0, f"{self.path.name}: {self.name}"


def _mismatches(
    scenario: "Scenario",
    variant: "Variant | None",
    profile: "ProfileName | None",
    system: Callable[[dict[str, Any]], Mapping[str, Any]] | None,
) -> "list[Mismatch]":
    from subsim.terms.choice import TermsChoice

    choice = TermsChoice(profile=profile)
    if system is None:
        from subsim.api import judges_of
        from subsim.checks.check import check_case

        result = check_case(scenario, choice, variant, judges_of(scenario))
        if result.errors is not None:
            raise CaseFails(str(result.errors))
        return list(result.mismatches)
    from subsim.testing.judgement import mismatches_of_system
    from subsim.testing.request import request_of

    if scenario.policy is not None:
        pytest.skip("it is about personal data, on which no system is asked")
    if scenario.assuming({}, variant).is_in_doubt:
        pytest.skip("its facts are in doubt, and a system is asked of one course of events")
    request = request_of(scenario, variant, choice)
    try:
        given = system(request.to_dict())
    except NotImplementedError as reason:
        pytest.skip(f"not supported: {reason}")
    return mismatches_of_system(request, given)
