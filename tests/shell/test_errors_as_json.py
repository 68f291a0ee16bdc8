"""With `--format json` what keeps a command from its result is JSON on standard output too, and the exit code is 2."""

import json
from pathlib import Path

import pytest

from tests.support.command import in_process as subsim

COMMA = "scenario: x\nprices: {basis: 149,00}\ntimeline:\n  - {date: 2020-01-01, event: sign_up, package: basis}\n"


@pytest.mark.parametrize("command", ["replay", "can-cancel", "compare", "explain", "cheapest-exit"])
@pytest.mark.parametrize("lang", ["en", "da"])
def test_the_faults_of_a_file_are_json(tmp_path: Path, command: str, lang: str) -> None:
    path = tmp_path / "comma.yaml"
    path.write_text(COMMA)
    result = subsim(command, path, "--format", "json", "--lang", lang)
    assert result.returncode == 2
    assert json.loads(result.stdout) == {
        "errors": [
            {
                "file": str(path),
                "line": 2,
                "column": 17,
                "message": "prices.basis is '149,00': write 149.00, with a decimal point",
                "remedy": "expected an amount of kroner such as 149.00",
            }
        ]
    }


def test_a_wrong_option_is_json_too() -> None:
    result = subsim("replay", "x.yaml", "--profile", "membr", "--format", "json")
    (error,) = json.loads(result.stdout)["errors"]
    assert (result.returncode, error["file"], error["line"], error["column"]) == (2, None, None, None)
    assert "did you mean 'member'?" in error["message"]


@pytest.mark.parametrize(
    ("arguments", "message", "remedy"),
    [
        (
            ("replay", "x.yaml", "--profile", "membr"),
            "Invalid value for '--profile': no profile is called 'membr'; did you mean 'member'?",
            "there are standard, member and operator",
        ),
        (("can-cancel",), "Missing argument 'FILE'.", None),
        (("replay", "x.yaml", "--untill", "2020-01-01"), "No such option '--untill'. Did you mean '--until'?", None),
        (
            ("can-cancel", "x.yaml", "--date", "foo"),
            "Invalid value for '--date': 'foo': not a date of the form YYYY-MM-DD",
            None,
        ),
        (("members", "history"), "Missing argument 'ID'.", None),
        (("members", "lost"), "No such command 'lost'. Did you mean 'list'?", None),
        (("retention", "x.yaml", "--output", "o"), "--output is the file of a letter: add --letter", None),
        (("explore", "--events", "99"), "Invalid value for '--events': 99 is not in the range 1<=x<=4.", None),
    ],
)
@pytest.mark.parametrize("lang", ["en", "da"])
def test_a_fault_of_the_command_line_is_the_same_json_in_all_languages(
    arguments: tuple[str, ...], message: str, remedy: str | None, lang: str
) -> None:
    result = subsim(*arguments, "--format", "json", "--lang", lang)
    expected = {"file": None, "line": None, "column": None, "message": message, "remedy": remedy}
    assert (result.returncode, json.loads(result.stdout)) == (2, {"errors": [expected]})


def test_beside_the_json_the_fault_is_told_in_the_language_of_the_command() -> None:
    result = subsim("can-cancel", "--format", "json", "--lang", "da")
    assert result.stderr.endswith("Fejl: Der mangler argumentet 'FIL'.\n")


def test_a_missing_file_is_json_too() -> None:
    result = subsim("replay", "gone.yaml", "--format=json")
    (error,) = json.loads(result.stdout)["errors"]
    assert (result.returncode, error["file"]) == (2, "gone.yaml")


def test_without_json_standard_output_stays_empty() -> None:
    result = subsim("replay", "gone.yaml")
    assert (result.returncode, result.stdout) == (2, "")


def test_no_scenario_of_a_folder_is_passed_over_by_the_case_of_its_ending(tmp_path: Path) -> None:
    story = COMMA.replace("149,00", "149.00")
    for name in ("a.yaml", "B.YAML", "c.Yml", "d.yaml~"):
        (tmp_path / name).write_text(story)
    assert json.loads(subsim("run", tmp_path, "--format", "json").stdout)["files"] == 3


def test_run_names_the_faults_of_each_file_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "comma.yaml"
    path.write_text(COMMA)
    found = json.loads(subsim("run", path, "--format", "json").stdout)
    assert (found["errors"], found["results"][0]["faults"]) == (
        1,
        [
            {
                "file": str(path),
                "line": 2,
                "column": 17,
                "message": "prices.basis is '149,00': write 149.00, with a decimal point",
                "remedy": "expected an amount of kroner such as 149.00",
            }
        ],
    )


def test_a_case_that_is_read_has_no_faults(tmp_path: Path) -> None:
    path = tmp_path / "point.yaml"
    path.write_text(COMMA.replace("149,00", "149.00"))
    (result,) = json.loads(subsim("run", path, "--format", "json").stdout)["results"]
    assert "faults" not in result


@pytest.mark.parametrize("lang", ["en", "da"])
def test_a_remedy_stands_in_its_own_key(tmp_path: Path, lang: str) -> None:
    url = f"sqlite:///{tmp_path}/gone.db"
    result = subsim("members", "list", "--database", url, "--format", "json", "--lang", lang)
    assert (result.returncode, json.loads(result.stdout)["errors"]) == (
        2,
        [
            {
                "file": None,
                "line": None,
                "column": None,
                "message": f"there is no base at {url}",
                "remedy": "make one: subsim members init --database URL",
            }
        ],
    )


@pytest.mark.parametrize(
    "command",
    [
        ("portfolio", "run", "members.ndjson", "-o"),
        ("portfolio", "law", "members.ndjson", "-o"),
        ("conformance", "--system-command", "cat", "--out"),
    ],
)
def test_a_hyphen_is_no_folder_for_results(command: tuple[str, ...]) -> None:
    result = subsim(*command, "-")
    assert result.returncode == 2
    assert result.stderr.endswith(
        "the results are files, which do not go to standard output: name a folder, ./- for one called -\n"
    )
    assert not Path("-").exists()
