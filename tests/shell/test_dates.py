"""Dates as people write them on the command line, and in files ISO only; files that expect nothing."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

from subsim.shell.commands import main
from tests.support.command import in_process as subsim

STORY = "scenario: x\nprices: {basis: 149.00}\ntimeline:\n  - {date: 2020-01-15, event: sign_up, package: basis}\n"


@pytest.mark.parametrize(
    ("lang", "echo"), [("en", "31.8.2020: Monday 31 August 2020\n"), ("da", "31.8.2020: mandag den 31. august 2020\n")]
)
def test_it_is_repeated_in_words_with_its_weekday(lang: str, echo: str) -> None:
    result = subsim("can-cancel", "-", "--date", "31.8.2020", "--format", "json", "--lang", lang, stdin=STORY)
    assert (json.loads(result.stdout)["date"], result.stderr) == ("2020-08-31", echo)


def test_an_iso_date_is_not_repeated() -> None:
    assert subsim("can-cancel", "-", "--date", "2020-08-31", stdin=STORY).stderr == ""


def test_today_is_that_of_copenhagen() -> None:
    result = subsim("can-cancel", "-", "--date", "i dag", "--format", "json", stdin=STORY)
    assert json.loads(result.stdout)["date"] == datetime.now(ZoneInfo("Europe/Copenhagen")).date().isoformat()


def test_every_option_that_takes_a_date_reads_it_so() -> None:
    assert json.loads(subsim("replay", "-", "--until", "1/3/2020", "--format", "json", stdin=STORY).stdout)[
        "until"
    ] == ("2020-03-01")


@pytest.mark.parametrize("written", ["15.1.2020", "15/1-2020", "den 15. januar 2020", "Wednesday 15 January 2020"])
def test_in_a_file_the_iso_date_is_proposed(written: str) -> None:
    result = subsim("run", "-", stdin=STORY.replace("2020-01-15", written))
    assert (result.returncode, "write 2020-01-15" in result.stderr) == (2, True)


# Files that expect nothing


def test_a_file_that_expects_nothing_is_named_and_counted() -> None:
    result = subsim("run", "-", stdin=STORY)
    assert (result.returncode, result.stdout) == (0, "1 file, 1 case: all hold.\n\n1 case expects nothing: <stdin>.\n")


@pytest.mark.parametrize("more", ["expect: {state: bound}\n", "ask:\n  - {date: 2020-02-01, can_cancel: true}\n"])
def test_one_that_expects_or_asks_something_is_not(more: str) -> None:
    assert "nothing" not in subsim("run", "-", stdin=STORY + more).stdout


def test_a_question_without_an_answer_expects_nothing() -> None:
    assert "1 case expects nothing" in subsim("run", "-", stdin=STORY + "ask:\n  - {date: 2020-02-01}\n").stdout


ENDING = """\
scenario: An end that stands is expected, and no until is given
prices: {basis: 100.00}
timeline:
  - {date: 2023-02-01, event: sign_up, package: basis, trial_days: 28}
  - {date: 2023-02-01, event: give_notice}
expect: {ends_on: 2023-03-01, state: ending}
"""


def test_an_end_expected_to_stand_on_its_own_day_says_why_it_cannot() -> None:
    result = subsim("run", "-", stdin=ENDING)
    assert result.returncode == 1
    assert "without an earlier until the replay goes on to 2023-03-01, on which it has ended" in " ".join(
        result.stdout.split()
    )


def test_with_an_until_before_it_the_end_stands() -> None:
    assert subsim("run", "-", stdin=ENDING + "until: 2023-02-15\n").returncode == 0


# Days before all that is told, or far behind it


def said(*arguments: str, story: str = STORY) -> str:
    """What a command says beside its answer."""
    result = CliRunner().invoke(main, [*arguments, "--lang", "en"], input=story, color=False)
    assert result.exit_code == 0
    return result.stderr


@pytest.mark.parametrize("command", [("replay", "--until"), ("explain", "--date"), ("compare", "--until")])
def test_a_replay_that_ends_before_the_first_event_says_so(command: tuple[str, str]) -> None:
    name, option = command
    assert said(name, "-", option, "2020-01-14") == (
        "by 14 January 2020 nothing has happened yet: the first event is of 15 January 2020\n"
    )
    assert said(name, "-", option, "2020-01-15") == ""


@pytest.mark.parametrize("command", ["can-cancel", "cheapest-exit", "coming"])
def test_a_question_before_the_sign_up_says_when_that_is(command: str) -> None:
    assert "the first event is of 15 January 2020" in said(command, "-", "--date", "2020-01-01")


def test_a_question_between_other_events_and_the_sign_up_says_when_that_is() -> None:
    later = STORY + "  - {date: 2020-03-01, event: sign_up, package: basis, subscription: two}\n"
    asked = said("can-cancel", "-", "--subscription", "two", "--date", "2020-02-29", story=later)
    assert asked == "on 29 February 2020 two is not yet signed up: that comes on 1 March 2020\n"
    assert said("can-cancel", "-", "--subscription", "two", "--date", "2020-03-01", story=later) == ""


def test_a_question_carried_more_than_a_year_past_the_end_of_the_file_says_so() -> None:
    assert said("can-cancel", "-", "--date", "2021-01-16") == (
        "16 January 2021 is 367 days after the last date of the file, 15 January 2020: it is taken that nothing has "
        "happened since\n"
    )
    assert said("can-cancel", "-", "--date", "2021-01-15") == ""
