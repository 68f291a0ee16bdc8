"""What the README and the story show is what the program does."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import subsim
from subsim.membership.phases import diagram

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
STORY = (ROOT / "docs" / "story.md").read_text(encoding="utf-8")
EXAMPLES = [
    example
    for page in (README, STORY)
    for example in re.findall(r"```console\n\$ subsim ([^\n]*)\n(.*?)```", page, re.DOTALL)
]


def test_the_state_diagram_is_drawn_from_the_transition_table() -> None:
    assert f"```mermaid\n{diagram()}\n```" in README


def test_the_readme_shows_examples() -> None:
    assert EXAMPLES


@pytest.mark.parametrize(("command", "shown"), EXAMPLES, ids=[command for command, _ in EXAMPLES])
def test_an_example_prints_what_the_page_shows(command: str, shown: str) -> None:
    environment = os.environ | {"COLUMNS": "100", "LC_ALL": "C.UTF-8"}
    printed = subprocess.run(
        [sys.executable, "-m", "subsim", *shlex.split(command)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert printed.stdout == shown


def test_the_readme_is_a_tour_of_at_most_250_lines() -> None:
    assert len(README.splitlines()) <= 250


def test_the_scenario_in_the_readme_holds() -> None:
    stories = re.findall(r"```yaml\n(scenario:.*?)```", README, re.DOTALL)
    assert stories
    for story in stories:
        assert [result.mismatches for result in subsim.check(subsim.loads(story))] == [()]
