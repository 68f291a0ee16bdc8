"""Another system held to the terms: what is told by clause, and what is said of a system that does not answer."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from subsim.api.schemas import result_schema
from subsim.basics.texts import Message
from subsim.checks.coverage import items
from subsim.shell.commands import main
from subsim.testing import engine
from subsim.testing.conformance import cases
from subsim.testing.conformance.cases import Question, of_scenarios, of_shortest
from subsim.testing.conformance.run import Conformance, Run, judge
from subsim.testing.conformance.systems import NotSupported, System, SystemFault, command_of, command_of_object

REPOSITORY = Path(__file__).parents[2]
NOTICE = """\
scenario: A notice after the binding
prices: {basis: 149.00}
until: 2020-12-31
timeline:
  - {date: 2020-01-15, event: sign_up, package: basis, payment: invoice}
  - {date: 2020-08-31, event: give_notice}
"""
UPGRADE = NOTICE.replace("basis: 149.00", "basis: 149.00, family: 299.00").replace(
    "event: give_notice", "event: change_package, to: family"
)


class Within(System):
    """A system that is a function of the test's own process."""

    def __init__(self, answer: Callable[[dict[str, Any]], Any]) -> None:
        super().__init__(command=["none"], timeout=1)
        self.answer = answer

    def ask(self, request: dict[str, Any]) -> Any:
        return self.answer(request)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two scenarios."""
    found = tmp_path / "stories"
    found.mkdir()
    (found / "notice.yaml").write_text(NOTICE, encoding="utf-8")
    (found / "upgrade.yaml").write_text(UPGRADE, encoding="utf-8")
    return found


def questions(folder: Path) -> list[Question]:
    return list(of_scenarios(sorted(folder.glob("*.yaml")), folder))


def run_of(folder: Path, answer: Callable[[dict[str, Any]], Any]) -> Conformance:
    run = Run(Within(answer), lambda result: None)
    run.ask(questions(folder), lambda number: None)
    list(run.reduce())
    return Conformance("a system", tuple(run.results.values()), run.smallest, run.stopped)


def invoke(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["conformance", *map(str, arguments)], env={"COLUMNS": "100"})


def script(text: str) -> str:
    """The command line of a small program, which starts at once."""
    return f"{sys.executable} -S -c '{text}'"


def test_the_json_of_agreement_difference_and_error_fulfils_its_schema(folder: Path) -> None:
    def half(request: dict[str, Any]) -> Any:
        if any(event["event"] == "change_package" for event in request["timeline"]):
            return {"invoices": []}
        return "no outcome"

    schema = Draft202012Validator(result_schema("conformance"))
    for answer, statuses in ((engine.replay, ["agrees", "agrees"]), (half, ["error", "differs"])):
        found = json.loads(json.dumps(run_of(folder, answer).to_dict()))
        assert [each["status"] for each in found["results"]] == statuses
        assert list(schema.iter_errors(found)) == []


# By clause


def test_a_system_that_does_as_the_terms_agrees_on_every_clause(folder: Path) -> None:
    found = run_of(folder, engine.replay)
    assert [result.status for result in found.results] == ["agrees", "agrees"]
    assert found.by_clause()["priser.3"] == {"agrees": 1, "differs": 0, "not_supported": 0}


def test_what_the_system_can_not_do_is_told_by_clause_and_is_no_difference(folder: Path) -> None:
    def no_upgrades(request: dict[str, Any]) -> Any:
        if any(event["event"] == "change_package" for event in request["timeline"]):
            return NotSupported("no upgrades")
        return engine.replay(request)

    found = run_of(folder, no_upgrades)
    assert [result.status for result in found.results] == ["agrees", "not_supported"]
    assert found.by_clause()["priser.3"] == {"agrees": 0, "differs": 0, "not_supported": 1}


def test_a_part_of_the_outcome_that_the_system_does_not_give_is_not_supported(folder: Path) -> None:
    only_states = run_of(folder, lambda request: {"subscriptions": engine.replay(request)["subscriptions"]})
    assert only_states.by_clause()["priser.3"] == {"agrees": 1, "differs": 0, "not_supported": 0}
    only_payments = run_of(folder, lambda request: {"payments": engine.replay(request)["payments"]})
    assert only_payments.by_clause()["priser.3"] == {"agrees": 0, "differs": 0, "not_supported": 1}


def test_where_the_system_parts_the_clause_differs_and_has_a_smallest_scenario(folder: Path) -> None:
    def forgets_upgrades(request: dict[str, Any]) -> Any:
        timeline = [event for event in request["timeline"] if event["event"] != "change_package"]
        return {"invoices": engine.replay(request | {"timeline": timeline})["invoices"]}

    found = run_of(folder, forgets_upgrades)
    assert found.by_clause()["priser.3"] == {"agrees": 0, "differs": 1, "not_supported": 0}
    assert found.by_clause()["betaling.5"]["differs"] == 0
    assert list(found.smallest) == ["priser.3"]
    assert found.smallest["priser.3"].line == (
        "2020-01-15 sign_up package: basis; 2020-08-31 change_package to: family"
    )


def test_what_comes_after_the_parting_is_not_judged(folder: Path) -> None:
    def first_line_is_free(request: dict[str, Any]) -> Any:
        lines = engine.replay(request)["invoices"]
        return {"invoices": [lines[0] | {"amount": "0.00"}, *lines[1:]]}

    result = judge(questions(folder)[1], Within(first_line_is_free))
    assert result.clauses["betaling.2"] == "differs"
    assert "priser.3" not in result.clauses


# What is asked


def test_the_shortest_timelines_reach_all_that_there_is_to_reach() -> None:
    reached = [name for question in of_shortest() for name in question.id.removeprefix("shortest/").split(", ")]
    expected = [
        *(f"clause {each}" for each in items("clauses") if not each.startswith("persondata.")),
        *(f"reading {each}" for each in items("readings")),
        *(f"move {each}" for each in items("transitions")),
        *(f"route {each}" for each in items("routes")),
    ]
    assert sorted(set(expected) - set(reached)) == []


def test_scenarios_on_personal_data_are_left_out() -> None:
    folder = REPOSITORY / "scenarios"
    asked = {each.id for each in of_scenarios(sorted((folder / "retention").rglob("*.yaml"))[:3], folder)}
    assert asked == set()


def test_drawn_timelines_are_the_same_for_the_same_seed() -> None:
    one, same, other = ([json.dumps(each.request.to_dict()) for each in cases.of_random(5, seed)] for seed in (7, 7, 8))
    assert one == same
    assert [line.split("timeline")[1] for line in one] != [line.split("timeline")[1] for line in other]


def test_the_export_gives_each_case_with_what_the_terms_make_of_it(folder: Path) -> None:
    lines = invoke("export", "--scenarios", folder, "--only", "scenario").stdout.splitlines()
    exported = [json.loads(line) for line in lines]
    assert [each["case"] for each in exported] == ["scenario/notice", "scenario/upgrade"]
    assert exported[0]["request"]["timeline"][1] == {
        "date": "2020-08-31",
        "event": "give_notice",
        "subscription": "main",
        "ground": None,
        "wanted_end": None,
    }
    assert exported[0]["expected"]["subscriptions"][0]["ended_on"] == "2020-10-15"
    assert exported[1]["expected"]["totals"]["charged"] == "2688.00"


# A system that does not answer


def asked(command: str, timeout: float = 5) -> str:
    """What is said of a system that is asked once."""
    system = System(command_of(command), timeout)
    try:
        with pytest.raises(SystemFault) as caught:
            system.ask({"case": "one", "timeline": ["…" * 100_000]})
        return str(caught.value.text)
    finally:
        system.close()


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("/no/such/program", "/no/such/program cannot be started: "),
        (script("import sys; sys.exit(7)"), "it ended with exit code 7"),
        (script('import sys; sys.exit("no licence")'), "it ended with exit code 1: no licence"),
        (script("import os; os.kill(os.getpid(), 9)"), "it was ended by SIGKILL"),
        (script('input(); print("ready!", flush=True); input()'), "the answer is no JSON: ready!"),
        (script("input(); print([1], flush=True); input()"), "the answer is no mapping: [1]"),
        (script('input(); print("{\\"case\\": \\"two\\"}", flush=True)'), "asked about one, it answered about two"),
        (script('input(); print("{\\"error\\": \\"no price\\"}", flush=True)'), "it failed: no price"),
    ],
)
def test_what_a_bad_system_does_is_told(command: str, words: str) -> None:
    assert asked(command).startswith(words)


def test_a_system_that_hangs_is_waited_for_only_so_long() -> None:
    assert asked(script("import time; time.sleep(60)"), timeout=0.2) == "no answer within 0.2 seconds"


def test_a_system_that_reads_nothing_and_ends_is_told() -> None:
    assert asked("true") == "it ended with exit code 0"


def test_a_system_that_died_midway_is_started_anew_and_the_rest_is_asked() -> None:
    system = System(command_of(script('print(input().replace("timeline", "totals"), flush=True)')), 5)
    try:
        assert system.ask({"case": "one", "timeline": {}}) == {"case": "one", "totals": {}}
        with pytest.raises(SystemFault, match="it ended with exit code 0"):
            system.ask({"case": "two"})
        assert system.ask({"case": "three", "timeline": {}}) == {"case": "three", "totals": {}}
    finally:
        system.close()


@pytest.mark.parametrize("given", ["billing", "billing:", ":replay", "a b:c", "billing:a b"])
def test_a_system_that_is_not_named_as_module_and_object_is_refused(given: str) -> None:
    with pytest.raises(ValueError, match="is not of the form MODULE:OBJECT"):
        command_of_object(given)


def test_after_five_cases_without_an_outcome_no_more_is_asked() -> None:
    folder = REPOSITORY / "scenarios"
    files = sorted((folder / "binding").glob("*.yaml"))

    def fails(request: dict[str, Any]) -> Any:
        raise SystemFault(Message("it closed its output"))

    run = Run(Within(fails), lambda result: None)
    run.ask(of_scenarios(files, folder), lambda number: None)
    assert len(run.results) == 5
    assert str(run.stopped) == "the system gave no outcome for 5 cases in a row"


# The command


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Writes a module `toy` whose function `replay` has this body, and gives its name for --system."""
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{REPOSITORY}")
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")  # of two bodies written in one second the first would stay

    def written(body: str) -> str:
        (tmp_path / "toy.py").write_text(f"def replay(request):\n    {body}\n", encoding="utf-8")
        return "toy:replay"

    return written


def test_the_command_names_the_clause_and_exits_with_1(folder: Path, toy: Callable[[str], str]) -> None:
    done = invoke("--system", toy("return {'invoices': []}"), "--scenarios", folder, "--only", "scenario")
    assert done.exit_code == 1
    assert "cases: 2; agree: 0; differ: 2; not supported: 0; without an outcome: 0" in done.stdout
    assert "2020-01-15 betaling.2: invoices[0] is nothing, expected" in " ".join(done.stdout.split())


def test_an_exception_in_the_system_is_told_with_its_place_and_exits_with_2(
    folder: Path, toy: Callable[[str], str]
) -> None:
    done = invoke("--system", toy("return request['prise']"), "--scenarios", folder, "--only", "scenario")
    assert done.exit_code == 2
    assert "scenario/notice: it failed: KeyError: 'prise' (toy.py:2)" in " ".join(done.stdout.split())
    assert "Traceback" not in done.output


def test_what_the_system_prints_does_not_spoil_its_answers(folder: Path, toy: Callable[[str], str]) -> None:
    done = invoke("--system", toy("print('hello'); raise NotImplementedError('soon')"), "--scenarios", folder,
                  "--only", "scenario", "--format", "json")  # fmt: skip
    found = json.loads(done.stdout)
    assert (done.exit_code, found["not_supported"], found["errors"]) == (0, 2, 0)
    assert [each["reason"] for each in found["results"]] == ["soon", "soon"]


def test_a_module_that_is_not_there_is_told_once(folder: Path) -> None:
    done = invoke("--system", "no_such_module:replay", "--scenarios", folder, "--only", "scenario")
    assert done.exit_code == 2
    assert "ModuleNotFoundError: No module named 'no_such_module'" in " ".join(done.stdout.split())


def test_a_run_is_kept_and_gone_on_with(folder: Path, tmp_path: Path, toy: Callable[[str], str]) -> None:
    """The first run dies in its second case; its first result stands, and the torn line that it left is mended."""
    out = tmp_path / "out"
    options = ("--scenarios", folder, "--only", "scenario", "--out", out, "--format", "json")
    broken = toy("assert len(request['prices']) == 1; return {'totals': {'charged': 1341}}")
    first = json.loads(invoke("--system", broken, *options).stdout)
    assert [each["status"] for each in first["results"]] == ["agrees", "error"]
    results = out / "results.ndjson"
    results.write_text(results.read_text(encoding="utf-8") + '{"id": "scenario/up', encoding="utf-8")
    assert "holds a run: go on with it by --resume" in invoke("--system", broken, *options).stderr
    mended = toy("assert len(request['prices']) == 2; return {'totals': {'charged': 2688}}")
    again = invoke("--system", mended, *options, "--resume")
    assert [each["status"] for each in json.loads(again.stdout)["results"]] == ["agrees", "agrees"]
    other = invoke("--system", "other:replay", *options, "--resume")
    assert (other.exit_code, "holds a run of another system" in other.stderr) == (2, True)


def test_the_smallest_failing_scenarios_are_kept(folder: Path, tmp_path: Path, toy: Callable[[str], str]) -> None:
    out = tmp_path / "out"
    system = toy("return {'subscriptions': [{'id': 'main', 'binding_ends': '2020-07-14'}]}")
    invoke("--system", system, "--scenarios", folder, "--only", "scenario", "--out", out)
    saved = (out / "smallest" / "betaling.5.yaml").read_text(encoding="utf-8")
    assert saved.count("event:") == 1
    assert "binding_ends: 2020-07-15" in saved


def test_junit_has_a_test_for_each_case(folder: Path, toy: Callable[[str], str]) -> None:
    done = invoke("--system", toy("return {'invoices': []}"), "--scenarios", folder, "--only", "scenario",
                  "--format", "junit")  # fmt: skip
    assert '<testsuites name="toy:replay" tests="2" failures="2" errors="0" skipped="0">' in done.stdout
    assert '<testcase classname="subsim.conformance.scenario" name="scenario/notice">' in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "name the system: either --system or --system-command"),
        (("--system", "a:b", "--system-command", "c"), "name the system: either --system or --system-command"),
        (("--system", "toy"), "'toy' is not of the form MODULE:OBJECT"),
        (("--system-command", "run 'it"), "a quote is not closed"),
        (("--system", "a:b", "--resume"), "--resume goes with --out"),
        (("--system", "a:b", "--scenarios", "/no/such/folder"), "there is no folder '/no/such/folder'"),
        (("--system", "a:b", "--event", "give_notic"), "did you mean 'give_notice'?"),
    ],
)
def test_a_wrong_command_line_says_what_to_give(arguments: tuple[str, ...], words: str) -> None:
    done = invoke(*arguments)
    assert (done.exit_code, words in done.stderr) == (2, True)


def test_a_folder_without_scenarios_is_told(tmp_path: Path) -> None:
    done = invoke("--system", "a:b", "--scenarios", tmp_path)
    assert (done.exit_code, "holds no scenario" in done.stderr) == (2, True)
