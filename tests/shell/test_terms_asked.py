"""Every command that takes readings takes those of the law too."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from subsim.basics.languages import language
from subsim.shell.commands import main

STORY = """\
scenario: A member from 2015
prices: {basis: 149.00}
until: 2015-09-01
timeline:
  - {date: 2015-01-15, event: sign_up, package: basis}
"""
MORE = {
    "what-if": ("--try", "2015-03-01 give_notice"),
    "draw": ("--output", "life.svg"),
    "retention": ("--policy", "kabelplus"),
    "compare": ("--until", "2015-09-01"),
}
"""What a command needs beside the scenario."""
CONTEXT = click.Context(main, obj=language("en"))
ASKING = [
    name
    for name in main.list_commands(CONTEXT)
    if name not in ("conformance", "terms")  # which ask of no scenario
    and any(each.name == "readings" for each in (main.get_command(CONTEXT, name) or main).params)
]


@pytest.mark.parametrize("command", ASKING)
def test_a_command_takes_a_reading_of_a_law_point(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    arguments = [command, "-", *MORE.get(command, ()), "--lang", "en", "--reading", "law-25-pay=nothing"]
    result = CliRunner().invoke(main, arguments, input=STORY)
    assert (result.exit_code, result.exception) == (0, None)


@pytest.mark.parametrize("command", [each for each in ASKING if each != "retention"])
@pytest.mark.parametrize("option", [("--reading", "gdpr.closed-days=customary"), ("--number", "gdpr.answer-months=2")])
def test_what_is_chosen_for_a_policy_that_the_file_does_not_name_is_refused(
    command: str, option: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    arguments = [command, "-", *MORE.get(command, ()), "--lang", "en", *option]
    result = CliRunner().invoke(main, arguments, input=STORY)
    name = option[1].partition("=")[0]
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"'{name}' belongs to a policy, and the file names none\nadd retention: {{policy: NAME}}" in result.stderr


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (
            ("--reading", "gdpr.closed-day=x"),
            "no contested point is called 'gdpr.closed-day'; did you mean 'gdpr.closed-days'?",
        ),
        (("--number", "cekura.main-months=2"), "no number is called 'cekura.main-months'"),
        (("--number", "gdpr.answer-months=3661"), "at most 3660"),
    ],
)
def test_what_the_policy_of_the_file_does_not_have_is_refused_by_every_command(
    option: tuple[str, str], said: str
) -> None:
    story = STORY + "retention: {policy: kabelplus}\n"
    result = CliRunner().invoke(main, ["replay", "-", "--lang", "en", *option], input=story)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


@pytest.mark.parametrize("command", [["terms"], ["conformance", "export", "--only", "shortest"]])
def test_what_no_policy_is_asked_of_takes_no_reading_of_one(command: list[str]) -> None:
    result = CliRunner().invoke(main, [*command, "--lang", "en", "--reading", "gdpr.closed-days=customary"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "'gdpr.closed-days' belongs to a policy" in result.stderr


def test_all_the_commands_that_ask_of_a_scenario_are_among_them() -> None:
    assert ASKING == [
        "can-cancel",
        "cheapest-exit",
        "coming",
        "compare",
        "draw",
        "explain",
        "letter",
        "replay",
        "retention",
        "run",
        "what-if",
    ]
