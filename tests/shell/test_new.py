"""Files to start from, and what the shell completes."""

from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

from subsim.api import check
from subsim.basics.languages import CODES, Code, language
from subsim.files.scenario import loads
from subsim.files.start import TEMPLATES, start
from subsim.shell.commands import main


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_holds_and_expects_something(name: str, code: Code) -> None:
    results = check(loads(start(name, code)))
    assert [result.mismatches for result in results] == [()] * len(results)
    assert not any(result.expects_nothing for result in results)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_tells_the_same_in_both_languages(name: str) -> None:
    english, danish = (loads(start(name, code)) for code in CODES)
    assert english.facts == danish.facts
    assert english.sentence != danish.sentence
    assert all("#" in start(name, code) for code in CODES)


def new(*arguments: str) -> str:
    """What `subsim new` says."""
    result = CliRunner().invoke(main, ["new", *arguments, "--lang", "en"])
    return f"{result.exit_code}: {result.output}"


def test_the_plainest_template_is_written_where_none_is_named(tmp_path: Path) -> None:
    file = tmp_path / "one.yaml"
    assert new("-o", str(file)) == "0: "
    assert file.read_text(encoding="utf-8") == start("notice", "en")


def test_a_file_that_is_there_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "one.yaml"
    file.write_text("mine", encoding="utf-8")
    assert "is there already: name another" in new("-o", str(file))
    assert file.read_text(encoding="utf-8") == "mine"


def test_a_template_goes_to_standard_output_too() -> None:
    assert new("--template", "trial", "-o", "-") == f"0: {start('trial', 'en')}"


def test_an_unknown_template_names_the_nearest() -> None:
    assert "did you mean 'price-rise'?" in new("--template", "pricerise", "-o", "-")


# Completion


def completed(*words: str, incomplete: str = "") -> list[str]:
    """What is offered for a word after these."""
    shell = ShellComplete(main, {"obj": language("en")}, "subsim", "_SUBSIM_COMPLETE")
    return [item.value if item.type == "plain" else item.type for item in shell.get_completions([*words], incomplete)]


@pytest.fixture
def story(tmp_path: Path) -> str:
    file = tmp_path / "story.yaml"
    file.write_text(start("two-subscriptions", "en"), encoding="utf-8")
    return str(file)


def test_files_are_completed_where_one_is_read_or_written() -> None:
    assert completed("replay") == ["file"]
    assert completed("run") == ["file"]
    assert completed("draw", "-o") == ["file"]


def test_readings_and_numbers_are_completed() -> None:
    assert completed("replay", "--reading", incomplete="notice-in-binding") == [
        "notice-in-binding=counts",
        "notice-in-binding=ends-at-binding",
        "notice-in-binding=refused",
    ]
    assert completed("replay", "--number", incomplete="notice") == ["notice-days="]


def test_subjects_and_subscriptions_are_those_of_the_file(story: str) -> None:
    assert completed("can-cancel", story, "--subscription") == ["home", "summer-house"]
    assert completed("explain", story, "--about", incomplete="home.binding") == ["home.binding_ends"]
    assert completed("explain", story, "--about", incomplete="refund") == []


def test_a_file_that_cannot_be_read_completes_nothing(tmp_path: Path) -> None:
    assert completed("explain", str(tmp_path / "none.yaml"), "--about") == []


def test_words_of_a_closed_list_are_completed() -> None:
    assert completed("new", "--template", incomplete="t") == ["trial", "two-subscriptions"]
    assert completed("replay", "--profile", incomplete="m") == ["member"]


def test_every_argument_and_option_that_names_a_file_completes_files() -> None:
    named = {"file", "paths", "letter", "output"}
    group = main.get_command
    found: dict[str, object] = {}
    for name in ("run", "replay", "can-cancel", "what-if", "compare", "explain", "draw", "letter", "verify", "new"):
        command = group(click.Context(main, obj=language("en")), name)
        assert command is not None
        found |= {f"{name} {each.name}": each._custom_shell_complete for each in command.params if each.name in named}
    assert [name for name, completes in found.items() if completes is None] == []
