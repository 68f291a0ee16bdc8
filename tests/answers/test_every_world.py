"""What lists entries where facts are in doubt: each entry once with its facts, in JSON, in words and as a calendar."""

import json

import pytest
from click.testing import CliRunner

import subsim
from subsim.shell.commands import main
from tests.support.faulty import with_timeline

LETTER = "id: letter, date: 2020-09-10..2020-09-20, event: give_notice"
ACTIVATED = "id: activated, date: 2020-01-18, event: activate, disputed: true"
BOTH = with_timeline(ACTIVATED, LETTER)


def told(*arguments: str, text: str = BOTH) -> str:
    """What a command prints of a file on standard input."""
    runner = CliRunner(env={"COLUMNS": "100"})  # on which the line ends of a table depend
    result = runner.invoke(main, [*arguments, "-", "--lang", "en"], input=text, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return " ".join(result.output.split())


# JSON


def test_a_way_out_that_hangs_on_a_fact_says_so_and_one_in_any_case_too() -> None:
    advice = subsim.cheapest_exit(subsim.loads(BOTH), "2020-01-20").to_dict()["advice"]
    assert [(each["route"], each["ends_on"], each["facts"]) for each in advice[:2]] == [
        ("withdrawal", "2020-01-20", [{"activated": False}]),
        ("ordinary", "2020-07-15", [{}]),
    ]


def test_what_comes_turns_with_the_letter_of_16_september() -> None:
    found = subsim.coming(subsim.loads(BOTH), "2020-09-20").to_dict()
    assert [(each["date"], each["kind"], each["facts"]) for each in found["coming"]] == [
        ("2020-10-15", "ends", [{"letter": "2020-09-10..2020-09-15"}]),
        ("2020-10-15", "charge", [{"letter": "2020-09-16..2020-09-20"}]),
        ("2020-10-15", "duty", [{"letter": "2020-09-16..2020-09-20"}]),
        ("2021-01-15", "ends", [{"letter": "2020-09-16..2020-09-20"}]),
    ]
    assert found["worlds"] == {"possible": 22, "impossible": 0}


def test_a_reading_that_changes_something_under_some_facts_is_listed_with_them() -> None:
    found = subsim.compare(subsim.loads(BOTH)).to_dict()
    quarter_end = [each["facts"] for each in found["readings"] if each["reading"] == "quarter-end"]
    assert quarter_end == [[{"letter": "2020-09-16..2020-09-20"}]]
    assert (found["outcome"]["ends"], found["outcome"]["charged"]) == (None, "1341.00")


def test_an_event_tried_is_in_no_doubt_and_comes_after_those_of_its_day() -> None:
    found = subsim.what_if(subsim.loads(BOTH), "2020-01-18 withdraw").to_dict()
    assert [(each["verdict"], each["facts"]) for each in found["tried"]] == [
        ("refused", [{"activated": True}]),
        ("accepted", [{"activated": False}]),
    ]
    assert found["changes_nothing"] is None


def test_a_world_in_which_an_event_tried_cannot_be_is_impossible() -> None:
    scenario = subsim.loads(with_timeline("id: letter, date: 2020-02-01, event: give_notice, disputed: true"))
    found = subsim.what_if(scenario, "2020-08-01 sign_up package=basis subscription=main").to_dict()
    assert (found["worlds"], found["tried"][0]["facts"]) == ({"possible": 1, "impossible": 1}, [{"letter": True}])


def test_an_assumption_that_settles_it_leaves_the_answer_of_one_world() -> None:
    found = subsim.coming(subsim.loads(BOTH), "2020-09-20", assume={"letter": "2020-09-15", "activated": True})
    assert "worlds" not in found.to_dict()
    assert [each["date"] for each in found.to_dict()["coming"]] == ["2020-10-15"]


# In words


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("cheapest-exit", "--date", "2020-01-20"),
            "If the activation (activated) did not happen: Cheapest: a withdrawal",
        ),
        (("cheapest-exit", "--date", "2020-01-20"), "To settle it, ask the member about the activation (activated)."),
        (("cheapest-exit", "--date", "2020-01-31"), "Nothing that is in doubt changes the answer."),
        (("coming", "--date", "2020-09-20"), "last day of the notice (letter) was by service is 14"),
        (("compare",), "thirty-days ends on 10 October 2020; 5 days sooner the notice (letter) was on 10"),
        (("what-if", "--try", "2020-01-18 withdraw"), "the activation (activated) did"),
    ],
)
def test_a_page_says_on_which_facts_what_it_tells_hangs(arguments: tuple[str, ...], said: str) -> None:
    assert said in told(*arguments)


def test_a_calendar_says_of_an_event_on_which_facts_it_hangs() -> None:
    calendar = told("coming", "--date", "2020-09-20", "--format", "ics").replace("\\", "").replace(" ", "")
    assert calendar.count("BEGIN:VEVENT") == 4
    assert "onlyifthenotice(letter)wasby" in calendar


def test_a_comparison_shows_data_that_no_doubt_changes_and_says_so_of_others() -> None:
    policy = BOTH.replace("timeline:", "retention: {policy: kabelplus}\ntimeline:")
    as_json = json.loads(told("compare", "--format", "json", text=policy))
    assert as_json["retention"]["policy"] == "kabelplus"
    assert "hangs on the facts in doubt" in told("compare", text=policy)
