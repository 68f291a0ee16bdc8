"""The JSON of every result is what its schema says, over scenarios of every folder; no key is undocumented."""

import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

import subsim
from subsim.answers.in_doubt.answer import AnswerInDoubt
from subsim.answers.question import case_of
from subsim.answers.verification import verify
from subsim.api.schemas import RESULTS, WITH_SCHEMA, result_schema
from subsim.base.database import make
from subsim.basics.dates import days_after
from subsim.basics.faults import InputErrors
from subsim.basics.json_object import JsonObject, table_of
from subsim.basics.languages import language
from subsim.checks.run import Run, tally
from subsim.exploring.contradictions import PairComparison
from subsim.exploring.exploration import STANDARD, Exploration, NoWayOut, TargetResult
from subsim.exploring.targets import TARGETS
from subsim.files.schema import FILE_SCHEMAS
from subsim.pages.letter import letter_page
from subsim.retention.compare import compare_data
from subsim.retention.retention import retention
from subsim.shell.commands import main
from subsim.shell.commands.catalogues import FILES as FILE_KINDS
from subsim.shell.commands.catalogues import SCHEMAS
from tests.support.command import REPOSITORY
from tests.support.members import Base

FOLDERS = sorted({path.parent for path in (REPOSITORY / "scenarios").rglob("*.yaml")})
FILES = [sorted(folder.glob("*.yaml"))[index] for folder in FOLDERS for index in (0,)]


def of_letter(scenario: subsim.Scenario, day: Any) -> Any:
    document = subsim.letter(scenario, day)
    return verify(document.markdown, scenario, lambda anew: letter_page(anew, "markdown"))


def law_of(scenario: subsim.Scenario, day: Any) -> Any:
    answer = subsim.can_cancel(scenario, day)
    return None if isinstance(answer, AnswerInDoubt) else answer.law


ASK: dict[str, Callable[[subsim.Scenario, Any], Any]] = {
    "can-cancel": lambda scenario, day: subsim.can_cancel(scenario, day, wanted_end=days_after(day, 90)),
    "cheapest-exit": lambda scenario, day: subsim.cheapest_exit(scenario, day),
    "coming": lambda scenario, day: subsim.coming(scenario, day),
    "compare": lambda scenario, day: subsim.compare(scenario, day),
    "compare-retention": lambda scenario, day: compare_data(case_of(scenario), day) if scenario.policy else None,
    "explain": lambda scenario, day: subsim.explain(scenario, day),
    "law": law_of,
    "replay": lambda scenario, day: subsim.replay(scenario, day),
    "retention": lambda scenario, day: retention(case_of(scenario), day) if scenario.policy else None,
    "run": lambda scenario, _day: Run(tally=tally(cases := subsim.check(scenario)), results=tuple(cases)),
    "verify": of_letter,
    "what-if": lambda scenario, day: subsim.what_if(scenario, f"{day} give_notice", days_after(day, 200)),
}
"""Each result of a scenario as of a day."""


@cache
def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(result_schema(name))


def results(name: str) -> Iterator[tuple[Path, Any]]:
    """The JSON of a result for every scenario that can be asked for it on its last day."""
    for path in FILES:
        scenario = subsim.load(path)
        try:
            found = ASK[name](scenario, scenario.until_of())
        except InputErrors:  # several subscriptions, or a timeline that cannot be replayed on
            continue
        if found is not None:
            yield path, json.loads(json.dumps(found.to_dict()))


@pytest.mark.parametrize("name", WITH_SCHEMA)
def test_a_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(result_schema(name))


@pytest.mark.parametrize("name", RESULTS)
def test_the_results_of_scenarios_of_every_folder_fulfil_their_schema(name: str) -> None:
    faults = [
        (path.name, list(fault.absolute_path), fault.message)
        for path, found in results(name)
        for fault in validator(name).iter_errors(found)
    ]
    assert faults == []


@pytest.mark.parametrize("name", RESULTS)
def test_a_key_that_is_not_documented_is_a_fault(name: str) -> None:
    _path, found = next(results(name))
    assert [fault.validator for fault in validator(name).iter_errors({**found, "more": 1})] == ["additionalProperties"]


@pytest.mark.parametrize("name", ["clauses", "policies", "readings"])
def test_the_catalogues_fulfil_their_schema(name: str) -> None:
    found = json.loads(CliRunner().invoke(main, [name, "--format", "json"]).stdout)
    assert list(validator(name).iter_errors(found)) == []


def test_the_provisions_of_the_law_fulfil_their_schema() -> None:
    found = json.loads(CliRunner().invoke(main, ["clauses", "--source", "law", "--format", "json"]).stdout)
    assert (found[0]["id"], list(validator("clauses-law").iter_errors(found))) == ("fal.4", [])


def test_the_terms_as_json_are_a_file_of_terms() -> None:
    found = json.loads(CliRunner().invoke(main, ["terms", "--number", "notice-days=20", "--format", "json"]).stdout)
    schema = Draft202012Validator(FILE_SCHEMAS["terms"]())
    assert (found["numbers"]["notice-days"], list(schema.iter_errors(found))) == (20, [])


@pytest.mark.parametrize("more", [[], ["--coverage"]])
def test_one_policy_fulfils_the_schema_of_policies(more: list[str]) -> None:
    found = json.loads(CliRunner().invoke(main, ["policies", "cs-movies", "--format", "json", *more]).stdout)
    assert (found["policy"], list(validator("policies").iter_errors(found))) == ("cs-movies", [])


ANNA = """\
scenario: Anna leaves in the binding
prices: {basis: 149.00}
member: {id: anna, name: Anna}
timeline:
  - {date: 2020-01-15, event: sign_up, package: basis}
  - {date: 2020-03-01, event: log_in}
"""


def test_the_commands_of_a_base_fulfil_their_schemas(tmp_path: Path) -> None:
    file, faulty, url = tmp_path / "anna.yaml", tmp_path / "bo.yaml", f"sqlite:///{tmp_path}/members.db"
    file.write_text(ANNA, encoding="utf-8")
    faulty.write_text(ANNA.replace("149.00", "149,00"), encoding="utf-8")
    make(url).close()
    base, found = Base(url), {}
    for name, *arguments in (
        ("import", file, faulty),
        ("record", "anna", "2020-03-02 log_in", "--dry-run"),
        ("record", "anna", "2020-03-02 give_notice", "--by", "mette", "--note", "by phone"),
        ("correct", "anna", "2", "2020-03-03 log_in"),
        ("retract", "anna", "2"),
        ("list",),
        ("show", "anna"),
        ("history", "anna"),
        ("export", "-o", tmp_path / "members.ndjson"),
    ):
        found[name] = json.loads(base.members(name, *arguments, "--format", "json").stdout)
        schema = f"members-{'record' if name in ('correct', 'retract') else name}"
        assert list(validator(schema).iter_errors(found[name])) == [], name
    left = (len(found["import"]["refused"]), found["export"]["left"], found["history"]["history"][-1]["event"])
    assert left == (1, ["anna"], None)


POLICY = "retention: {policy: kabelplus, settings: {clean_up: 02-01}}\n"


def test_a_base_its_header_and_an_erasure_fulfil_their_schemas(tmp_path: Path) -> None:
    base, header, file = Base(f"sqlite:///{tmp_path}/members.db"), tmp_path / "header.yaml", tmp_path / "anna.yaml"
    header.write_text(f"prices: {{basis: 149.00}}\n{POLICY}", encoding="utf-8")
    file.write_text(f"{POLICY}{ANNA}  - {{date: 2020-08-01, event: give_notice}}\n", encoding="utf-8")
    found = {}
    for name, *arguments in (("init",), ("upgrade",), ("header", header), ("import", file), ("erase", "anna")):
        found[name] = json.loads(base.members(name, *arguments, "--format", "json").stdout)
        schema = Draft202012Validator(FILE_SCHEMAS["header"]()) if name == "header" else validator(f"members-{name}")
        assert list(schema.iter_errors(found[name])) == [], name
    assert (len(found["erase"]["disposed"]) > 0, found["erase"]["kept"]) == (True, [])


def test_an_exploration_fulfils_its_schema() -> None:
    found = Exploration(
        events=1,
        merged=0,
        replays=1,
        reached=(TargetResult(TARGETS[0]),),
        unexpected=(),
        no_way_out=(NoWayOut(STANDARD, None),),
        compared=PairComparison(pairs=1, timelines=1, contradictions=()),
    )
    assert list(validator("explore").iter_errors(json.loads(json.dumps(found.to_dict())))) == []


def test_every_key_says_what_it_holds() -> None:
    objects = [each for name in WITH_SCHEMA for each in result_schema(name)["$defs"].values()]
    silent = [key for each in objects for key, value in each["properties"].items() if not value["description"].strip()]
    assert silent == []


def test_a_title_stands_for_one_object_in_all_schemas() -> None:
    of_title: dict[str, Any] = {}
    for name in WITH_SCHEMA:
        for title, each in result_schema(name)["$defs"].items():
            assert of_title.setdefault(title, each) == each, title


def test_every_json_object_is_in_some_schema() -> None:
    def below(kind: type[JsonObject]) -> Iterator[type[JsonObject]]:
        for each in kind.__subclasses__():
            yield each
            yield from below(each)

    titles = {title for name in WITH_SCHEMA for title in result_schema(name)["$defs"]}
    found = {
        table_of(each).title
        for each in below(JsonObject)
        if "KEYS" in vars(each) and not each.__module__.startswith("subsim.base.")  # which the API describes
    }
    merged = {"Advice", "Account", "Tally", "TermsChoice"}  # whose keys stand among those of others
    assert found - titles == merged


def test_the_command_names_the_files_and_every_result() -> None:
    assert set(SCHEMAS) == {*FILE_KINDS, *WITH_SCHEMA}


@pytest.mark.parametrize("name", WITH_SCHEMA)
def test_the_command_prints_the_schema(name: str) -> None:
    result = CliRunner().invoke(main, ["schema", "--of", name])
    assert json.loads(result.output) == result_schema(name)


@pytest.mark.parametrize("name", WITH_SCHEMA)
def test_all_that_a_schema_says_of_a_result_is_said_in_danish_too(name: str) -> None:
    objects = result_schema(name)["$defs"].values()
    said = [each["description"] for of in objects for each in (of, *of["properties"].values())]
    sums = "still_to_pay - refund - falls_away"  # which is the names of keys
    assert [words for words in said if language("da").translate(words) == words and words != sums] == []


@pytest.mark.parametrize(("code", "heading"), [("en", "what it says"), ("da", "hvad den siger")])
def test_the_command_shows_the_schema_as_tables(code: str, heading: str) -> None:
    result = CliRunner().invoke(main, ["schema", "--of", "replay", "--format", "table", "--lang", code])
    assert (heading in result.output, "binding_ends" in result.output) == (True, True)
