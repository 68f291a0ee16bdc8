"""Facts in doubt as a file tells them: ranges, disputed events, ids, assumptions, and each fault in its place."""

import pytest

import subsim
from subsim.answers.worlds import ScenarioQuestion
from subsim.basics.dates import Day
from subsim.basics.faults import InputErrors
from subsim.files.doubts import Span
from tests.support.faulty import said_at_mark, said_of, with_timeline


def of_event(line: str) -> list[str]:
    return said_at_mark(with_timeline(line))


LETTER = "id: letter, date: 2020-03-01..2020-03-20, event: give_notice"


def test_a_doubt_without_an_id_is_called_by_its_event_and_place() -> None:
    scenario = subsim.loads(with_timeline("date: 2020-03-01..2020-03-02, event: give_notice"))
    assert [doubt.id for doubt in scenario.doubts] == ["give_notice:2"]


def test_both_ends_of_a_range_are_in_it_and_a_disputed_event_may_not_have_happened() -> None:
    scenario = subsim.loads(with_timeline("date: 2020-03-01..2020-03-02, event: give_notice, disputed: true"))
    (doubt,) = scenario.doubts
    assert [str(setting) for setting in doubt.settings] == ["2020-03-01", "2020-03-02", "False"]


def test_the_default_until_is_the_last_day_of_a_range_whatever_is_assumed() -> None:
    scenario = subsim.loads(with_timeline(LETTER)).assuming({"letter": "2020-03-05"})
    assert (scenario.until_of().isoformat(), scenario.is_in_doubt) == ("2020-03-20", False)


def test_equal_dates_keep_the_order_of_the_file_in_a_world() -> None:
    scenario = subsim.loads(with_timeline(LETTER, "date: 2020-03-10, event: activate"))
    days = scenario.doubts[0].settings
    orders = [[event.name for event in scenario.world([day]).facts.timeline] for day in days[8:11]]
    assert orders == [
        ["sign_up", "give_notice", "activate"],
        ["sign_up", "give_notice", "activate"],
        ["sign_up", "activate", "give_notice"],
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("date: »2020-03-20..2020-03-01, event: log_in", "the first day of a range is before the last"),
        ("date: »2020-03-01..2020-03-01, event: log_in", "the first day of a range is before the last"),
        (
            "date: »2020-03-01 .. 2020-03-02, event: log_in",
            "a range is two dates with two dots between, no time and no space",
        ),
        (
            "date: »2020-03-01T10:00:00Z..2020-03-02, event: log_in",
            "a range is two dates with two dots between, no time and no space",
        ),
        ("date: »2020-02-30..2020-03-02, event: log_in", "no such day in the calendar"),
    ],
)
def test_a_range_that_is_none_is_a_fault_at_the_date(line: str, said: str) -> None:
    (found,) = of_event(line)
    assert said in found
    assert found.endswith("or a range such as 2020-03-01..2020-03-20")


def test_the_order_of_a_file_is_that_of_the_first_days() -> None:
    text = with_timeline("date: 2020-03-01..2020-03-20, event: log_in", "date: »2020-02-28..2020-04-01, event: log_in")
    assert said_at_mark(text) == [
        "2020-02-28 stands after 2020-03-01, expected the order of the dates | move the event up, or mend its date"
    ]


def test_a_range_may_reach_behind_the_event_below() -> None:
    text = with_timeline("date: 2020-03-01..2020-03-20, event: log_in", "date: 2020-03-02, event: log_in")
    assert len(subsim.loads(text).doubts) == 1


@pytest.mark.parametrize("key", ["until: »{}", "ask: [{{date: »{}}}]", "expect: {{ends_on: »{}}}"])
def test_a_range_stands_for_the_date_of_an_event_alone(key: str) -> None:
    (found,) = said_at_mark(with_timeline(rest=key.format("2020-03-01..2020-03-20")))
    assert "'2020-03-01..2020-03-20'" in found


def test_an_id_is_1_to_64_letters_digits_dashes_and_underscores() -> None:
    assert len(subsim.loads(with_timeline(f"id: {'a' * 64}, date: 2020-03-01, event: log_in")).facts.timeline) == 2
    for id in ("a" * 65, "a b", "æ", "a.b"):
        assert said_of(with_timeline(f"id: {id}, date: 2020-03-01, event: log_in"))[0].startswith("5:10 id is ")


def test_the_later_of_two_equal_ids_is_a_fault() -> None:
    text = with_timeline("id: x, date: 2020-03-01, event: log_in", "id: »x, date: 2020-03-02, event: log_in")
    assert said_at_mark(text) == ["the id 'x' is that of an event above | give each event an id of its own"]


def test_a_change_no_day_of_which_suits_its_effective_is_a_fault_there() -> None:
    change = "event: announce_price_change, prices: {basis: 159.00}"
    assert of_event(f"date: 2020-03-02..2020-03-05, {change}, effective: »2020-03-01") == [
        "effective is 2020-03-01, expected 2020-03-02 (the announcement) or later"
    ]
    assert subsim.loads(with_timeline(f"date: 2020-03-01..2020-03-05, {change}, effective: 2020-03-01")).doubts


def test_a_withdrawal_no_day_of_which_suits_its_sending_is_a_fault_there() -> None:
    assert of_event("date: 2020-01-20..2020-01-22, event: withdraw, sent: »2020-01-23") == [
        "sent is 2020-01-23, expected 2020-01-22 (the day it came) or earlier"
    ]
    assert subsim.loads(with_timeline("date: 2020-01-20..2020-01-22, event: withdraw, sent: 2020-01-22")).doubts


def test_disputed_is_true_or_false() -> None:
    assert of_event("date: 2020-01-20, event: log_in, disputed: »perhaps") == [
        "disputed is 'perhaps': neither true nor false | expected true or false"
    ]


# What variants assume


def test_what_a_variant_assumes_of_no_doubt_is_a_fault_at_the_key() -> None:
    text = with_timeline(LETTER, rest="variants: [{name: x, assume: {»lettre: 2020-03-05}}]")
    assert said_at_mark(text) == ["no event in doubt is called 'lettre' | did you mean 'letter'?"]


@pytest.mark.parametrize("value", ["2020-02-29", "2020-03-21", "2020-03-10..2020-03-21", "false"])
def test_what_a_variant_assumes_and_none_of_its_settings_is_is_a_fault_at_the_value(value: str) -> None:
    (found,) = said_at_mark(with_timeline(LETTER, rest=f"variants: [{{name: x, assume: {{letter: »{value}}}}}]"))
    assert found == f"letter is '{value}', expected a day from 2020-03-01 to 2020-03-20 or a range within"


@pytest.mark.parametrize("value", ["2020-03-01", "2020-03-20", "2020-03-01..2020-03-20"])
def test_the_first_and_the_last_day_may_be_assumed(value: str) -> None:
    text = with_timeline(LETTER, rest=f"variants: [{{name: x, assume: {{letter: {value}}}}}]")
    assert list(map(str, subsim.loads(text).variants[0].assume.values())) == [value]


def test_who_asks_wins_over_a_variant() -> None:
    text = with_timeline(LETTER, rest="variants: [{name: x, assume: {letter: 2020-03-04}}]")
    scenario = subsim.loads(text)
    under = scenario.assuming({"letter": "2020-03-05"}).assuming({}, scenario.variants[0])
    assert [str(day) for day in under.doubts[0].settings] == ["2020-03-05"]


def test_yes_to_a_disputed_event_leaves_its_range_open() -> None:
    scenario = subsim.loads(with_timeline(f"{LETTER}, disputed: true")).assuming({"letter": True})
    assert (len(scenario.doubts[0].settings), scenario.doubts[0].span) == (20, Span(*map(_day, ("01", "20"))))


def _day(number: str) -> Day:
    return Day.fromisoformat(f"2020-03-{number}")


# Values that are one of several


@pytest.mark.parametrize("listed", ["[2020-04-01]", "[2020-04-01, 2020-04-01]", "2020-04-01", "[]"])
def test_one_of_is_a_list_of_two_or_more_different_values(listed: str) -> None:
    text = with_timeline(LETTER, rest=f"expect: {{ends_on: »{{one_of: {listed}}}}}")
    (found,) = said_at_mark(text)
    assert found.startswith("ends_on has a one_of that is no list of two or more different values | as in: ")


@pytest.mark.parametrize(
    "rest",
    [
        "expect: {duties: [{date: »{one_of: [null, 2020-04-01]}, duty: refund, clause: betaling.2}]}",
        "expect: {totals: »{one_of: [1.00, 2.00]}}",
        "ask: [{date: 2020-04-01, routes: {ordinary: »{one_of: [closed, closed]}}}]",
        "ask: [{date: »{one_of: [2020-04-01, 2020-04-02]}}]",
    ],
)
def test_one_of_stands_for_a_single_value_alone(rest: str) -> None:
    assert len(said_at_mark(with_timeline(LETTER, rest=rest))) == 1


# One world wanted, and too many of them


def test_what_wants_one_world_says_so_at_each_doubt_and_shows_the_option() -> None:
    scenario = subsim.loads(with_timeline("date: 2020-02-01, event: activate, disputed: true", LETTER))
    with pytest.raises(InputErrors) as caught:
        subsim.replay(scenario)
    assert [(error.line, error.column, error.message, error.remedy) for error in caught.value.errors] == [
        (
            5,
            51,
            "activate:2 is in doubt, and this asks for one course of events",
            "assume what it is, as by --assume activate:2=yes",
        ),
        (
            6,
            24,
            "letter is in doubt, and this asks for one course of events",
            "assume what it is, as by --assume letter=2020-03-01",
        ),
    ]


def test_10_000_worlds_are_answered_and_more_are_a_fault_at_the_doubt_of_most_settings() -> None:
    hundred = "date: 2020-02-01..2020-05-10, event: log_in"
    assert ScenarioQuestion.of(subsim.loads(with_timeline(hundred, hundred)))
    with pytest.raises(InputErrors) as caught:
        subsim.can_cancel(subsim.loads(with_timeline(hundred, hundred.replace("05-10", "05-11"))), "2020-01-20")
    (error,) = caught.value.errors
    assert (error.line, error.column) == (6, 12)
    assert error.message.startswith("the doubts make 10100 worlds, expected at most 10000; log_in:3 alone has 101")


def test_no_possible_world_is_a_fault_at_the_first_doubt() -> None:
    text = with_timeline("date: 2020-02-01..2020-02-02, event: sign_up, package: basis")
    with pytest.raises(InputErrors) as caught:
        subsim.can_cancel(subsim.loads(text), "2020-03-01")
    assert [(error.line, error.column) for error in caught.value.errors] == [(5, 12)]
