"""Every command that takes readings takes those of the law too."""

from pathlib import Path

import pytest
from click.testing import CliRunner

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
ASKING = [
    name
    for name, command in main.commands.items()
    if any(each.name == "readings" for each in command.params) and name not in ("portfolio", "conformance")
]


@pytest.mark.parametrize("command", ASKING)
def test_a_command_takes_a_reading_of_a_law_point(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    arguments = [command, "-", *MORE.get(command, ()), "--lang", "en", "--reading", "law-25-pay=nothing"]
    result = CliRunner().invoke(main, arguments, input=STORY)
    assert (result.exit_code, result.exception) == (0, None)


def test_all_the_commands_that_ask_of_a_scenario_are_among_them() -> None:
    assert ASKING == [
        "run",
        "replay",
        "can-cancel",
        "what-if",
        "cheapest-exit",
        "coming",
        "letter",
        "draw",
        "explain",
        "compare",
        "retention",
    ]
